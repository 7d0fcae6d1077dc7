//! Reading of structs from JSON objects and from nothing else.

use serde::de::{Deserializer, Visitor};

/// A deserializer that reads a struct from an object only.
///
/// What serde derives also reads a struct from a list, member by member in the order of their declaration: `[]` for
/// balances would then be an account without balances, and no error. The generated types read themselves through this.
///
/// ```
/// use gocardless_bank_data_core::ObjectOnly;
///
/// #[derive(Debug, serde::Deserialize)]
/// struct Money {
///     amount: String,
/// }
///
/// let read = |json: &str| -> Result<Money, serde_json::Error> {
///     serde::Deserialize::deserialize(ObjectOnly(&mut serde_json::Deserializer::from_str(json)))
/// };
/// assert_eq!(read(r#"{"amount": "5"}"#)?.amount, "5");
/// assert!(read(r#"["5"]"#).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug)]
pub struct ObjectOnly<D>(pub D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for ObjectOnly<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
