//! With `declared_only`: does only the contract count, for requests and for responses?

use gocardless_bank_data_sandbox::{AccountStatus, Fault, Operation, Preset};
use serde_json::{Value, json};

use crate::support::{Bank, Reply, complaints, member, pause_free, statuses};

const TEST_BANK: &str = "SANDBOXFINANCE_SFIN0000";
const NO_ID: &str = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

async fn strict() -> Bank {
    Bank::with(pause_free().declared_only(true).allow_accept(true).allow_reconfirmation(true)).await
}

/// Expects a status that the operation declares, and the declared body: no other form of error.
fn refused(reply: &Reply, operation: Operation, status: u16) {
    assert_eq!(reply.status, status, "{operation}: {}", reply.text);
    assert!(statuses(operation).contains(&status), "{operation} does not declare {status}");
    assert_eq!(complaints(operation, status, &reply.json), Vec::<String>::new());
    assert_eq!(reply.json["status_code"], json!(status));
}

#[tokio::test]
async fn what_is_refused_anyway_is_refused_as_declared() {
    let bank = strict().await;
    let agreement = member(&bank.agreement(&json!({})).await, "/id");
    for (operation, body, status) in [
        (Operation::ObtainToken, json!({}), 401),
        (Operation::ObtainToken, json!({ "secret_id": "x" }), 401),
        (Operation::RefreshToken, json!({ "refresh": "" }), 401),
        (Operation::CreateAgreement, json!({ "institution_id": "NOBANK" }), 400),
        (Operation::CreateAgreement, json!({}), 400),
        (Operation::AcceptAgreement, json!({ "user_agent": "x", "ip_address": "x" }), 400),
        (Operation::CreateRequisition, json!({ "institution_id": TEST_BANK }), 400),
        (
            Operation::CreateRequisition,
            json!({ "institution_id": TEST_BANK, "redirect": null, "agreement": NO_ID }),
            404,
        ),
        (Operation::AccountMetadata, Value::Null, 404),
        (Operation::AccountTransactions, Value::Null, 404),
        (Operation::RetrieveAgreement, Value::Null, 400),
        (Operation::RetrieveRequisition, Value::Null, 404),
    ] {
        let id = if operation == Operation::AcceptAgreement { &agreement } else { "nonsense" };
        refused(&bank.call(operation, id, &body).await, operation, status);
    }
    let country = bank.query(Operation::ListInstitutions, "", "?country=XX").await;
    refused(&country, Operation::ListInstitutions, 400);
    assert!(member(&country.json, "/summary").contains("country"), "{}", country.text);
}

#[tokio::test]
async fn what_is_taken_otherwise_is_refused_if_the_contract_does_not_allow_it() {
    let bank = strict().await;
    let open = Bank::open().await;
    let agreement = |name: &str, value: Value| {
        let mut body = json!({ "institution_id": TEST_BANK });
        body[name] = value;
        body
    };
    for body in [
        agreement("max_historical_days", json!("90")),
        agreement("access_valid_for_days", Value::Null),
        agreement("reconfirmation", Value::Null),
        agreement("access_scope", Value::Null),
    ] {
        refused(&bank.call(Operation::CreateAgreement, "", &body).await, Operation::CreateAgreement, 400);
        open.call(Operation::CreateAgreement, "", &body).await.created();
    }
    for (operation, status) in [(Operation::ListAgreements, 404), (Operation::ListRequisitions, 400)] {
        for query in ["?limit=0", "?limit=-1", "?limit=x", "?offset=-1", "?offset=", "?limit=1.5"] {
            refused(&bank.query(operation, "", query).await, operation, status);
            open.query(operation, "", query).await.ok();
        }
        bank.query(operation, "", "?limit=1&offset=99999999999999999999999").await.ok();
    }
}

#[tokio::test]
async fn an_unknown_media_type_is_refused_as_declared() {
    let bank = strict().await;
    for (operation, status) in [
        (Operation::ObtainToken, 401),
        (Operation::CreateAgreement, 400),
        (Operation::CreateRequisition, 400),
    ] {
        let reply = bank.send("POST", operation.path(), "text/plain", "x").await;
        refused(&reply, operation, status);
    }
    let form = format!("institution_id={TEST_BANK}&max_historical_days=90&reconfirmation=false");
    let kind = "application/x-www-form-urlencoded";
    bank.send("POST", Operation::CreateAgreement.path(), kind, form).await.created();
}

#[tokio::test]
async fn an_account_in_error_is_reported_as_declared() {
    let bank = strict().await;
    let linked = bank.linked(&json!({})).await;
    bank.sandbox.set_account_status(&linked.main, AccountStatus::Error).unwrap();
    let reply = bank.get(Operation::AccountBalances, &linked.main).await;
    refused(&reply, Operation::AccountBalances, 409);
}

#[tokio::test]
async fn a_whole_journey_succeeds() {
    let bank = strict().await;
    let agreement = bank.agreement(&json!({ "max_historical_days": 60 })).await;
    let linked = bank.linked(&json!({ "agreement": agreement["id"], "reference": "r", "ssn": "" })).await;
    for account in [&linked.main, &linked.card] {
        for operation in [
            Operation::AccountMetadata,
            Operation::AccountBalances,
            Operation::AccountDetails,
            Operation::AccountTransactions,
        ] {
            bank.get(operation, account).await.ok();
        }
    }
    bank.get(Operation::RetrieveRequisition, &linked.requisition).await.ok();
    bank.get(Operation::DeleteRequisition, &linked.requisition).await.ok();
    refused(
        &bank.get(Operation::RetrieveAgreement, &linked.agreement).await,
        Operation::RetrieveAgreement,
        404,
    );
}

#[tokio::test]
async fn faults_stay_as_they_are_asked_for() {
    let bank = strict().await;
    bank.sandbox.faults().add(Fault::preset(Preset::FieldErrors));
    let reply = bank.send("GET", Operation::ListAgreements.path(), "", "").await;
    assert_eq!((reply.status, reply.json.get("summary")), (400, None));
    bank.sandbox.faults().add(Fault::status(418));
    assert_eq!(bank.send("GET", Operation::ListAgreements.path(), "", "").await.status, 418);
}
