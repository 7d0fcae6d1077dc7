//! Successful responses of the sandbox in each of its states: each is as declared.

use std::num::NonZeroU64;

use futures_util::TryStreamExt as _;
use gocardless_bank_data_sandbox::{AccountStatus, LinkOutcome, Operation, RequisitionStatus};
use serde_json::Value;
use test_support::{Contract, Unknown, driver, validate};

use super::exceptions;
use super::stage::{Stage, quiet};

/// Makes the minimal call of an operation and validates the response.
async fn is_declared(key: &str, stage: &Stage) {
    let reply = (driver(key).minimal)(&stage.bank, &stage.subject).await.unwrap();
    assert_declared(key, &reply.body);
}

fn assert_declared(key: &str, body: &[u8]) {
    let operation = Contract::get().operation(key);
    let body = exceptions::without_known(operation, serde_json::from_slice(body).unwrap());
    let complaints = validate(operation.success().1, Unknown::Refused, &body);
    assert!(complaints.is_empty(), "{key}: {}: {body}", complaints.join("; "));
}

#[tokio::test]
async fn every_institution_is_as_declared() {
    let mut stage = Stage::open(quiet()).await;
    let institutions = stage.bank.institutions().list().await.unwrap();
    assert!(institutions.len() > 100, "{} institutions", institutions.len());
    for institution in institutions {
        stage.subject.institution = institution.id;
        is_declared("GET /api/v2/institutions/{id}/", &stage).await;
    }
}

#[tokio::test]
async fn a_requisition_is_as_declared_in_every_status_and_after_every_end_of_the_link() {
    let mut stage = Stage::open(quiet()).await;
    stage.link().await;
    for status in RequisitionStatus::all() {
        stage.sandbox.set_requisition_status(&stage.subject.requisition, status).unwrap();
        is_declared("GET /api/v2/requisitions/{id}/", &stage).await;
        is_declared("GET /api/v2/requisitions/", &stage).await;
    }
    for outcome in LinkOutcome::all() {
        let create = stage.bank.requisitions().create(&stage.subject.institution, "https://example.org/");
        stage.subject.requisition = create.user_language("DE").ssn("1").await.unwrap().id.unwrap();
        stage.sandbox.link_with(&stage.subject.requisition, outcome).unwrap();
        is_declared("GET /api/v2/requisitions/{id}/", &stage).await;
    }
}

#[tokio::test]
async fn both_accounts_are_as_declared_in_every_status() {
    let mut stage = Stage::open(quiet()).await;
    stage.link().await;
    let requisition = stage.bank.requisitions().get(&stage.subject.requisition).await.unwrap();
    for account in requisition.accounts {
        stage.subject.account = account;
        for read in Contract::get().operations().iter().filter(|operation| operation.is_metered_read()) {
            is_declared(&read.key, &stage).await;
        }
        for &status in AccountStatus::ALL {
            stage.sandbox.set_account_status(&stage.subject.account, status).unwrap();
            is_declared("GET /api/v2/accounts/{id}/", &stage).await;
        }
    }
}

#[tokio::test]
async fn a_page_is_as_declared_at_the_start_in_the_middle_and_at_the_end() {
    let mut stage = Stage::open(quiet()).await;
    for _ in 0..3 {
        stage.link().await;
    }
    for offset in 0..4 {
        let limit = NonZeroU64::new(1).unwrap();
        let agreements = stage.bank.agreements().list().limit(limit).offset(offset).send().await.unwrap();
        assert_declared("GET /api/v2/agreements/enduser/", agreements.body());
        let requisitions = stage.bank.requisitions().list().limit(limit).offset(offset).send().await.unwrap();
        assert_declared("GET /api/v2/requisitions/", requisitions.body());
        let page: Value = serde_json::from_slice(requisitions.body()).unwrap();
        assert_eq!(page["next"].is_null(), offset >= 2, "at {offset}: {page}");
        assert_eq!(page["previous"].is_null(), offset == 0, "at {offset}: {page}");
    }
}

#[tokio::test]
async fn a_stream_goes_through_all_pages_and_asks_for_each_once() {
    let mut stage = Stage::open(quiet()).await;
    for _ in 0..3 {
        stage.link().await;
    }
    let limit = NonZeroU64::new(1).unwrap();
    let agreements: Vec<_> =
        stage.bank.agreements().list().limit(limit).stream().try_collect().await.unwrap();
    let requisitions: Vec<_> =
        stage.bank.requisitions().list().limit(limit).stream().try_collect().await.unwrap();
    assert_eq!((agreements.len(), requisitions.len()), (3, 3));
    assert_eq!(stage.sandbox.hits(Operation::ListAgreements), 3);
    assert_eq!(stage.sandbox.hits(Operation::ListRequisitions), 3);
}
