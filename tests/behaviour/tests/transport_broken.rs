//! Is an answer that breaks off, or has a head without end, an error of its own kind, soon, and once? (E5, E6; goals 6
//! and 16)

#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, reason = "clippy.toml allows it in tests, but not in their helpers")]

use std::time::{Duration, Instant};

use behaviour::{FaultServer, Reply, Step, Subject, builder, figure};
use gocardless_bank_data::error::{ConnectionFailure, Sent};
use gocardless_bank_data::{Error, Timeouts};

/// Sends these texts one after the other, and then does this.
fn says(texts: &[&str], end: Step) -> Reply {
    Reply::steps(texts.iter().map(|text| Step::Send(text.as_bytes().to_vec())).chain([end]))
}

/// What a scarce read comes to when this is said to it. It is sent once, and nothing waits for a limit.
async fn outcome(reply: impl Fn() -> Reply + Send + Sync + 'static) -> Result<Vec<u8>, Error> {
    let server = FaultServer::api(move |_| reply()).await;
    let timeouts = Timeouts { scarce_read: Duration::from_secs(20), ..Timeouts::default() };
    let bank = builder(&server).timeouts(timeouts).build().unwrap();
    let started = Instant::now();
    let outcome = Subject::Balances.call(&bank).await;
    figure("G16", "ms until return in E5", started.elapsed().as_millis());
    figure("G6", "hits in E5", server.hits());
    assert_eq!(server.hits(), 1);
    outcome.map(|seen| seen.body)
}

const LONG: &str = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n";
const CHUNKED: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

#[tokio::test]
async fn e05_an_answer_that_breaks_off_is_no_success_and_no_hang_and_what_came_is_kept() {
    const BEGIN: &str = "{\"balances\":[]";
    const CHUNK: &str = "e\r\n{\"balances\":[]\r\n";
    let cases: [(&[&str], Step, &str); 9] = [
        (&[LONG], Step::Close, ""),
        (&[LONG, BEGIN], Step::Close, BEGIN),
        // The server ends its side and waits.
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
async fn e05_a_reset_within_the_body_is_no_success_and_no_hang() {
    for texts in [[LONG, "{\"balances\":[]"], [CHUNKED, "ff\r\n{\"balances\":[]"]] {
        let error = outcome(move || says(&texts, Step::Reset)).await.unwrap_err();
        let Error::Transport(broken) = &error else { panic!("{error:?}") };
        // A reset may overtake what was sent before it, the head included.
        let failures = [ConnectionFailure::CutShort, ConnectionFailure::Broken];
        assert!(failures.contains(&broken.failure()), "{error:?}");
    }
}

#[tokio::test]
async fn e05_a_head_that_breaks_off_is_told_apart_from_a_body_that_does() {
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
