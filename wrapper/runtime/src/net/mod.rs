//! The network: which addresses may be called, the HTTP client with safe defaults, and reading a response to its end.

mod address;
mod body;
mod connection;
mod safe_defaults;
mod tls;

pub use address::{Address, LIVE, user_agent};
pub use body::DEFAULT_BODY_LIMIT;
pub(crate) use body::{BodyFailure, RawResponse};
pub use connection::{Connection, PreparedRequest};
pub use tls::install_cryptography;
