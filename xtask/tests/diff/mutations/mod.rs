//! More edits of each kind that `contract` has one of: what is true of a kind must not depend on one place or spelling.
//!
//! An edit changes the contract as it is, or with something in it that it does not have.

mod around;
mod document;
mod schemas;
mod wire;
