//! Following the vendor's document: `cargo xtask import`.
//!
//! `source` gets the document, `rewrite` makes our contract of it, `run` puts both into the tree, or neither.

mod date;
mod fetch;
mod places;
mod progress;
mod provenance;
mod rewrite;
mod run;
mod sentences;
mod source;
mod summary;

pub(crate) use run::{Options, run};
