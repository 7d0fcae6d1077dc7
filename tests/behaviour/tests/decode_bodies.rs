//! Is a body of any length and encoding read in full or rejected, and never taken for a complete one when it is not?

use std::io::Write;
use std::process::Command;

use flate2::Compression;
use flate2::write::GzEncoder;
use gocardless_bank_data::Error;
use gocardless_bank_data::error::{ConnectionFailure, DecodeReason};
use gocardless_bank_data::reqwest::ClientBuilder;
use test_support::{Answer, FaultServer, Reply, Step, Subject, builder};

/// The result of reading balances with this body limit and this reply. It is sent once.
async fn outcome(limit: usize, http: ClientBuilder, reply: Reply) -> Result<Vec<u8>, Error> {
    let server = FaultServer::api(move |_| reply.clone()).await;
    let bank = builder(&server).body_limit(limit).http_client(http).build().unwrap();
    let outcome = Subject::Balances.call(&bank).await;
    assert_eq!(server.hits(), 1);
    outcome.map(|returned| returned.body.to_vec())
}

async fn plain(reply: Reply) -> Result<Vec<u8>, Error> {
    outcome(1 << 20, ClientBuilder::new(), reply).await
}

fn raw(text: impl Into<Vec<u8>>) -> Reply {
    Reply::steps([Step::Send(text.into()), Step::Close])
}

/// Why the body of a success was rejected.
#[track_caller]
fn reason(error: &Error) -> DecodeReason {
    let Error::Decode(decode) = error else { panic!("{error:?}") };
    decode.reason()
}

#[track_caller]
fn is_cut_short(case: &str, error: &Error) {
    let Error::Transport(broken) = error else { panic!("{case}: {error:?}") };
    assert_eq!(broken.failure(), ConnectionFailure::CutShort, "{case}");
}

/// Asserts that the error keeps exactly what was sent of the body.
#[track_caller]
fn is_kept(error: &Error, sent: &[u8], case: &dyn std::fmt::Display) {
    let kept = error.body().is_some_and(|body| body == sent);
    assert!(kept, "{case}: {:?}", error.body());
}

/// A balances body of this length.
fn balances(length: usize) -> Vec<u8> {
    let (begin, end) = ("{\"balances\":[]", "}");
    format!("{begin}{}{end}", " ".repeat(length - begin.len() - end.len())).into_bytes()
}

fn chunked(body: &[u8]) -> Vec<u8> {
    let mut bytes = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    for chunk in body.chunks(10_000) {
        bytes.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        bytes.extend_from_slice(chunk);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"0\r\n\r\n");
    bytes
}

#[tokio::test]
async fn d07_a_body_is_read_up_to_the_limit_and_one_byte_more_is_too_large() {
    let limit = 100_000;
    for (length, fits) in [(limit - 1, true), (limit, true), (limit + 1, false), (10 * limit, false)] {
        let body = balances(length);
        let forms = [
            ("length", Answer::new(200, body.clone()).bytes()),
            ("chunks", chunked(&body)),
            ("end", [b"HTTP/1.1 200 OK\r\n\r\n".as_slice(), &body].concat()),
        ];
        for (form, bytes) in forms {
            let outcome = outcome(limit, ClientBuilder::new(), raw(bytes)).await;
            match outcome {
                Ok(read) => assert!(fits && read == body, "{form} {length}"),
                Err(error) => {
                    assert!(!fits, "{form} {length}: {error:?}");
                    assert_eq!(reason(&error), DecodeReason::TooLarge, "{form} {length}");
                    let kept = error.body().unwrap();
                    assert!(kept.len() <= limit && body.starts_with(kept), "{form} {length}");
                }
            }
        }
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn d07_a_body_without_end_takes_no_more_memory_than_the_limit_and_a_little() {
    const LIMIT: usize = 16 << 20;
    let raw_body = || [b"HTTP/1.1 200 OK\r\n\r\n".as_slice(), &balances(8 * LIMIT)].concat();
    let cases = [
        ("small", "succeeded", Answer::new(200, balances(100)).reply()),
        ("as long as may be", "succeeded", Answer::new(200, balances(LIMIT)).reply()),
        ("longer", "failed", Answer::new(200, balances(8 * LIMIT)).reply()),
        ("longer, in chunks", "failed", raw(chunked(&balances(8 * LIMIT)))),
        ("longer, up to the end", "failed", raw(raw_body())),
        ("longer, of an error", "failed", Answer::new(500, balances(8 * LIMIT)).reply()),
        ("longer once unpacked", "failed", encoded(gzip(&balances(8 * LIMIT)), "gzip")),
    ];
    let mut peaks = Vec::new();
    for (case, begins, reply) in cases {
        let server = FaultServer::api(move |_| reply.clone()).await;
        let mut command = Command::new(env!("CARGO_BIN_EXE_lone_call"));
        command.arg(server.url());
        let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.starts_with(begins), "{case}: {said}");
        let peak = said.lines().last().unwrap().split_whitespace().nth(1).unwrap();
        peaks.push((case, peak.parse::<usize>().unwrap() * 1024));
    }
    for (case, peak) in &peaks[1..] {
        let beyond = peak.saturating_sub(peaks[0].1 + LIMIT);
        assert!(beyond <= 1 << 20, "{case}: {peaks:?}");
    }
}

#[tokio::test]
async fn d08_a_content_length_of_ten_terabytes_sets_nothing_aside() {
    let error =
        plain(raw("HTTP/1.1 200 OK\r\ncontent-length: 10000000000000\r\n\r\n{\"bal")).await.unwrap_err();
    is_cut_short("10 TB", &error);
    assert_eq!(error.body().unwrap().as_ref(), b"{\"bal");
    for length in ["99999999999999999999999", "-1", "1e3", "", "15, 16", "0x10"] {
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{{\"balances\":[]}}");
        let error = plain(raw(head)).await.unwrap_err();
        let Error::Transport(broken) = &error else { panic!("{length}: {error:?}") };
        assert_eq!(broken.failure(), ConnectionFailure::Broken, "{length}");
    }
}

#[tokio::test]
async fn d09_an_answer_that_ends_after_any_of_its_bytes_is_never_a_shorter_success() {
    let answer = Subject::Balances.success();
    let whole = answer.bytes();
    let body_at = whole.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
    // The nth request gets n - 1 bytes; first with a content length, then delimited by the end of the connection,
    // where only the JSON shows that it is incomplete.
    let (body, lengths) = (whole[body_at..].to_vec(), whole.len());
    let reply = body.clone();
    let server = FaultServer::api(move |request| match (request.nth - 1).checked_sub(lengths) {
        None => answer.cut((request.nth - 1).cast_signed()).then(Step::Close),
        Some(left) => raw([b"HTTP/1.1 200 OK\r\n\r\n".as_slice(), &reply[..left]].concat()),
    })
    .await;
    let bank = test_support::unpaced(&server);
    for left in 0..whole.len() {
        let error = Subject::Balances.call(&bank).await.unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{left}: {error:?}");
        if left >= body_at {
            is_kept(&error, &whole[body_at..left], &left);
        }
    }
    for left in 0..body.len() {
        let error = Subject::Balances.call(&bank).await.unwrap_err();
        assert_eq!(reason(&error), DecodeReason::Incomplete, "{left}");
        is_kept(&error, &body[..left], &left);
    }
    let calls = whole.len() + body.len();
    assert_eq!(server.hits(), calls);
}

#[tokio::test]
async fn d10_malformed_chunks_are_not_a_success() {
    const HEAD: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let long = "x".repeat(100_000);
    let bad = [
        String::new(),
        "zz\r\n{\"balances\":[]}\r\n0\r\n\r\n".to_owned(),
        "-1\r\n{\"balances\":[]}\r\n0\r\n\r\n".to_owned(),
        "ffffffffffffffffff\r\n{\"balances\":[]}".to_owned(),
        "ffffffffffffffff\r\n{\"balances\":[]}".to_owned(),
        "f{\"balances\":[]}\r\n0\r\n\r\n".to_owned(),
        "f\r\n{\"balances\":[]}".to_owned(),
        "f\r\n{\"balances\":[]}XX0\r\n\r\n".to_owned(),
        "f\r\n{\"balances\":[]}\r\n".to_owned(),
        "f\r\n{\"balances\":[]}\r\n0".to_owned(),
        format!("f;{long}\r\n{{\"balances\":[]}}\r\n0\r\n\r\n"),
        format!("f\r\n{{\"balances\":[]}}\r\n0\r\n{long}"),
    ];
    for body in bad {
        let case = format!("{body:.40}");
        let error = plain(raw(format!("{HEAD}{body}"))).await.unwrap_err();
        is_cut_short(&case, &error);
    }
    let good = [
        "f;name=value\r\n{\"balances\":[]}\r\n0\r\n\r\n",
        "F\r\n{\"balances\":[]}\r\n0\r\ntrailer: x\r\nanother: y\r\n\r\n",
        "1\r\n{\r\n00000e\r\n\"balances\":[]}\r\n0\r\n\r\n",
    ];
    for body in good {
        assert_eq!(plain(raw(format!("{HEAD}{body}"))).await.unwrap(), b"{\"balances\":[]}", "{body}");
    }
}

#[tokio::test]
async fn d13_an_empty_body_is_an_error_that_has_its_status() {
    for status in [200, 201, 202, 204, 205] {
        let error = plain(Answer::new(status, "").closing()).await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{status}: {error:?}");
        assert_eq!(error.status().unwrap().as_u16(), status);
    }
    for status in [304, 400, 401, 403, 404, 409, 418, 429, 500, 502, 503] {
        let error = plain(Answer::new(status, "").closing()).await.unwrap_err();
        assert!(matches!(error, Error::Api(_)), "{status}: {error:?}");
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert!(error.fields().is_empty() && error.body().unwrap().is_empty());
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn encoded(body: Vec<u8>, coding: &str) -> Reply {
    Answer::new(200, body).header("content-encoding", coding).closing()
}

#[tokio::test]
async fn d14_a_body_that_unpacks_to_a_thousand_times_its_size_is_stopped_at_the_limit() {
    let (limit, bomb) = (1 << 20, gzip(&balances(64 << 20)));
    assert!(bomb.len() < limit, "{}", bomb.len());
    let error = outcome(limit, ClientBuilder::new(), encoded(bomb, "gzip")).await.unwrap_err();
    assert_eq!(reason(&error), DecodeReason::TooLarge);
    assert!(error.body().unwrap().len() <= limit);
}

#[tokio::test]
async fn d14_a_packed_body_is_read_where_it_was_offered_and_is_an_error_where_it_was_not() {
    let whole = gzip(b"{\"balances\":[]}");
    let read = outcome(1 << 20, ClientBuilder::new(), encoded(whole.clone(), "gzip")).await.unwrap();
    assert_eq!(read, b"{\"balances\":[]}");
    // As if the client were built without that feature.
    let not_offered = || ClientBuilder::new().no_gzip();
    let error = outcome(1 << 20, not_offered(), encoded(whole.clone(), "gzip")).await.unwrap_err();
    assert_eq!(reason(&error), DecodeReason::Compressed);
    assert_eq!(error.body().unwrap(), &whole);
    let twice = outcome(1 << 20, ClientBuilder::new(), encoded(gzip(&whole), "gzip")).await.unwrap_err();
    assert_eq!(reason(&twice), DecodeReason::Syntax);
    for (case, body) in [
        ("truncated", whole[..whole.len() - 4].to_vec()),
        ("half", whole[..whole.len() / 2].to_vec()),
        ("not packed", b"{\"balances\":[]}".to_vec()),
        ("wrong sum", [&whole[..whole.len() - 8], &[0; 8]].concat()),
    ] {
        let error = outcome(1 << 20, ClientBuilder::new(), encoded(body, "gzip")).await.unwrap_err();
        is_cut_short(case, &error);
    }
}
