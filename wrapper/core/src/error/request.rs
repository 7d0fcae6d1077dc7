//! A call that was refused on this side.

use std::fmt;

/// Rejected before anything was sent: a setting, an id or a value that cannot be right.
#[derive(Debug)]
pub struct InvalidRequestError {
    what: &'static str,
    message: String,
}

impl InvalidRequestError {
    /// Says what is wrong with `what`, such as "base url" or "create requisition".
    #[must_use]
    pub fn new(what: &'static str, message: impl Into<String>) -> Self {
        Self { what, message: message.into() }
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
