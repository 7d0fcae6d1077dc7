//! What is used outside of `cargo test` too (the fuzz targets and the soak), and a scripted token endpoint. The tests are in
//! `tests/`.

#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "nothing but tests uses this crate: there a panic is the report"
)]

pub mod fetch;
pub mod fuzz;
pub mod responses;
pub mod soak;
