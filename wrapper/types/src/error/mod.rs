//! Why a call failed, and what to do about it.
//!
//! No `Display` here prints a source, a body, a header, a URL or a secret; no `Debug` prints a body, or a header value
//! outside a short list. They have accessors of their own.

mod advice;

mod api;
mod auth;
mod body;
mod budget;
mod call_context;
mod call_error;
mod circuit_open;
mod decode;
pub(crate) mod display;
mod kind;
mod list;
mod request;
#[cfg(test)]
mod tests;
mod transport;

pub use advice::Advice;
pub use api::ApiError;
pub use auth::{AuthError, AuthStage};
pub use body::FieldError;
pub use budget::BudgetError;
pub use call_error::{Error, Result};
pub use circuit_open::CircuitOpenError;
pub use decode::{DecodeError, DecodeReason};
pub use kind::{ApiErrorKind, RateLimitScope};
pub use list::{ListError, ListReason};
pub use request::InvalidRequestError;
pub use transport::{ConnectionFailure, Sent, TimeoutError, TimeoutPhase, TransportError};
