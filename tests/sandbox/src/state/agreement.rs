//! An end user agreement (EUA): what the end user consents to, for how long, and its reconfirmation.

use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::clock::text;
use crate::operation_table::Operation;

/// Everything that can be agreed to; also the default.
pub(crate) static SCOPES: LazyLock<Vec<String>> =
    LazyLock::new(|| Operation::ALL.iter().copied().filter_map(Operation::scope).collect());

/// One agreement.
#[derive(Clone, Debug)]
pub(crate) struct Agreement {
    pub(crate) id: Uuid,
    pub(crate) created: DateTime<Utc>,
    pub(crate) institution: String,
    pub(crate) max_historical_days: u32,
    pub(crate) access_valid_for_days: u32,
    pub(crate) access_scope: Vec<String>,
    pub(crate) accepted: Option<DateTime<Utc>>,
    pub(crate) reconfirmation: bool,
    /// The requisition that uses it: no other can.
    pub(crate) requisition: Option<Uuid>,
    pub(crate) reconfirmed: Option<Reconfirmation>,
}

impl Agreement {
    /// When the consent runs out; `None` until it is given.
    pub(crate) fn expires(&self) -> Option<DateTime<Utc>> {
        self.accepted.map(|accepted| accepted + TimeDelta::days(i64::from(self.access_valid_for_days)))
    }

    /// Whether the consent has run out.
    pub(crate) fn has_expired(&self, now: DateTime<Utc>) -> bool {
        self.expires().is_some_and(|expires| expires <= now)
    }

    /// The window in which it may be reconfirmed: 14 days before to 14 days after day 90.
    pub(crate) fn reconfirmation_window(&self) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        self.accepted
            .map(|accepted| (accepted + TimeDelta::days(90 - 14), accepted + TimeDelta::days(90 + 14)))
    }

    /// As the API shows it.
    pub(crate) fn view(&self) -> Value {
        json!({
            "id": self.id.to_string(),
            "created": text(self.created),
            "institution_id": self.institution,
            "max_historical_days": self.max_historical_days,
            "access_valid_for_days": self.access_valid_for_days,
            "access_scope": self.access_scope,
            "accepted": self.accepted.map(text),
            "reconfirmation": self.reconfirmation,
        })
    }
}

/// A request to the end user to confirm an agreement again.
#[derive(Clone, Debug)]
pub(crate) struct Reconfirmation {
    /// The identifier in its link.
    pub(crate) link: Uuid,
    pub(crate) created: DateTime<Utc>,
    pub(crate) window: (DateTime<Utc>, DateTime<Utc>),
    pub(crate) redirect: Option<String>,
    pub(crate) last_accessed: Option<DateTime<Utc>>,
    pub(crate) last_submitted: Option<DateTime<Utc>>,
    pub(crate) accounts: Vec<Uuid>,
}

impl Reconfirmation {
    /// As the API shows it. The link is on the sandbox's own host.
    pub(crate) fn view(&self, base_url: &str) -> Value {
        // The real service writes an empty string for "not yet".
        let reconfirmed = self.last_submitted.map(text).unwrap_or_default();
        let accounts: Map<String, Value> = self
            .accounts
            .iter()
            .map(|account| (account.to_string(), json!({ "reconfirmed": reconfirmed, "rejected": "" })))
            .collect();
        json!({
            "reconfirmation_url": format!("{base_url}/ob-psd2/reconfirm/{}", self.link),
            "created": text(self.created),
            "url_valid_from": text(self.window.0),
            "url_valid_to": text(self.window.1),
            "redirect": self.redirect,
            "last_accessed": self.last_accessed.map(text),
            "last_submitted": self.last_submitted.map(text),
            "accounts": accounts,
        })
    }
}
