//! Does a stall end at its timeout and not earlier, and is a broken response an error of its own kind, sent only once?
//!
//! Where time matters the clock is frozen except for the time that a test lets pass, so the speed of the machine does not
//! matter.

use gocardless_bank_data::error::{ConnectionFailure, Sent, TimeoutError, TimeoutPhase};
use gocardless_bank_data::{Error, OperationClass, Timeouts};
use socket2::{Domain, Socket, Type};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;
use test_support::{
    Answer, FaultServer, FrozenClock, PATIENT, Reply, Step, Subject, builder, builder_at, client, ends,
};
use tokio::time::Instant;

const MILLISECOND: Duration = Duration::from_millis(1);
const SECOND: Duration = Duration::from_secs(1);

/// The longest delay before a retry, including the rounding of timers.
const PAUSE: Duration = SECOND;

/// An address whose accept queue is full, so that a further connection is never completed.
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

fn timed_out(error: &Error) -> &TimeoutError {
    let Error::Timeout(timeout) = error else { panic!("{error:?}") };
    timeout
}

#[tokio::test]
async fn e01_a_connection_that_never_comes_about_ends_at_the_connect_timeout_with_nothing_sent() {
    let (hole, clock) = (Hole::open(), FrozenClock::freeze());
    let limit = 300 * MILLISECOND;
    let builder = builder_at(&format!("http://{}", hole.address));
    let bank = builder.timeouts(Timeouts { connect: limit, ..PATIENT }).build().unwrap();
    let started = Instant::now();
    // A deadline before the end of the first retry delay, so that there is only one attempt.
    let call = bank.tokens().obtain().deadline(500 * MILLISECOND);
    let error = clock.pass_within(call.send(), async {}, 500 * MILLISECOND).await.unwrap_err();
    assert!(started.elapsed() >= limit, "{:?}", started.elapsed());
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
    let clock = FrozenClock::freeze();
    for (subject, attempts) in subjects {
        let server = match subject {
            Some(_) => FaultServer::api(|_| Reply::stall()).await,
            None => FaultServer::start(|_| Reply::stall()).await,
        };
        let bank = builder(&server).timeouts(Timeouts::default()).build().unwrap();
        let limit = Timeouts::default().of(subject.map_or(OperationClass::Token, Subject::class));
        let started = Instant::now();
        let call = async {
            match subject {
                Some(subject) => subject.call(&bank).await.unwrap_err(),
                None => bank.tokens().obtain().await.unwrap_err(),
            }
        };
        let arrived = async {
            match subject {
                Some(_) => server.arrived(1).await,
                None => test_support::until(|| server.token_hits() == (1, 0)).await,
            }
        };
        let error = clock.pass_within(call, arrived, attempts * limit + PAUSE).await;
        assert!(started.elapsed() >= attempts * limit, "{subject:?}: {:?}", started.elapsed());
        if let Some(subject) = subject {
            assert_eq!(server.hits(), usize::try_from(attempts).unwrap(), "{subject:?}");
        }
        let timeout = timed_out(&error);
        assert_eq!((timeout.phase(), timeout.limit()), (TimeoutPhase::Response, Some(limit)), "{subject:?}");
        assert_eq!((error.attempts(), error.sent()), (attempts, Sent::Maybe), "{subject:?}");
    }
}

#[tokio::test]
async fn e03_a_body_that_drips_for_ever_ends_at_the_total_time_and_what_came_is_kept() {
    // Each byte comes well within the limit, so a limit between two bytes would never end it.
    let head = b"HTTP/1.1 200 x\r\ncontent-type: application/json\r\ncontent-length: 1000000\r\n\r\n";
    let clock = FrozenClock::freeze();
    for subject in [Subject::Balances, Subject::CreateRequisition] {
        let server = FaultServer::api(move |_| {
            Reply::steps([
                Step::Send(head.to_vec()),
                Step::Send(b"{\"balances\":".to_vec()),
                Step::Drip(vec![b' '; 1_000_000], SECOND),
            ])
        })
        .await;
        let bank = builder(&server).timeouts(Timeouts::default()).build().unwrap();
        let (limit, started) = (Timeouts::default().of(subject.class()), Instant::now());
        let call = clock.pass_within(subject.call(&bank), server.arrived(1), limit + PAUSE);
        let error = call.await.unwrap_err();
        assert!(started.elapsed() >= limit, "{subject:?}: {:?}", started.elapsed());
        assert_eq!(timed_out(&error).phase(), TimeoutPhase::Body, "{subject:?}");
        assert!(error.body().unwrap().starts_with(b"{\"balances\": "), "{subject:?}");
        assert_eq!(server.hits(), 1, "{subject:?}");
    }
}

#[tokio::test]
async fn e04_a_metered_read_waits_for_a_bank_that_takes_125_seconds_and_a_plain_read_does_not() {
    let slow = Duration::from_secs(125);
    let server = FaultServer::api(move |request| {
        let subject =
            if request.path.ends_with("/balances/") { Subject::Balances } else { Subject::Metadata };
        subject.success().reply().after(slow)
    })
    .await;
    let bank = builder(&server).timeouts(Timeouts::default()).build().unwrap();
    let clock = FrozenClock::freeze();
    let both = async { tokio::join!(Subject::Balances.call(&bank), Subject::Metadata.call(&bank)) };
    let (metered, plain) = clock.pass_within(both, server.arrived(2), slow + SECOND).await;
    let reads = |what: &str| server.requests().iter().filter(|it| it.path.ends_with(what)).count();
    // A plain read is retried once.
    assert_eq!((reads("/balances/"), reads("6/")), (1, 2));
    assert!(Subject::Balances.success().bytes().ends_with(&metered.unwrap().body));
    assert!(plain.unwrap_err().is_timeout());
}

#[tokio::test]
async fn e04_what_a_slow_bank_says_after_a_quick_head_counts_as_much() {
    // The head comes at once and the body late: one limit for both.
    let answer = Answer::json(200, &serde_json::json!({ "balances": [] })).bytes();
    let (head, body) = answer.split_at(answer.len() - 15);
    let (head, body) = (head.to_vec(), body.to_vec());
    let slow = Duration::from_secs(125);
    let server = FaultServer::api(move |_| {
        Reply::steps([Step::Send(head.clone()), Step::Pause(slow), Step::Send(body.clone())])
    })
    .await;
    let bank = builder(&server).timeouts(Timeouts::default()).build().unwrap();
    let clock = FrozenClock::freeze();
    clock.pass_within(Subject::Balances.call(&bank), server.arrived(1), slow + SECOND).await.unwrap();
}

/// Sends these strings one after another, followed by this step.
fn says(texts: &[&str], end: Step) -> Reply {
    Reply::steps(texts.iter().map(|text| Step::Send(text.as_bytes().to_vec())).chain([end]))
}

/// The result of a metered read with this reply. It is sent once.
async fn outcome(reply: impl Fn() -> Reply + Send + Sync + 'static) -> Result<Vec<u8>, Error> {
    let server = FaultServer::api(move |_| reply()).await;
    let outcome = ends(Subject::Balances.call(&client(&server))).await;
    assert_eq!(server.hits(), 1);
    outcome.map(|returned| returned.body.to_vec())
}

const LONG: &str = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n";
const CHUNKED: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

#[tokio::test]
async fn e05_an_answer_that_breaks_off_is_neither_a_success_nor_a_hang_and_what_came_is_kept() {
    const BEGIN: &str = "{\"balances\":[]";
    const CHUNK: &str = "e\r\n{\"balances\":[]\r\n";
    let cases: [(&[&str], Step, &str); 9] = [
        (&[LONG], Step::Close, ""),
        (&[LONG, BEGIN], Step::Close, BEGIN),
        // The server shuts down its side and waits.
        (&[LONG, BEGIN], Step::FinishSending, BEGIN),
        (&[LONG, "{\"balances\":[]}"], Step::Close, "{\"balances\":[]}"),
        (&[CHUNKED], Step::Close, ""),
        (&[CHUNKED, CHUNK], Step::Close, BEGIN),
        (&[CHUNKED, "ff\r\n{\"balances\":[]"], Step::Close, BEGIN),
        (&[CHUNKED, CHUNK, "1"], Step::Close, BEGIN),
        (&[CHUNKED, CHUNK, "1\r\n}\r\n0\r\n"], Step::FinishSending, "{\"balances\":[]}"),
    ];
    for (texts, end, kept) in cases {
        let (texts, case): (Vec<_>, _) = (texts.to_vec(), format!("{texts:?}, {end:?}"));
        let error = outcome(move || says(&texts, end.clone())).await.unwrap_err();
        let Error::Transport(broken) = &error else { panic!("{case}: {error:?}") };
        assert_eq!(broken.failure(), ConnectionFailure::CutShort, "{case}");
        assert_eq!(error.body().unwrap(), kept.as_bytes(), "{case}");
        assert_eq!(error.sent(), Sent::Maybe, "{case}");
    }
}

#[tokio::test]
async fn e05_a_reset_within_the_body_is_neither_a_success_nor_a_hang() {
    for texts in [[LONG, "{\"balances\":[]"], [CHUNKED, "ff\r\n{\"balances\":[]"]] {
        let error = outcome(move || says(&texts, Step::Reset)).await.unwrap_err();
        let Error::Transport(broken) = &error else { panic!("{error:?}") };
        // A reset may overtake what was sent before it, including the head.
        let failures = [ConnectionFailure::CutShort, ConnectionFailure::Broken];
        assert!(failures.contains(&broken.failure()), "{error:?}");
    }
}

#[tokio::test]
async fn e05_a_head_that_breaks_off_is_distinguished_from_a_body_that_does() {
    let heads: [&[&str]; 4] = [
        &[],
        &["HTTP/1.1"],
        &["HTTP/1.1 200 OK\r\ncontent-le"],
        &["HTTP/1.1 200 OK\r\ncontent-length: 2\r\n"],
    ];
    for texts in heads {
        for end in [Step::Close, Step::FinishSending] {
            let case = format!("{texts:?}, {end:?}");
            let error = outcome(move || says(texts, end.clone())).await.unwrap_err();
            let Error::Transport(broken) = &error else { panic!("{case}: {error:?}") };
            assert_eq!(broken.failure(), ConnectionFailure::Broken, "{case}");
        }
    }
}

#[tokio::test]
async fn e06_a_head_without_measure_is_an_error_and_not_a_full_memory() {
    let many = |line: &str, times: usize| {
        format!("HTTP/1.1 200 OK\r\n{}content-length: 15\r\n\r\n{{\"balances\":[]}}", line.repeat(times))
    };
    let heads = [
        ("10,000 headers", many("x-filler: 1\r\n", 10_000)),
        ("a header of 1 MiB", many(&format!("x-filler: {}\r\n", "x".repeat(1 << 20)), 1)),
        ("a name of 1 MiB", many(&format!("{}: x\r\n", "x".repeat(1 << 20)), 1)),
        ("a reason of 1 MiB", format!("HTTP/1.1 200 {}\r\n\r\n", "x".repeat(1 << 20))),
        ("a head without end", "x".repeat(64 << 20)),
    ];
    for (case, head) in heads {
        let error = outcome(move || says(&[&head], Step::Stall)).await.unwrap_err();
        let Error::Transport(broken) = &error else { panic!("{case}: {error:?}") };
        assert_eq!(broken.failure(), ConnectionFailure::Broken, "{case}");
    }
}

#[tokio::test]
async fn e06_a_hundred_interim_answers_do_not_hide_the_real_one() {
    for interim in ["HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n"] {
        let answers = interim.repeat(100);
        let real = "HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n{\"balances\":[]}";
        let body = outcome(move || says(&[&answers, real], Step::Stall)).await.unwrap();
        assert_eq!(body, b"{\"balances\":[]}");
    }
}
