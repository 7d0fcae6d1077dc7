//! Every operation of the contract, driven through the wrapper against a recorder: what was really sent is held
//! against the contract.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a panic in a test is its report"
)]

use std::collections::BTreeSet;

use conformance::{
    Answer, Contract, DRIVERS, Driver, Extent, Instances, Operation, Presence, Recorder, Request, Subject,
    client, complaints, driver,
};
use gocardless_bank_data::operation;

#[test]
fn every_operation_of_the_contract_has_a_driver_and_every_driver_an_operation() {
    let contract: BTreeSet<_> =
        Contract::get().operations().iter().map(|operation| operation.key.as_str()).collect();
    let drivers: BTreeSet<_> = DRIVERS.iter().map(|driver| driver.key).collect();
    let without_driver: Vec<_> = contract.difference(&drivers).collect();
    assert!(without_driver.is_empty(), "operations without a driver in src/drivers.rs: {without_driver:?}");
    let without_operation: Vec<_> = drivers.difference(&contract).collect();
    assert!(without_operation.is_empty(), "drivers of operations that are gone: {without_operation:?}");
    assert_eq!(DRIVERS.len(), drivers.len(), "an operation has two drivers");
}

#[test]
fn the_generated_list_of_operations_is_that_of_the_contract() {
    let contract: BTreeSet<_> =
        Contract::get().operations().iter().map(|operation| operation.key.clone()).collect();
    let generated: BTreeSet<_> = operation::ALL
        .iter()
        .map(|operation| format!("{} {}", operation.method(), operation.path()))
        .collect();
    let differing: Vec<_> = generated.symmetric_difference(&contract).collect();
    assert!(differing.is_empty(), "in one of contract.json and the generated client only: {differing:?}");
    assert_eq!(operation::ALL.len(), contract.len(), "an operation is generated twice");
}

#[tokio::test]
async fn every_request_with_everything_in_it_is_as_the_contract_says() {
    assert_all_are_right(Extent::Full, |driver| driver.full).await;
}

#[tokio::test]
async fn every_request_with_the_minimum_is_as_the_contract_says() {
    assert_all_are_right(Extent::Minimal, |driver| driver.minimal).await;
}

type Drive = fn(&gocardless_bank_data::BankData, &Subject) -> conformance::Driven;

async fn assert_all_are_right(extent: Extent, drive: fn(&Driver) -> Drive) {
    let mut said = Vec::new();
    for operation in Contract::get().operations() {
        let request = recorded(operation, drive(driver(&operation.key))).await;
        let subject = Subject::default();
        let found = complaints(operation, subject.id_in(&operation.path), extent, &request);
        said.extend(found.into_iter().map(|why| format!("{}: {why}", operation.key)));
    }
    assert!(said.is_empty(), "{extent:?} requests that are not what the contract says:\n{}", said.join("\n"));
}

/// What the wrapper sent for an operation. The recorder answers as the contract says, and the wrapper must take it.
async fn recorded(operation: &'static Operation, drive: Drive) -> Request {
    let recorder = Recorder::start(move |request| {
        if request.asks_for_token() && !operation.is_token() {
            return Answer::token();
        }
        let (status, schema) = operation.success();
        Answer::json(status, &Instances::new(1, Presence::All).make(schema))
    })
    .await;
    let reply = drive(&client(recorder.base_url()), &Subject::default()).await;
    let reply = reply.unwrap_or_else(|error| panic!("{}: {error}", operation.key));
    assert_eq!(reply.status, operation.success().0, "{}", operation.key);
    let mut requests = recorder.take();
    if !operation.is_token() {
        assert!(requests.remove(0).asks_for_token(), "{}: a token comes first", operation.key);
    }
    assert_eq!(requests.len(), 1, "{}: sent more than once: {requests:?}", operation.key);
    requests.remove(0)
}

#[tokio::test]
async fn the_judge_of_requests_tells_each_fault_by_its_name() {
    let contract = Contract::get();
    let subject = Subject::default();
    let said = |key: &str, change: &dyn Fn(&mut Request), request: &Request| {
        let mut request = request.clone();
        change(&mut request);
        let operation = contract.operation(key);
        complaints(operation, subject.id_in(&operation.path), Extent::Full, &request).join("; ")
    };
    let key = "GET /api/v2/accounts/{id}/transactions/";
    let request = recorded(contract.operation(key), driver(key).full).await;
    let id = subject.account.as_str();
    for (words, change) in [
        ("", &(|_: &mut Request| {}) as &dyn Fn(&mut Request)),
        ("the query has date_form, which", &|it| it.query[0].0 = "date_form".to_owned()),
        ("the query lacks date_from", &|it| it.query[0].0 = "date_form".to_owned()),
        ("the parameter date_to is wrong at /: \"today\"", &|it| it.query[1].1 = "today".to_owned()),
        ("does not end in a slash", &|it| it.path = format!("/api/v2/accounts/{id}/transactions")),
        ("authorization is None", &|it| it.headers.retain(|header| header.0 != "authorization")),
        ("a header api-version", &|it| it.headers.push(("api-version".to_owned(), "2".to_owned()))),
        ("there is a body, and", &|it| it.body = b"{}".to_vec()),
    ] {
        let told = said(key, change, &request);
        assert!(told.contains(words) && told.is_empty() == words.is_empty(), "{words}: {told}");
    }
    let key = "POST /api/v2/requisitions/";
    let request = recorded(contract.operation(key), driver(key).full).await;
    let replaced = |from: &'static str, to: &'static str| {
        move |it: &mut Request| {
            let text = String::from_utf8(it.body.clone()).unwrap().replace(from, to);
            it.body = text.into_bytes();
        }
    };
    for (words, change) in [
        ("", replaced("nothing", "nothing")),
        ("'refernce' was unexpected", replaced("reference", "refernce")),
        ("the body lacks /reference", replaced("reference", "refernce")),
        ("the body is wrong at /redirect_immediate", replaced("true", "\"yes\"")),
        ("the body is wrong at /user_language", replaced("\"EN\"", "\"ENGLISH\"")),
        ("\"institution_id\" is a required property", replaced("institution_id", "bank")),
    ] {
        let told = said(key, &change, &request);
        assert!(told.contains(words) && told.is_empty() == words.is_empty(), "{words}: {told}");
    }
}
