//! From contract to client: `cargo xtask generate`.
//!
//! `run` is the pipeline; each other module is one step of it and knows nothing of the others.

mod compiles;
pub(crate) mod document;
mod duplicates;
mod graph;
pub(crate) mod lists;
mod names;
pub(crate) mod normal_form;
mod operation;
mod output;
mod package;
pub(crate) mod patch;
mod postprocess;
mod progenitor;
mod reference;
mod run;
mod rustdoc_escape;
mod strictness;
pub(crate) mod validate;

pub(crate) use names::name as stable_name;
pub(crate) use run::{CONTRACT, Input, Options, keep, run};
