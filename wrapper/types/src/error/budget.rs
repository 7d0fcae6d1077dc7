//! A call that the client does not make because a limit that it keeps leaves no place for it.

use std::fmt;
use std::time::SystemTime;

use super::advice::utc;
use super::kind::RateLimitScope;
use crate::operation::Operation;

/// A limit leaves no place for this call within the time that it may wait, so nothing was sent.
///
/// The client keeps the limits of the company and of each account itself, together with all processes that share its
/// state: a call beyond them only fails at the service, and counts towards the company's limit.
#[derive(Clone, Debug)]
pub struct BudgetError {
    operation: Operation,
    scope: Option<RateLimitScope>,
    retry_at: SystemTime,
    /// Why, where the scope alone does not say it.
    why: Option<&'static str>,
}

impl BudgetError {
    /// The call of `operation` has no place before `retry_at`. Without a scope, shared state cannot be used.
    #[doc(hidden)]
    #[must_use]
    pub fn new(operation: Operation, scope: Option<RateLimitScope>, retry_at: SystemTime) -> Self {
        Self { operation, scope, retry_at, why: None }
    }

    /// Reads of the account are in flight, and it takes no more at once; the last of them ends at `retry_at` at the latest.
    #[doc(hidden)]
    #[must_use]
    pub fn busy(operation: Operation, retry_at: SystemTime) -> Self {
        let why = Some("other reads of this account are still in progress");
        Self { why, ..Self::new(operation, Some(RateLimitScope::Account), retry_at) }
    }

    /// Few calls are sent until `retry_at`, because the shared state does not know what was sent just before.
    #[doc(hidden)]
    #[must_use]
    pub fn recovering(operation: Operation, retry_at: SystemTime) -> Self {
        let why = Some("the shared state is new or was lost, so that few calls are sent for about a minute");
        Self { why, ..Self::new(operation, Some(RateLimitScope::Company), retry_at) }
    }

    /// As many token pairs were obtained within the hour as are safe.
    #[doc(hidden)]
    #[must_use]
    pub fn obtains(operation: Operation, retry_at: SystemTime) -> Self {
        let why = Some("as many token pairs were obtained within the hour as are safe");
        Self { why, ..Self::new(operation, Some(RateLimitScope::Company), retry_at) }
    }

    /// The operation that was not called.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// Whose limit it is; `None` if the state that processes share cannot be used and the client fails calls until it can.
    #[must_use]
    pub fn scope(&self) -> Option<RateLimitScope> {
        self.scope
    }

    /// When there is a place, as far as is known now.
    #[must_use]
    pub fn retry_at(&self) -> SystemTime {
        self.retry_at
    }
}

impl fmt::Display for BudgetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = self.why.unwrap_or(match self.scope {
            Some(RateLimitScope::Account) => "the account has no read of this kind left today",
            Some(_) => "the company's rate limit for this kind of call is used up",
            None => "the shared state cannot be used",
        });
        write!(f, "{}: not sent, because {why}; ", self.operation.words())?;
        match utc(self.retry_at) {
            Some(at) => write!(f, "call again after {at}"),
            None => f.write_str("call again later"),
        }
    }
}

impl std::error::Error for BudgetError {}
