//! Every rule about the life of a token that all clients of a company share. No clock, no lock, no network: instants are
//! passed in.
//!
//! One client at a time holds the lease and asks for a token; a client that finds the lease held waits for its result, and
//! one that comes back after its lease has ended is refused. What failed is shared with its pause, so that wrong
//! credentials cost one try however many clients there are. Facts: `docs/api.md#token-lifetimes`,
//! `docs/api.md#refresh-without-refresh-token`, `docs/api.md#obtain-limit`. Rules: `docs/failure-modes.md#token-rules`.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use gocardless_bank_data_generated::operation::{OBTAIN_TOKEN_PAIR, REFRESH_ACCESS_TOKEN};
use gocardless_bank_data_types::Secret;
use gocardless_bank_data_types::error::{
    ApiError, ApiErrorKind, AuthError, AuthStage, BudgetError, ConnectionFailure, DecodeError, DecodeReason,
    Error, InvalidRequestError, TimeoutError, TimeoutPhase, TransportError,
};
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};

use super::token_source::IssuedTokens;
use crate::policy::{CallLog, Limit};
use crate::state::Moment;

/// Upper bound on a server-supplied reset time that is honoured. Limits on tokens last an hour, and nothing is terminal.
const LONGEST_RESET: Duration = Duration::from_secs(24 * 60 * 60);

/// As much of each text of an error response as is shared.
const LONGEST_TEXT: usize = 500;

/// How many obtains of one operation are counted at most.
const MOST_ATTEMPTS: usize = 60;

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
            youngest_eviction: Duration::from_secs(60),
            first_cooldown: Duration::from_secs(1),
            longest_cooldown: Duration::from_secs(60),
        }
    }
}

/// What all clients of a company know of their tokens. It is stored sealed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct TokenRecord {
    /// Counts up with every token.
    #[serde(skip)]
    pub(crate) generation: u64,
    pub(crate) access: Option<Access>,
    refresh: Option<Refresh>,
    lease: Option<Lease>,
    pub(crate) pause: Option<Pause>,
    failures: u32,
    last_obtain_failure: Option<Failure>,
}

/// An access token and when it is good.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Access {
    pub(crate) secret: Secret,
    /// When it was asked for.
    pub(crate) since: Moment,
    /// From when on it is refreshed in the background.
    pub(crate) soft: Moment,
    /// From when on it is not used.
    pub(crate) hard: Moment,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Refresh {
    secret: Secret,
    until: Moment,
}

/// Who asks for a token now, and until when nobody else does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Lease {
    holder: u64,
    until: Moment,
}

/// The time after a failure in which nobody asks for a token.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Pause {
    since: Moment,
    pub(crate) until: Moment,
    pub(crate) failure: Failure,
}

/// A failure in the form in which other processes learn of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Failure {
    is_refresh: bool,
    cause: Cause,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Cause {
    Api {
        status: u16,
        code: Option<String>,
        summary: Option<String>,
        detail: Option<String>,
    },
    NotConnected,
    Broken,
    Certificate,
    Late,
    Unreadable {
        status: u16,
    },
    /// No obtain is left within the hour.
    Spent,
    Other,
}

/// Who asks, and what it knows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asker<'a> {
    /// A number of its own.
    pub(crate) id: u64,
    /// Whether it still has a token and only wants to replace it early.
    pub(crate) is_early: bool,
    /// The access token that the API rejected, if it did.
    pub(crate) refused: Option<&'a Secret>,
}

/// What a client goes by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules<'a> {
    pub(crate) timing: &'a Timing,
    /// How long it may ask while others wait.
    pub(crate) lease: Duration,
    /// How many obtains there may be.
    pub(crate) limit: Option<Limit>,
}

/// What to do for a token.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    /// The record has a good one.
    Use,
    /// Another client asks for one; its lease ends then.
    Wait(Moment),
    /// The last attempt failed, and its pause is not over.
    Paused,
    /// Refresh with this token. The lease is taken.
    Refresh(Secret),
    /// Obtain a new pair. The lease is taken, and the obtain is counted.
    Obtain,
    /// The lease was lost.
    Lost,
}

impl TokenRecord {
    /// What this client does for a token at `now`.
    pub(crate) fn step(
        &mut self,
        log: &mut CallLog,
        now: Moment,
        rules: Rules<'_>,
        asker: Asker<'_>,
    ) -> Step {
        self.forget(now, rules);
        if self.has_good(now, asker) {
            return Step::Use;
        }
        let is_paused = self.pause.as_ref().is_some_and(|pause| {
            // An early refresh failed and the token has expired since: obtaining was not tried yet.
            let expired_since = pause.failure.is_refresh && !asker.is_early && !self.has_valid(now, asker);
            now < pause.until && !expired_since
        });
        if is_paused {
            return Step::Paused;
        }
        if let Some(held) = self.lease.as_ref().filter(|held| held.holder != asker.id && now < held.until) {
            return Step::Wait(held.until);
        }
        self.lease = Some(Lease { holder: asker.id, until: now.plus(rules.lease) });
        match &self.refresh {
            Some(refresh) if now < refresh.until => Step::Refresh(refresh.secret.clone()),
            _ => self.obtain(log, now, rules.limit),
        }
    }

    /// What this client does after its refresh failed with `error`: always obtains if the refresh token was rejected,
    /// otherwise only if the access token can no longer be used. Else the failure has been recorded.
    pub(crate) fn after_refresh(
        &mut self,
        log: &mut CallLog,
        now: Moment,
        rules: Rules<'_>,
        asker: Asker<'_>,
        error: &Error,
    ) -> Step {
        if !self.is_held_by(asker.id) {
            return Step::Lost;
        }
        let kind = error.kind();
        let refused = matches!(
            kind,
            Some(ApiErrorKind::TokenRejected | ApiErrorKind::Unauthorized | ApiErrorKind::InvalidInput)
        );
        if kind == Some(ApiErrorKind::TokenRejected) {
            self.refresh = None;
        }
        if refused || !self.has_valid(now, asker) {
            // Its time begins again, because the refresh may have used it up.
            self.lease = Some(Lease { holder: asker.id, until: now.plus(rules.lease) });
            return self.obtain(log, now, rules.limit);
        }
        self.failed(log, now, rules.timing, asker.id, AuthStage::Refresh, error);
        Step::Paused
    }

    /// Counts an obtain, or pauses until there may be one.
    fn obtain(&mut self, log: &mut CallLog, now: Moment, limit: Option<Limit>) -> Step {
        let Some(limit) = limit else { return Step::Obtain };
        match log.take(limit, None, now, Duration::ZERO) {
            Ok(_) => Step::Obtain,
            Err(until) => {
                let spent = Failure { is_refresh: false, cause: Cause::Spent };
                let failure = self.last_obtain_failure.clone().unwrap_or(spent);
                self.pause = Some(Pause { since: now, until, failure });
                self.lease = None;
                Step::Paused
            }
        }
    }

    /// Records the tokens of a request that was sent at `asked`. `false`: the lease was lost meanwhile, and what another
    /// client did since stands. `jitter` from 0 to 1 moves the early refresh.
    pub(crate) fn issued(
        &mut self,
        issued: &IssuedTokens,
        asked: Moment,
        timing: &Timing,
        jitter: f64,
        id: u64,
    ) -> bool {
        if !self.is_held_by(id) {
            return false;
        }
        self.generation += 1;
        self.access = Some(timing.access(issued, asked, jitter));
        // The 30 days of a refresh token start when it is obtained; refreshing returns none and extends none.
        if let Some(secret) = issued.refresh.as_ref().filter(|refresh| !refresh.is_empty()) {
            let lifetime = seconds(issued.refresh_expires).unwrap_or(timing.assumed_lifetime);
            let until = asked.plus(lifetime.saturating_sub(timing.safety.min(lifetime / 20)));
            self.refresh = Some(Refresh { secret: secret.clone(), until });
        }
        (self.lease, self.pause, self.last_obtain_failure, self.failures) = (None, None, None, 0);
        true
    }

    /// Records that a token operation of this client failed. Nothing is terminal: after the pause the next caller tries.
    pub(crate) fn failed(
        &mut self,
        log: &mut CallLog,
        now: Moment,
        timing: &Timing,
        id: u64,
        stage: AuthStage,
        error: &Error,
    ) {
        if stage == AuthStage::Obtain {
            // An operation that was sent several times has been counted once so far.
            let again = usize::try_from(error.attempts()).unwrap_or(MOST_ATTEMPTS).saturating_sub(1);
            log.add(again.min(MOST_ATTEMPTS), now);
        }
        if !self.is_held_by(id) {
            return;
        }
        let pause = timing.pause_after(error, self.failures);
        self.failures = self.failures.saturating_add(1);
        let failure = Failure::new(stage, error);
        if stage == AuthStage::Obtain {
            self.last_obtain_failure = Some(failure.clone());
        }
        self.pause = Some(Pause { since: now, until: now.plus(pause), failure });
        self.lease = None;
    }

    fn is_held_by(&self, id: u64) -> bool {
        self.lease.as_ref().is_some_and(|lease| lease.holder == id)
    }

    fn has_good(&self, now: Moment, asker: Asker<'_>) -> bool {
        self.access.as_ref().is_some_and(|access| {
            let end = if asker.is_early { access.soft } else { access.hard };
            now < end && asker.refused != Some(&access.secret)
        })
    }

    fn has_valid(&self, now: Moment, asker: Asker<'_>) -> bool {
        self.has_good(now, Asker { is_early: false, ..asker })
    }

    /// Drops what cannot be right, because the clock was set back or the record was tampered with.
    fn forget(&mut self, now: Moment, Rules { timing, lease, .. }: Rules<'_>) {
        let soon = now.plus(timing.safety.max(Duration::from_secs(1)));
        let longest = now.plus(timing.longest_lifetime);
        if self.access.as_ref().is_some_and(|access| access.since > soon || access.hard > longest) {
            self.access = None;
        }
        if let Some(held) = &mut self.lease {
            held.until = held.until.min(now.plus(lease));
        }
        if let Some(pause) = &mut self.pause {
            if pause.since > soon {
                (pause.since, pause.until) = (now, now.plus(pause.until.since(pause.since)));
            }
            pause.until = pause.until.min(now.plus(LONGEST_RESET));
        }
    }

    /// Takes over a token that this process got while it could not reach the engine, if it is valid for longer.
    pub(crate) fn merge(&mut self, learned: Self) {
        let ends = |record: &Self| record.access.as_ref().map(|access| access.hard);
        if ends(&learned) > ends(self) {
            (self.access, self.pause) = (learned.access, learned.pause);
            self.generation = self.generation.max(learned.generation);
        }
        if self.refresh.as_ref().map(|it| it.until) < learned.refresh.as_ref().map(|it| it.until) {
            self.refresh = learned.refresh;
        }
    }
}

impl Timing {
    /// The access token of a request that was sent at `asked`.
    pub(crate) fn access(&self, issued: &IssuedTokens, asked: Moment, jitter: f64) -> Access {
        let lifetime = self.lifetime(issued.access_expires);
        let early = self.refresh_early.min(lifetime / 10);
        let early = early.saturating_sub((early / 2).mul_f64(jitter.clamp(0.0, 1.0)));
        Access {
            secret: issued.access.clone(),
            since: asked,
            soft: asked.plus(lifetime.saturating_sub(early)),
            hard: asked.plus(lifetime.saturating_sub(self.safety.min(lifetime / 20))),
        }
    }

    /// A lifetime that is missing or cannot be right is treated as a short one, never as "valid forever".
    fn lifetime(&self, stated: Option<i64>) -> Duration {
        seconds(stated).filter(|stated| *stated <= self.longest_lifetime).unwrap_or_else(|| {
            let assumed = self.assumed_lifetime;
            tracing::warn!(?stated, ?assumed, "the lifetime of the access token cannot be right");
            assumed
        })
    }

    /// How long nobody asks after `error`, which came after so many others.
    pub(crate) fn pause_after(&self, error: &Error, failures: u32) -> Duration {
        let pause = if error.is_transient() {
            self.first_cooldown.saturating_mul(2_u32.saturating_pow(failures)).min(self.longest_cooldown)
        } else {
            self.longest_cooldown
        };
        // A limit that states its reset is not tried again before it, up to a day.
        let stated = error.retry_at().and_then(|at| at.duration_since(SystemTime::now()).ok());
        stated.map_or(pause, |stated| stated.min(LONGEST_RESET).max(pause))
    }
}

/// A number of seconds that can be a lifetime.
fn seconds(stated: Option<i64>) -> Option<Duration> {
    stated
        .and_then(|seconds| u64::try_from(seconds).ok())
        .filter(|seconds| *seconds > 0)
        .map(Duration::from_secs)
}

fn shortened(text: &str) -> String {
    text.chars().take(LONGEST_TEXT).collect()
}

impl Failure {
    fn new(stage: AuthStage, error: &Error) -> Self {
        let cause = match error {
            // Only the words that a person reads; no token operation keeps its body.
            Error::Api(api) => Cause::Api {
                status: api.status().as_u16(),
                code: api.code().map(shortened),
                summary: api.summary().map(shortened),
                detail: api.detail().map(shortened),
            },
            Error::Transport(failed) => match failed.failure() {
                ConnectionFailure::Connect => Cause::NotConnected,
                ConnectionFailure::Certificate => Cause::Certificate,
                _ => Cause::Broken,
            },
            Error::Timeout(_) => Cause::Late,
            Error::Decode(undecoded) => Cause::Unreadable { status: undecoded.status().as_u16() },
            _ => Cause::Other,
        };
        Self { is_refresh: stage == AuthStage::Refresh, cause }
    }

    /// The error that a client returns that did not ask itself.
    pub(crate) fn error(&self, retry_at: SystemTime) -> AuthError {
        let (stage, operation) = if self.is_refresh {
            (AuthStage::Refresh, REFRESH_ACCESS_TOKEN)
        } else {
            (AuthStage::Obtain, OBTAIN_TOKEN_PAIR)
        };
        let status = |status: u16| StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
        let broken = |failure| TransportError::new(operation, failure, Vec::new().into(), None).into();
        let error: Error = match &self.cause {
            Cause::Api { status: number, code, summary, detail } => {
                let body = serde_json::json!({ "type": code, "summary": summary, "detail": detail });
                let (headers, body) = (HeaderMap::new(), body.to_string().into_bytes().into());
                ApiError::read(operation, status(*number), headers, body, SystemTime::now()).into()
            }
            Cause::NotConnected => broken(ConnectionFailure::Connect),
            Cause::Certificate => broken(ConnectionFailure::Certificate),
            Cause::Broken => broken(ConnectionFailure::Broken),
            Cause::Late => {
                TimeoutError::new(operation, TimeoutPhase::Response, None, Vec::new().into(), None).into()
            }
            Cause::Unreadable { status: code } => {
                let (headers, body) = (HeaderMap::new(), Vec::new().into());
                let (shape, now) = (DecodeReason::Shape, SystemTime::now());
                DecodeError::new(operation, shape, status(*code), headers, body, now).into()
            }
            Cause::Spent => BudgetError::obtains(operation, retry_at).into(),
            Cause::Other => {
                InvalidRequestError::new("access token", "another client could not get one").into()
            }
        };
        AuthError::new(stage, Arc::new(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::histories::{Random, histories};
    use crate::policy::{Group, Pacing};
    use gocardless_bank_data_types::error::Advice;

    const NOW: Moment = Moment(1_700_000_000_000);
    const SECOND: Duration = Duration::from_secs(1);
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    const LEASE: Duration = Duration::from_secs(20);

    fn asker(id: u64) -> Asker<'static> {
        Asker { id, is_early: false, refused: None }
    }

    fn pair(name: &str) -> IssuedTokens {
        IssuedTokens {
            access: Secret::from(format!("access-{name}")),
            access_expires: Some(86_400),
            refresh: Some(Secret::from(format!("refresh-{name}"))),
            refresh_expires: Some(2_592_000),
        }
    }

    fn failure(status: u16, body: &str) -> Error {
        let body = body.to_owned().into_bytes().into();
        let status = StatusCode::from_u16(status).unwrap();
        ApiError::read(OBTAIN_TOKEN_PAIR, status, HeaderMap::new(), body, SystemTime::now()).into()
    }

    fn rules(timing: &Timing) -> Rules<'_> {
        Rules { timing, lease: LEASE, limit: Pacing::default().limit(Group::Obtains, true) }
    }

    #[derive(Default)]
    struct Shared {
        record: TokenRecord,
        log: CallLog,
    }

    impl Shared {
        fn step(&mut self, now: Moment, asker: Asker<'_>) -> Step {
            self.record.step(&mut self.log, now, rules(&Timing::default()), asker)
        }

        fn issued(&mut self, now: Moment, id: u64, name: &str) -> bool {
            self.record.issued(&pair(name), now, &Timing::default(), 0.0, id)
        }

        fn failed(&mut self, now: Moment, id: u64, stage: AuthStage, error: &Error) {
            self.record.failed(&mut self.log, now, &Timing::default(), id, stage, error);
        }
    }

    #[test]
    fn one_client_asks_and_the_others_wait_for_it_until_its_lease_ends() {
        let mut shared = Shared::default();
        assert_eq!(shared.step(NOW, asker(1)), Step::Obtain);
        assert_eq!(shared.step(NOW, asker(2)), Step::Wait(NOW.plus(LEASE)));
        assert!(shared.issued(NOW, 1, "a"));
        assert_eq!(shared.step(NOW, asker(2)), Step::Use);
        assert_eq!(shared.record.generation, 1);
    }

    #[test]
    fn a_client_that_comes_back_after_its_lease_is_refused() {
        let mut shared = Shared::default();
        assert_eq!(shared.step(NOW, asker(1)), Step::Obtain);
        let late = NOW.plus(LEASE);
        assert_eq!(shared.step(late, asker(2)), Step::Obtain);
        assert!(!shared.issued(late, 1, "late"));
        assert!(shared.issued(late, 2, "new"));
        assert_eq!(shared.record.access.as_ref().unwrap().secret.expose(), "access-new");
        let before = shared.record.clone();
        shared.failed(late, 1, AuthStage::Obtain, &failure(500, ""));
        assert_eq!(shared.record, before, "nor does its failure count");
    }

    #[test]
    fn a_token_that_ended_is_refreshed_and_a_refresh_token_that_ended_is_not_tried() {
        let mut shared = Shared::default();
        shared.step(NOW, asker(1));
        shared.issued(NOW, 1, "a");
        let hard = NOW.plus(DAY).minus(30 * SECOND);
        assert_eq!(shared.step(hard.minus(SECOND), asker(2)), Step::Use);
        let early = Asker { is_early: true, ..asker(2) };
        assert_eq!(shared.step(NOW.plus(DAY).minus(301 * SECOND), early), Step::Use);
        assert_eq!(
            shared.step(NOW.plus(DAY).minus(300 * SECOND), early),
            Step::Refresh(Secret::from("refresh-a"))
        );
        assert_eq!(shared.step(hard, asker(2)), Step::Refresh(Secret::from("refresh-a")));
        assert_eq!(shared.step(NOW.plus(30 * DAY), asker(2)), Step::Obtain);
    }

    #[test]
    fn a_token_that_the_api_rejected_is_not_taken_again_and_another_one_is() {
        let mut shared = Shared::default();
        shared.step(NOW, asker(1));
        shared.issued(NOW, 1, "a");
        let refused = Secret::from("access-a");
        let asker = Asker { refused: Some(&refused), ..asker(2) };
        assert!(matches!(shared.step(NOW, asker), Step::Refresh(_)));
        shared.issued(NOW, 2, "b");
        assert_eq!(shared.step(NOW, asker), Step::Use);
    }

    #[test]
    fn a_failure_is_shared_with_its_pause_and_its_words() {
        let mut shared = Shared::default();
        shared.step(NOW, asker(1));
        let body = r#"{"summary":"Authentication failed","detail":"No active account found"}"#;
        shared.failed(NOW, 1, AuthStage::Obtain, &failure(401, body));
        for second in [0, 59] {
            assert_eq!(shared.step(NOW.plus(second * SECOND), asker(2)), Step::Paused);
        }
        let error = Error::from(shared.record.pause.clone().unwrap().failure.error(SystemTime::now()));
        assert_eq!(error.kind(), Some(ApiErrorKind::CredentialsRejected));
        assert!(error.to_string().contains("No active account found"), "{error}");
        assert_eq!(shared.step(NOW.plus(60 * SECOND), asker(2)), Step::Obtain, "one try for each pause");
        assert!(matches!(shared.step(NOW.plus(60 * SECOND), asker(3)), Step::Wait(_)));
    }

    #[test]
    fn the_pause_after_a_failure_that_passes_doubles_to_a_minute_and_a_success_ends_it() {
        let (mut shared, mut now) = (Shared::default(), NOW);
        for pause in [1, 2, 4, 8, 16, 32, 60, 60] {
            assert_eq!(shared.step(now, asker(1)), Step::Obtain);
            shared.failed(now, 1, AuthStage::Obtain, &failure(503, ""));
            assert_eq!(shared.step(now.plus(pause * SECOND).minus(SECOND / 1_000), asker(1)), Step::Paused);
            now = now.plus(pause * SECOND);
        }
        shared.step(now, asker(1));
        assert!(shared.issued(now, 1, "a"));
        assert_eq!((shared.record.pause.clone(), shared.record.failures), (None, 0));
    }

    #[test]
    fn a_refused_refresh_token_is_replaced_at_once_and_any_other_failure_only_if_no_token_is_left() {
        let refused = failure(401, r#"{"summary":"Invalid token"}"#);
        for (error, now, expected) in [
            (&refused, NOW.plus(DAY).minus(100 * SECOND), Step::Obtain),
            (&failure(503, ""), NOW.plus(DAY).minus(100 * SECOND), Step::Paused),
            (&failure(503, ""), NOW.plus(DAY), Step::Obtain),
        ] {
            let mut shared = Shared::default();
            shared.step(NOW, asker(1));
            shared.issued(NOW, 1, "a");
            let early = Asker { is_early: true, ..asker(1) };
            assert!(matches!(shared.step(now, early), Step::Refresh(_)));
            let Shared { record, log } = &mut shared;
            let (timing, later) = (Timing::default(), now.plus(15 * SECOND));
            let rules = rules(&timing);
            assert_eq!(record.after_refresh(log, later, rules, asker(9), error), Step::Lost);
            assert_eq!(record.after_refresh(log, later, rules, asker(1), error), expected);
            let lease = record.lease.as_ref().map(|lease| lease.until);
            assert_eq!(lease, (expected == Step::Obtain).then(|| later.plus(LEASE)), "it has its whole time");
            assert_eq!(record.refresh.is_none(), std::ptr::eq(error, &raw const refused), "{expected:?}");
        }
    }

    #[test]
    fn times_that_cannot_be_right_count_as_nothing() {
        let with = |since: Moment, hard: Moment| {
            let mut shared = Shared::default();
            let secret = Secret::from("a");
            shared.record.access = Some(Access { secret, since, soft: hard, hard });
            shared.step(NOW, asker(1))
        };
        assert_eq!(with(NOW, NOW.plus(DAY)), Step::Use);
        assert_eq!(with(NOW.plus(30 * SECOND), NOW.plus(DAY)), Step::Use, "two clocks may differ by seconds");
        assert_eq!(with(NOW.plus(31 * SECOND), NOW.plus(DAY)), Step::Obtain, "obtained in half a minute");
        assert_eq!(with(Moment(u64::MAX), Moment(u64::MAX)), Step::Obtain);
        assert_eq!(with(NOW, Moment(u64::MAX)), Step::Obtain, "valid for ever");
        assert_eq!(with(NOW, NOW), Step::Obtain, "ended");
        let mut shared = Shared::default();
        shared.record.lease = Some(Lease { holder: 9, until: Moment(u64::MAX) });
        assert_eq!(shared.step(NOW, asker(1)), Step::Wait(NOW.plus(LEASE)), "a lease ends");
        shared.record.lease = None;
        let failure = Failure { is_refresh: false, cause: Cause::Late };
        shared.record.pause = Some(Pause { since: NOW, until: Moment(u64::MAX), failure: failure.clone() });
        assert_eq!(shared.step(NOW, asker(1)), Step::Paused);
        assert_eq!(shared.record.pause.as_ref().unwrap().until, NOW.plus(LONGEST_RESET));
        let since = NOW.plus(2 * 3_600 * SECOND);
        shared.record.pause = Some(Pause { since, until: since.plus(60 * SECOND), failure });
        assert_eq!(shared.step(NOW, asker(1)), Step::Paused);
        assert_eq!(shared.record.pause.as_ref().unwrap().until, NOW.plus(60 * SECOND), "as long as it was");
    }

    #[test]
    fn a_refused_token_that_cannot_be_refreshed_is_replaced_by_a_new_pair() {
        let mut shared = Shared::default();
        shared.step(NOW, asker(1));
        shared.issued(NOW, 1, "a");
        let refused = pair("a").access;
        let asker = Asker { refused: Some(&refused), ..asker(1) };
        assert!(matches!(shared.step(NOW, asker), Step::Refresh(_)));
        let Shared { record, log } = &mut shared;
        let step = record.after_refresh(log, NOW, rules(&Timing::default()), asker, &failure(503, ""));
        assert_eq!(step, Step::Obtain, "nobody can use the old one until its nominal end");
    }

    #[test]
    fn the_last_obtain_of_the_hour_is_followed_by_an_error_that_says_when_there_is_another() {
        let (mut shared, timing) = (Shared::default(), Timing::default());
        let limit = Pacing::default().processes(3).limit(Group::Obtains, false);
        let rules = Rules { limit, ..rules(&timing) };
        for _ in 0..20 {
            assert_eq!(shared.record.step(&mut shared.log, NOW, rules, asker(1)), Step::Obtain);
        }
        assert_eq!(shared.record.step(&mut shared.log, NOW, rules, asker(1)), Step::Paused);
        let at = SystemTime::UNIX_EPOCH + 3_600 * SECOND;
        let error = Error::from(shared.record.pause.clone().unwrap().failure.error(at));
        assert_eq!((error.advice(), error.is_rate_limited()), (Advice::WaitUntil(at), true));
        assert!(error.to_string().contains("call again after 1970-01-01"), "{error}");
    }

    #[test]
    fn every_kind_of_failure_is_the_same_for_those_who_did_not_ask() {
        let late =
            TimeoutError::new(OBTAIN_TOKEN_PAIR, TimeoutPhase::Response, None, Vec::new().into(), None);
        let broken =
            |failure| TransportError::new(OBTAIN_TOKEN_PAIR, failure, Vec::new().into(), None).into();
        let (headers, body) = (HeaderMap::new(), Vec::new().into());
        let (shape, now) = (DecodeReason::Shape, SystemTime::now());
        let undecoded = DecodeError::new(OBTAIN_TOKEN_PAIR, shape, StatusCode::OK, headers, body, now);
        let errors: [Error; 6] = [
            late.into(),
            broken(ConnectionFailure::Connect),
            broken(ConnectionFailure::Broken),
            broken(ConnectionFailure::Certificate),
            undecoded.into(),
            failure(503, ""),
        ];
        for error in errors {
            let shared = Failure::new(AuthStage::Obtain, &error);
            let text = serde_json::to_string(&shared).unwrap();
            let shared = serde_json::from_str::<Failure>(&text).unwrap().error(SystemTime::now());
            assert_eq!(shared.cause().advice(), error.advice(), "{error}");
            assert_eq!(shared.cause().is_transient(), error.is_transient(), "{error}");
        }
    }

    /// Clients that ask, sleep past their lease, die and come back, with a service that answers at random.
    #[test]
    fn no_history_obtains_more_than_sixty_times_an_hour_or_asks_twice_within_a_lease() {
        let mut random = Random(3);
        for history in 0..histories() / 10 {
            let (mut shared, mut now) = (Shared::default(), NOW);
            let (mut obtains, mut asking) = (Vec::<Moment>::new(), Vec::<(u64, Moment)>::new());
            for _ in 0..200 {
                let longest = [2, 30, 90][usize::try_from(random.below(3)).unwrap()];
                now = now.plus(SECOND * random.below(longest));
                let id = u64::from(random.below(5));
                // It died while it asked, or was answered too late.
                asking.retain(|(_, until)| now < *until);
                let step = shared.step(now, asker(id));
                if matches!(step, Step::Obtain | Step::Refresh(_)) {
                    assert!(
                        asking.iter().all(|(holder, _)| *holder == id),
                        "history {history}: two ask at {now:?}"
                    );
                    asking = vec![(id, now.plus(LEASE))];
                    obtains.extend((step == Step::Obtain).then_some(now));
                    let within = obtains.iter().filter(|at| now.since(**at) < 3_600 * SECOND).count();
                    assert!(within <= 60, "history {history}: {within} obtains in an hour");
                    match random.below(4) {
                        0 => {}
                        1 => {
                            let mut issued = pair("x");
                            issued.access_expires = Some(i64::from(random.below(100)));
                            assert!(shared.record.issued(&issued, now, &Timing::default(), 0.5, id));
                            asking.clear();
                        }
                        _ => {
                            let brief = Timing { longest_cooldown: SECOND, ..Timing::default() };
                            let stage =
                                if step == Step::Obtain { AuthStage::Obtain } else { AuthStage::Refresh };
                            let Shared { record, log } = &mut shared;
                            record.failed(log, now, &brief, id, stage, &failure(503, ""));
                            asking.clear();
                        }
                    }
                }
            }
        }
    }
}
