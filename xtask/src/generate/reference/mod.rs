//! The reference pages: one for each resource, with every operation, parameter, member of a body and answer.
//!
//! The contract says what there is, `names` what it is called in the wrapper, `examples` how it is called, and the
//! error table of the conformance tests what each failure comes to. What one of them lacks is a complaint that names
//! the operation; nothing is left out silently. Nothing is read from or written to files here.

mod errors;
mod examples;
mod links;
mod names;
mod operation;
mod page;
mod schema;
mod section;
#[cfg(test)]
mod tests;

pub(crate) use page::{FOLDER, pages};
