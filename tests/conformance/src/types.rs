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
    /// The schema of the contract that it is made from.
    pub schema: &'static str,
    /// Its name in Rust.
    pub rust: &'static str,
    /// Decodes JSON and encodes what came of it; the error names the place.
    pub round_trip: fn(&Value) -> Result<Value, String>,
    /// What the type says of itself as JSON schema.
    pub json_schema: fn() -> Schema,
}

impl fmt::Debug for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Type").field(&self.rust).finish()
    }
}

/// Schemas that no generated type is made from, with the reason.
pub const WITHOUT_TYPE: &[(&str, &str)] =
    &[("ErrorResponse", "errors are read by the core's ApiError, whatever their shape: tests/errors.rs")];

macro_rules! types {
    ($($schema:literal => $type:ty,)+) => {
        /// All of them. Two schemas of one shape share a type; `StatusEnum` is an open list of words.
        pub const TYPES: &[Type] = &[$(Type {
            schema: $schema,
            rust: stringify!($type),
            round_trip: round_trip::<$type>,
            json_schema: json_schema_of::<$type>,
        }),+];
    };
}

types! {
    "Account" => types::Account,
    "AccountBalance" => types::AccountBalance,
    "AccountDetail" => types::AccountDetail,
    "AccountSchema" => types::AccountSchema,
    "AccountTransactions" => types::AccountTransactions,
    "AdditionalAccountDataSchema" => types::AdditionalAccountDataSchema,
    "BalanceAfterTransactionSchema" => types::BalanceAfterTransactionSchema,
    "BalanceAmountSchema" => types::TransactionAmountSchema,
    "BalanceSchema" => types::BalanceSchema,
    "BankTransaction" => types::BankTransaction,
    "CurrencyExchangeSchema" => types::CurrencyExchangeSchema,
    "DetailSchema" => types::DetailSchema,
    "EndUserAgreement" => types::EndUserAgreement,
    "EndUserAgreementRequest" => types::EndUserAgreementRequest,
    "EnduserAcceptanceDetailsRequest" => types::EnduserAcceptanceDetailsRequest,
    "Integration" => types::Integration,
    "IntegrationRetrieve" => types::IntegrationRetrieve,
    "JWTObtainPairRequest" => types::JwtObtainPairRequest,
    "JWTRefreshRequest" => types::JwtRefreshRequest,
    "OwnerAddressStructuredSchema" => types::OwnerAddressStructuredSchema,
    "PaginatedEndUserAgreementList" => types::PaginatedEndUserAgreementList,
    "PaginatedRequisitionList" => types::PaginatedRequisitionList,
    "ReconfirmationRetrieve" => types::ReconfirmationRetrieve,
    "ReconfirmationRetrieveRequest" => types::ReconfirmationRetrieveRequest,
    "Requisition" => types::Requisition,
    "RequisitionRequest" => types::RequisitionRequest,
    "SpectacularJWTObtain" => types::SpectacularJwtObtain,
    "SpectacularJWTRefresh" => types::SpectacularJwtRefresh,
    "SpectacularRequisition" => types::Requisition,
    "StatusEnum" => RequisitionStatus,
    "SuccessfulDeleteResponse" => types::SuccessfulDeleteResponse,
    "TransactionAmountSchema" => types::TransactionAmountSchema,
    "TransactionSchema" => types::TransactionSchema,
}

fn round_trip<T: DeserializeOwned + Serialize>(json: &Value) -> Result<Value, String> {
    // Through text, as answers come: a `Value` would not show what a reader of text does.
    let text = json.to_string();
    let mut decoder = serde_json::Deserializer::from_str(&text);
    let value: T = serde_path_to_error::deserialize(&mut decoder).map_err(|error| error.to_string())?;
    serde_json::to_value(&value).map_err(|error| format!("cannot be encoded: {error}"))
}

fn json_schema_of<T: JsonSchema>() -> Schema {
    schemars::schema_for!(T)
}

/// JSON without members that are null: for a reader, null and absent are one (deviations, 69).
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

/// JSON as a failure shows it: its first hundred characters.
fn short(json: &Value) -> String {
    let text = json.to_string();
    let cut: String = text.chars().take(100).collect();
    if cut.len() < text.len() { format!("{cut}…") } else { cut }
}
