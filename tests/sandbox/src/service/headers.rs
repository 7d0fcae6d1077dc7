//! The headers that the service puts on its answers, and the last step from an answer to HTTP.

use axum::body::Body;
use bytes::Bytes;
use http::header::{self, HeaderName, HeaderValue};
use http::{HeaderMap, Response, StatusCode};

use crate::answer::Answer;
use crate::clock::http_date;
use crate::world::World;

/// Adds what the API sends with every answer, as recorded from the real one.
pub(crate) fn of_api(world: &World, answer: Answer, allow: &str) -> Answer {
    let (company, user) = world.request_ids();
    let answer = of_edge(world, answer)
        .with("cache-control", "no-store, no-cache, max-age=0")
        .with("content-language", "en")
        .with("x-c-uuid", company.to_string())
        .with("x-u-uuid", user.to_string());
    if allow.is_empty() { answer } else { answer.with("allow", allow) }
}

/// Adds what even the network's edge sends. The date is the sandbox's, not the machine's.
pub(crate) fn of_edge(world: &World, answer: Answer) -> Answer {
    answer.with("server", "cloudflare").with("date", http_date(world.clock.now()))
}

/// Status, headers and body, ready to be sent.
pub(crate) struct Message {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Message {
    /// Turns an answer into what is sent. A header that HTTP does not allow is left out; of a name that comes
    /// twice among `over` both stay, but they take the place of the answer's own.
    pub(crate) fn new(answer: &Answer, over: &[(String, String)], without: &[String]) -> Self {
        let (body, kind) = answer.body();
        let mut headers = HeaderMap::new();
        let kind = kind.map(|kind| ("content-type".to_owned(), kind));
        for (name, value) in kind.iter().chain(&answer.headers) {
            if let Some((name, value)) = parse(name, value) {
                headers.append(name, value);
            }
        }
        for (name, _) in over {
            headers.remove(name.as_str());
        }
        for (name, value) in over.iter().filter_map(|(name, value)| parse(name, value)) {
            headers.append(name, value);
        }
        for name in without {
            headers.remove(name.as_str());
        }
        // An interim status would leave the caller waiting for the real one.
        let status = StatusCode::from_u16(answer.status).ok().filter(|status| !status.is_informational());
        Self { status: status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), headers, body }
    }

    /// As a response with this body.
    pub(crate) fn response(self, body: Body) -> Response<Body> {
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }

    /// As the bytes of HTTP/1.1: head and body.
    pub(crate) fn bytes(&self) -> (Vec<u8>, Bytes) {
        let reason = self.status.canonical_reason().unwrap_or("Unknown");
        let mut head = format!("HTTP/1.1 {} {reason}\r\n", self.status.as_u16()).into_bytes();
        for (name, value) in &self.headers {
            head.extend_from_slice(name.as_str().as_bytes());
            head.extend_from_slice(b": ");
            head.extend_from_slice(value.as_bytes());
            head.extend_from_slice(b"\r\n");
        }
        if !self.headers.contains_key(header::CONTENT_LENGTH) {
            head.extend_from_slice(format!("content-length: {}\r\n", self.body.len()).as_bytes());
        }
        head.extend_from_slice(b"\r\n");
        (head, self.body.clone())
    }
}

fn parse(name: &str, value: &str) -> Option<(HeaderName, HeaderValue)> {
    Some((HeaderName::from_bytes(name.as_bytes()).ok()?, HeaderValue::from_bytes(value.as_bytes()).ok()?))
}
