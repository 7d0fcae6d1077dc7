//! Agreements: defaults, bounds, refusals, accepting and deleting.

use gocardless_bank_data_sandbox::Operation;
use serde_json::{Value, json};

use crate::support::{Bank, member, pause_free};

async fn refused(bank: &Bank, members: &Value, field: &str) -> Value {
    let mut body = json!({ "institution_id": "SANDBOXFINANCE_SFIN0000" });
    for (name, value) in members.as_object().unwrap() {
        body[name] = value.clone();
    }
    bank.call(Operation::CreateAgreement, "", &body).await.field(400, field)
}

#[tokio::test]
async fn an_agreement_without_wishes_has_the_documented_defaults() {
    // What can be read below an account, by the contract.
    let below =
        Operation::ALL.iter().copied().filter_map(|it| it.path().strip_prefix("/api/v2/accounts/{id}/"));
    let scopes: Vec<String> = below
        .filter(|rest| !rest.is_empty())
        .map(|rest| rest.trim_end_matches('/').replace('-', "_"))
        .collect();
    let bank = Bank::open().await;
    let agreement = bank.agreement(&json!({})).await;
    let expected = json!({
        "id": agreement["id"],
        "created": "2026-03-10T12:00:00.000000Z",
        "institution_id": "SANDBOXFINANCE_SFIN0000",
        "max_historical_days": 90,
        "access_valid_for_days": 90,
        "access_scope": scopes,
        "accepted": null,
        "reconfirmation": false,
    });
    assert_eq!(agreement, expected);
    assert_eq!(bank.get(Operation::RetrieveAgreement, &member(&agreement, "/id")).await.ok(), expected);
}

#[tokio::test]
async fn null_members_count_as_absent_and_unknown_ones_are_ignored() {
    let bank = Bank::open().await;
    let agreement =
        bank.agreement(&json!({ "max_historical_days": null, "access_scope": null, "nonsense": 1 })).await;
    assert_eq!(agreement["max_historical_days"], json!(90));
}

#[tokio::test]
async fn day_counts_are_bound_by_the_institution() {
    let bank = Bank::open().await;
    let fine = json!({ "max_historical_days": 90, "access_valid_for_days": "180" });
    assert_eq!(bank.agreement(&fine).await["access_valid_for_days"], json!(180));
    for (name, value, most) in [
        ("max_historical_days", json!(91), 90),
        ("max_historical_days", json!(0), 90),
        ("max_historical_days", json!(-1), 90),
        ("max_historical_days", json!(9_007_199_254_740_993_i64), 90),
        ("access_valid_for_days", json!(181), 180),
        ("access_valid_for_days", json!(0), 180),
    ] {
        let about = refused(&bank, &json!({ name: value }), name).await;
        assert_eq!(member(&about, "/0/summary"), format!("Incorrect {name}"));
        assert!(member(&about, "/0/detail").ends_with(&format!("<= {most}")));
    }
    for odd in [json!("many"), json!(1.5), json!(true), json!([90]), json!({}), json!(1e300)] {
        let about = refused(&bank, &json!({ "max_historical_days": odd }), "max_historical_days").await;
        assert_eq!(about, json!(["A valid integer is required."]));
    }
}

#[tokio::test]
async fn access_scope_is_a_choice_of_three() {
    let bank = Bank::open().await;
    let agreement = bank.agreement(&json!({ "access_scope": ["details", "details"] })).await;
    assert_eq!(agreement["access_scope"], json!(["details"]));
    for scope in [json!([]), json!(["balances", "payments"]), json!([null]), json!([["balances"]])] {
        let about = refused(&bank, &json!({ "access_scope": scope }), "access_scope").await;
        assert!(about[0]["summary"].is_string());
    }
    let about = refused(&bank, &json!({ "access_scope": "balances" }), "access_scope").await;
    assert_eq!(about, json!(["Expected a list of items but got type \"str\"."]));
}

#[tokio::test]
async fn an_unknown_missing_or_blank_institution_is_a_field_error() {
    let bank = Bank::open().await;
    let create = async |body: Value| bank.call(Operation::CreateAgreement, "", &body).await;
    let about = create(json!({ "institution_id": "NOBANK" })).await.field(400, "institution_id");
    assert_eq!(member(&about, "/summary"), "Unknown Institution ID NOBANK");
    let about = create(json!({})).await.field(400, "institution_id");
    assert_eq!(about, json!(["This field is required."]));
    let about = create(json!({ "institution_id": "  " })).await.field(400, "institution_id");
    assert_eq!(about, json!(["This field may not be blank."]));
}

#[tokio::test]
async fn several_fields_are_refused_at_once_each_in_its_own_form() {
    let bank = Bank::open().await;
    let body = json!({ "max_historical_days": 0, "access_scope": ["x"], "reconfirmation": "perhaps" });
    let reply = bank.call(Operation::CreateAgreement, "", &body).await;
    assert_eq!(reply.status, 400);
    assert_eq!(reply.json["institution_id"], json!(["This field is required."]));
    assert_eq!(reply.json["reconfirmation"], json!(["Must be a valid boolean."]));
    assert!(reply.json["max_historical_days"][0]["detail"].is_string());
    assert!(reply.json["access_scope"][0]["detail"].is_string());
    assert!(reply.json.get("summary").is_none());
}

#[tokio::test]
async fn reconfirmation_needs_permission_a_british_bank_and_a_long_consent() {
    let bank = Bank::open().await;
    let about = refused(&bank, &json!({ "reconfirmation": true }), "reconfirmation").await;
    assert!(member(&about, "/summary").contains("not permitted"));
    let bank = Bank::with(pause_free().allow_reconfirmation(true)).await;
    let about = refused(&bank, &json!({ "reconfirmation": true }), "reconfirmation").await;
    assert!(member(&about, "/summary").contains("not supported"));
    let british = json!({ "institution_id": "FERNWICKBANK_FRNWGB22", "reconfirmation": true });
    let about = refused(&bank, &british, "reconfirmation").await;
    assert!(member(&about, "/detail").contains("> 90"));
}

#[tokio::test]
async fn malformed_and_unknown_ids_are_distinguished() {
    let bank = Bank::with(pause_free().allow_accept(true)).await;
    let unknown = "00000000-0000-4000-8000-000000000000";
    for operation in [Operation::RetrieveAgreement, Operation::DeleteAgreement, Operation::AcceptAgreement] {
        bank.get(operation, "17").await.error(400, "Invalid EndUserAgreement ID");
        bank.get(operation, unknown).await.error(404, "Not found.");
    }
}

#[tokio::test]
async fn an_ordinary_company_may_not_accept() {
    let bank = Bank::open().await;
    let id = member(&bank.agreement(&json!({})).await, "/id");
    let person = json!({ "user_agent": "x", "ip_address": "127.0.0.1" });
    bank.call(Operation::AcceptAgreement, &id, &person).await.error(403, "Insufficient permissions");
}

#[tokio::test]
async fn an_agreement_is_accepted_once_by_a_company_that_may() {
    let bank = Bank::with(pause_free().allow_accept(true)).await;
    let id = member(&bank.agreement(&json!({})).await, "/id");
    let about = bank.call(Operation::AcceptAgreement, &id, &json!({ "user_agent": "x" })).await;
    assert_eq!(about.field(400, "ip_address"), json!(["This field is required."]));
    let about =
        bank.call(Operation::AcceptAgreement, &id, &json!({ "user_agent": "x", "ip_address": "here" })).await;
    assert!(about.field(400, "ip_address")[0].is_string());
    let person = json!({ "user_agent": "x", "ip_address": "2001:db8::7" });
    let accepted = bank.call(Operation::AcceptAgreement, &id, &person).await.ok();
    assert_eq!(member(&accepted, "/accepted"), "2026-03-10T12:00:00.000000Z");
    bank.call(Operation::AcceptAgreement, &id, &person)
        .await
        .error(405, "EUA cannot be accepted more than once");
}

#[tokio::test]
async fn a_deleted_agreement_is_gone_accepted_or_not() {
    let bank = Bank::with(pause_free().allow_accept(true)).await;
    let id = member(&bank.agreement(&json!({})).await, "/id");
    bank.call(Operation::AcceptAgreement, &id, &json!({ "user_agent": "x", "ip_address": "::1" })).await.ok();
    let gone = bank.get(Operation::DeleteAgreement, &id).await.ok();
    assert!(gone.get("status_code").is_none());
    assert!(member(&gone, "/detail").contains(&id));
    bank.get(Operation::RetrieveAgreement, &id).await.error(404, "Not found.");
    bank.get(Operation::DeleteAgreement, &id).await.error(404, "Not found.");
}
