//! A ledger of bank transactions that stays right over years, banks and reconnects, on the client for the GoCardless Bank Account
//! Data API.
//!
//! ```no_run
//! use futures_util::StreamExt as _;
//! use gocardless_bank_data::BankData;
//! use gocardless_bank_data_sync::{LedgerSync, SqliteLedger};
//!
//! # async fn run(requisition: gocardless_bank_data::RequisitionId) -> Result<(), Box<dyn std::error::Error>> {
//! let sync = LedgerSync::new(BankData::from_env()?, SqliteLedger::open("ledger.sqlite")?);
//! sync.track(requisition, "anna").await?; // once, when the person has linked
//! let mut events = sync.run().boxed(); // every night
//! while let Some(event) = events.next().await {
//!     println!("{event}");
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Pure functions
//! Each is useful by itself, for programs that keep their entries elsewhere:
//!
//! | function | question |
//! | --- | --- |
//! | [`Entry::read`] | day, amount, counterparty and description of a transaction |
//! | [`Answer::read`] | the entries of an answer, each with its [`Identity`] |
//! | [`reconcile`] | what an answer changes: added, changed, settled, vanished |
//! | [`Window::of`] | from which day on to ask, and what can no longer be had |
//! | [`Consent`], [`renew`], [`HistoryPlan`] | when a consent ends, and the next one |
//! | [`match_accounts`] | which account is which after connecting again |
//! | [`Redirect::parse`] | what the redirect of a link says |
//! | [`Plan::of`] | which reads to make now, which later, and which not |
//!
//! [`wait_until_linked`], [`wait_until_ready`] and [`find_by_reference`] ask the API, and cost no metered read.
//!
//! # The engine
//! [`LedgerSync`] puts them together over a [`Ledger`]: [`track`](LedgerSync::track) takes accounts in,
//! [`run`](LedgerSync::run) reads what is due, [`health`](LedgerSync::health) says what is wrong. [`SqliteLedger`] is a ledger in a
//! file. `docs/sync.md` explains the choices.

mod accounts;
mod answer;
mod consent;
mod engine;
mod entry;
mod event;
mod health;
mod identity;
mod ledger;
mod matching;
mod plan;
mod polling;
mod reconcile;
mod redirect;
mod sqlite;
mod track;
mod unknown;
mod window;

/// The programs in the documents of the repository.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/sync.md")]
#[doc = include_str!("../README.md")]
mod documents {}

pub use accounts::{AccountFacts, AccountMatch, is_iban, match_accounts};
pub use answer::{Answer, Answered, UnreadEntry};
pub use consent::{Consent, ConsentEnd, ConsentState, HistoryPlan, renew};
pub use engine::{LedgerSync, SyncSettings};
pub use entry::{
    CounterpartyOrder, DayOrder, Entry, EntrySettings, IdOrder, Status, UnreadableAmount, read_amount,
};
pub use event::{Event, ReadOutcome, SyncError, SyncSummary};
pub use health::{AccountHealth, Finding};
pub use identity::{Identity, Ids, Quality};
pub use ledger::{
    AccountKey, Edges, Failure, Ledger, LedgerAccount, LedgerBalance, LedgerChange, LedgerEntry, LedgerError,
    LedgerUnread, ReadRecord, Standing,
};
pub use plan::{Kind, Plan, PlanFacts, PlanSettings, PlannedRead, ReadFacts, Reason, When};
pub use polling::{Patience, WaitError, find_by_reference, wait_until_linked, wait_until_ready};
pub use reconcile::{
    Added, Booked, Certainty, Changed, Field, Known, Reconciliation, Settled, State, known_from, reconcile,
};
pub use redirect::{Redirect, RedirectError};
pub use sqlite::{EntryFilter, SqliteLedger};
pub use track::{Decision, Recognised, Tracked};
pub use window::{Gap, Window, WindowFacts};
