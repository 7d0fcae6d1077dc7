//! Is a limit waited for only where the wait is known and short, and is its instant told otherwise? (C1 to C9; goal 8)

#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unchecked_time_subtraction,
    reason = "clippy.toml allows these in tests, but takes helpers of integration tests for production code"
)]

use std::time::{Duration, Instant, SystemTime};

use behaviour::{Answer, FaultServer, Subject, account, client, figure, refused};
use futures_util::future::join_all;
use gocardless_bank_data::{
    AccessScope, Advice, ApiErrorKind, Class, Error, RateLimitScope, RateLimits, operation, replay,
};
use http::{HeaderMap, HeaderName, HeaderValue};

const RESET: &str = "http_x_ratelimit_reset";
const ACCOUNT_RESET: &str = "http_x_ratelimit_account_success_reset";
const ACCOUNT_REMAINING: &str = "http_x_ratelimit_account_success_remaining";
const SECOND: Duration = Duration::from_secs(1);

fn limited(headers: &[(&str, &[u8])], detail: &str) -> Answer {
    let answer = Answer::error(429, None, "Rate limit exceeded", detail);
    headers.iter().fold(answer, |answer, (name, value)| answer.header(name, *value))
}

/// What a call comes to that is refused with this answer whenever it is made, how often it was made, and how long it
/// took once there was a token.
async fn refuse(subject: Subject, answer: Answer) -> (Error, usize, Duration) {
    let server = FaultServer::api(move |_| answer.reply()).await;
    let bank = client(&server);
    // The token is fetched by a call of another class, so that the time is that of the refused call alone.
    let other = if subject == Subject::Metadata { Subject::Balances } else { Subject::Metadata };
    let _ = other.call(&bank).await;
    let before = (server.hits(), Instant::now());
    let error = subject.call(&bank).await.unwrap_err();
    (error, server.hits() - before.0, before.1.elapsed())
}

fn wait(error: &Error) -> Option<Duration> {
    error.retry_at().map(|at| at.duration_since(SystemTime::now()).unwrap_or_default())
}

/// Whether a wait is this many seconds, but for the time the test itself took.
fn is_about(wait: Option<Duration>, seconds: u64) -> bool {
    let expected = Duration::from_secs(seconds);
    wait.is_some_and(|wait| wait <= expected && wait + 5 * SECOND >= expected)
}

#[tokio::test]
async fn c01_a_short_limit_of_the_company_is_waited_for_once_by_every_class() {
    let calls = Subject::ALL.map(|subject| async move {
        let server = FaultServer::api(move |request| match request.nth {
            1 => limited(&[(RESET, b"1")], "").reply(),
            _ => subject.success().reply(),
        })
        .await;
        subject.call(&client(&server)).await.unwrap();
        let at: Vec<_> =
            server.requests().iter().filter(|request| !request.is_token()).map(|it| it.at).collect();
        assert_eq!(at.len(), 2, "{subject:?}");
        let waited = at[1] - at[0];
        assert!(waited >= SECOND && waited < 2 * SECOND, "{subject:?} waited {waited:?}");
    });
    join_all(calls).await;
}

#[test]
fn c01_the_wait_is_the_reset_and_up_to_half_a_second() {
    for class in [Class::PlainRead, Class::ScarceRead, Class::Write, Class::IdempotentWrite, Class::Token] {
        for spread in [0.0, 0.5, 1.0] {
            let now = SystemTime::now();
            let error = refused(operation::GET_ACCOUNT, 429, &[(RESET, "2")], "");
            let pause = replay::pause(class, &error, 0, now, spread).unwrap();
            assert!(pause >= 2 * SECOND && pause <= Duration::from_millis(2_500), "{class:?} {pause:?}");
            assert_eq!(replay::pause(class, &error, 1, now, spread), None, "{class:?} a second time");
        }
    }
}

#[tokio::test]
async fn c02_a_long_limit_is_told_at_once_with_its_instant() {
    use RateLimitScope::{Account, Company};
    for subject in Subject::ALL {
        for seconds in [86_400_u64, 85_092, 11] {
            let text = seconds.to_string();
            let general: &[(&str, &[u8])] = &[
                (RESET, text.as_bytes()),
                ("http_x_ratelimit_limit", b"100"),
                ("http_x_ratelimit_remaining", b"0"),
            ];
            let (error, hits, mut took) = refuse(subject, limited(general, "")).await;
            // The least of three is the client's own time; more is that of a busy machine.
            for _ in 0..2 {
                took = took.min(refuse(subject, limited(general, "")).await.2);
            }
            assert_eq!(hits, 1, "{subject:?} {seconds}");
            figure("G8", "ms until return", took.as_secs_f64() * 1_000.0);
            assert!(took < 10 * SECOND, "{subject:?} {seconds}: it waited {took:?}");
            assert_eq!(error.kind(), Some(ApiErrorKind::RateLimited(Company)));
            assert!(is_about(wait(&error), seconds), "{:?}", wait(&error));
            assert_eq!(error.advice(), Advice::WaitUntil(error.retry_at().unwrap()));
            let told = error.rate_limits().unwrap().general.unwrap();
            assert_eq!(
                (told.limit, told.remaining, told.resets_in),
                (Some(100), Some(0), Some(Duration::from_secs(seconds)))
            );
        }
    }
    for subject in Subject::of(Class::ScarceRead) {
        let detail = "The rate limit for this resource is 4/day. Please try again in 85092 seconds";
        let spent: &[(&str, &[u8])] = &[(RESET, b"2"), (ACCOUNT_RESET, b"85092"), (ACCOUNT_REMAINING, b"0")];
        let (error, hits, _) = refuse(subject, limited(spent, detail)).await;
        assert_eq!((error.kind(), hits), (Some(ApiErrorKind::RateLimited(Account)), 1), "{subject:?}");
        assert!(is_about(wait(&error), 85_092), "the wait of the other limit was taken: {:?}", wait(&error));
    }
}

#[tokio::test]
async fn c03_a_reset_that_is_no_number_of_seconds_gives_no_instant() {
    let unusable: [&[&[u8]]; 9] = [
        &[b""],
        &[b"abc"],
        &[b"1.5"],
        &[b"99999999999999999999"],
        &[b"18446744073709551615"],
        &[b"--1"],
        &[b"\xff\xfe"],
        &[b"1e3"],
        &[b"", b"abc"],
    ];
    for values in unusable {
        let headers: Vec<(&str, &[u8])> = values.iter().map(|value| (RESET, *value)).collect();
        let (error, hits, _) = refuse(Subject::Metadata, limited(&headers, "")).await;
        assert_eq!((error.retry_at(), hits), (None, 1), "{values:?}");
        assert_eq!(error.advice(), Advice::WaitLonger, "{values:?}");
    }
    // One second later is soon enough, and the longer of two is the careful one.
    let usable: [(&[&[u8]], u64, usize); 5] = [
        (&[b"0"], 0, 2),
        (&[b"-1"], 0, 2),
        (&[b"-1875538"], 0, 2),
        (&[b"3000", b"4000"], 4_000, 1),
        (&[b"abc", b"3000"], 3_000, 1),
    ];
    for (values, seconds, expected) in usable {
        let headers: Vec<(&str, &[u8])> = values.iter().map(|value| (RESET, *value)).collect();
        let (error, hits, _) = refuse(Subject::Metadata, limited(&headers, "")).await;
        assert!(is_about(wait(&error), seconds), "{values:?}: {:?}", wait(&error));
        assert_eq!(hits, expected, "{values:?}");
    }
}

#[tokio::test]
async fn c04_without_a_header_the_sentence_gives_the_instant() {
    let detail = "The rate limit for this resource is 100/hour. Please try again in 9999 seconds";
    let (error, hits, _) = refuse(Subject::Metadata, limited(&[], detail)).await;
    assert_eq!(hits, 1);
    assert!(is_about(wait(&error), 9_999), "{:?}", wait(&error));
    let api = error.api().unwrap();
    assert_eq!(api.detail(), Some(detail));
    // What no header said is not shown as if one had.
    assert_eq!(*api.rate_limits(), RateLimits::default());
    let (error, _, _) = refuse(Subject::Metadata, limited(&[], "Please try again in a few seconds")).await;
    assert_eq!(error.retry_at(), None);
}

fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let mut headers = HeaderMap::new();
    headers.insert(http::header::RETRY_AFTER, HeaderValue::from_str(value).unwrap());
    RateLimits::from_headers(&headers, now).retry_after
}

#[test]
fn c05_retry_after_is_read_in_every_form() {
    let now = SystemTime::UNIX_EPOCH + 784_111_777 * SECOND;
    let table = [
        ("120", Some(120)),
        ("Sun, 06 Nov 1994 08:51:37 GMT", Some(120)),
        ("Sunday, 06-Nov-94 08:51:37 GMT", Some(120)),
        ("Sun Nov  6 08:51:37 1994", Some(120)),
        ("Sun, 06 Nov 1994 08:49:36 GMT", Some(0)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", Some(0)),
        ("0", Some(0)),
        ("Sun, 31 Feb 1994 08:49:37 GMT", None),
        ("tomorrow", None),
        ("", None),
        ("18446744073709551615", None),
    ];
    for (value, seconds) in table {
        assert_eq!(retry_after(value, now), seconds.map(Duration::from_secs), "{value}");
    }
}

#[tokio::test]
async fn c06_of_two_waits_the_longer_counts_and_both_are_kept() {
    for (reset, after) in [("3000", "4000"), ("4000", "3000")] {
        let headers: &[(&str, &[u8])] = &[(RESET, reset.as_bytes()), ("retry-after", after.as_bytes())];
        let (error, hits, _) = refuse(Subject::Metadata, limited(headers, "")).await;
        assert_eq!(hits, 1);
        assert!(is_about(wait(&error), 4_000), "{reset} {after}: {:?}", wait(&error));
        let told = error.rate_limits().unwrap();
        assert_eq!(told.general.unwrap().resets_in, Some(reset.parse::<u32>().unwrap() * SECOND));
        assert_eq!(told.retry_after, Some(after.parse::<u32>().unwrap() * SECOND));
    }
}

#[tokio::test]
async fn c07_the_limit_of_a_bank_has_no_instant_and_is_not_tried_again() {
    let bank = Answer::error(
        429,
        Some("RateLimitError"),
        "Couldn't update account transactions",
        "Daily request limit set by the Institution has been exceeded.",
    );
    // The service's own headers come with nearly every answer; they speak of something else.
    for answer in [bank.clone(), bank.clone().header(RESET, "2"), bank.header(ACCOUNT_RESET, "3")] {
        for subject in [Subject::Balances, Subject::Details, Subject::Transactions, Subject::Metadata] {
            let (error, hits, _) = refuse(subject, answer.clone()).await;
            assert_eq!(hits, 1, "{subject:?}");
            assert_eq!(error.kind(), Some(ApiErrorKind::RateLimited(RateLimitScope::Institution)));
            assert_eq!((error.retry_at(), error.advice()), (None, Advice::WaitLonger));
            let api = error.api().unwrap();
            assert_eq!(api.code(), Some("RateLimitError"));
            assert_eq!(api.summary(), Some("Couldn't update account transactions"));
        }
    }
}

#[tokio::test]
async fn c08_the_calls_left_are_known_after_a_success_and_before_the_next_call() {
    let server = FaultServer::api(|request| {
        let left = (4 - request.nth).to_string();
        Subject::Balances
            .success()
            .header("http_x_ratelimit_account_success_limit", "4")
            .header(ACCOUNT_REMAINING, left)
            .header(ACCOUNT_RESET, "86307")
            .header("http_x_ratelimit_remaining", "99")
            .reply()
    })
    .await;
    let bank = client(&server);
    let reads = bank.account(account());
    assert_eq!(reads.quota(&AccessScope::Balances).await, None);
    for left in [3, 2, 1, 0] {
        let seen = Subject::Balances.call(&bank).await.unwrap();
        let told = seen.rate_limits.account.unwrap();
        assert_eq!((told.limit, told.remaining), (Some(4), Some(left)));
        assert_eq!(told.resets_in, Some(86_307 * SECOND));
        assert_eq!(seen.rate_limits.general.unwrap().remaining, Some(99));
        assert_eq!(seen.rate_limits.account_is_spent(), left == 0);
        assert_eq!(reads.quota(&AccessScope::Balances).await.unwrap().remaining, Some(left));
        assert_eq!(reads.quota(&AccessScope::Details).await, None, "each kind of data has its own");
    }
    assert_eq!(server.hits(), 4, "asking for the calls left is no call");
}

#[tokio::test]
async fn c08_each_kind_of_data_has_calls_of_its_own() {
    let scopes = [AccessScope::Balances, AccessScope::Details, AccessScope::Transactions];
    for (subject, scope) in Subject::of(Class::ScarceRead).into_iter().zip(&scopes) {
        let answer = subject.success().header(ACCOUNT_REMAINING, "3").header(ACCOUNT_RESET, "86307");
        let server = FaultServer::api(move |_| answer.reply()).await;
        let bank = client(&server);
        subject.call(&bank).await.unwrap();
        for other in &scopes {
            let left = bank.account(account()).quota(other).await.and_then(|quota| quota.remaining);
            assert_eq!(left, (other == scope).then_some(3), "{other} after {scope}");
        }
        assert_eq!(bank.account(account()).quota(&AccessScope::from("cards")).await, None);
    }
}

#[tokio::test]
async fn c09_every_spelling_of_the_headers_says_the_same() {
    for spelling in [
        "HTTP_X_RATELIMIT",
        "http_x_ratelimit",
        "http-x-ratelimit",
        "X-RateLimit",
        "x-ratelimit",
        "X_RATELIMIT",
    ] {
        let separator = if spelling.contains('_') { '_' } else { '-' };
        let name = |parts: &[&str]| {
            let mut name = spelling.to_owned();
            for part in parts {
                name.push(separator);
                name.push_str(part);
            }
            name
        };
        assert!(name(&["RESET"]).parse::<HeaderName>().is_ok());
        let answer = limited(&[], "").header(&name(&["RESET"]), "3000").header(&name(&["remaining"]), "0");
        let (error, hits, _) = refuse(Subject::Institution, answer).await;
        assert!(is_about(wait(&error), 3_000), "{spelling}");
        assert_eq!(
            (hits, error.rate_limits().unwrap().general.unwrap().remaining),
            (1, Some(0)),
            "{spelling}"
        );
        let answer = limited(&[], "")
            .header(&name(&["account", "success", "reset"]), "4000")
            .header(&name(&["ACCOUNT", "SUCCESS", "REMAINING"]), "0");
        let (error, hits, _) = refuse(Subject::Balances, answer).await;
        assert_eq!(error.kind(), Some(ApiErrorKind::RateLimited(RateLimitScope::Account)), "{spelling}");
        assert!(is_about(wait(&error), 4_000), "{spelling}");
        assert_eq!(hits, 1, "{spelling}");
    }
}
