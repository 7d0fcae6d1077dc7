//! From contract to client: `cargo xtask generate`.
//!
//! `run` is the pipeline; each other module is one step of it and knows nothing of the others.

mod audit;
mod document;
mod files;
mod names;
mod patch;
mod polish;
mod progenitor;
mod run;
mod validate;
mod words;

pub(crate) use run::{Options, run};
