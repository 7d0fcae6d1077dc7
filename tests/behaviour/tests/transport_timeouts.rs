//! Does every stall end at its time, and nothing that is merely slow before it? (E1 to E4; goals 6 and 16)

#![forbid(unsafe_code)]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy.toml allows it in tests, but not in their helpers"
)]

use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use behaviour::{Answer, FaultServer, Reply, SECRET_ID, SECRET_KEY, Step, Subject, builder, figure};
use gocardless_bank_data::error::{Sent, TimeoutError, TimeoutPhase};
use gocardless_bank_data::{BankData, Class, Credentials, Error, Timeouts};
use socket2::{Domain, Socket, Type};

const MILLISECOND: Duration = Duration::from_millis(1);

/// Long after every end, and long before a stall would end by itself. How late the end really comes is a figure of goal 16.
const LATEST: Duration = Duration::from_secs(20);

/// Times that tell the classes apart and that a test can wait for.
const SHORT: Timeouts = Timeouts {
    connect: Duration::from_secs(5),
    token: Duration::from_millis(100),
    plain_read: Duration::from_millis(150),
    scarce_read: Duration::from_millis(200),
    write: Duration::from_millis(250),
};

/// An address whose queue of connections is full, so that a further one is never completed.
struct Hole {
    address: SocketAddr,
    _listener: Socket,
    _queued: Vec<TcpStream>,
}

impl Hole {
    fn open() -> Self {
        let listener = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        listener.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into()).unwrap();
        listener.listen(0).unwrap();
        let address = listener.local_addr().unwrap().as_socket().unwrap();
        let mut queued = Vec::new();
        while let Ok(stream) = TcpStream::connect_timeout(&address, 100 * MILLISECOND) {
            queued.push(stream);
            assert!(queued.len() < 1_000, "the queue of connections has no end here");
        }
        Self { address, _listener: listener, _queued: queued }
    }
}

/// Tells how far from its limit a stall ended.
fn tell_end(case: &str, took: Duration, limit: Duration) {
    figure("G16", &format!("ms off in {case}"), took.abs_diff(limit).as_millis());
}

fn timed_out(error: &Error) -> &TimeoutError {
    let Error::Timeout(timeout) = error else { panic!("{error:?}") };
    timeout
}

#[tokio::test]
async fn e01_a_connection_that_never_comes_about_ends_at_the_connect_timeout_with_nothing_sent() {
    let hole = Hole::open();
    let limit = 300 * MILLISECOND;
    let bank = BankData::builder(Credentials::new(SECRET_ID, SECRET_KEY))
        .base_url(format!("http://{}", hole.address))
        .timeouts(Timeouts { connect: limit, ..Timeouts::default() })
        .build()
        .unwrap();
    let started = Instant::now();
    // A deadline before the end of the first pause, so that there is one try alone.
    let error = bank.tokens().obtain().deadline(500 * MILLISECOND).await.unwrap_err();
    let took = started.elapsed();
    tell_end("E1", took, limit);
    assert!(took >= limit, "{took:?}");
    assert_eq!(timed_out(&error).phase(), TimeoutPhase::Connect);
    assert_eq!((error.sent(), error.attempts()), (Sent::No, 1));
}

#[tokio::test]
async fn e02_a_server_that_takes_the_request_and_says_nothing_is_left_at_the_time_of_the_class() {
    let subjects = [
        (None, 2),
        (Some(Subject::Metadata), 2),
        (Some(Subject::Transactions), 1),
        (Some(Subject::CreateRequisition), 1),
        (Some(Subject::DeleteRequisition), 2),
    ];
    for (subject, attempts) in subjects {
        let server = match subject {
            Some(_) => FaultServer::api(|_| Reply::stall()).await,
            None => FaultServer::start(|_| Reply::stall()).await,
        };
        let bank = builder(&server).timeouts(SHORT).build().unwrap();
        let started = Instant::now();
        let error = match subject {
            Some(subject) => subject.call(&bank).await.unwrap_err(),
            None => bank.tokens().obtain().await.unwrap_err(),
        };
        let took = started.elapsed();
        let limit = SHORT.of(subject.map_or(Class::Token, Subject::class));
        tell_end("E2", took, limit * attempts);
        if let Some(subject) = subject.filter(|subject| subject.class() == Class::ScarceRead) {
            figure("G6", "hits in E2", server.hits());
            assert_eq!(server.hits(), 1, "{subject:?}");
        }
        assert!(took >= limit * attempts && took <= limit * attempts + LATEST, "{subject:?}: {took:?}");
        let timeout = timed_out(&error);
        assert_eq!((timeout.phase(), timeout.limit()), (TimeoutPhase::Response, Some(limit)), "{subject:?}");
        assert_eq!((error.attempts(), error.sent()), (attempts, Sent::Maybe), "{subject:?}");
    }
}

#[tokio::test]
async fn e03_a_body_that_drips_for_ever_ends_at_the_total_time_and_what_came_is_kept() {
    // Each byte comes well within the limit, so that a limit between two bytes would never end it.
    let head = b"HTTP/1.1 200 x\r\ncontent-type: application/json\r\ncontent-length: 1000000\r\n\r\n";
    for subject in [Subject::Balances, Subject::CreateRequisition] {
        let server = FaultServer::api(move |_| {
            Reply::steps([
                Step::Send(head.to_vec()),
                Step::Send(b"{\"balances\":".to_vec()),
                Step::Drip(vec![b' '; 1_000_000], 20 * MILLISECOND),
            ])
        })
        .await;
        let bank = builder(&server).timeouts(SHORT).build().unwrap();
        let started = Instant::now();
        let error = subject.call(&bank).await.unwrap_err();
        let (took, limit) = (started.elapsed(), SHORT.of(subject.class()));
        tell_end("E3", took, limit);
        assert!(took >= limit && took <= limit + LATEST, "{subject:?}: {took:?}");
        assert_eq!(timed_out(&error).phase(), TimeoutPhase::Body, "{subject:?}");
        assert!(error.body().unwrap().starts_with(b"{\"balances\": "), "{subject:?}");
        if subject.class() == Class::ScarceRead {
            figure("G6", "hits in E3", server.hits());
        }
        assert_eq!(server.hits(), 1, "{subject:?}");
    }
}

#[tokio::test]
async fn e04_a_scarce_read_waits_for_a_bank_that_takes_125_seconds_and_a_plain_read_does_not() {
    let default = Timeouts::default();
    assert!(default.scarce_read >= Duration::from_secs(125));
    // The same a hundred times as fast.
    let scaled = |time: Duration| time / 100;
    let timeouts = Timeouts {
        token: default.token,
        connect: default.connect,
        plain_read: scaled(default.plain_read),
        scarce_read: scaled(default.scarce_read),
        write: scaled(default.write),
    };
    let slow = scaled(Duration::from_secs(125));
    let server = FaultServer::api(move |request| {
        let subject =
            if request.path.ends_with("/balances/") { Subject::Balances } else { Subject::Metadata };
        subject.success().reply().after(slow)
    })
    .await;
    let bank = builder(&server).timeouts(timeouts).build().unwrap();
    let started = Instant::now();
    let (scarce, plain) = tokio::join!(Subject::Balances.call(&bank), async {
        let outcome = Subject::Metadata.call(&bank).await;
        (outcome, started.elapsed())
    });
    let (plain, took) = plain;
    let reads = |what: &str| server.requests().iter().filter(|it| it.path.ends_with(what)).count();
    // A plain read is sent once more; the rest is a pause and the token.
    tell_end("E4", took, timeouts.plain_read * u32::try_from(reads("6/")).unwrap());
    figure("G6", "hits in E4", reads("/balances/"));
    assert_eq!(reads("/balances/"), 1);
    assert!(Subject::Balances.success().bytes().ends_with(&scarce.unwrap().body));
    assert!(plain.unwrap_err().is_timeout());
}

#[tokio::test]
async fn e04_what_a_slow_bank_says_after_a_quick_head_counts_as_much() {
    // The head comes at once, the body late: one limit for both.
    let answer = Answer::json(200, &serde_json::json!({ "balances": [] })).bytes();
    let (head, body) = answer.split_at(answer.len() - 15);
    let (head, body) = (head.to_vec(), body.to_vec());
    let server = FaultServer::api(move |_| {
        Reply::steps([Step::Send(head.clone()), Step::Pause(400 * MILLISECOND), Step::Send(body.clone())])
    })
    .await;
    let timeouts = Timeouts { scarce_read: LATEST, ..SHORT };
    let bank = builder(&server).timeouts(timeouts).build().unwrap();
    Subject::Balances.call(&bank).await.unwrap();
}
