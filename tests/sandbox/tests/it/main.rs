//! The sandbox over HTTP, with every response validated against `contract.json`.
//!
//! One test program with a module for each topic, because each program would link its own HTTP client.

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
mod faults;
mod institutions;
mod limits;
mod link_flow;
mod link_page;
mod operations;
mod own_data;
mod profiles;
mod reconfirmation;
mod requisitions;
mod tokens;
mod transport;
mod weird_input;
