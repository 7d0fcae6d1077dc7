//! What the tests of the rules make their random histories with.

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
