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
//! # How it is laid out
//! [`BankData`] has one handle for each resource: [`tokens`](BankData::tokens), [`institutions`](BankData::institutions),
//! [`agreements`](BankData::agreements), [`requisitions`](BankData::requisitions) and [`account`](BankData::account).
//! Each operation is a builder: `.await` gives its value, `.send().await` a [`Response`] with the rate limits and the
//! request id.
//!
//! # Tokens
//! The access token is obtained with the first call, shared by all clones of the client, refreshed before it ends, and
//! replaced when the API refuses it. Nothing needs to be done for that. [`Tokens`] has the two token operations for
//! those who want them.
//!
//! # Retries
//! A create is not sent again once the server may have it. Balances, details and transactions, which may be read four times a day for each
//! account, are sent again only where it is certain that the first try did not count. A wait of more than ten seconds
//! is never slept through: the error says until when. [`replay`] has the table.
//!
//! # Errors
//! Every error answers [`advice`](Error::advice): wait until an instant, reconnect the account, fix a field, allow an
//! address. An error shows what the API said in its summary and detail, and never a body, a header, a URL or a secret.
//!
//! # Logs
//! Each call is a `tracing` span `bank_data` at debug level with the operation, the attempt, the status and the request
//! id, and nothing else.
//!
//! # Features
//! `rustls` (default; on ring), `rustls-aws-lc-rs` or `native-tls` for TLS, `schemars` for JSON schemas of all types,
//! `blocking` for programs without async code. [`install_cryptography`] says which cryptography rustls uses.

mod accounts;
mod agreements;
mod builder;
mod client;
mod convert;
mod fetch;
mod funnel;
mod institutions;
pub mod model;
mod operation_future;
mod pages;
#[cfg(doctest)]
mod readme;
mod reference;
pub mod reference_pages;
mod requisitions;
mod tokens;

pub use accounts::{AccountData, GetTransactions};
pub use agreements::{Agreements, CreateAgreement, CreateReconfirmation, ListAgreements};
pub use builder::BankDataBuilder;
pub use client::BankData;
pub use funnel::Call;
pub use gocardless_bank_data_core::error::{self, Advice, ApiErrorKind, Error, RateLimitScope, Result};
pub use gocardless_bank_data_core::token::Timing;
pub use gocardless_bank_data_core::{
    AccessScope, AccountId, AccountStatus, AgreementId, Amount, BalanceType, Class, Credentials, Currency,
    Date, Days, Feature, InstitutionId, InvalidId, OneOrMany, Operation, OrEmpty, OrOther, RateLimit,
    RateLimits, RequisitionId, RequisitionStatus, Response, Secret, Timeouts, Timestamp,
    install_cryptography, replay, store,
};
pub use gocardless_bank_data_generated::operation;
pub use institutions::{Institutions, ListInstitutions};
pub use pages::List;
pub use reference::InstitutionRef;
pub use requisitions::{CreateRequisition, ListRequisitions, Requisitions};
pub use tokens::Tokens;

// The crates whose types stand in this interface.
pub use {chrono, futures_core, reqwest};
