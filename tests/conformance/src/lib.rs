//! What the proofs of conformance share: the contract as data, a judge of JSON, a recorder at a socket, a maker of
//! instances, and one driver for each operation.
//!
//! Everything here is driven by `openapi/contract.json`. The proofs are in `tests/`, their tables in files next to them:
//! a new operation, schema or status of the contract fails there by its name until it has its row.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "nothing but tests uses this crate: there a panic is the report"
)]

mod contract;
mod drivers;
mod instances;
mod recorder;
mod request;
mod schema;
mod seed;
mod table;
mod types;

pub use contract::{Body, Contract, Operation, Parameter, Place};
pub use drivers::{DRIVERS, Driven, Driver, Reply, Subject, client, driver};
pub use instances::{Instances, Presence};
pub use recorder::{Answer, Recorder, Request};
pub use request::{Extent, complaints};
pub use schema::{Unknown, json_schema, judge};
pub use seed::run_seed;
pub use table::{Row, rows};
pub use types::{TYPES, Type, WITHOUT_TYPE, difference};
