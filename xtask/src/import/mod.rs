//! Taking over the vendor's document: `cargo xtask import`.
//!
//! `source` gets the document, `rewrite` makes our contract of it, by the places that `places` knows, and `summary` lists
//! what a person does next. `run` writes contract and client, or neither.

mod places;
mod rewrite;
mod run;
mod source;
mod summary;

pub(crate) use run::{Options, run};
