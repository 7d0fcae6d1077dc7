//! A success with everything that came with it.

use std::fmt;
use std::time::SystemTime;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::error::display::{Length, SafeHeaders};
use crate::rate_limits::RateLimits;
use crate::request_id::request_id;

/// A value with the limits, the request id and the status that came with it.
///
/// `Debug` shows neither the value nor the body.
pub struct Response<T> {
    value: T,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    received_at: SystemTime,
}

impl<T> Response<T> {
    #[doc(hidden)]
    #[must_use]
    pub fn new(
        value: T,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        received_at: SystemTime,
    ) -> Self {
        Self { value, status, headers, body, received_at }
    }

    /// The value.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value, without the rest.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
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

    /// The body as it came, with every member that the contract does not declare; empty for the token operations. It may
    /// hold bank data: do not log it.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The rate limits that the headers state.
    #[must_use]
    pub fn rate_limits(&self) -> RateLimits {
        RateLimits::from_headers(&self.headers, self.received_at)
    }

    /// The request id, for questions to the support of the service.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// The same response with another value.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Response<U> {
        let Self { value, status, headers, body, received_at } = self;
        Response { value: make(value), status, headers, body, received_at }
    }
}

impl<T> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status.as_u16())
            .field("headers", &SafeHeaders(&self.headers))
            .field("body", &Length(self.body.len()))
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response() -> Response<&'static str> {
        let mut headers = HeaderMap::new();
        headers.insert("x-c-uuid", "7c1e".parse().unwrap());
        headers.insert("http_x_ratelimit_remaining", 99.into());
        headers.insert("set-cookie", "canary".parse().unwrap());
        let body = Bytes::from_static(b"canary");
        Response::new("canary", StatusCode::CREATED, headers, body, SystemTime::UNIX_EPOCH)
    }

    #[test]
    fn all_that_came_along_stays_with_the_value_also_when_it_becomes_another() {
        let longer = response().map(|value| [value, value].concat());
        assert_eq!((longer.value().as_str(), longer.status()), ("canarycanary", StatusCode::CREATED));
        assert_eq!((longer.headers().len(), longer.request_id()), (3, Some("7c1e")));
        assert_eq!((longer.body().as_ref(), response().into_value()), (&b"canary"[..], "canary"));
        assert_eq!(longer.rate_limits().general.unwrap().remaining, Some(99));
    }

    #[test]
    fn debug_shows_status_limits_and_request_id_and_nothing_of_the_value() {
        let shown = format!("{:?}", response());
        for part in ["status: 201", "\"x-c-uuid\": \"7c1e\"", "\"99\"", "<6 bytes>"] {
            assert!(shown.contains(part), "{shown}");
        }
        assert!(!shown.contains("canary"), "{shown}");
    }
}
