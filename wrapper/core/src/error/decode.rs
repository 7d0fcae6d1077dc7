//! A success whose body is not what the contract promises.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;

use super::shown::{Cleaned, Length};
use super::trail::Trail;
use crate::operation::{Class, Operation};

/// What is wrong with a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DecodeReason {
    /// It is JSON, but a member is missing or of another type than the contract says.
    Shape,
    /// It is not JSON.
    Syntax,
    /// It ends too early.
    Incomplete,
    /// It is larger than the client accepts.
    TooLarge,
    /// The status is a success that the contract does not know for this operation.
    Status,
}

/// The API answered with success, and its body could not be read.
///
/// The call has counted: the body is kept for you to read in your own way. That of a token operation is dropped.
pub struct DecodeError {
    operation: Operation,
    reason: DecodeReason,
    status: StatusCode,
    path: Option<String>,
    body: Bytes,
    pub(crate) trail: Trail,
}

impl DecodeError {
    /// Says that the answer to `operation` could not be read at `path`, a JSON path such as `transactions.booked[3]`.
    #[must_use]
    pub fn new(
        operation: Operation,
        reason: DecodeReason,
        status: StatusCode,
        path: Option<String>,
        body: Bytes,
    ) -> Self {
        let body = if operation.class() == Class::Token { Bytes::new() } else { body };
        Self { operation, reason, status, path, body, trail: Trail::default() }
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
            DecodeReason::Shape => "the answer is not what the contract says",
            DecodeReason::Syntax => "the answer is not json",
            DecodeReason::Incomplete => "the answer ends too early",
            DecodeReason::TooLarge => "the answer is larger than the client accepts",
            DecodeReason::Status => "the contract knows no such success",
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

// The text of a serde error may quote the offending value, so it is no source here.
impl std::error::Error for DecodeError {}
