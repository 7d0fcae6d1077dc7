//! Is a rate limit waited for only if the wait is known and short, and does the error otherwise say when it ends, however the
//! server spells that?

use behaviour::fetch::refused;
use futures_util::future::join_all;
use gocardless_bank_data::{
    AccessScope, Advice, ApiErrorKind, Error, OperationClass, RateLimitScope, RateLimits, operation, retry,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use std::time::{Duration, SystemTime};
use test_support::{Answer, FaultServer, FrozenClock, Subject, account, client};

const RESET: &str = "http_x_ratelimit_reset";
const ACCOUNT_RESET: &str = "http_x_ratelimit_account_success_reset";
const ACCOUNT_REMAINING: &str = "http_x_ratelimit_account_success_remaining";
const SECOND: Duration = Duration::from_secs(1);

fn limited(headers: &[(&str, &[u8])], detail: &str) -> Answer {
    let answer = Answer::error(429, None, "Rate limit exceeded", detail);
    headers.iter().fold(answer, |answer, (name, value)| answer.header(name, *value))
}

/// The result of a call that always gets this response. It waits for less than two seconds.
struct Refused {
    error: Error,
    /// How often it was sent.
    hits: usize,
    before: SystemTime,
    after: SystemTime,
}

impl Refused {
    /// Whether the error says to wait this many seconds from the response on, which came between `before` and `after`.
    fn waits(&self, seconds: u64) -> bool {
        let wait = Duration::from_secs(seconds);
        self.error.retry_at().is_some_and(|at| at >= self.before + wait && at <= self.after + wait)
    }
}

async fn refuse(subject: Subject, answer: Answer) -> Refused {
    let server = FaultServer::api(move |_| answer.reply()).await;
    let (bank, before, clock) = (client(&server), SystemTime::now(), FrozenClock::freeze());
    let error = clock.pass_within(subject.call(&bank), server.arrived(1), 2 * SECOND).await.unwrap_err();
    Refused { error, hits: server.hits(), before, after: SystemTime::now() }
}

#[tokio::test]
async fn c01_a_short_limit_of_the_company_is_waited_for_once_by_every_class() {
    let calls = Subject::ALL.iter().map(|&subject| async move {
        let server = FaultServer::api(move |request| match request.nth {
            1 => limited(&[(RESET, b"1")], "").reply(),
            _ => subject.success().reply(),
        })
        .await;
        subject.call(&client(&server)).await.unwrap();
        let at: Vec<_> =
            server.requests().iter().filter(|request| !request.is_token()).map(|it| it.at).collect();
        assert_eq!(at.len(), 2, "{subject:?}");
        assert!(at[1] - at[0] >= SECOND, "{subject:?} waited {:?}", at[1] - at[0]);
    });
    join_all(calls).await;
}

#[test]
fn c01_the_wait_is_the_reset_and_up_to_half_a_second() {
    for class in [
        OperationClass::PlainRead,
        OperationClass::MeteredRead,
        OperationClass::Write,
        OperationClass::IdempotentWrite,
        OperationClass::Token,
    ] {
        for spread in [0.0, 0.5, 1.0] {
            let now = SystemTime::now();
            let error = refused(operation::GET_ACCOUNT, 429, &[(RESET, "2")], "");
            let pause = retry::delay(class, &error, 0, now, spread).unwrap();
            assert!(pause >= 2 * SECOND && pause <= Duration::from_millis(2_500), "{class:?} {pause:?}");
            assert_eq!(retry::delay(class, &error, 1, now, spread), None, "{class:?} a second time");
        }
    }
}

#[tokio::test]
async fn c02_a_long_limit_is_returned_at_once_with_its_instant() {
    use RateLimitScope::{Account, Company};
    for &subject in Subject::ALL {
        for seconds in [86_400_u64, 85_092, 11] {
            let text = seconds.to_string();
            let general: &[(&str, &[u8])] = &[
                (RESET, text.as_bytes()),
                ("http_x_ratelimit_limit", b"100"),
                ("http_x_ratelimit_remaining", b"0"),
            ];
            let refused = refuse(subject, limited(general, "")).await;
            assert!(refused.waits(seconds), "{subject:?} {seconds}: {:?}", refused.error.retry_at());
            let Refused { error, hits, .. } = refused;
            assert_eq!(hits, 1, "{subject:?} {seconds}");
            assert_eq!(error.kind(), Some(ApiErrorKind::RateLimited(Company)));
            assert_eq!(error.advice(), Advice::WaitUntil(error.retry_at().unwrap()));
            let limits = error.rate_limits().unwrap().general.unwrap();
            assert_eq!(
                (limits.limit, limits.remaining, limits.resets_in),
                (Some(100), Some(0), Some(Duration::from_secs(seconds)))
            );
        }
    }
    for subject in Subject::of(OperationClass::MeteredRead) {
        let detail = "The rate limit for this resource is 4/day. Please try again in 85092 seconds";
        let spent: &[(&str, &[u8])] = &[(RESET, b"2"), (ACCOUNT_RESET, b"85092"), (ACCOUNT_REMAINING, b"0")];
        let refused = refuse(subject, limited(spent, detail)).await;
        assert!(
            refused.waits(85_092),
            "the wait of the other limit was taken: {:?}",
            refused.error.retry_at()
        );
        let kind = refused.error.kind();
        assert_eq!((kind, refused.hits), (Some(ApiErrorKind::RateLimited(Account)), 1), "{subject:?}");
    }
}

#[tokio::test]
async fn c03_a_reset_that_is_not_a_number_of_seconds_gives_no_instant() {
    let unusable: [&[&[u8]]; 13] = [
        &[b"0"],
        &[b"-1"],
        &[b"-1875538"],
        &[b"1893456000"],
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
        let Refused { error, hits, .. } = refuse(Subject::Metadata, limited(&headers, "")).await;
        assert_eq!((error.retry_at(), hits), (None, 1), "{values:?}");
        assert_eq!(error.advice(), Advice::WaitLonger, "{values:?}");
    }
    // Of two values the longer counts.
    let usable: [(&[&[u8]], u64, usize); 3] =
        [(&[b"-1", b"1"], 1, 2), (&[b"3000", b"4000"], 4_000, 1), (&[b"abc", b"3000"], 3_000, 1)];
    for (values, seconds, expected) in usable {
        let headers: Vec<(&str, &[u8])> = values.iter().map(|value| (RESET, *value)).collect();
        let refused = refuse(Subject::Metadata, limited(&headers, "")).await;
        assert!(refused.waits(seconds), "{values:?}: {:?}", refused.error.retry_at());
        assert_eq!(refused.hits, expected, "{values:?}");
    }
}

#[tokio::test]
async fn c04_without_a_header_the_sentence_gives_the_instant() {
    let detail = "The rate limit for this resource is 100/hour. Please try again in 9999 seconds";
    let refused = refuse(Subject::Metadata, limited(&[], detail)).await;
    assert!(refused.waits(9_999), "{:?}", refused.error.retry_at());
    let Refused { error, hits, .. } = refused;
    assert_eq!(hits, 1);
    let api = error.api().unwrap();
    assert_eq!(api.detail(), Some(detail));
    // What no header said is not reported as if one had.
    assert_eq!(*api.rate_limits(), RateLimits::default());
    let vague = refuse(Subject::Metadata, limited(&[], "Please try again in a few seconds")).await;
    assert_eq!(vague.error.retry_at(), None);
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
        ("Sun, 06 Nov 1994 08:49:36 GMT", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Thu, 01 Jan 2060 00:00:00 GMT", None),
        ("604801", None),
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
        let refused = refuse(Subject::Metadata, limited(headers, "")).await;
        assert!(refused.waits(4_000), "{reset} {after}: {:?}", refused.error.retry_at());
        let Refused { error, hits, .. } = refused;
        assert_eq!(hits, 1);
        let limits = error.rate_limits().unwrap();
        assert_eq!(limits.general.unwrap().resets_in, Some(reset.parse::<u32>().unwrap() * SECOND));
        assert_eq!(limits.retry_after, Some(after.parse::<u32>().unwrap() * SECOND));
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
    // The service sends its own limit headers with nearly every response; they are about something else.
    for answer in [bank.clone(), bank.clone().header(RESET, "2"), bank.header(ACCOUNT_RESET, "3")] {
        for subject in [Subject::Balances, Subject::Details, Subject::Transactions, Subject::Metadata] {
            let Refused { error, hits, .. } = refuse(subject, answer.clone()).await;
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
        let limits = seen.rate_limits.account.unwrap();
        assert_eq!((limits.limit, limits.remaining), (Some(4), Some(left)));
        assert_eq!(limits.resets_in, Some(86_307 * SECOND));
        assert_eq!(seen.rate_limits.general.unwrap().remaining, Some(99));
        assert_eq!(seen.rate_limits.account_is_spent(), left == 0);
        assert_eq!(reads.quota(&AccessScope::Balances).await.unwrap().remaining, Some(left));
        assert_eq!(reads.quota(&AccessScope::Details).await, None, "each kind of data has its own");
    }
    assert_eq!(server.hits(), 4, "asking for the calls left is not a call");
}

#[tokio::test]
async fn c08_each_kind_of_data_has_calls_of_its_own() {
    let scopes = [AccessScope::Balances, AccessScope::Details, AccessScope::Transactions];
    for (subject, scope) in Subject::of(OperationClass::MeteredRead).into_iter().zip(&scopes) {
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
        let refused = refuse(Subject::Institution, answer).await;
        assert!(refused.waits(3_000), "{spelling}");
        let Refused { error, hits, .. } = refused;
        assert_eq!(
            (hits, error.rate_limits().unwrap().general.unwrap().remaining),
            (1, Some(0)),
            "{spelling}"
        );
        let answer = limited(&[], "")
            .header(&name(&["account", "success", "reset"]), "4000")
            .header(&name(&["ACCOUNT", "SUCCESS", "REMAINING"]), "0");
        let refused = refuse(Subject::Balances, answer).await;
        let kind = refused.error.kind();
        assert_eq!(kind, Some(ApiErrorKind::RateLimited(RateLimitScope::Account)), "{spelling}");
        assert!(refused.waits(4_000) && refused.hits == 1, "{spelling}");
    }
}

/// How long the limit lasts in every spelling.
const WAIT: u64 = 3_000;

type Headers = Vec<(String, String)>;

/// Every spelling: the headers that carry the wait, or none if the body's sentence does.
fn spellings() -> Vec<(String, Headers)> {
    let seconds = WAIT.to_string();
    let mut all = Vec::new();
    let mut add = |headers: &[(&str, &str)]| {
        let owned = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        all.push((format!("{headers:?}"), owned));
    };
    for name in [
        "http_x_ratelimit_reset",
        "HTTP_X_RATELIMIT_RESET",
        "http-x-ratelimit-reset",
        "X-RateLimit-Reset",
        "x-ratelimit-reset",
        "X_RATELIMIT_RESET",
        "http_x_ratelimit_account_success_reset",
        "HTTP_X_RATELIMIT_ACCOUNT_SUCCESS_RESET",
        "http-x-ratelimit-account-success-reset",
        "X-RateLimit-Account-Success-Reset",
        "x-ratelimit-account-success-reset",
        "X_RATELIMIT_ACCOUNT_SUCCESS_RESET",
        "Retry-After",
        "retry-after",
    ] {
        let is_account = name.to_ascii_lowercase().contains("account");
        let spent = name.replace("reset", "remaining").replace("Reset", "Remaining");
        let spent = spent.replace("RESET", "REMAINING");
        // An account limit is recognised by its remaining count of zero.
        let remaining = is_account.then_some((spent.as_str(), "0"));
        add(&[(name, seconds.as_str())].into_iter().chain(remaining).collect::<Vec<_>>());
    }
    let late = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(WAIT));
    for date in forms(&late) {
        add(&[("retry-after", date.as_str())]);
    }
    add(&[("http_x_ratelimit_reset", "0003000")]);
    add(&[("http_x_ratelimit_reset", "abc"), ("http_x_ratelimit_reset", seconds.as_str())]);
    add(&[("http_x_ratelimit_reset", "20"), ("retry-after", seconds.as_str())]);
    add(&[("http_x_ratelimit_reset", seconds.as_str()), ("retry-after", "20")]);
    add(&[("http_x_ratelimit_reset", seconds.as_str()), ("retry-after", "soon")]);
    add(&[]);
    all
}

/// A date in the three HTTP formats: `Sun, 06 Nov 1994 08:49:37 GMT` and the two obsolete ones.
fn forms(date: &str) -> [String; 3] {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let parts: Vec<_> = date.split([' ', ',']).filter(|part| !part.is_empty()).collect();
    let [weekday, day, month, year, time, _] = parts.as_slice() else { panic!("{date}") };
    let long = DAYS.iter().find(|name| name.starts_with(weekday)).unwrap();
    let number: u32 = day.parse().unwrap();
    [
        date.to_owned(),
        format!("{long}, {day}-{month}-{} {time} GMT", year.get(2..).unwrap()),
        format!("{weekday} {month} {number:2} {time} {year}"),
    ]
}

#[tokio::test]
async fn c09_however_a_long_wait_is_spelled_the_call_returns_with_its_instant_and_does_not_wait() {
    let (start, wait) = (SystemTime::now(), Duration::from_secs(WAIT));
    for (spelling, headers) in spellings() {
        let detail =
            if headers.is_empty() { format!("Please try again in {WAIT} seconds") } else { String::new() };
        let answer = Answer::error(429, None, "Rate limit exceeded", &detail);
        let answer = headers.iter().fold(answer, |answer, (name, value)| answer.header(name, value.as_str()));
        let server = FaultServer::api(move |_| answer.reply()).await;
        let (bank, clock) = (client(&server), FrozenClock::freeze());
        let call = Subject::Metadata.call(&bank);
        let error = clock.pass_within(call, server.arrived(1), Duration::from_secs(1)).await.unwrap_err();
        assert_eq!(server.hits(), 1, "{spelling}: it waited and tried again");
        let instant = error.retry_at().unwrap_or_else(|| panic!("{spelling}: no instant"));
        // Dates were written at the start, in whole seconds.
        let least = start + wait - Duration::from_secs(1);
        assert!(instant >= least && instant <= SystemTime::now() + wait, "{spelling}: {instant:?}");
    }
}
