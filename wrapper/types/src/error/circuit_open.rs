//! A call that the client does not make because the circuit breaker of the account is open.

use std::fmt;
use std::time::SystemTime;

use super::advice::Advice;
use super::kind::ApiErrorKind;
use crate::AccountStatus;
use crate::operation::Operation;

/// The last calls for this account failed in a way that leads to suspension, so no further one is made for now.
///
/// The circuit closes by itself: the client looks at the account's metadata, which costs no read, and lets one read
/// through once that says that the account is ready and some time has passed.
#[derive(Clone, Debug)]
pub struct CircuitOpenError {
    operation: Operation,
    failures: u32,
    last: Option<ApiErrorKind>,
    status: Option<AccountStatus>,
    retry_at: Option<SystemTime>,
}

impl CircuitOpenError {
    #[doc(hidden)]
    #[must_use]
    pub fn new(operation: Operation, failures: u32, last: Option<ApiErrorKind>) -> Self {
        Self { operation, failures, last, status: None, retry_at: None }
    }

    /// The same error of an account with this status, which may be read again at this instant.
    #[doc(hidden)]
    #[must_use]
    pub fn until(self, status: Option<AccountStatus>, retry_at: Option<SystemTime>) -> Self {
        Self { status, retry_at, ..self }
    }

    /// The operation that was not called.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// How many calls in a row failed. The service suspends an account after ten.
    #[must_use]
    pub fn failures(&self) -> u32 {
        self.failures
    }

    /// What the last failure was, also if it happened in another process or an earlier run.
    #[must_use]
    pub fn last(&self) -> Option<ApiErrorKind> {
        self.last
    }

    /// The status that the account's metadata had after the last failure, if it was looked at.
    #[must_use]
    pub fn account_status(&self) -> Option<&AccountStatus> {
        self.status.as_ref()
    }

    /// When the client looks at the account again; `None` if it does not by itself.
    #[must_use]
    pub fn retry_at(&self) -> Option<SystemTime> {
        self.retry_at
    }

    /// What to do about it: connect the account again if its consent ended or it was suspended; else wait, if it is
    /// known until when; else look at its metadata, and reset its circuit once that says that it is ready.
    #[must_use]
    pub fn advice(&self) -> Advice {
        use ApiErrorKind as Kind;
        match (&self.status, self.last, self.retry_at) {
            (Some(AccountStatus::Suspended | AccountStatus::Expired), _, _)
            | (_, Some(Kind::ConsentExpired | Kind::ConsentScope | Kind::AccountSuspended), _) => {
                Advice::Reconnect
            }
            (Some(AccountStatus::Error), _, _) => Advice::PollAccount,
            (_, _, Some(at)) => Advice::WaitUntil(at),
            (_, _, None) => Advice::ResetCircuit,
        }
    }
}

impl fmt::Display for CircuitOpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: not called, because {} calls in a row failed", self.operation.words(), self.failures)?;
        if let Some(last) = self.last {
            write!(f, ", the last with \"{last}\",")?;
        }
        write!(f, " and ten suspend the account; {}", self.advice())
    }
}

impl std::error::Error for CircuitOpenError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::OperationClass;

    #[test]
    fn only_a_consent_that_ended_or_a_suspension_says_reconnect() {
        use ApiErrorKind::{ConsentExpired, InstitutionFailed};
        let at = SystemTime::UNIX_EPOCH;
        let operation = Operation::new(&("get_account_balances", "GET", "/", OperationClass::MeteredRead));
        for (last, status, retry_at, advice) in [
            (Some(InstitutionFailed), None, Some(at), Advice::WaitUntil(at)),
            (Some(InstitutionFailed), Some(AccountStatus::Ready), Some(at), Advice::WaitUntil(at)),
            (Some(InstitutionFailed), Some(AccountStatus::Error), Some(at), Advice::PollAccount),
            (Some(InstitutionFailed), Some(AccountStatus::Ready), None, Advice::ResetCircuit),
            (None, None, None, Advice::ResetCircuit),
            (Some(ConsentExpired), None, Some(at), Advice::Reconnect),
            (Some(InstitutionFailed), Some(AccountStatus::Suspended), None, Advice::Reconnect),
            (None, Some(AccountStatus::Expired), None, Advice::Reconnect),
        ] {
            let error = CircuitOpenError::new(operation, 5, last).until(status.clone(), retry_at);
            assert_eq!(error.advice(), advice, "{last:?} {status:?}");
            assert!(error.to_string().ends_with(&advice.to_string()), "{error}");
        }
    }
}
