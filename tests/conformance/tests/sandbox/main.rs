//! The sandbox as the wrapper meets it: every operation and status of the contract, and every answer held against it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a panic in a test is its report"
)]

mod answers;
mod calls;
mod honest;
mod journeys;
mod stage;
mod states;
mod tokens;
