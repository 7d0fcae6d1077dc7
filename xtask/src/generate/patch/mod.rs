//! From `contract.json` to `client.json`: named changes, each with its reason, in order.
//!
//! A patch is a function on the document. It says how much it changed, so that one that the document no longer needs
//! is found. It never reads or writes files.

mod faults;
mod list;
mod place;
pub(crate) mod record;
pub(crate) mod rust_type;
mod schemas;
mod shaping;
#[cfg(test)]
mod tests;
mod values;

pub(crate) use list::PATCHES;
