//! `cargo xtask tidy`: what no compiler and no linter checks. All violations are reported at once.

mod cases;
mod links;
mod packages;
mod run;
mod text;

pub(crate) use run::run;
