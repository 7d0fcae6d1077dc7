//! No whole answer: the connection failed, or a deadline passed.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;

use super::shown::Length;
use super::trail::Trail;
use crate::operation::{Class, Operation};

/// Whether the server can have received the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sent {
    /// Nothing was sent.
    No,
    /// Some or all of it was sent: the server may have carried it out, and a scarce read may have counted.
    Maybe,
}

/// What was being waited for when a deadline passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeoutPhase {
    /// The connection.
    Connect,
    /// The head of the answer.
    Response,
    /// The rest of the answer.
    Body,
}

/// A deadline passed before the whole answer arrived.
pub struct TimeoutError {
    operation: Operation,
    phase: TimeoutPhase,
    limit: Option<Duration>,
    body: Bytes,
    source: Option<reqwest::Error>,
    pub(crate) trail: Trail,
}

impl TimeoutError {
    /// Says that `operation` was not done within `limit`; `body` is what had arrived of the answer.
    #[must_use]
    pub fn new(
        operation: Operation,
        phase: TimeoutPhase,
        limit: Option<Duration>,
        body: Bytes,
        source: Option<reqwest::Error>,
    ) -> Self {
        Self {
            operation,
            phase,
            limit,
            body,
            source: source.map(reqwest::Error::without_url),
            trail: Trail::default(),
        }
    }

    /// The operation that was called.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// What was being waited for.
    #[must_use]
    pub fn phase(&self) -> TimeoutPhase {
        self.phase
    }

    /// How long the call was allowed to take, as far as it is known.
    #[must_use]
    pub fn limit(&self) -> Option<Duration> {
        self.limit
    }

    /// Whether the server can have received the request.
    #[must_use]
    pub fn sent(&self) -> Sent {
        if self.phase == TimeoutPhase::Connect { Sent::No } else { Sent::Maybe }
    }

    /// What had arrived of the answer's body. It may hold bank data: do not log it.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation.words())?;
        f.write_str(match self.phase {
            TimeoutPhase::Connect => "no connection in time",
            TimeoutPhase::Response => "no answer in time",
            TimeoutPhase::Body => "the answer did not end in time",
        })?;
        if let Some(limit) = self.limit {
            write!(f, " ({limit:?})")?;
        }
        f.write_str(sent_note(self.operation, self.sent()))
    }
}

impl fmt::Debug for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TimeoutError")
            .field("operation", &self.operation.id())
            .field("phase", &self.phase)
            .field("limit", &self.limit)
            .field("body", &Length(self.body.len()))
            .finish_non_exhaustive()
    }
}

impl std::error::Error for TimeoutError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

/// How a connection failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnectionFailure {
    /// No connection came about: name lookup, refused, unreachable.
    Connect,
    /// The server could not prove who it is: its certificate was refused, or it speaks no TLS that is safe. Nothing was
    /// sent, and trying again does not help.
    Certificate,
    /// The connection ended before the head of the answer.
    Broken,
    /// The connection ended within the body of the answer.
    CutShort,
}

/// The connection failed: name lookup, TLS, refused, reset, or an answer cut short.
pub struct TransportError {
    operation: Operation,
    failure: ConnectionFailure,
    body: Bytes,
    source: Option<reqwest::Error>,
    pub(crate) trail: Trail,
}

impl TransportError {
    /// Says that the connection of `operation` failed; `body` is what had arrived of the answer.
    #[must_use]
    pub fn new(
        operation: Operation,
        failure: ConnectionFailure,
        body: Bytes,
        source: Option<reqwest::Error>,
    ) -> Self {
        Self {
            operation,
            failure,
            body,
            source: source.map(reqwest::Error::without_url),
            trail: Trail::default(),
        }
    }

    /// How the connection failed.
    #[must_use]
    pub fn failure(&self) -> ConnectionFailure {
        self.failure
    }

    /// The operation that was called.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// Whether the server can have received the request.
    #[must_use]
    pub fn sent(&self) -> Sent {
        match self.failure {
            ConnectionFailure::Connect | ConnectionFailure::Certificate => Sent::No,
            ConnectionFailure::Broken | ConnectionFailure::CutShort => Sent::Maybe,
        }
    }

    /// What had arrived of the answer's body. It may hold bank data: do not log it.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation.words())?;
        f.write_str(match self.failure {
            ConnectionFailure::Connect => "could not connect",
            ConnectionFailure::Certificate => "the server could not prove over tls who it is",
            ConnectionFailure::Broken => "the connection broke before the answer",
            ConnectionFailure::CutShort => "the answer was cut short",
        })?;
        f.write_str(sent_note(self.operation, self.sent()))
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("operation", &self.operation.id())
            .field("failure", &self.failure)
            .field("body", &Length(self.body.len()))
            .finish_non_exhaustive()
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

/// What a caller must know where the server may have acted.
fn sent_note(operation: Operation, sent: Sent) -> &'static str {
    match (sent, operation.class()) {
        (Sent::Maybe, Class::Write) => "; it may have been created: look before creating again",
        (Sent::Maybe, Class::ScarceRead) => "; it may have counted towards the daily limit",
        _ => "",
    }
}
