//! What users of the client hold: values, ids, enums, rate limits, operations and errors.
//!
//! - **Value types** ([`Amount`], [`Timestamp`], ids, open enums, [`Secret`]) keep what the bank sent, exactly, and offer a
//!   lenient reading of it.
//! - **Errors** ([`Error`]) say what happened, what it means and what to do.
//! - **[`RequestCapture`]** is what the generated client is given in place of a connection.
//!
//! Nothing here has a clock, a socket or a lock. Applications depend on `gocardless-bank-data`, which re-exports what
//! they need.

mod credentials;
pub mod error;
mod operation;
mod rate_limits;
mod request_capture;
mod request_id;
mod response;
mod timeouts;
mod value;

pub use credentials::Credentials;
pub use error::{Error, Result};
pub use operation::{Operation, OperationClass};
pub use rate_limits::{RateLimit, RateLimits};
pub use request_capture::RequestCapture;
pub use request_id::request_id;
pub use response::Response;
pub use timeouts::Timeouts;
// As a module too: the wrapper exports whatever is in it.
pub use value::enums;
pub use value::enums::*;
pub use value::{
    AccountId, AgreementId, Amount, Currency, Date, Days, ENTRIES, Entries, InstitutionId, InvalidId, Json,
    KnownMembers, LENIENT, ONE_OR_MANY, OneOrMany, OrEmpty, OrOther, PathId, Private, ReconfirmationOutcome,
    ReconfirmedAccounts, RequisitionId, Secret, Text, Timestamp, UNREAD_MEMBER, UnknownValue, Unread,
    UnreadPart,
};
