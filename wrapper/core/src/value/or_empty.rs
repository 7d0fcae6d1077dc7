//! Members that may be missing or null where the document says they are there.

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value that reads as its empty form where the answer had none, and remembers which of the two it was.
///
/// Banks leave out `booked`, send `null` for a list, or send `[]`: all three are an empty list to a reader, and each is
/// written back as it came. It dereferences to the value.
///
/// ```
/// use gocardless_bank_data_core::OrEmpty;
///
/// let list: OrEmpty<Vec<u8>> = serde_json::from_str("null")?;
/// assert!(list.is_empty());
/// for number in &serde_json::from_str::<OrEmpty<Vec<u8>>>("[1, 2]")? {
///     assert!(*number > 0);
/// }
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct OrEmpty<T> {
    value: T,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Absent,
    Null,
    Present,
}

impl<T> OrEmpty<T> {
    /// Whether the answer did not have the member at all.
    ///
    /// ```
    /// assert!(gocardless_bank_data_core::OrEmpty::<Vec<u8>>::default().is_absent());
    /// ```
    pub fn is_absent(&self) -> bool {
        matches!(self.form, Form::Absent)
    }

    /// Whether the answer had a value, be it an empty one.
    pub fn is_present(&self) -> bool {
        matches!(self.form, Form::Present)
    }

    /// The value itself; the empty one where there was none.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T: Default> Default for OrEmpty<T> {
    fn default() -> Self {
        Self { value: T::default(), form: Form::Absent }
    }
}

impl<T> From<T> for OrEmpty<T> {
    fn from(value: T) -> Self {
        Self { value, form: Form::Present }
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
        Ok(match Option::<T>::deserialize(deserializer)? {
            Some(value) => Self { value, form: Form::Present },
            None => Self { value: T::default(), form: Form::Null },
        })
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
        #[serde(default, skip_serializing_if = "OrEmpty::is_absent")]
        booked: OrEmpty<Vec<u8>>,
    }

    #[test]
    fn missing_null_and_empty_all_read_as_empty_and_are_written_back_as_they_came() {
        for json in ["{}", r#"{"booked":null}"#, r#"{"booked":[]}"#] {
            let answer: Answer = serde_json::from_str(json).unwrap();
            assert!(answer.booked.is_empty(), "{json}");
            assert_eq!(serde_json::to_string(&answer).unwrap(), json);
        }
    }

    #[test]
    fn a_list_is_gone_through_whole_with_and_without_taking_it() {
        let list = OrEmpty::from(vec![1, 2]);
        assert_eq!((&list).into_iter().collect::<Vec<_>>(), [&1, &2]);
        assert_eq!(
            (format!("{list:?}"), list.is_present(), list.is_absent()),
            ("[1, 2]".into(), true, false)
        );
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
