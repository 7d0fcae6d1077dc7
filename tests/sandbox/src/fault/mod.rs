//! Scripted misbehaviour: what a fault is, how it is written in JSON, and the queue that applies them.
//!
//! Faults are described here; they are carried out in `service/` (`exchange.rs` and `wire.rs`).

mod json;
mod kind;
mod mangle;
mod preset;
mod queue;

pub(crate) use kind::{Action, Delay, Target};
pub use kind::{Cut, Fault};
pub use preset::Preset;
pub(crate) use preset::{Subject, counts_as_failure};
pub use queue::Faults;
