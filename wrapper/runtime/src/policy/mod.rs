//! The rules: when a call is retried, and when an account is left alone. Pure functions and small counters whose clock is
//! passed in.

mod account;
pub mod retry;
mod retry_budget;

pub use account::{AccountTracker, TRIP_AFTER};
pub use retry_budget::{RETRIES_A_MINUTE, RetryBudget};

/// A number from 0 to 1 that differs from call to call and from process to process. It hides nothing, so the seed of the
/// standard hasher is random enough.
#[must_use]
pub(crate) fn jitter() -> f64 {
    use std::hash::{BuildHasher, Hasher};
    let random = std::collections::hash_map::RandomState::new().build_hasher().finish();
    f64::from(u32::try_from(random >> 32).unwrap_or_default()) / f64::from(u32::MAX)
}
