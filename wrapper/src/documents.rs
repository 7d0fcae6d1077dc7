//! The programs of the README and of MIGRATION, compiled and run as documentation tests.

#[doc = include_str!("../../README.md")]
mod readme_programs {}

#[doc = include_str!("../../MIGRATION.md")]
mod migration_programs {}
