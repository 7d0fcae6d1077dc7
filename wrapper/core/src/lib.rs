//! What the generated client and the hand-written wrapper share.
//!
//! Three kinds of thing live here, and nothing else:
//! - **value types** that generated structs are made of ([`Amount`], [`Timestamp`], ids, open enums, [`Secret`]):
//!   they keep what the bank sent, exactly, and offer a lenient reading of it;
//! - **the transport hook** ([`Transport`]), which puts the access token on a request, sends it, and bounds the answer;
//! - **the policies** (what an error means, what to do about it, when a token is stale), as pure functions and
//!   state machines whose clock and fetcher are handed in.
//!
//! It knows no URL of the API and no operation by name: those are generated. Applications depend on
//! `gocardless-bank-data`, which re-exports all of this that they need.

pub mod address;
mod book;
mod budget;
mod credentials;
mod cryptography;
mod custody;
pub mod error;
mod harden;
mod headers;
mod limits;
mod operation;
mod outcome;
mod paging;
mod redacted;
pub mod replay;
mod response;
pub mod store;
mod timeouts;
pub mod token;
mod transport;
mod value;

pub use book::{AccountBook, CLOSING_FAILURES};
pub use budget::{REPLAYS_A_MINUTE, ReplayBudget};
pub use credentials::Credentials;
pub use cryptography::install_cryptography;
pub use custody::Custody;
pub use error::{Error, Result};
pub use harden::harden;
pub use headers::request_id;
pub use limits::{RateLimit, RateLimits};
pub use operation::{Class, Operation};
pub use outcome::{Cause, conclude};
pub use paging::Paging;
pub use redacted::Redacted;
pub use response::Response;
pub use timeouts::Timeouts;
pub use transport::{CallRecord, DEFAULT_BODY_LIMIT, Transport};
pub use value::{
    AccessScope, AccountId, AccountStatus, AgreementId, Amount, BalanceType, Bounded, Currency, Date, Days,
    Feature, InstitutionId, InvalidId, ObjectOnly, OneOrMany, OrEmpty, OrOther, OutOfBounds, PathId,
    RequisitionId, RequisitionStatus, Secret, Timestamp, Unrecognised,
};
