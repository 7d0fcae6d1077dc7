//! What the caller can do about an error, as one value and one sentence.

use std::fmt;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, SecondsFormat};

/// What to do about an error.
///
/// ```
/// use gocardless_bank_data_types::error::Advice;
///
/// assert_eq!(Advice::AllowIp.to_string(), "add this machine's address to the allow-list of the secret");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Advice {
    /// Call again at or after this instant, not before.
    WaitUntil(SystemTime),
    /// Call again much later, in hours: a bank's own limit ends with the day, repeated failures of a bank suspend the
    /// account, and a read that broke off may have been one of the four of the day.
    WaitLonger,
    /// Call again soon: the cause is transient.
    Retry,
    /// Check what exists before calling again: the call may have been carried out.
    CheckFirst,
    /// Poll the account's metadata until it is ready, then call again.
    PollAccount,
    /// Look at the account's metadata; if it is ready, reset its circuit breaker.
    ResetCircuit,
    /// Send the person through a new agreement and requisition.
    Reconnect,
    /// Change the request: the error names the fields where the API did.
    FixRequest,
    /// Check the secret id and key.
    FixCredentials,
    /// Add this machine's address to the allow-list of the secret.
    AllowIp,
    /// Buy more quota, or wait for the next month.
    RaiseQuota,
    /// Read what came from the body yourself, and report the response: the call has counted.
    ReadBody,
    /// Raise `body_limit`, or request fewer days: the response was larger than the client accepts.
    RaiseBodyLimit,
    /// Ask the support of the service; the request id helps it.
    ContactSupport,
}

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WaitUntil(at) => match utc(*at) {
                Some(at) => return write!(f, "call again after {at}"),
                None => "call again later",
            },
            Self::WaitLonger => "call again in some hours, not before",
            Self::Retry => "call again",
            Self::CheckFirst => "check whether it was carried out before calling again",
            Self::PollAccount => "poll the account's metadata until it is ready",
            Self::ResetCircuit => {
                "look at the account's metadata and, if it is ready, reset its circuit breaker"
            }
            Self::Reconnect => "connect the account again with a new agreement and requisition",
            Self::FixRequest => "change the request",
            Self::FixCredentials => "check the secret id and key",
            Self::AllowIp => "add this machine's address to the allow-list of the secret",
            Self::RaiseQuota => "raise the quota of the company",
            Self::ReadBody => "the call has counted: read what came with body(), and report the response",
            Self::RaiseBodyLimit => "raise body_limit, or request fewer days",
            Self::ContactSupport => "contact the support of the service with the request id",
        })
    }
}

/// The instant in UTC, as RFC 3339 writes it, rounded up to whole seconds; `None` if no calendar has it.
pub(super) fn utc(at: SystemTime) -> Option<String> {
    let since = at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let seconds = since.checked_add(Duration::from_nanos(999_999_999))?.as_secs();
    let at = DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0)?;
    Some(at.to_rfc3339_opts(SecondsFormat::Secs, true))
}
