//! How the generated client is used without letting it send: it builds the request, and this keeps it.

use std::cell::Cell;
use std::mem;

use reqwest::Request;

thread_local! {
    /// The request that was built last on this thread and not yet taken.
    static KEPT: Cell<Option<Request>> = const { Cell::new(None) };
}

/// Stands in for a connection: the generated client's `pre` hook calls [`keep`](Self::keep) and ends the function there, and
/// whoever called it gets the finished request with [`take`](Self::take), on the same thread and before anything else is
/// built. Nothing waits in between, so one client serves all threads.
#[derive(Clone, Copy, Debug, Default)]
pub struct RequestCapture;

impl RequestCapture {
    /// Takes the request out, and leaves one in its place that nobody sends.
    pub fn keep(&self, request: &mut Request) {
        let unsent = Request::new(request.method().clone(), request.url().clone());
        let request = mem::replace(request, unsent);
        // A thread that is ending keeps nothing; the caller then finds no request.
        let _ = KEPT.try_with(|kept| kept.set(Some(request)));
    }

    /// The request that was kept, once; `None` if none could be built.
    #[must_use]
    pub fn take(&self) -> Option<Request> {
        KEPT.try_with(Cell::take).ok().flatten()
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
        let capture = RequestCapture;
        capture.keep(&mut request);
        assert!(request.headers().is_empty() && request.body().is_none());
        let request = capture.take().unwrap();
        assert_eq!((request.method(), request.url().path()), (&http::Method::POST, "/api/v2/institutions/"));
        assert_eq!(request.headers().len(), 1);
        assert_eq!(request.body().and_then(reqwest::Body::as_bytes), Some(&b"{}"[..]));
        assert!(capture.take().is_none());
    }

    #[test]
    fn threads_do_not_see_the_requests_of_each_other() {
        let capture = RequestCapture;
        let request =
            |path: &str| Request::new(http::Method::GET, format!("http://localhost/{path}").parse().unwrap());
        capture.keep(&mut request("mine"));
        let theirs = std::thread::spawn(move || {
            assert!(capture.take().is_none());
            capture.keep(&mut request("theirs"));
            capture.take().unwrap()
        });
        assert_eq!(theirs.join().unwrap().url().path(), "/theirs");
        assert_eq!(capture.take().unwrap().url().path(), "/mine");
    }
}
