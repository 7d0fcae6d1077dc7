//! The link flow: opening a link, what it leaves, and where it leads.

use std::time::Duration;

use gocardless_bank_data_sandbox::{LinkOutcome, Operation, RequisitionStatus};
use serde_json::{Value, json};

use crate::support::{Bank, Reply, member};

/// Opens a link as a browser would, without following redirects.
async fn open(bank: &Bank, link: &str) -> Reply {
    Reply::from(bank.http.get(link).send().await.unwrap()).await
}

async fn status(bank: &Bank, requisition: &Value) -> String {
    let id = member(requisition, "/id");
    member(&bank.get(Operation::RetrieveRequisition, &id).await.ok(), "/status")
}

#[tokio::test]
async fn opening_the_link_links_two_accounts_and_leads_back_with_the_reference() {
    let bank = Bank::open().await;
    let wishes = json!({ "redirect": "https://shop.example/back?cart=1#top", "reference": "order & 17" });
    let requisition = bank.requisition(&wishes).await;
    let page = open(&bank, &member(&requisition, "/link")).await;
    assert_eq!(page.status, 302);
    assert_eq!(page.header("location"), "https://shop.example/back?cart=1&ref=order+%26+17#top");
    let linked = bank.get(Operation::RetrieveRequisition, &member(&requisition, "/id")).await.ok();
    assert_eq!(linked["status"], "LN");
    assert_eq!(linked["accounts"].as_array().unwrap().len(), 2);
    let agreement = bank.get(Operation::RetrieveAgreement, &member(&linked, "/agreement")).await.ok();
    assert_eq!(member(&agreement, "/accepted"), "2026-03-10T12:00:00.000000Z");
}

#[tokio::test]
async fn a_link_works_once() {
    let bank = Bank::open().await;
    let requisition = bank.requisition(&json!({ "reference": "r" })).await;
    let link = member(&requisition, "/link");
    open(&bank, &link).await;
    let again = open(&bank, &link).await;
    assert_eq!(again.status, 302);
    let location = again.header("location");
    assert!(
        location.starts_with("https://shop.example/back?ref=r&error=RequisitionLinkReused&details="),
        "{location}"
    );
    assert_eq!(status(&bank, &requisition).await, "LN");
    assert_eq!(bank.sandbox.link(&member(&requisition, "/id")).unwrap().len(), 2);
}

#[tokio::test]
async fn a_visit_can_end_otherwise() {
    let bank = Bank::open().await;
    for (outcome, error, left) in [
        ("cancel", "UserCancelledSession", "GC"),
        ("institution-error", "InstitutionTechnicalError", "UA"),
        ("gocardless-error", "GoCardlessTechnicalError", "GA"),
        ("ssn-failed", "SSNVerificationFailed", "RJ"),
        ("unknown-error", "UnknownError", "UA"),
    ] {
        let requisition = bank.requisition(&json!({ "reference": outcome })).await;
        let link = format!("{}?outcome={outcome}", member(&requisition, "/link"));
        let page = open(&bank, &link).await;
        let expected = format!("https://shop.example/back?ref={outcome}&error={error}&details=");
        assert!(page.header("location").starts_with(&expected), "{}", page.header("location"));
        assert_eq!(status(&bank, &requisition).await, left);
        let id = member(&requisition, "/id");
        let accounts = bank.get(Operation::RetrieveRequisition, &id).await.ok()["accounts"].clone();
        assert_eq!(accounts, json!([]));
    }
    let requisition = bank.requisition(&json!({})).await;
    assert_eq!(open(&bank, &format!("{}?outcome=x", member(&requisition, "/link"))).await.status, 400);
    assert_eq!(status(&bank, &requisition).await, "CR");
}

#[tokio::test]
async fn without_a_redirect_a_page_is_shown() {
    let bank = Bank::open().await;
    let requisition = bank.requisition(&json!({ "redirect": null })).await;
    let page = open(&bank, &member(&requisition, "/link")).await;
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(page.text.contains("linked"));
    assert!(open(&bank, &member(&requisition, "/link")).await.text.contains("RequisitionLinkReused"));
}

#[tokio::test]
async fn looking_at_a_link_does_not_use_it_up() {
    let bank = Bank::open().await;
    let requisition = bank.requisition(&json!({})).await;
    let link = member(&requisition, "/link");
    assert_eq!(bank.http.head(&link).send().await.unwrap().status(), 405);
    assert_eq!(bank.http.put(&link).send().await.unwrap().status(), 405);
    assert_eq!(bank.http.post(&link).send().await.unwrap().status(), 400, "no button was pressed");
    assert_eq!(status(&bank, &requisition).await, "CR");
}

#[tokio::test]
async fn unknown_links_are_not_found() {
    let bank = Bank::open().await;
    for path in ["/ob-psd2/start/17/X", "/ob-psd2/start/00000000-0000-4000-8000-000000000000/X/"] {
        assert_eq!(open(&bank, &format!("{}{path}", bank.sandbox.base_url())).await.status, 404);
    }
}

#[tokio::test]
async fn redirect_immediate_leaves_the_accounts_processing_for_a_minute() {
    let bank = Bank::open().await;
    let linked = bank.linked(&json!({ "redirect_immediate": true })).await;
    let metadata = bank.get(Operation::AccountMetadata, &linked.main).await.ok();
    assert_eq!(metadata["status"], "PROCESSING");
    bank.get(Operation::AccountBalances, &linked.main).await.error(409, "Account is Processing");
    bank.sandbox.clock().advance(Duration::from_secs(60));
    assert_eq!(bank.get(Operation::AccountMetadata, &linked.main).await.ok()["status"], "READY");
    bank.get(Operation::AccountBalances, &linked.main).await.ok();
}

#[test]
fn the_sandbox_has_every_status_of_the_contract_and_none_beside_them() {
    let contract = test_support::Contract::get();
    let status = contract.resolve(&contract.schema("Requisition")["properties"]["status"]);
    let declared: Vec<_> =
        status["enum"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    assert_eq!(RequisitionStatus::all().map(RequisitionStatus::as_str).collect::<Vec<_>>(), declared);
    assert_eq!(RequisitionStatus::parse("LN"), Some(RequisitionStatus::Linked));
    assert_eq!(RequisitionStatus::parse("ID"), Some(RequisitionStatus::Other("ID")));
    assert_eq!(RequisitionStatus::parse("XX"), None);
}

#[tokio::test]
async fn a_test_can_link_and_set_stages_without_http() {
    let bank = Bank::open().await;
    let requisition = bank.requisition(&json!({})).await;
    let id = member(&requisition, "/id");
    for stage in RequisitionStatus::all() {
        bank.sandbox.set_requisition_status(&id, stage).unwrap();
        assert_eq!(status(&bank, &requisition).await, stage.as_str());
        assert_eq!(RequisitionStatus::parse(stage.as_str()), Some(stage));
    }
    assert_eq!(bank.sandbox.link_with(&id, LinkOutcome::Cancelled).unwrap(), Vec::<String>::new());
    let unknown = bank.sandbox.link("17").unwrap_err();
    assert_eq!(unknown.to_string(), "the sandbox has no requisition 17");
    assert!(bank.sandbox.set_requisition_status("17", RequisitionStatus::Linked).is_err());
}
