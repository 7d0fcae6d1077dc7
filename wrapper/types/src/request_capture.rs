//! How the generated client is used without letting it send: it builds the request, and this keeps it.

use std::fmt;
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::Request;

/// Stands in for a connection: the generated client's `pre` hook calls [`keep`](Self::keep) and ends the function there, and
/// whoever called it gets the finished request with [`take`](Self::take). One for each request.
#[derive(Clone, Default)]
pub struct RequestCapture(Arc<Mutex<Option<Request>>>);

impl RequestCapture {
    /// Takes the request out, and leaves one in its place that nobody sends.
    pub fn keep(&self, request: &mut Request) {
        let unsent = Request::new(request.method().clone(), request.url().clone());
        let request = mem::replace(request, unsent);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(request);
    }

    /// The request that was kept, once; `None` if none could be built.
    #[must_use]
    pub fn take(&self) -> Option<Request> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Shows no request: its address has ids, and its headers and body may have secrets.
impl fmt::Debug for RequestCapture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RequestCapture")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_request_comes_back_once_and_whole() {
        let url = "http://localhost/api/v2/institutions/".parse().unwrap();
        let mut request = Request::new(http::Method::POST, url);
        request.headers_mut().insert("accept", http::HeaderValue::from_static("application/json"));
        *request.body_mut() = Some("{}".into());
        let capture = RequestCapture::default();
        capture.keep(&mut request);
        assert!(request.headers().is_empty() && request.body().is_none());
        let request = capture.take().unwrap();
        assert_eq!((request.method(), request.url().path()), (&http::Method::POST, "/api/v2/institutions/"));
        assert_eq!(request.headers().len(), 1);
        assert_eq!(request.body().and_then(reqwest::Body::as_bytes), Some(&b"{}"[..]));
        assert!(capture.take().is_none());
    }

    #[test]
    fn debug_shows_nothing_of_a_request() {
        let capture = RequestCapture::default();
        capture.keep(&mut Request::new(http::Method::GET, "http://localhost/canary".parse().unwrap()));
        assert_eq!(format!("{capture:?}"), "RequestCapture");
    }
}
