//! Members that the document calls an object and that may come as something else.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;

use super::json::Json;

/// The object that the contract describes, or any other JSON that a bank sent in its place.
///
/// ```
/// use std::collections::BTreeMap;
/// use gocardless_bank_data_types::OrOther;
///
/// type Account = BTreeMap<String, String>;
/// let object: OrOther<Account> = serde_json::from_str(r#"{"iban": "GL29"}"#)?;
/// let text: OrOther<Account> = serde_json::from_str(r#""GL29""#)?;
/// assert!(object.known().is_some());
/// assert_eq!(text.other().and_then(|json| json.as_str()), Some("GL29"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub enum OrOther<T> {
    // In boxes, because three of these stand in every transaction, and most banks fill one.
    /// What the contract describes.
    Known(Box<T>),
    /// Any other JSON, as it was sent.
    Other(Json),
}

impl<T> OrOther<T> {
    /// The object, where the bank sent one.
    #[must_use]
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(known) => Some(known),
            Self::Other(_) => None,
        }
    }

    /// What was sent in place of the object, if something else was.
    #[must_use]
    pub fn other(&self) -> Option<&Value> {
        match self {
            Self::Known(_) => None,
            Self::Other(other) => Some(other),
        }
    }
}

impl<T> From<T> for OrOther<T> {
    fn from(known: T) -> Self {
        Self::Known(Box::new(known))
    }
}

impl<T: fmt::Debug> fmt::Debug for OrOther<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(known) => known.fmt(f),
            Self::Other(other) => f.debug_tuple("Other").field(other).finish(),
        }
    }
}

impl<T: Serialize> Serialize for OrOther<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Known(known) => known.serialize(serializer),
            Self::Other(other) => other.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OrOther<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Visitor(PhantomData))
    }
}

struct Visitor<T>(PhantomData<T>);

fn other<T>(value: impl Into<Value>) -> OrOther<T> {
    OrOther::Other(value.into().into())
}

impl<'de, T: Deserialize<'de>> de::Visitor<'de> for Visitor<T> {
    type Value = OrOther<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object, or anything in its place")
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(OrOther::from)
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(seq)).map(other)
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(other(text))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(other(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(other(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(other(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(other(number))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(other(Value::Null))
    }
}

#[cfg(feature = "schemars")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for OrOther<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("OrOther{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let known = generator.subschema_for::<T>();
        schemars::json_schema!({ "anyOf": [known, { "not": { "type": "object" } }] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn anything_in_place_of_the_object_is_kept_and_written_back() {
        for json in ["\"GL29\"", "12", "-1", "1.5", "true", "[1,{\"a\":2}]", "null"] {
            let read: OrOther<BTreeMap<String, u8>> = serde_json::from_str(json).unwrap();
            assert!(read.known().is_none(), "{json}");
            assert_eq!(serde_json::to_string(&read).unwrap(), json);
        }
    }

    #[test]
    fn debug_does_not_show_what_came_in_its_place() {
        let read: OrOther<BTreeMap<String, u8>> = serde_json::from_str("\"GL29\"").unwrap();
        assert_eq!(format!("{read:?}"), "Other(<redacted>)");
    }

    #[test]
    fn an_object_is_the_known_form_and_nothing_else() {
        let read: OrOther<BTreeMap<String, u8>> = serde_json::from_str(r#"{"a":1}"#).unwrap();
        assert_eq!((read.known().map(BTreeMap::len), read.other()), (Some(1), None));
        let other: OrOther<BTreeMap<String, u8>> = serde_json::from_str("12").unwrap();
        assert_eq!((other.known(), other.other()), (None, Some(&Value::from(12))));
    }

    #[test]
    fn what_is_no_json_is_refused_with_what_was_expected() {
        let bytes = de::value::BytesDeserializer::<de::value::Error>::new(b"x");
        let error = OrOther::<String>::deserialize(bytes).unwrap_err().to_string();
        assert!(error.ends_with("expected an object, or anything in its place"), "{error}");
    }

    #[test]
    #[cfg(feature = "schemars")]
    fn the_schema_allows_everything_but_another_object() {
        let known = serde_json::json!({ "type": "object", "additionalProperties": { "type": "string" } });
        let either = serde_json::json!({ "anyOf": [known, { "not": { "type": "object" } }] });
        let schema = schemars::schema_for!([OrOther<BTreeMap<String, String>>; 1]).to_value();
        assert_eq!(schema["items"], either);
    }
}
