//! What is known of each account: how many calls are left, and whether it is close to being suspended.
//!
//! After ten failures in a row the service suspends an account, and the only cure is a new requisition. So after half
//! as many the book closes an account: its data is not asked for again until somebody says so. Nothing here sends.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use crate::AccountId;
use crate::error::{ApiErrorKind, Error, GuardError};
use crate::limits::{RateLimit, RateLimits};
use crate::operation::{Class, Operation};
use crate::store::{Saved, SavedAccount, SavedQuota, instant_of, seconds_of};

/// How many failures in a row close an account: half of what suspends it, since other programs of the same company may
/// fail on it too.
pub const CLOSING_FAILURES: u32 = 5;

/// What is known of each account of a client.
#[derive(Default)]
pub struct AccountBook(Mutex<HashMap<AccountId, Page>>);

#[derive(Clone, Default)]
struct Page {
    failures: u32,
    last: Option<ApiErrorKind>,
    quotas: HashMap<String, RateLimit>,
}

impl AccountBook {
    /// Whether data of this account may be asked for.
    ///
    /// # Errors
    /// [`GuardError`] after too many failures in a row.
    pub fn admit(&self, operation: Operation, account: &AccountId) -> Result<(), GuardError> {
        let pages = self.lock();
        match pages.get(account) {
            Some(page) if operation.class() == Class::ScarceRead && page.failures >= CLOSING_FAILURES => {
                Err(GuardError::new(operation, page.failures, page.last))
            }
            _ => Ok(()),
        }
    }

    /// Notes a success and the limits that came with it.
    pub fn succeeded(&self, operation: Operation, account: &AccountId, limits: &RateLimits) {
        if operation.class() == Class::ScarceRead {
            let mut pages = self.lock();
            let page = pages.entry(account.clone()).or_default();
            (page.failures, page.last) = (0, None);
            page.note(operation, limits);
        }
    }

    /// Notes a failure: the limits that came with it, and whether it is of the kind that leads to suspension.
    pub fn failed(&self, operation: Operation, account: &AccountId, error: &Error) {
        if operation.class() != Class::ScarceRead {
            return;
        }
        let Some(api) = error.api() else { return };
        let mut pages = self.lock();
        let page = pages.entry(account.clone()).or_default();
        page.note(operation, api.rate_limits());
        if api.leads_to_suspension() {
            page.failures = page.failures.saturating_add(1);
            page.last = Some(api.kind());
        }
    }

    /// Opens an account again that was closed after too many failures.
    pub fn reopen(&self, account: &AccountId) {
        if let Some(page) = self.lock().get_mut(account) {
            (page.failures, page.last) = (0, None);
        }
    }

    /// What is known of the calls left for `operation` on this account, or `None` where nothing is known or the window
    /// has ended since.
    #[must_use]
    pub fn quota(&self, operation: Operation, account: &AccountId, now: SystemTime) -> Option<RateLimit> {
        let quota = *self.lock().get(account)?.quotas.get(operation.id())?;
        quota.resets_at.is_none_or(|at| now < at).then_some(quota)
    }

    /// Takes what another run or process knew.
    pub(crate) fn adopt(&self, saved: &Saved) {
        let mut pages = self.lock();
        for account in &saved.accounts {
            let page = pages.entry(account.id.clone()).or_default();
            page.failures = page.failures.max(account.failures);
            for quota in &account.quotas {
                let limit = RateLimit {
                    limit: quota.limit,
                    remaining: quota.remaining,
                    resets_in: None,
                    resets_at: quota.resets_at.and_then(instant_of),
                };
                page.quotas.entry(quota.operation.clone()).or_insert(limit);
            }
        }
    }

    /// Writes what is known of one account into what is saved.
    pub(crate) fn save(&self, account: &AccountId, saved: &mut Saved) {
        let Some(page) = self.lock().get(account).cloned() else { return };
        let mut quotas: Vec<_> =
            page.quotas.into_iter().map(|(operation, limit)| saved_quota(operation, limit)).collect();
        quotas.sort_by(|a, b| a.operation.cmp(&b.operation));
        saved.accounts.push(SavedAccount::new(account.clone(), page.failures, quotas));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<AccountId, Page>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Page {
    fn note(&mut self, operation: Operation, limits: &RateLimits) {
        if let Some(account) = limits.account {
            self.quotas.insert(operation.id().to_owned(), account);
        }
    }
}

fn saved_quota(operation: String, limit: RateLimit) -> SavedQuota {
    SavedQuota {
        operation,
        limit: limit.limit,
        remaining: limit.remaining,
        resets_at: limit.resets_at.map(seconds_of),
    }
}

impl fmt::Debug for AccountBook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccountBook({} accounts)", self.lock().len())
    }
}
