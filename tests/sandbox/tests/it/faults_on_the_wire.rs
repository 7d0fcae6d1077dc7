//! Faults of the connection, seen by a caller that reads bytes.

use std::time::{Duration, Instant};

use gocardless_bank_data_sandbox::{Cut, Fault, Operation, Sandbox};
use serde_json::json;

use crate::support::{Bank, Raw, RawEnd};

const PATH: &str = "/api/v2/institutions/SANDBOXFINANCE_SFIN0000/";

/// Sends one GET to a sandbox with this fault.
fn asked(sandbox: &Sandbox, fault: Fault, headers: &str) -> Raw {
    sandbox.faults().add(fault);
    let mut raw = Raw::connect(sandbox);
    raw.get(PATH, headers);
    raw
}

/// The same; gives the bytes and the end.
fn wire(sandbox: &Sandbox, fault: Fault, headers: &str) -> (String, RawEnd) {
    let (bytes, end) = asked(sandbox, fault, headers).read_to_end();
    (String::from_utf8(bytes).unwrap(), end)
}

#[test]
fn without_a_fault_the_connection_stays_open() {
    let sandbox = Sandbox::start_blocking().unwrap();
    let mut raw = Raw::connect(&sandbox);
    for _ in 0..2 {
        raw.get(PATH, "");
        let text = raw.read_until("}");
        assert!(text.starts_with("HTTP/1.1 401 Unauthorized\r\n"));
    }
    assert_eq!(raw.read_until_silent(), (Vec::new(), RawEnd::Open));
}

#[test]
fn a_reset_is_a_reset_and_not_a_byte_comes_before_it() {
    let sandbox = Sandbox::start_blocking().unwrap();
    assert_eq!(wire(&sandbox, Fault::reset(), ""), (String::new(), RawEnd::Reset));
    let request = &sandbox.requests()[0];
    assert_eq!(request.operation, Some(Operation::RetrieveInstitution));
    assert_eq!(request.status, None);
}

#[tokio::test]
async fn an_answer_is_cut_in_its_head_in_its_body_or_at_its_end() {
    let bank = Bank::open().await;
    let auth = format!("authorization: Bearer {}\r\n", bank.token);
    let (whole, end) = wire(&bank.sandbox, Fault::cut(Cut::End), &auth);
    assert_eq!(end, RawEnd::Closed);
    let (head, body) = whole.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n") && !head.contains("connection: close"));
    assert!(head.contains(&format!("content-length: {}", body.len())));
    assert!(body.ends_with('}'));

    let (half, end) = wire(&bank.sandbox, Fault::cut(Cut::Head), &auth);
    assert_eq!(end, RawEnd::Closed);
    assert!(half.starts_with("HTTP/1.1 200 OK\r\n") && !half.contains("\r\n\r\n"));

    let (half, end) = wire(&bank.sandbox, Fault::cut(Cut::Body), &auth);
    assert_eq!(end, RawEnd::Closed);
    let (head, some) = half.split_once("\r\n\r\n").unwrap();
    assert!(head.contains(&format!("content-length: {}", body.len())));
    assert_eq!(some, &body[..body.len() / 2]);
}

#[test]
fn a_stall_gives_nothing_and_keeps_the_connection() {
    let sandbox = Sandbox::start_blocking().unwrap();
    for fault in [Fault::stall(), Fault::reset().delayed(Duration::from_secs(3_600))] {
        let mut raw = asked(&sandbox, fault, "");
        assert_eq!(raw.read_until_silent(), (Vec::new(), RawEnd::Open));
    }
    // Dropping a sandbox ends even these: the drop below would hang otherwise.
}

#[test]
fn a_delayed_answer_is_the_good_one_but_later() {
    let sandbox = Sandbox::start_blocking().unwrap();
    let start = Instant::now();
    let (text, _) = wire(&sandbox, Fault::delay(Duration::from_millis(120)), "connection: close\r\n");
    assert!(start.elapsed() >= Duration::from_millis(120));
    assert!(text.starts_with("HTTP/1.1 401 Unauthorized\r\n"));
}

#[test]
fn raw_bytes_are_sent_as_they_are() {
    let sandbox = Sandbox::start_blocking().unwrap();
    let bytes = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\nnonsense";
    assert_eq!(wire(&sandbox, Fault::raw(bytes), ""), (bytes.to_owned(), RawEnd::Closed));
}

#[test]
fn a_huge_body_comes_in_chunks_and_is_json() {
    let sandbox = Sandbox::start_blocking().unwrap();
    let (text, _) = wire(&sandbox, Fault::huge(200_000), "connection: close\r\n");
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("transfer-encoding: chunked") && head.contains("content-type: application/json"));
    let letters = body.bytes().filter(|byte| *byte == b'x').count();
    assert_eq!(letters, 200_000 - 2);
    assert!(body.ends_with("x\"\r\n0\r\n\r\n"));
}

#[test]
fn an_endless_body_does_not_hold_the_sandbox() {
    let sandbox = Sandbox::start_blocking().unwrap();
    sandbox.faults().add(Fault::huge(u64::MAX));
    let mut raw = Raw::connect(&sandbox);
    raw.get(PATH, "");
    // It blocks on the full socket of a caller who does not read; others are served, and the drop below works.
    let (text, _) = wire(&sandbox, Fault::delay(Duration::ZERO), "connection: close\r\n");
    assert!(text.starts_with("HTTP/1.1 401 Unauthorized\r\n"));
}

#[tokio::test]
async fn a_dripping_answer_is_whole_in_the_end() {
    let bank = Bank::open().await;
    let auth = format!("authorization: Bearer {}\r\nconnection: close\r\n", bank.token);
    let start = Instant::now();
    let (text, end) = wire(&bank.sandbox, Fault::drip(100, Duration::from_millis(20)), &auth);
    assert_eq!(end, RawEnd::Closed);
    assert!(start.elapsed() >= Duration::from_millis(60), "several pieces, a pause before each");
    assert!(text.contains("Sandbox Finance") && text.ends_with("0\r\n\r\n"));
    let mut raw = asked(&bank.sandbox, Fault::drip(1, Duration::from_secs(3_600)), &auth);
    assert!(raw.read_until("\r\n\r\n").starts_with("HTTP/1.1 200 OK\r\n"));
    assert_eq!(raw.read_until_silent(), (Vec::new(), RawEnd::Open), "the head, and then nothing");
}

#[test]
fn any_status_headers_and_bytes_can_be_answered() {
    let sandbox = Sandbox::start_blocking().unwrap();
    let close = "connection: close\r\n";
    let (text, _) =
        wire(&sandbox, Fault::status(599).text("odd").header("x-odd", "1").header("x-odd", "2"), close);
    assert!(text.starts_with("HTTP/1.1 599 "));
    assert!(text.contains("\r\nx-odd: 1\r\nx-odd: 2\r\n") && text.ends_with("\r\n\r\nodd"));
    let (text, _) = wire(&sandbox, Fault::status(204), close);
    assert!(text.starts_with("HTTP/1.1 204 No Content\r\n") && text.ends_with("\r\n\r\n"));
    let (text, _) = wire(&sandbox, Fault::status(101), close);
    assert!(text.starts_with("HTTP/1.1 500 "), "an interim status is not an answer");
    let (text, _) = wire(&sandbox, Fault::redirect(307, "https://elsewhere.example/"), close);
    assert!(
        text.starts_with("HTTP/1.1 307 ") && text.contains("\r\nlocation: https://elsewhere.example/\r\n")
    );
    let bomb =
        Fault::status(200).bytes(vec![b'{'; 3], Some("application/json")).header("content-encoding", "gzip");
    let (text, _) = wire(&sandbox, bomb, close);
    assert!(text.contains("content-encoding: gzip") && text.ends_with("\r\n\r\n{{{"));
    let plain = Fault::status(200).json(json!([])).without_header("Content-Type").without_header("server");
    let (text, _) = wire(&sandbox, plain, close);
    assert!(!text.contains("content-type") && !text.contains("server:") && text.contains("x-c-uuid"));
}

#[test]
fn many_headers_can_be_sent() {
    let sandbox = Sandbox::start_blocking().unwrap();
    let fault = (0..10_000).fold(Fault::status(200), |fault, at| fault.header(format!("x-{at}"), "1"));
    let (text, _) = wire(&sandbox, fault, "connection: close\r\n");
    assert_eq!(text.matches("\r\nx-").count(), 10_000);
}
