//! What the generated client goes through: it makes URLs, puts the access token on a request, sends it, and bounds and
//! reads the answer.
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
use progenitor_client::{Error, ResponseValue};
use reqwest::Url;
use serde::de::DeserializeOwned;

use crate::Secret;
use crate::address::Address;
use crate::error::InvalidRequestError;
use crate::token::{AccessToken, bearer};

/// The most bytes of a body that are accepted, decompressed: 16 MiB, which is some 20,000 transactions.
pub const DEFAULT_BODY_LIMIT: usize = 16 * 1024 * 1024;

/// The most that is set aside before anything has arrived, whatever the answer says of its length.
const FIRST_RESERVE: usize = 64 * 1024;

/// How one call is sent: with which token, for how long, and how large an answer is accepted.
#[derive(Clone)]
pub struct Transport {
    address: Option<Arc<Address>>,
    bearer: Option<HeaderValue>,
    timeout: Option<Duration>,
    body_limit: usize,
    record: Option<CallRecord>,
}

impl Transport {
    /// Sends without a token, which only the token operations may do.
    #[must_use]
    pub fn anonymous() -> Self {
        Self { address: None, bearer: None, timeout: None, body_limit: DEFAULT_BODY_LIMIT, record: None }
    }

    /// Sends with this access token, or `None` where it cannot stand in a header.
    #[must_use]
    pub fn with_token(token: &Secret) -> Option<Self> {
        Some(Self { bearer: Some(bearer(token)?), ..Self::anonymous() })
    }

    /// Sends with this access token, whose header is made already, or without one.
    ///
    /// # Errors
    /// [`InvalidRequestError`] where the token cannot stand in a header.
    pub fn bearing(token: Option<&AccessToken>) -> Result<Self, InvalidRequestError> {
        let unfit = || InvalidRequestError::new("access token", "cannot stand in a header");
        let bearer = token.map(|token| token.bearer().cloned().ok_or_else(unfit)).transpose()?;
        Ok(Self { bearer, ..Self::anonymous() })
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

    /// Sends to this address, which saves parsing one for every call.
    #[must_use]
    pub fn at(mut self, address: Arc<Address>) -> Self {
        self.address = Some(address);
        self
    }

    /// Leaves the answer in a record, from which [`conclude`](crate::conclude) makes a response or an error. The generated
    /// client then gets the value alone, and nothing is copied for it.
    ///
    /// Without a record the generated client gets the whole answer, and can be used by itself.
    #[must_use]
    pub fn recorded(mut self) -> (Self, CallRecord) {
        let record = CallRecord::default();
        self.record = Some(record.clone());
        (self, record)
    }

    /// The URL of `path`, which begins with a slash, below the address that this transport is for, or else below `base`.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] where there is no address and `base` is none.
    #[expect(clippy::result_large_err, reason = "it is the error of the generated client's own functions")]
    pub fn url(&self, base: &str, path: &str) -> Result<Url, Error<()>> {
        match &self.address {
            Some(address) => Ok(address.url(path)),
            None => Url::parse(&[base, path].concat())
                .map_err(|_| Error::InvalidRequest("the base address is no absolute url".to_owned())),
        }
    }

    /// Sends `request`. The generated client calls this for every operation.
    ///
    /// # Errors
    /// What `reqwest` says when no answer came.
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
        client.execute(request).await
    }

    /// Reads an answer with a status that the contract knows for the operation.
    ///
    /// # Errors
    /// Where the body is not whole or not what the contract says. With a record,
    /// [`conclude`](crate::conclude) says what is wrong.
    pub async fn read<T: DeserializeOwned>(
        &self,
        response: reqwest::Response,
    ) -> Result<ResponseValue<T>, Error<()>> {
        let mut answer = self.gather(response).await;
        let status = answer.status;
        if self.record.is_none() {
            match answer.failure.take() {
                Some(BodyFailure::Broken(error)) => return Err(Error::ResponseBodyError(error)),
                Some(BodyFailure::TooLarge) => return Err(Error::Custom("the body is too large".to_owned())),
                None => {}
            }
        }
        // That it is UTF-8 is found out once for all of it; text by text, that was a fifth of the work.
        let value = match str::from_utf8(&answer.body) {
            Ok(text) => serde_json::from_str(text),
            Err(_) => serde_json::from_slice(&answer.body),
        };
        match (&self.record, value) {
            (Some(record), value) => {
                record.set(answer);
                value
                    .map(|value| ResponseValue::new(value, status, HeaderMap::new()))
                    .map_err(|_| recorded(status))
            }
            (None, Ok(value)) => Ok(ResponseValue::new(value, status, answer.headers)),
            (None, Err(error)) => Err(Error::InvalidResponsePayload(answer.body, error)),
        }
    }

    /// Reads any other answer.
    ///
    /// # Errors
    /// Always. Without a record the error has the answer.
    pub async fn keep<T>(&self, response: reqwest::Response) -> Result<ResponseValue<T>, Error<()>> {
        let answer = self.gather(response).await;
        let status = answer.status;
        let Some(record) = &self.record else {
            let mut whole = http::Response::new(answer.body);
            *whole.status_mut() = status;
            *whole.headers_mut() = answer.headers;
            return Err(Error::UnexpectedResponse(whole.into()));
        };
        record.set(answer);
        Err(recorded(status))
    }

    async fn gather(&self, response: reqwest::Response) -> Answer {
        let response: http::Response<reqwest::Body> = response.into();
        let (parts, mut body) = response.into_parts();
        let announced =
            parts.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        let (body, failure) = self.gather_body(&mut body, announced).await;
        Answer { status: parts.status, headers: parts.headers, body, failure, at: SystemTime::now() }
    }

    /// Reads a body to its end or to the limit. What had arrived is kept even where it breaks off: a scarce read has
    /// been paid for.
    async fn gather_body(
        &self,
        body: &mut reqwest::Body,
        announced: Option<usize>,
    ) -> (Bytes, Option<BodyFailure>) {
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

/// What the generated client gets for an answer that is in the record and is no value.
fn recorded(status: StatusCode) -> Error<()> {
    Error::ErrorResponse(ResponseValue::new((), status, HeaderMap::new()))
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
    pub(crate) fn set(&self, answer: Answer) {
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
        assert_eq!(gathered(Some(usize::MAX), 2).1, 65_536);
        assert_eq!(gathered(Some(300_000), 300).1, 300_000);
        assert_eq!(gathered(None, 1).1, 0);
    }

    #[test]
    fn room_that_is_just_enough_is_not_enlarged_and_one_byte_more_doubles_it() {
        let mut whole = Gathered::new(None);
        for _ in 0..64 {
            whole.push(Bytes::from(vec![b'x'; 1_024]));
        }
        assert_eq!(whole.rest.capacity(), 65_536);
        whole.push(Bytes::from_static(b"x"));
        assert_eq!((whole.len(), whole.rest.capacity()), (65_537, 131_072));
    }

    #[tokio::test]
    async fn a_body_of_just_the_limit_is_accepted_and_of_a_longer_one_nothing_beyond_it_is_kept() {
        let transport = Transport::anonymous().body_limit(10);
        for (bytes, kept, is_too_large) in [(0, 0, false), (10, 10, false), (11, 0, true)] {
            let mut body = reqwest::Body::from(vec![b'x'; bytes]);
            let (read, failure) = transport.gather_body(&mut body, None).await;
            assert_eq!((read.len(), failure.is_some()), (kept, is_too_large), "{bytes}");
            assert!(failure.is_none_or(|failure| matches!(failure, BodyFailure::TooLarge)));
        }
        assert_eq!(DEFAULT_BODY_LIMIT, 16_777_216);
    }

    #[test]
    fn a_token_is_sent_where_it_can_stand_in_a_header_and_shown_to_nobody() {
        assert!(Transport::with_token(&Secret::from("a\nb")).is_none());
        let transport =
            Transport::with_token(&Secret::from("canary")).unwrap().timeout(Duration::from_secs(2));
        assert_eq!(transport.bearer.as_ref().unwrap(), "Bearer canary");
        let shown = "Transport { token: true, timeout: Some(2s), body_limit: 16777216, .. }";
        assert_eq!(format!("{transport:?}"), shown);
    }

    #[test]
    fn a_record_gives_its_answer_once_and_does_not_show_it() {
        let (_, record) = Transport::anonymous().recorded();
        assert!(record.take().is_none());
        let (status, headers, body) = (StatusCode::OK, HeaderMap::new(), Bytes::from_static(b"canary"));
        record.set(Answer { status, headers, body, failure: None, at: SystemTime::UNIX_EPOCH });
        assert_eq!(format!("{record:?}"), "CallRecord(..)");
        assert_eq!(record.clone().take().unwrap().body, "canary");
        assert!(record.take().is_none());
    }
}
