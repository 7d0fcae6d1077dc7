//! Which requests a fault meets, how often, and what it does to the sandbox's memory and to good answers.

use gocardless_bank_data_sandbox::{Cut, Fault, Operation, Preset};
use serde_json::{Value, json};

use crate::support::{Bank, member};

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
async fn an_edit_that_does_not_fit_is_told_and_not_swallowed() {
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

/// What the sandbox remembers after a create that went wrong in some way.
async fn requisitions_after(fault: Fault) -> Value {
    let bank = Bank::open().await;
    bank.sandbox.faults().add(fault.on(Operation::CreateRequisition));
    let body =
        json!({ "redirect": null, "institution_id": "SANDBOXFINANCE_SFIN0000", "reference": "order 17" });
    let url = format!("{}/api/v2/requisitions/", bank.sandbox.base_url());
    let sent = tokio::spawn(bank.http.post(url).bearer_auth(&bank.token).json(&body).send());
    // Some of them never end. What the caller sees is the wire tests' affair; here the request has only to arrive.
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
