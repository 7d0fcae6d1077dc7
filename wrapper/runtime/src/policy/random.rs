//! Numbers that differ from call to call, for what clients should not all do at once.

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
