//! Is a read that is limited to four a day never sent twice when the first one may have counted?

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use gocardless_bank_data::error::{ConnectionFailure, Sent, TimeoutPhase};
use gocardless_bank_data::{Advice, ApiErrorKind, BankData, Error, OperationClass};
use serde_json::json;
use test_support::{
    Answer, FaultServer, FrozenClock, HANG, RefusingFirst, Reply, Step, Subject, account, builder, client,
};

type Fault = fn(Subject) -> Reply;

/// The error of each metered read that gets this reply. Each is sent once, and a stall times out.
async fn once(reply: impl Fn(Subject) -> Reply) -> Vec<(Subject, Error)> {
    let mut errors = Vec::new();
    for subject in Subject::of(OperationClass::MeteredRead) {
        let reply = reply(subject);
        let server = FaultServer::api(move |_| reply.clone()).await;
        let (bank, clock) = (client(&server), FrozenClock::freeze());
        let error = clock.pass_within(subject.call(&bank), server.arrived(1), 2 * HANG).await.unwrap_err();
        assert_eq!((server.hits(), error.attempts()), (1, 1), "{subject:?} {error:?}");
        errors.push((subject, error));
    }
    errors
}

#[tokio::test]
async fn c10_a_failure_of_the_service_or_the_bank_is_one_hit() {
    use ApiErrorKind::{InstitutionFailed, InstitutionUnavailable, Server};
    let table = [
        (500, Some("UnknownRequestError"), InstitutionFailed),
        (503, Some("ServiceError"), InstitutionUnavailable),
        (503, Some("ConnectionError"), InstitutionUnavailable),
        (500, None, Server),
        (502, None, Server),
        (503, None, Server),
        (504, None, Server),
        (408, None, ApiErrorKind::Server),
    ];
    for (status, code, kind) in table {
        for headers in [None, Some("1")] {
            let answer = Answer::error(status, code, "Couldn't update account balances", "x");
            let answer = headers.map_or(answer.clone(), |wait| answer.header("retry-after", wait));
            for (subject, error) in once(|_| answer.reply()).await {
                assert_eq!(error.kind(), Some(kind), "{subject:?} {status} {code:?}");
                assert_eq!(error.api().unwrap().code(), code);
                if matches!(kind, InstitutionFailed | Server) && headers.is_none() {
                    // A failure that may count towards suspension must not be retried at once.
                    assert_eq!(error.advice(), Advice::WaitLonger, "{subject:?} {status}");
                }
            }
        }
    }
}

#[tokio::test]
async fn c11_a_connection_that_breaks_after_the_request_is_one_hit_that_may_have_counted() {
    let broken: [(&str, Fault); 5] = [
        ("reset", |_| Reply::reset()),
        ("end", |_| Reply::close()),
        ("half a status line", |subject| subject.success().cut(9).then(Step::Close)),
        ("half a header", |subject| subject.success().cut(30).then(Step::Reset)),
        ("no http", |_| Reply::steps([Step::Send(b"220 mail\r\n\r\n".to_vec()), Step::Close])),
    ];
    for (name, reply) in broken {
        for (subject, error) in once(reply).await {
            let Error::Transport(failed) = &error else { panic!("{name} {subject:?}: {error:?}") };
            assert_eq!(failed.failure(), ConnectionFailure::Broken, "{name} {subject:?}");
            assert_eq!(error.sent(), Sent::Maybe);
            assert!(error.to_string().contains("may have counted"), "{error}");
        }
    }
    for (subject, error) in once(|_| Reply::stall()).await {
        let Error::Timeout(late) = &error else { panic!("{subject:?}: {error:?}") };
        assert_eq!((late.phase(), error.sent()), (TimeoutPhase::Response, Sent::Maybe));
        assert!(error.to_string().contains("may have counted"), "{error}");
    }
}

#[tokio::test]
async fn c11_an_answer_that_is_cut_short_is_one_hit_and_its_bytes_are_kept() {
    let cuts: [(&str, Step); 3] = [("end", Step::Close), ("reset", Step::Reset), ("silence", Step::Stall)];
    for (name, step) in cuts {
        for (subject, error) in once(|subject| subject.success().cut(-5).then(step.clone())).await {
            assert_eq!(error.sent(), Sent::Maybe, "{name} {subject:?}");
            let whole = subject.success().bytes();
            let kept = error.body().unwrap();
            // A reset may overtake the bytes before it; only what arrived is kept.
            assert!(whole[..whole.len() - 5].ends_with(kept), "{name} {subject:?}");
            assert!(!kept.is_empty() || name == "reset", "{name} {subject:?}");
        }
    }
}

#[tokio::test]
async fn c12_a_connection_that_was_refused_twice_did_not_count_as_sent() {
    let calls = Subject::of(OperationClass::MeteredRead).into_iter().map(|subject| async move {
        let server = FaultServer::start(move |request| {
            if request.is_token() {
                test_support::token_answer(request).closing()
            } else {
                subject.success().closing()
            }
        })
        .await;
        let names = RefusingFirst::new(&server);
        let http = gocardless_bank_data::reqwest::ClientBuilder::new().dns_resolver(names.clone());
        let bank = builder(&server).base_url(names.url()).http_client(http).build().unwrap();
        subject.call(&bank).await.unwrap();
        names.refuse(2);
        subject.call(&bank).await.unwrap();
        assert_eq!((server.hits(), names.asked()), (2, 3), "{subject:?}");
        names.refuse(9);
        let error = subject.call(&bank).await.unwrap_err();
        assert_eq!((server.hits(), names.asked(), error.attempts()), (2, 3, 3), "{subject:?}");
        assert_eq!((error.sent(), error.advice()), (Sent::No, Advice::Retry));
    });
    futures_util::future::join_all(calls).await;
}

#[tokio::test]
async fn c13_a_suspended_account_and_one_in_a_wrong_state_are_one_hit_and_two_kinds() {
    let suspended =
        Answer::error(409, None, "Account suspended", "This account was suspended due to numerous errors");
    for (subject, error) in once(|_| suspended.reply()).await {
        assert_eq!(error.kind(), Some(ApiErrorKind::AccountSuspended), "{subject:?}");
        assert_eq!(error.advice(), Advice::Reconnect);
    }
    let state = Answer::json(
        409,
        &json!({
            "id": "3fa85f64-5717-4562-b3fc-2c963f66afa6", "created": "2025-12-20 09:53:09.361801+00:00",
            "last_accessed": null, "iban": "GL3343697694912188", "aspsp_identifier": "x", "status": "ERROR",
        }),
    );
    for (subject, error) in once(|_| state.reply()).await {
        assert_eq!(error.kind(), Some(ApiErrorKind::AccountState), "{subject:?}");
        assert_eq!(error.status().unwrap().as_u16(), 409);
        for shown in [format!("{error}"), format!("{error:?}"), format!("{error:#?}")] {
            assert!(!shown.contains("GL33"), "{shown}");
        }
        assert!(error.body().unwrap().windows(4).any(|bytes| bytes == b"GL33"), "the body is kept");
    }
}

#[tokio::test]
async fn c13_five_failures_in_a_row_close_the_account_before_the_service_suspends_it() {
    let failed = Answer::error(500, Some("UnknownRequestError"), "Couldn't update account balances", "x");
    let server = FaultServer::api(move |_| failed.reply()).await;
    let bank = client(&server);
    for call in 0..20 {
        let error = Subject::Balances.call(&bank).await.unwrap_err();
        assert_eq!(matches!(error, Error::CircuitOpen(_)), call >= 5, "{call}: {error:?}");
    }
    assert_eq!(metered(&server), 5);
    assert_eq!(server.hits(), 5 + 2, "before the fourth and the fifth the metadata was asked for");
}

/// How many reads that count arrived.
fn metered(server: &FaultServer) -> usize {
    let is_metered =
        |request: &test_support::Request| Subject::asked(request).class() == OperationClass::MeteredRead;
    server.requests().iter().filter(|request| !request.is_token() && is_metered(request)).count()
}

/// A server whose bank fails, while the metadata has this status, and a client with a clock that the test moves.
async fn failing_bank(status: &'static str) -> (FaultServer, BankData, Arc<AtomicU64>) {
    let failed = Answer::error(500, Some("UnknownRequestError"), "Couldn't update account balances", "x");
    let metadata = Answer::json(200, &json!({ "id": account(), "status": status }));
    let server = FaultServer::api(move |request| match Subject::asked(request) {
        Subject::Metadata => metadata.reply(),
        _ => failed.reply(),
    })
    .await;
    let days = Arc::new(AtomicU64::new(0));
    let (start, moved) = (SystemTime::now(), Arc::clone(&days));
    let clock = move || start + Duration::from_secs(86_400 * moved.load(Ordering::SeqCst));
    let timing = test_support::timing(|timing| timing.youngest_eviction = Duration::ZERO);
    let bank = builder(&server).timing(timing).clock(clock).build().unwrap();
    (server, bank, days)
}

#[tokio::test]
async fn c13_an_account_in_error_is_left_alone_after_three_failures() {
    let (server, bank, _) = failing_bank("ERROR").await;
    for call in 0..10 {
        let error = Subject::Balances.call(&bank).await.unwrap_err();
        assert_eq!(matches!(error, Error::CircuitOpen(_)), call >= 3, "{call}: {error:?}");
    }
    let error = Subject::Balances.call(&bank).await.unwrap_err();
    assert_eq!(error.advice(), Advice::PollAccount, "{error}");
    assert_eq!((metered(&server), server.hits()), (3, 4), "its metadata is asked for once");
}

#[tokio::test]
async fn c13_after_an_outage_of_its_bank_a_ready_account_is_read_again_by_itself() {
    let (server, bank, days) = failing_bank("READY").await;
    for _ in 0..10 {
        let error = Subject::Balances.call(&bank).await.unwrap_err();
        assert!(!error.needs_new_consent(), "an outage is not a reason to connect again: {error}");
    }
    assert_eq!(metered(&server), 5);
    let open = Subject::Balances.call(&bank).await.unwrap_err();
    assert!(matches!(open.advice(), Advice::WaitUntil(_)), "{open}");
    days.store(1, Ordering::SeqCst);
    for _ in 0..10 {
        Subject::Balances.call(&bank).await.unwrap_err();
    }
    assert_eq!(metered(&server), 6, "one try after a day");
}

#[tokio::test]
async fn c13_an_account_that_was_closed_is_read_again_once_it_is_reopened() {
    let failed = Answer::error(500, Some("UnknownRequestError"), "Couldn't update account balances", "x");
    let server = FaultServer::api(move |_| failed.reply()).await;
    let bank = client(&server);
    for _ in 0..6 {
        Subject::Balances.call(&bank).await.unwrap_err();
    }
    let Error::CircuitOpen(closed) = Subject::Details.call(&bank).await.unwrap_err() else {
        panic!("it is open")
    };
    assert_eq!((closed.failures(), closed.last()), (5, Some(ApiErrorKind::InstitutionFailed)));
    assert_eq!((closed.operation().id(), metered(&server)), ("get_account_details", 5));
    bank.account(account()).reset_circuit().await;
    assert!(matches!(Subject::Balances.call(&bank).await, Err(Error::Api(_))));
    assert_eq!(metered(&server), 6);
}
