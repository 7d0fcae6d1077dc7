//! The access token that all callers share: one token operation at a time, however many callers wait for it, in this
//! process and in all others that share its state.
//!
//! A client keeps its good token in hand and looks at the shared record only when it ends or is rejected. The operation
//! runs as a task of its own, so it completes and is remembered even if the caller that started it is gone; every waiter
//! gets the same token or the same error. No lock is held while waiting. The rules are in
//! [`token_record`](super::token_record).

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use gocardless_bank_data_generated::operation::OBTAIN_TOKEN_PAIR;
use gocardless_bank_data_types::Credentials;
use gocardless_bank_data_types::error::{
    AuthError, AuthStage, BudgetError, Error, InvalidRequestError, Result,
};
use serde::{Deserialize, Serialize};
use tokio::runtime;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use super::access_token::AccessToken;
use super::token_record::{Access, Asker, Failure, Rules, Step, Timing, TokenRecord};
use super::token_source::{IssuedTokens, TokenSource};
use crate::policy::{CallLog, Group, Pacing, jitter, random};
use crate::state::{Clock, Form, Moment, Owner, SharedState, StateRecord};

type Outcome = Result<AccessToken, AuthError>;
type InFlight = watch::Receiver<Option<Outcome>>;

/// How much longer than its timeout a token operation may take before another client asks: it may be sent again, and its
/// result has to be stored.
const LEASE_MARGIN: Duration = Duration::from_secs(5);

/// How often a client looks whether the one that asks has a token.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

/// The access token of a client, shared by all its callers.
#[derive(Clone)]
pub struct TokenCache(Arc<Handle>);

/// What callers hold. The task of a token operation holds only `Shared`, so that it is aborted with the last caller.
struct Handle(Arc<Shared>);

struct Shared {
    inner: Mutex<Inner>,
    source: Box<dyn TokenSource>,
    state: SharedState,
    /// What the instants in hand are by: tokio's clock, which nobody sets, or the one that was handed in. Records have the
    /// engine's.
    own: Clock,
    timing: Timing,
    lease: Duration,
    /// By which others know that the lease is this client's.
    id: u64,
}

/// What this client has in hand. Instants are by its own clock.
#[derive(Default)]
struct Inner {
    token: Option<(AccessToken, Access)>,
    pause: Option<(Moment, AuthError)>,
    refused: Option<AccessToken>,
    generation: u64,
    in_flight: Option<InFlight>,
    task: Option<AbortHandle>,
}

/// What a caller gets now.
enum Need {
    /// This token is good.
    Ready(AccessToken),
    /// This token is good and should be refreshed in the background.
    Stale(AccessToken),
    /// A token must be found before anything can be sent.
    Missing,
    /// The last attempt failed, and the pause is not over.
    Paused(AuthError),
}

impl Drop for Handle {
    fn drop(&mut self) {
        if let Some(task) = self.0.lock().task.take() {
            task.abort();
        }
    }
}

impl TokenCache {
    /// Caches the tokens that `source` issues, in memory and by tokio's clock.
    pub fn new(source: impl TokenSource, timing: Timing) -> Self {
        let owner = Owner::new("", &Credentials::new("", ""));
        let state = SharedState::new(None, owner, Clock::tokio(), Pacing::default());
        Self::with_state(source, timing, state, Duration::from_secs(15))
    }

    /// Caches the tokens that `source` issues, and shares them through `state`. An operation takes no longer than
    /// `timeout`.
    pub(crate) fn with_state(
        source: impl TokenSource,
        timing: Timing,
        state: SharedState,
        timeout: Duration,
    ) -> Self {
        let (inner, lease) = (Mutex::default(), timeout.saturating_add(LEASE_MARGIN));
        let own = state.clock().clone().unless_handed_in(Clock::tokio);
        let shared = Shared { inner, source: Box::new(source), state, own, timing, lease, id: random() };
        Self(Arc::new(Handle(Arc::new(shared))))
    }

    /// A usable access token: the one at hand, or a new one that all waiting callers share.
    ///
    /// # Errors
    /// [`AuthError`] if none can be obtained; after a failure the same error is returned for a while without asking again.
    pub async fn token(&self) -> Result<AccessToken, AuthError> {
        let shared = &self.0.0;
        let in_flight = {
            let mut inner = shared.lock();
            match inner.need(shared.now()) {
                Need::Ready(token) => return Ok(token),
                Need::Paused(error) => return Err(error),
                Need::Stale(token) => {
                    // Nobody waits for this one; if it cannot be started, the next caller tries.
                    let _ = self.join(&mut inner, true);
                    return Ok(token);
                }
                Need::Missing => self.join(&mut inner, false)?,
            }
        };
        // Boxed, because nearly every call has its token at once.
        Box::pin(outcome(in_flight)).await
    }

    /// Records that the API rejected a token, and returns how long it is until another one can be tried: no time at all,
    /// unless the token is a young one.
    #[must_use = "it says whether to try again"]
    pub fn rejected(&self, token: &AccessToken) -> Duration {
        let shared = &self.0.0;
        let now = shared.now();
        let mut inner = shared.lock();
        if let Some((held, access)) = &inner.token
            && held.generation() == token.generation()
        {
            let wait = shared.timing.youngest_eviction.saturating_sub(now.since(access.since));
            if !wait.is_zero() {
                return wait;
            }
            inner.refused = inner.token.take().map(|(token, _)| token);
        }
        Duration::ZERO
    }

    /// The token operation that is in flight, or a new one.
    fn join(&self, inner: &mut Inner, is_early: bool) -> Result<InFlight, AuthError> {
        if let Some(running) = inner.in_flight.as_ref().filter(|running| running.has_changed().is_ok()) {
            return Ok(running.clone());
        }
        let Ok(runtime) = runtime::Handle::try_current() else {
            return Err(interrupted("a call was made outside a tokio runtime"));
        };
        let (sender, in_flight) = watch::channel(None);
        let shared = Arc::clone(&self.0.0);
        // The task runs on the runtime of whoever needs the token now, not of whoever built the client.
        let task = runtime.spawn(async move {
            let outcome = shared.find(is_early).await;
            shared.lock().in_flight = None;
            sender.send_replace(Some(outcome));
        });
        inner.in_flight = Some(in_flight.clone());
        inner.task = Some(task.abort_handle());
        Ok(in_flight)
    }
}

/// Waits for the token operation that is in flight.
async fn outcome(mut in_flight: InFlight) -> Outcome {
    // The sender is dropped without a result only if the task was aborted from outside.
    let outcome = in_flight.wait_for(Option::is_some).await.ok().and_then(|outcome| outcome.clone());
    outcome.unwrap_or_else(|| Err(interrupted("the task that obtains the token was aborted")))
}

impl Inner {
    fn need(&self, now: Moment) -> Need {
        let paused = self.pause.as_ref().filter(|(until, _)| now < *until);
        match (&self.token, paused) {
            (Some((token, access)), _) if now < access.soft => Need::Ready(token.clone()),
            // A valid token outlives a failed refresh.
            (Some((token, access)), Some(_)) if now < access.hard => Need::Ready(token.clone()),
            (Some((token, access)), None) if now < access.hard => Need::Stale(token.clone()),
            // An early refresh failed and the token has expired since: obtaining was not tried yet.
            (_, Some((_, error))) if error.stage() == AuthStage::Refresh => Need::Missing,
            (_, Some((_, error))) => Need::Paused(error.clone()),
            (_, None) => Need::Missing,
        }
    }

    fn hold(&mut self, access: Access) -> AccessToken {
        self.pause = None;
        if let Some((token, held)) = &mut self.token
            && held.secret == access.secret
        {
            *held = access;
            return token.clone();
        }
        self.generation += 1;
        let token = AccessToken::new(access.secret.clone(), self.generation);
        self.token = Some((token.clone(), access));
        token
    }
}

/// What a decision about tokens came to, with what the caller needs of the record.
struct Found {
    step: Step,
    now: Moment,
    access: Option<Access>,
    pause: Option<(Moment, Failure)>,
}

impl Shared {
    // A panic while the lock was held leaves whole values behind, so the lock stays usable.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Finds a token: the one in the record, or one that this client asks for while all others wait.
    async fn find(&self, is_early: bool) -> Outcome {
        loop {
            let rejected = self.lock().refused.clone();
            let refused = rejected.as_ref().map(AccessToken::secret);
            let this = Asker { id: self.id, is_early, refused };
            let found = self.decide(|record, log, now, rules| record.step(log, now, rules, this)).await?;
            match found.step {
                Step::Wait(until) if !is_early => {
                    tokio::time::sleep(until.since(found.now).min(LOOK_AGAIN)).await;
                }
                // Another client replaces the token that this one still has, unless it was rejected since.
                Step::Wait(_) | Step::Lost => {
                    if let Some((token, _)) = &self.lock().token {
                        return Ok(token.clone());
                    }
                    tokio::time::sleep(LOOK_AGAIN).await;
                }
                Step::Refresh(secret) => {
                    let asked = self.now();
                    match self.source.refresh(secret).await {
                        Ok(issued) => return self.issued(issued, asked).await,
                        Err(error) => {
                            let found = self
                                .decide(|record, log, now, rules| {
                                    record.after_refresh(log, now, rules, this, &error)
                                })
                                .await?;
                            match found.step {
                                Step::Obtain => return self.obtain().await,
                                Step::Lost => {}
                                _ => return self.paused(&found, Some((AuthStage::Refresh, error))),
                            }
                        }
                    }
                }
                Step::Obtain => return self.obtain().await,
                Step::Use => {
                    if let Some(access) = found.access {
                        return Ok(self.hold(access, found.now));
                    }
                }
                Step::Paused => return self.paused(&found, None),
            }
        }
    }

    async fn obtain(&self) -> Outcome {
        let asked = self.now();
        match self.source.obtain().await {
            Ok(issued) => self.issued(issued, asked).await,
            Err(error) => {
                let found = self
                    .decide(|record, log, now, _| {
                        record.failed(log, now, &self.timing, self.id, AuthStage::Obtain, &error);
                        Step::Paused
                    })
                    .await?;
                self.paused(&found, Some((AuthStage::Obtain, error)))
            }
        }
    }

    /// Takes the tokens of a request that was sent at `asked` by this client's clock, and stores them.
    async fn issued(&self, issued: IssuedTokens, asked: Moment) -> Outcome {
        let (jitter, local) = (jitter(), self.now());
        let stored = self
            .decide(|record, _, now, _| {
                // How long ago it was sent is the same by both clocks.
                let asked = now.minus(local.since(asked));
                record.issued(&issued, asked, &self.timing, jitter, self.id);
                Step::Use
            })
            .await;
        // The token is good, whether it could be stored or not.
        let mut access = self.timing.access(&issued, asked, jitter);
        if let Ok(Found { access: Some(stored), now, .. }) = stored
            && stored.secret == access.secret
        {
            access = self.by_own_clock(stored, now);
        }
        Ok(self.lock().hold(access))
    }

    fn hold(&self, access: Access, now: Moment) -> AccessToken {
        let access = self.by_own_clock(access, now);
        self.lock().hold(access)
    }

    /// The instant in hand.
    fn now(&self) -> Moment {
        Moment::from(self.own.now())
    }

    fn by_own_clock(&self, access: Access, now: Moment) -> Access {
        let local = self.own.now();
        let by = |at: Moment| Moment::from(at.by(now, local));
        Access {
            since: by(access.since),
            soft: by(access.soft),
            hard: by(access.hard),
            secret: access.secret,
        }
    }

    /// The failure that leads to the pause: this client's own, or what another one shared.
    fn paused(&self, found: &Found, own: Option<(AuthStage, Error)>) -> Outcome {
        let by = |local| found.pause.as_ref().map(|(until, _)| until.by(found.now, local));
        let known = own.map(|(stage, error)| AuthError::new(stage, Arc::new(error)));
        let mut inner = self.lock();
        // The error that this client got itself says most.
        let earlier = inner.pause.take().map(|(_, error)| error);
        let retry_at = by(self.state.clock().now());
        let shared = || found.pause.as_ref().zip(retry_at).map(|((_, failure), at)| failure.error(at));
        let error =
            known.or_else(|| shared().or(earlier)).unwrap_or_else(|| interrupted("another client failed"));
        let error = error.until(retry_at);
        if let Some(until) = by(self.own.now()) {
            inner.pause = Some((Moment::from(until), error.clone()));
        }
        Err(error)
    }

    async fn decide(
        &self,
        mut decide: impl FnMut(&mut TokenRecord, &mut CallLog, Moment, Rules<'_>) -> Step,
    ) -> Result<Found, AuthError> {
        let owner = self.state.owner();
        let keys = [owner.key("token"), owner.key(Group::Obtains.name())];
        let applied = self.state.apply(&keys, |view| {
            let mut sealed: SealedTokens = view.get(0);
            let mut record = sealed.open(owner);
            if let Some(learned) = sealed.learned.take() {
                record.merge(learned.open(owner));
            }
            let mut log: CallLog = view.get(1);
            let (before, log_before) = (record.clone(), log.clone());
            // Without shared state each of several processes has its part.
            let limit = self.state.pacing().limit(Group::Obtains, view.is_shared);
            let rules = Rules { timing: &self.timing, lease: self.lease, limit };
            let step = decide(&mut record, &mut log, view.now, rules);
            if record != before {
                view.put(0, SealedTokens::seal(owner, &record));
            }
            if log != log_before {
                view.put(1, log);
            }
            let pause = record.pause.take().map(|pause| (pause.until, pause.failure));
            Found { step, now: view.now, access: record.access.take(), pause }
        });
        applied.await.map_err(|unavailable| {
            let error = BudgetError::new(OBTAIN_TOKEN_PAIR, None, unavailable.retry_at);
            AuthError::new(AuthStage::Obtain, Arc::new(error.into()))
        })
    }
}

/// A [`TokenRecord`] as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct SealedTokens {
    #[serde(rename = "v")]
    form: Form,
    generation: u64,
    sealed: String,
    #[serde(skip)]
    learned: Option<Box<SealedTokens>>,
}

impl StateRecord for SealedTokens {
    const TTL: Duration = Duration::from_secs(31 * 24 * 60 * 60);

    fn merge(&mut self, learned: Self) {
        self.learned = Some(Box::new(learned));
    }
}

impl SealedTokens {
    fn seal(owner: &Owner, record: &TokenRecord) -> Self {
        let text = serde_json::to_vec(record).unwrap_or_default();
        let sealed = owner.seal(&text, record.generation).unwrap_or_default();
        Self { form: Form, generation: record.generation, sealed, learned: None }
    }

    /// The record; an empty one if it was sealed by somebody else or changed since.
    fn open(&self, owner: &Owner) -> TokenRecord {
        let text = owner.open(&self.sealed, self.generation);
        let record = text.and_then(|text| serde_json::from_slice::<TokenRecord>(&text).ok());
        let mut record = record.unwrap_or_default();
        record.generation = self.generation;
        record
    }
}

fn interrupted(why: &'static str) -> AuthError {
    AuthError::new(AuthStage::Obtain, Arc::new(Error::from(InvalidRequestError::new("access token", why))))
}

impl fmt::Debug for TokenCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenCache(..)")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::SystemTime;

    use gocardless_bank_data_types::Secret;
    use tokio::time::advance;

    use super::super::token_source::IssuingTokens;
    use super::*;

    const DAY: Duration = Duration::from_secs(24 * 60 * 60);

    /// Gives `1`, `2` and so on, each for a day.
    #[derive(Debug, Default)]
    struct Counting(AtomicU64);

    impl TokenSource for Counting {
        fn obtain(&self) -> IssuingTokens {
            let access = Secret::from((self.0.fetch_add(1, Ordering::SeqCst) + 1).to_string());
            let access_expires = Some(24 * 60 * 60);
            let issued = IssuedTokens { access, access_expires, refresh: None, refresh_expires: None };
            Box::pin(async move { Ok(issued) })
        }

        fn refresh(&self, _: Secret) -> IssuingTokens {
            self.obtain()
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_machine_clock_that_is_set_back_or_forward_ends_no_token_and_keeps_none() {
        let machine = Arc::new(AtomicU64::new(1_700_000_000));
        let shown = Arc::clone(&machine);
        let clock =
            Clock::new(move || SystemTime::UNIX_EPOCH + Duration::from_secs(shown.load(Ordering::SeqCst)));
        let state =
            SharedState::new(None, Owner::new("", &Credentials::new("", "")), clock, Pacing::default());
        let cache = TokenCache::with_state(Counting::default(), Timing::default(), state, DAY);
        let Ok(mut handle) = Arc::try_unwrap(cache.0) else { panic!("it has one owner") };
        // As if the other clock were the machine's.
        Arc::get_mut(&mut handle.0).unwrap().own = Clock::tokio();
        let cache = TokenCache(Arc::new(handle));
        let token = async || cache.token().await.unwrap().secret().expose().to_owned();
        assert_eq!(token().await, "1");
        machine.fetch_add(10 * DAY.as_secs(), Ordering::SeqCst);
        assert_eq!(token().await, "1", "set forward");
        machine.fetch_sub(20 * DAY.as_secs(), Ordering::SeqCst);
        assert_eq!(token().await, "1", "set back");
        advance(DAY).await;
        assert_eq!(token().await, "2", "its day is over");
        machine.fetch_sub(20 * DAY.as_secs(), Ordering::SeqCst);
        advance(Duration::from_secs(61)).await;
        assert_eq!(cache.rejected(&cache.token().await.unwrap()), Duration::ZERO);
        assert_eq!(token().await, "3", "it was refused");
    }
}
