//! Members that may be missing or null where the document says they are there.

use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::known_members::KnownMembers;

/// A value that reads as its empty form where the answer had none. It dereferences to the value.
///
/// Encoding leaves out a member that was missing or null: both mean the same in this API.
///
/// A struct member of this type needs no `#[serde(default)]`: it reads itself as an `Option`, which may be missing.
///
/// ```
/// use gocardless_bank_data_types::{Currency, OrEmpty};
///
/// let currency: OrEmpty<Currency> = serde_json::from_str("null")?;
/// assert!(currency.is_absent() && currency == "");
/// let currency: OrEmpty<Currency> = serde_json::from_str("\"EUR\"")?;
/// assert!(currency == "EUR");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct OrEmpty<T> {
    value: T,
    is_present: bool,
}

impl<T> OrEmpty<T> {
    /// Whether the member was missing or null.
    pub fn is_absent(&self) -> bool {
        !self.is_present
    }

    /// Whether the response had a value, even an empty one.
    pub fn is_present(&self) -> bool {
        self.is_present
    }

    /// The value itself; the empty one where there was none.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> From<T> for OrEmpty<T> {
    fn from(value: T) -> Self {
        Self { value, is_present: true }
    }
}

/// Shows the value alone; whether it was there shows in what it holds.
impl<T: fmt::Debug> fmt::Debug for OrEmpty<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T> Deref for OrEmpty<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for OrEmpty<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T: fmt::Display> fmt::Display for OrEmpty<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T: PartialEq<str>> PartialEq<str> for OrEmpty<T> {
    fn eq(&self, other: &str) -> bool {
        self.value == *other
    }
}

impl<T: PartialEq<str>> PartialEq<&str> for OrEmpty<T> {
    fn eq(&self, other: &&str) -> bool {
        self.value == **other
    }
}

impl<T: Serialize> Serialize for OrEmpty<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_present() { self.value.serialize(serializer) } else { serializer.serialize_none() }
    }
}

impl<'de, T: Deserialize<'de> + Default> Deserialize<'de> for OrEmpty<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::<Known<T>>::deserialize(deserializer)
            .map(|value| value.map_or_else(Self::default, |Known(value)| value.into()))
    }
}

/// A value that is there. An object of which nothing is known is something else in its place.
struct Known<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Known<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(KnownMembers::unless_empty(deserializer)).map(Self)
    }
}

#[cfg(feature = "schemars")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for OrEmpty<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("OrEmpty{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Option::<T>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Answer {
        #[serde(skip_serializing_if = "OrEmpty::is_absent")]
        booked: OrEmpty<Vec<u8>>,
    }

    #[test]
    fn a_list_that_is_missing_null_or_empty_reads_as_empty() {
        for (json, is_present) in [("{}", false), (r#"{"booked":null}"#, false), (r#"{"booked":[]}"#, true)] {
            let answer: Answer = serde_json::from_str(json).unwrap();
            assert!(answer.booked.is_empty() && answer.booked.is_present() == is_present, "{json}");
            let again = serde_json::to_string(&answer).unwrap();
            assert_eq!(again, if is_present { json } else { "{}" });
        }
    }

    #[test]
    fn a_list_does_not_stand_for_the_struct_that_holds_one() {
        assert!(serde_json::from_str::<Answer>("[]").is_err());
    }

    #[test]
    fn a_value_can_be_used_changed_compared_and_taken() {
        let mut text = OrEmpty::from("EUR".to_owned());
        assert!(text == "EUR" && text == *"EUR" && text.len() == 3);
        text.make_ascii_lowercase();
        assert_eq!((format!("[{text:>4}]"), format!("{text:?}")), ("[ eur]".into(), "\"eur\"".into()));
        assert_eq!(text.into_inner(), "eur");
        let absent = OrEmpty::<String>::default();
        assert!(absent.is_absent() && absent.is_empty());
    }

    #[test]
    #[cfg(feature = "schemars")]
    fn the_schema_takes_null_in_place_of_the_list() {
        let either = serde_json::json!({ "type": ["string", "null"] });
        assert_eq!(schemars::schema_for!([OrEmpty<String>; 1]).to_value()["items"], either);
    }
}
