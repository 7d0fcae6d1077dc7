//! Why a call failed, and what to do about it.
//!
//! No `Display` here prints a source, a body, a header, a URL or a secret; no `Debug` prints a body or a header value
//! outside a short list. Whoever wants those asks for them by name.

mod advice;
mod api;
mod auth;
mod body;
mod decode;
mod enumeration;
mod guard;
mod kind;
mod list;
mod request;
pub(crate) mod shown;
#[cfg(test)]
mod tests;
mod told;
mod trail;
mod transport;

pub use advice::Advice;
pub use api::ApiError;
pub use auth::{AuthError, AuthStage};
pub use body::FieldError;
pub use decode::{DecodeError, DecodeReason};
pub use enumeration::{Error, Result};
pub use guard::GuardError;
pub use kind::{ApiErrorKind, RateLimitScope};
pub use list::{ListError, ListReason};
pub use request::InvalidRequestError;
pub use transport::{ConnectionFailure, Sent, TimeoutError, TimeoutPhase, TransportError};
