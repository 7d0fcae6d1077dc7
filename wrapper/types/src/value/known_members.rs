//! Reading of objects that have at least one member that the contract declares.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer as _, MapAccess, Visitor};

use super::unread::UNREAD_MEMBER;

/// A deserializer that rejects a struct if the object has none of its members: an error body with a success status, or
/// the right object one level deeper. Read in the ordinary way, it would be a value of which everything is missing.
///
/// It looks at the outermost object only.
#[derive(Debug)]
pub struct KnownMembers<D> {
    inner: D,
    allows_empty: bool,
}

/// What an object without a known member lacks, as the error says it.
const A_KNOWN_MEMBER: &str = "at least one of the members that the contract declares";

impl<D> KnownMembers<D> {
    /// Rejects an object without any known member, an empty one too.
    pub fn required(inner: D) -> Self {
        Self { inner, allows_empty: false }
    }

    /// Rejects an object that has members, but none that is known.
    pub fn unless_empty(inner: D) -> Self {
        Self { inner, allows_empty: true }
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
        let visitor = Checked { inner: visitor, fields, allows_empty: self.allows_empty };
        self.inner.deserialize_struct(name, fields, visitor)
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
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Checked<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        let (mut members, mut known) = (0_usize, 0_usize);
        let counting = Counting { inner: map, fields: self.fields, members: &mut members, known: &mut known };
        let read = self.inner.visit_map(counting);
        if known == 0 && !(self.allows_empty && members == 0) {
            return Err(de::Error::invalid_value(de::Unexpected::Map, &A_KNOWN_MEMBER));
        }
        read
    }
}

struct Counting<'a, A> {
    inner: A,
    fields: &'static [&'static str],
    members: &'a mut usize,
    known: &'a mut usize,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Counting<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let Some(name) = self.inner.next_key::<std::borrow::Cow<'de, str>>()? else { return Ok(None) };
        if name != UNREAD_MEMBER {
            *self.members += 1;
            *self.known += usize::from(self.fields.contains(&&*name));
        }
        seed.deserialize(name.into_deserializer()).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.inner.next_value_seed(seed)
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
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

    #[test]
    fn everything_but_an_object_is_read_as_usual() {
        let read = Vec::<u8>::deserialize(KnownMembers::required(serde_json::json!([1, 2])));
        assert_eq!(read.unwrap(), [1, 2]);
        let read = Option::<u8>::deserialize(KnownMembers::required(serde_json::Value::Null));
        assert_eq!(read.unwrap(), None);
    }
}
