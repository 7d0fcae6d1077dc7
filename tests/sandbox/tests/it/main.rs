//! The sandbox as its users meet it: over HTTP, and every answer held against `contract.json`.
//!
//! One binary with a room for each question, because each binary would link its own HTTP client.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "clippy.toml allows these in tests, but takes helpers of integration tests for production code"
)]

mod support;

mod accounts;
mod agreements;
mod binary;
mod control;
mod declared;
mod documented_errors;
mod faults_on_the_wire;
mod faults_scripted;
mod institutions;
mod limits;
mod link_flow;
mod media_types;
mod operations;
mod pagination;
mod readme;
mod reconfirmation;
mod recording;
mod requisitions;
mod tokens;
mod transport;
mod weird_input;
