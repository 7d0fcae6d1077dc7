//! Every rule about the life of a token. No clock, no lock, no network: instants are passed in.
//!
//! Facts: `docs/api.md#token-lifetimes`, `docs/api.md#refresh-without-refresh-token`, `docs/api.md#obtain-limit`. Rules:
//! `docs/failure-modes.md#token-rules`.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use super::access_token::AccessToken;
use super::token_source::IssuedTokens;
use crate::state::{SavedTokens, instant_of, seconds_of};
use gocardless_bank_data_types::Secret;
use gocardless_bank_data_types::error::{ApiErrorKind, AuthError, AuthStage, Error, InvalidRequestError};

/// Obtains that a client sends in any hour. The service allows a whole company 100.
const OBTAINS_AN_HOUR: usize = 60;

const HOUR: Duration = Duration::from_secs(60 * 60);

/// Upper bound on a server-supplied reset time that is honoured. Limits on tokens last an hour, and nothing is terminal.
const LONGEST_RESET: Duration = Duration::from_secs(24 * 60 * 60);

/// When tokens are refreshed, rejected and requested again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timing {
    /// How long before its expiry a token is refreshed in the background. At most a tenth of its lifetime.
    pub refresh_early: Duration,
    /// How long before its expiry a token is no longer used, because a call takes time to arrive. At most a twentieth of
    /// its lifetime.
    pub safety: Duration,
    /// The lifetime that is assumed if the API states none, or one that cannot be right.
    pub assumed_lifetime: Duration,
    /// The longest lifetime that is believed.
    pub longest_lifetime: Duration,
    /// How far in the future the expiry of a saved token may lie. A later one was written by a clock that is wrong.
    pub longest_saved: Duration,
    /// A token younger than this is not replaced when the API rejects it: a new one would be rejected too.
    pub youngest_eviction: Duration,
    /// The first back-off after a transient failure; it doubles up to the longest.
    pub first_cooldown: Duration,
    /// The longest back-off after a transient failure, and the back-off after any other.
    pub longest_cooldown: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            refresh_early: Duration::from_secs(5 * 60),
            safety: Duration::from_secs(30),
            assumed_lifetime: Duration::from_secs(5 * 60),
            longest_lifetime: Duration::from_secs(7 * 24 * 60 * 60),
            longest_saved: Duration::from_secs(25 * 60 * 60),
            youngest_eviction: Duration::from_secs(60),
            first_cooldown: Duration::from_secs(1),
            longest_cooldown: Duration::from_secs(60),
        }
    }
}

/// What a caller gets now.
#[derive(Debug)]
pub(crate) enum Need {
    /// This token is good.
    Ready(AccessToken),
    /// This token is good and should be refreshed in the background.
    Stale(AccessToken),
    /// A token must be obtained before anything can be sent.
    Missing,
    /// The last attempt failed, and the back-off is not over.
    CoolingDown(AuthError),
}

/// The next token operation.
#[derive(Debug)]
pub(crate) enum Plan {
    Refresh(Secret),
    Obtain,
}

#[derive(Debug)]
struct Access {
    token: AccessToken,
    since: Instant,
    soft: Instant,
    hard: Instant,
}

#[derive(Debug)]
struct Refresh {
    secret: Secret,
    until: Instant,
}

#[derive(Debug)]
struct Cooldown {
    until: Instant,
    error: AuthError,
}

/// What is known of the tokens.
#[derive(Debug, Default)]
pub(crate) struct TokenState {
    timing: Timing,
    access: Option<Access>,
    refresh: Option<Refresh>,
    cooldown: Option<Cooldown>,
    failures: u32,
    last_obtain_failure: Option<AuthError>,
    obtains: VecDeque<Instant>,
    generation: u64,
    refused: Option<Secret>,
    refused_refresh: Option<Secret>,
}

impl TokenState {
    pub(crate) fn new(timing: Timing) -> Self {
        Self { timing, ..Self::default() }
    }

    pub(crate) fn need(&self, now: Instant) -> Need {
        let cooling = self.cooldown.as_ref().filter(|cooldown| now < cooldown.until);
        match (&self.access, cooling) {
            (Some(access), _) if now < access.soft => Need::Ready(access.token.clone()),
            // A valid token outlives a failed refresh.
            (Some(access), Some(_)) if now < access.hard => Need::Ready(access.token.clone()),
            (Some(access), None) if now < access.hard => Need::Stale(access.token.clone()),
            // An early refresh failed and the token has expired since: obtaining was not tried yet.
            (_, Some(cooldown)) if cooldown.error.stage() == AuthStage::Refresh => Need::Missing,
            (_, Some(cooldown)) => Need::CoolingDown(cooldown.error.clone()),
            (_, None) => Need::Missing,
        }
    }

    /// Refreshes while the refresh token is valid, obtains otherwise.
    pub(crate) fn plan(&self, now: Instant) -> Plan {
        match &self.refresh {
            Some(refresh) if now < refresh.until => Plan::Refresh(refresh.secret.clone()),
            _ => Plan::Obtain,
        }
    }

    /// Whether a failed refresh is followed by an obtain at once: always if the refresh token was rejected, otherwise only
    /// if the current access token can no longer be used.
    pub(crate) fn falls_back_to_obtain(&self, error: &Error, now: Instant) -> bool {
        let refused = matches!(
            error.kind(),
            Some(ApiErrorKind::TokenRejected | ApiErrorKind::Unauthorized | ApiErrorKind::InvalidInput)
        );
        refused || self.access.as_ref().is_none_or(|access| now >= access.hard)
    }

    /// Caches the tokens of a request that was sent at `asked`. `jitter` from 0 to 1 moves the early refresh, so that
    /// clients that started together do not refresh together.
    pub(crate) fn cache(&mut self, issued: IssuedTokens, asked: Instant, jitter: f64) -> AccessToken {
        let lifetime = self.lifetime(issued.access_expires);
        let early = self.timing.refresh_early.min(lifetime / 10);
        let early = early.saturating_sub((early / 2).mul_f64(jitter.clamp(0.0, 1.0)));
        self.generation += 1;
        let token = AccessToken::new(issued.access, self.generation);
        self.access = Some(Access {
            token: token.clone(),
            since: asked,
            soft: asked + lifetime.saturating_sub(early),
            hard: asked + lifetime.saturating_sub(self.timing.safety.min(lifetime / 20)),
        });
        // The 30 days of a refresh token start when it is obtained; refreshing returns none and extends none.
        if let Some(secret) = issued.refresh.filter(|refresh| !refresh.is_empty()) {
            let lifetime = seconds(issued.refresh_expires).unwrap_or(self.timing.assumed_lifetime);
            let safety = self.timing.safety.min(lifetime / 20);
            self.refresh =
                asked.checked_add(lifetime.saturating_sub(safety)).map(|until| Refresh { secret, until });
        }
        self.cooldown = None;
        self.failures = 0;
        self.last_obtain_failure = None;
        token
    }

    /// Adopts tokens that another process or run has saved: the access token if it outlives the current one, and the
    /// refresh token if there is none.
    pub(crate) fn adopt(
        &mut self,
        saved: &SavedTokens,
        now: Instant,
        wall: SystemTime,
    ) -> Option<AccessToken> {
        // The clock was set back or the file was tampered with: treat it as expired.
        if instant_of(saved.obtained_at)? > wall + self.timing.safety {
            return None;
        }
        let left = |until: u64| instant_of(until)?.duration_since(wall).ok();
        if let (None, Some(secret), Some(left)) =
            (&self.refresh, &saved.refresh, saved.refresh_until.and_then(left))
            && self.refused_refresh.as_ref() != Some(secret)
        {
            self.refresh = now.checked_add(left).map(|until| Refresh { secret: secret.clone(), until });
        }
        let left = left(saved.access_until).filter(|left| *left <= self.timing.longest_saved)?;
        let hard = now + left;
        let soft = now + left.saturating_sub(self.timing.refresh_early.min(left / 10));
        let is_better = self.access.as_ref().is_none_or(|access| access.hard < hard);
        if left.is_zero() || !is_better || self.refused.as_ref() == Some(&saved.access) {
            return None;
        }
        self.generation += 1;
        let token = AccessToken::new(saved.access.clone(), self.generation);
        let age = wall.duration_since(instant_of(saved.obtained_at)?).unwrap_or_default();
        let since = now.checked_sub(age).unwrap_or(now);
        self.access = Some(Access { token: token.clone(), since, soft, hard });
        self.cooldown = None;
        Some(token)
    }

    /// The current tokens in the form in which they are saved.
    pub(crate) fn to_save(&self, now: Instant, wall: SystemTime) -> Option<SavedTokens> {
        let access = self.access.as_ref()?;
        let at = |instant: Instant| seconds_of(wall + instant.saturating_duration_since(now));
        let obtained_at =
            seconds_of(wall.checked_sub(now.saturating_duration_since(access.since)).unwrap_or(wall));
        let mut saved = SavedTokens::new(access.token.secret.clone(), obtained_at, at(access.hard));
        saved.refresh = self.refresh.as_ref().map(|refresh| refresh.secret.clone());
        saved.refresh_until = self.refresh.as_ref().map(|refresh| at(refresh.until));
        Some(saved)
    }

    /// A lifetime that is missing or cannot be right is treated as a short one, never as "valid forever".
    fn lifetime(&self, stated: Option<i64>) -> Duration {
        seconds(stated).filter(|stated| *stated <= self.timing.longest_lifetime).unwrap_or_else(|| {
            let assumed = self.timing.assumed_lifetime;
            tracing::warn!(?stated, ?assumed, "the lifetime of the access token cannot be right");
            assumed
        })
    }

    /// Whether a new pair may be obtained at `now`; if so, it is counted.
    ///
    /// # Errors
    /// The last failure to obtain, if so many were requested within the hour that other programs of the company would be
    /// locked out.
    pub(crate) fn may_obtain(&mut self, now: Instant) -> Result<(), AuthError> {
        while self.obtains.front().is_some_and(|at| now.duration_since(*at) >= HOUR) {
            self.obtains.pop_front();
        }
        let Some(oldest) = self.obtains.front().filter(|_| self.obtains.len() >= OBTAINS_AN_HOUR) else {
            self.obtains.push_back(now);
            return Ok(());
        };
        let error = self.last_obtain_failure.clone().unwrap_or_else(|| {
            let why = "60 token pairs were obtained within the hour, which is as many as are safe";
            AuthError::new(AuthStage::Obtain, Arc::new(InvalidRequestError::new("access token", why).into()))
        });
        self.cooldown = Some(Cooldown { until: *oldest + HOUR, error: error.clone() });
        Err(error)
    }

    /// Records that a token operation failed at `now`. Nothing is terminal: the next caller after the back-off tries again.
    pub(crate) fn failed(&mut self, stage: AuthStage, error: Arc<Error>, now: Instant) -> AuthError {
        let pause = if error.is_transient() {
            self.timing
                .first_cooldown
                .saturating_mul(2_u32.saturating_pow(self.failures))
                .min(self.timing.longest_cooldown)
        } else {
            self.timing.longest_cooldown
        };
        // A limit that states its reset is not tried again before it, up to a day.
        let stated = error.retry_at().and_then(|at| at.duration_since(SystemTime::now()).ok());
        let pause = stated.map_or(pause, |stated| stated.min(LONGEST_RESET).max(pause));
        self.failures = self.failures.saturating_add(1);
        let attempts = usize::try_from(error.attempts()).unwrap_or(OBTAINS_AN_HOUR);
        let error = AuthError::new(stage, error).until(SystemTime::now().checked_add(pause));
        if stage == AuthStage::Obtain {
            // An operation that was sent several times has been counted once so far.
            let again = attempts.saturating_sub(1).min(OBTAINS_AN_HOUR);
            self.obtains.extend(std::iter::repeat_n(now, again));
            self.last_obtain_failure = Some(error.clone());
        }
        self.cooldown = now.checked_add(pause).map(|until| Cooldown { until, error: error.clone() });
        error
    }

    /// The refresh token was rejected: it is dropped, and not adopted again from where it was saved.
    pub(crate) fn drop_refresh(&mut self) {
        self.refused_refresh = self.refresh.take().map(|refresh| refresh.secret);
    }

    /// Records that the API rejected the token of this generation. `true`: another one can be tried.
    pub(crate) fn rejected(&mut self, generation: u64, now: Instant) -> bool {
        match &self.access {
            Some(access) if access.token.generation != generation => true,
            Some(access) if now.duration_since(access.since) < self.timing.youngest_eviction => false,
            Some(_) => {
                self.refused = self.access.take().map(|access| access.token.secret);
                true
            }
            None => true,
        }
    }
}

/// A number of seconds that can be a lifetime.
fn seconds(stated: Option<i64>) -> Option<Duration> {
    stated
        .and_then(|seconds| u64::try_from(seconds).ok())
        .filter(|seconds| *seconds > 0)
        .map(Duration::from_secs)
}

#[cfg(test)]
mod tests;
