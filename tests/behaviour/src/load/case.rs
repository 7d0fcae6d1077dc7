//! The cases: which there are, what each does, and the room it is in.

use super::options::Options;
use super::report::Report;
use super::scale::Scale;
use super::{aborted, burst, cold, panicked, refused, soak};

/// A case.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case {
    /// Its id in `research/reliability.md`.
    pub(crate) id: &'static str,
    /// What is done in it.
    pub(crate) what: fn(&Scale) -> String,
    /// Does it.
    pub(crate) run: fn(&Options) -> Report,
}

/// All of them, in order.
pub(crate) const CASES: [Case; 6] = [
    Case { id: "L1", what: cold::what, run: cold::l01_cold_and_expired_callers_share_one_request },
    Case { id: "L2", what: refused::what, run: refused::l02_refused_callers_share_one_request_and_one_error },
    Case { id: "L3", what: aborted::what, run: aborted::l03_aborted_callers_cost_the_others_nothing },
    Case { id: "L4", what: panicked::what, run: panicked::l04_a_panic_reaches_all_waiters_as_an_error },
    Case { id: "L5", what: burst::what, run: burst::l05_a_burst_of_calls_opens_few_sockets },
    Case { id: "L6", what: soak::what, run: soak::l06_nothing_grows_under_faults },
];

/// The case with this id, in letters of any size.
pub(crate) fn case(id: &str) -> Option<&'static Case> {
    CASES.iter().find(|case| case.id.eq_ignore_ascii_case(id))
}
