//! A server that does to each request exactly what a script says, down to the socket: answers, stalls, drips, resets.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};
use socket2::SockRef;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use crate::gate::Gate;

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path without the query.
    pub path: String,
    /// What stands behind the question mark.
    pub query: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
    /// 1 for the first request with this method and path.
    pub nth: usize,
    /// 1 for the first connection.
    pub connection: usize,
    /// When its last byte was read.
    pub at: Instant,
}

impl Request {
    /// Whether it is for a new pair of tokens.
    #[must_use]
    pub fn is_obtain(&self) -> bool {
        self.path == "/api/v2/token/new/"
    }

    /// Whether it is for a new access token.
    #[must_use]
    pub fn is_refresh(&self) -> bool {
        self.path == "/api/v2/token/refresh/"
    }

    /// Whether it is for a token at all.
    #[must_use]
    pub fn is_token(&self) -> bool {
        self.is_obtain() || self.is_refresh()
    }

    /// The access token it bears.
    #[must_use]
    pub fn bearer(&self) -> Option<&str> {
        self.headers.get(http::header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
    }
}

/// One thing that is done to a connection.
#[derive(Clone, Debug)]
pub enum Step {
    /// Sends these bytes.
    Send(Vec<u8>),
    /// Sends these bytes one by one, with this pause before each.
    Drip(Vec<u8>, Duration),
    /// Does nothing for this time.
    Pause(Duration),
    /// Does nothing until the gate is open.
    Until(Gate),
    /// Does nothing until the other side closes. Nothing comes after it.
    Stall,
    /// Says that nothing more will be sent, and goes on.
    FinishSending,
    /// Closes the connection with a reset. Nothing comes after it.
    Reset,
    /// Closes the connection. Nothing comes after it.
    Close,
}

/// What is done to the connection once a request was read. The connection is kept where no step closes it.
#[derive(Clone, Debug)]
pub struct Reply(Vec<Step>);

impl Reply {
    /// These steps, one after the other.
    pub fn steps(steps: impl IntoIterator<Item = Step>) -> Self {
        Self(steps.into_iter().collect())
    }

    /// A reset in place of an answer.
    #[must_use]
    pub fn reset() -> Self {
        Self::steps([Step::Reset])
    }

    /// The end of the connection in place of an answer.
    #[must_use]
    pub fn close() -> Self {
        Self::steps([Step::Close])
    }

    /// Silence in place of an answer.
    #[must_use]
    pub fn stall() -> Self {
        Self::steps([Step::Stall])
    }

    /// The same, once the gate is open.
    #[must_use]
    pub fn once(mut self, gate: &Gate) -> Self {
        self.0.insert(0, Step::Until(gate.clone()));
        self
    }

    /// The same, after this time.
    #[must_use]
    pub fn after(mut self, pause: Duration) -> Self {
        self.0.insert(0, Step::Pause(pause));
        self
    }

    /// The same, and then this.
    #[must_use]
    pub fn then(mut self, step: Step) -> Self {
        self.0.push(step);
        self
    }
}

/// A whole HTTP answer.
#[derive(Clone, Debug)]
pub struct Answer {
    status: u16,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
}

impl Answer {
    /// An answer with this status and body, and no header but its length.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: body.into() }
    }

    /// An answer with this JSON.
    #[must_use]
    pub fn json(status: u16, body: &Value) -> Self {
        Self::new(status, body.to_string()).header("content-type", "application/json")
    }

    /// The error that the API describes: a summary, a detail, and a `type` where there is one.
    #[must_use]
    pub fn error(status: u16, code: Option<&str>, summary: &str, detail: &str) -> Self {
        let mut body = json!({ "summary": summary, "detail": detail, "status_code": status });
        if let (Some(code), Some(members)) = (code, body.as_object_mut()) {
            members.insert("type".to_owned(), code.into());
        }
        Self::json(status, &body)
    }

    /// The 401 that is about our token.
    #[must_use]
    pub fn invalid_token() -> Self {
        Self::error(401, None, "Invalid token", "Token is invalid or expired")
    }

    /// The same with this header, as these bytes.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<Vec<u8>>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The same without keeping the connection.
    #[must_use]
    pub fn closing(self) -> Reply {
        self.header("connection", "close").reply().then(Step::Close)
    }

    /// The answer as it stands on the wire.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let head = format!("HTTP/1.1 {} x\r\ncontent-length: {}\r\n", self.status, self.body.len());
        let mut bytes = head.into_bytes();
        for (name, value) in &self.headers {
            bytes.extend_from_slice(name.as_bytes());
            bytes.extend_from_slice(b": ");
            bytes.extend_from_slice(value);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(&self.body);
        bytes
    }

    /// Sends it, and keeps the connection.
    #[must_use]
    pub fn reply(&self) -> Reply {
        Reply::steps([Step::Send(self.bytes())])
    }

    /// Sends this many bytes of it, counted from its first (`left` positive) or up to its end (`left` negative).
    #[must_use]
    pub fn cut(&self, left: isize) -> Reply {
        let mut bytes = self.bytes();
        let length =
            if left < 0 { bytes.len().saturating_sub(left.unsigned_abs()) } else { left.unsigned_abs() };
        bytes.truncate(length);
        Reply::steps([Step::Send(bytes)])
    }
}

/// The answer of a token operation: `access-1` with `refresh-1`, or `refreshed-1`, valid for 24 hours.
#[must_use]
pub fn token_answer(request: &Request) -> Answer {
    let nth = request.nth;
    Answer::json(
        200,
        &if request.is_obtain() {
            json!({
                "access": format!("access-{nth}"), "access_expires": 86_400,
                "refresh": format!("refresh-{nth}"), "refresh_expires": 2_592_000,
            })
        } else {
            json!({ "access": format!("refreshed-{nth}"), "access_expires": 86_400 })
        },
    )
}

type Script = dyn Fn(&Request) -> Reply + Send + Sync;

/// Every request so far, and how many there were of each method and path.
#[derive(Debug, Default)]
struct Seen {
    requests: Vec<Request>,
    counts: HashMap<(String, String), usize>,
}

/// A server on this machine whose every move is scripted. It ends when dropped.
#[derive(Debug)]
pub struct FaultServer {
    address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
    closed: watch::Receiver<usize>,
    task: JoinHandle<()>,
}

impl FaultServer {
    /// Does to every request what `script` says.
    pub async fn start(script: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::<Mutex<Seen>>::default();
        let (closing, closed) = watch::channel(0);
        let script: Arc<Script> = Arc::new(script);
        let recorded = Arc::clone(&seen);
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            for number in 1.. {
                let Ok((stream, _)) = listener.accept().await else { return };
                let (script, seen, closing) = (Arc::clone(&script), Arc::clone(&recorded), closing.clone());
                connections.spawn(async move {
                    // A client that goes away is what many tests are about.
                    let _ = serve(stream, number, &*script, &seen).await;
                    closing.send_modify(|closed| *closed += 1);
                });
                while connections.try_join_next().is_some() {}
            }
        });
        Self { address, seen, closed, task }
    }

    /// Grants tokens as [`token_answer`] does, and does to every other request what `script` says.
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
        self.address
    }

    /// The base URL for a client.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Every request so far, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.seen).requests.clone()
    }

    /// How many requests were for anything but a token.
    #[must_use]
    pub fn hits(&self) -> usize {
        lock(&self.seen).requests.iter().filter(|request| !request.is_token()).count()
    }

    /// How many requests were for a new pair, and how many for a new access token.
    #[must_use]
    pub fn token_hits(&self) -> (usize, usize) {
        let seen = lock(&self.seen);
        let count = |is: fn(&Request) -> bool| seen.requests.iter().filter(|request| is(request)).count();
        (count(Request::is_obtain), count(Request::is_refresh))
    }

    /// Waits until this many connections have been closed.
    pub async fn closed(&self, connections: usize) {
        self.closed.clone().wait_for(|closed| *closed >= connections).await.unwrap();
    }

    /// Waits until this many requests for anything but a token have arrived.
    pub async fn arrived(&self, requests: usize) {
        while self.hits() < requests {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.task.abort();
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
    let _ = stream.set_nodelay(true);
    let mut buffer = Vec::new();
    while let Some(mut request) = read_request(&mut stream, &mut buffer, connection).await? {
        let reply = {
            let mut seen = lock(seen);
            let nth = seen.counts.entry((request.method.clone(), request.path.clone())).or_default();
            *nth += 1;
            request.nth = *nth;
            seen.requests.push(request.clone());
            script(&request)
        };
        for step in reply.0 {
            match step {
                Step::Send(bytes) => stream.write_all(&bytes).await?,
                Step::Drip(bytes, pause) => {
                    for byte in bytes {
                        tokio::time::sleep(pause).await;
                        stream.write_all(&[byte]).await?;
                    }
                }
                Step::Pause(pause) => tokio::time::sleep(pause).await,
                Step::Until(gate) => gate.passed().await,
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
