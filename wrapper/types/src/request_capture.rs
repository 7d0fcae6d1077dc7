//! How the generated client is used without letting it send: it builds the request, and this keeps it.

use std::sync::Arc;

use http::StatusCode;
use reqwest::ResponseBuilderExt as _;

/// The status of the stand-in response. No server sends it, so the generated code takes it for an unexpected response
/// and hands it back whole.
const CAPTURED: StatusCode = match StatusCode::from_u16(599) {
    Ok(status) => status,
    Err(_) => StatusCode::INTERNAL_SERVER_ERROR,
};

/// Stands in for a connection: the generated client's `exec` hook calls [`keep`](Self::keep) in place of sending, and whoever
/// called the generated function gets the finished request back with [`take`](Self::take).
#[derive(Clone, Copy, Debug, Default)]
pub struct RequestCapture;

/// The request, as an extension of the stand-in response: those have to be cloned.
#[derive(Clone)]
struct Captured(Arc<reqwest::Request>);

impl RequestCapture {
    /// A response that carries `request` and nothing else.
    #[must_use]
    pub fn keep(self, request: reqwest::Request) -> reqwest::Response {
        // With an address, because `reqwest` would parse one of its own for a response that has none.
        let mut response = http::Response::builder()
            .url(request.url().clone())
            .body(reqwest::Body::default())
            .unwrap_or_default();
        *response.status_mut() = CAPTURED;
        response.extensions_mut().insert(Captured(Arc::new(request)));
        response.into()
    }

    /// The request that `response` carries, or `None` if it is a response of a server.
    #[must_use]
    pub fn take(mut response: reqwest::Response) -> Option<reqwest::Request> {
        let Captured(request) = response.extensions_mut().remove()?;
        Arc::into_inner(request)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_request_comes_back_as_it_was_kept() {
        let url = "http://localhost/api/v2/institutions/".parse().unwrap();
        let response = RequestCapture.keep(reqwest::Request::new(http::Method::GET, url));
        assert_eq!(response.status().as_u16(), 599);
        let request = RequestCapture::take(response).unwrap();
        assert_eq!((request.method(), request.url().path()), (&http::Method::GET, "/api/v2/institutions/"));
    }

    #[test]
    fn a_response_of_a_server_carries_no_request() {
        assert!(RequestCapture::take(http::Response::new("").into()).is_none());
    }
}
