//! `cargo xtask import` as a program: what becomes of contract and client, and that nothing becomes of them otherwise.
//!
//! `like-2023.json` and `like-2024.json` turn `of-2025.json` into documents like the vendor's of those years. They are
//! merge patches (RFC 7396).

// In the helpers too, a failing unwrap is the report.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod from_file;
mod from_network;
mod refused;
mod server;
#[allow(dead_code)]
#[path = "../generate/tree.rs"]
mod tree;
mod vendor;
