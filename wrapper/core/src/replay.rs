//! Whether a failed call may be sent again: one pure table by class of operation and kind of failure.
//!
//! A create is never sent twice once the server may have it; a scarce read is never burnt by a blind second try; a wait
//! longer than the cap is the caller's to wait. Nothing here sleeps or sends.

use std::time::{Duration, SystemTime};

use crate::error::{ApiErrorKind, ConnectionFailure, Error, RateLimitScope, Sent, TimeoutPhase};
use crate::operation::Class;
use crate::outcome::wait_of;

/// The longest wait that a call takes upon itself; a longer one is returned to the caller with its instant.
pub const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// The first pause before sending again where no limit says how long; it doubles with every further try.
const FIRST_PAUSE: Duration = Duration::from_millis(500);

/// How long to wait before sending a call of `class` again that failed with `error` after `replays` further tries, or
/// `None` if it must not be sent again.
///
/// `spread` from 0 to 1 moves the pause within its upper half, so that callers that failed together do not come back
/// together. The 401 about our token is not in this table: the token's keeper decides about it.
///
/// ```
/// use std::time::SystemTime;
/// use gocardless_bank_data_core::error::{Error, InvalidRequestError};
/// use gocardless_bank_data_core::{Class, replay};
///
/// let error = Error::from(InvalidRequestError::new("base url", "has no host"));
/// assert_eq!(replay::pause(Class::PlainRead, &error, 0, SystemTime::now(), 0.5), None);
/// ```
#[must_use]
pub fn pause(class: Class, error: &Error, replays: u32, now: SystemTime, spread: f64) -> Option<Duration> {
    let allowed = match error {
        Error::Transport(failed) if failed.failure() == ConnectionFailure::Certificate => 0,
        Error::Transport(_) | Error::Timeout(_) if error.sent() == Sent::No => 2,
        Error::Transport(_) | Error::Timeout(_) => match class {
            Class::PlainRead | Class::Token => 1,
            // An answer that breaks off had the head of a success, so there is nothing left to do.
            Class::IdempotentWrite => u32::from(!is_success_cut_short(error)),
            Class::ScarceRead | Class::Write => 0,
        },
        Error::Api(answer) => match answer.kind() {
            ApiErrorKind::RateLimited(scope) => return limited(scope, error, replays, now),
            _ => after_status(class, answer.status().as_u16()),
        },
        Error::Auth(_) | Error::Decode(_) | Error::List(_) | Error::Guard(_) | Error::InvalidRequest(_) => 0,
    };
    (replays < allowed)
        .then(|| {
            let ceiling = FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(replays));
            let told = wait_of(error, now).unwrap_or_default();
            (ceiling / 2 + (ceiling / 2).mul_f64(spread.clamp(0.0, 1.0))).max(told)
        })
        .filter(|pause| *pause <= LONGEST_WAIT)
}

fn is_success_cut_short(error: &Error) -> bool {
    match error {
        Error::Transport(failed) => failed.failure() == ConnectionFailure::CutShort,
        Error::Timeout(late) => late.phase() == TimeoutPhase::Body,
        _ => false,
    }
}

/// How often a call may be sent again after this status.
fn after_status(class: Class, status: u16) -> u32 {
    match (class, status) {
        (Class::PlainRead | Class::Token, 408 | 502 | 503 | 504) => 2,
        (Class::IdempotentWrite, 408 | 502 | 503 | 504) | (Class::PlainRead | Class::Token, 500) => 1,
        _ => 0,
    }
}

/// Only the company's own limit is waited for, once, and only where the wait is known and short.
fn limited(scope: RateLimitScope, error: &Error, replays: u32, now: SystemTime) -> Option<Duration> {
    let wait = wait_of(error, now)?;
    // A second beyond the reset: the server counts in whole seconds.
    let wait = wait.saturating_add(Duration::from_millis(250));
    (scope == RateLimitScope::Company && replays == 0 && wait <= LONGEST_WAIT).then_some(wait)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{ApiError, TimeoutError, TransportError};
    use crate::operation::Operation;
    use bytes::Bytes;
    use http::{HeaderMap, StatusCode};

    const CLASSES: [Class; 5] =
        [Class::PlainRead, Class::ScarceRead, Class::Write, Class::IdempotentWrite, Class::Token];

    fn operation(class: Class) -> Operation {
        Operation::new("x", "GET", "/", class)
    }

    /// How often each class sends again, in the order of [`CLASSES`].
    fn replays(error: impl Fn(Operation) -> Error) -> [usize; 5] {
        CLASSES.map(|class| {
            let error = error(operation(class));
            (0..9)
                .take_while(|tried| pause(class, &error, *tried, SystemTime::UNIX_EPOCH, 1.0).is_some())
                .count()
        })
    }

    fn answered(
        status: u16,
        headers: &'static [(&'static str, &'static str)],
        body: &'static str,
    ) -> impl Fn(Operation) -> Error {
        move |operation| {
            let headers: HeaderMap =
                headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
            let status = StatusCode::from_u16(status).unwrap();
            ApiError::read(
                operation,
                status,
                headers,
                Bytes::from_static(body.as_bytes()),
                SystemTime::UNIX_EPOCH,
            )
            .into()
        }
    }

    #[test]
    fn what_was_never_sent_may_be_sent_twice_more_by_every_class() {
        let refused =
            |operation| TransportError::new(operation, ConnectionFailure::Connect, Bytes::new(), None).into();
        assert_eq!(replays(refused), [2; 5]);
        let slow =
            |operation| TimeoutError::new(operation, TimeoutPhase::Connect, None, Bytes::new(), None).into();
        assert_eq!(replays(slow), [2; 5]);
    }

    #[test]
    fn a_refused_certificate_is_never_tried_again() {
        let refused = |operation| {
            TransportError::new(operation, ConnectionFailure::Certificate, Bytes::new(), None).into()
        };
        assert_eq!(replays(refused), [0; 5]);
    }

    #[test]
    fn what_may_have_been_carried_out_is_not_sent_again_by_creates_and_scarce_reads() {
        let broken =
            |operation| TransportError::new(operation, ConnectionFailure::Broken, Bytes::new(), None).into();
        assert_eq!(replays(broken), [1, 0, 0, 1, 1]);
        let slow =
            |operation| TimeoutError::new(operation, TimeoutPhase::Response, None, Bytes::new(), None).into();
        assert_eq!(replays(slow), [1, 0, 0, 1, 1]);
    }

    #[test]
    fn a_success_that_is_cut_short_is_read_again_but_not_done_again() {
        let cut = |operation| {
            TransportError::new(operation, ConnectionFailure::CutShort, Bytes::new(), None).into()
        };
        assert_eq!(replays(cut), [1, 0, 0, 0, 1]);
        let slow =
            |operation| TimeoutError::new(operation, TimeoutPhase::Body, None, Bytes::new(), None).into();
        assert_eq!(replays(slow), [1, 0, 0, 0, 1]);
    }

    #[test]
    fn statuses_are_tried_again_as_the_table_says() {
        for status in [408, 502, 503, 504] {
            assert_eq!(replays(answered(status, &[], "")), [2, 0, 0, 1, 2], "{status}");
        }
        assert_eq!(replays(answered(500, &[], "")), [1, 0, 0, 0, 1]);
        for status in [301, 307, 400, 401, 402, 403, 404, 405, 409] {
            assert_eq!(replays(answered(status, &[], "")), [0; 5], "{status}");
        }
    }

    #[test]
    fn only_a_short_known_wait_of_the_company_limit_is_waited_for_and_only_once() {
        assert_eq!(replays(answered(429, &[("http_x_ratelimit_reset", "2")], "")), [1; 5]);
        assert_eq!(replays(answered(429, &[("http_x_ratelimit_reset", "11")], "")), [0; 5]);
        assert_eq!(replays(answered(429, &[("http_x_ratelimit_reset", "86400")], "")), [0; 5]);
        assert_eq!(replays(answered(429, &[], "")), [0; 5]);
        let day = r#"{"detail":"The rate limit for this resource is 4/day. Please try again in 5 seconds"}"#;
        assert_eq!(replays(answered(429, &[], day)), [0; 5]);
        let bank = r#"{"type":"RateLimitError"}"#;
        assert_eq!(replays(answered(429, &[("http_x_ratelimit_reset", "2")], bank)), [0; 5]);
    }

    #[test]
    fn pauses_double_and_are_never_none_at_all() {
        let error = answered(503, &[], "")(operation(Class::PlainRead));
        let at =
            |tried, spread| pause(Class::PlainRead, &error, tried, SystemTime::UNIX_EPOCH, spread).unwrap();
        assert_eq!((at(0, 0.0), at(0, 1.0)), (Duration::from_millis(250), Duration::from_millis(500)));
        assert_eq!((at(1, 0.0), at(1, 1.0)), (Duration::from_millis(500), Duration::from_secs(1)));
    }
}
