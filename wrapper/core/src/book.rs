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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::error::ApiError;

    const BALANCES: Operation = Operation::new("get_account_balances", "GET", "/", Class::ScarceRead);
    const DETAILS: Operation = Operation::new("get_account_details", "GET", "/", Class::ScarceRead);
    const METADATA: Operation = Operation::new("get_account", "GET", "/", Class::PlainRead);

    fn account(id: &str) -> AccountId {
        id.parse().unwrap()
    }

    /// A failure of the bank, which leads to suspension, with one call left.
    fn bank_failed(operation: Operation) -> Error {
        let headers = [("http_x_ratelimit_account_success_remaining".parse().unwrap(), 1.into())];
        let (body, now) = (r#"{"summary":"x","type":"UnknownRequestError"}"#.into(), SystemTime::UNIX_EPOCH);
        let status = http::StatusCode::INTERNAL_SERVER_ERROR;
        ApiError::read(operation, status, headers.into_iter().collect(), body, now).into()
    }

    fn limits(remaining: u64, resets_at: Option<SystemTime>) -> RateLimits {
        let account =
            RateLimit { limit: Some(4), remaining: Some(remaining), resets_at, ..Default::default() };
        RateLimits { account: Some(account), ..Default::default() }
    }

    fn closed() -> AccountBook {
        let book = AccountBook::default();
        for _ in 0..5 {
            assert!(book.admit(BALANCES, &account("a")).is_ok());
            book.failed(BALANCES, &account("a"), &bank_failed(BALANCES));
        }
        book
    }

    #[test]
    fn five_failures_close_the_data_of_the_account_and_nothing_else() {
        let book = closed();
        let closed = book.admit(DETAILS, &account("a")).unwrap_err();
        assert_eq!((closed.operation(), closed.failures()), (DETAILS, 5));
        assert_eq!(closed.last(), Some(ApiErrorKind::InstitutionFailed));
        assert!(book.admit(METADATA, &account("a")).is_ok());
        assert!(book.admit(DETAILS, &account("b")).is_ok());
    }

    #[test]
    fn an_account_is_open_again_after_a_success_and_once_it_is_reopened() {
        for open in [
            |book: &AccountBook| book.reopen(&account("a")),
            |book: &AccountBook| book.succeeded(DETAILS, &account("a"), &RateLimits::default()),
        ] {
            let book = closed();
            open(&book);
            assert!(book.admit(BALANCES, &account("a")).is_ok());
            book.failed(BALANCES, &account("a"), &bank_failed(BALANCES));
            assert!(book.admit(BALANCES, &account("a")).is_ok(), "it is counted from the start");
        }
        let book = closed();
        book.succeeded(METADATA, &account("a"), &RateLimits::default());
        book.reopen(&account("b"));
        assert!(book.admit(BALANCES, &account("a")).is_err());
    }

    #[test]
    fn only_what_leads_to_suspension_counts() {
        let book = AccountBook::default();
        for _ in 0..9 {
            book.failed(METADATA, &account("a"), &bank_failed(METADATA));
            book.failed(BALANCES, &account("a"), &GuardError::new(BALANCES, 5, None).into());
        }
        assert!(book.admit(BALANCES, &account("a")).is_ok());
    }

    #[test]
    fn the_calls_left_are_known_by_kind_of_data_until_their_window_ends() {
        let (book, end) = (AccountBook::default(), SystemTime::UNIX_EPOCH + Duration::from_secs(60));
        let left = |operation, at| book.quota(operation, &account("a"), at)?.remaining;
        assert_eq!(left(BALANCES, end), None);
        book.succeeded(BALANCES, &account("a"), &limits(3, Some(end)));
        book.succeeded(DETAILS, &account("a"), &limits(2, None));
        assert_eq!(left(BALANCES, end - Duration::from_nanos(1)), Some(3));
        assert_eq!((left(BALANCES, end), left(DETAILS, end)), (None, Some(2)));
        book.failed(DETAILS, &account("a"), &bank_failed(DETAILS));
        assert_eq!(left(DETAILS, end), Some(1), "a failure tells them too");
    }

    #[test]
    fn what_one_book_saves_another_adopts_without_losing_what_it_knows() {
        let (book, end) = (closed(), SystemTime::UNIX_EPOCH + Duration::from_secs(60));
        book.succeeded(DETAILS, &account("b"), &limits(2, Some(end)));
        book.succeeded(BALANCES, &account("b"), &limits(3, None));
        let mut saved = Saved::default();
        for id in ["a", "b", "nobody"] {
            book.save(&account(id), &mut saved);
        }
        let names = |at: usize| saved.accounts[at].quotas.iter().map(|quota| &*quota.operation);
        assert_eq!(saved.accounts.len(), 2);
        assert_eq!(names(1).collect::<Vec<_>>(), ["get_account_balances", "get_account_details"]);

        let other = AccountBook::default();
        other.succeeded(BALANCES, &account("b"), &limits(1, None));
        other.adopt(&saved);
        let closed = other.admit(BALANCES, &account("a")).unwrap_err();
        assert_eq!((closed.failures(), closed.last()), (5, None), "what it was is not saved");
        let known = |operation| other.quota(operation, &account("b"), SystemTime::UNIX_EPOCH).unwrap();
        assert_eq!(known(DETAILS), limits(2, Some(end)).account.unwrap());
        assert_eq!(known(BALANCES).remaining, Some(1), "what it knows is newer");
    }

    #[test]
    fn debug_tells_how_many_accounts_are_known_and_not_which() {
        assert_eq!(format!("{:?}", closed()), "AccountBook(1 accounts)");
    }
}
