//! A server at a socket that keeps the bytes it was sent and answers as it is told.
//!
//! It reads HTTP/1.1 by hand: what a test looks at is what was really on the wire.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// The access token that a recorder gives out.
pub(crate) const ACCESS: &str = "access-token-of-the-recorder";

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path, still escaped.
    pub path: String,
    /// The parameters of the query, unescaped, in their order.
    pub query: Vec<(String, String)>,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// The value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|header| header.0 == name).map(|header| header.1.as_str())
    }

    /// Whether it asks for a token pair.
    #[must_use]
    pub fn asks_for_token(&self) -> bool {
        self.path == "/api/v2/token/new/"
    }
}

/// What to answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Headers besides type and length.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// A status and a JSON body.
    #[must_use]
    pub fn json(status: u16, body: &Value) -> Self {
        Self { status, headers: Vec::new(), body: body.to_string().into_bytes() }
    }

    /// The answer to a request for a token pair.
    #[must_use]
    pub fn token() -> Self {
        let pair = serde_json::json!({
            "access": ACCESS, "access_expires": 86400, "refresh": "refresh-token", "refresh_expires": 2_592_000,
        });
        Self::json(200, &pair)
    }
}

type Answering = Arc<dyn Fn(&Request) -> Answer + Send + Sync>;

/// A running recorder on a free port of this machine. Dropping it stops it.
pub struct Recorder {
    base_url: String,
    requests: Arc<Mutex<Vec<Request>>>,
    task: JoinHandle<()>,
}

impl Recorder {
    /// Starts one that answers each request with what `answer` says.
    pub async fn start(answer: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let base_url = format!("http://{}", listener.local_addr().expect("an address"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (kept, answer): (_, Answering) = (Arc::clone(&requests), Arc::new(answer));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&kept), Arc::clone(&answer)));
            }
        });
        Self { base_url, requests, task }
    }

    /// The address to give to a client.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// What came since the last time, those for a token pair included.
    #[must_use]
    pub fn take(&self) -> Vec<Request> {
        std::mem::take(&mut self.requests.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

/// Serves one connection until its client closes it.
async fn serve(mut stream: TcpStream, kept: Arc<Mutex<Vec<Request>>>, answer: Answering) {
    let mut bytes = Vec::new();
    while let Some(request) = next(&mut stream, &mut bytes).await {
        let answer = answer(&request);
        kept.lock().unwrap_or_else(PoisonError::into_inner).push(request);
        let mut head =
            format!("HTTP/1.1 {} Told\r\ncontent-length: {}\r\n", answer.status, answer.body.len());
        if !answer.headers.iter().any(|(name, _)| name == "content-type") {
            head.push_str("content-type: application/json\r\n");
        }
        for (name, value) in &answer.headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        head.push_str("\r\n");
        let sent = [head.as_bytes(), &answer.body].concat();
        if stream.write_all(&sent).await.is_err() {
            return;
        }
    }
}

/// The next request of a connection; none where it was closed.
async fn next(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<Request> {
    let head_end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        more(stream, bytes).await?;
    };
    let head: Vec<u8> = bytes.drain(..head_end + 4).collect();
    let mut request = parsed(std::str::from_utf8(&head).expect("a head of text"));
    assert_eq!(request.header("transfer-encoding"), None, "the recorder reads bodies by their length");
    let length = request.header("content-length").map_or(0, |text| text.parse().expect("a length"));
    while bytes.len() < length {
        more(stream, bytes).await?;
    }
    request.body = bytes.drain(..length).collect();
    Some(request)
}

async fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    let mut chunk = [0; 4096];
    let read = stream.read(&mut chunk).await.ok().filter(|read| *read > 0)?;
    bytes.extend_from_slice(&chunk[..read]);
    Some(())
}

fn parsed(head: &str) -> Request {
    let mut lines = head.split("\r\n").filter(|line| !line.is_empty());
    let mut first = lines.next().expect("a request line").split(' ');
    let method = first.next().expect("a method").to_owned();
    let target = first.next().expect("a target");
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let query = form_urlencoded::parse(query.as_bytes());
    let header = |line: &str| {
        let (name, value) = line.split_once(':').expect("a header has a colon");
        (name.to_ascii_lowercase(), value.trim().to_owned())
    };
    Request {
        method,
        path: path.to_owned(),
        query: query.map(|(name, value)| (name.into_owned(), value.into_owned())).collect(),
        headers: lines.map(header).collect(),
        body: Vec::new(),
    }
}
