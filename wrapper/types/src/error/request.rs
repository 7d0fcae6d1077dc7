//! A call that was rejected on this side.

use std::borrow::Cow;
use std::fmt;

use crate::operation::Operation;

/// Rejected before anything was sent: a setting, an id or a value that cannot be right.
///
/// Functions of your own that return [`Error`](super::Error) can reject what they are given in the same way:
///
/// ```
/// use gocardless_bank_data_types::AccountId;
/// use gocardless_bank_data_types::error::{InvalidRequestError, Result};
///
/// fn account_of(customer: Option<AccountId>) -> Result<AccountId> {
///     customer.ok_or_else(|| InvalidRequestError::new("customer", "has no account; send a link first").into())
/// }
///
/// assert_eq!(account_of(None).unwrap_err().to_string(), "customer: has no account; send a link first");
/// ```
#[derive(Clone, Debug)]
pub struct InvalidRequestError {
    what: Cow<'static, str>,
    message: String,
}

impl InvalidRequestError {
    /// Says what is wrong with `what`, such as "base url".
    #[must_use]
    pub fn new(what: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self { what: what.into(), message: message.into() }
    }

    /// Says what is wrong with a call of `operation`.
    #[must_use]
    pub fn in_operation(operation: Operation, message: impl Into<String>) -> Self {
        Self { what: operation.words().into(), message: message.into() }
    }

    /// What is wrong, in words.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for InvalidRequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.message)
    }
}

impl std::error::Error for InvalidRequestError {}
