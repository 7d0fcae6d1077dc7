//! Do the client's requests, responses and errors agree with the contract, and the sandbox with both? One module for each
//! question.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a panic in a test is its report"
)]

mod arguments;
mod blocking;
mod cancellation;

mod errors;
mod field;
mod odd_forms;
mod operations;
mod responses;
mod sandbox;
mod schemars;
mod ways;
