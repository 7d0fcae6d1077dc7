//! A fleet of real processes, the engines that they share their state through, and the judge: the log of the sandbox.

#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "nothing but tests uses this crate: there a panic is the report"
)]

mod engine;
mod judge;
mod process;
mod proxy;

pub use engine::Engine;
pub use judge::{Judge, Most};
pub use process::{Fleet, Worker};
pub use proxy::Proxy;
