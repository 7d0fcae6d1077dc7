//! Numbers as `serde_json` hands them over where some crate of the program turned on its feature `arbitrary_precision`: a
//! decimal then comes as an object with this one member, whose value is its text, exactly as it stood.

use serde::de::{Error, MapAccess, Unexpected};

/// The member's name. It has been the same since 2018, and `rust_decimal` reads it as well.
const TOKEN: &str = "$serde_json::private::Number";

/// The text of the number that `map` is, or an error where it is an object like any other.
pub(super) fn text_of<'de, A: MapAccess<'de>>(mut map: A, expected: &str) -> Result<String, A::Error> {
    match map.next_key::<String>()? {
        Some(name) if name == TOKEN => map.next_value(),
        _ => Err(A::Error::invalid_type(Unexpected::Map, &expected)),
    }
}

#[cfg(test)]
pub(super) mod testing {
    use serde::de::value::{Error, MapDeserializer};
    use serde::de::{Deserialize, IntoDeserializer as _};

    use super::TOKEN;

    /// Reads a number as it comes with the feature, which this build may not have.
    pub(crate) fn read<'de, T: Deserialize<'de>>(text: &'static str) -> Result<T, Error> {
        read_object(TOKEN, text)
    }

    /// Reads an object with this one member.
    pub(crate) fn read_object<'de, T: Deserialize<'de>>(
        name: &'static str,
        text: &'static str,
    ) -> Result<T, Error> {
        T::deserialize(MapDeserializer::new([(name.into_deserializer(), text)].into_iter()))
    }
}
