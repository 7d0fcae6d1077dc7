//! When no token can be obtained: how often is one requested, by whom, and how soon does the client recover?

use std::time::{Duration, SystemTime};

use gocardless_bank_data::{Advice, ApiErrorKind, BankData, Credentials, Error, RateLimitScope, Timing};
use gocardless_bank_data_runtime::auth::TokenCache;
use gocardless_bank_data_types::error::{AuthStage, TimeoutError, TimeoutPhase};
use test_support::{
    Answer, FaultServer, SECRET_ID, SECRET_KEY, Subject, builder, client, pass, timing, token_answer,
};
use tokio::time::{Instant, advance};

use behaviour::fetch::{Asked, Outcome, Planned, ScriptedFetch, unreachable};

const SECOND: Duration = Duration::from_secs(1);
const DAY: Duration = Duration::from_secs(86_400);
const HOUR: Duration = Duration::from_secs(3_600);
const INVALID_TOKEN: &str =
    r#"{"summary":"Invalid token","detail":"Token is invalid or expired","status_code":401}"#;
const WRONG_CREDENTIALS: &str = r#"{"summary":"Authentication failed","detail":"No active account found with the given credentials","status_code":401}"#;

/// The transient failures.
fn transient(asked: &Asked) -> [Planned; 3] {
    let timeout =
        TimeoutError::new(asked.operation(), TimeoutPhase::Response, None, bytes::Bytes::new(), None);
    [
        asked.refused(500, &[], ""),
        Planned::now(Outcome::Fails(timeout.into())),
        Planned::now(Outcome::Fails(unreachable(asked.operation()))),
    ]
}

fn pick(mut planned: [Planned; 3], which: usize) -> Planned {
    std::mem::replace(&mut planned[which], Planned::now(Outcome::Hangs))
}

/// A cache with a token, whose further requests are answered by `script`.
async fn warm<P: Into<Planned>>(
    script: impl Fn(&Asked) -> P + Send + Sync + 'static,
) -> (TokenCache, ScriptedFetch) {
    let fetch = ScriptedFetch::new(move |asked| match (asked.is_obtain(), asked.nth) {
        (true, 1) => asked.granted().into(),
        _ => script(asked).into(),
    });
    let cache = TokenCache::new(fetch.clone(), Timing::default());
    cache.token().await.unwrap();
    (cache, fetch)
}

/// Grants every pair and rejects every refresh token.
fn refusing_refreshes(asked: &Asked) -> Planned {
    if asked.is_obtain() { asked.granted().into() } else { asked.refused(401, &[], INVALID_TOKEN) }
}

/// The largest number of obtains in any one hour.
fn most_in_an_hour(asked: &[Asked]) -> usize {
    let at: Vec<_> = asked.iter().filter(|asked| asked.is_obtain()).map(|asked| asked.at).collect();
    at.iter()
        .map(|start| at.iter().filter(|at| **at >= *start && **at - *start < HOUR).count())
        .max()
        .unwrap_or(0)
}

#[tokio::test(start_paused = true)]
async fn a05_a_refused_refresh_token_is_replaced_in_the_same_flight() {
    let (cache, fetch) = warm(refusing_refreshes).await;
    advance(DAY).await;
    let callers = (0..1_000).map(|_| cache.token());
    for outcome in futures_util::future::join_all(callers).await {
        assert_eq!(outcome.unwrap().secret().expose(), "access-2");
    }
    assert_eq!(fetch.hits(), (2, 1));
    advance(DAY).await;
    cache.token().await.unwrap();
    let last = fetch.asked().pop().unwrap();
    let before_last = fetch.asked().into_iter().rev().find_map(|asked| asked.refresh).unwrap();
    assert!(last.is_obtain());
    assert_eq!(before_last.expose(), "refresh-2", "the refused refresh token was sent again");
}

#[tokio::test(start_paused = true)]
async fn a05_a_refresh_token_refused_early_is_replaced_before_the_access_token_ends() {
    let (cache, fetch) = warm(refusing_refreshes).await;
    advance(DAY - 60 * SECOND).await;
    assert_eq!(cache.token().await.unwrap().secret().expose(), "access-1");
    pass(SECOND).await;
    assert_eq!(fetch.hits(), (2, 1));
    assert_eq!(cache.token().await.unwrap().secret().expose(), "access-2");
}

#[tokio::test]
async fn a05_the_secrets_stand_in_the_body_of_the_obtain_and_nowhere_else() {
    let server = FaultServer::start(|request| match (request.is_obtain(), request.is_refresh()) {
        (true, _) => token_answer(request).reply(),
        (_, true) => Answer::invalid_token().reply(),
        _ if request.bearer() == Some("access-1") => Answer::invalid_token().reply(),
        _ => Subject::Metadata.success().reply(),
    })
    .await;
    let bank =
        builder(&server).timing(timing(|timing| timing.youngest_eviction = Duration::ZERO)).build().unwrap();
    Subject::Metadata.call(&bank).await.unwrap();
    assert_eq!((server.hits(), server.token_hits()), (2, (2, 1)));
    for request in server.requests() {
        let body = String::from_utf8(request.body.clone()).unwrap();
        let rest = format!("{} {} {:?}", request.path, request.query, request.headers);
        for secret in [SECRET_ID, SECRET_KEY] {
            assert_eq!(body.contains(secret), request.is_obtain(), "{}: {body}", request.path);
            assert!(!rest.contains(secret), "{rest}");
        }
        assert_eq!(body.contains("refresh-1"), request.is_refresh(), "{}: {body}", request.path);
        assert_eq!(request.bearer().is_some(), !request.is_token(), "{}", request.path);
    }
}

#[tokio::test(start_paused = true)]
async fn a08_a_refresh_that_fails_does_not_displace_the_valid_token() {
    for which in 0..3 {
        let (cache, fetch) = warm(move |asked| pick(transient(asked), which)).await;
        advance(DAY - 150 * SECOND).await;
        let start = Instant::now();
        for _ in 0..115 {
            assert_eq!(cache.token().await.unwrap().secret().expose(), "access-1");
            pass(SECOND).await;
        }
        let tries: Vec<_> = fetch.asked()[1..].iter().map(|asked| (asked.at - start).as_secs()).collect();
        assert_eq!(fetch.obtains(), 1);
        assert!(tries.starts_with(&[0, 1, 3, 7, 15, 31, 63]), "the pause doubles: {tries:?}");
        assert_eq!(tries.len(), 7, "{tries:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a09_a_refresh_that_fails_after_expiry_is_followed_by_one_obtain() {
    for which in 0..3 {
        let (cache, fetch) =
            warm(
                move |asked: &Asked| {
                    if asked.is_obtain() { asked.granted().into() } else { pick(transient(asked), which) }
                },
            )
            .await;
        advance(DAY).await;
        assert_eq!(cache.token().await.unwrap().secret().expose(), "access-2");
        assert_eq!(fetch.hits(), (2, 1));

        let (cache, fetch) = warm(move |asked| pick(transient(asked), which)).await;
        advance(DAY).await;
        let error = cache.token().await.unwrap_err();
        assert_eq!(error.stage(), AuthStage::Obtain);
        assert!(error.cause().is_transient());
        assert_eq!(fetch.hits(), (2, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn a09_a_token_that_ends_in_the_pause_after_a_failed_refresh_is_replaced_by_an_obtain() {
    let (cache, fetch) =
        warm(
            |asked: &Asked| {
                if asked.is_obtain() { asked.granted().into() } else { asked.refused(500, &[], "") }
            },
        )
        .await;
    // After failing for this long the back-off is a minute, and the token expires within it.
    advance(DAY - 140 * SECOND).await;
    for second in 0..140 {
        let outcome = cache.token().await;
        assert!(outcome.is_ok(), "{second}: {outcome:?}, although an obtain would succeed");
        pass(SECOND).await;
    }
    assert_eq!(cache.token().await.unwrap().secret().expose(), "access-2");
    assert_eq!(fetch.obtains(), 2);
}

#[tokio::test(start_paused = true)]
async fn a10_the_error_of_refused_credentials_says_when_the_next_try_is() {
    let fetch = ScriptedFetch::new(|asked| asked.refused(401, &[], WRONG_CREDENTIALS));
    let before = SystemTime::now() - SECOND;
    let cache = TokenCache::new(fetch, Timing::default());
    let error = Error::from(cache.token().await.unwrap_err());
    let at = error.retry_at().expect("no instant");
    assert!(at >= before + 60 * SECOND && at <= SystemTime::now() + 60 * SECOND, "{at:?}");
    assert_eq!(error.advice(), Advice::FixCredentials);
}

#[tokio::test]
async fn a12_a_client_with_new_credentials_tries_them_at_once_while_the_old_one_pauses() {
    let server = FaultServer::start(|request| {
        let body = String::from_utf8_lossy(&request.body).into_owned();
        if !request.is_token() {
            Subject::Metadata.success().reply()
        } else if body.contains("right") {
            token_answer(request).reply()
        } else {
            Answer::json(401, &serde_json::from_str(WRONG_CREDENTIALS).unwrap()).reply()
        }
    })
    .await;
    let wrong = client(&server);
    for _ in 0..3 {
        let error = Subject::Metadata.call(&wrong).await.unwrap_err();
        assert_eq!(error.kind(), Some(ApiErrorKind::CredentialsRejected));
    }
    assert_eq!(server.token_hits(), (1, 0));
    let right =
        BankData::builder(Credentials::new(SECRET_ID, "right")).base_url(server.url()).build().unwrap();
    Subject::Metadata.call(&right).await.unwrap();
    assert_eq!((server.hits(), server.token_hits()), (1, (2, 0)));
    Subject::Metadata.call(&wrong).await.unwrap_err();
    assert_eq!(server.token_hits(), (2, 0));
}

#[tokio::test(start_paused = true)]
async fn a13_a_refused_address_is_not_taken_for_wrong_credentials() {
    const BODY: &str = r#"{"summary":"IP address access denied","detail":"Your IP 192.0.2.7 isn't whitelisted to perform this action","status_code":403}"#;
    let fetch = ScriptedFetch::new(|asked| asked.refused(403, &[], BODY));
    let cache = TokenCache::new(fetch.clone(), Timing::default());
    let error = Error::from(cache.token().await.unwrap_err());
    assert_eq!(error.kind(), Some(ApiErrorKind::IpDenied));
    assert_eq!(error.advice(), Advice::AllowIp);
    assert!(error.api().unwrap().detail().unwrap().contains("192.0.2.7"));
    for _ in 0..59 {
        assert!(cache.token().await.is_err());
        advance(SECOND).await;
    }
    assert_eq!(fetch.hits(), (1, 0));
    advance(SECOND).await;
    assert!(cache.token().await.is_err());
    assert_eq!(fetch.hits(), (2, 0));
}

#[tokio::test(start_paused = true)]
async fn a14_a_limit_on_obtains_is_waited_out_by_nobody_and_asked_by_nobody() {
    let fetch = ScriptedFetch::new(|asked| match asked.nth {
        1 => asked.refused(429, &[("http_x_ratelimit_reset", "3000")], ""),
        _ => asked.granted().into(),
    });
    let cache = TokenCache::new(fetch.clone(), Timing::default());
    // Records hold whole milliseconds.
    let (before, started) = (SystemTime::now() - SECOND, Instant::now());
    let error = Error::from(cache.token().await.unwrap_err());
    assert_eq!(started.elapsed(), Duration::ZERO, "it slept");
    assert_eq!(error.kind(), Some(ApiErrorKind::RateLimited(RateLimitScope::Company)));
    let at = error.retry_at().unwrap();
    assert!(at >= before + 3_000 * SECOND && at <= SystemTime::now() + 3_000 * SECOND, "{at:?}");
    for _ in 0..2_990 {
        advance(SECOND).await;
        assert!(cache.token().await.is_err());
    }
    assert_eq!(fetch.hits(), (1, 0));
    advance(11 * SECOND).await;
    cache.token().await.unwrap();
    assert_eq!(fetch.hits(), (2, 0));
}

#[tokio::test(start_paused = true)]
async fn a14_an_instant_that_cannot_be_right_is_not_the_end() {
    // Seconds since 1970 instead of seconds from now, as other services use this header.
    let fetch = ScriptedFetch::new(|asked| match asked.nth {
        1 => asked.refused(429, &[("http_x_ratelimit_reset", "1790000000")], ""),
        _ => asked.granted().into(),
    });
    let cache = TokenCache::new(fetch.clone(), Timing::default());
    assert!(cache.token().await.is_err());
    advance(DAY + SECOND).await;
    assert!(cache.token().await.is_ok(), "it asks no more for 56 years");
}

#[tokio::test]
async fn a14_a_limit_on_obtains_is_one_hit_on_the_wire() {
    let server = FaultServer::start(|request| {
        assert!(request.is_token(), "a call without a token");
        Answer::error(429, None, "Rate limit exceeded", "x").header("http_x_ratelimit_reset", "3000").reply()
    })
    .await;
    let bank = client(&server);
    for _ in 0..10 {
        let error = Subject::Metadata.call(&bank).await.unwrap_err();
        assert!(matches!(error.advice(), Advice::WaitUntil(_)), "{error:?}");
    }
    assert_eq!((server.hits(), server.token_hits()), (0, (1, 0)));
}

#[tokio::test(start_paused = true)]
async fn a15_a_day_of_failures_obtains_at_most_sixty_times_in_any_hour() {
    type Fault = fn(&Asked) -> Planned;
    let faults: [(&str, Fault); 5] = [
        ("500", |asked| asked.refused(500, &[], "")),
        ("refused credentials", |asked| asked.refused(401, &[], WRONG_CREDENTIALS)),
        ("a limit that says now", |asked| asked.refused(429, &[("http_x_ratelimit_reset", "0")], "")),
        ("nobody there", |asked| Planned::now(Outcome::Fails(unreachable(asked.operation())))),
        ("no answer", |asked| asked.refused(504, &[], "").after(15 * SECOND)),
    ];
    for (name, fault) in faults {
        let fetch = ScriptedFetch::new(fault);
        let cache = TokenCache::new(fetch.clone(), Timing::default());
        for _ in 0..86_400 {
            assert!(cache.token().await.is_err());
            pass(SECOND).await;
        }
        let most = most_in_an_hour(&fetch.asked());
        assert!(most <= 60, "{name}: {most} in one hour");
    }
}

#[tokio::test(start_paused = true)]
async fn a15_failures_that_come_and_go_obtain_at_most_sixty_times_in_any_hour() {
    // Each success clears the back-off, so tokens that are rejected as soon as they are granted start over each time.
    let fetch = ScriptedFetch::new(|asked| match (asked.is_obtain(), asked.nth % 2) {
        (true, 1) => asked.granted().living(Some(1)).into(),
        (true, _) => asked.refused(500, &[], ""),
        (false, _) => asked.refused(401, &[], INVALID_TOKEN),
    });
    let cache = TokenCache::new(fetch.clone(), Timing::default());
    for _ in 0..2 * 3_600 {
        let _ = cache.token().await;
        pass(SECOND).await;
    }
    let most = most_in_an_hour(&fetch.asked());
    assert!(most <= 60, "{most} in one hour");
}

#[tokio::test(start_paused = true)]
async fn a15_obtains_that_were_sent_several_times_are_counted_so_often() {
    let fetch = ScriptedFetch::new(|asked| {
        let error = behaviour::fetch::refused(asked.operation(), 503, &[], "");
        Planned::now(Outcome::Fails(error.after(3, None)))
    });
    let cache = TokenCache::new(fetch.clone(), Timing::default());
    for _ in 0..86_400 {
        assert!(cache.token().await.is_err());
        pass(SECOND).await;
    }
    let most = 3 * most_in_an_hour(&fetch.asked());
    assert!(most <= 60, "{most} in one hour");
}

#[tokio::test]
async fn a15_an_outage_is_not_multiplied_by_sending_again() {
    // The first failure may be sent again as the retry table says. Beyond it the pause between the obtains is what
    // limits them to sixty an hour and one a minute, and each must be one hit.
    for status in [500, 502, 503, 504, 408] {
        let server = FaultServer::start(move |_| Answer::new(status, "").reply()).await;
        let bank = builder(&server).timing(timing(|timing| {
            (timing.first_cooldown, timing.longest_cooldown) = (Duration::ZERO, Duration::ZERO);
        }));
        let bank = bank.build().unwrap();
        Subject::Metadata.call(&bank).await.unwrap_err();
        let (first, _) = server.token_hits();
        assert!(first <= 3, "{status}: {first}");
        for _ in 0..3 {
            let error = Subject::Metadata.call(&bank).await.unwrap_err();
            assert!(matches!(error, Error::Auth(_)));
        }
        assert_eq!(server.token_hits(), (first + 3, 0), "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn a16_the_first_success_comes_within_a_minute_of_the_recovery() {
    let start = Instant::now();
    // Whichever second it recovers in.
    for recovery in (240..360).step_by(7).map(|second| start.elapsed() + second * SECOND) {
        let fetch = ScriptedFetch::new(move |asked| {
            if asked.at >= start + recovery { asked.granted().into() } else { asked.refused(503, &[], "") }
        });
        let cache = TokenCache::new(fetch.clone(), Timing::default());
        while cache.token().await.is_err() {
            pass(SECOND / 4).await;
        }
        let late = start.elapsed() - recovery;
        assert!(late <= 60 * SECOND, "{late:?} after the recovery");
    }
}
