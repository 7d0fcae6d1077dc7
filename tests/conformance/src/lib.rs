//! What the conformance tests share: instances of the schemas of the contract, validation of requests, a server for each
//! operation, the generated type of each schema, and tables of cases.
//!
//! Everything here is driven by `openapi/contract.json`. The tests are in `tests/`, their tables in files next to them:
//! a new operation, schema or status in the contract fails there by name until it has a row.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "nothing but tests uses this crate: there a panic is the report"
)]

mod instances;
mod request;
mod table;
mod types;

pub use instances::{Instances, Presence, run_seed, serve, serve_success};
pub use request::{Extent, misfits};
pub use table::{Row, rows};
pub use types::{TYPES, Type, WITHOUT_TYPE, difference};
