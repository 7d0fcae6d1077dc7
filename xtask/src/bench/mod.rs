//! `cargo xtask bench`: the cost of the client compared with a floor, the same work written by hand, and with a peer,
//! another client of the same API. `tests/bench` has all three.
//!
//! Every goal is a ratio within one run, or a number of crates. Instructions and bytes are counted by valgrind, so they
//! repeat; times are compared only where nothing can be counted.

mod measure;
mod run;
mod table;

pub(crate) use run::{Part, run};
