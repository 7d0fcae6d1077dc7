//! A client for the **GoCardless Bank Account Data API** (formerly Nordigen): accounts, balances and transactions of
//! European banks, with the consent of the person who owns them.
//!
//! ```no_run
//! use gocardless_bank_data::BankData;
//!
//! # async fn run() -> gocardless_bank_data::Result<()> {
//! let bank = BankData::from_env()?;
//! for institution in bank.institutions().list().country("GB").await? {
//!     println!("{} {}", institution.id, institution.name);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Structure
//! [`BankData`] has one handle for each resource: [`tokens`](BankData::tokens), [`institutions`](BankData::institutions),
//! [`agreements`](BankData::agreements), [`requisitions`](BankData::requisitions) and [`account`](BankData::account).
//! Each operation is a builder: `.await` returns its value, `.send().await` a [`Response`] with the rate limits and the
//! request id. Calls run on a tokio runtime.
//!
//! # Tokens
//! The access token is obtained with the first call, shared by all clones of the client, refreshed before it expires, and
//! replaced when the API rejects it. [`Tokens`] has the token operations for those who want the tokens themselves.
//!
//! # Retries
//! A create is not sent again once the server may have carried it out. Each kind of an account's data may be read four times a
//! day, and such a read is retried only if the first attempt certainly did not count. A delay of more than ten seconds is
//! left to the caller: the error says until when. [`retry`] has the table.
//!
//! # Lists in pages
//! Agreements and requisitions come in pages, and [`stream`](List::stream) gives all entries. Institutions and
//! transactions are returned in one response.
//!
//! # Errors
//! Every [`Error`] has an [`advice`](Error::advice): wait until an instant, reconnect the account, fix a field, allow an
//! address. Its text has what the API said in `summary` and `detail`, and never a body, a header, a URL or a secret.
//!
//! # Logs and metrics
//! Each attempt is a `tracing` span `bank_data` at debug level, whose fields have OpenTelemetry's names: method, path with
//! `{id}` in it, status, kind of error, number of the retry, host, and the request id, which is for the service's support.
//! No id of an account is in it. [`BankDataBuilder::observer`] gets the same for metrics.
//!
//! # Other packages
//! `gocardless-bank-data-sqlite` shares tokens and limits between the processes of one machine,
//! `gocardless-bank-data-redis` between containers and machines ([`BankDataBuilder::state`]).
//! `gocardless-bank-data-sync` keeps a ledger, and says when a consent ends. `gocardless-bank-data-sandbox` is a fake of the
//! API for tests.
//!
//! # Features
//! `rustls` (default, on ring), `rustls-aws-lc-rs` or `native-tls` for TLS, `schemars` for JSON schemas of all types,
//! `blocking` for programs without async code. [`install_cryptography`] says which cryptography provider rustls uses.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod accounts;
mod agreements;
#[cfg(feature = "blocking")]
mod blocking;
mod builder;
mod client;
#[cfg(doctest)]
mod documents;
mod institutions;
mod into_id;
pub mod model;
mod operation_builder;
mod pages;
mod raw;
pub mod reference_pages;
mod requisitions;
mod safe_history;
mod tokens;

pub use accounts::{AccountHandle, GetTransactions};
pub use agreements::{Agreements, CreateAgreement, CreateReconfirmation, ListAgreements};
#[cfg(feature = "blocking")]
pub use blocking::BlockingIter;
pub use builder::BankDataBuilder;
pub use client::BankData;
pub use gocardless_bank_data_generated::operation;
pub use gocardless_bank_data_runtime::auth::Timing;
pub use gocardless_bank_data_runtime::net::install_cryptography;
pub use gocardless_bank_data_runtime::policy::{Pacing, retry};
pub use gocardless_bank_data_runtime::{Attempt, Call};
pub use gocardless_bank_data_types::enums::*;
pub use gocardless_bank_data_types::error::{self, Advice, ApiErrorKind, Error, RateLimitScope, Result};
pub use gocardless_bank_data_types::{
    AccountId, AgreementId, Amount, Credentials, Currency, Date, Days, Entries, InstitutionId, InvalidId,
    Json, OneOrMany, Operation, OperationClass, OrEmpty, OrOther, Private, RateLimit, RateLimits,
    ReconfirmationOutcome, ReconfirmedAccounts, RequisitionId, Response, Secret, Text, Timeouts, Timestamp,
    UnknownValue, Unread, UnreadPart,
};
pub use institutions::{Institutions, ListInstitutions};
pub use into_id::IntoId;
pub use pages::{List, Page};
pub use requisitions::{CreateRequisition, ListRequisitions, Requisitions};
pub use safe_history::SafeHistory;
pub use tokens::Tokens;

/// State that clients share: the engine in memory, and what an engine of your own implements.
pub mod state {
    pub use gocardless_bank_data_runtime::state::{
        Change, Key, Loaded, MemoryState, Record, StateError, StateFuture, StateStore, Version,
    };
}

// The crates whose types appear in this interface.
pub use {bytes, chrono, futures_core, http, reqwest, rust_decimal, serde_json};
