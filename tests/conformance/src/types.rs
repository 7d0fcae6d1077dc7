//! The generated type of each schema of the contract.

use std::fmt;

use gocardless_bank_data::RequisitionStatus;
use gocardless_bank_data_generated::types;
use schemars::{JsonSchema, Schema};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A generated type.
pub struct Type {
    /// The schema it is generated from.
    pub schema: &'static str,
    /// Its name in Rust.
    pub rust: &'static str,
    /// Decodes JSON and encodes the result; the error names the path.
    pub round_trip: fn(&Value) -> Result<Value, String>,
    /// The JSON Schema of the type.
    pub json_schema: fn() -> Schema,
}

impl fmt::Debug for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Type").field(&self.rust).finish()
    }
}

/// Schemas without a generated type, with the reason.
pub const WITHOUT_TYPE: &[(&str, &str)] =
    &[("ErrorResponse", "errors are read by `ApiError`, whatever their shape: tests/errors")];

macro_rules! generated {
    ($($schema:literal => $type:ident,)+) => {
        /// All of them, by their schemas. Two schemas of one shape share a type; `StatusEnum` is an open list of words.
        pub const TYPES: &[Type] = &[
            $(Type {
                schema: $schema,
                rust: stringify!($type),
                round_trip: round_trip::<types::$type>,
                json_schema: json_schema_of::<types::$type>,
            },)+
            Type {
                schema: "StatusEnum",
                rust: "RequisitionStatus",
                round_trip: round_trip::<RequisitionStatus>,
                json_schema: json_schema_of::<RequisitionStatus>,
            },
        ];
    };
}

gocardless_bank_data_generated::each_schema!(generated);

fn round_trip<T: DeserializeOwned + Serialize>(json: &Value) -> Result<Value, String> {
    // Through text, as responses arrive: decoding from a `Value` may behave differently.
    let text = json.to_string();
    let mut decoder = serde_json::Deserializer::from_str(&text);
    let value: T = serde_path_to_error::deserialize(&mut decoder).map_err(|error| error.to_string())?;
    serde_json::to_value(&value).map_err(|error| format!("cannot be encoded: {error}"))
}

fn json_schema_of<T: JsonSchema>() -> Schema {
    schemars::schema_for!(T)
}

/// JSON without members that are null: a reader treats null as absent (`docs/api.md#null-members`).
fn without_nulls(json: &Value) -> Value {
    match json {
        Value::Object(members) => {
            let kept = members.iter().filter(|(_, member)| !member.is_null());
            kept.map(|(name, member)| (name.clone(), without_nulls(member))).collect()
        }
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}

/// The first place where two JSON values differ, nulls aside: `at /transactions/booked/0: 1 in place of 2`.
#[must_use]
pub fn difference(came: &Value, expected: &Value) -> Option<String> {
    differ("", &without_nulls(came), &without_nulls(expected))
}

fn differ(place: &str, came: &Value, expected: &Value) -> Option<String> {
    match (came, expected) {
        _ if came == expected => None,
        (Value::Object(one), Value::Object(other)) => {
            let names = other.keys().chain(one.keys().filter(|name| !other.contains_key(*name)));
            let of = |members: &serde_json::Map<String, Value>, name| {
                members.get(name).cloned().unwrap_or_default()
            };
            names
                .into_iter()
                .find_map(|name| differ(&format!("{place}/{name}"), &of(one, name), &of(other, name)))
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let pairs = one.iter().zip(other).enumerate();
            pairs.into_iter().find_map(|(at, (one, other))| differ(&format!("{place}/{at}"), one, other))
        }
        _ => Some(format!("at {place}: {} in place of {}", short(came), short(expected))),
    }
}

/// JSON for a failure message: its first hundred characters.
fn short(json: &Value) -> String {
    let text = json.to_string();
    let cut: String = text.chars().take(100).collect();
    if cut.len() < text.len() { format!("{cut}…") } else { cut }
}
