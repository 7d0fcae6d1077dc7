//! An HTTP/1.1 server that follows a script down to the socket: responses, stalls, drips, resets.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use socket2::SockRef;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::Instant;

use crate::clock::until;
use crate::listener::Listener;
use crate::reply::{Reply, Step, token_answer};

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path without the query.
    pub path: String,
    /// The query without the question mark.
    pub query: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
    /// 1 for the first request with this method and path.
    pub nth: usize,
    /// 1 for the first connection.
    pub connection: usize,
    /// When its last byte was read, on the clock of the runtime.
    pub at: Instant,
}

impl Request {
    /// Whether it asks for a new token pair.
    #[must_use]
    pub fn is_obtain(&self) -> bool {
        self.path == OBTAIN
    }

    /// Whether it asks for a new access token.
    #[must_use]
    pub fn is_refresh(&self) -> bool {
        self.path == REFRESH
    }

    /// Whether it asks for a token.
    #[must_use]
    pub fn is_token(&self) -> bool {
        self.is_obtain() || self.is_refresh()
    }

    /// The query parameters, decoded, in order.
    #[must_use]
    pub fn parameters(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(self.query.as_bytes()).into_owned().collect()
    }

    /// Its access token.
    #[must_use]
    pub fn bearer(&self) -> Option<&str> {
        self.headers.get(http::header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
    }
}

type Script = dyn Fn(&Request) -> Reply + Send + Sync;

/// Every request so far, and how many there were of each method and path.
#[derive(Debug, Default)]
struct Seen {
    requests: Vec<Request>,
    forgets: bool,
    counts: HashMap<(String, String), usize>,
}

impl Seen {
    /// How many requests there were with such a path.
    fn count(&self, is: impl Fn(&str) -> bool) -> usize {
        self.counts.iter().filter(|((_, path), _)| is(path)).map(|(_, count)| count).sum()
    }
}

const OBTAIN: &str = "/api/v2/token/new/";
const REFRESH: &str = "/api/v2/token/refresh/";

/// A server that treats each request as a script says. Stops when dropped.
#[derive(Debug)]
pub struct FaultServer {
    listener: Listener,
    seen: Arc<Mutex<Seen>>,
}

impl FaultServer {
    /// Treats every request as `script` says.
    pub async fn start(script: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let (seen, script): (_, Arc<Script>) = (Arc::<Mutex<Seen>>::default(), Arc::new(script));
        let recorded = Arc::clone(&seen);
        let listener = Listener::start(move |stream, number| {
            let (script, seen) = (Arc::clone(&script), Arc::clone(&recorded));
            async move { serve(stream, number, &*script, &seen).await }
        })
        .await;
        Self { listener, seen }
    }

    /// Grants tokens with [`token_answer`], and treats every other request as `script` says.
    pub async fn api(script: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        Self::start(
            move |request| {
                if request.is_token() { token_answer(request).reply() } else { script(request) }
            },
        )
        .await
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.listener.address()
    }

    /// The base URL for a client.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address())
    }

    /// Counts requests without keeping them, so that a long run does not fill the memory.
    #[must_use]
    pub fn forgetting(self) -> Self {
        lock(&self.seen).forgets = true;
        self
    }

    /// Every request so far, in order, unless it is [forgetting](Self::forgetting) them.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.seen).requests.clone()
    }

    /// The requests since the last call, in order.
    #[must_use]
    pub fn take(&self) -> Vec<Request> {
        std::mem::take(&mut lock(&self.seen).requests)
    }

    /// How many requests there were, not counting token requests.
    #[must_use]
    pub fn hits(&self) -> usize {
        lock(&self.seen).count(|path| path != OBTAIN && path != REFRESH)
    }

    /// How many requests asked for a new pair, and how many for a new access token.
    #[must_use]
    pub fn token_hits(&self) -> (usize, usize) {
        let seen = lock(&self.seen);
        (seen.count(|path| path == OBTAIN), seen.count(|path| path == REFRESH))
    }

    /// The most connections that were open at once.
    #[must_use]
    pub fn most_connections(&self) -> usize {
        self.listener.most_connections()
    }

    /// Waits until this many connections have been closed.
    pub async fn closed(&self, connections: usize) {
        self.listener.closed(connections).await;
    }

    /// Waits until this many requests have arrived, not counting token requests.
    pub async fn arrived(&self, requests: usize) {
        until(|| self.hits() >= requests).await;
    }
}

fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(
    mut stream: TcpStream,
    connection: usize,
    script: &Script,
    seen: &Mutex<Seen>,
) -> std::io::Result<()> {
    let mut buffer = Vec::new();
    while let Some(mut request) = read_request(&mut stream, &mut buffer, connection).await? {
        let reply = {
            let mut seen = lock(seen);
            let nth = seen.counts.entry((request.method.clone(), request.path.clone())).or_default();
            *nth += 1;
            request.nth = *nth;
            if !seen.forgets {
                seen.requests.push(request.clone());
            }
            script(&request)
        };
        for step in reply.into_steps() {
            match step {
                Step::Send(bytes) => stream.write_all(&bytes).await?,
                Step::Drip(bytes, pause) => {
                    for byte in bytes {
                        tokio::time::sleep(pause).await;
                        stream.write_all(&[byte]).await?;
                    }
                }
                Step::Pause(pause) => tokio::time::sleep(pause).await,
                Step::Until(gate) => gate.opened().await,
                Step::Stall => {
                    while stream.read_buf(&mut buffer).await? > 0 {}
                    return Ok(());
                }
                Step::FinishSending => stream.shutdown().await?,
                Step::Reset => {
                    SockRef::from(&stream).set_linger(Some(Duration::ZERO))?;
                    return Ok(());
                }
                Step::Close => return Ok(()),
            }
        }
    }
    Ok(())
}

/// The next request, or `None` where the client has no more.
async fn read_request(
    stream: &mut TcpStream,
    buffer: &mut Vec<u8>,
    connection: usize,
) -> std::io::Result<Option<Request>> {
    let head_end = loop {
        if let Some(at) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 4;
        }
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    };
    let head = String::from_utf8_lossy(&buffer.drain(..head_end).collect::<Vec<_>>()).into_owned();
    let mut lines = head.lines();
    let mut first = lines.next().unwrap_or_default().split(' ');
    let (method, target) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers: HeaderMap = lines
        .filter_map(|line| line.split_once(':'))
        .filter_map(|(name, value)| {
            Some((name.parse::<HeaderName>().ok()?, HeaderValue::from_str(value.trim()).ok()?))
        })
        .collect();
    let length =
        headers.get(http::header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let length: usize = length.unwrap_or_default();
    while buffer.len() < length {
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    }
    Ok(Some(Request {
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers,
        body: buffer.drain(..length).collect(),
        nth: 0,
        connection,
        at: Instant::now(),
    }))
}
