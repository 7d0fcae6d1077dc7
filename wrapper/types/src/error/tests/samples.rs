//! Errors of every kind. Each holds `canary` wherever it holds what must not be shown.

#![allow(clippy::unwrap_used, reason = "clippy.toml allows it in tests, but not in their helpers")]

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::error::{
    ApiError, AuthError, AuthStage, BudgetError, CircuitOpenError, ConnectionFailure, DecodeError,
    DecodeReason, Error, ListError, ListReason, RateLimitScope, TimeoutError, TimeoutPhase, TransportError,
};
use crate::operation::{Operation, OperationClass};

pub(super) const READ: Operation = Operation::new(&("get_account", "GET", "/", OperationClass::PlainRead));
pub(super) const METERED: Operation =
    Operation::new(&("get_account_balances", "GET", "/", OperationClass::MeteredRead));
pub(super) const CREATE: Operation =
    Operation::new(&("create_requisition", "POST", "/", OperationClass::Write));
pub(super) const TOKEN: Operation =
    Operation::new(&("obtain_token_pair", "POST", "/", OperationClass::Token));

/// The instant at which the answers arrive.
pub(super) const NOW: SystemTime = SystemTime::UNIX_EPOCH;

pub(super) fn answered(operation: Operation, status: u16, body: &str) -> Error {
    limited(operation, status, &[], body)
}

/// An error answer with these headers, and with a cookie.
pub(super) fn limited(operation: Operation, status: u16, headers: &[(&str, &str)], body: &str) -> Error {
    let headers = headers.iter().chain(&[("set-cookie", "canary")]);
    let headers: HeaderMap =
        headers.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
    let status = StatusCode::from_u16(status).unwrap();
    ApiError::read(operation, status, headers, Bytes::copy_from_slice(body.as_bytes()), NOW).into()
}

pub(super) fn auth(stage: AuthStage, cause: Error, retry_at: Option<SystemTime>) -> Error {
    AuthError::new(stage, Arc::new(cause)).until(retry_at).into()
}

pub(super) fn late(operation: Operation, phase: TimeoutPhase) -> Error {
    let limit = Some(Duration::from_millis(2_500));
    TimeoutError::new(operation, phase, limit, "canary".into(), Some(unbuilt())).into()
}

pub(super) fn broken(operation: Operation, failure: ConnectionFailure) -> Error {
    TransportError::new(operation, failure, "canary".into(), Some(unbuilt())).into()
}

pub(super) fn undecoded(reason: DecodeReason, path: Option<&str>) -> Error {
    let path = path.map(str::to_owned);
    let headers = [("x-c-uuid".parse().unwrap(), "7c1e".parse().unwrap())].into_iter().collect();
    DecodeError::new(METERED, reason, StatusCode::OK, headers, "canary".into(), NOW).at(path, None).into()
}

pub(super) fn unlisted(reason: ListReason) -> Error {
    ListError::new(READ, reason, 300).into()
}

pub(super) fn paced() -> Error {
    BudgetError::new(METERED, Some(RateLimitScope::Company), NOW).into()
}

pub(super) fn guarded() -> Error {
    CircuitOpenError::new(METERED, 5, None).into()
}

/// Some error of `reqwest`, which has no constructor for others, from what needs no TLS.
fn unbuilt() -> reqwest::Error {
    reqwest::Proxy::all("http://").unwrap_err()
}
