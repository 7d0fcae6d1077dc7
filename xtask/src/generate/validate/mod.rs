//! What a document must be before anything is made of it. Each refusal is one sentence with its place and the mend.
//!
//! The generator panics over much of this, without a place; so it is found here first, on plain JSON.

mod cycles;
mod frame;
mod inline;
mod operations;
mod read;
mod references;

pub(crate) use read::{json, outline, read};
