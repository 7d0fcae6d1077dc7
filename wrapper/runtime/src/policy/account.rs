//! The circuit breaker and the quota of each account.
//!
//! The service suspends an account after ten failures in a row, and only a new requisition restores it. After half as many
//! the circuit of the account opens: its data is not requested again until the circuit is reset. Nothing here sends.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use crate::state::{Saved, SavedAccount, SavedQuota, instant_of, seconds_of};
use gocardless_bank_data_types::AccountId;
use gocardless_bank_data_types::error::{ApiErrorKind, CircuitOpenError, Error};
use gocardless_bank_data_types::{Operation, OperationClass};
use gocardless_bank_data_types::{RateLimit, RateLimits};

/// How many failures in a row open the circuit of an account: half of what suspends it, because other programs of the
/// company may fail on it too.
pub const TRIP_AFTER: u32 = 5;

/// The circuit breakers and quotas of all accounts that a client has called.
#[derive(Default)]
pub struct AccountTracker(Mutex<HashMap<AccountId, AccountRecord>>);

#[derive(Clone, Default)]
struct AccountRecord {
    failures: u32,
    last: Option<ApiErrorKind>,
    quotas: HashMap<String, RateLimit>,
}

impl AccountTracker {
    /// Whether data of this account may be requested.
    ///
    /// # Errors
    /// [`CircuitOpenError`] after too many failures in a row.
    pub fn check(&self, operation: Operation, account: &AccountId) -> Result<(), CircuitOpenError> {
        let records = self.lock();
        match records.get(account) {
            Some(record)
                if operation.class() == OperationClass::MeteredRead && record.failures >= TRIP_AFTER =>
            {
                Err(CircuitOpenError::new(operation, record.failures, record.last))
            }
            _ => Ok(()),
        }
    }

    /// Records how a call for this account ended: the limits that came with it, and whether it failed in a way that leads
    /// to suspension.
    pub fn record(&self, operation: Operation, account: &AccountId, outcome: Result<&RateLimits, &Error>) {
        if operation.class() != OperationClass::MeteredRead {
            return;
        }
        let mut records = self.lock();
        match outcome {
            Ok(limits) => {
                let record = records.entry(account.clone()).or_default();
                (record.failures, record.last) = (0, None);
                record.store_quota(operation, limits);
            }
            Err(error) => {
                let Some(limits) = error.rate_limits() else { return };
                let record = records.entry(account.clone()).or_default();
                record.store_quota(operation, limits);
                if let Some(api) = error.api().filter(|api| api.leads_to_suspension()) {
                    record.failures = record.failures.saturating_add(1);
                    record.last = Some(api.kind());
                }
            }
        }
    }

    /// Closes the circuit of an account again.
    pub fn reset(&self, account: &AccountId) {
        if let Some(record) = self.lock().get_mut(account) {
            (record.failures, record.last) = (0, None);
        }
    }

    /// The known quota of `operation` for this account, or `None` if nothing is known or the window has reset since.
    #[must_use]
    pub fn quota(&self, operation: Operation, account: &AccountId, now: SystemTime) -> Option<RateLimit> {
        let quota = *self.lock().get(account)?.quotas.get(operation.id())?;
        quota.resets_at.is_none_or(|at| now < at).then_some(quota)
    }

    /// Adopts what another run or process saved.
    pub(crate) fn adopt(&self, saved: &Saved) {
        let mut records = self.lock();
        for account in &saved.accounts {
            let record = records.entry(account.id.clone()).or_default();
            record.failures = record.failures.max(account.failures);
            for quota in &account.quotas {
                let mut limit = RateLimit::default();
                limit.limit = quota.limit;
                limit.remaining = quota.remaining;
                limit.resets_at = quota.resets_at.and_then(instant_of);
                record.quotas.entry(quota.operation.clone()).or_insert(limit);
            }
        }
    }

    /// Adds what is known of one account to `saved`.
    pub(crate) fn save(&self, account: &AccountId, saved: &mut Saved) {
        let Some(record) = self.lock().get(account).cloned() else { return };
        let mut quotas: Vec<_> =
            record.quotas.into_iter().map(|(operation, limit)| saved_quota(operation, limit)).collect();
        quotas.sort_by(|a, b| a.operation.cmp(&b.operation));
        saved.accounts.push(SavedAccount::new(account.clone(), record.failures, quotas));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<AccountId, AccountRecord>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl AccountRecord {
    fn store_quota(&mut self, operation: Operation, limits: &RateLimits) {
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

impl fmt::Debug for AccountTracker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccountTracker({} accounts)", self.lock().len())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use gocardless_bank_data_types::error::ApiError;

    const BALANCES: Operation =
        Operation::new("get_account_balances", "GET", "/", OperationClass::MeteredRead);
    const DETAILS: Operation = Operation::new("get_account_details", "GET", "/", OperationClass::MeteredRead);
    const METADATA: Operation = Operation::new("get_account", "GET", "/", OperationClass::PlainRead);

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
        let mut account = RateLimit::default();
        (account.limit, account.remaining, account.resets_at) = (Some(4), Some(remaining), resets_at);
        let mut limits = RateLimits::default();
        limits.account = Some(account);
        limits
    }

    fn opened() -> AccountTracker {
        let tracker = AccountTracker::default();
        for _ in 0..5 {
            assert!(tracker.check(BALANCES, &account("a")).is_ok());
            tracker.record(BALANCES, &account("a"), Err(&bank_failed(BALANCES)));
        }
        tracker
    }

    #[test]
    fn five_failures_open_the_circuit_of_the_account_and_nothing_else() {
        let tracker = opened();
        let closed = tracker.check(DETAILS, &account("a")).unwrap_err();
        assert_eq!((closed.operation(), closed.failures()), (DETAILS, 5));
        assert_eq!(closed.last(), Some(ApiErrorKind::InstitutionFailed));
        assert!(tracker.check(METADATA, &account("a")).is_ok());
        assert!(tracker.check(DETAILS, &account("b")).is_ok());
    }

    #[test]
    fn the_circuit_is_closed_again_by_a_success_and_by_a_reset() {
        for open in [
            |tracker: &AccountTracker| tracker.reset(&account("a")),
            |tracker: &AccountTracker| tracker.record(DETAILS, &account("a"), Ok(&RateLimits::default())),
        ] {
            let tracker = opened();
            open(&tracker);
            assert!(tracker.check(BALANCES, &account("a")).is_ok());
            tracker.record(BALANCES, &account("a"), Err(&bank_failed(BALANCES)));
            assert!(tracker.check(BALANCES, &account("a")).is_ok(), "it is counted from the start");
        }
        let tracker = opened();
        tracker.record(METADATA, &account("a"), Ok(&RateLimits::default()));
        tracker.reset(&account("b"));
        assert!(tracker.check(BALANCES, &account("a")).is_err());
    }

    #[test]
    fn only_what_leads_to_suspension_counts() {
        let tracker = AccountTracker::default();
        for _ in 0..9 {
            tracker.record(METADATA, &account("a"), Err(&bank_failed(METADATA)));
            tracker.record(BALANCES, &account("a"), Err(&CircuitOpenError::new(BALANCES, 5, None).into()));
        }
        assert!(tracker.check(BALANCES, &account("a")).is_ok());
    }

    #[test]
    fn the_calls_left_are_known_by_kind_of_data_until_their_window_ends() {
        let (tracker, end) = (AccountTracker::default(), SystemTime::UNIX_EPOCH + Duration::from_secs(60));
        let left = |operation, at| tracker.quota(operation, &account("a"), at)?.remaining;
        assert_eq!(left(BALANCES, end), None);
        tracker.record(BALANCES, &account("a"), Ok(&limits(3, Some(end))));
        tracker.record(DETAILS, &account("a"), Ok(&limits(2, None)));
        assert_eq!(left(BALANCES, end - Duration::from_nanos(1)), Some(3));
        assert_eq!((left(BALANCES, end), left(DETAILS, end)), (None, Some(2)));
        tracker.record(DETAILS, &account("a"), Err(&bank_failed(DETAILS)));
        assert_eq!(left(DETAILS, end), Some(1), "a failure tells them too");
    }

    #[test]
    fn what_one_tracker_saves_another_adopts_without_losing_what_it_knows() {
        let (tracker, end) = (opened(), SystemTime::UNIX_EPOCH + Duration::from_secs(60));
        tracker.record(DETAILS, &account("b"), Ok(&limits(2, Some(end))));
        tracker.record(BALANCES, &account("b"), Ok(&limits(3, None)));
        let mut saved = Saved::default();
        for id in ["a", "b", "nobody"] {
            tracker.save(&account(id), &mut saved);
        }
        let names = |at: usize| saved.accounts[at].quotas.iter().map(|quota| &*quota.operation);
        assert_eq!(saved.accounts.len(), 2);
        assert_eq!(names(1).collect::<Vec<_>>(), ["get_account_balances", "get_account_details"]);

        let other = AccountTracker::default();
        other.record(BALANCES, &account("b"), Ok(&limits(1, None)));
        other.adopt(&saved);
        let closed = other.check(BALANCES, &account("a")).unwrap_err();
        assert_eq!((closed.failures(), closed.last()), (5, None), "what it was is not saved");
        let known = |operation| other.quota(operation, &account("b"), SystemTime::UNIX_EPOCH).unwrap();
        assert_eq!(known(DETAILS), limits(2, Some(end)).account.unwrap());
        assert_eq!(known(BALANCES).remaining, Some(1), "what it knows is newer");
    }

    #[test]
    fn debug_tells_how_many_accounts_are_known_and_not_which() {
        assert_eq!(format!("{:?}", opened()), "AccountTracker(1 accounts)");
    }
}
