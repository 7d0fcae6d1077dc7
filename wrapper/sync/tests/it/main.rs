//! The ledger against banks of every kind.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "these are tests"
)]
#![allow(missing_docs, unreachable_pub, reason = "nobody else sees it")]

mod engine;
mod examples;
mod reconciling;
mod scale;
mod simulation;
mod world;
