//! A success whose body could not be decoded.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;

use super::call_context::CallContext;
use super::display::{Cleaned, Length};
use crate::operation::{Operation, OperationClass};

/// What is wrong with a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DecodeReason {
    /// It is JSON, but a member is missing or has another type than the contract declares.
    Shape,
    /// It is not JSON.
    Syntax,
    /// It ends too early.
    Incomplete,
    /// It is larger than the client accepts.
    TooLarge,
}

/// The API returned a success whose body could not be decoded.
///
/// The call has counted, so the body is kept for you to read in your own way. That of a token operation is dropped.
pub struct DecodeError {
    operation: Operation,
    reason: DecodeReason,
    status: StatusCode,
    path: Option<String>,
    body: Bytes,
    pub(crate) context: CallContext,
}

impl DecodeError {
    /// The response to `operation` could not be decoded at `path`, a JSON path such as `transactions.booked[3]`.
    #[must_use]
    pub fn new(
        operation: Operation,
        reason: DecodeReason,
        status: StatusCode,
        path: Option<String>,
        body: Bytes,
    ) -> Self {
        let body = if operation.class() == OperationClass::Token { Bytes::new() } else { body };
        Self { operation, reason, status, path, body, context: CallContext::default() }
    }

    /// The operation that was called.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// What is wrong with the body.
    #[must_use]
    pub fn reason(&self) -> DecodeReason {
        self.reason
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Where in the body the fault is, as a JSON path such as `transactions.booked[3].transactionAmount`.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// The body as it came; empty for the token operations. It may hold bank data: do not log it.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation.words())?;
        f.write_str(match self.reason {
            DecodeReason::Shape => "the response is not what the contract declares",
            DecodeReason::Syntax => "the response is not json",
            DecodeReason::Incomplete => "the response ends too early",
            DecodeReason::TooLarge => "the response is larger than the client accepts",
        })?;
        write!(f, " ({})", self.status.as_u16())?;
        match &self.path {
            Some(path) => write!(f, " at {}", Cleaned(path)),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("operation", &self.operation.id())
            .field("reason", &self.reason)
            .field("status", &self.status.as_u16())
            .field("path", &self.path)
            .field("body", &Length(self.body.len()))
            .finish_non_exhaustive()
    }
}

// The text of a serde error may quote the offending value, so it is not a source.
impl std::error::Error for DecodeError {}
