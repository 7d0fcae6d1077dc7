//! JSON as far as the body of an error needs it: texts, and the two members that say what is wrong. The rest is passed
//! over. It does not know which members an error has; that is `body`'s.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A value that may say something.
#[derive(Debug, PartialEq)]
pub(crate) enum Told {
    /// A text.
    Text(String),
    /// What the members `summary` and `detail` of an object say.
    Object { summary: Option<String>, detail: Option<String> },
    /// Several of them.
    List(Vec<Told>),
    /// A number, a truth value, or null.
    Nothing,
}

impl Told {
    /// The text, or the texts of a list joined.
    pub(crate) fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::List(items) => {
                let texts: Vec<_> = items.iter().filter_map(Self::as_text).collect();
                (!texts.is_empty()).then(|| texts.join("; "))
            }
            Self::Object { .. } | Self::Nothing => None,
        }
    }

    fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Told {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Told;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Told, E> {
        Ok(Told::Text(text.to_owned()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Told, E> {
        Ok(Told::Nothing)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Told, E> {
        Ok(Told::Nothing)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Told, E> {
        Ok(Told::Nothing)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Told, E> {
        Ok(Told::Nothing)
    }

    fn visit_unit<E>(self) -> Result<Told, E> {
        Ok(Told::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Told, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Told::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Told, A::Error> {
        let (mut summary, mut detail) = (None, None);
        while let Some(name) = members.next_key()? {
            match name {
                Name::Summary => summary = members.next_value::<Told>()?.into_text(),
                Name::Detail => detail = members.next_value::<Told>()?.into_text(),
                _ => {
                    members.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Told::Object { summary, detail })
    }
}

/// The name of a member, without a copy where it is one that every error has.
pub(crate) enum Name {
    Summary,
    Detail,
    Type,
    StatusCode,
    Other(String),
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Namer;
        impl Visitor<'_> for Namer {
            type Value = Name;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a member")
            }

            fn visit_str<E>(self, name: &str) -> Result<Name, E> {
                Ok(match name {
                    "summary" => Name::Summary,
                    "detail" => Name::Detail,
                    "type" => Name::Type,
                    "status_code" => Name::StatusCode,
                    other => Name::Other(other.to_owned()),
                })
            }
        }
        deserializer.deserialize_str(Namer)
    }
}
