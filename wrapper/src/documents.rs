//! The programs of the README, of MIGRATION and of a page of `docs`, compiled and run as documentation tests.

#[doc = include_str!("../../README.md")]
mod readme_programs {}

#[doc = include_str!("../../MIGRATION.md")]
mod migration_programs {}

#[doc = include_str!("../../docs/observability.md")]
mod observability_programs {}
