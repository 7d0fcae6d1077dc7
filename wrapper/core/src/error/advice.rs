//! What the caller can do about an error, in one value and one sentence.

use std::fmt;
use std::time::SystemTime;

/// What to do about an error.
///
/// ```
/// use gocardless_bank_data_core::error::Advice;
///
/// assert_eq!(Advice::AllowIp.to_string(), "add this machine's address to the allow-list of the secret");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Advice {
    /// Call again at or after this instant, not before.
    WaitUntil(SystemTime),
    /// Call again much later, in hours and not at once: a bank's own limit ends with the day, repeated failures of a bank
    /// suspend the account, and a read that broke off may have been one of the four of the day.
    WaitLonger,
    /// Call again soon: the cause passes by itself.
    Retry,
    /// Look at what exists before calling again: the call may have been carried out.
    CheckFirst,
    /// Poll the account's metadata until it is ready, then call again.
    PollAccount,
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
    /// Ask the support of the service; the request id helps it.
    ContactSupport,
}

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WaitUntil(at) => {
                let wait = at.duration_since(SystemTime::now()).unwrap_or_default();
                return write!(f, "call again in {} s", wait.as_secs());
            }
            Self::WaitLonger => "call again in some hours, not before",
            Self::Retry => "call again",
            Self::CheckFirst => "look whether it was carried out before calling again",
            Self::PollAccount => "poll the account's metadata until it is ready",
            Self::Reconnect => "connect the account anew with a new agreement and requisition",
            Self::FixRequest => "change the request",
            Self::FixCredentials => "check the secret id and key",
            Self::AllowIp => "add this machine's address to the allow-list of the secret",
            Self::RaiseQuota => "raise the quota of the company",
            Self::ContactSupport => "contact the support of the service with the request id",
        })
    }
}
