//! `cargo xtask tidy`: the rules of the house that no compiler knows.
//!
//! One rule is one function from the tree to its breaches; `rules` lists them. A new rule needs a function and a line.

mod breach;
mod cases;
mod dependencies;
mod house;
mod metadata;
mod modules;
mod rules;
mod run;
#[cfg(test)]
pub(crate) mod testing;
mod text;
mod tree;

pub(crate) use cases::count as cases;
pub(crate) use house::{MOST_WRAPPER_LINES, wrapper_lines};
pub(crate) use run::run;
pub(crate) use tree::Tree;
