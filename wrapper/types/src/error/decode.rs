//! A success whose body could not be decoded.

use std::fmt;

use std::time::SystemTime;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::advice::Advice;
use super::body::member_in_text;
use super::call_context::CallContext;
use super::display::{Cleaned, Length, SafeHeaders};
use crate::operation::{Operation, OperationClass};
use crate::rate_limits::RateLimits;
use crate::request_id::request_id;

/// What is wrong with a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DecodeReason {
    /// It is JSON, but not what the contract declares, and could not be read in part either.
    Shape,
    /// It is not JSON.
    Syntax,
    /// It ends too early.
    Incomplete,
    /// It is larger than the client accepts.
    TooLarge,
    /// It is compressed, although the client asked for no compression.
    Compressed,
}

/// The API returned a success whose body could not be decoded.
///
/// The call has counted, so the body is kept for you to read in your own way. That of a token operation is dropped.
#[derive(Clone)]
pub struct DecodeError {
    operation: Operation,
    reason: DecodeReason,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    path: Option<String>,
    detail: Option<String>,
    rate_limits: RateLimits,
    pub(crate) context: CallContext,
}

impl DecodeError {
    /// The success of `operation` that arrived at `now` and could not be decoded.
    #[doc(hidden)]
    #[must_use]
    pub fn new(
        operation: Operation,
        reason: DecodeReason,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        now: SystemTime,
    ) -> Self {
        let body = if operation.class() == OperationClass::Token { Bytes::new() } else { body };
        let rate_limits = RateLimits::from_headers(&headers, now);
        let (path, detail, context) = (None, None, CallContext::default());
        Self { operation, reason, status, headers, body, path, detail, rate_limits, context }
    }

    /// The same error, with the place of the fault and what is wrong there.
    #[doc(hidden)]
    #[must_use]
    pub fn at(self, path: Option<String>, detail: Option<String>) -> Self {
        Self { path, detail, ..self }
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

    /// The headers as they came.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The rate limits that the headers state.
    #[must_use]
    pub fn rate_limits(&self) -> &RateLimits {
        &self.rate_limits
    }

    /// The request id, for questions to the support of the service.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
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

    /// The `id` in the body, if one can be read: of a requisition or agreement that was created, although its response does
    /// not decode.
    #[must_use]
    pub fn id(&self) -> Option<String> {
        self.member("id")
    }

    /// The `link` in the body, if one can be read.
    #[must_use]
    pub fn link(&self) -> Option<String> {
        self.member("link")
    }

    fn member(&self, name: &str) -> Option<String> {
        let Ok(body) = serde_json::from_slice::<serde_json::Value>(&self.body) else {
            return member_in_text(&String::from_utf8_lossy(&self.body), name);
        };
        // One level deeper is where it has been put too.
        let levels = [Some(&body), body.get("data"), body.get(0)];
        let text = levels.into_iter().flatten().find_map(|level| level.get(name)?.as_str());
        text.map(str::to_owned)
    }

    /// What to do about it. The call has counted, so it is not simply made again.
    #[must_use]
    pub fn advice(&self) -> Advice {
        match (self.operation.class(), self.reason) {
            (OperationClass::Write | OperationClass::IdempotentWrite, _) => Advice::CheckFirst,
            (OperationClass::Token, _) => Advice::ContactSupport,
            (_, DecodeReason::TooLarge) => Advice::RaiseBodyLimit,
            _ => Advice::ReadBody,
        }
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
            DecodeReason::Compressed => "the response is compressed, which was not requested",
        })?;
        write!(f, " ({})", self.status.as_u16())?;
        if let Some(path) = &self.path {
            write!(f, " at {}", Cleaned(path))?;
        }
        if let Some(detail) = &self.detail {
            write!(f, ": {detail}")?;
        }
        write!(f, "; {}", self.advice())
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("operation", &self.operation.id())
            .field("reason", &self.reason)
            .field("status", &self.status.as_u16())
            .field("path", &self.path)
            .field("request_id", &self.request_id())
            .field("headers", &SafeHeaders(&self.headers))
            .field("body", &Length(self.body.len()))
            .finish_non_exhaustive()
    }
}

// The text of a serde error may quote the offending value, so it is not a source.
impl std::error::Error for DecodeError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_created_is_found_also_in_a_body_that_is_cut_off_or_one_level_deeper() {
        let create = Operation::new(&("create_requisition", "POST", "/", OperationClass::Write));
        for body in [
            r#"{"id":"x","link":"https://l","acc"#,
            r#"{"id":"x","link":"https://l"}</html>"#,
            r#"<!-- x -->{"id": "x", "link" : "https:\/\/l"}"#,
            r#"[{"id":"x","link":"https://l"}]"#,
            r#"{"data":{"id":"x","link":"https://l"}}"#,
        ] {
            let (reason, now) = (DecodeReason::Shape, SystemTime::UNIX_EPOCH);
            let body = Bytes::from_static(body.as_bytes());
            let error =
                DecodeError::new(create, reason, StatusCode::CREATED, HeaderMap::new(), body.clone(), now);
            let (id, link) = (error.id(), error.link());
            assert_eq!((id.as_deref(), link.as_deref()), (Some("x"), Some("https://l")), "{body:?}");
        }
    }
}
