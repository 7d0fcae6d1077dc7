//! Are plain reads retried as often as the retry table says, within the deadline, and not all at the same moment?

use std::future::Future;
use std::time::Duration;

use futures_util::future::join_all;
use gocardless_bank_data::error::{Sent, TimeoutPhase};
use gocardless_bank_data::{BankData, Error};
use gocardless_bank_data_runtime::policy::RETRIES_A_MINUTE;
use test_support::{
    Answer, FaultServer, FrozenClock, HANG, Reply, Step, Subject, account, builder, client, ends,
    token_answer, until,
};
use tokio::time::Instant;

const SECOND: Duration = Duration::from_secs(1);

type Fault = fn() -> Reply;

#[tokio::test]
async fn c20_a_plain_read_survives_two_failures_and_returns_the_third() {
    let rounds =
        [503, 502, 504, 408].into_iter().flat_map(|status| (0..4).map(move |failing| (status, failing)));
    let calls = rounds.map(|(status, failing)| async move {
        let server = FaultServer::api(move |request| {
            if request.nth <= failing {
                Answer::new(status, request.nth.to_string()).reply()
            } else {
                Subject::Metadata.success().reply()
            }
        })
        .await;
        let outcome = Subject::Metadata.call(&client(&server)).await;
        assert_eq!(server.hits(), failing.min(2) + 1, "{status} {failing}");
        match outcome {
            Ok(_) => assert!(failing <= 2, "{status} {failing}"),
            Err(error) => {
                assert_eq!((failing, error.attempts()), (3, 3), "{status}");
                assert_eq!(error.status().unwrap().as_u16(), status);
                assert_eq!(
                    error.body().unwrap().as_ref(),
                    b"3",
                    "the last error is the one that is returned"
                );
            }
        }
        let at: Vec<_> = server.requests().iter().filter(|it| !it.is_token()).map(|it| it.at).collect();
        for (tried, two) in at.windows(2).enumerate() {
            let least = Duration::from_millis([250, 500][tried]);
            assert!(two[1] - two[0] >= least, "{status} {failing}: {:?}", two[1] - two[0]);
        }
    });
    join_all(calls).await;
}

#[tokio::test]
async fn c20_a_plain_read_is_sent_once_more_after_a_500_or_a_broken_connection() {
    let table: [(&str, Fault); 4] = [
        ("500", || Answer::new(500, "").reply()),
        ("reset", Reply::reset),
        ("end", Reply::close),
        ("cut short", || Subject::Metadata.success().cut(-3).then(Step::Close)),
    ];
    let calls = table.map(|(name, reply)| async move {
        let server = FaultServer::api(move |_| reply()).await;
        let error = Subject::Metadata.call(&client(&server)).await.unwrap_err();
        assert_eq!((server.hits(), error.attempts()), (2, 2), "{name}");
    });
    join_all(calls).await;
}

#[tokio::test]
async fn c21_a_pause_beyond_the_deadline_is_not_begun_and_the_real_error_is_returned() {
    let server = FaultServer::api(|_| Answer::new(503, "").header("retry-after", "9").reply()).await;
    let (bank, clock) = (client(&server), FrozenClock::freeze());
    let call = bank.account(account()).metadata().deadline(2 * SECOND).send();
    // It returns long before the deadline.
    let error = clock.pass_within(call, server.arrived(1), SECOND).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 503);
    assert_eq!((error.attempts(), server.hits()), (1, 1));
}

#[tokio::test]
async fn c21_a_pause_that_ends_before_the_deadline_is_waited_for() {
    let server = FaultServer::api(|request| {
        let answer = if request.nth == 1 { Answer::new(503, "") } else { Subject::Metadata.success() };
        answer.reply()
    })
    .await;
    let bank = client(&server);
    bank.account(account()).metadata().deadline(HANG).send().await.unwrap();
    assert_eq!(server.hits(), 2);
}

const DEADLINE: Duration = Duration::from_secs(7);

/// Asserts that a call ends at its deadline, which passes once `ready` has completed.
async fn ends_at_its_deadline(bank: &BankData, ready: impl Future<Output = ()>) {
    let (clock, start) = (FrozenClock::freeze(), Instant::now());
    let call = bank.account(account()).metadata().deadline(DEADLINE).send();
    let error = clock.pass_within(call, ready, DEADLINE + SECOND).await.unwrap_err();
    assert!(start.elapsed() >= DEADLINE && error.is_timeout(), "{:?}: {error:?}", start.elapsed());
}

#[tokio::test]
async fn c21_a_deadline_holds_while_the_answer_is_waited_for() {
    let server = FaultServer::api(|_| Reply::stall()).await;
    ends_at_its_deadline(&client(&server), server.arrived(1)).await;
}

#[tokio::test]
async fn c21_a_deadline_holds_while_the_token_is_waited_for() {
    let server = FaultServer::start(|_| Reply::stall()).await;
    ends_at_its_deadline(&client(&server), until(|| server.token_hits() == (1, 0))).await;
}

#[tokio::test]
async fn c21_a_deadline_holds_while_a_connection_is_waited_for() {
    let server = FaultServer::api(|request| {
        if request.path.contains("institutions") {
            Reply::stall()
        } else {
            Subject::Metadata.success().reply()
        }
    })
    .await;
    let bank = builder(&server).max_connections(1).build().unwrap();
    Subject::Metadata.call(&bank).await.unwrap();
    let blocking = tokio::spawn({
        let bank = bank.clone();
        async move { Subject::Institution.call(&bank).await }
    });
    server.arrived(2).await;
    ends_at_its_deadline(&bank, async {}).await;
    blocking.abort();
}

#[tokio::test]
async fn c22_a_thousand_failing_reads_are_sent_again_ten_times_in_all() {
    let server = FaultServer::api(|_| Answer::new(503, "").reply()).await;
    let bank = test_support::unpaced(&server);
    let calls = (0..1_000).map(|_| Subject::Metadata.call(&bank));
    for outcome in join_all(calls).await {
        assert_eq!(outcome.unwrap_err().status().unwrap().as_u16(), 503);
    }
    let hits = server.hits();
    assert!(hits <= 1_000 + RETRIES_A_MINUTE, "{hits}");
    // Within the same minute nothing more is retried.
    Subject::Metadata.call(&bank).await.unwrap_err();
    assert_eq!(server.hits(), hits + 1);
}

#[tokio::test]
async fn c22_clients_that_fail_together_do_not_come_back_together() {
    // Forty clients, each with its own budget, whose first attempts fail at the same instant.
    let gate = test_support::Gate::default();
    let door = gate.clone();
    let server = FaultServer::start(move |request| match (request.is_token(), request.nth <= 40) {
        (true, _) => token_answer(request).reply(),
        (_, true) => Answer::new(503, "").reply().once(&door),
        (_, false) => Subject::Metadata.success().reply(),
    })
    .await;
    let clients: Vec<_> = (0..40).map(|_| client(&server)).collect();
    let clock = FrozenClock::freeze();
    let all = join_all(clients.iter().map(|bank| Subject::Metadata.call(bank)));
    let failed = async {
        server.arrived(40).await;
        gate.open();
    };
    let opened = Instant::now();
    let outcomes = clock.pass_within(all, failed, SECOND).await;
    assert!(outcomes.iter().all(Result::is_ok));
    let mut back: Vec<_> = server.requests().iter().filter(|it| !it.is_token()).map(|it| it.at).collect();
    back.drain(..40);
    assert_eq!(back.len(), 40);
    // The window is a quarter of a second, from 250 to 500 ms after the failure.
    let (first, last) = (back.iter().min().unwrap(), back.iter().max().unwrap());
    assert!(*last - *first >= Duration::from_millis(125), "{:?}", *last - *first);
    assert!(*first - opened >= Duration::from_millis(250));
}

#[tokio::test]
async fn c21_a_call_whose_deadline_ended_before_it_was_sent_says_that_nothing_was_sent() {
    let server = FaultServer::api(|_| Subject::Metadata.success().reply()).await;
    let bank = builder(&server).max_connections(1).build().unwrap();
    let call = |deadline| bank.account(account()).metadata().deadline(deadline).send();
    // No time is left, without and with a token in the cache.
    for is_warm in [false, true] {
        if is_warm {
            Subject::Institution.call(&bank).await.ok();
        }
        let before = server.hits();
        let error = ends(call(Duration::ZERO)).await.unwrap_err();
        let Error::Timeout(timeout) = &error else { panic!("warm {is_warm}: {error:?}") };
        assert_eq!((error.sent(), timeout.limit()), (Sent::No, Some(Duration::ZERO)), "warm {is_warm}");
        assert_ne!(timeout.phase(), TimeoutPhase::Response, "warm {is_warm}");
        assert_eq!(server.hits(), before, "warm {is_warm}: it was sent");
        assert!(!error.to_string().contains("may have"), "{error}");
    }
    // The deadline ends while the call waits for a token.
    let token = test_support::Gate::default();
    let gate = token.clone();
    let server = FaultServer::start(move |request| {
        if request.is_token() {
            token_answer(request).reply().once(&gate)
        } else {
            Subject::Metadata.success().reply()
        }
    })
    .await;
    let (bank, clock) = (client(&server), FrozenClock::freeze());
    let call = bank.account(account()).metadata().deadline(DEADLINE).send();
    let asked = until(|| server.token_hits() == (1, 0));
    let error = clock.pass_within(call, asked, DEADLINE + SECOND).await.unwrap_err();
    token.open();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!((error.sent(), server.hits()), (Sent::No, 0), "{error:?}");
}
