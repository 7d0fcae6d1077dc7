//! How a set of words that the API may extend is read: known words by name, all others kept.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// A value that this version of the client does not know, as it was sent.
///
/// It cannot be made or matched by content, so code that handles "anything else" keeps working when the value becomes
/// a known one.
#[derive(Clone, PartialEq, Eq, Hash)]
// In a box: nearly all values are known, and they need not be as large as this one.
pub struct UnknownValue(Box<Value>);

impl UnknownValue {
    /// The word, where it was a text.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        self.0.as_str()
    }

    /// The JSON as it was sent.
    #[must_use]
    pub fn as_json(&self) -> &Value {
        &self.0
    }

    pub(crate) fn from_json(value: Value) -> Self {
        Self(Box::new(value))
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_str() {
            Some(word) => f.pad(word),
            None => self.0.fmt(f),
        }
    }
}

/// Shows a short word, which is how a new value of the API looks, and nothing else.
impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_str() {
            Some(word) if word.len() <= 40 => fmt::Debug::fmt(word, f),
            _ => f.write_str("<redacted>"),
        }
    }
}

impl Serialize for UnknownValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for UnknownValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::from_json)
    }
}

/// Declares an enum of words with one variant for all others.
macro_rules! open_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[$variant_doc])*
                #[doc = concat!("\n\nOn the wire: `", $word, "`.")]
                $variant,
            )+
            /// A value that this version of the client does not know.
            Unknown(UnknownValue),
        }

        impl $name {
            /// The words of the wire that have a name here.
            pub const WORDS: &[&str] = &[$($word),+];

            fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }

            /// The word on the wire, or `None` for a value that was sent as something other than text.
            #[must_use]
            pub fn as_str(&self) -> Option<&str> {
                match self {
                    $(Self::$variant => Some($word),)+
                    Self::Unknown(unknown) => unknown.as_str(),
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                Self::from_word(word).unwrap_or_else(|| Self::Unknown(UnknownValue::from_json(word.into())))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $(Self::$variant => f.pad($word),)+
                    Self::Unknown(unknown) => unknown.fmt(f),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant => serializer.serialize_str($word),)+
                    Self::Unknown(unknown) => unknown.serialize(serializer),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visitor;

                impl<'de> serde::de::Visitor<'de> for Visitor {
                    type Value = $name;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("a word")
                    }

                    fn visit_str<E>(self, word: &str) -> Result<$name, E> {
                        Ok(word.into())
                    }

                    fn visit_bool<E>(self, value: bool) -> Result<$name, E> {
                        Ok($name::Unknown(UnknownValue::from_json(value.into())))
                    }

                    fn visit_i64<E>(self, value: i64) -> Result<$name, E> {
                        Ok($name::Unknown(UnknownValue::from_json(value.into())))
                    }

                    fn visit_u64<E>(self, value: u64) -> Result<$name, E> {
                        Ok($name::Unknown(UnknownValue::from_json(value.into())))
                    }

                    fn visit_f64<E>(self, value: f64) -> Result<$name, E> {
                        Ok($name::Unknown(UnknownValue::from_json(value.into())))
                    }

                    fn visit_unit<E>(self) -> Result<$name, E> {
                        Ok($name::Unknown(UnknownValue::from_json(serde_json::Value::Null)))
                    }

                    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, seq: A) -> Result<$name, A::Error> {
                        UnknownValue::deserialize(serde::de::value::SeqAccessDeserializer::new(seq)).map($name::Unknown)
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<$name, A::Error> {
                        UnknownValue::deserialize(serde::de::value::MapAccessDeserializer::new(map))
                            .map($name::from_object)
                    }
                }

                deserializer.deserialize_any(Visitor)
            }
        }

        impl $name {
            /// An early document wrote some words as `{"short": …, "long": …}`; the short one is the word.
            fn from_object(object: UnknownValue) -> Self {
                let word = object.as_json().get("short").and_then(serde_json::Value::as_str);
                word.and_then(Self::from_word).unwrap_or(Self::Unknown(object))
            }
        }

        schema_as!($name, String, stringify!($name));
    };
}

pub(crate) use open_enum;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_a_short_word_and_nothing_that_could_be_more() {
        let shown = |json: Value| format!("{:?}", UnknownValue::from_json(json));
        assert_eq!(shown("CZ".into()), "\"CZ\"");
        assert_eq!(shown("x".repeat(40).into()), format!("{:?}", "x".repeat(40)));
        assert_eq!(shown("x".repeat(41).into()), "<redacted>");
        assert_eq!(shown(Value::from(3_320)), "<redacted>");
    }

    #[test]
    fn a_word_is_a_text_and_anything_else_is_the_json_it_came_as() {
        let (word, number) = (UnknownValue::from_json("CZ".into()), UnknownValue::from_json(12.into()));
        assert_eq!((word.as_str(), number.as_str()), (Some("CZ"), None));
        assert_eq!((format!("[{word:>4}]"), number.to_string()), ("[  CZ]".into(), "12".into()));
        assert_eq!(number.as_json(), &Value::from(12));
    }
}
