//! Members that may be missing or null where the document says they are there.

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value that reads as its empty form where the answer had none. It dereferences to the value.
///
/// Banks leave out `booked`, send `null` for a list, or send `[]`: all three are an empty list to a reader. Encoding keeps
/// the empty list, and leaves out a member that was missing or null: both mean the same in this API.
///
/// A struct member of this type needs no `#[serde(default)]`: it reads itself as an `Option`, which may be missing.
///
/// ```
/// use gocardless_bank_data_types::OrEmpty;
///
/// let list: OrEmpty<Vec<u8>> = serde_json::from_str("null")?;
/// assert!(list.is_empty());
/// for number in &serde_json::from_str::<OrEmpty<Vec<u8>>>("[1, 2]")? {
///     assert!(*number > 0);
/// }
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

impl<T> IntoIterator for OrEmpty<Vec<T>> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.value.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a OrEmpty<Vec<T>> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.value.iter()
    }
}

impl<T: Serialize> Serialize for OrEmpty<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_present() { self.value.serialize(serializer) } else { serializer.serialize_none() }
    }
}

impl<'de, T: Deserialize<'de> + Default> Deserialize<'de> for OrEmpty<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::<T>::deserialize(deserializer).map(|value| value.map(Self::from).unwrap_or_default())
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
    fn a_list_is_gone_through_whole_with_and_without_taking_it() {
        let list = OrEmpty::from(vec![1, 2]);
        assert_eq!((&list).into_iter().collect::<Vec<_>>(), [&1, &2]);
        assert_eq!((format!("{list:?}"), list.is_present()), ("[1, 2]".into(), true));
        assert_eq!(list.clone().into_inner(), [1, 2]);
        assert_eq!(list.into_iter().collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    #[cfg(feature = "schemars")]
    fn the_schema_takes_null_in_place_of_the_list() {
        let either = serde_json::json!({ "type": ["string", "null"] });
        assert_eq!(schemars::schema_for!([OrEmpty<String>; 1]).to_value()["items"], either);
    }
}
