//! Over HTTP/2, is every refusal, reset and stall either safely sent again or an error of its own kind? (E16)

#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, reason = "clippy.toml allows it in tests, but not in their helpers")]

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use behaviour::{SECRET_ID, SECRET_KEY, Subject};
use bytes::Bytes;
use futures_util::future::join_all;
use gocardless_bank_data::error::{ConnectionFailure, Sent, TimeoutPhase};
use gocardless_bank_data::reqwest::ClientBuilder;
use gocardless_bank_data::{BankData, Credentials, Error, Timeouts};
use h2::server::SendResponse;
use h2::{Reason, RecvStream};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What is done to a stream.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// Answers it.
    Answer,
    /// Refuses it unread, which says that it may be sent again.
    Refuse,
    /// Resets it for this reason before any answer.
    Reset(Reason),
    /// Sends the head and half of the body, and resets it.
    ResetWithin,
    /// Sends the head and half of the body, and nothing more.
    StallWithin,
    /// Says that the connection ends, having taken nothing of this stream or after it.
    GoAway,
}

/// Which act meets the request with this path that is the how many-th to anything but the token.
type Script = dyn Fn(&str, usize) -> Act + Send + Sync;

/// A server of HTTP/2 without TLS. It ends when dropped.
struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

/// How streams may be used.
#[derive(Clone, Copy)]
struct Terms {
    streams: u32,
    window: u32,
}

const USUAL: Terms = Terms { streams: 100, window: 65_535 };

impl Server {
    async fn start(terms: Terms, script: impl Fn(&str, usize) -> Act + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (seen, script): (_, Arc<Script>) = (Arc::<Mutex<Vec<String>>>::default(), Arc::new(script));
        let noted = Arc::clone(&seen);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (script, noted) = (Arc::clone(&script), Arc::clone(&noted));
                tokio::spawn(async move {
                    let _ = connection(stream, terms, &*script, &noted).await;
                });
            }
        });
        Self { address, seen, task }
    }

    /// A client that speaks HTTP/2 from the first byte, as TLS would have agreed.
    fn client(&self, timeouts: Timeouts) -> BankData {
        BankData::builder(Credentials::new(SECRET_ID, SECRET_KEY))
            .base_url(format!("http://{}", self.address))
            .http_client(ClientBuilder::new().http2_prior_knowledge())
            .timeouts(timeouts)
            .build()
            .unwrap()
    }

    /// How many requests for anything but a token were read.
    fn hits(&self) -> usize {
        self.seen.lock().unwrap().iter().filter(|path| !path.contains("/token/")).count()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn connection(
    stream: TcpStream,
    terms: Terms,
    script: &Script,
    seen: &Mutex<Vec<String>>,
) -> Result<(), h2::Error> {
    let mut builder = h2::server::Builder::new();
    builder.max_concurrent_streams(terms.streams).initial_window_size(terms.window);
    let mut connection = builder.handshake::<_, Bytes>(stream).await?;
    // What must stay open is kept here until the connection ends.
    let mut open = Vec::new();
    while let Some(accepted) = connection.accept().await {
        let (request, mut respond) = accepted?;
        let path = request.uri().path().to_owned();
        let nth = {
            let mut seen = seen.lock().unwrap();
            seen.push(path.clone());
            seen.iter().filter(|path| !path.contains("/token/")).count()
        };
        let act = if path.contains("/token/") { Act::Answer } else { script(&path, nth) };
        match act {
            Act::Answer => {
                tokio::spawn(answer(path, request.into_body(), respond));
            }
            Act::Refuse => respond.send_reset(Reason::REFUSED_STREAM),
            Act::Reset(reason) => respond.send_reset(reason),
            Act::ResetWithin | Act::StallWithin => {
                let head = http::Response::builder().header("content-length", "100").body(()).unwrap();
                let mut body = respond.send_response(head, false)?;
                body.send_data(Bytes::from_static(b"{\"balances\":[]"), false)?;
                if matches!(act, Act::ResetWithin) {
                    // After the data was sent: a reset would drop what is still waiting.
                    let waiting = tokio::time::timeout(Duration::from_millis(100), connection.accept()).await;
                    drop(waiting);
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
async fn answer(path: String, mut body: RecvStream, mut respond: SendResponse<Bytes>) {
    while let Some(Ok(data)) = body.data().await {
        let _ = body.flow_control().release_capacity(data.len());
    }
    let token = json!({ "access": "access-1", "access_expires": 86_400 }).to_string().into_bytes();
    let (status, text) = if path.contains("/token/") {
        (200, token)
    } else if path.ends_with("/balances/") {
        (200, b"{\"balances\":[]}".to_vec())
    } else if path.ends_with("/requisitions/") {
        let whole = Subject::CreateRequisition.success().bytes();
        let at = whole.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        (201, whole.split_at(at + 4).1.to_vec())
    } else {
        (200, b"{}".to_vec())
    };
    let head = http::Response::builder().status(status).body(()).unwrap();
    if let Ok(mut stream) = respond.send_response(head, false) {
        let _ = stream.send_data(text.into(), true);
    }
}

fn short() -> Timeouts {
    let limit = Duration::from_millis(500);
    Timeouts { scarce_read: limit, write: limit, ..Timeouts::default() }
}

#[tokio::test]
async fn e16_a_stream_that_was_refused_unread_is_sent_again_by_every_class() {
    for subject in [Subject::Balances, Subject::CreateRequisition, Subject::Metadata] {
        for refused in [1, 2] {
            let answer = move |_: &str, nth| if nth <= refused { Act::Refuse } else { Act::Answer };
            let server = Server::start(USUAL, answer).await;
            subject.call(&server.client(Timeouts::default())).await.unwrap();
            assert_eq!(server.hits(), refused + 1, "{subject:?}");
        }
    }
}

#[tokio::test]
async fn e16_a_server_that_refuses_every_stream_is_not_asked_for_ever() {
    for subject in [Subject::Balances, Subject::CreateRequisition] {
        let server = Server::start(USUAL, |_, _| Act::Refuse).await;
        let error = subject.call(&server.client(Timeouts::default())).await.unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
        assert!(server.hits() <= 3, "{subject:?}: {}", server.hits());
    }
}

#[tokio::test]
async fn e16_a_connection_that_goes_away_is_left_and_the_next_one_carries_the_call() {
    for subject in [Subject::Balances, Subject::CreateRequisition] {
        let server = Server::start(USUAL, |_, nth| if nth == 1 { Act::GoAway } else { Act::Answer }).await;
        subject.call(&server.client(Timeouts::default())).await.unwrap();
        assert_eq!(server.hits(), 2, "{subject:?}");
    }
}

/// A frame: its kind, its flags, its stream, what is in it.
fn frame(kind: u8, flags: u8, stream: u8, payload: &[u8]) -> Vec<u8> {
    let length = u8::try_from(payload.len()).unwrap();
    [&[0, 0, length, kind, flags, 0, 0, 0, stream], payload].concat()
}

/// Grants a token to the first request of a connection, and goes away at the second, frame by frame: having taken the
/// first stream and none after it. No reset says so of the second, as no server has to send one.
async fn go_away_at_the_second_request(mut stream: TcpStream) -> std::io::Result<()> {
    const DATA: u8 = 0;
    const HEADERS: u8 = 1;
    const SETTINGS: u8 = 4;
    const GO_AWAY: u8 = 7;
    const END: u8 = 1;
    const STATUS_200: u8 = 0x88;
    stream.read_exact(&mut [0; b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".len()]).await?;
    stream.write_all(&frame(SETTINGS, 0, 0, &[])).await?;
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await?;
        let [_, high, low, kind, flags, .., id] = head;
        stream.read_exact(&mut vec![0; usize::from(u16::from_be_bytes([high, low]))]).await?;
        match (id, kind) {
            (1, DATA) if flags & END != 0 => {
                let token = json!({ "access": "access-1", "access_expires": 86_400 }).to_string();
                stream.write_all(&frame(HEADERS, 4, 1, &[STATUS_200])).await?;
                stream.write_all(&frame(DATA, END, 1, token.as_bytes())).await?;
            }
            (3, HEADERS) => stream.write_all(&frame(GO_AWAY, 0, 0, &[0, 0, 0, 1, 0, 0, 0, 0])).await?,
            _ => {}
        }
    }
}

#[tokio::test]
async fn e16_what_came_after_the_last_stream_of_a_connection_that_goes_away_is_sent_over_the_next_one() {
    for subject in [Subject::Balances, Subject::CreateRequisition] {
        let mut server = Server::start(USUAL, |_, _| Act::Answer).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let behind = std::mem::replace(&mut server.address, listener.local_addr().unwrap());
        let front = tokio::spawn(async move {
            let (first, _) = listener.accept().await.unwrap();
            let going_away = tokio::spawn(go_away_at_the_second_request(first));
            let (mut second, _) = listener.accept().await.unwrap();
            let mut behind = TcpStream::connect(behind).await.unwrap();
            let _ = tokio::io::copy_bidirectional(&mut second, &mut behind).await;
            going_away.abort();
        });
        subject.call(&server.client(Timeouts::default())).await.unwrap();
        assert_eq!((server.hits(), server.seen.lock().unwrap().len()), (1, 1), "{subject:?}");
        front.abort();
    }
}

#[tokio::test]
async fn e16_a_stream_that_may_have_been_carried_out_is_not_sent_again() {
    for reason in [Reason::INTERNAL_ERROR, Reason::CANCEL, Reason::ENHANCE_YOUR_CALM, Reason::NO_ERROR] {
        for subject in [Subject::Balances, Subject::CreateRequisition] {
            let server = Server::start(USUAL, move |_, _| Act::Reset(reason)).await;
            let error = subject.call(&server.client(Timeouts::default())).await.unwrap_err();
            assert!(matches!(error, Error::Transport(_)), "{reason:?}: {error:?}");
            assert_eq!((server.hits(), error.sent()), (1, Sent::Maybe), "{reason:?}, {subject:?}");
        }
    }
}

#[tokio::test]
async fn e16_a_reset_within_the_body_keeps_what_came() {
    let server = Server::start(USUAL, |_, _| Act::ResetWithin).await;
    let error = Subject::Balances.call(&server.client(Timeouts::default())).await.unwrap_err();
    let Error::Transport(broken) = &error else { panic!("{error:?}") };
    assert_eq!((server.hits(), broken.failure()), (1, ConnectionFailure::CutShort));
    assert_eq!(error.body().unwrap().as_ref(), b"{\"balances\":[]");
}

#[tokio::test]
async fn e16_a_body_that_stalls_ends_at_its_time_and_leaves_the_connection_usable() {
    let server = Server::start(USUAL, |_, nth| if nth == 1 { Act::StallWithin } else { Act::Answer }).await;
    let bank = server.client(short());
    let error = Subject::Balances.call(&bank).await.unwrap_err();
    let Error::Timeout(timeout) = &error else { panic!("{error:?}") };
    assert_eq!(timeout.phase(), TimeoutPhase::Body);
    Subject::Balances.call(&bank).await.unwrap();
}

#[tokio::test]
async fn e16_a_server_that_lets_no_byte_of_a_request_through_does_not_hold_a_create_for_ever() {
    // The window is known once the server's settings came: before or after the token's own request.
    let server = Server::start(Terms { window: 0, ..USUAL }, |_, _| Act::Answer).await;
    let limit = Duration::from_millis(200);
    let bank = server.client(Timeouts { token: limit, ..short() });
    let error = Subject::CreateRequisition.call(&bank).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert!(server.hits() <= 1);
}

#[tokio::test]
async fn e16_one_stream_at_a_time_lets_a_hundred_calls_through_one_after_the_other() {
    let server = Server::start(Terms { streams: 1, ..USUAL }, |_, _| Act::Answer).await;
    let bank = server.client(Timeouts::default());
    for outcome in join_all((0..100).map(|_| Subject::Balances.call(&bank))).await {
        outcome.unwrap();
    }
    assert_eq!(server.hits(), 100);
}
