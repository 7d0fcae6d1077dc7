//! From contract to client: `cargo xtask generate`.
//!
//! `run` is the pipeline; each other module is one step of it and knows nothing of the others.

pub(crate) mod document;
mod names;
mod operation;
mod output;
mod package;
mod patch;
mod postprocess;
mod progenitor;
mod reference;
mod run;
mod rustdoc_escape;
mod strictness;
pub(crate) mod validate;

pub(crate) use run::{Options, run};
