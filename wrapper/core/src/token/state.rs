//! Every rule about the life of a token. No clock, no lock, no network: instants are handed in.
//!
//! Sources: contract, 4 (lifetimes, no rotation of the refresh token, 100 obtains an hour for a whole company).

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use super::grant::Grant;
use crate::Secret;
use crate::error::{ApiErrorKind, AuthError, AuthStage, Error};
use crate::store::{SavedTokens, instant_of, seconds_of};

/// An access token and which one it is, so that a late refusal of an old one does not evict its successor.
#[derive(Clone, Debug, PartialEq)]
pub struct AccessToken {
    /// The token.
    pub secret: Secret,
    /// Counts up with every token.
    pub generation: u64,
}

/// The times that the life of a token depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timing {
    /// How long before its end a token is replaced in the background. At most a tenth of its lifetime.
    pub refresh_early: Duration,
    /// How long before its end a token is no longer used, because a call takes time to arrive. At most a twentieth of
    /// its lifetime.
    pub safety: Duration,
    /// The lifetime that is assumed where the API names none that can be right.
    pub assumed_lifetime: Duration,
    /// The longest lifetime that is believed.
    pub longest_lifetime: Duration,
    /// How far ahead the end of a saved token may lie. One further ahead was not written by this client's clock.
    pub longest_saved: Duration,
    /// A token younger than this is not replaced when it is refused: a new one would be refused too.
    pub youngest_eviction: Duration,
    /// The first pause after a failure that passes by itself; it doubles up to the longest.
    pub first_cooldown: Duration,
    /// The longest pause after a failure that passes by itself, and the pause after one that does not.
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

/// What a caller gets at this instant.
#[derive(Debug)]
pub(crate) enum Need {
    /// This token is good.
    Ready(AccessToken),
    /// This token is good, and should be replaced meanwhile.
    Stale(AccessToken),
    /// A token must be fetched before anything can be sent.
    Missing,
    /// The last attempt failed, and it is too early for the next.
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
    generation: u64,
    refused: Option<Secret>,
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
            (_, Some(cooldown)) => Need::CoolingDown(cooldown.error.clone()),
            (_, None) => Need::Missing,
        }
    }

    /// Refreshes while the refresh token lives, obtains otherwise.
    pub(crate) fn plan(&self, now: Instant) -> Plan {
        match &self.refresh {
            Some(refresh) if now < refresh.until => Plan::Refresh(refresh.secret.clone()),
            _ => Plan::Obtain,
        }
    }

    /// Whether a failed refresh is followed by an obtain in the same flight: always when the refresh token was refused,
    /// otherwise only when nobody can go on with the old token.
    pub(crate) fn falls_back_to_obtain(&self, error: &Error, now: Instant) -> bool {
        let refused = matches!(
            error.kind(),
            Some(ApiErrorKind::TokenRejected | ApiErrorKind::Unauthorized | ApiErrorKind::InvalidInput)
        );
        refused || self.access.as_ref().is_none_or(|access| now >= access.hard)
    }

    /// Takes what was granted to a request that was sent at `asked`. `spread` from 0 to 1 moves the early refresh, so
    /// that clients started together do not refresh together.
    pub(crate) fn granted(&mut self, grant: Grant, asked: Instant, spread: f64) -> AccessToken {
        let lifetime = self.lifetime(grant.access_expires);
        let early = self.timing.refresh_early.min(lifetime / 10);
        let early = early.saturating_sub((early / 2).mul_f64(spread.clamp(0.0, 1.0)));
        self.generation += 1;
        let token = AccessToken { secret: grant.access, generation: self.generation };
        self.access = Some(Access {
            token: token.clone(),
            since: asked,
            soft: asked + lifetime.saturating_sub(early),
            hard: asked + lifetime.saturating_sub(self.timing.safety.min(lifetime / 20)),
        });
        // The thirty days of a refresh token start when it is obtained; refreshing gives none and extends none.
        if let Some(secret) = grant.refresh.filter(|refresh| !refresh.is_empty()) {
            let lifetime = seconds(grant.refresh_expires).unwrap_or(self.timing.assumed_lifetime);
            let safety = self.timing.safety.min(lifetime / 20);
            self.refresh =
                asked.checked_add(lifetime.saturating_sub(safety)).map(|until| Refresh { secret, until });
        }
        self.cooldown = None;
        self.failures = 0;
        token
    }

    /// Takes tokens that another process or run has saved: the access token if it is better than the one at hand, and
    /// the refresh token if there is none.
    pub(crate) fn adopt(
        &mut self,
        saved: &SavedTokens,
        now: Instant,
        wall: SystemTime,
    ) -> Option<AccessToken> {
        // A clock that was set back, or a file that was tampered with: as good as expired.
        if instant_of(saved.obtained_at)? > wall + self.timing.safety {
            return None;
        }
        let left = |until: u64| instant_of(until)?.duration_since(wall).ok();
        if let (None, Some(secret), Some(left)) =
            (&self.refresh, &saved.refresh, saved.refresh_until.and_then(left))
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
        let token = AccessToken { secret: saved.access.clone(), generation: self.generation };
        let age = wall.duration_since(instant_of(saved.obtained_at)?).unwrap_or_default();
        let since = now.checked_sub(age).unwrap_or(now);
        self.access = Some(Access { token: token.clone(), since, soft, hard });
        self.cooldown = None;
        Some(token)
    }

    /// The tokens at hand as they are saved.
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

    /// A lifetime that is missing or cannot be right is taken for a short one, never for "valid for ever".
    fn lifetime(&self, told: Option<i64>) -> Duration {
        seconds(told)
            .filter(|told| *told <= self.timing.longest_lifetime)
            .unwrap_or(self.timing.assumed_lifetime)
    }

    /// Notes that a token operation failed at `now`. Nothing is terminal: the next caller after the pause tries again.
    pub(crate) fn failed(&mut self, stage: AuthStage, error: Arc<Error>, now: Instant) -> AuthError {
        let pause = if error.is_transient() {
            self.timing
                .first_cooldown
                .saturating_mul(2_u32.saturating_pow(self.failures))
                .min(self.timing.longest_cooldown)
        } else {
            self.timing.longest_cooldown
        };
        // A limit that names its end is not asked again before it, however long that is.
        let told = error.retry_at().and_then(|at| at.duration_since(std::time::SystemTime::now()).ok());
        let pause = told.map_or(pause, |told| told.max(pause));
        self.failures = self.failures.saturating_add(1);
        let error = AuthError::new(stage, error);
        self.cooldown = now.checked_add(pause).map(|until| Cooldown { until, error: error.clone() });
        error
    }

    /// The refresh token was refused: it is of no more use.
    pub(crate) fn drop_refresh(&mut self) {
        self.refresh = None;
    }

    /// Notes that the API refused the token of this generation. `true`: another one can be tried.
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
fn seconds(told: Option<i64>) -> Option<Duration> {
    told.and_then(|seconds| u64::try_from(seconds).ok())
        .filter(|seconds| *seconds > 0)
        .map(Duration::from_secs)
}
