//! Over HTTP/2, is every refusal, reset and stall either safely retried or an error of its own kind?

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::future::join_all;
use gocardless_bank_data::error::{ConnectionFailure, Sent, TimeoutPhase};
use gocardless_bank_data::reqwest::ClientBuilder;
use gocardless_bank_data::{BankData, Error, Timeouts};
use h2::Reason;
use serde_json::json;
use test_support::{
    Act, FrozenClock, HANG, Http2Server, Listener, PATIENT, Settings, Subject, builder_at, until,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A client that uses HTTP/2 from the first byte, as after ALPN.
fn client(address: SocketAddr, timeouts: Timeouts) -> BankData {
    let http = ClientBuilder::new().http2_prior_knowledge();
    builder_at(&format!("http://{address}")).http_client(http).timeouts(timeouts).build().unwrap()
}

/// A server with default settings, and a client for it.
async fn start(script: impl Fn(&str, usize) -> Act + Send + Sync + 'static) -> (Http2Server, BankData) {
    let server = Http2Server::start(Settings::default(), script).await;
    let bank = client(server.address(), PATIENT);
    (server, bank)
}

#[tokio::test]
async fn e16_a_stream_that_was_refused_unread_is_sent_again_by_every_class() {
    for subject in [Subject::Balances, Subject::CreateRequisition, Subject::Metadata] {
        for refused in [1, 2] {
            let (server, bank) = start(move |_, nth| {
                if nth <= refused {
                    Act::Reset(Reason::REFUSED_STREAM)
                } else {
                    Act::Answer(subject.success())
                }
            })
            .await;
            subject.call(&bank).await.unwrap();
            assert_eq!(server.hits(), refused + 1, "{subject:?}");
        }
    }
}

#[tokio::test]
async fn e16_a_server_that_refuses_every_stream_is_not_asked_for_ever() {
    for subject in [Subject::Balances, Subject::CreateRequisition] {
        let (server, bank) = start(|_, _| Act::Reset(Reason::REFUSED_STREAM)).await;
        let error = subject.call(&bank).await.unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
        assert!(server.hits() <= 3, "{subject:?}: {}", server.hits());
    }
}

#[tokio::test]
async fn e16_a_connection_that_goes_away_is_left_and_the_next_one_carries_the_call() {
    for subject in [Subject::Balances, Subject::CreateRequisition] {
        let (server, bank) =
            start(move |_, nth| if nth == 1 { Act::GoAway } else { Act::Answer(subject.success()) }).await;
        subject.call(&bank).await.unwrap();
        assert_eq!(server.hits(), 2, "{subject:?}");
    }
}

/// A frame: type, flags, stream and payload.
fn frame(kind: u8, flags: u8, stream: u8, payload: &[u8]) -> Vec<u8> {
    let length = u8::try_from(payload.len()).unwrap();
    [&[0, 0, length, kind, flags, 0, 0, 0, stream], payload].concat()
}

/// Grants a token to the first request of a connection and sends GOAWAY at the second, frame by frame: it has processed the
/// first stream and none after it. The second stream is not reset, which no server is required to do.
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
        let server =
            Http2Server::start(Settings::default(), move |_, _| Act::Answer(subject.success())).await;
        let behind = server.address();
        let front = Listener::start(move |mut stream, number| async move {
            if number == 1 {
                return go_away_at_the_second_request(stream).await;
            }
            let mut behind = TcpStream::connect(behind).await?;
            tokio::io::copy_bidirectional(&mut stream, &mut behind).await.map(drop)
        })
        .await;
        subject.call(&client(front.address(), PATIENT)).await.unwrap();
        assert_eq!((server.hits(), server.paths().len()), (1, 1), "{subject:?}");
    }
}

#[tokio::test]
async fn e16_a_stream_that_may_have_been_carried_out_is_not_sent_again() {
    for reason in [Reason::INTERNAL_ERROR, Reason::CANCEL, Reason::ENHANCE_YOUR_CALM, Reason::NO_ERROR] {
        for subject in [Subject::Balances, Subject::CreateRequisition] {
            let (server, bank) = start(move |_, _| Act::Reset(reason)).await;
            let error = subject.call(&bank).await.unwrap_err();
            assert!(matches!(error, Error::Transport(_)), "{reason:?}: {error:?}");
            assert_eq!((server.hits(), error.sent()), (1, Sent::Maybe), "{reason:?}, {subject:?}");
        }
    }
}

#[tokio::test]
async fn e16_a_reset_within_the_body_keeps_what_came() {
    let (server, bank) = start(|_, _| Act::ResetWithin).await;
    let error = Subject::Balances.call(&bank).await.unwrap_err();
    let Error::Transport(broken) = &error else { panic!("{error:?}") };
    assert_eq!((server.hits(), broken.failure()), (1, ConnectionFailure::CutShort));
    assert_eq!(error.body().unwrap().as_ref(), Http2Server::HALF);
}

#[tokio::test]
async fn e16_a_body_that_stalls_ends_at_its_time_and_leaves_the_connection_usable() {
    let (server, bank) = start(|_, nth| match nth {
        1 => Act::StallWithin,
        _ => Act::Answer(Subject::Balances.success()),
    })
    .await;
    let clock = FrozenClock::freeze();
    let call = clock.pass_within(Subject::Balances.call(&bank), until(|| server.hits() == 1), 2 * HANG);
    let error = call.await.unwrap_err();
    let Error::Timeout(timeout) = &error else { panic!("{error:?}") };
    assert_eq!(timeout.phase(), TimeoutPhase::Body);
    Subject::Balances.call(&bank).await.unwrap();
}

#[tokio::test]
async fn e16_a_server_that_lets_no_byte_of_a_request_through_does_not_hold_a_create_for_ever() {
    // The window is known once the server's settings arrive: before or after the token request. Either must time out,
    // and nothing else is asserted, so these limits may be short.
    let settings = Settings { window: 0, ..Settings::default() };
    let script = |_: &str, _| Act::Answer(Subject::CreateRequisition.success());
    let server = Http2Server::start(settings, script).await;
    let limit = Duration::from_millis(200);
    let bank = client(server.address(), Timeouts { token: limit, write: limit, ..PATIENT });
    let error = Subject::CreateRequisition.call(&bank).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert!(server.hits() <= 1);
}

#[tokio::test]
async fn e16_one_stream_at_a_time_lets_a_hundred_calls_through_one_after_the_other() {
    let settings = Settings { streams: 1, ..Settings::default() };
    let server = Http2Server::start(settings, |_, _| Act::Answer(Subject::Institution.success())).await;
    let bank = client(server.address(), PATIENT);
    for outcome in join_all((0..100).map(|_| Subject::Institution.call(&bank))).await {
        outcome.unwrap();
    }
    assert_eq!(server.hits(), 100);
}
