// Written by `cargo xtask generate`. Do not edit: change the contract, a patch or a setting instead.
// Input: openapi/client.json, sha256 7babb11091d7d4d6635f63a52b4a963077fc4e4dceeaff09d057ef3d0aeaae46
// Generator: progenitor 0.15.1, as xtask/src/generate/progenitor.rs calls it

//! The GoCardless Bank Account Data API v2, as generated from `openapi/client.json`.
//!
//! Applications use `gocardless-bank-data`; this crate is what that one calls. See `README.md` for how it is made.

// The generator's code is held to the compiler's lints, not to clippy's: how it writes is not ours to choose.
#![allow(clippy::all)]

// The printer has laid the code out, and `cargo fmt` must not do it again.
#[rustfmt::skip]
mod client;
#[rustfmt::skip]
pub mod operation;
#[rustfmt::skip]
mod schema;
#[rustfmt::skip]
pub mod types;

pub use client::{ByteStream, Client, ClientInfo, Error, ResponseValue};
