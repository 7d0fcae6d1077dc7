//! What the tests share: a client that validates every response, and a raw one.

mod bank;
mod raw;

use gocardless_bank_data_sandbox::Operation;
use serde_json::Value;
use test_support::{Contract, Unknown, validate};

pub(crate) use bank::{Bank, Linked, Reply, member, pause_free};
pub(crate) use raw::{Raw, RawEnd};

/// An operation as the contract declares it.
fn declared(operation: Operation) -> &'static test_support::Operation {
    Contract::get().operation(&format!("{} {}", operation.method(), operation.path()))
}

/// The statuses that an operation declares.
pub(crate) fn statuses(operation: Operation) -> Vec<u16> {
    declared(operation).answers.keys().copied().collect()
}

/// Everything that is wrong with a body by the schema declared for the status.
pub(crate) fn complaints(operation: Operation, status: u16, body: &Value) -> Vec<String> {
    validate(&declared(operation).answers[&status], Unknown::Allowed, body)
}

/// Everything that is wrong with an error body by `ErrorResponse`.
pub(crate) fn error_complaints(body: &Value) -> Vec<String> {
    validate(Contract::get().schema("ErrorResponse"), Unknown::Allowed, body)
}
