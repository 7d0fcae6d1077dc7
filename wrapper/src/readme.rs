//! The programs of the README, compiled and run as documentation tests so that none of them grows old.

#[doc = include_str!("../../README.md")]
mod programs {}
