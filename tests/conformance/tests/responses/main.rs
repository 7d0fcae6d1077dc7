//! What the generated types make of answers: of those that the contract promises, and of those that are otherwise.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a panic in a test is its report"
)]

mod instances;
mod members;
mod places;
