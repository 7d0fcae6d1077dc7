//! Requisitions: what they start as, each reason for which a request for one is refused, and pages of them and of agreements.

use gocardless_bank_data_sandbox::Operation;
use serde_json::{Value, json};

use crate::support::{Bank, Reply, member, pause_free};

const UNKNOWN: &str = "00000000-0000-4000-8000-000000000000";

async fn create(bank: &Bank, members: &Value) -> Reply {
    let mut body =
        json!({ "redirect": "https://shop.example/", "institution_id": "SANDBOXFINANCE_SFIN0000" });
    for (name, value) in members.as_object().unwrap() {
        body[name] = value.clone();
    }
    bank.call(Operation::CreateRequisition, "", &body).await
}

#[tokio::test]
async fn a_new_requisition_is_created_with_an_agreement_of_its_own() {
    let bank = Bank::open().await;
    let requisition = bank.requisition(&json!({})).await;
    assert_eq!(requisition["status"], "CR");
    assert_eq!(requisition["accounts"], json!([]));
    assert!(uuid::Uuid::parse_str(&member(&requisition, "/reference")).is_ok());
    let link = member(&requisition, "/link");
    assert!(
        link.starts_with(bank.sandbox.base_url()) && link.ends_with("/SANDBOXFINANCE_SFIN0000"),
        "{link}"
    );
    for absent in ["ssn", "user_language"] {
        assert!(requisition.get(absent).is_none(), "the contract does not let {absent} be null");
    }
    let agreement = bank.get(Operation::RetrieveAgreement, &member(&requisition, "/agreement")).await.ok();
    assert_eq!(agreement["max_historical_days"], json!(90));
    assert_eq!(
        bank.get(Operation::RetrieveRequisition, &member(&requisition, "/id")).await.ok(),
        requisition
    );
}

#[tokio::test]
async fn redirect_must_be_there_but_may_be_null() {
    let bank = Bank::open().await;
    let body = json!({ "institution_id": "SANDBOXFINANCE_SFIN0000" });
    let about = bank.call(Operation::CreateRequisition, "", &body).await.field(400, "redirect");
    assert_eq!(about, json!(["This field is required."]));
    assert_eq!(create(&bank, &json!({ "redirect": null })).await.created()["redirect"], Value::Null);
    assert_eq!(
        create(&bank, &json!({ "redirect": "" })).await.field(400, "redirect"),
        json!(["This field may not be blank."])
    );
    for odd in [
        "shop.example",
        "https://",
        "//shop.example",
        "https://a b",
        "https://ä.example",
        "1://x",
        "https://x/\u{7f}",
    ] {
        let about = create(&bank, &json!({ "redirect": odd })).await.field(400, "redirect");
        assert!(about[0]["summary"].is_string(), "{odd}");
    }
    let long = format!("https://shop.example/{}", "x".repeat(1_004));
    assert!(
        create(&bank, &json!({ "redirect": long })).await.field(400, "redirect")[0]["detail"].is_string()
    );
    for fine in ["https://shop.example", "ftp://shop.example/", "my.app://back?x=1#y", &long[..1_024]] {
        create(&bank, &json!({ "redirect": fine })).await.created();
    }
}

#[tokio::test]
async fn unknown_body_fields_are_refused() {
    let bank = Bank::open().await;
    let body = create(&bank, &json!({ "status": "LN" })).await.error(400, "Unknown fields");
    assert!(member(&body, "/detail").contains("status"));
}

#[tokio::test]
async fn a_reference_is_unique_until_its_requisition_is_deleted() {
    let bank = Bank::open().await;
    let first = create(&bank, &json!({ "reference": "order 17" })).await.created();
    let about = create(&bank, &json!({ "reference": " order 17 " })).await.field(400, "reference");
    assert_eq!(member(&about, "/summary"), "Client reference must be unique");
    bank.get(Operation::DeleteRequisition, &member(&first, "/id")).await.ok();
    create(&bank, &json!({ "reference": "order 17" })).await.created();
    create(&bank, &json!({ "reference": "ä".repeat(256) })).await.created();
    let about = create(&bank, &json!({ "reference": "ä".repeat(257) })).await.field(400, "reference");
    assert!(about["summary"].is_string());
    for (odd, message) in [
        (json!(""), "This field may not be blank."),
        (json!("\0"), "Null characters are not allowed."),
        (json!(17), "Not a valid string."),
    ] {
        assert_eq!(
            create(&bank, &json!({ "reference": odd })).await.field(400, "reference"),
            json!([message])
        );
    }
}

#[tokio::test]
async fn an_agreement_serves_one_requisition_at_its_own_institution() {
    let bank = Bank::open().await;
    let agreement = member(&bank.agreement(&json!({})).await, "/id");
    let elsewhere = json!({ "agreement": agreement, "institution_id": "FERNWICKBANK_FRNWGB22" });
    let about = create(&bank, &elsewhere).await.field(400, "institution_id");
    assert!(member(&about, "/detail").contains("SANDBOXFINANCE_SFIN0000"));
    let first = create(&bank, &json!({ "agreement": agreement })).await.created();
    assert_eq!(member(&first, "/agreement"), agreement);
    let about = create(&bank, &json!({ "agreement": agreement })).await.field(400, "agreement");
    assert!(member(&about, "/summary").contains("already in use"));
    let about = create(&bank, &json!({ "agreement": "17" })).await.field(400, "agreement");
    assert_eq!(member(&about, "/0/summary"), "Invalid ID");
    let about = create(&bank, &json!({ "agreement": UNKNOWN })).await.field(404, "agreement");
    assert_eq!(member(&about, "/summary"), format!("ID {UNKNOWN} not found"));
}

#[tokio::test]
async fn languages_numbers_and_account_selection_are_checked() {
    let bank = Bank::open().await;
    assert_eq!(create(&bank, &json!({ "user_language": "en" })).await.created()["user_language"], "EN");
    create(&bank, &json!({ "user_language": "pt-BR" })).await.created();
    for odd in ["xx", "english", "e", "en-", "en-1"] {
        let about = create(&bank, &json!({ "user_language": odd })).await.field(400, "user_language");
        assert!(about["summary"].is_string());
    }
    assert_eq!(create(&bank, &json!({ "ssn": "" })).await.created()["ssn"], "");
    create(&bank, &json!({ "ssn": "1".repeat(64) })).await.created();
    let about = create(&bank, &json!({ "ssn": "1".repeat(65) })).await.field(400, "ssn");
    assert!(about[0]["summary"].is_string());
    let unable = json!({ "account_selection": true, "institution_id": "WHARFEDALEMUTUAL_WHRFGB22" });
    let about = create(&bank, &unable).await.field(400, "account_selection");
    assert!(about["summary"].is_string());
    let about = create(&bank, &json!({ "institution_id": "NOBANK" })).await.field(400, "institution_id");
    assert!(about["summary"].is_string());
}

#[tokio::test]
async fn malformed_and_unknown_ids_are_both_not_found() {
    let bank = Bank::open().await;
    for operation in [Operation::RetrieveRequisition, Operation::DeleteRequisition] {
        for id in ["17", UNKNOWN, "%20", "%00"] {
            bank.get(operation, id).await.error(404, "Not found.");
        }
    }
}

#[tokio::test]
async fn deleting_a_requisition_deletes_its_agreement_and_ends_access() {
    let bank = Bank::open().await;
    let linked = bank.linked(&json!({})).await;
    bank.get(Operation::DeleteRequisition, &linked.requisition).await.ok();
    bank.get(Operation::RetrieveRequisition, &linked.requisition).await.error(404, "Not found.");
    bank.get(Operation::RetrieveAgreement, &linked.agreement).await.error(404, "Not found.");
    bank.get(Operation::AccountBalances, &linked.main).await.error(403, "No valid End User Agreement");
    bank.get(Operation::AccountMetadata, &linked.main).await.ok();
}

const VENDOR: &str = "https://bankaccountdata.gocardless.com";

fn ids(page: &Value) -> Vec<String> {
    page["results"].as_array().unwrap().iter().map(|row| member(row, "/id")).collect()
}

#[tokio::test]
async fn pages_follow_each_other_newest_first() {
    let bank = Bank::open().await;
    let mut made = Vec::new();
    for _ in 0..5 {
        made.push(member(&bank.requisition(&json!({})).await, "/id"));
    }
    made.reverse();
    for operation in [Operation::ListRequisitions, Operation::ListAgreements] {
        let path = operation.path();
        let whole = bank.get(operation, "").await.ok();
        assert_eq!(
            (&whole["count"], &whole["next"], &whole["previous"]),
            (&json!(5), &Value::Null, &Value::Null)
        );
        let first = bank.query(operation, "", "?limit=2").await.ok();
        assert_eq!(first["next"], json!(format!("{VENDOR}{path}?limit=2&offset=2")));
        assert_eq!(first["previous"], Value::Null);
        let second = bank.query(operation, "", "?limit=2&offset=2").await.ok();
        assert_eq!(second["next"], json!(format!("{VENDOR}{path}?limit=2&offset=4")));
        assert_eq!(second["previous"], json!(format!("{VENDOR}{path}?limit=2&offset=0")));
        let last = bank.query(operation, "", "?limit=2&offset=4").await.ok();
        assert_eq!(last["next"], Value::Null);
        assert_eq!([ids(&first), ids(&second), ids(&last)].concat(), ids(&whole));
        let beyond = bank.query(operation, "", "?offset=9").await.ok();
        assert_eq!((&beyond["count"], &beyond["results"]), (&json!(5), &json!([])));
    }
    assert_eq!(ids(&bank.get(Operation::ListRequisitions, "").await.ok()), made);
}

#[tokio::test]
async fn a_limit_or_offset_that_is_none_falls_back_as_in_django_rest() {
    let bank = Bank::open().await;
    for _ in 0..3 {
        bank.agreement(&json!({})).await;
    }
    let odd = ["0", "-1", "x", "1.5", "", "%00", "99999999999999999999999999"];
    for operation in [Operation::ListRequisitions, Operation::ListAgreements] {
        for odd in odd {
            let page = bank.query(operation, "", &format!("?limit={odd}")).await.ok();
            assert_eq!(page["count"], json!(ids(&page).len()));
            bank.query(operation, "", &format!("?offset={odd}&limit={odd}")).await.ok();
        }
    }
}

#[tokio::test]
async fn only_the_list_of_requisitions_refuses_unknown_fields() {
    let bank = Bank::open().await;
    bank.query(Operation::ListRequisitions, "", "?page=2").await.error(400, "Unknown fields");
    bank.query(Operation::ListAgreements, "", "?page=2").await.ok();
}

#[tokio::test]
async fn page_links_can_name_the_sandbox_itself() {
    let bank = Bank::with(pause_free().own_page_links(true)).await;
    bank.agreement(&json!({})).await;
    bank.agreement(&json!({})).await;
    let page = bank.query(Operation::ListAgreements, "", "?limit=1").await.ok();
    assert!(member(&page, "/next").starts_with(bank.sandbox.base_url()));
}
