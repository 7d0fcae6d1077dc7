//! The rules: when a call is retried, when it has a place in the company's budget, and when an account is left alone. Pure
//! functions and small counters whose clock is passed in.

mod account;
mod budget;
#[cfg(test)]
pub(crate) mod histories;
mod random;
pub mod retry;
mod retry_budget;

pub use account::TRIP_AFTER;
pub(crate) use account::{AccountRecord, Gate, Read, Settled, kind_of_data};
pub use budget::Pacing;
pub(crate) use budget::{CallLog, Group, LATENESS, Limit};
pub(crate) use random::{jitter, random};
pub use retry_budget::{RETRIES_A_MINUTE, RetryBudget};
