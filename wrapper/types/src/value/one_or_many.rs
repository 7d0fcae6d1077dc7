//! Members that the document calls an array and banks also send as a single value.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::entries::{ONE_OR_MANY, read_each};

/// One value or several, read alike as a slice.
///
/// `currencyExchange` comes as an array from some banks and as a single object from others; both forms are current.
///
/// ```
/// use gocardless_bank_data_types::OneOrMany;
///
/// let one: OneOrMany<String> = serde_json::from_str("\"Main Street 1\"")?;
/// let many: OneOrMany<String> = serde_json::from_str("[\"Main Street 1\", \"1234 Town\"]")?;
/// assert_eq!(one.as_slice(), ["Main Street 1"]);
/// assert_eq!(many.iter().count(), 2);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct OneOrMany<T>(Form<T>);

#[derive(Clone, PartialEq, Eq)]
enum Form<T> {
    // In a box, because the value stands inside every transaction, and hardly any has it.
    One(Box<T>),
    Many(Vec<T>),
}

impl<T> OneOrMany<T> {
    /// All values, in their order.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        match &self.0 {
            Form::One(one) => std::slice::from_ref(one),
            Form::Many(many) => many,
        }
    }

    /// Iterates over the values in their order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.as_slice().iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for OneOrMany<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_slice().fmt(f)
    }
}

impl<'a, T> IntoIterator for &'a OneOrMany<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> From<Vec<T>> for OneOrMany<T> {
    fn from(many: Vec<T>) -> Self {
        Self(Form::Many(many))
    }
}

impl<T: Serialize> Serialize for OneOrMany<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Form::One(one) => one.serialize(serializer),
            Form::Many(many) => many.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(ONE_OR_MANY, Visitor(PhantomData))
    }
}

struct Visitor<T>(PhantomData<T>);

// The visitor decides by the first token, so nothing is buffered and an error inside keeps its place.
impl<'de, T: Deserialize<'de>> de::Visitor<'de> for Visitor<T> {
    type Value = OneOrMany<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one value or an array of them")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        read_each(&mut seq).map(|many| OneOrMany(Form::Many(many)))
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(|one| OneOrMany(Form::One(Box::new(one))))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        T::deserialize(StrDeserializer::new(text)).map(|one| OneOrMany(Form::One(Box::new(one))))
    }
}

#[cfg(feature = "schemars")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for OneOrMany<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("OneOrMany{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let one = generator.subschema_for::<T>();
        schemars::json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_written_back_as_they_came() {
        for json in [r#"{"a":1}"#, r#"[{"a":1},{"a":2}]"#, "[]"] {
            let read: OneOrMany<std::collections::BTreeMap<String, u8>> = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), json);
        }
    }

    #[test]
    fn one_and_many_are_gone_through_alike() {
        for (json, expected) in [("\"a\"", vec!["a"]), ("[\"a\",\"b\"]", vec!["a", "b"]), ("[]", vec![])] {
            let read: OneOrMany<String> = serde_json::from_str(json).unwrap();
            assert_eq!((&read).into_iter().collect::<Vec<_>>(), expected);
            assert_eq!(read.as_slice(), expected);
            assert_eq!(read.iter().len(), expected.len());
            assert_eq!(format!("{read:?}"), format!("{expected:?}"));
        }
    }

    #[test]
    fn what_is_neither_is_refused_with_what_was_expected() {
        let error = serde_json::from_str::<OneOrMany<String>>("12").unwrap_err().to_string();
        assert!(error.contains("expected one value or an array of them"), "{error}");
    }

    #[test]
    #[cfg(feature = "schemars")]
    fn the_schema_takes_both_forms_in_place() {
        let text = || serde_json::json!({ "type": "string" });
        let both = serde_json::json!({ "anyOf": [text(), { "type": "array", "items": text() }] });
        assert_eq!(schemars::schema_for!([OneOrMany<String>; 1]).to_value()["items"], both);
    }
}
