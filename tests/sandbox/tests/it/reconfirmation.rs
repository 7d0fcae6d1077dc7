//! Reconfirmation: who may, when, how often, and what the end user's visit changes.

use std::time::Duration;

use gocardless_bank_data_sandbox::Operation;
use serde_json::{Value, json};

use crate::support::{Bank, Reply, member, pause_free};

const DAY: Duration = Duration::from_secs(86_400);

async fn create(bank: &Bank, agreement: &str, body: &Value) -> Reply {
    bank.call(Operation::CreateReconfirmation, agreement, body).await
}

/// An agreement with reconfirmation, and its requisition.
async fn british(bank: &Bank) -> (String, String) {
    let wishes = json!({
        "institution_id": "FERNWICKBANK_FRNWGB22",
        "access_valid_for_days": 730,
        "reconfirmation": true,
    });
    let agreement = member(&bank.agreement(&wishes).await, "/id");
    let wishes = json!({ "institution_id": "FERNWICKBANK_FRNWGB22", "agreement": agreement });
    (agreement, member(&bank.requisition(&wishes).await, "/id"))
}

#[tokio::test]
async fn an_ordinary_company_is_refused_with_an_empty_summary() {
    let bank = Bank::open().await;
    let id = member(&bank.agreement(&json!({})).await, "/id");
    for operation in [Operation::RetrieveReconfirmation, Operation::CreateReconfirmation] {
        let body = bank.get(operation, &id).await.error(403, "");
        assert_eq!(member(&body, "/summary"), "");
        assert!(!member(&body, "/detail").is_empty());
    }
}

#[tokio::test]
async fn each_reason_against_it_has_its_own_summary() {
    let mut bank = Bank::with(pause_free().allow_reconfirmation(true)).await;
    create(&bank, "17", &Value::Null).await.error(400, "Invalid EndUserAgreement ID");
    create(&bank, "00000000-0000-4000-8000-000000000000", &Value::Null).await.error(404, "Not found.");
    let plain = member(&bank.agreement(&json!({})).await, "/id");
    create(&bank, &plain, &Value::Null).await.error(400, "Reconfirmation not enabled");

    let (agreement, requisition) = british(&bank).await;
    create(&bank, &agreement, &Value::Null).await.error(400, "EUA is not accepted");
    bank.sandbox.link(&requisition).unwrap();
    bank.get(Operation::RetrieveReconfirmation, &agreement).await.error(404, "Not found.");
    create(&bank, &agreement, &Value::Null).await.created();
    create(&bank, &agreement, &Value::Null).await.error(400, "No reconfirmations left");

    let (agreement, requisition) = british(&bank).await;
    bank.sandbox.link(&requisition).unwrap();
    bank.sandbox.clock().advance(DAY * 104 + Duration::from_secs(1));
    bank.log_in().await;
    create(&bank, &agreement, &Value::Null).await.error(400, "Reconfirmation period has ended");
}

#[tokio::test]
async fn an_accepted_agreement_without_accounts_has_nothing_to_reconfirm() {
    let bank = Bank::with(pause_free().allow_reconfirmation(true).allow_accept(true)).await;
    let (agreement, _) = british(&bank).await;
    let person = json!({ "user_agent": "x", "ip_address": "::1" });
    bank.call(Operation::AcceptAgreement, &agreement, &person).await.ok();
    create(&bank, &agreement, &Value::Null).await.error(400, "No accounts to reconfirm");
}

#[tokio::test]
async fn the_end_users_visit_inside_the_window_confirms_every_account() {
    let bank = Bank::with(pause_free().allow_reconfirmation(true)).await;
    let (agreement, requisition) = british(&bank).await;
    let accounts = bank.sandbox.link(&requisition).unwrap();
    let redirect = json!({ "redirect": "https://shop.example/confirmed" });
    let asked = create(&bank, &agreement, &redirect).await.created();
    assert_eq!(member(&asked, "/url_valid_from"), "2026-05-25T12:00:00.000000Z");
    assert_eq!(member(&asked, "/url_valid_to"), "2026-06-22T12:00:00.000000Z");
    assert_eq!(asked["accounts"][&accounts[0]], json!({ "reconfirmed": "", "rejected": "" }));
    let url = member(&asked, "/reconfirmation_url");

    let early = bank.http.get(&url).send().await.unwrap();
    assert_eq!(early.status(), 200);
    bank.sandbox.clock().advance(DAY * 80);
    let visit = bank.http.get(&url).send().await.unwrap();
    assert_eq!(
        (visit.status().as_u16(), &visit.headers()["location"]),
        (302, &"https://shop.example/confirmed".parse().unwrap())
    );

    let mut bank = bank;
    bank.log_in().await;
    let seen = bank.get(Operation::RetrieveReconfirmation, &agreement).await.ok();
    for account in &accounts {
        assert_eq!(member(&seen["accounts"][account], "/reconfirmed"), "2026-05-29T12:00:00.000000Z");
    }
    let unknown =
        format!("{}/ob-psd2/reconfirm/00000000-0000-4000-8000-000000000000", bank.sandbox.base_url());
    assert_eq!(bank.http.get(unknown).send().await.unwrap().status(), 404);
}
