//! Does the table of operations agree with the contract, and does each of them respond as declared?

use std::collections::BTreeSet;

use gocardless_bank_data_sandbox::Operation;
use serde_json::json;

use test_support::Contract;

use crate::support::{Bank, member, pause_free};

#[test]
fn the_table_of_operations_is_the_contracts() {
    let ours: BTreeSet<_> = Operation::ALL
        .iter()
        .map(|operation| (operation.method().to_string(), operation.path().to_owned(), operation.to_string()))
        .collect();
    let declared = Contract::get().operations().iter();
    let theirs: BTreeSet<_> =
        declared.map(|it| (it.method.clone(), it.path.clone(), it.id.clone())).collect();
    let differing: Vec<_> = ours.symmetric_difference(&theirs).collect();
    assert!(
        differing.is_empty(),
        "in one of contract.json and tests/sandbox/src/operation.rs only: {differing:?}"
    );
    assert_eq!(Operation::ALL.len(), theirs.len(), "an operation has two rows");
}

#[test]
fn an_operation_is_found_by_its_id_and_by_its_method_and_path() {
    for &operation in Operation::ALL {
        assert_eq!(Operation::parse(operation.operation_id()), Some(operation));
        let text = format!("{} {}", operation.method(), operation.path());
        assert_eq!(Operation::parse(&text), Some(operation));
    }
    for nothing in ["", "GET", "get /api/v2/requisitions/", "PATCH /api/v2/requisitions/", "jWTObtain"] {
        assert_eq!(Operation::parse(nothing), None, "{nothing}");
    }
}

/// The main flow from end to end. `Bank` validates each response.
#[tokio::test]
async fn every_operation_succeeds_as_declared() {
    let mut bank = Bank::with(pause_free().allow_accept(true).allow_reconfirmation(true)).await;
    let refresh = bank.log_in().await;
    bank.call(Operation::RefreshToken, "", &json!({ "refresh": refresh })).await.ok();

    bank.get(Operation::ListInstitutions, "").await.ok();
    bank.get(Operation::RetrieveInstitution, "SANDBOXFINANCE_SFIN0000").await.ok();

    let agreement = bank
        .call(
            Operation::CreateAgreement,
            "",
            &json!({
                "institution_id": "FERNWICKBANK_FRNWGB22",
                "access_valid_for_days": 365,
                "reconfirmation": true,
            }),
        )
        .await
        .created();
    let agreement = member(&agreement, "/id");
    bank.get(Operation::ListAgreements, "").await.ok();
    bank.get(Operation::RetrieveAgreement, &agreement).await.ok();
    let person = json!({ "user_agent": "Mozilla/5.0", "ip_address": "203.0.113.9" });
    bank.call(Operation::AcceptAgreement, &agreement, &person).await.ok();

    let requisition = json!({
        "redirect": "https://shop.example/back",
        "institution_id": "FERNWICKBANK_FRNWGB22",
        "agreement": agreement,
        "reference": "order 17",
        "user_language": "EN",
        "ssn": "010203-4567",
        "account_selection": true,
        "redirect_immediate": false,
    });
    let requisition = bank.call(Operation::CreateRequisition, "", &requisition).await.created();
    let requisition = member(&requisition, "/id");
    bank.get(Operation::ListRequisitions, "").await.ok();
    for account in bank.sandbox.link(&requisition).unwrap() {
        for operation in Operation::ALL.iter().copied().filter(|it| it.path().contains("/accounts/")) {
            println!("{operation}: its arm is in tests/sandbox/src/api/accounts.rs");
            bank.get(operation, &account).await.ok();
        }
    }
    bank.get(Operation::RetrieveRequisition, &requisition).await.ok();
    bank.call(Operation::CreateReconfirmation, &agreement, &json!({})).await.created();
    bank.get(Operation::RetrieveReconfirmation, &agreement).await.ok();

    let gone = bank.get(Operation::DeleteRequisition, &requisition).await.ok();
    assert_eq!(member(&gone, "/summary"), "Requisition deleted");
    let agreement = member(&bank.agreement(&json!({})).await, "/id");
    let gone = bank.get(Operation::DeleteAgreement, &agreement).await.ok();
    assert_eq!(member(&gone, "/summary"), "End User Agreement deleted");

    for &operation in Operation::ALL {
        assert!(bank.sandbox.hits(operation) > 0, "{operation}");
    }
}
