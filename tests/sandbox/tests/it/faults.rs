//! Which requests a fault applies to, how often, what it does to the state and to good responses, and what it looks like
//! on the wire.

use std::time::{Duration, Instant};

use gocardless_bank_data_sandbox::{Cut, Fault, Operation, Preset, Sandbox};
use serde_json::{Value, json};

use crate::support::{Bank, Raw, RawEnd, member};

#[tokio::test]
async fn faults_are_used_in_order_and_so_often_as_they_say() {
    let bank = Bank::open().await;
    let faults = bank.sandbox.faults();
    faults.add(Fault::preset(Preset::PaymentRequired).on(Operation::CreateRequisition));
    faults.add(Fault::preset(Preset::IpDenied).times(2));
    faults.add(Fault::preset(Preset::NotFound).always());
    faults.add(Fault::preset(Preset::InvalidToken).times(0));
    assert_eq!(faults.len(), 3);
    let mut answers = Vec::new();
    for _ in 0..5 {
        answers.push(bank.get(Operation::RetrieveAgreement, "x").await.status);
    }
    assert_eq!(answers, [403, 403, 404, 404, 404]);
    assert_eq!(bank.get(Operation::CreateRequisition, "").await.status, 402);
    faults.clear();
    assert_eq!(bank.get(Operation::RetrieveAgreement, "x").await.status, 400);
}

#[tokio::test]
async fn a_fault_meets_only_its_account_or_path() {
    let bank = Bank::open().await;
    let linked = bank.linked(&json!({})).await;
    let path = format!("/api/v2/requisitions/{}/", linked.requisition);
    bank.sandbox.faults().add(Fault::preset(Preset::AccountInactive).account(linked.card.to_uppercase()));
    bank.sandbox.faults().add(Fault::preset(Preset::IpDenied).path(path));
    bank.get(Operation::AccountBalances, &linked.main).await.ok();
    bank.get(Operation::ListRequisitions, "").await.ok();
    assert_eq!(bank.get(Operation::AccountBalances, &linked.card).await.status, 401);
    assert_eq!(bank.get(Operation::RetrieveRequisition, &linked.requisition).await.status, 403);
    assert!(bank.sandbox.faults().is_empty());
}

#[tokio::test]
async fn link_pages_are_met_only_by_path() {
    let bank = Bank::open().await;
    let link = member(&bank.requisition(&json!({})).await, "/link");
    bank.sandbox.faults().add(Fault::status(503));
    assert_eq!(bank.http.get(&link).send().await.unwrap().status(), 302);
    bank.sandbox.faults().clear();
    let link = member(&bank.requisition(&json!({})).await, "/link");
    let path = link.strip_prefix(bank.sandbox.base_url()).unwrap();
    bank.sandbox.faults().add(Fault::status(502).path(path));
    assert_eq!(bank.http.get(&link).send().await.unwrap().status(), 502);
    assert_eq!(bank.http.get(&link).send().await.unwrap().status(), 302);
}

#[tokio::test]
async fn a_good_answer_is_mangled_by_pointer() {
    let bank = Bank::open().await;
    let linked = bank.linked(&json!({})).await;
    bank.sandbox.faults().add(
        Fault::mangle()
            .set("/iban", Value::Null)
            .set("/last_accessed", Value::Null)
            .set("/status", json!("NEVER_SEEN"))
            .set("/extra", json!({ "deep": [1] }))
            .remove("/owner_name")
            .header("x-extra", "yes")
            .header("content-type", "text/plain"),
    );
    let reply = bank.send("GET", &format!("/api/v2/accounts/{}/", linked.main), "", "").await;
    assert_eq!(
        (reply.status, reply.header("x-extra"), reply.header("content-type")),
        (200, "yes", "text/plain")
    );
    assert_eq!(reply.json["iban"], Value::Null);
    assert_eq!(reply.json["status"], "NEVER_SEEN");
    assert_eq!(reply.json["extra"]["deep"], json!([1]));
    assert!(reply.json.get("owner_name").is_none() && reply.json.get("last_accessed").is_some());

    let one = "/transactions/booked/0/currencyExchange";
    bank.sandbox.faults().add(Fault::mangle().set(one, json!({ "sourceCurrency": "USD" })));
    let path = format!("/api/v2/accounts/{}/transactions/", linked.main);
    let reply = bank.send("GET", &path, "", "").await;
    assert_eq!(reply.json.pointer(one).unwrap()["sourceCurrency"], "USD");
}

#[tokio::test]
async fn an_edit_that_does_not_fit_is_reported() {
    let bank = Bank::open().await;
    bank.sandbox.faults().add(Fault::mangle().remove("/results/7"));
    let reply = bank.send("GET", "/api/v2/requisitions/", "", "").await;
    assert_eq!(reply.status, 500);
    assert_eq!(reply.json["detail"], "the answer has no place /results/7 to change");
}

#[tokio::test]
async fn an_error_passes_a_mangling_fault_and_leaves_it_for_the_next() {
    let mut bank = Bank::open().await;
    let token = std::mem::take(&mut bank.token);
    bank.sandbox.faults().add(Fault::mangle().set("/count", json!("7")).on(Operation::ListAgreements));
    bank.get(Operation::ListAgreements, "").await.error(401, "Invalid token");
    bank.token = token;
    let reply = bank.send("GET", "/api/v2/agreements/enduser/", "", "").await;
    assert_eq!(reply.json["count"], "7");
    assert!(bank.sandbox.faults().is_empty());
}

/// What the sandbox has stored after a create that failed in some way.
async fn requisitions_after(fault: Fault) -> Value {
    let bank = Bank::open().await;
    bank.sandbox.faults().add(fault.on(Operation::CreateRequisition));
    let body =
        json!({ "redirect": null, "institution_id": "SANDBOXFINANCE_SFIN0000", "reference": "order 17" });
    let url = format!("{}/api/v2/requisitions/", bank.sandbox.base_url());
    let sent = tokio::spawn(bank.http.post(url).bearer_auth(&bank.token).json(&body).send());
    // Some of them never end; here the request only has to arrive.
    while bank.sandbox.hits(Operation::CreateRequisition) == 0 {
        tokio::task::yield_now().await;
    }
    let count = bank.get(Operation::ListRequisitions, "").await.ok()["count"].clone();
    sent.abort();
    count
}

#[tokio::test]
async fn a_lost_answer_leaves_the_work_done_only_if_the_fault_commits() {
    for fault in [
        Fault::reset(),
        Fault::cut(Cut::Head),
        Fault::cut(Cut::Body),
        Fault::stall(),
        Fault::status(502).html("<p>"),
        Fault::preset(Preset::InternalError),
        Fault::huge(10),
        Fault::raw("x"),
    ] {
        assert_eq!(requisitions_after(fault.clone()).await, json!(0), "{fault:?}");
        assert_eq!(requisitions_after(fault.clone().commit()).await, json!(1), "{fault:?}");
    }
}

#[tokio::test]
async fn answers_that_are_only_changed_or_slow_are_always_committed() {
    use std::time::Duration;
    for fault in [
        Fault::mangle().set("/status", json!("ZZ")),
        Fault::delay(Duration::ZERO),
        Fault::drip(9, Duration::ZERO),
        Fault::delay(Duration::from_secs(3_600)),
    ] {
        assert_eq!(requisitions_after(fault).await, json!(1));
    }
}

#[tokio::test]
async fn a_second_try_after_a_committed_create_meets_the_reference() {
    let bank = Bank::open().await;
    bank.sandbox
        .faults()
        .add(Fault::preset(Preset::EdgeBadGateway).on(Operation::CreateRequisition).commit());
    let body = r#"{"redirect": null, "institution_id": "SANDBOXFINANCE_SFIN0000", "reference": "order 17"}"#;
    let first = bank.send("POST", "/api/v2/requisitions/", "application/json", body).await;
    assert_eq!((first.status, first.header("content-type")), (502, "text/html; charset=utf-8"));
    let second = bank.send("POST", "/api/v2/requisitions/", "application/json", body).await;
    assert!(second.field(400, "reference")["summary"].is_string());
}

#[tokio::test]
async fn a_committed_read_counts_against_the_day_and_a_plain_failure_does_not() {
    use gocardless_bank_data_sandbox::Limits;
    let bank = Bank::with(crate::support::pause_free().limits(Limits::documented())).await;
    let linked = bank.linked(&json!({})).await;
    let faults = bank.sandbox.faults();
    faults.add(Fault::preset(Preset::ConnectionError).on(Operation::AccountBalances).times(2));
    faults.add(Fault::preset(Preset::EdgeBadGateway).on(Operation::AccountBalances).commit());
    for _ in 0..3 {
        let path = format!("/api/v2/accounts/{}/balances/", linked.main);
        assert!(bank.send("GET", &path, "", "").await.status >= 502);
    }
    let reply = bank.get(Operation::AccountBalances, &linked.main).await;
    assert_eq!(reply.header("http_x_ratelimit_account_success_remaining"), "2");
    // The edge's page and the two failures count for the company, once each.
    assert_eq!(reply.header("http_x_ratelimit_remaining"), "96");
}

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
    // Dropping the sandbox ends even these; otherwise the drop would hang.
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
    // It blocks on the full socket of a client that does not read; others are served, and the drop works.
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
