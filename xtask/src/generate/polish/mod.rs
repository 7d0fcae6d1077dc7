//! From the generator's output to the crate: small passes over the syntax tree, each with one purpose.
//!
//! A pass knows Rust and nothing of the contract; what it needs from there is handed to it.

mod apply;
mod attributes;
mod calls;
mod client;
mod debug;
mod derives;
mod docs;
mod objects;
mod operation;
mod or_empty;
mod rooms;
#[cfg(test)]
mod testing;
mod wire;

pub(crate) use apply::polish;
pub(crate) use derives::rust_name;
pub(crate) use operation::{Operation, SCARCE_READ, module as operation_module, operations};
pub(crate) use rooms::Rooms;
