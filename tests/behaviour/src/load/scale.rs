//! How large a run is, and which bounds count at that size.

use std::time::Duration;

use super::report::Bound;

/// How many callers there are, how often, and for how long.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    /// Callers at once in L1 to L5.
    pub(crate) callers: usize,
    /// How often L1 is repeated.
    pub(crate) runs: usize,
    /// Callers in L6.
    pub(crate) soak_callers: usize,
    /// How long L6 lasts.
    pub(crate) soak: Duration,
    /// Whether what depends on the machine is judged.
    judges_cost: bool,
}

impl Scale {
    /// What the goals name.
    pub(crate) fn full(soak: Duration) -> Self {
        Self { callers: 10_000, runs: 100, soak_callers: 200, soak, judges_cost: true }
    }

    /// What a test can afford. Time, memory and sockets say nothing at this size, on a machine that does other things as well.
    pub(crate) fn small() -> Self {
        Self { callers: 200, runs: 2, soak_callers: 20, soak: Duration::from_secs(3), judges_cost: false }
    }

    /// A bound on time, memory or sockets, where those are judged.
    pub(crate) fn cost(&self, bound: Bound) -> Option<Bound> {
        self.judges_cost.then_some(bound)
    }
}
