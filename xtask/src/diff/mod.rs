//! What changed between two OpenAPI documents: `cargo xtask diff`, and the report that `cargo xtask import` prints.
//!
//! `read` reads the documents, `pairs` and `alike` find what belongs together, `document`, `operations` and `schemas` are
//! the parts of `compare`, by the table in `rules`, `used` says what is sent and what received, `pointers` finds where it is
//! written, and `report` prints the changes. Everything is seen from this client's callers: what it sends and reads counts.

mod alike;
mod change;
mod compare;
mod document;
mod operations;
mod pairs;
mod pointers;
mod read;
mod report;
mod rules;
mod run;
mod schemas;
mod used;

pub(crate) use compare::compare;
pub(crate) use pairs::{Components, operations, parameter_names, path_template};
pub(crate) use read::{bytes, name, parse};
pub(crate) use report::{counts, text};
pub(crate) use run::{Options, run};
