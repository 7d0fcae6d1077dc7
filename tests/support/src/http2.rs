//! A scripted HTTP/2 server without TLS.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use h2::server::SendResponse;
use h2::{Reason, RecvStream};
use serde_json::json;
use tokio::net::TcpStream;

use crate::clock::drop_after;
use crate::listener::Listener;
use crate::reply::Answer;

/// What is done to a stream.
#[derive(Clone, Debug)]
pub enum Act {
    /// Answers it.
    Answer(Answer),
    /// Resets it before any answer. [`Reason::REFUSED_STREAM`] says that it was not read and may be sent again.
    Reset(Reason),
    /// Sends the head and half of the body, and resets it.
    ResetWithin,
    /// Sends the head and half of the body, and nothing more.
    StallWithin,
    /// Sends GOAWAY, having processed neither this stream nor any after it.
    GoAway,
}

/// The limits that the server announces.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Concurrent streams.
    pub streams: u32,
    /// The initial flow-control window.
    pub window: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { streams: 100, window: 65_535 }
    }
}

/// Chooses the act from the path and the number of the request, not counting token requests.
type Script = dyn Fn(&str, usize) -> Act + Send + Sync;

/// An HTTP/2 server. Stops when dropped.
#[derive(Debug)]
pub struct Http2Server {
    listener: Listener,
    paths: Arc<Mutex<Vec<String>>>,
}

impl Http2Server {
    /// The half of a body that [`Act::ResetWithin`] and [`Act::StallWithin`] send.
    pub const HALF: &[u8] = b"{\"balances\":[]";

    /// Grants tokens, and treats every other stream as `script` says.
    pub async fn start(
        settings: Settings,
        script: impl Fn(&str, usize) -> Act + Send + Sync + 'static,
    ) -> Self {
        let (paths, script): (_, Arc<Script>) = (Arc::<Mutex<Vec<String>>>::default(), Arc::new(script));
        let recorded = Arc::clone(&paths);
        let listener = Listener::start(move |stream, _| {
            let (script, recorded) = (Arc::clone(&script), Arc::clone(&recorded));
            async move { serve(stream, settings, &*script, &recorded).await.map_err(io::Error::other) }
        })
        .await;
        Self { listener, paths }
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.listener.address()
    }

    /// The paths of all requests, including token requests.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        lock(&self.paths).clone()
    }

    /// How many requests were read, not counting token requests.
    #[must_use]
    pub fn hits(&self) -> usize {
        hits(&lock(&self.paths))
    }
}

fn lock(paths: &Mutex<Vec<String>>) -> MutexGuard<'_, Vec<String>> {
    paths.lock().unwrap_or_else(PoisonError::into_inner)
}

fn hits(paths: &[String]) -> usize {
    paths.iter().filter(|path| !path.contains("/token/")).count()
}

async fn serve(
    stream: TcpStream,
    settings: Settings,
    script: &Script,
    paths: &Mutex<Vec<String>>,
) -> Result<(), h2::Error> {
    let mut builder = h2::server::Builder::new();
    builder.max_concurrent_streams(settings.streams).initial_window_size(settings.window);
    let mut connection = builder.handshake::<_, Bytes>(stream).await?;
    // Streams that must stay open are kept here until the connection ends.
    let mut open = Vec::new();
    while let Some(accepted) = connection.accept().await {
        let (request, mut respond) = accepted?;
        let path = request.uri().path().to_owned();
        let nth = {
            let mut paths = lock(paths);
            paths.push(path.clone());
            hits(&paths)
        };
        let act = if path.contains("/token/") {
            Act::Answer(Answer::json(200, &json!({ "access": "access-1", "access_expires": 86_400 })))
        } else {
            script(&path, nth)
        };
        match act {
            Act::Answer(with) => {
                tokio::spawn(answer(with, request.into_body(), respond));
            }
            Act::Reset(reason) => respond.send_reset(reason),
            Act::ResetWithin | Act::StallWithin => {
                let head = http::Response::builder().header("content-length", "100").body(()).unwrap();
                let mut body = respond.send_response(head, false)?;
                body.send_data(Bytes::from_static(Http2Server::HALF), false)?;
                if matches!(act, Act::ResetWithin) {
                    // After the data was written: a reset drops what is still queued.
                    drop(drop_after(1, connection.accept()).await);
                    body.send_reset(Reason::INTERNAL_ERROR);
                } else {
                    open.push(body);
                }
            }
            Act::GoAway => {
                respond.send_reset(Reason::REFUSED_STREAM);
                connection.graceful_shutdown();
            }
        }
    }
    Ok(())
}

/// Reads a request to its end and answers it.
async fn answer(with: Answer, mut body: RecvStream, mut respond: SendResponse<Bytes>) {
    while let Some(Ok(data)) = body.data().await {
        let _ = body.flow_control().release_capacity(data.len());
    }
    let head = http::Response::builder().status(with.status()).body(()).unwrap();
    if let Ok(mut stream) = respond.send_response(head, false) {
        let _ = stream.send_data(with.body().to_vec().into(), true);
    }
}
