//! The access token: obtained once for all callers, refreshed early, replaced when the API rejects it.
//!
//! `token_record` holds every rule as pure functions, `token_cache` runs it with one operation at a time, and
//! `token_source` calls the two token operations.

mod access_token;
mod token_cache;
mod token_record;
mod token_source;

pub use access_token::AccessToken;
pub use token_cache::TokenCache;
pub use token_record::Timing;
pub(crate) use token_source::{ApiTokenSource, obtain, renew};
pub use token_source::{IssuedTokens, IssuingTokens, TokenSource};
