//! The access token that all callers share: one token operation at a time, however many callers wait for it.
//!
//! The operation runs as a task of its own, so it completes and is remembered even if the caller that started it is
//! gone; every waiter gets the same token or the same error. No lock is held while waiting. The rules are in
//! [`token_state`](super::token_state).

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use tokio::runtime;
use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::access_token::AccessToken;
use super::token_source::{IssuedTokens, TokenSource};
use super::token_state::{Need, Plan, Timing, TokenState};
use crate::policy::jitter;
use crate::state::SharedStore;
use gocardless_bank_data_types::error::{
    ApiErrorKind, AuthError, AuthStage, Error, InvalidRequestError, Result,
};

type Outcome = Result<AccessToken, AuthError>;
type InFlight = watch::Receiver<Option<Outcome>>;

/// The access token of a client, shared by all its callers.
#[derive(Clone)]
pub struct TokenCache(Arc<Handle>);

/// What callers hold. The task of a token operation holds only `Shared`, so that it is aborted with the last caller.
struct Handle(Arc<Shared>);

struct Shared {
    inner: Mutex<Inner>,
    source: Box<dyn TokenSource>,
    store: SharedStore,
}

struct Inner {
    tokens: TokenState,
    in_flight: Option<InFlight>,
    task: Option<AbortHandle>,
}

impl Drop for Handle {
    fn drop(&mut self) {
        if let Some(task) = self.0.lock().task.take() {
            task.abort();
        }
    }
}

impl TokenCache {
    /// Caches the tokens that `source` issues, in memory.
    pub fn new(source: impl TokenSource, timing: Timing) -> Self {
        Self::with_store(source, timing, SharedStore::none())
    }

    /// Caches the tokens that `source` issues, and shares them through `store`.
    pub(crate) fn with_store(source: impl TokenSource, timing: Timing, store: SharedStore) -> Self {
        let inner = Mutex::new(Inner { tokens: TokenState::new(timing), in_flight: None, task: None });
        Self(Arc::new(Handle(Arc::new(Shared { inner, source: Box::new(source), store }))))
    }

    /// A usable access token: the one at hand, or a new one that all waiting callers share.
    ///
    /// # Errors
    /// [`AuthError`] if none can be obtained; after a failure the same error is returned for a while without asking again.
    pub async fn token(&self) -> Result<AccessToken, AuthError> {
        let mut in_flight = {
            let mut inner = self.0.0.lock();
            match inner.tokens.need(Instant::now()) {
                Need::Ready(token) => return Ok(token),
                Need::CoolingDown(error) => return Err(error),
                Need::Stale(token) => {
                    // Nobody waits for this one; if it cannot be started, the next caller tries.
                    let _ = self.join(&mut inner);
                    return Ok(token);
                }
                Need::Missing => self.join(&mut inner)?,
            }
        };
        // The sender is dropped without a result only if the task was aborted from outside.
        let outcome = in_flight.wait_for(Option::is_some).await.ok().and_then(|outcome| outcome.clone());
        outcome.unwrap_or_else(|| Err(interrupted("the task that obtains the token was aborted")))
    }

    /// Records that the API rejected a token. `true`: another one can be tried.
    #[must_use]
    pub fn rejected(&self, token: &AccessToken) -> bool {
        self.0.0.lock().tokens.rejected(token.generation, Instant::now())
    }

    /// The token operation that is in flight, or a new one.
    fn join(&self, inner: &mut Inner) -> Result<InFlight, AuthError> {
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
            let outcome = shared.refresh_once().await;
            shared.lock().in_flight = None;
            sender.send_replace(Some(outcome));
        });
        inner.in_flight = Some(in_flight.clone());
        inner.task = Some(task.abort_handle());
        Ok(in_flight)
    }
}

impl Shared {
    // A panic while the lock was held leaves whole values behind, so the lock stays usable.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One attempt to get a token, which no other process makes at the same time: use the saved one if it is good, else
    /// request one and save it.
    async fn refresh_once(&self) -> Outcome {
        let _lock = self.store.lock().await;
        if let Some(saved) = self.store.load().await.and_then(|saved| saved.tokens)
            && let Some(token) = self.lock().tokens.adopt(&saved, Instant::now(), SystemTime::now())
        {
            return Ok(token);
        }
        let outcome = self.request().await;
        if outcome.is_ok() {
            let tokens = self.lock().tokens.to_save(Instant::now(), SystemTime::now());
            self.store.update(move |saved| saved.tokens = tokens).await;
        }
        outcome
    }

    /// Refreshes if that is possible, and obtains a new pair if refreshing does not help.
    async fn request(&self) -> Outcome {
        let plan = self.lock().tokens.plan(Instant::now());
        if let Plan::Refresh(refresh) = plan {
            let asked = Instant::now();
            match self.source.refresh(refresh).await {
                Ok(issued) => return Ok(self.cache(issued, asked)),
                Err(error) => {
                    let mut inner = self.lock();
                    if !inner.tokens.falls_back_to_obtain(&error, Instant::now()) {
                        return Err(inner.tokens.failed(AuthStage::Refresh, Arc::new(error), Instant::now()));
                    }
                    if error.kind() == Some(ApiErrorKind::TokenRejected) {
                        inner.tokens.drop_refresh();
                    }
                }
            }
        }
        let asked = Instant::now();
        self.lock().tokens.may_obtain(asked)?;
        match self.source.obtain().await {
            Ok(issued) => Ok(self.cache(issued, asked)),
            Err(error) => Err(self.lock().tokens.failed(AuthStage::Obtain, Arc::new(error), Instant::now())),
        }
    }

    fn cache(&self, issued: IssuedTokens, asked: Instant) -> AccessToken {
        self.lock().tokens.cache(issued, asked, jitter())
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
