//! `cargo xtask bench`: what the client costs, beside a floor written by hand, and beside the direct peer.
//!
//! Every figure is a ratio of two that were measured in the same run. Instructions and bytes are counted by valgrind,
//! so they repeat; times are taken in pairs, one after the other, and only where nothing can be counted.

mod cases;
mod counting;
mod generator;
mod goals;
mod run;
mod table;
mod wall;
mod weight;
mod workshop;

pub(crate) use run::{Options, Part, run};
