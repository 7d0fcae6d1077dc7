//! Runs the life of the token: one token operation at a time, however many callers wait for it.
//!
//! The operation runs as a task of its own, so it ends and is remembered even when the caller that started it is gone;
//! every waiter gets the same token or the same error. No lock is held while waiting.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use tokio::runtime;
use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::access::AccessToken;
use super::grant::{Fetch, Grant};
use super::state::{Need, Plan, Timing, TokenState};
use crate::error::{ApiErrorKind, AuthError, AuthStage, Error, InvalidRequestError, Result};
use crate::store::Vault;

type Outcome = Result<AccessToken, AuthError>;
type Flight = watch::Receiver<Option<Outcome>>;

/// Keeps the access token for all callers of a client.
#[derive(Clone)]
pub struct TokenKeeper(Arc<Handle>);

/// What callers hold. The task of a flight holds only what is shared, so that it can be ended with the last caller.
struct Handle(Arc<Shared>);

struct Shared {
    inner: Mutex<Inner>,
    fetch: Box<dyn Fetch>,
    vault: Vault,
}

struct Inner {
    tokens: TokenState,
    flight: Option<Flight>,
    task: Option<AbortHandle>,
}

impl Drop for Handle {
    fn drop(&mut self) {
        if let Some(task) = self.0.lock().task.take() {
            task.abort();
        }
    }
}

impl TokenKeeper {
    /// Keeps tokens that `fetch` gets.
    pub fn new(fetch: impl Fetch, timing: Timing) -> Self {
        Self::with_vault(fetch, timing, Vault::new(None, String::new()))
    }

    /// Keeps tokens that `fetch` gets, and shares them over `vault`.
    pub(crate) fn with_vault(fetch: impl Fetch, timing: Timing, vault: Vault) -> Self {
        let inner = Mutex::new(Inner { tokens: TokenState::new(timing), flight: None, task: None });
        Self(Arc::new(Handle(Arc::new(Shared { inner, fetch: Box::new(fetch), vault }))))
    }

    /// A usable access token: the one at hand, or a new one that all waiting callers share.
    ///
    /// # Errors
    /// [`AuthError`] where none can be had; after a failure the same error is given for a while without asking again.
    pub async fn token(&self) -> Result<AccessToken, AuthError> {
        let mut flight = {
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
        // The sender is gone without a word only when the task was ended from outside.
        let outcome = flight.wait_for(Option::is_some).await.ok().and_then(|outcome| outcome.clone());
        outcome.unwrap_or_else(|| Err(interrupted("the task that fetches the token was ended")))
    }

    /// Notes that the API refused a token. `true`: another one can be tried.
    #[must_use]
    pub fn rejected(&self, token: &AccessToken) -> bool {
        self.0.0.lock().tokens.rejected(token.generation, Instant::now())
    }

    /// The flight that is under way, or a new one.
    fn join(&self, inner: &mut Inner) -> Result<Flight, AuthError> {
        if let Some(flight) = inner.flight.as_ref().filter(|flight| flight.has_changed().is_ok()) {
            return Ok(flight.clone());
        }
        let Ok(runtime) = runtime::Handle::try_current() else {
            return Err(interrupted("a call was made outside a tokio runtime"));
        };
        let (sender, flight) = watch::channel(None);
        let shared = Arc::clone(&self.0.0);
        // The task runs on the runtime of whoever needs the token now, not of whoever built the client.
        let task = runtime.spawn(async move {
            let outcome = shared.fly().await;
            shared.lock().flight = None;
            sender.send_replace(Some(outcome));
        });
        inner.flight = Some(flight.clone());
        inner.task = Some(task.abort_handle());
        Ok(flight)
    }
}

impl Shared {
    // A panic elsewhere while the lock was held leaves whole values behind, so the lock stays usable.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One attempt to get a token, which no other process makes meanwhile: take the saved one if it is good, or else
    /// ask for one and save it.
    async fn fly(&self) -> Outcome {
        let _lock = self.vault.lock().await;
        if let Some(saved) = self.vault.load().await.and_then(|saved| saved.tokens)
            && let Some(token) = self.lock().tokens.adopt(&saved, Instant::now(), SystemTime::now())
        {
            return Ok(token);
        }
        let outcome = self.ask().await;
        if outcome.is_ok() {
            let tokens = self.lock().tokens.to_save(Instant::now(), SystemTime::now());
            self.vault.update(move |saved| saved.tokens = tokens).await;
        }
        outcome
    }

    /// Refresh where that is possible, and obtain where refreshing does not do.
    async fn ask(&self) -> Outcome {
        let plan = self.lock().tokens.plan(Instant::now());
        if let Plan::Refresh(refresh) = plan {
            let asked = Instant::now();
            match self.fetch.refresh(refresh).await {
                Ok(grant) => return Ok(self.granted(grant, asked)),
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
        match self.fetch.obtain().await {
            Ok(grant) => Ok(self.granted(grant, asked)),
            Err(error) => Err(self.lock().tokens.failed(AuthStage::Obtain, Arc::new(error), Instant::now())),
        }
    }

    fn granted(&self, grant: Grant, asked: Instant) -> AccessToken {
        self.lock().tokens.granted(grant, asked, spread())
    }
}

/// A number from 0 to 1 that differs from call to call and process to process. It hides nothing, so the seed of the
/// standard hasher is random enough.
#[must_use]
pub fn spread() -> f64 {
    use std::hash::{BuildHasher, Hasher};
    let random = std::collections::hash_map::RandomState::new().build_hasher().finish();
    f64::from(u32::try_from(random >> 32).unwrap_or_default()) / f64::from(u32::MAX)
}

fn interrupted(why: &'static str) -> AuthError {
    AuthError::new(AuthStage::Obtain, Arc::new(Error::from(InvalidRequestError::new("access token", why))))
}

impl fmt::Debug for TokenKeeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenKeeper(..)")
    }
}
