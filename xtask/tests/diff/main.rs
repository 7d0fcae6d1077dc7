//! `cargo xtask diff` as a program: one small change of one document, one report.
//!
//! A case is a folder with `patch.json`, a JSON patch (RFC 6902) of `base.json`, and `report.txt`, what the program says
//! then. `UPDATE_REPORTS=1 cargo test -p xtask --test diff` writes the reports anew, to be read as a diff.

// In the helpers too, a failing unwrap is the report.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod cases;
mod command;
mod every_leaf;
mod oracle;
mod patch;
