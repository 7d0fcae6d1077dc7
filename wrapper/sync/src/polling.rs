//! Waiting for a person, and for the service; finding what a create has made.

use std::fmt;
use std::time::Duration;

use futures_util::TryStreamExt as _;
use futures_util::future::ready;
use gocardless_bank_data::model::{Account, Requisition};
use gocardless_bank_data::{
    AccountId, AccountStatus, BankData, Error, IntoId, RequisitionId, RequisitionStatus,
};

use crate::consent::ConsentEnd;

/// How often to ask, and how long. None of these calls has a daily limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// After the first call; the pause grows from there.
    pub first_pause: Duration,
    /// The longest pause.
    pub longest_pause: Duration,
    /// In all.
    pub total: Duration,
}

/// Two seconds at first, 15 at most, ten minutes in all.
impl Default for Patience {
    fn default() -> Self {
        Self {
            first_pause: Duration::from_secs(2),
            longest_pause: Duration::from_secs(15),
            total: Duration::from_secs(600),
        }
    }
}

/// Why a wait ended without what was waited for.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaitError {
    /// It cannot come any more: make a new requisition.
    Ended(ConsentEnd),
    /// The time is up, and this was the last status. The person may still be at it: ask again later.
    TimedOut(String),
    /// A call failed.
    Call(Error),
}

impl fmt::Display for WaitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ended(end) => {
                let reason = match end {
                    ConsentEnd::Expired => "the consent has expired",
                    ConsentEnd::Withdrawn => "the consent was withdrawn",
                    ConsentEnd::Suspended => "the access was suspended",
                    ConsentEnd::Rejected => "the link was rejected",
                };
                write!(f, "{reason}; make a new requisition and send the person to its link")
            }
            Self::TimedOut(status) => {
                write!(f, "the wait is over and the status is still {status}; ask again later")
            }
            Self::Call(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for WaitError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => error.source(),
            _ => None,
        }
    }
}

impl From<Error> for WaitError {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

/// Asks for a requisition until the person has linked it.
///
/// ```no_run
/// use gocardless_bank_data_sync::{Patience, wait_until_linked};
///
/// # async fn run(bank: gocardless_bank_data::BankData, id: gocardless_bank_data::RequisitionId) -> Result<(), gocardless_bank_data_sync::WaitError> {
/// let requisition = wait_until_linked(&bank, id, Patience::default()).await?;
/// println!("{} accounts", requisition.accounts.len());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`WaitError`]: it was rejected or has expired, the time is up, or a call failed for good. A call that failed and may be tried
/// again is tried again.
pub async fn wait_until_linked(
    bank: &BankData,
    requisition: impl IntoId<RequisitionId>,
    patience: Patience,
) -> Result<Requisition, WaitError> {
    let id: RequisitionId = requisition.into_id();
    poll(patience, async || {
        let requisition = bank.requisitions().get(&id).await?;
        let status = requisition.status.clone();
        Ok(match status {
            Some(RequisitionStatus::Linked) => Seen::Done(requisition),
            Some(status) => match ConsentEnd::of_requisition(&status) {
                Some(end) => Seen::Ended(end),
                None => Seen::Waiting(status.to_string()),
            },
            None => Seen::Waiting("unknown".to_owned()),
        })
    })
    .await
}

/// Asks for the metadata of an account, which costs none of its reads, until it is ready to be read.
///
/// # Errors
/// [`WaitError`]: the access has ended, the time is up, or a call failed for good.
pub async fn wait_until_ready(
    bank: &BankData,
    account: impl IntoId<AccountId>,
    patience: Patience,
) -> Result<Account, WaitError> {
    let id: AccountId = account.into_id();
    poll(patience, async || {
        let account = bank.account(&id).metadata().await?;
        let status = account.status.clone();
        Ok(match status {
            Some(AccountStatus::Ready) => Seen::Done(account),
            Some(status) => match ConsentEnd::of_account(&status) {
                Some(end) => Seen::Ended(end),
                None => Seen::Waiting(status.to_string()),
            },
            None => Seen::Waiting("unknown".to_owned()),
        })
    })
    .await
}

enum Seen<T> {
    Done(T),
    Waiting(String),
    Ended(ConsentEnd),
}

async fn poll<T>(
    patience: Patience,
    mut ask: impl AsyncFnMut() -> Result<Seen<T>, Error>,
) -> Result<T, WaitError> {
    let mut pause = patience.first_pause;
    let mut left = patience.total;
    loop {
        let status = match ask().await {
            Ok(Seen::Done(value)) => return Ok(value),
            Ok(Seen::Ended(end)) => return Err(WaitError::Ended(end)),
            Ok(Seen::Waiting(status)) => status,
            Err(error) if error.is_transient() && left > pause => String::new(),
            Err(error) => return Err(error.into()),
        };
        if left.is_zero() {
            return Err(WaitError::TimedOut(status));
        }
        tokio::time::sleep(pause.min(left)).await;
        left = left.saturating_sub(pause);
        pause = pause.mul_f32(1.5).min(patience.longest_pause);
    }
}

/// Finds the requisition with a reference of your own, or `None` if there is none: what to do after a create whose outcome
/// is unknown ([`Advice::CheckFirst`](gocardless_bank_data::Advice::CheckFirst)).
///
/// ```no_run
/// use gocardless_bank_data::{Advice, BankData, InstitutionId, Result};
/// use gocardless_bank_data::model::Requisition;
/// use gocardless_bank_data_sync::find_by_reference;
///
/// async fn create(bank: &BankData, institution: &InstitutionId, reference: &str) -> Result<Requisition> {
///     match bank.requisitions().create(institution, "https://example.org/back").reference(reference).await {
///         Err(error) if error.advice() == Advice::CheckFirst => {
///             find_by_reference(bank, reference).await?.ok_or(error)
///         }
///         outcome => outcome,
///     }
/// }
/// ```
///
/// # Errors
/// Those of a list of requisitions.
pub async fn find_by_reference(bank: &BankData, reference: &str) -> Result<Option<Requisition>, Error> {
    let is_it =
        |requisition: &Requisition| requisition.reference.as_ref().is_some_and(|found| found == reference);
    let found = bank.requisitions().list().stream().try_filter(|requisition| ready(is_it(requisition)));
    std::pin::pin!(found).try_next().await
}
