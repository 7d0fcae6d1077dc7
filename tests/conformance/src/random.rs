//! Random numbers that follow from a seed, so that every failure can be had again.

use std::time::{SystemTime, UNIX_EPOCH};

/// The seed of this run: `CONFORMANCE_SEED` if it is set, else of the moment. Failures print it.
#[must_use]
pub fn run_seed() -> u64 {
    let given = std::env::var("CONFORMANCE_SEED").ok().and_then(|text| text.parse().ok());
    given.unwrap_or_else(|| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        // Six digits are enough to differ and short enough to type.
        now.as_secs() % 1_000_000
    })
}

/// `SplitMix64`: small, quick, and the same on every machine.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The numbers of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).expect("a bound fits 64 bits");
        usize::try_from(self.number() % bound).expect("a number below it fits too")
    }

    /// One of these.
    pub fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// Whether one of `times` cases is this one.
    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}
