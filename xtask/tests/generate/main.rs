//! `cargo xtask generate` as a program: what it writes, what it refuses, and what it leaves alone.

// In the helpers too, a failing unwrap is the report.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod bad_input;
mod forms;
mod good_input;
mod tree;
#[allow(dead_code)]
#[path = "../import/vendor.rs"]
mod vendor;
