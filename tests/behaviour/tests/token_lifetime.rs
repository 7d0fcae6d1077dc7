//! Is a token used for exactly as long as it is valid, measured by a clock that nobody can set?

use std::time::Duration;

use gocardless_bank_data::{BankData, Error, Timing};
use gocardless_bank_data_runtime::auth::TokenCache;
use serde_json::{Value, json};
use test_support::{Answer, FaultServer, LogCapture, Subject, builder, client, pass, timing, token_answer};
use tokio::time::{Instant, advance};

use behaviour::fetch::ScriptedFetch;

const SECOND: Duration = Duration::from_secs(1);
const MILLISECOND: Duration = Duration::from_millis(1);
const DAY: Duration = Duration::from_secs(86_400);
const ASSUMED: Duration = Duration::from_secs(5 * 60);

/// The token that the next caller gets, how long it waits, and how many refreshes there were in the end.
async fn next(cache: &TokenCache, fetch: &ScriptedFetch) -> (String, Duration, usize) {
    let before = Instant::now();
    let token = cache.token().await.unwrap().secret().expose().to_owned();
    let waited = before.elapsed();
    pass(2 * SECOND).await;
    (token, waited, fetch.refreshes())
}

/// What a caller gets this long after the first token was requested. Every token request takes a second.
async fn after(timing: Timing, age: Duration) -> (String, Duration, usize) {
    let fetch = ScriptedFetch::granting(SECOND);
    let cache = TokenCache::new(fetch.clone(), timing);
    let asked = Instant::now();
    cache.token().await.unwrap();
    advance(age - asked.elapsed()).await;
    let outcome = next(&cache, &fetch).await;
    assert_eq!(fetch.obtains(), 1);
    outcome
}

#[tokio::test(start_paused = true)]
async fn a04_a_token_is_kept_before_its_soft_end_and_refreshed_from_it_on() {
    // A millisecond, the least that a record holds, leaves no room for jitter, so the soft end is exact.
    let exact = timing(|timing| {
        timing.refresh_early = MILLISECOND;
        timing.safety = Duration::ZERO;
    });
    let soft = DAY - MILLISECOND;
    let kept = ("access-1".to_owned(), Duration::ZERO, 0);
    let refreshed = ("access-1".to_owned(), Duration::ZERO, 1);
    assert_eq!(after(exact, soft - MILLISECOND).await, kept);
    assert_eq!(after(exact, soft).await, refreshed);
    // Jitter of two and a half minutes: never before the first possible instant, always from the last on.
    let usual = Timing::default();
    assert_eq!(after(usual, DAY - Duration::from_secs(300) - MILLISECOND).await, kept);
    assert_eq!(after(usual, DAY - Duration::from_secs(150)).await, refreshed);
    assert_eq!(after(usual, DAY - Duration::from_secs(150) + MILLISECOND).await, refreshed);
}

#[tokio::test(start_paused = true)]
async fn a04_a_token_is_served_before_its_hard_end_and_waited_for_from_it_on() {
    let hard = DAY - Duration::from_secs(30);
    let usual = Timing::default();
    assert_eq!(after(usual, hard - MILLISECOND).await, ("access-1".to_owned(), Duration::ZERO, 1));
    assert_eq!(after(usual, hard).await, ("refreshed-1".to_owned(), SECOND, 1));
    assert_eq!(after(usual, hard + MILLISECOND).await, ("refreshed-1".to_owned(), SECOND, 1));
}

#[tokio::test(start_paused = true)]
async fn a04_a_lifetime_counts_from_the_sending_of_the_request() {
    let fetch = ScriptedFetch::granting(Duration::from_secs(14));
    let cache = TokenCache::new(fetch.clone(), Timing::default());
    cache.token().await.unwrap();
    advance(DAY - Duration::from_secs(30 + 14)).await;
    assert_eq!(
        cache.token().await.unwrap().secret().expose(),
        "refreshed-1",
        "the answer's own time was added"
    );
}

#[tokio::test(start_paused = true)]
async fn a04_clients_that_start_together_do_not_refresh_together() {
    let mut ends = Vec::new();
    for _ in 0..16 {
        let fetch = ScriptedFetch::granting(Duration::ZERO);
        let cache = TokenCache::new(fetch.clone(), Timing::default());
        cache.token().await.unwrap();
        let start = Instant::now();
        advance(DAY - Duration::from_secs(301)).await;
        while fetch.refreshes() == 0 {
            advance(SECOND).await;
            cache.token().await.unwrap();
            pass(MILLISECOND).await;
        }
        ends.push(start.elapsed().as_secs());
    }
    ends.sort_unstable();
    assert!(ends[15] - ends[0] >= 30, "{ends:?}");
}

#[tokio::test(start_paused = true)]
async fn a06_a_refresh_token_that_has_ended_is_not_tried() {
    let fetch = ScriptedFetch::granting(SECOND);
    let cache = TokenCache::new(fetch.clone(), Timing::default());
    cache.token().await.unwrap();
    advance(31 * DAY).await;
    assert_eq!(cache.token().await.unwrap().secret().expose(), "access-2");
    assert_eq!(fetch.hits(), (2, 0));
}

#[tokio::test(start_paused = true)]
async fn a07_an_access_token_may_outlive_the_refresh_token_it_came_from() {
    let fetch = ScriptedFetch::granting(SECOND);
    let cache = TokenCache::new(fetch.clone(), Timing::default());
    cache.token().await.unwrap();
    advance(29 * DAY + 23 * 3_600 * SECOND).await;
    assert_eq!(cache.token().await.unwrap().secret().expose(), "refreshed-1");
    advance(20 * 3_600 * SECOND).await;
    assert_eq!(cache.token().await.unwrap().secret().expose(), "refreshed-1", "it is good after day 30");
    advance(4 * 3_600 * SECOND).await;
    assert_eq!(
        cache.token().await.unwrap().secret().expose(),
        "access-2",
        "refreshing extended the thirty days"
    );
    assert_eq!(fetch.hits(), (2, 1));
}

#[tokio::test(start_paused = true)]
async fn a07_ninety_days_with_a_call_a_minute_need_ninety_five_token_operations_at_most() {
    let fetch = ScriptedFetch::granting(SECOND);
    let cache = TokenCache::new(fetch.clone(), Timing::default());
    let mut failures = Vec::new();
    for minute in 0..90 * 24 * 60 {
        failures.extend(cache.token().await.is_err().then_some(minute));
        pass(60 * SECOND).await;
    }
    let (obtains, refreshes) = fetch.hits();
    assert!(failures.is_empty(), "in minutes {failures:?}");
    assert!(obtains <= 4 && obtains + refreshes <= 95, "{obtains} obtains, {refreshes} refreshes");
}

#[tokio::test]
async fn a25_the_date_of_the_server_has_no_effect() {
    for date in ["Sun, 06 Nov 1994 08:49:37 GMT", "Fri, 06 Nov 2099 08:49:37 GMT", "never"] {
        let server = FaultServer::start(move |request| {
            let answer = if request.is_token() { token_answer(request) } else { Subject::Metadata.success() };
            answer.header("date", date).reply()
        })
        .await;
        let bank = client(&server);
        for _ in 0..3 {
            Subject::Metadata.call(&bank).await.unwrap();
        }
        assert_eq!((server.hits(), server.token_hits()), (3, (1, 0)), "{date}");
    }
}

#[tokio::test(start_paused = true)]
async fn a27_a_lifetime_that_cannot_be_right_is_taken_for_five_minutes() {
    for lifetime in [None, Some(0), Some(-1), Some(i64::MIN), Some(i64::MAX), Some(7 * 86_400 + 1)] {
        let log = LogCapture::start();
        let fetch = ScriptedFetch::new(move |asked| asked.granted().living(lifetime));
        let cache = TokenCache::new(fetch.clone(), Timing::default());
        cache.token().await.unwrap();
        advance(ASSUMED / 2).await;
        assert_eq!(next(&cache, &fetch).await.0, "access-1", "{lifetime:?}");
        advance(ASSUMED / 2).await;
        assert_eq!(next(&cache, &fetch).await.0, "refreshed-1", "{lifetime:?}");
        assert!(log.count("WARN") >= 1, "no warning of {lifetime:?}: {}", log.text());
    }
}

/// A client whose every token request gets this response, and the result of its first call.
async fn first_call(answer: Value) -> (FaultServer, BankData, Result<(), Error>) {
    let server = FaultServer::start(move |request| {
        if request.is_token() {
            Answer::json(200, &answer).reply()
        } else {
            Subject::Metadata.success().reply()
        }
    })
    .await;
    let bank = builder(&server).build().unwrap();
    let outcome = Subject::Metadata.call(&bank).await.map(drop);
    (server, bank, outcome)
}

#[tokio::test]
async fn a27_odd_lifetimes_on_the_wire_do_not_keep_a_good_token_from_being_used() {
    let with = |expires: Value| json!({ "access": "canary-access", "access_expires": expires });
    for answer in [json!({ "access": "canary-access" }), with(json!(0)), with(json!(-1))] {
        let (server, bank, outcome) = first_call(answer.clone()).await;
        outcome.unwrap();
        Subject::Metadata.call(&bank).await.unwrap();
        assert_eq!((server.hits(), server.token_hits()), (2, (1, 0)), "{answer}");
    }
    // Where the document says integer: either is fine, as long as the error is typed and shows no token.
    for expires in [json!(null), json!("86400"), json!(1e30), json!(1.5), json!({})] {
        let (server, _, outcome) = first_call(with(expires.clone())).await;
        match outcome {
            Ok(()) => assert_eq!(server.hits(), 1),
            Err(error) => {
                assert!(
                    matches!(&error, Error::Auth(auth) if matches!(auth.cause(), Error::Decode(_))),
                    "{expires}"
                );
                assert_eq!(server.hits(), 0);
                assert!(!format!("{error} {error:?} {error:#?}").contains("canary"), "{error:?}");
            }
        }
    }
}

#[tokio::test]
async fn a27_a_token_that_cannot_stand_in_a_header_is_refused_and_not_shown() {
    for access in
        [json!(""), json!("canary\r\nx-evil: 1"), json!("canary\u{0}"), json!("canary é"), json!(null)]
    {
        let answer =
            json!({ "access": access, "access_expires": 86_400, "refresh": "canary", "refresh_expires": 1 });
        let (server, _, outcome) = first_call(answer).await;
        let error = outcome.unwrap_err();
        assert!(matches!(&error, Error::Auth(auth) if matches!(auth.cause(), Error::Decode(_))), "{access}");
        assert!(!format!("{error} {error:?} {error:#?}").contains("canary"), "{error:?}");
        assert_eq!(server.hits(), 0, "{access}");
    }
}
