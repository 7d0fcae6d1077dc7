//! A requisition: one end user's progress through the link flow, and the accounts it ended with.

use std::fmt;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::clock::text;
use crate::declared::words;

/// The status of a requisition, by the two letters that the API sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequisitionStatus {
    /// `CR`: created.
    Created,
    /// `GC`: the end user is giving consent.
    GivingConsent,
    /// `UA`: the end user is at the bank.
    UndergoingAuthentication,
    /// `RJ`: refused.
    Rejected,
    /// `SA`: the end user is choosing accounts.
    SelectingAccounts,
    /// `GA`: the bank is granting access.
    GrantingAccess,
    /// `LN`: linked; the accounts can be read.
    Linked,
    /// `EX`: the consent has run out.
    Expired,
    /// `SU`: suspended.
    Suspended,
    /// Another one of the contract, which the link flow does not come to.
    Other(&'static str),
}

impl RequisitionStatus {
    /// The stages of the link flow, and what a consent comes to.
    const NAMED: &'static [Self] = &[
        Self::Created,
        Self::GivingConsent,
        Self::UndergoingAuthentication,
        Self::Rejected,
        Self::SelectingAccounts,
        Self::GrantingAccess,
        Self::Linked,
        Self::Expired,
        Self::Suspended,
    ];

    /// All statuses of the contract, in its order.
    pub fn all() -> impl Iterator<Item = Self> {
        words("StatusEnum").map(|word| {
            let named = Self::NAMED.iter().copied().find(|status| status.as_str() == word);
            named.unwrap_or(Self::Other(word))
        })
    }

    /// The two letters on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "CR",
            Self::GivingConsent => "GC",
            Self::UndergoingAuthentication => "UA",
            Self::Rejected => "RJ",
            Self::SelectingAccounts => "SA",
            Self::GrantingAccess => "GA",
            Self::Linked => "LN",
            Self::Expired => "EX",
            Self::Suspended => "SU",
            Self::Other(word) => word,
        }
    }

    /// Finds a status of the contract by its two letters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::all().find(|status| status.as_str() == text)
    }
}

impl fmt::Display for RequisitionStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One requisition.
#[derive(Clone, Debug)]
pub(crate) struct Requisition {
    pub(crate) id: Uuid,
    pub(crate) created: DateTime<Utc>,
    pub(crate) redirect: Option<String>,
    pub(crate) status: RequisitionStatus,
    pub(crate) institution: String,
    pub(crate) agreement: Uuid,
    pub(crate) reference: String,
    pub(crate) accounts: Vec<Uuid>,
    pub(crate) user_language: Option<String>,
    pub(crate) ssn: Option<String>,
    pub(crate) account_selection: bool,
    pub(crate) redirect_immediate: bool,
    /// The identifier in its link.
    pub(crate) link: Uuid,
    pub(crate) link_used: bool,
}

impl Requisition {
    /// As the API shows it. `ssn` and `user_language` are left out when they were not given: the real service
    /// sends null there, which the contract does not allow. A fault can put the null back.
    pub(crate) fn view(&self, base_url: &str) -> Value {
        let accounts: Vec<String> = self.accounts.iter().map(Uuid::to_string).collect();
        let mut view = json!({
            "id": self.id.to_string(),
            "created": text(self.created),
            "redirect": self.redirect,
            "status": self.status.as_str(),
            "institution_id": self.institution,
            "agreement": self.agreement.to_string(),
            "reference": self.reference,
            "accounts": accounts,
            "link": format!("{base_url}/ob-psd2/start/{}/{}", self.link, self.institution),
            "account_selection": self.account_selection,
            "redirect_immediate": self.redirect_immediate,
        });
        if let Some(members) = view.as_object_mut() {
            let optional = [("user_language", &self.user_language), ("ssn", &self.ssn)];
            for (name, value) in optional {
                if let Some(value) = value {
                    members.insert(name.to_owned(), Value::from(value.as_str()));
                }
            }
        }
        view
    }
}
