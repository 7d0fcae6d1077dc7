//! Whether a failed call may be retried: one pure table by class of operation and kind of failure.
//!
//! | class | never sent | connection broke or no response | 408, 502, 503, 504 | 500 | company's 429 |
//! | --- | --- | --- | --- | --- | --- |
//! | plain read | 2 retries | 1 | 2 | 1 | 1, if its reset is known and at most 10 s away |
//! | metered read (balances, details, transactions) | 2 | 0 | 0 | 0 | the same |
//! | create | 2 | 0 | 0 | 0 | the same |
//! | delete, accept | 2 | 1 | 1 | 0 | the same |
//! | token | 2 | 1 | 2 | 1 | the same |
//!
//! Every other failure is returned at once, a rejected certificate and the account's or the bank's own 429 among them. A
//! create is not sent again once the server may have carried it out, a metered read is never spent on a blind retry, and a
//! delay of more than [`LONGEST_DELAY`] is left to the caller. A client retries at most ten calls a minute. Nothing here
//! sleeps or sends.

use std::time::{Duration, SystemTime};

use gocardless_bank_data_types::OperationClass;
use gocardless_bank_data_types::error::{
    ApiErrorKind, ConnectionFailure, Error, RateLimitScope, Sent, TimeoutPhase,
};

/// The longest delay that a call waits for; after a longer one the error is returned, with the instant.
pub const LONGEST_DELAY: Duration = Duration::from_secs(10);

/// The first delay if no limit says how long to wait; it doubles with each retry.
const FIRST_DELAY: Duration = Duration::from_millis(500);

/// How long to wait before retrying a call of `class` that failed with `error` after `retries` retries, or `None` if it
/// must not be retried.
///
/// `jitter` from 0 to 1 moves the delay within its upper half, so that callers that failed together do not come back
/// together. The 401 about the client's own token is not in this table: the token cache decides about it.
///
/// ```
/// use std::time::SystemTime;
/// use gocardless_bank_data_types::error::{Error, InvalidRequestError};
/// use gocardless_bank_data_types::OperationClass;
/// use gocardless_bank_data_runtime::policy::retry;
///
/// let error = Error::from(InvalidRequestError::new("base url", "has no host"));
/// assert_eq!(retry::delay(OperationClass::PlainRead, &error, 0, SystemTime::now(), 0.5), None);
/// ```
#[must_use]
pub fn delay(
    class: OperationClass,
    error: &Error,
    retries: u32,
    now: SystemTime,
    jitter: f64,
) -> Option<Duration> {
    let allowed = match error {
        Error::Transport(failed) if failed.failure() == ConnectionFailure::Certificate => 0,
        Error::Transport(_) | Error::Timeout(_) if error.sent() == Sent::No => 2,
        Error::Transport(_) | Error::Timeout(_) => match class {
            OperationClass::PlainRead | OperationClass::Token => 1,
            // A response that is cut short began as a success, so there is nothing left to do.
            OperationClass::IdempotentWrite => u32::from(!is_success_cut_short(error)),
            _ => 0,
        },
        Error::Api(answer) => match answer.kind() {
            ApiErrorKind::RateLimited(scope) => return limited(scope, error, retries, now),
            _ => after_status(class, answer.status().as_u16()),
        },
        _ => 0,
    };
    (retries < allowed)
        .then(|| {
            let ceiling = FIRST_DELAY.saturating_mul(2_u32.saturating_pow(retries));
            let requested = wait_of(error, now).unwrap_or_default();
            (ceiling / 2 + (ceiling / 2).mul_f64(jitter.clamp(0.0, 1.0))).max(requested)
        })
        .filter(|delay| *delay <= LONGEST_DELAY)
}

fn is_success_cut_short(error: &Error) -> bool {
    match error {
        Error::Transport(failed) => failed.failure() == ConnectionFailure::CutShort,
        Error::Timeout(late) => late.phase() == TimeoutPhase::Body,
        _ => false,
    }
}

/// The wait that `error` asks for from `now` on, if it is known.
fn wait_of(error: &Error, now: SystemTime) -> Option<Duration> {
    error.retry_at().map(|at| at.duration_since(now).unwrap_or_default())
}

/// How many retries a call has after this status.
fn after_status(class: OperationClass, status: u16) -> u32 {
    match (class, status) {
        (OperationClass::PlainRead | OperationClass::Token, 408 | 502 | 503 | 504) => 2,
        (OperationClass::IdempotentWrite, 408 | 502 | 503 | 504)
        | (OperationClass::PlainRead | OperationClass::Token, 500) => 1,
        _ => 0,
    }
}

/// Only the company's own limit is waited for, once, and only if the wait is known and short.
fn limited(scope: RateLimitScope, error: &Error, retries: u32, now: SystemTime) -> Option<Duration> {
    let wait = wait_of(error, now)?;
    // A little beyond the reset, because the server counts in whole seconds.
    let wait = wait.saturating_add(Duration::from_millis(250));
    (scope == RateLimitScope::Company && retries == 0 && wait <= LONGEST_DELAY).then_some(wait)
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use gocardless_bank_data_types::Operation;
    use gocardless_bank_data_types::error::{ApiError, TimeoutError, TransportError};
    use http::{HeaderMap, StatusCode};

    const CLASSES: [OperationClass; 5] = [
        OperationClass::PlainRead,
        OperationClass::MeteredRead,
        OperationClass::Write,
        OperationClass::IdempotentWrite,
        OperationClass::Token,
    ];

    fn operation(class: OperationClass) -> Operation {
        Operation::new(Box::leak(Box::new(("x", "GET", "/", class))))
    }

    /// How many retries each class has, in the order of [`CLASSES`].
    fn retries(error: impl Fn(Operation) -> Error) -> [usize; 5] {
        CLASSES.map(|class| {
            let error = error(operation(class));
            (0..9)
                .take_while(|tried| delay(class, &error, *tried, SystemTime::UNIX_EPOCH, 1.0).is_some())
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
        assert_eq!(retries(refused), [2; 5]);
        let slow =
            |operation| TimeoutError::new(operation, TimeoutPhase::Connect, None, Bytes::new(), None).into();
        assert_eq!(retries(slow), [2; 5]);
    }

    #[test]
    fn a_refused_certificate_is_never_tried_again() {
        let refused = |operation| {
            TransportError::new(operation, ConnectionFailure::Certificate, Bytes::new(), None).into()
        };
        assert_eq!(retries(refused), [0; 5]);
    }

    #[test]
    fn what_may_have_been_carried_out_is_not_sent_again_by_creates_and_scarce_reads() {
        let broken =
            |operation| TransportError::new(operation, ConnectionFailure::Broken, Bytes::new(), None).into();
        assert_eq!(retries(broken), [1, 0, 0, 1, 1]);
        let slow =
            |operation| TimeoutError::new(operation, TimeoutPhase::Response, None, Bytes::new(), None).into();
        assert_eq!(retries(slow), [1, 0, 0, 1, 1]);
    }

    #[test]
    fn a_success_that_is_cut_short_is_read_again_but_not_done_again() {
        let cut = |operation| {
            TransportError::new(operation, ConnectionFailure::CutShort, Bytes::new(), None).into()
        };
        assert_eq!(retries(cut), [1, 0, 0, 0, 1]);
        let slow =
            |operation| TimeoutError::new(operation, TimeoutPhase::Body, None, Bytes::new(), None).into();
        assert_eq!(retries(slow), [1, 0, 0, 0, 1]);
    }

    #[test]
    fn statuses_are_tried_again_as_the_table_says() {
        for status in [408, 502, 503, 504] {
            assert_eq!(retries(answered(status, &[], "")), [2, 0, 0, 1, 2], "{status}");
        }
        assert_eq!(retries(answered(500, &[], "")), [1, 0, 0, 0, 1]);
        for status in [301, 307, 400, 401, 402, 403, 404, 405, 409] {
            assert_eq!(retries(answered(status, &[], "")), [0; 5], "{status}");
        }
    }

    #[test]
    fn only_a_short_known_wait_of_the_company_limit_is_waited_for_and_only_once() {
        assert_eq!(retries(answered(429, &[("http_x_ratelimit_reset", "2")], "")), [1; 5]);
        assert_eq!(retries(answered(429, &[("http_x_ratelimit_reset", "11")], "")), [0; 5]);
        assert_eq!(retries(answered(429, &[("http_x_ratelimit_reset", "86400")], "")), [0; 5]);
        assert_eq!(retries(answered(429, &[], "")), [0; 5]);
        let day = r#"{"detail":"The rate limit for this resource is 4/day. Please try again in 5 seconds"}"#;
        assert_eq!(retries(answered(429, &[], day)), [0; 5]);
        let bank = r#"{"type":"RateLimitError"}"#;
        assert_eq!(retries(answered(429, &[("http_x_ratelimit_reset", "2")], bank)), [0; 5]);
    }

    #[test]
    fn pauses_double_and_are_never_none_at_all() {
        let error = answered(503, &[], "")(operation(OperationClass::PlainRead));
        let at = |tried, jitter| {
            delay(OperationClass::PlainRead, &error, tried, SystemTime::UNIX_EPOCH, jitter).unwrap()
        };
        assert_eq!((at(0, 0.0), at(0, 1.0)), (Duration::from_millis(250), Duration::from_millis(500)));
        assert_eq!((at(1, 0.0), at(1, 1.0)), (Duration::from_millis(500), Duration::from_secs(1)));
    }
}
