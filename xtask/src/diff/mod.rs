//! What changed between two OpenAPI documents: `cargo xtask diff`, and the report that `cargo xtask import` prints.
//!
//! `compare` finds the changes, `report` words them. Neither reads or writes files.

mod change;
mod compare;
mod content;
mod face;
mod frame;
mod limits;
mod members;
mod operations;
mod pairs;
mod parameters;
mod read;
mod report;
mod run;
mod schemas;
mod security;

pub(crate) use compare::compare;
pub(crate) use pairs::{Components, bare, named, operations};
pub(crate) use read::{bytes, parse};
pub(crate) use report::{counts, text};
pub(crate) use run::run;
