//! An account of the API: a view of a bank account under an agreement, with its status and the counter that suspends it.
//!
//! What it shows (balances, details, transactions) is made in `data/`.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Facts, Reading};
use crate::clock::text;

/// So many failures of the bank in a row suspend an account.
const FAILURES_TO_SUSPEND: u8 = 10;

/// The status of an account, as metadata shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AccountStatus {
    /// `DISCOVERED`: known, not yet processed.
    Discovered,
    /// `PROCESSING`: data is being fetched; reads answer 409.
    Processing,
    /// `READY`: can be read.
    Ready,
    /// `ERROR`: processing failed; reads answer 409 with the account as body.
    Error,
    /// `SUSPENDED`: failed too often; reads answer 409.
    Suspended,
    /// `EXPIRED`: the consent has run out; reads answer 401.
    Expired,
}

impl AccountStatus {
    /// All statuses.
    pub const ALL: &'static [Self] =
        &[Self::Discovered, Self::Processing, Self::Ready, Self::Error, Self::Suspended, Self::Expired];

    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Discovered => "DISCOVERED",
            Self::Processing => "PROCESSING",
            Self::Ready => "READY",
            Self::Error => "ERROR",
            Self::Suspended => "SUSPENDED",
            Self::Expired => "EXPIRED",
        }
    }

    /// Finds a status by its word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|status| status.as_str() == text)
    }
}

impl fmt::Display for AccountStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One account.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) id: Uuid,
    pub(crate) created: DateTime<Utc>,
    pub(crate) last_accessed: Option<DateTime<Utc>>,
    /// The place of the bank account that it shows.
    pub(crate) place: usize,
    pub(crate) facts: Arc<Facts>,
    /// Which connection of the person it comes from.
    pub(crate) link: u32,
    /// The first day of its history.
    pub(crate) since: NaiveDate,
    pub(crate) institution: String,
    pub(crate) requisition: Uuid,
    pub(crate) agreement: Uuid,
    /// How its transactions were first read, if later reads give the same list again.
    pub(crate) frozen: Option<Arc<Reading>>,
    status: AccountStatus,
    /// Until then it is being processed, whatever `status` says.
    pub(crate) processing_until: Option<DateTime<Utc>>,
    failures: u8,
}

/// What an account is shown under.
pub(crate) struct Connection<'a> {
    pub(crate) now: DateTime<Utc>,
    pub(crate) link: u32,
    pub(crate) since: NaiveDate,
    pub(crate) institution: &'a str,
    pub(crate) requisition: Uuid,
    pub(crate) agreement: Uuid,
}

impl Account {
    pub(crate) fn new(id: Uuid, place: usize, facts: Arc<Facts>, under: &Connection<'_>) -> Self {
        Self {
            id,
            created: under.now,
            last_accessed: None,
            place,
            facts,
            link: under.link,
            since: under.since,
            institution: under.institution.to_owned(),
            requisition: under.requisition,
            agreement: under.agreement,
            frozen: None,
            status: AccountStatus::Ready,
            processing_until: None,
            failures: 0,
        }
    }

    /// The same account under another connection.
    pub(crate) fn reconnect(&mut self, under: &Connection<'_>) {
        self.link = under.link;
        self.since = under.since;
        self.requisition = under.requisition;
        self.agreement = under.agreement;
        self.frozen = None;
        self.set_status(AccountStatus::Ready);
    }

    /// Its status now.
    pub(crate) fn status(&self, now: DateTime<Utc>) -> AccountStatus {
        if self.processing_until.is_some_and(|until| now < until) {
            AccountStatus::Processing
        } else {
            self.status
        }
    }

    /// Sets its status; it is no longer being processed unless the status says so.
    pub(crate) fn set_status(&mut self, status: AccountStatus) {
        self.processing_until = None;
        self.failures = 0;
        self.status = status;
    }

    /// Counts a failure of the bank.
    pub(crate) fn count_failure(&mut self) {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= FAILURES_TO_SUSPEND {
            self.set_status(AccountStatus::Suspended);
        }
    }

    /// Notes a successful read, which ends a row of failures.
    pub(crate) fn note_read(&mut self, now: DateTime<Utc>) {
        self.failures = 0;
        self.last_accessed = Some(now);
    }

    /// As the metadata operation shows it. `last_accessed` is left out until there is one: the real service
    /// sends null there, which the contract does not allow.
    pub(crate) fn view(&self, now: DateTime<Utc>) -> Value {
        let mut view = json!({
            "id": self.id.to_string(),
            "created": text(self.created),
            "status": self.status(now).as_str(),
            "institution_id": self.institution,
            "owner_name": self.facts.owner,
            "name": self.facts.name,
        });
        if let Some(members) = view.as_object_mut() {
            if let Some(iban) = &self.facts.iban {
                members.insert("iban".to_owned(), Value::from(iban.as_str()));
            }
            if let Some(moment) = self.last_accessed {
                members.insert("last_accessed".to_owned(), Value::from(text(moment)));
            }
        }
        view
    }
}
