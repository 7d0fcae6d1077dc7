//! What the pipeline asks of the state: whether a call may go, and what its outcome means.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use futures_util::FutureExt as _;
use gocardless_bank_data_types::error::{
    ApiError, ApiErrorKind, BudgetError, CircuitOpenError, Error, RateLimitScope, Result, Sent,
};
use gocardless_bank_data_types::{AccountId, AccountStatus, Operation, OperationClass, RateLimit, Response};
use tokio::sync::Notify;
use tokio::time::Instant;

use super::clock::Moment;
use super::engine::Key;
use super::shared::{SharedState, Unavailable};
use crate::auth::{Timing, TokenCache, TokenSource};
use crate::policy::retry::LONGEST_DELAY;
use crate::policy::{
    AccountRecord, CallLog, Gate, Group, LATENESS, Pacing, Read, Settled, kind_of_data, random,
};

/// How much longer than its timeout a read in flight is waited for, since its outcome has to be stored.
const SETTLING: Duration = Duration::from_secs(5);

/// A read ends by itself after this at the latest, whatever timeout it has.
const LONGEST_READ: Duration = Duration::from_secs(24 * 60 * 60);

/// How often a call that waits for reads of other processes looks whether they have ended.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

/// The state of one client.
#[derive(Debug)]
pub struct ClientState {
    /// The access token that all calls share.
    pub tokens: TokenCache,
    shared: SharedState,
    pacing: Pacing,
    /// The keys of the logs of calls, in the order of the groups.
    logs: Vec<Key>,
    /// Wakes the calls that wait for a read of the same account.
    settled: Arc<Notify>,
}

/// Whether a call may be sent.
#[derive(Debug)]
pub(crate) enum Admission {
    /// It may, from now on.
    Go(Place),
    /// The account's metadata decides: see [`ClientState::metadata_came`].
    AskMetadata,
}

/// What a decision about a call came to.
enum Verdict {
    Go(Place),
    /// Look again when another read of the account has ended; the error is for those who have waited long enough.
    Wait(BudgetError),
    AskMetadata,
    Refused(Error),
}

impl ClientState {
    pub(crate) fn new(
        source: impl TokenSource,
        timing: Timing,
        shared: SharedState,
        pacing: Pacing,
        token_timeout: Duration,
    ) -> Self {
        let tokens = TokenCache::with_state(source, timing, shared.clone(), token_timeout);
        let logs = Group::ALL.iter().map(|group| shared.owner().key(group.name())).collect();
        Self { tokens, shared, pacing, logs, settled: Arc::default() }
    }

    /// Gives the call its place: in the budget of the company, and for a metered read among the reads of the account, for
    /// which it may have to wait. `timeout` is how long it may take, `patience` how long it may wait.
    ///
    /// # Errors
    /// [`CircuitOpenError`] after too many failures in a row, [`BudgetError`] if there is no place soon.
    pub(crate) async fn admit(
        &self,
        operation: Operation,
        account: Option<&AccountId>,
        timeout: Duration,
        patience: Option<Duration>,
    ) -> Result<Admission> {
        let account = account.filter(|_| operation.class() == OperationClass::MeteredRead);
        let patience = patience.map_or(LONGEST_DELAY, |patience| patience.min(LONGEST_DELAY));
        let begin = Instant::now();
        loop {
            // Only reads of an account wait for one another.
            let settled = account.map(|_| self.settled.notified());
            // What it has waited for other reads is not there to wait for its place.
            let left = patience.saturating_sub(begin.elapsed());
            let verdict = self.decide(operation, account, timeout, left).await;
            let busy = match verdict? {
                Verdict::Go(place) => return Ok(Admission::Go(place)),
                Verdict::AskMetadata => return Ok(Admission::AskMetadata),
                Verdict::Refused(error) => return Err(error),
                Verdict::Wait(error) => error,
            };
            if begin.elapsed() >= patience {
                return Err(busy.into());
            }
            // Boxed, as all that most calls do without, so that a call is small.
            if let Some(settled) = settled {
                let _ = Box::pin(tokio::time::timeout(LOOK_AGAIN, settled)).await;
            }
        }
    }

    async fn decide(
        &self,
        operation: Operation,
        account: Option<&AccountId>,
        timeout: Duration,
        patience: Duration,
    ) -> Result<Verdict> {
        let (group, kind) = (Group::of(operation), kind_of_data(operation));
        let log_key = self.pacing.limit(group, true).and_then(|_| self.logs.get(group as usize));
        let account_key = account.map(|account| self.shared.owner().key_of("account", account.as_str()));
        let both;
        let keys = match (&account_key, log_key) {
            (None, None) => return Ok(Verdict::Go(self.place(None, kind, 0))),
            (Some(one), None) | (None, Some(one)) => std::slice::from_ref(one),
            (Some(account), Some(log)) => {
                both = [account.clone(), log.clone()];
                &both[..]
            }
        };
        let (asked_at, id) = (Instant::now(), account.map_or(0, |_| random()));
        let decided = self.shared.apply(keys, |view| {
            let (now, recovery) = (view.now, view.recovery);
            let limit = self.pacing.limit(group, view.is_shared);
            let take = |log: &mut CallLog| match limit {
                None => (Ok(now), false),
                Some(limit) => {
                    let was_set_back = log.is_ahead_of(now);
                    let taken = log.take(limit, recovery, now, patience);
                    (taken, taken.is_ok() || was_set_back)
                }
            };
            let taken = if account.is_some() {
                let mut log: CallLog = limit.map(|_| view.get(1)).unwrap_or_default();
                let (taken, is_changed) = take(&mut log);
                let mut record: AccountRecord = view.get(0);
                let until =
                    taken.unwrap_or(now).plus(timeout.saturating_add(SETTLING)).min(now.plus(LONGEST_READ));
                let was_set_back = record.is_ahead_of(now);
                let read = Read { kind, id, at: now, is_in_outage: view.is_in_outage };
                let gate = record.admit(read, until, self.pacing.is_on());
                let is_reserved = gate == Gate::Admitted;
                if gate == Gate::AskMetadata || is_reserved && taken.is_ok() || !is_reserved && was_set_back {
                    view.put(0, record);
                }
                // A call that is not sent for another reason takes no place in the budget.
                if !is_reserved {
                    return (now, Err(NoPlace::Held(gate)));
                }
                if is_changed {
                    view.put(1, log);
                }
                taken
            } else {
                view.change(0, take)
            };
            let full = |at| NoPlace::Full(at, recovery.is_some_and(|recovery| at >= recovery.until));
            (now, taken.map_err(full))
        });
        // Before it is decided: a call that is dropped meanwhile may have got its reservation all the same.
        let mut place = self.place(account_key.clone(), kind, id);
        let (now, decided) = decided.await.map_err(|unavailable| unreachable(operation, &unavailable))?;
        let reason = match decided {
            Ok(at) => {
                (place.at, place.wait) = (now, at.since(now));
                place.log = log_key.map(|key| Logged { key: key.clone(), at, due: asked_at + place.wait });
                return Ok(Verdict::Go(place));
            }
            Err(reason) => {
                place.is_settled = true;
                reason
            }
        };
        let local = self.shared.clock().now();
        let full = |scope, at: Moment| {
            Verdict::Refused(BudgetError::new(operation, Some(scope), at.by(now, local)).into())
        };
        Ok(match reason {
            NoPlace::Full(at, true) => {
                Verdict::Refused(BudgetError::recovering(operation, at.by(now, local)).into())
            }
            NoPlace::Full(at, false) => full(RateLimitScope::Company, at),
            NoPlace::Held(Gate::Spent(at)) => full(RateLimitScope::Account, at),
            NoPlace::Held(Gate::Open(open)) => Verdict::Refused(open.error(operation, now, local).into()),
            NoPlace::Held(Gate::AskMetadata) => Verdict::AskMetadata,
            NoPlace::Held(Gate::Busy(at)) => Verdict::Wait(BudgetError::busy(operation, at.by(now, local))),
            NoPlace::Held(Gate::Admitted) => Verdict::Wait(BudgetError::busy(operation, local)),
        })
    }

    fn place(&self, account: Option<Key>, kind: &'static str, id: u64) -> Place {
        let (shared, settled) = (self.shared.clone(), Arc::clone(&self.settled));
        Place {
            shared,
            settled,
            account,
            kind,
            id,
            at: Moment::default(),
            log: None,
            wait: Duration::ZERO,
            is_sent: false,
            is_settled: false,
        }
    }

    /// Records what the metadata of an account said, for whoever got [`Admission::AskMetadata`].
    pub(crate) async fn metadata_came(&self, account: &AccountId, status: Option<&AccountStatus>) {
        let keys = [self.shared.owner().key_of("account", account.as_str())];
        let applied = self.shared.apply(&keys, |view| {
            let mut record: AccountRecord = view.get(0);
            record.metadata_came(status, view.now);
            view.put(0, record);
        });
        // If it cannot be stored, the next call asks again.
        let _ = applied.await;
        self.settled.notify_waiters();
    }

    /// The known quota of `operation` for this account: every read that counted, or may have, is taken off.
    pub async fn quota(&self, operation: Operation, account: &AccountId) -> Option<RateLimit> {
        let keys = [self.shared.owner().key_of("account", account.as_str())];
        let read = self.shared.apply(&keys, |view| {
            let mut record: AccountRecord = view.get(0);
            (view.now, record.quota(kind_of_data(operation), view.now))
        });
        let (now, quota) = read.await.ok()?;
        let (allowed, remaining, resets_at) = quota?;
        let local = self.shared.clock().now();
        let mut limit = RateLimit::default();
        (limit.limit, limit.remaining) = (allowed, remaining);
        limit.resets_in = resets_at.map(|at| at.since(now));
        limit.resets_at = resets_at.map(|at| at.by(now, local));
        Some(limit)
    }

    /// Why the circuit of an account keeps `operation` from being called, if it does.
    pub async fn open_circuit(&self, operation: Operation, account: &AccountId) -> Option<CircuitOpenError> {
        let keys = [self.shared.owner().key_of("account", account.as_str())];
        let read = self.shared.apply(&keys, |view| {
            let record: AccountRecord = view.get(0);
            (view.now, record.open_circuit(view.now))
        });
        let (now, open) = read.await.ok()?;
        Some(open?.error(operation, now, self.shared.clock().now()))
    }

    /// Closes the circuit of an account again.
    pub async fn reset_circuit(&self, account: &AccountId) {
        let keys = [self.shared.owner().key_of("account", account.as_str())];
        let applied = self.shared.apply(&keys, |view| {
            let mut record: AccountRecord = view.get(0);
            record.reset();
            view.put(0, record);
        });
        let _ = applied.await;
    }
}

/// Why a call has no place, in the engine's time.
enum NoPlace {
    /// None before then, and whether that is because the state was lost.
    Full(Moment, bool),
    Held(Gate),
}

fn unreachable(operation: Operation, unavailable: &Unavailable) -> Error {
    BudgetError::new(operation, None, unavailable.retry_at).into()
}

/// The place of a call that may be sent: in the budget of the company, and among the reads of its account. Dropped
/// before it is settled, the call counts as one without an answer if it was sent, and as none if it was not.
pub(crate) struct Place {
    shared: SharedState,
    settled: Arc<Notify>,
    account: Option<Key>,
    kind: &'static str,
    id: u64,
    at: Moment,
    log: Option<Logged>,
    wait: Duration,
    is_sent: bool,
    is_settled: bool,
}

/// A call's place in the log of its group.
struct Logged {
    key: Key,
    at: Moment,
    /// When the call would be sent if nothing kept it up.
    due: Instant,
}

/// How a call ended, for the records that it has a place in.
#[derive(Clone, Copy)]
struct Ended {
    how: Settled,
    /// How long the company has no call of this group left, if the service said so.
    closed_for: Option<Duration>,
}

impl Place {
    /// Waits for the instant that the place is for. If the call is dropped meanwhile, the place is given back.
    pub(crate) async fn until_due(&self) {
        if !self.wait.is_zero() {
            Box::pin(tokio::time::sleep(self.wait)).await;
        }
    }

    /// The call is sent now: from here on it counts, also if nobody waits for its end.
    pub(crate) fn goes_out(&mut self) {
        self.is_sent = true;
    }

    /// Records how the call ended.
    pub(crate) fn settle<T>(
        mut self,
        outcome: Result<&Response<T>, &Error>,
    ) -> impl Future<Output = ()> + use<T> {
        let settling = self.settling(Ended::of(outcome, self.account.is_some()));
        let is_immediate = self.shared.is_immediate();
        async move {
            match settling {
                Some(settling) if is_immediate => settling.await,
                // A task of its own, so that the record is written even if the caller is gone meanwhile.
                Some(settling) => _ = tokio::spawn(settling).await,
                None => {}
            }
        }
    }

    /// Writes the end of the call, once; `None` if there is nothing to write.
    fn settling(&mut self, ended: Ended) -> Option<Pin<Box<dyn Future<Output = ()> + Send>>> {
        let was_settled = std::mem::replace(&mut self.is_settled, true);
        let log = self.log.take().filter(|log| {
            ended.how == Settled::NotSent || ended.closed_for.is_some() || log.due.elapsed() > LATENESS
        });
        let account = self.account.take();
        if was_settled || log.is_none() && account.is_none() {
            return None;
        }
        let (shared, settled) = (self.shared.clone(), Arc::clone(&self.settled));
        let Self { kind, id, at, .. } = *self;
        Some(Box::pin(async move {
            let keys: Vec<Key> = account.iter().chain(log.iter().map(|log| &log.key)).cloned().collect();
            let applied = shared.apply(&keys, |view| {
                let (now, is_in_outage) = (view.now, view.is_in_outage);
                if account.is_some() {
                    view.change(0, |record: &mut AccountRecord| {
                        record.settle(Read { kind, id, at, is_in_outage }, now, ended.how);
                        ((), true)
                    });
                }
                if let Some(Logged { at: place, .. }) = log {
                    view.change(usize::from(account.is_some()), |log: &mut CallLog| {
                        match ended.closed_for {
                            Some(time) => log.close(now.plus(time), now),
                            None if ended.how == Settled::NotSent => log.give_back(place),
                            None => log.ended_late(place, now),
                        }
                        ((), true)
                    });
                }
            });
            // Without the engine the reservation ends by itself.
            let _ = applied.await;
            settled.notify_waiters();
        }))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let how = if self.is_sent { Settled::Unknown } else { Settled::NotSent };
        let is_immediate = self.shared.is_immediate();
        let Some(settling) = self.settling(Ended { how, closed_for: None }) else { return };
        if is_immediate {
            let _ = settling.now_or_never();
        } else if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            drop(runtime.spawn(settling));
        }
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Place").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Ended {
    /// The limits of a success are read only for a read of an account, whose record they belong to.
    fn of<T>(outcome: Result<&Response<T>, &Error>, is_metered: bool) -> Self {
        let how = match outcome {
            Ok(response) if is_metered => Settled::Succeeded(response.rate_limits().account),
            Ok(_) => Settled::Succeeded(None),
            Err(Error::Api(api)) => return Self::with_answer(api),
            Err(error) if error.sent() == Sent::No => Settled::NotSent,
            // A success whose body could not be read, or broke off, is one of the day's reads all the same.
            Err(error) => match error.rate_limits() {
                Some(limits) => Settled::Succeeded(limits.account),
                None => Settled::Unknown,
            },
        };
        Self { how, closed_for: None }
    }

    fn with_answer(api: &ApiError) -> Self {
        let closed_for = || api.retry_at().map(|at| at.duration_since(SystemTime::now()).unwrap_or_default());
        let is_limit = |scope| api.kind() == ApiErrorKind::RateLimited(scope);
        let how = Settled::Failed {
            said: api.rate_limits().account,
            strike: api.leads_to_suspension().then(|| api.kind()),
            closed_for: is_limit(RateLimitScope::Account).then(closed_for).flatten(),
        };
        Self { how, closed_for: is_limit(RateLimitScope::Company).then(closed_for).flatten() }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use gocardless_bank_data_generated::operation;
    use gocardless_bank_data_types::{Credentials, PathId as _, Secret};

    use super::super::clock::Clock;
    use super::super::engine::StateStore;
    use super::super::memory::MemoryState;
    use super::super::owner::Owner;
    use super::*;
    use crate::auth::IssuingTokens;

    #[derive(Debug)]
    struct NoTokens;

    impl TokenSource for NoTokens {
        fn obtain(&self) -> IssuingTokens {
            Box::pin(std::future::pending())
        }

        fn refresh(&self, _: Secret) -> IssuingTokens {
            Box::pin(std::future::pending())
        }
    }

    fn state(engine: Option<Box<dyn StateStore>>, clock: Clock, pacing: Pacing) -> ClientState {
        let owner = Owner::new("https://example.org", &Credentials::new("id", "key"));
        let shared = SharedState::new(engine, owner, clock, pacing);
        ClientState::new(NoTokens, Timing::default(), shared, pacing, Duration::ZERO)
    }

    #[tokio::test]
    async fn a_clock_that_was_set_back_costs_a_window_of_each_limit_with_an_engine_and_without() {
        let engines: [Option<Box<dyn StateStore>>; 2] = [None, Some(Box::new(MemoryState::default()))];
        for engine in engines {
            let day = 24 * 60 * 60;
            let shown = Arc::new(AtomicU64::new(10 * day));
            let clock = Arc::clone(&shown);
            let clock = Clock::new(move || {
                SystemTime::UNIX_EPOCH + Duration::from_secs(clock.load(Ordering::SeqCst))
            });
            let state = state(engine, clock, Pacing::per_minute(1));
            let account = AccountId::unchecked("a");
            let is_admitted = async |operation, at| {
                shown.store(at, Ordering::SeqCst);
                match state.admit(operation, Some(&account), Duration::ZERO, Some(Duration::ZERO)).await {
                    Ok(Admission::Go(mut place)) => {
                        place.goes_out();
                        true
                    }
                    _ => false,
                }
            };
            let (metadata, read) = (operation::GET_ACCOUNT, operation::GET_ACCOUNT_BALANCES);
            for minute in 0..4 {
                assert!(is_admitted(read, 10 * day + 2 * 60 * minute).await);
            }
            assert!(is_admitted(metadata, 11 * day - 1).await);
            assert!(!is_admitted(metadata, 9 * day).await);
            assert!(!is_admitted(metadata, 9 * day + 60).await);
            assert!(is_admitted(metadata, 9 * day + 61).await, "{state:?}");
            assert!(!is_admitted(read, 9 * day + 200).await);
            assert!(!is_admitted(read, 10 * day + 199).await);
            assert!(is_admitted(read, 10 * day + 200).await, "{state:?}");
        }
    }

    #[tokio::test]
    async fn a_place_counts_from_when_its_call_goes_out_and_is_given_back_before() {
        let state = state(None, Clock::default(), Pacing::per_minute(1));
        let account = AccountId::unchecked("a");
        let admit = async || {
            let read = operation::GET_ACCOUNT_BALANCES;
            state.admit(read, Some(&account), Duration::ZERO, Some(Duration::ZERO)).await
        };
        for _ in 0..5 {
            let Admission::Go(place) = admit().await.unwrap() else { panic!("it has a place") };
            place.until_due().await;
        }
        let Admission::Go(mut place) = admit().await.unwrap() else { panic!("nothing was sent") };
        place.goes_out();
        drop(place);
        assert!(matches!(admit().await, Err(Error::Budget(_))));
    }
}
