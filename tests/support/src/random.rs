//! Random numbers that follow from a seed, so that every failure can be repeated, and how many cases a run tries.

use std::time::{SystemTime, UNIX_EPOCH};

/// How many cases to try: the number in `variable` (`BEHAVIOUR_SEEDS`) where it is set, else `ordinary`.
#[must_use]
pub fn scale(variable: &str, ordinary: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(ordinary)
}

/// The seed of a run: the value of `variable` if it is set, else of the moment. Failures print it.
#[must_use]
pub fn run_seed(variable: &str) -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    // Six digits are enough to differ and short enough to type.
    scale(variable, now.as_secs() % 1_000_000)
}

/// `SplitMix64`: small, quick, and the same on every machine.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The numbers that follow from a seed.
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

    /// A random element.
    pub fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// True in one of `times` cases.
    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_a_seed_are_the_same_on_every_machine() {
        // The first three of the published reference for the seed 1234567.
        let mut random = Random::new(1_234_567);
        let numbers = [random.number(), random.number(), random.number()];
        assert_eq!(
            numbers,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn a_number_below_a_bound_is_below_it_and_one_of_a_list_is_one_of_it() {
        let mut random = Random::new(7);
        assert!((0..1_000).all(|_| random.below(3) < 3));
        assert!((0..1_000).all(|_| ["a", "b"].contains(random.one_of(&["a", "b"]))));
        assert!((0..1_000).any(|_| random.one_in(2)) && random.one_in(1));
    }
}
