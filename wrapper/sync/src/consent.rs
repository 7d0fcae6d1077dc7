//! When a consent begins and ends, what ended it, and how it is renewed.

use chrono::{DateTime, Days, NaiveDate, Utc};
use gocardless_bank_data::model::Agreement;
use gocardless_bank_data::{
    AccountStatus, AgreementId, ApiErrorKind, BankData, CreateAgreement, Error, RequisitionStatus,
    SafeHistory,
};

/// What an agreement has unless it says otherwise (`docs/api.md#agreements`).
const DEFAULT_DAYS: u32 = 90;
/// How many days before its end a consent is near it.
const NEAR_END_DAYS: i64 = 7;

/// The consent of a person, as their end-user agreement states it.
///
/// ```
/// use chrono::{TimeZone as _, Utc};
/// use gocardless_bank_data_sync::{Consent, ConsentState};
///
/// let agreement = serde_json::from_str(
///     r#"{"institution_id": "SANDBOXFINANCE_SFIN0000", "access_valid_for_days": 90, "max_historical_days": 90,
///         "accepted": "2026-01-01T12:00:00Z"}"#,
/// )?;
/// let consent = Consent::of(&agreement);
/// let now = Utc.with_ymd_and_hms(2026, 3, 28, 12, 0, 0).unwrap();
/// assert_eq!(consent.state(now), ConsentState::NearEnd { days: 4 });
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The agreement.
    pub agreement: Option<AgreementId>,
    /// When the person agreed. `None`: they have not yet.
    pub begins: Option<DateTime<Utc>>,
    /// For how many days from then on data can be read.
    pub access_days: u32,
    /// How many days before then the transactions reach back.
    pub history_days: u32,
}

/// Where a consent stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsentState {
    /// The person has not agreed yet.
    NotGiven,
    /// It holds for more than a week.
    Valid,
    /// It ends within a week.
    NearEnd {
        /// Whole days until then.
        days: i64,
    },
    /// It has ended.
    Ended,
}

/// What ended a consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConsentEnd {
    /// Its time was up.
    Expired,
    /// The person or the bank withdrew it, or the account is closed or no longer shared.
    Withdrawn,
    /// The service suspended the account after too many failures.
    Suspended,
    /// The person or the bank refused it.
    Rejected,
}

impl ConsentEnd {
    /// `expired`, `withdrawn`, `suspended` or `rejected`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
            Self::Suspended => "suspended",
            Self::Rejected => "rejected",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        let all = [Self::Expired, Self::Withdrawn, Self::Suspended, Self::Rejected];
        all.into_iter().find(|end| end.as_str() == text)
    }

    /// What an error of a read says about the consent. `None`: it has not ended.
    ///
    /// An account that the API does not know counts as withdrawn. It may also be the wrong API: its requisition says more.
    #[must_use]
    pub fn of_error(error: &Error) -> Option<Self> {
        match error.kind()? {
            ApiErrorKind::ConsentExpired => Some(Self::Expired),
            ApiErrorKind::AccountInactive | ApiErrorKind::AccountAccess => Some(Self::Withdrawn),
            ApiErrorKind::AccountSuspended => Some(Self::Suspended),
            // The other error of this kind is a scope that the agreement does not have (`docs/api.md#errors`).
            ApiErrorKind::ConsentScope
                if error.api()?.summary()?.to_ascii_lowercase().starts_with("no valid") =>
            {
                Some(Self::Withdrawn)
            }
            // By the API itself: a proxy's page says nothing about an account.
            ApiErrorKind::NotFound if error.api()?.summary().is_some() => Some(Self::Withdrawn),
            _ => None,
        }
    }

    /// What the status of a requisition says about the consent. `None`: it has not ended.
    #[must_use]
    pub fn of_requisition(status: &RequisitionStatus) -> Option<Self> {
        match status {
            RequisitionStatus::Expired => Some(Self::Expired),
            RequisitionStatus::Suspended => Some(Self::Suspended),
            RequisitionStatus::Rejected => Some(Self::Rejected),
            _ => None,
        }
    }

    /// What the status of an account says about the consent. `None`: it has not ended.
    #[must_use]
    pub fn of_account(status: &AccountStatus) -> Option<Self> {
        match status {
            AccountStatus::Expired => Some(Self::Expired),
            AccountStatus::Suspended => Some(Self::Suspended),
            _ => None,
        }
    }
}

impl Consent {
    /// The consent of an agreement.
    #[must_use]
    pub fn of(agreement: &Agreement) -> Self {
        let days = |days: &Option<gocardless_bank_data::Days>| {
            days.as_ref().and_then(gocardless_bank_data::Days::get).unwrap_or(DEFAULT_DAYS)
        };
        Self {
            agreement: agreement.id.clone(),
            begins: agreement.accepted.as_ref().and_then(gocardless_bank_data::Timestamp::instant),
            access_days: days(&agreement.access_valid_for_days),
            history_days: days(&agreement.max_historical_days),
        }
    }

    /// When it ends. `None`: it has not begun.
    #[must_use]
    pub fn ends(&self) -> Option<DateTime<Utc>> {
        self.begins?.checked_add_days(Days::new(self.access_days.into()))
    }

    /// The first day of which it shows transactions. `None`: it has not begun.
    #[must_use]
    pub fn history_from(&self) -> Option<NaiveDate> {
        self.begins?.date_naive().checked_sub_days(Days::new(self.history_days.into()))
    }

    /// Where it stands at an instant.
    #[must_use]
    pub fn state(&self, now: DateTime<Utc>) -> ConsentState {
        let Some(ends) = self.ends() else { return ConsentState::NotGiven };
        if ends <= now {
            return ConsentState::Ended;
        }
        match (ends - now).num_days() {
            days if days < NEAR_END_DAYS => ConsentState::NearEnd { days },
            _ => ConsentState::Valid,
        }
    }
}

/// Prepares an agreement on the same terms as an earlier one: institution, days of access and of history, kinds of data,
/// reconfirmation.
///
/// The earlier agreement stays good until it ends, so the accounts can be read while the person consents again.
///
/// ```no_run
/// use gocardless_bank_data_sync::renew;
///
/// # async fn run(bank: gocardless_bank_data::BankData, old: gocardless_bank_data::AgreementId) -> gocardless_bank_data::Result<()> {
/// let old = bank.agreements().get(old).await?;
/// let agreement = renew(&bank, &old).await?;
/// let requisition =
///     bank.requisitions().create(&old.institution_id, "https://example.org/back").agreement(agreement.id).await?;
/// println!("send the person to {}", requisition.link.unwrap_or_default());
/// # Ok(())
/// # }
/// ```
pub fn renew(bank: &BankData, earlier: &Agreement) -> CreateAgreement {
    let consent = Consent::of(earlier);
    let mut renewed = bank
        .agreements()
        .create(&earlier.institution_id)
        .access_valid_for_days(consent.access_days)
        .max_historical_days(consent.history_days);
    if !earlier.access_scope.is_empty() {
        renewed = renewed.access_scope(earlier.access_scope.iter().cloned());
    }
    if let Some(reconfirmation) = earlier.reconfirmation {
        renewed = renewed.reconfirmation(reconfirmation);
    }
    renewed
}

/// Which agreements bring both the history that is wanted and new transactions.
///
/// At some institutions an agreement for more than 90 days of history gives the transactions once and never a new one
/// (`docs/api.md#safe-history`). There it takes two: one for the history, read once, and one to continue with. They have
/// different account ids; [`match_accounts`](crate::match_accounts) finds which belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryPlan {
    /// One agreement.
    One {
        /// `max_historical_days` of the agreement.
        days: u32,
    },
    /// Two agreements: link and read the first, then link the second.
    Two {
        /// `max_historical_days` of the agreement for the history.
        history: u32,
        /// `max_historical_days` of the agreement to continue with.
        continuing: u32,
    },
}

impl HistoryPlan {
    /// The agreements for this many days of history at an institution.
    #[must_use]
    pub fn of(institution: &impl SafeHistory, wanted_days: u32) -> Self {
        let safe = institution.safe_history_days();
        if wanted_days <= safe || institution.freezes_long_history() == Some(false) {
            Self::One { days: wanted_days.min(safe) }
        } else {
            Self::Two { history: wanted_days, continuing: safe }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Under these a consent continues or has not begun, or the document does not say what they mean.
    const NO_END: &[&str] = &["CR", "ID", "LN", "ER", "GC", "UA", "GA", "SA"];

    #[test]
    fn each_status_of_the_document_ends_the_consent_or_is_known_not_to() {
        let contract = test_support::Contract::get();
        let status = contract.resolve(&contract.schema("Requisition")["properties"]["status"]);
        for word in status["enum"].as_array().unwrap().iter().filter_map(serde_json::Value::as_str) {
            let ends = ConsentEnd::of_requisition(&RequisitionStatus::from(word)).is_some();
            assert_ne!(
                ends,
                NO_END.contains(&word),
                "`{word}`: say in `of_requisition` of wrapper/sync/src/consent.rs which end it is, or add it to NO_END there"
            );
        }
    }
}
