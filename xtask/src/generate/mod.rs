//! From contract to client: `cargo xtask generate`.
//!
//! `run` is the pipeline; each other module is one step of it and knows nothing of the others.

mod audit;
pub(crate) mod document;
mod files;
mod model;
mod names;
mod patch;
mod polish;
mod progenitor;
mod reference;
mod run;
pub(crate) mod validate;
mod words;

pub(crate) use run::{Options, run};
