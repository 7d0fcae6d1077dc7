//! What happens during a call. Applications depend on `gocardless-bank-data`; this package makes no promise of stability.
//!
//! - [`pipeline`]: what every call runs through, from the permit to the retry. Start reading here.
//! - [`auth`]: the access token. [`policy`]: retries, circuit breaker, quota. [`state`]: what is remembered and shared.
//! - [`net`]: addresses, TLS, connections, bodies. [`Observer`]: what a program is called with for each attempt.
//!
//! It is the only package that makes a generated client, and it sends every request itself.

pub mod auth;
#[cfg(feature = "blocking")]
mod blocking;
mod client;
pub mod decode;
pub mod net;
mod observer;
mod paging;
pub mod pipeline;
pub mod policy;
mod response;
pub mod state;

#[cfg(feature = "blocking")]
pub use blocking::block_on;
pub use client::{Client, Settings};
pub use observer::{Attempt, Observer};
pub use paging::Paging;
pub use pipeline::Call;
