//! A ledger that stays right over years, banks and reconnects.

mod accounts;
mod answer;
mod consent;
mod engine;
mod entry;
mod health;
mod identity;
mod ledger;
mod matching;
mod plan;
mod polling;
mod reconcile;
mod redirect;
mod sqlite;
mod window;

pub use accounts::{AccountFacts, AccountMatch, is_iban, match_accounts};
pub use answer::{Answer, Answered, Odd};
pub use consent::{Consent, ConsentEnd, ConsentState, HistoryPlan, renew};
pub use engine::{
    Decision, Event, LedgerSync, ReadOutcome, Recognised, SyncError, SyncSettings, SyncSummary, Tracked,
};
pub use entry::{
    CounterpartyOrder, DayOrder, Entry, EntrySettings, IdOrder, Status, UnreadableAmount, read_amount,
};
pub use health::{AccountHealth, Finding};
pub use identity::{Identity, Ids, Quality};
pub use ledger::{
    AccountKey, Edges, Failure, Ledger, LedgerAccount, LedgerBalance, LedgerChange, LedgerEntry, LedgerError,
    LedgerOdd, ReadRecord, Standing,
};
pub use plan::{Kind, Plan, PlanFacts, PlanSettings, PlannedRead, ReadFacts, Reason, When};
pub use polling::{Patience, WaitError, find_by_reference, wait_until_linked, wait_until_ready};
pub use reconcile::{
    Added, Booked, Certainty, Changed, Field, Known, Reconciliation, Settled, State, known_from, reconcile,
};
pub use redirect::{Redirect, RedirectError};
pub use sqlite::{EntryFilter, SqliteLedger};
pub use window::{Gap, Window, WindowFacts};
