//! How each account of a ledger is: what is stale, since when, why, and what to do.

use std::fmt;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::consent::{ConsentEnd, ConsentState};
use crate::engine::LedgerSync;
use crate::ledger::{AccountKey, LedgerAccount, LedgerError, Standing};
use crate::plan::Kind;

/// Without a success for so long an account is stale.
const STALE: TimeDelta = TimeDelta::hours(36);
/// Without a new entry for so long, although reads succeed, the list of the bank may be frozen.
const QUIET_DAYS: i64 = 30;

/// How an account is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountHealth {
    /// The account.
    pub account: AccountKey,
    /// Its name for people.
    pub label: String,
    /// When its transactions were last read with success.
    pub last_success: Option<DateTime<Utc>>,
    /// The day of its newest booked entry.
    pub newest_entry: Option<NaiveDate>,
    /// When its consent ends.
    pub consent_ends: Option<DateTime<Utc>>,
    /// What is wrong with it. Empty: nothing.
    pub findings: Vec<Finding>,
}

/// Something that is wrong with an account. As text: what it is and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// Its transactions have not been read since then, or never, although nothing stands in the way.
    Stale(Option<DateTime<Utc>>),
    /// The last read of this kind failed; since when, and the sentence of the error.
    Failing(Kind, DateTime<Utc>, String),
    /// Its consent ends within a week: in this many whole days.
    ConsentNearEnd(i64),
    /// Its consent has ended.
    ConsentEnded(ConsentEnd),
    /// It may be one of these, and a person must decide.
    Undecided(Vec<AccountKey>),
    /// Reads succeed and bring no new entry since this day.
    Quiet(NaiveDate),
    /// Transactions of these days can no longer be had.
    Gap(NaiveDate, NaiveDate),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stale(None) => f.write_str("it has never been read; sync it"),
            Self::Stale(Some(since)) => {
                write!(f, "it has not been read since {}; sync it", since.format("%Y-%m-%d %H:%M UTC"))
            }
            Self::Failing(kind, since, sentence) => {
                let since = since.format("%Y-%m-%d %H:%M UTC");
                write!(f, "reads of its {} have failed since {since}: {sentence}", kind.as_str())
            }
            Self::ConsentNearEnd(0) => f.write_str("its consent ends within a day; renew it"),
            Self::ConsentNearEnd(days) => write!(f, "its consent ends in {days} days; renew it"),
            Self::ConsentEnded(end) => {
                let what = match end {
                    ConsentEnd::Expired => "its consent has expired",
                    ConsentEnd::Withdrawn => "access to it was withdrawn",
                    ConsentEnd::Suspended => "it is suspended after too many failures",
                    ConsentEnd::Rejected => "access to it was refused",
                };
                write!(f, "{what}; ask the person to connect it again")
            }
            Self::Undecided(keys) => {
                let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
                write!(f, "it may be account {}; decide which, or that it is new", keys.join(" or "))
            }
            Self::Quiet(since) => write!(
                f,
                "it is read without a failure and has no entry since {since}; if there should be one, the bank gives an old list: \
                 connect it again with 90 days of history"
            ),
            Self::Gap(from, to) => {
                write!(
                    f,
                    "the bank no longer has its transactions from {from} to {to}; import them from a statement"
                )
            }
        }
    }
}

impl LedgerSync {
    /// How each account is, without those that were forgotten.
    ///
    /// # Errors
    /// [`LedgerError`] if the ledger cannot be read.
    pub async fn health(&self) -> Result<Vec<AccountHealth>, LedgerError> {
        let now = self.now();
        self.with_ledger(move |ledger| {
            let mut all = Vec::new();
            let accounts = ledger.accounts()?;
            for account in accounts.into_iter().filter(|account| account.standing != Standing::Forgotten) {
                let newest = ledger.edges(account.key)?.newest_booked;
                all.push(health(&account, newest, now));
            }
            Ok(all)
        })
        .await
    }
}

fn health(account: &LedgerAccount, newest_entry: Option<NaiveDate>, now: DateTime<Utc>) -> AccountHealth {
    let last_success = account.read(Kind::Transactions).last_success;
    let mut findings = Vec::new();
    match &account.standing {
        Standing::Ended(end) => findings.push(Finding::ConsentEnded(*end)),
        Standing::Undecided(keys) => findings.push(Finding::Undecided(keys.clone())),
        Standing::Forgotten => {}
        Standing::Active => match account.consent.state(now) {
            ConsentState::Ended => findings.push(Finding::ConsentEnded(ConsentEnd::Expired)),
            ConsentState::NearEnd { days } => findings.push(Finding::ConsentNearEnd(days)),
            ConsentState::Valid | ConsentState::NotGiven => {}
        },
    }
    let is_covered = account.covers.first() == Some(&true);
    // A failure, a consent that has ended and a question to a person are findings of their own, and a sync mends none of them.
    let is_stopped =
        account.standing != Standing::Active || account.consent.state(now) == ConsentState::Ended;
    let has_failed = account.read(Kind::Transactions).failure.is_some();
    if is_covered && !is_stopped && !has_failed && last_success.is_none_or(|last| now - last > STALE) {
        findings.push(Finding::Stale(last_success));
    }
    for kind in Kind::ALL {
        if let Some(failure) = &account.read(kind).failure {
            findings.push(Finding::Failing(kind, failure.since, failure.sentence.clone()));
        }
    }
    let is_fresh = last_success.is_some_and(|last| now - last <= STALE);
    if let Some(newest) =
        newest_entry.filter(|day| is_fresh && (now.date_naive() - *day).num_days() > QUIET_DAYS)
    {
        findings.push(Finding::Quiet(newest));
    }
    if let Some(gap) = account.gap {
        findings.push(Finding::Gap(gap.from, gap.to));
    }
    AccountHealth {
        account: account.key,
        label: account.label(),
        last_success,
        newest_entry,
        consent_ends: account.consent.ends(),
        findings,
    }
}
