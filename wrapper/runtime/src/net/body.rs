//! Reading a response to its end, within a limit.

use std::time::SystemTime;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use http_body_util::BodyExt as _;

/// The largest body that is accepted, decompressed: 16 MiB, which is about 20,000 transactions.
pub const DEFAULT_BODY_LIMIT: usize = 16 * 1024 * 1024;

/// The most that is reserved before anything has arrived, whatever length the response announces.
const FIRST_RESERVE: usize = 64 * 1024;

/// A response as far as it arrived.
pub(crate) struct RawResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) failure: Option<BodyFailure>,
    pub(crate) received_at: SystemTime,
}

/// Why a body was not read to its end.
pub(crate) enum BodyFailure {
    TooLarge,
    Broken(reqwest::Error),
}

impl RawResponse {
    /// Reads the body to its end, or up to `limit` bytes.
    pub(crate) async fn read(response: reqwest::Response, limit: usize) -> Self {
        let announced = response.content_length().and_then(|length| length.try_into().ok());
        let response: http::Response<reqwest::Body> = response.into();
        let (parts, mut body) = response.into_parts();
        let (body, failure) = read_body(&mut body, announced, limit).await;
        let (status, headers) = (parts.status, parts.headers);
        Self { status, headers, body, failure, received_at: SystemTime::now() }
    }
}

/// What had arrived is kept even if the body breaks off: a metered read has been paid for.
async fn read_body(
    body: &mut reqwest::Body,
    announced: Option<usize>,
    limit: usize,
) -> (Bytes, Option<BodyFailure>) {
    let mut buffer = Buffer::new(announced);
    loop {
        match body.frame().await {
            None => return (buffer.into_bytes(), None),
            Some(Err(error)) => return (buffer.into_bytes(), Some(BodyFailure::Broken(error))),
            Some(Ok(frame)) => {
                let Ok(data) = frame.into_data() else { continue };
                if buffer.len() + data.len() > limit {
                    return (buffer.into_bytes(), Some(BodyFailure::TooLarge));
                }
                buffer.push(data);
            }
        }
    }
}

/// Bytes that arrive in pieces. A body in one piece, which is the usual case, is not copied.
struct Buffer {
    first: Bytes,
    rest: Vec<u8>,
    announced: usize,
}

impl Buffer {
    /// `announced` is the length that the response states.
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
            self.reserve(self.first.len());
            self.rest.extend_from_slice(&self.first);
        }
        self.reserve(data.len());
        self.rest.extend_from_slice(&data);
    }

    /// Doubles the capacity as data arrives. The announced length only bounds that growth and never causes it.
    fn reserve(&mut self, more: usize) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn buffered(announced: Option<usize>, pieces: usize) -> (Bytes, usize) {
        let mut whole = Buffer::new(announced);
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
                assert_eq!(buffered(announced, pieces).0, vec![b'x'; pieces * 1_000], "{announced:?}");
            }
        }
    }

    #[test]
    fn room_is_made_for_what_arrived_and_not_for_what_was_promised() {
        assert_eq!(buffered(Some(usize::MAX), 2).1, 65_536);
        assert_eq!(buffered(Some(300_000), 300).1, 300_000);
        assert_eq!(buffered(None, 1).1, 0);
    }

    #[test]
    fn room_that_is_just_enough_is_not_enlarged_and_one_byte_more_doubles_it() {
        let mut whole = Buffer::new(None);
        for _ in 0..64 {
            whole.push(Bytes::from(vec![b'x'; 1_024]));
        }
        assert_eq!(whole.rest.capacity(), 65_536);
        whole.push(Bytes::from_static(b"x"));
        assert_eq!((whole.len(), whole.rest.capacity()), (65_537, 131_072));
    }

    #[tokio::test]
    async fn a_body_of_just_the_limit_is_accepted_and_of_a_longer_one_nothing_beyond_it_is_kept() {
        for (bytes, kept, is_too_large) in [(0, 0, false), (10, 10, false), (11, 0, true)] {
            let mut body = reqwest::Body::from(vec![b'x'; bytes]);
            let (read, failure) = read_body(&mut body, None, 10).await;
            assert_eq!((read.len(), failure.is_some()), (kept, is_too_large), "{bytes}");
            assert!(failure.is_none_or(|failure| matches!(failure, BodyFailure::TooLarge)));
        }
        assert_eq!(DEFAULT_BODY_LIMIT, 16_777_216);
    }
}
