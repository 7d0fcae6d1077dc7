//! The link flow: what happens to a requisition when its end user opens the link.
//!
//! Only the change of state and where the end user is sent; the page itself is `service/pages.rs`.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{Account, Connection, RequisitionStatus, State};
use crate::profile::AccountIds;

/// How long the accounts of a `redirect_immediate` requisition are being processed.
const PROCESSING_SECONDS: i64 = 60;

/// How the end user's visit to the link ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LinkOutcome {
    /// `linked`: the end user agrees and the bank grants access.
    Linked,
    /// `cancel`: the end user gives up on the consent page.
    Cancelled,
    /// `institution-error`: the bank has a technical fault.
    InstitutionError,
    /// `gocardless-error`: the service has a technical fault.
    ServiceError,
    /// `ssn-failed`: the social security number is not the end user's.
    SsnFailed,
    /// `unknown-error`: none of the others.
    UnknownError,
}

/// One row: the outcome, its word in `?outcome=`, the status it leaves, the error type and the text of the redirect.
struct Row(LinkOutcome, &'static str, RequisitionStatus, &'static str, &'static str);

impl LinkOutcome {
    #[rustfmt::skip]
    const TABLE: [Row; 6] = [
        Row(Self::Linked, "linked", RequisitionStatus::Linked, "", ""),
        Row(Self::Cancelled, "cancel", RequisitionStatus::GivingConsent, "UserCancelledSession", "User cancelled the session"),
        Row(Self::InstitutionError, "institution-error", RequisitionStatus::UndergoingAuthentication, "InstitutionTechnicalError", "Institution has a technical problem"),
        Row(Self::ServiceError, "gocardless-error", RequisitionStatus::GrantingAccess, "GoCardlessTechnicalError", "GoCardless has a technical problem"),
        Row(Self::SsnFailed, "ssn-failed", RequisitionStatus::Rejected, "SSNVerificationFailed", "SSN verification failed"),
        Row(Self::UnknownError, "unknown-error", RequisitionStatus::UndergoingAuthentication, "UnknownError", "Unknown error"),
    ];

    /// All outcomes.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::TABLE.iter().map(|row| row.0)
    }

    /// Its word in `?outcome=`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::TABLE.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// Finds an outcome by its word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::TABLE.iter().find(|row| row.1 == text).map(|row| row.0)
    }
}

/// Where the end user is after the visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LinkEnd {
    /// Where to send them; `None` if the requisition has no redirect.
    pub(crate) redirect: Option<String>,
    /// The error type of the redirect; empty when all went well.
    pub(crate) error: &'static str,
    pub(crate) details: &'static str,
}

/// How a person visits a link.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Visit<'a> {
    pub(crate) outcome: LinkOutcome,
    pub(crate) person: &'a str,
    /// The bank accounts that they choose, by id; `None`: all.
    pub(crate) chosen: Option<&'a [String]>,
    pub(crate) now: DateTime<Utc>,
}

/// Opens the link of a requisition. `None`: there is no such requisition.
pub(crate) fn follow(state: &mut State, id: Uuid, visit: &Visit<'_>) -> Option<LinkEnd> {
    let requisition = state.requisitions.get_mut(id)?;
    let reused = requisition.link_used;
    requisition.link_used = true;
    let row = LinkOutcome::TABLE.iter().find(|row| row.0 == visit.outcome)?;
    let (mut error, mut details) = (row.3, row.4);
    if reused {
        (error, details) = ("RequisitionLinkReused", "Requisition link has already been used");
    } else {
        requisition.status = row.2;
    }
    let mut answer = vec![("ref", requisition.reference.as_str())];
    if !error.is_empty() {
        answer.extend([("error", error), ("details", details)]);
    }
    let redirect = requisition.redirect.as_ref().map(|redirect| with_query(redirect, &answer));
    if !reused && visit.outcome == LinkOutcome::Linked {
        link(state, id, visit);
    }
    Some(LinkEnd { redirect, error, details })
}

/// Accepts the agreement and fills in the accounts.
fn link(state: &mut State, id: Uuid, visit: &Visit<'_>) {
    let now = visit.now;
    let Some(requisition) = state.requisitions.get(id).cloned() else { return };
    let mut days = 90;
    if let Some(agreement) = state.agreements.get_mut(requisition.agreement) {
        agreement.accepted.get_or_insert(now);
        days = agreement.max_historical_days;
    }
    let institution = requisition.institution.as_str();
    let profile = state.people.profile(institution);
    let (link, bank_accounts) = state.people.accounts_of(institution, visit.person);
    state.people.connected(institution, visit.person);
    let under = Connection {
        now,
        link,
        since: (now - TimeDelta::days(i64::from(days))).date_naive(),
        institution,
        requisition: id,
        agreement: requisition.agreement,
    };
    let mut accounts = Vec::new();
    for place in bank_accounts {
        let Some(bank_account) = state.people.get(place) else { continue };
        if visit.chosen.is_some_and(|chosen| !chosen.contains(&bank_account.id)) {
            continue;
        }
        let facts = Arc::clone(&bank_account.facts);
        let mut old = None;
        if profile.account_ids == AccountIds::Kept {
            old = state.accounts.iter().rfind(|account| account.place == place).map(|old| old.id);
        }
        let account = old.unwrap_or_else(|| state.new_id());
        if old.is_none() {
            state.accounts.insert(account, Account::new(account, place, facts, &under));
        }
        if let Some(account) = state.accounts.get_mut(account) {
            account.reconnect(&under);
            if requisition.redirect_immediate {
                account.processing_until = Some(now + TimeDelta::seconds(PROCESSING_SECONDS));
            }
        }
        accounts.push(account);
    }
    if let Some(requisition) = state.requisitions.get_mut(id) {
        requisition.accounts = accounts;
    }
}

/// Adds members to the query of a URL, before its fragment.
pub(crate) fn with_query(url: &str, members: &[(&str, &str)]) -> String {
    let (rest, fragment) = url.split_once('#').map_or((url, None), |(rest, fragment)| (rest, Some(fragment)));
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(members).finish();
    let joint = match rest.split_once('?') {
        None => "?",
        Some((_, "")) => "",
        Some((_, old)) if old.ends_with('&') => "",
        Some(_) => "&",
    };
    let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
    format!("{rest}{joint}{query}{fragment}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_appended_where_a_query_belongs() {
        let members = [("ref", "a b&c")];
        assert_eq!(with_query("https://x.example/", &members), "https://x.example/?ref=a+b%26c");
        assert_eq!(with_query("https://x.example?", &members), "https://x.example?ref=a+b%26c");
        assert_eq!(with_query("https://x.example/?q=1", &members), "https://x.example/?q=1&ref=a+b%26c");
        assert_eq!(with_query("https://x.example/#top", &members), "https://x.example/?ref=a+b%26c#top");
    }
}
