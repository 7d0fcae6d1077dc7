//! A fake of the GoCardless Bank Account Data API v2 for tests: stateful, seeded, and made to fail on request.
//!
//! ```
//! use gocardless_bank_data_sandbox::{Fault, Operation, Sandbox};
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().build()?;
//! # runtime.block_on(async {
//! let sandbox = Sandbox::start().await?;
//! let (base_url, id, key) = (sandbox.base_url(), sandbox.secret_id(), sandbox.secret_key());
//! // …point a client at base_url, with these secrets…
//! sandbox.faults().add(Fault::status(503).on(Operation::AccountBalances).times(2));
//! // …the next two reads of balances fail…
//! assert_eq!(sandbox.hits(Operation::AccountBalances), 0);
//! # let _ = (base_url, id, key);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! It answers all operations of `openapi/contract.json`: tokens with their lifetimes, institutions, agreements,
//! requisitions with the link flow, accounts with balances, details and transactions, limits with their headers.
//! The README describes the program for other languages, every fault, and what is not imitated.

/// The README's examples are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod answer;
mod api;
mod body;
mod builder;
mod clock;
mod control;
mod data;
mod declared;
mod error;
mod fault;
mod limits;
mod operation;
mod operation_table;
mod own;
mod profile;
mod random;
mod recorded;
mod route;
mod sandbox;
mod service;
mod state;
mod truth;
mod world;

pub use builder::SandboxBuilder;
pub use clock::Clock;
pub use error::SandboxError;
pub use fault::{Cut, Fault, Faults, Preset};
pub use limits::{LimitGroup, Limits};
pub use operation_table::Operation;
pub use profile::{
    AccountIds, AccountKind, AccountNumber, AccountProfile, BankProfile, EntryReferences, InternalIds,
    TransactionIds,
};
pub use recorded::RecordedRequest;
pub use sandbox::Sandbox;
pub use state::{AccountStatus, LinkOutcome, RequisitionStatus};
pub use truth::{TrueState, TrueTransaction, Truth};
