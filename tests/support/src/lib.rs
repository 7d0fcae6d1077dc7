//! What the packages of tests share: the figures that the goals are judged by, how large a run is, and numbers that
//! follow from a seed.
//!
//! It knows neither the client nor the sandbox, so that every package below `tests` can use it.

#![forbid(unsafe_code)]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "nothing but tests uses this crate: there a panic is the report"
)]

mod figure;
mod partial;
mod random;
mod scale;

pub use figure::figure;
pub use partial::drop_after;
pub use random::{Random, run_seed};
pub use scale::scale;
