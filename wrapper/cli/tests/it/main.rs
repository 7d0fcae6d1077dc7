//! The command line as people and scripts meet it: each test runs the program against a sandbox in this process.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "these are tests"
)]
#![allow(missing_docs, unreachable_pub, reason = "nobody else sees it")]

mod bad_input;
mod documentation;
mod exports;
mod failures;
mod links;
mod nights;
mod output;
mod processes;
mod snapshots;
mod world;
