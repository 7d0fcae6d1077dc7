//! `cargo xtask diff` as a program.

// In the helpers too, a failing unwrap is the report.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod cases;
mod command;
mod contract;
mod drift;
mod edit;
mod every_leaf;
mod mutations;
mod patch;
