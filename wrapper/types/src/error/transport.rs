//! No complete response: the connection failed, or a timeout passed.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::call_context::CallContext;
use super::display::Length;
use crate::operation::{Operation, OperationClass};
use crate::rate_limits::RateLimits;

/// Whether the server can have received the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sent {
    /// Nothing was sent.
    No,
    /// Some or all of it was sent: the server may have carried it out, and a metered read may have counted.
    Maybe,
}

/// What the call was waiting for when a timeout or deadline passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeoutPhase {
    /// A permit or the access token: the call itself was never sent.
    BeforeSending,
    /// The connection.
    Connect,
    /// The head of the response.
    Response,
    /// The rest of the response.
    Body,
}

/// The head of a response whose body did not arrive as a whole.
#[derive(Clone)]
pub(super) struct ResponseHead {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) rate_limits: RateLimits,
}

/// A call without a complete response, and what had arrived of it.
#[derive(Clone)]
pub(super) struct Incomplete {
    operation: Operation,
    body: Bytes,
    source: Option<Arc<reqwest::Error>>,
    pub(super) head: Option<Box<ResponseHead>>,
    pub(super) context: CallContext,
}

impl Incomplete {
    fn new(operation: Operation, body: Bytes, source: Option<reqwest::Error>) -> Self {
        let source = source.map(|source| Arc::new(source.without_url()));
        Self { operation, body, source, head: None, context: CallContext::default() }
    }

    fn after_head(self, status: StatusCode, headers: HeaderMap, now: SystemTime) -> Self {
        let rate_limits = RateLimits::from_headers(&headers, now);
        Self { head: Some(Box::new(ResponseHead { status, headers, rate_limits })), ..self }
    }
}

/// A timeout or deadline passed before the whole response arrived.
#[derive(Clone)]
pub struct TimeoutError {
    phase: TimeoutPhase,
    limit: Option<Duration>,
    pub(super) call: Incomplete,
}

impl TimeoutError {
    /// `operation` did not complete within `limit`; `body` is what had arrived of the response.
    #[doc(hidden)]
    #[must_use]
    pub fn new(
        operation: Operation,
        phase: TimeoutPhase,
        limit: Option<Duration>,
        body: Bytes,
        source: Option<reqwest::Error>,
    ) -> Self {
        let mut call = Incomplete::new(operation, body, source);
        call.context.attempts = u32::from(phase != TimeoutPhase::BeforeSending);
        Self { phase, limit, call }
    }

    /// The same error, after the head of the response had arrived at `now`.
    #[doc(hidden)]
    #[must_use]
    pub fn after_head(self, status: StatusCode, headers: HeaderMap, now: SystemTime) -> Self {
        Self { call: self.call.after_head(status, headers, now), ..self }
    }

    /// The operation that was called.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.call.operation
    }

    /// What the call was waiting for.
    #[must_use]
    pub fn phase(&self) -> TimeoutPhase {
        self.phase
    }

    /// How long the call was allowed to take, if that is known.
    #[must_use]
    pub fn limit(&self) -> Option<Duration> {
        self.limit
    }

    /// Whether the server can have received the request.
    #[must_use]
    pub fn sent(&self) -> Sent {
        match self.phase {
            TimeoutPhase::BeforeSending | TimeoutPhase::Connect => Sent::No,
            TimeoutPhase::Response | TimeoutPhase::Body => Sent::Maybe,
        }
    }

    /// What had arrived of the response body. It may hold bank data: do not log it.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.call.body
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.call.operation.words())?;
        f.write_str(match self.phase {
            TimeoutPhase::BeforeSending => "the deadline passed before the call was sent",
            TimeoutPhase::Connect => "no connection in time",
            TimeoutPhase::Response => "no response in time",
            TimeoutPhase::Body => "the response was not complete in time",
        })?;
        if let Some(limit) = self.limit {
            write!(f, " ({limit:?})")?;
        }
        f.write_str(sent_note(self.call.operation, self.sent()))
    }
}

impl fmt::Debug for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TimeoutError")
            .field("operation", &self.call.operation.id())
            .field("phase", &self.phase)
            .field("limit", &self.limit)
            .field("body", &Length(self.call.body.len()))
            .finish_non_exhaustive()
    }
}

impl std::error::Error for TimeoutError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.call.source.as_deref().map(|source| source as _)
    }
}

/// How a connection failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnectionFailure {
    /// No connection could be established: name lookup, refused, unreachable.
    Connect,
    /// The server's TLS certificate was rejected, or it offers no safe version of TLS. Nothing was sent, and a retry does
    /// not help.
    Certificate,
    /// The connection ended before the head of the response.
    Broken,
    /// The connection ended within the body of the response.
    CutShort,
}

/// The connection failed: name lookup, TLS, refused, reset, or a response cut short.
#[derive(Clone)]
pub struct TransportError {
    failure: ConnectionFailure,
    pub(super) call: Incomplete,
}

impl TransportError {
    /// The connection of `operation` failed; `body` is what had arrived of the response.
    #[doc(hidden)]
    #[must_use]
    pub fn new(
        operation: Operation,
        failure: ConnectionFailure,
        body: Bytes,
        source: Option<reqwest::Error>,
    ) -> Self {
        Self { failure, call: Incomplete::new(operation, body, source) }
    }

    /// The same error, after the head of the response had arrived at `now`.
    #[doc(hidden)]
    #[must_use]
    pub fn after_head(self, status: StatusCode, headers: HeaderMap, now: SystemTime) -> Self {
        Self { call: self.call.after_head(status, headers, now), ..self }
    }

    /// How the connection failed.
    #[must_use]
    pub fn failure(&self) -> ConnectionFailure {
        self.failure
    }

    /// The operation that was called.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.call.operation
    }

    /// Whether the server can have received the request.
    #[must_use]
    pub fn sent(&self) -> Sent {
        match self.failure {
            ConnectionFailure::Connect | ConnectionFailure::Certificate => Sent::No,
            ConnectionFailure::Broken | ConnectionFailure::CutShort => Sent::Maybe,
        }
    }

    /// What had arrived of the response body. It may hold bank data: do not log it.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.call.body
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.call.operation.words())?;
        f.write_str(match self.failure {
            ConnectionFailure::Connect => "could not connect",
            ConnectionFailure::Certificate => "tls certificate verification failed",
            ConnectionFailure::Broken => "the connection broke before the response",
            ConnectionFailure::CutShort => "the response was cut short",
        })?;
        f.write_str(sent_note(self.call.operation, self.sent()))
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("operation", &self.call.operation.id())
            .field("failure", &self.failure)
            .field("body", &Length(self.call.body.len()))
            .finish_non_exhaustive()
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.call.source.as_deref().map(|source| source as _)
    }
}

/// What a caller must know if the server may have acted.
fn sent_note(operation: Operation, sent: Sent) -> &'static str {
    match (sent, operation.class()) {
        (Sent::Maybe, OperationClass::Write) => "; it may have been created: check before creating it again",
        (Sent::Maybe, OperationClass::MeteredRead) => {
            "; it may have counted towards the daily limit: call again in some hours"
        }
        _ => "",
    }
}
