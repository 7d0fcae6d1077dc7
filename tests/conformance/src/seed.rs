//! The seed of a run of these tests.

/// The seed of this run: `CONFORMANCE_SEED` if it is set, else of the moment. Failures print it.
#[must_use]
pub fn run_seed() -> u64 {
    test_support::run_seed("CONFORMANCE_SEED")
}
