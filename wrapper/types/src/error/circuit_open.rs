//! A call that the client does not make because the circuit breaker of the account is open.

use std::fmt;

use super::kind::ApiErrorKind;
use crate::operation::Operation;

/// The last calls for this account failed in a way that leads to suspension, so no further one is made until the circuit
/// breaker is reset.
#[derive(Clone, Debug)]
pub struct CircuitOpenError {
    operation: Operation,
    failures: u32,
    last: Option<ApiErrorKind>,
}

impl CircuitOpenError {
    #[doc(hidden)]
    #[must_use]
    pub fn new(operation: Operation, failures: u32, last: Option<ApiErrorKind>) -> Self {
        Self { operation, failures, last }
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

    /// What the last failure was; `None` if it happened in an earlier run.
    #[must_use]
    pub fn last(&self) -> Option<ApiErrorKind> {
        self.last
    }
}

impl fmt::Display for CircuitOpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: not called, because {} calls in a row failed", self.operation.words(), self.failures)?;
        if let Some(last) = self.last {
            write!(f, ", the last with \"{last}\",")?;
        }
        f.write_str(" and ten suspend the account; connect the account again, then reset its circuit breaker")
    }
}

impl std::error::Error for CircuitOpenError {}
