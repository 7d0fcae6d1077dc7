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
use crate::policy::{AccountRecord, CallLog, Gate, Group, LATENESS, Pacing, Settled, kind_of_data, random};

/// How much longer than its timeout a read in flight is waited for, since its outcome has to be stored.
const SETTLING: Duration = Duration::from_secs(5);

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
        let mut begin = None;
        loop {
            let settled = self.settled.notified();
            let verdict = self.decide(operation, account, timeout, patience).await;
            let busy = match verdict? {
                Verdict::Go(place) => return Ok(Admission::Go(place)),
                Verdict::AskMetadata => return Ok(Admission::AskMetadata),
                Verdict::Refused(error) => return Err(error),
                Verdict::Wait(error) => error,
            };
            if begin.get_or_insert_with(Instant::now).elapsed() >= patience {
                return Err(busy.into());
            }
            // Boxed, as all that most calls do without, so that a call is small.
            let _ = Box::pin(tokio::time::timeout(LOOK_AGAIN, settled)).await;
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
        let owner = self.shared.owner();
        let log_key = self.pacing.limit(group, true).and_then(|_| self.logs.get(group as usize)).cloned();
        let account_key = account.map(|account| owner.key_of("account", account.as_str()));
        let keys: Vec<Key> = account_key.iter().chain(&log_key).cloned().collect();
        if keys.is_empty() {
            return Ok(Verdict::Go(self.place(None, kind, 0)));
        }
        let (log_at, asked_at, id) = (usize::from(account.is_some()), Instant::now(), random());
        let decided = self.shared.apply(&keys, |view| {
            let now = view.now;
            let limit = self.pacing.limit(group, view.is_shared);
            let mut log: CallLog = limit.map(|_| view.get(log_at)).unwrap_or_default();
            let taken = limit.map_or(Ok(now), |limit| log.take(limit, view.recovery, now, patience));
            if account.is_some() {
                let mut record: AccountRecord = view.get(0);
                let until = taken.unwrap_or(now).plus(timeout.saturating_add(SETTLING));
                let gate = record.admit(kind, id, now, until, self.pacing.is_on());
                if gate == Gate::AskMetadata || gate == Gate::Admitted && taken.is_ok() {
                    view.put(0, record);
                }
                // A call that is not sent for another reason takes no place in the budget.
                if gate != Gate::Admitted {
                    return (now, Decided::Held(gate));
                }
            }
            if limit.is_some() && taken.is_ok() {
                view.put(log_at, log);
            }
            let full = |at| Decided::Full(at, view.recovery.is_some_and(|recovery| at >= recovery.until));
            (now, taken.map_or_else(full, Decided::Place))
        });
        let (now, decided) = decided.await.map_err(|unavailable| unreachable(operation, &unavailable))?;
        let local = self.shared.clock().now();
        let full = |scope, at: Moment| {
            Verdict::Refused(BudgetError::new(operation, Some(scope), at.by(now, local)).into())
        };
        Ok(match decided {
            Decided::Place(at) => {
                let mut place = self.place(account_key, kind, id);
                place.wait = at.since(now);
                place.log = log_key.map(|key| Logged { key, at, due: asked_at + place.wait });
                Verdict::Go(place)
            }
            Decided::Full(at, true) => {
                Verdict::Refused(BudgetError::recovering(operation, at.by(now, local)).into())
            }
            Decided::Full(at, false) => full(RateLimitScope::Company, at),
            Decided::Held(Gate::Spent(at)) => full(RateLimitScope::Account, at),
            Decided::Held(Gate::Open(open)) => Verdict::Refused(open.error(operation, now, local).into()),
            Decided::Held(Gate::AskMetadata) => Verdict::AskMetadata,
            Decided::Held(Gate::Busy(at)) => Verdict::Wait(BudgetError::busy(operation, at.by(now, local))),
            Decided::Held(Gate::Admitted) => Verdict::Wait(BudgetError::busy(operation, local)),
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

/// What a decision came to, in the engine's time.
enum Decided {
    Place(Moment),
    /// No place before then, and whether that is because the state was lost.
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
        let (shared, settled, kind, id) =
            (self.shared.clone(), Arc::clone(&self.settled), self.kind, self.id);
        Some(Box::pin(async move {
            let keys: Vec<Key> = account.iter().chain(log.iter().map(|log| &log.key)).cloned().collect();
            let applied = shared.apply(&keys, |view| {
                if account.is_some() {
                    let mut record: AccountRecord = view.get(0);
                    record.settle(kind, id, view.now, ended.how);
                    view.put(0, record);
                }
                if let Some(Logged { at: place, .. }) = log {
                    let at = usize::from(account.is_some());
                    let mut log: CallLog = view.get(at);
                    match ended.closed_for {
                        Some(time) => log.close(view.now.plus(time), view.now),
                        None if ended.how == Settled::NotSent => log.give_back(place),
                        None => log.ended_late(place, view.now),
                    }
                    view.put(at, log);
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
