//! When the API rejects a token, is it replaced once, and only if the token is at fault?

use std::time::{Duration, SystemTime};

use futures_util::future::join_all;
use gocardless_bank_data::{Advice, ApiErrorKind, BankData, Pacing, Timing};
use gocardless_bank_data_runtime::auth::TokenCache;
use test_support::{
    Answer, FaultServer, Gate, Request, Subject, builder, client, pass, timing, token_answer,
};
use tokio::time::advance;

use crate::store_outage::Moody;
use behaviour::fetch::ScriptedFetch;

const SECOND: Duration = Duration::from_secs(1);

/// A client that replaces a rejected token however young it is, so that tests need not wait for a minute.
fn hasty(server: &FaultServer) -> BankData {
    builder(server).timing(timing(|timing| timing.youngest_eviction = Duration::ZERO)).build().unwrap()
}

/// A server that accepts only this token.
async fn taking(token: &'static str, subject: Subject) -> FaultServer {
    FaultServer::api(move |request| match request.bearer() {
        Some(bearer) if bearer == token => subject.success().reply(),
        _ => Answer::invalid_token().reply(),
    })
    .await
}

/// How many requests carried the first token.
fn refused(server: &FaultServer) -> usize {
    server.requests().iter().filter(|request| request.bearer() == Some("access-1")).count()
}

/// Everything in a request but its token.
fn parts(request: &Request) -> (String, String, String, Vec<u8>, Vec<(String, String)>) {
    let mut headers: Vec<_> = request
        .headers
        .iter()
        .filter(|(name, _)| *name != http::header::AUTHORIZATION)
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    headers.sort();
    (request.method.clone(), request.path.clone(), request.query.clone(), request.body.clone(), headers)
}

#[tokio::test]
async fn a20_a_refused_token_is_refreshed_once_and_the_call_sent_once_more_as_it_was() {
    for &subject in Subject::ALL {
        let server = taking("refreshed-1", subject).await;
        subject.call(&hasty(&server)).await.unwrap();
        assert_eq!((server.hits(), server.token_hits()), (2, (1, 1)), "{subject:?}");
        let calls: Vec<_> = server.requests().into_iter().filter(|request| !request.is_token()).collect();
        assert_eq!(parts(&calls[0]), parts(&calls[1]), "{subject:?}");
        assert_eq!(calls[0].bearer(), Some("access-1"));
        assert_eq!(calls[1].bearer(), Some("refreshed-1"));
    }
}

#[tokio::test(start_paused = true)]
async fn a20_a_token_is_replaced_from_its_sixtieth_second_on() {
    for (age, refreshes) in [(59, 0), (60, 1), (61, 1)] {
        let fetch = ScriptedFetch::granting(Duration::ZERO);
        let cache = TokenCache::new(fetch.clone(), Timing::default());
        let token = cache.token().await.unwrap();
        advance(age * SECOND).await;
        assert_eq!(cache.rejected(&token), SECOND * 60u32.saturating_sub(age), "{age}");
        cache.token().await.unwrap();
        assert_eq!(fetch.hits(), (1, refreshes), "{age}");
    }
}

#[tokio::test]
async fn a21_of_a_thousand_calls_the_refused_ones_share_one_refresh_and_are_each_sent_once_more() {
    let server = taking("refreshed-1", Subject::Institution).await;
    let timing = timing(|timing| timing.youngest_eviction = Duration::ZERO);
    let bank = builder(&server).timing(timing).pacing(Pacing::off()).build().unwrap();
    let calls = (0..1_000).map(|_| Subject::Institution.call(&bank));
    for outcome in join_all(calls).await {
        outcome.unwrap();
    }
    assert_eq!((server.hits(), server.token_hits()), (1_000 + refused(&server), (1, 1)));
    assert!(refused(&server) > 1, "they were under way together");
}

#[tokio::test]
async fn a21_a_call_that_waited_for_its_turn_goes_with_the_token_of_then() {
    let server = FaultServer::api(|request| match request.bearer() {
        Some("access-1") => Answer::invalid_token().reply(),
        _ => Subject::Metadata.success().reply(),
    })
    .await;
    let timing = timing(|timing| timing.youngest_eviction = Duration::ZERO);
    let bank = builder(&server).timing(timing).max_connections(1).build().unwrap();
    let outcomes = join_all((0..10).map(|_| Subject::Metadata.call(&bank))).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!((refused(&server), server.token_hits()), (1, (1, 1)), "one was sent before the refusal");
}

#[tokio::test]
async fn a22_a_fresh_token_that_is_refused_too_ends_the_call() {
    for &subject in Subject::ALL {
        let server = taking("none", subject).await;
        let error = subject.call(&hasty(&server)).await.unwrap_err();
        assert_eq!(error.kind(), Some(ApiErrorKind::TokenRejected), "{subject:?}");
        assert_eq!(error.attempts(), 2, "{subject:?}");
        assert_eq!((server.hits(), server.token_hits()), (2, (1, 1)), "{subject:?}");
    }
}

#[tokio::test]
async fn a22_refusals_in_the_first_minute_of_a_token_ask_for_no_other() {
    let server = taking("none", Subject::Metadata).await;
    let bank = client(&server);
    for _ in 0..50 {
        let error = Subject::Metadata.call(&bank).await.unwrap_err();
        assert_eq!(error.kind(), Some(ApiErrorKind::TokenRejected));
        assert_eq!(error.attempts(), 1);
        assert!(matches!(error.advice(), Advice::WaitUntil(at) if at > SystemTime::now()), "{error}");
    }
    assert_eq!((server.hits(), server.token_hits()), (50, (1, 0)));
}

#[tokio::test(start_paused = true)]
async fn a22_an_hour_of_refusals_refreshes_once_a_minute() {
    let fetch = ScriptedFetch::granting(SECOND);
    let cache = TokenCache::new(fetch.clone(), Timing::default());
    for _ in 0..3_600 {
        let token = cache.token().await.unwrap();
        let _ = cache.rejected(&token);
        pass(SECOND).await;
    }
    let asked = fetch.asked();
    assert!(asked.windows(2).all(|two| two[1].at - two[0].at >= 60 * SECOND), "{asked:?}");
    assert!((59..=60).contains(&fetch.refreshes()) && fetch.obtains() == 1, "{:?}", fetch.hits());
}

#[tokio::test]
async fn a23_a_late_refusal_of_the_old_token_leaves_the_new_one() {
    let late = Gate::default();
    let gate = late.clone();
    let server =
        FaultServer::api(move |request| match (request.bearer(), request.path.contains("balances")) {
            (Some("access-1"), true) => Answer::invalid_token().reply().once(&gate),
            (Some("access-1"), false) => Answer::invalid_token().reply(),
            (_, true) => Subject::Balances.success().reply(),
            (_, false) => Subject::Metadata.success().reply(),
        })
        .await;
    let bank = hasty(&server);
    let slow = tokio::spawn({
        let bank = bank.clone();
        async move { Subject::Balances.call(&bank).await }
    });
    server.arrived(1).await;
    Subject::Metadata.call(&bank).await.unwrap();
    assert_eq!(server.token_hits(), (1, 1));
    late.open();
    slow.await.unwrap().unwrap();
    Subject::Metadata.call(&bank).await.unwrap();
    assert_eq!(server.token_hits(), (1, 1), "the new token was evicted");
    assert_eq!(server.hits(), 5);
    assert_eq!(server.requests().last().unwrap().bearer(), Some("refreshed-1"));
}

#[tokio::test]
async fn a24_a_refusal_by_the_bank_costs_no_token() {
    use ApiErrorKind::{AccountAccess, AccountInactive, ConsentExpired};
    let table = [
        (401, "AccessExpiredError", ConsentExpired),
        (401, "AccountInactiveError", AccountInactive),
        (401, "FailedAuthentication", AccountAccess),
        (401, "NoAccountsConnected", AccountAccess),
        (401, "NeverSeenBefore", AccountAccess),
        (403, "AccountAccessForbidden", AccountAccess),
    ];
    for (status, code, kind) in table {
        for subject in [Subject::Metadata, Subject::Balances, Subject::Details, Subject::Transactions] {
            let refusal =
                Answer::error(status, Some(code), "Couldn't update account balances", "Token is invalid");
            let server = FaultServer::api(move |_| refusal.reply()).await;
            let bank = hasty(&server);
            for _ in 0..3 {
                let error = subject.call(&bank).await.unwrap_err();
                assert_eq!(error.kind(), Some(kind), "{code} {subject:?}");
                assert_eq!(error.advice(), Advice::Reconnect, "{code} {subject:?}");
                assert_eq!(error.attempts(), 1, "{code} {subject:?}");
            }
            assert_eq!((server.hits(), server.token_hits()), (3, (1, 0)), "{code} {subject:?}");
        }
    }
}

#[tokio::test]
async fn a24_an_ended_agreement_costs_no_token_whatever_its_status() {
    for status in [400, 401] {
        let summary = "End User Agreement (EUA) 3fa85f64 has expired";
        let refusal = Answer::error(status, None, summary, "EUA was valid for 90 days and it expired");
        let server = FaultServer::api(move |_| refusal.reply()).await;
        let error = Subject::Balances.call(&hasty(&server)).await.unwrap_err();
        assert_eq!(error.kind(), Some(ApiErrorKind::ConsentExpired));
        assert_eq!((server.hits(), server.token_hits()), (1, (1, 0)), "{status}");
    }
}

#[tokio::test]
async fn a26_a_token_that_ended_while_the_machine_slept_is_replaced_at_the_first_refusal() {
    // A monotonic clock stops during sleep: the client believes its token is fresh, but the server rejects it.
    let slept = Gate::default();
    let awake = slept.clone();
    let server = FaultServer::start(move |request| {
        let refused = Answer::invalid_token().reply();
        match request.bearer() {
            None if request.is_refresh() && request.body.windows(9).any(|body| body == b"refresh-1") => {
                refused
            }
            None => token_answer(request).reply(),
            Some("access-1") if slept.is_open() => refused,
            Some(_) => Subject::Transactions.success().reply(),
        }
    })
    .await;
    let bank = hasty(&server);
    Subject::Transactions.call(&bank).await.unwrap();
    awake.open();
    // After a month of sleep the refresh token has expired too.
    Subject::Transactions.call(&bank).await.unwrap();
    assert_eq!((server.hits(), server.token_hits()), (3, (2, 1)));
    assert_eq!(server.requests().last().unwrap().bearer(), Some("access-2"));
}

#[tokio::test]
async fn a05_a_refused_refresh_token_is_dropped_for_all_clients() {
    let server = FaultServer::start(|request| match (request.is_obtain(), request.is_refresh()) {
        (true, _) if request.nth == 1 => token_answer(request).reply(),
        (true, _) => Answer::new(503, "").reply(),
        (_, true) => Answer::invalid_token().reply(),
        _ if request.bearer() == Some("access-1") => Answer::invalid_token().reply(),
        _ => Subject::Metadata.success().reply(),
    })
    .await;
    let (engine, timing) = (
        Moody::default(),
        timing(|timing| {
            (timing.first_cooldown, timing.longest_cooldown) = (Duration::ZERO, Duration::ZERO);
            timing.youngest_eviction = Duration::ZERO;
        }),
    );
    for flight in 1..=3 {
        let bank = builder(&server).timing(timing).state(engine.clone()).build().unwrap();
        Subject::Metadata.call(&bank).await.unwrap_err();
        assert_eq!(server.token_hits(), (1 + flight, 1), "flight {flight}");
    }
}
