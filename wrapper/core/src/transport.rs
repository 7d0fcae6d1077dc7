//! The hook of the generated client: puts the access token on a request, sends it, and bounds the answer.
//!
//! It decides nothing: whether to send, to wait or to send again is its caller's. What it saw of the answer is left in
//! a [`CallRecord`], because a hook of the generated client can return nothing but `reqwest`'s own errors.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_LENGTH};
use http::{HeaderMap, HeaderValue, StatusCode};
use http_body_util::BodyExt;
use reqwest::ResponseBuilderExt;

use crate::Secret;

/// The most bytes of a body that are accepted, decompressed: 16 MiB, which is some 20,000 transactions.
pub const DEFAULT_BODY_LIMIT: usize = 16 * 1024 * 1024;

/// The most that is set aside before anything has arrived, whatever the answer says of its length.
const FIRST_RESERVE: usize = 64 * 1024;

/// How one call is sent: with which token, for how long, and how large an answer is accepted.
#[derive(Clone)]
pub struct Transport {
    bearer: Option<HeaderValue>,
    timeout: Option<Duration>,
    body_limit: usize,
    record: Option<CallRecord>,
}

impl Transport {
    /// Sends without a token, which only the token operations may do.
    #[must_use]
    pub fn anonymous() -> Self {
        Self { bearer: None, timeout: None, body_limit: DEFAULT_BODY_LIMIT, record: None }
    }

    /// Sends with this access token, or `None` where it cannot stand in a header.
    #[must_use]
    pub fn with_token(token: &Secret) -> Option<Self> {
        let bearer = Bytes::from(format!("Bearer {}", token.expose()));
        let mut bearer = HeaderValue::from_maybe_shared(bearer).ok()?;
        bearer.set_sensitive(true);
        Some(Self { bearer: Some(bearer), ..Self::anonymous() })
    }

    /// Allows the whole call this long, from sending to the last byte.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Accepts bodies of at most this many bytes.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Leaves the answer in a record, from which [`conclude`](crate::conclude) makes a value or an error. The generated
    /// client then gets the status alone: it would copy the headers and decode the body, both of which are done from the
    /// record, once and without a copy.
    ///
    /// Without a record the generated client gets the whole answer, and can be used by itself.
    #[must_use]
    pub fn recorded(mut self) -> (Self, CallRecord) {
        let record = CallRecord::default();
        self.record = Some(record.clone());
        (self, record)
    }

    /// Sends `request` and reads the whole answer. The generated client calls this for every operation.
    ///
    /// # Errors
    /// What `reqwest` says when no answer came. An answer whose body breaks off or is too large is none of them: it comes
    /// back as far as it was read, which is no whole JSON any more, and the record says why.
    pub async fn execute(
        &self,
        client: &reqwest::Client,
        mut request: reqwest::Request,
        operation: &'static str,
    ) -> reqwest::Result<reqwest::Response> {
        if let Some(bearer) = &self.bearer {
            request.headers_mut().insert(AUTHORIZATION, bearer.clone());
        }
        if let Some(timeout) = self.timeout {
            *request.timeout_mut() = Some(timeout);
        }
        tracing::trace!(operation, "sending");
        let url = request.url().clone();
        let response: http::Response<reqwest::Body> = client.execute(request).await?.into();
        let (parts, mut body) = response.into_parts();
        let announced =
            parts.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        let (bytes, failure) = self.read(&mut body, announced).await;
        let Some(record) = &self.record else {
            return Ok(http::Response::from_parts(parts, bytes).into());
        };
        let status = parts.status;
        record.set(Answer { status, headers: parts.headers, body: bytes, failure, at: SystemTime::now() });
        // With its URL, because one would be parsed in its place otherwise.
        let mut shell = http::Response::builder().url(url).body(Bytes::new()).unwrap_or_default();
        *shell.status_mut() = status;
        Ok(shell.into())
    }

    /// Reads a body to its end or to the limit. What had arrived is kept even where it breaks off: a scarce read has
    /// been paid for.
    async fn read(&self, body: &mut reqwest::Body, announced: Option<usize>) -> (Bytes, Option<BodyFailure>) {
        let mut whole = Gathered::new(announced);
        loop {
            match body.frame().await {
                None => return (whole.into_bytes(), None),
                Some(Err(error)) => return (whole.into_bytes(), Some(BodyFailure::Broken(error))),
                Some(Ok(frame)) => {
                    let Ok(data) = frame.into_data() else { continue };
                    if whole.len() + data.len() > self.body_limit {
                        return (whole.into_bytes(), Some(BodyFailure::TooLarge));
                    }
                    whole.push(data);
                }
            }
        }
    }
}

/// Bytes that arrive in pieces. A body in one piece, which is the usual case, is not copied.
struct Gathered {
    first: Bytes,
    rest: Vec<u8>,
    announced: usize,
}

impl Gathered {
    /// `announced` is how many bytes the answer says it has.
    fn new(announced: Option<usize>) -> Self {
        Self { first: Bytes::new(), rest: Vec::new(), announced: announced.unwrap_or(usize::MAX) }
    }

    fn len(&self) -> usize {
        if self.rest.is_empty() { self.first.len() } else { self.rest.len() }
    }

    fn push(&mut self, data: Bytes) {
        if self.first.is_empty() && self.rest.is_empty() {
            self.first = data;
            return;
        }
        if self.rest.is_empty() {
            self.make_room(self.first.len());
            self.rest.extend_from_slice(&self.first);
        }
        self.make_room(data.len());
        self.rest.extend_from_slice(&data);
    }

    /// The room doubles with what has arrived. An answer's word for its length keeps it from growing beyond that, and
    /// never makes it grow.
    fn make_room(&mut self, more: usize) {
        let needed = self.rest.len() + more;
        if needed > self.rest.capacity() {
            let doubled = self.rest.len().saturating_mul(2).max(FIRST_RESERVE);
            self.rest.reserve_exact(doubled.min(self.announced).max(needed) - self.rest.len());
        }
    }

    fn into_bytes(self) -> Bytes {
        if self.rest.is_empty() { self.first } else { self.rest.into() }
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("token", &self.bearer.is_some())
            .field("timeout", &self.timeout)
            .field("body_limit", &self.body_limit)
            .finish_non_exhaustive()
    }
}

/// What was seen of the answer to one call.
#[derive(Clone, Default)]
pub struct CallRecord(Arc<Mutex<Option<Answer>>>);

/// The answer to one call, as far as it came.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) failure: Option<BodyFailure>,
    pub(crate) at: SystemTime,
}

/// Why a body was not read to its end.
pub(crate) enum BodyFailure {
    TooLarge,
    Broken(reqwest::Error),
}

impl CallRecord {
    fn set(&self, answer: Answer) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
    }

    pub(crate) fn take(&self) -> Option<Answer> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl fmt::Debug for CallRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CallRecord(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gathered(announced: Option<usize>, pieces: usize) -> (Bytes, usize) {
        let mut whole = Gathered::new(announced);
        for _ in 0..pieces {
            whole.push(Bytes::from(vec![b'x'; 1_000]));
        }
        let room = whole.rest.capacity();
        (whole.into_bytes(), room)
    }

    #[test]
    fn a_body_in_pieces_is_whole_whatever_length_was_announced() {
        for announced in [None, Some(0), Some(1), Some(3_000), Some(300_000), Some(usize::MAX)] {
            for pieces in [0, 1, 2, 3, 300] {
                assert_eq!(gathered(announced, pieces).0, vec![b'x'; pieces * 1_000], "{announced:?}");
            }
        }
    }

    #[test]
    fn room_is_made_for_what_arrived_and_not_for_what_was_promised() {
        assert!(gathered(Some(usize::MAX), 2).1 <= FIRST_RESERVE);
        assert_eq!(gathered(Some(300_000), 300).1, 300_000);
        assert_eq!(gathered(None, 1).1, 0);
    }
}
