//! What a run of the engine reports, and why it fails.

use std::fmt;

use chrono::{DateTime, Utc};
use gocardless_bank_data::{Error, RequisitionStatus};

use crate::consent::ConsentEnd;
use crate::ledger::{AccountKey, LedgerError};
use crate::plan::{Kind, When};
use crate::reconcile::Reconciliation;
use crate::window::Gap;

/// Something that happened in a run.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event {
    /// The run begins.
    Planned {
        /// How many reads are due now.
        due: usize,
        /// When the last of them can be expected, as far as the budget of the company goes.
        until: Option<DateTime<Utc>>,
    },
    /// A read that is not made in this run.
    NotRead {
        /// The account.
        account: AccountKey,
        /// Its name for people.
        label: String,
        /// The kind of data.
        kind: Kind,
        /// When it is due, or why it is not.
        when: When,
    },
    /// A read that was made.
    Read {
        /// The account.
        account: AccountKey,
        /// Its name for people.
        label: String,
        /// What it brought.
        outcome: ReadOutcome,
    },
    /// The run ends early, since no other read could succeed: the credentials are wrong, this machine may not call, or the
    /// ledger cannot be written.
    Stopped(SyncError),
    /// The run is over.
    Done(SyncSummary),
}

/// What a read brought.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReadOutcome {
    /// Transactions.
    Transactions {
        /// What they changed in the ledger.
        changes: Reconciliation,
        /// How many of them could not be read.
        unread: usize,
        /// Days whose transactions can no longer be had.
        gap: Option<Gap>,
    },
    /// Balances, and how many.
    Balances(usize),
    /// Details.
    Details,
    /// It failed.
    Failed {
        /// The kind of data.
        kind: Kind,
        /// Why.
        error: Box<Error>,
        /// What ended the consent, if it has ended.
        consent_end: Option<ConsentEnd>,
    },
}

/// What a run has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SyncSummary {
    /// Reads that succeeded.
    pub succeeded: usize,
    /// Reads that failed.
    pub failed: usize,
    /// Entries that are new.
    pub added: usize,
    /// Entries that people see differently than before.
    pub changed: usize,
    /// Pending entries that have settled.
    pub settled: usize,
    /// Pending entries that have vanished.
    pub vanished: usize,
}

impl SyncSummary {
    pub(crate) fn count(&mut self, event: &Event) {
        let Event::Read { outcome, .. } = event else { return };
        match outcome {
            ReadOutcome::Failed { .. } => self.failed += 1,
            ReadOutcome::Transactions { changes, .. } => {
                self.succeeded += 1;
                self.added += changes.added.len();
                self.changed += changes.changed.iter().filter(|changed| changed.is_visible()).count();
                self.settled += changes.settled.len();
                self.vanished += changes.vanished.len();
            }
            ReadOutcome::Balances(_) | ReadOutcome::Details => self.succeeded += 1,
        }
    }
}

/// One line for people; it holds the end of an account number and no other bank data.
impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Planned { due, until: Some(until) } => {
                write!(f, "{due} reads are due, the last of them at {}", until.format("%H:%M:%S UTC"))
            }
            Self::Planned { due, until: None } => write!(f, "{due} reads are due"),
            Self::NotRead { label, kind, when, .. } => match when {
                When::At(at, reason) => {
                    let at = at.format("%Y-%m-%d %H:%M UTC");
                    write!(f, "{label}: {} are due at {at}: {}", kind.as_str(), reason.as_str())
                }
                When::Never(reason) => {
                    write!(f, "{label}: {} are not read: {}", kind.as_str(), reason.as_str())
                }
                When::Now(_) => write!(f, "{label}: {} are due", kind.as_str()),
            },
            Self::Read { label, outcome, .. } => write!(f, "{label}: {outcome}"),
            Self::Stopped(error) => write!(f, "stopped: {error}"),
            Self::Done(summary) => write!(
                f,
                "done: {} reads, {} failed; {} new entries, {} changed, {} settled, {} vanished",
                summary.succeeded + summary.failed,
                summary.failed,
                summary.added,
                summary.changed,
                summary.settled,
                summary.vanished
            ),
        }
    }
}

impl fmt::Display for ReadOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transactions { changes, unread, gap } => {
                let changed = changes.changed.iter().filter(|changed| changed.is_visible()).count();
                write!(f, "{} new entries, {changed} changed", changes.added.len())?;
                write!(f, ", {} settled, {} vanished", changes.settled.len(), changes.vanished.len())?;
                if *unread > 0 {
                    write!(f, "; {unread} could not be read and are kept as they came")?;
                }
                if let Some(gap) = gap {
                    write!(f, "; the bank no longer has those from {} to {}", gap.from, gap.to)?;
                }
                Ok(())
            }
            Self::Balances(count) => write!(f, "{count} balances"),
            Self::Details => f.write_str("details"),
            Self::Failed { error, .. } => error.fmt(f),
        }
    }
}

/// Why something could not be done with a ledger or the API.
#[derive(Debug)]
#[non_exhaustive]
pub enum SyncError {
    /// A call failed.
    Call(Box<Error>),
    /// The ledger could not be read or written.
    Ledger(LedgerError),
    /// The requisition is not linked; this is its status. Wait until it is.
    NotLinked(Option<RequisitionStatus>),
    /// The ledger has no such account, or it does not await a decision.
    NoDecision(AccountKey),
}

impl fmt::Display for SyncError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::Ledger(error) => error.fmt(f),
            Self::NotLinked(status) => {
                let status = status.as_ref().map_or_else(|| "unknown".to_owned(), ToString::to_string);
                write!(
                    f,
                    "the requisition is not linked (its status is {status}); wait until the person has linked it"
                )
            }
            Self::NoDecision(account) => {
                write!(
                    f,
                    "account {account} does not await a decision, or cannot be the one that was named; list the accounts"
                )
            }
        }
    }
}

impl std::error::Error for SyncError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => error.source(),
            _ => None,
        }
    }
}

impl From<Error> for SyncError {
    fn from(error: Error) -> Self {
        Self::Call(Box::new(error))
    }
}

impl From<LedgerError> for SyncError {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}
