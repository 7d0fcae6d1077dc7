//! However a long wait is spelled, does the call return at once with the instant? (C2 to C6, C9; goal 8)

#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::unchecked_time_subtraction,
    reason = "clippy.toml allows these in tests, but takes helpers of integration tests for production code"
)]

use std::time::{Duration, Instant, SystemTime};

use behaviour::{Answer, FaultServer, Subject, client, figure};
use gocardless_bank_data::Error;

/// How long the limit lasts in every spelling.
const WAIT: u64 = 3_000;

type Headers = Vec<(String, String)>;

/// Every spelling by its own name: the headers that bear the wait, or none, where the sentence of the body does.
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
        // The limit of an account is told from the company's by there being none left.
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

/// A date in the three forms of HTTP: `Sun, 06 Nov 1994 08:49:37 GMT` and its two elders.
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

/// What a read comes to that is refused like this, and how long it took: the least of three times, for more than that is the
/// time of a busy machine.
async fn refused(headers: &Headers) -> (Error, SystemTime, Duration) {
    let detail =
        if headers.is_empty() { format!("Please try again in {WAIT} seconds") } else { String::new() };
    let answer = Answer::error(429, None, "Rate limit exceeded", &detail);
    let answer = headers.iter().fold(answer, |answer, (name, value)| answer.header(name, value.as_str()));
    let server = FaultServer::api(move |_| answer.reply()).await;
    let bank = client(&server);
    // For the token, so that what is timed is the refused call alone.
    Subject::Details.call(&bank).await.unwrap_err();
    let mut least = Duration::MAX;
    for round in 1..=3 {
        let (started, sent) = (Instant::now(), SystemTime::now());
        let error = Subject::Metadata.call(&bank).await.unwrap_err();
        least = least.min(started.elapsed());
        let hits = server.requests().iter().filter(|it| it.path.ends_with("6/")).count();
        assert_eq!(hits, round, "{headers:?}: it waited and tried again");
        if round == 3 {
            return (error, sent, least);
        }
    }
    unreachable!()
}

#[tokio::test]
async fn c09_however_a_long_wait_is_spelled_the_call_returns_with_its_instant_and_does_not_wait() {
    for (spelling, headers) in spellings() {
        let (error, sent, took) = refused(&headers).await;
        let instant = error.retry_at().unwrap_or_else(|| panic!("{spelling}: no instant"));
        let told = sent + Duration::from_secs(WAIT);
        let off = instant.duration_since(told).unwrap_or_else(|early| early.duration());
        figure("G8", "spellings", 1);
        figure("G8", "ms until return", took.as_secs_f64() * 1_000.0);
        figure("G8", "ms off the instant", off.as_millis());
        assert!(off < Duration::from_secs(30), "{spelling}: {off:?} off");
        assert!(took < Duration::from_secs(10), "{spelling}: {took:?}");
    }
}
