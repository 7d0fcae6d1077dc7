//! `cargo xtask goals`: the goals of `research/reliability.md`, section 5, each with what it asks, what was measured, and
//! whether it holds.
//!
//! Nothing is measured here. The figures come out of the tests that prove the goals, through `tests/support`; this runs
//! those tests, reads what they told, and judges it. A goal whose test failed, or told nothing, does not hold.

mod figures;
mod goal;
mod judge;
mod print;
mod programs;
mod run;
mod source;
mod table;

pub(crate) use run::{Options, run};
