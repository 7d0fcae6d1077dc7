//! Reading of objects that have at least one member that the contract declares.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer as _, MapAccess, Visitor};

use super::unread::UNREAD_MEMBER;

/// A deserializer that rejects a struct if the object has none of its members: an error body with a success status, or
/// the right object one level deeper. Read in the ordinary way, it would be a value of which everything is missing.
///
/// `status` and `name` are members of errors, too, so they say nothing beside a member that only errors have.
///
/// It looks at the outermost object only.
#[derive(Debug)]
pub struct KnownMembers<D> {
    inner: D,
    allows_empty: bool,
    essential: &'static [&'static str],
}

/// Members of ours that errors of servers and frameworks also have.
const ALSO_OF_ERRORS: [&str; 2] = ["name", "status"];

/// Members of such errors, which say so where the contract has none of the name: `{"status": 500, "error": "…"}`.
/// The last two are of problem details (RFC 9457).
const OF_ERRORS: [&str; 6] = ["code", "error", "message", "path", "detail", "title"];

/// What an object without a known member lacks, as the error says it.
const A_KNOWN_MEMBER: &str = "at least one of the members that the contract declares";

impl<D> KnownMembers<D> {
    /// Rejects an object without any known member, an empty one too.
    pub fn required(inner: D) -> Self {
        Self { inner, allows_empty: false, essential: &[] }
    }

    /// Rejects an object that has members, but none that is known.
    pub fn unless_empty(inner: D) -> Self {
        Self { inner, allows_empty: true, essential: &[] }
    }

    /// Also rejects an object that has none of these members, if they are members of the struct.
    #[must_use]
    pub fn with_one_of(self, essential: &'static [&'static str]) -> Self {
        Self { essential, ..self }
    }
}

macro_rules! forward {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.inner.$method(visitor)
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for KnownMembers<D> {
    type Error = D::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let Self { inner, allows_empty, essential } = self;
        let visitor = Checked { inner: visitor, fields, allows_empty, essential };
        inner.deserialize_struct(name, fields, visitor)
    }

    forward! {
        deserialize_any deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32 deserialize_f64
        deserialize_char deserialize_str deserialize_string deserialize_bytes deserialize_byte_buf deserialize_option
        deserialize_unit deserialize_seq deserialize_map deserialize_identifier deserialize_ignored_any
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_unit_struct(name, visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_newtype_struct(name, visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, D::Error> {
        self.inner.deserialize_tuple(len, visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_tuple_struct(name, len, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_enum(name, variants, visitor)
    }
}

struct Checked<V> {
    inner: V,
    fields: &'static [&'static str],
    allows_empty: bool,
    essential: &'static [&'static str],
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Checked<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        let mut seen = Seen::default();
        let read = self.inner.visit_map(Counting {
            inner: map,
            fields: self.fields,
            essential: self.essential,
            seen: &mut seen,
        });
        let is_error = !self.allows_empty && seen.of_errors && seen.known == seen.also_of_errors;
        if is_error || (seen.known == 0 && !(self.allows_empty && seen.members == 0)) {
            return Err(de::Error::invalid_value(de::Unexpected::Map, &A_KNOWN_MEMBER));
        }
        if !seen.essential && self.essential.iter().any(|name| self.fields.contains(name)) {
            return Err(de::Error::invalid_value(
                de::Unexpected::Map,
                &"the id of what was created, or its link",
            ));
        }
        read
    }
}

/// What an object has, apart from the values.
#[derive(Default)]
struct Seen {
    members: usize,
    known: usize,
    /// How many of the known ones errors have too.
    also_of_errors: usize,
    /// Whether one is of errors alone.
    of_errors: bool,
    essential: bool,
}

impl Seen {
    /// Whether whatever else the object has changes nothing.
    fn suffices(&self, essential: &[&str]) -> bool {
        self.known > self.also_of_errors && (self.essential || essential.is_empty())
    }
}

struct Counting<'a, A> {
    inner: A,
    fields: &'static [&'static str],
    essential: &'static [&'static str],
    seen: &'a mut Seen,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Counting<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let Self { inner, fields, essential, seen } = self;
        inner.next_key_seed(Name { seed, fields, essential, seen })
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.inner.next_value_seed(seed)
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

/// The name of a member, on its way to whoever reads it.
struct Name<'a, K> {
    seed: K,
    fields: &'static [&'static str],
    essential: &'static [&'static str],
    seen: &'a mut Seen,
}

impl<'de, K: DeserializeSeed<'de>> DeserializeSeed<'de> for Name<'_, K> {
    type Value = K::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<K::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de, K: DeserializeSeed<'de>> Visitor<'de> for Name<'_, K> {
    type Value = K::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<K::Value, E> {
        let Self { seed, fields, essential, seen } = self;
        if !seen.suffices(essential) && name != UNREAD_MEMBER {
            let is_known = fields.contains(&name);
            seen.members += 1;
            seen.known += usize::from(is_known);
            seen.also_of_errors += usize::from(is_known && ALSO_OF_ERRORS.contains(&name));
            seen.of_errors |= !is_known && OF_ERRORS.contains(&name);
            seen.essential |= essential.contains(&name);
        }
        seed.deserialize(name.into_deserializer())
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Lists {
        booked: Option<Vec<u8>>,
        pending: Option<Vec<u8>>,
    }

    fn is_read(json: &str, wrap: fn(serde_json::Value) -> KnownMembers<serde_json::Value>) -> bool {
        Lists::deserialize(wrap(serde_json::from_str(json).unwrap())).is_ok()
    }

    #[test]
    fn an_object_needs_one_known_member_and_may_have_others() {
        for (json, required, unless_empty) in [
            (r#"{"booked":[1]}"#, true, true),
            (r#"{"pending":null,"other":1}"#, true, true),
            ("{}", false, true),
            (r#"{"transactions":{"booked":[1]}}"#, false, false),
        ] {
            assert_eq!(is_read(json, KnownMembers::required), required, "{json}");
            assert_eq!(is_read(json, KnownMembers::unless_empty), unless_empty, "{json}");
        }
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Created {
        id: Option<String>,
        link: Option<String>,
        status: Option<serde_json::Value>,
    }

    #[test]
    fn a_status_beside_a_member_of_errors_is_that_of_the_error() {
        for (json, is_read) in [
            (r#"{"status":"error","message":"backend unavailable"}"#, false),
            (r#"{"timestamp":"t","status":500,"error":"e","path":"/"}"#, false),
            (r#"{"type":"about:blank","title":"Service Unavailable","status":503}"#, false),
            (r#"{"status":503,"detail":"d"}"#, false),
            (r#"{"status":"READY"}"#, true),
            (r#"{"status":"READY","more":1}"#, true),
            (r#"{"status":"READY","message":"m","id":"a"}"#, true),
        ] {
            let value: serde_json::Value = serde_json::from_str(json).unwrap();
            assert_eq!(Created::deserialize(KnownMembers::required(value)).is_ok(), is_read, "{json}");
        }
    }

    #[test]
    fn what_was_created_has_one_of_its_essential_members() {
        for (json, is_read) in [
            (r#"{"status":"error"}"#, false),
            (r#"{"status":"CR","id":"a"}"#, true),
            (r#"{"link":"https://example.org/"}"#, true),
        ] {
            let value: serde_json::Value = serde_json::from_str(json).unwrap();
            let checked = KnownMembers::required(value).with_one_of(&["id", "link"]);
            assert_eq!(Created::deserialize(checked).is_ok(), is_read, "{json}");
        }
        let other = KnownMembers::required(serde_json::json!({ "booked": [1] })).with_one_of(&["id", "link"]);
        assert!(Lists::deserialize(other).is_ok(), "it has neither");
    }

    #[test]
    fn everything_but_an_object_is_read_as_usual() {
        let read = Vec::<u8>::deserialize(KnownMembers::required(serde_json::json!([1, 2])));
        assert_eq!(read.unwrap(), [1, 2]);
        let read = Option::<u8>::deserialize(KnownMembers::required(serde_json::Value::Null));
        assert_eq!(read.unwrap(), None);
    }
}
