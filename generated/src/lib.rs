// Written by `cargo xtask generate`. Do not edit: change the contract, a patch or a pass instead.
// Input: openapi/client.json, sha256 01436e4aacfe237b1837a44742a5740a7bb2d76e91744041e5e322b60f2671d0
// Generator: progenitor 0.15.1, then xtask/src/generate/polish

//! The GoCardless Bank Account Data API v2, as generated from `openapi/client.json`.
//!
//! Applications use `gocardless-bank-data`; this crate is what that one calls. See `README.md` for how it is made.

// The generator's code is held to the compiler's lints, not to clippy's: how it writes is not ours to choose.
#![allow(clippy::all)]

pub mod builder;
mod client;
pub mod operation;
pub mod types;

pub use client::Client;
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};

// What the builders import from above them.
use progenitor_client::{ClientHooks, OperationInfo, RequestBuilderExt, encode_path};
