//! The rules: when a call is retried, when it has a place in the company's budget, and when an account is left alone. Pure
//! functions and small counters whose clock is passed in.

mod account;
mod budget;
pub mod retry;
mod retry_budget;

pub use account::TRIP_AFTER;
pub(crate) use account::{AccountRecord, Gate, Settled, kind_of_data};
pub use budget::Pacing;
pub(crate) use budget::{CallLog, Group, LATENESS};
pub use retry_budget::{RETRIES_A_MINUTE, RetryBudget};

/// A number from 0 to 1 that differs from call to call and from process to process.
#[must_use]
pub(crate) fn jitter() -> f64 {
    f64::from(u32::try_from(random() >> 32).unwrap_or_default()) / f64::from(u32::MAX)
}

/// A number that differs from call to call and from process to process. It hides nothing, so the seed of the standard
/// hasher is random enough.
#[must_use]
pub(crate) fn random() -> u64 {
    use std::hash::{BuildHasher, Hasher};
    std::collections::hash_map::RandomState::new().build_hasher().finish()
}

#[cfg(test)]
pub(crate) mod tests {
    /// Numbers that are the same in each run.
    pub(crate) struct Random(pub(crate) u64);

    impl Random {
        pub(crate) fn below(&mut self, limit: u32) -> u32 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            u32::try_from((self.0 >> 33) % u64::from(limit)).unwrap_or_default()
        }
    }

    /// How many random histories each rule is compared with its model for; 100,000 at the full scale.
    pub(crate) fn histories() -> u32 {
        std::env::var("FLEET_HISTORIES").ok().and_then(|text| text.parse().ok()).unwrap_or(2_000)
    }
}
