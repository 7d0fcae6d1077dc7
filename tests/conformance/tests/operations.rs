//! Every operation of the contract, called through the wrapper: what was sent is validated
//! against the contract.

use std::collections::BTreeSet;

use conformance::{Extent, misfits, serve_success};
use gocardless_bank_data::{AccessScope, OperationClass, operation};
use http::HeaderValue;
use test_support::{Contract, DRIVERS, Driver, Ids, Operation, Request, client, driver};

#[test]
fn every_operation_of_the_contract_has_a_driver_and_every_driver_an_operation() {
    let contract: BTreeSet<_> =
        Contract::get().operations().iter().map(|operation| operation.key.as_str()).collect();
    let drivers: BTreeSet<_> = DRIVERS.iter().map(|driver| driver.key).collect();
    let without_driver: Vec<_> = contract.difference(&drivers).collect();
    assert!(
        without_driver.is_empty(),
        "operations without a call in `drivers!`, tests/support/src/calls.rs: {without_driver:?}"
    );
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

#[test]
fn the_documents_name_every_metered_read() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let metered = operation::ALL.iter().filter(|operation| operation.class() == OperationClass::MeteredRead);
    let names: Vec<_> = metered.filter_map(|operation| operation.path().rsplit('/').nth(1)).collect();
    let names: Vec<_> = names.iter().map(|name| name.replace('-', " ")).collect();
    let is_without = |file: &&str| {
        let text = std::fs::read_to_string(root.join(file)).unwrap().to_lowercase();
        let lines: Vec<_> = text.lines().collect();
        let is_named = |lines: &[&str]| {
            let text = lines.join(" ").replace('-', " ");
            names.iter().all(|name| text.contains(name))
        };
        !lines.windows(3).any(is_named)
    };
    // Where they are listed; all other sentences speak of the kinds of an account's data.
    let without: Vec<_> = ["docs/api.md", "wrapper/src/accounts.rs"].into_iter().filter(is_without).collect();
    assert!(without.is_empty(), "no sentence of {without:?} names all of {names:?}");
}

#[tokio::test]
async fn every_request_with_everything_in_it_is_as_the_contract_says() {
    assert_all_are_right(Extent::Full, |driver| driver.full).await;
}

#[tokio::test]
async fn every_request_with_the_minimum_is_as_the_contract_says() {
    assert_all_are_right(Extent::Minimal, |driver| driver.minimal).await;
}

type Drive = fn(&gocardless_bank_data::BankData, &Ids) -> test_support::Driven;

async fn assert_all_are_right(extent: Extent, drive: fn(&Driver) -> Drive) {
    let mut said = Vec::new();
    for operation in Contract::get().operations() {
        let request = recorded(operation, drive(driver(&operation.key))).await;
        let subject = Ids::default();
        let found = misfits(operation, subject.id_in(&operation.path), extent, &request);
        said.extend(found.into_iter().map(|why| format!("{}: {why}", operation.key)));
    }
    assert!(
        said.is_empty(),
        "{extent:?} requests that are not what the contract says (what they lack is added in wrapper/src/ and in \
         tests/support/src/calls.rs):\n{}",
        said.join("\n")
    );
}

/// What the wrapper sends for an operation. The server answers as the contract says, and the wrapper must accept it.
async fn recorded(operation: &'static Operation, drive: Drive) -> Request {
    let server = serve_success(operation).await;
    let returned = drive(&client(&server), &Ids::default()).await;
    let returned = returned.unwrap_or_else(|error| panic!("{}: {error}", operation.key));
    assert_eq!(returned.status, operation.success().0, "{}", operation.key);
    let mut requests = server.take();
    if !operation.is_token() {
        assert!(requests.remove(0).is_obtain(), "{}: a token comes first", operation.key);
    }
    assert_eq!(requests.len(), 1, "{}: sent more than once: {requests:?}", operation.key);
    requests.remove(0)
}

#[tokio::test]
async fn the_quota_of_every_metered_read_is_known_by_its_scope() {
    for operation in Contract::get().operations().iter().filter(|operation| operation.is_metered_read()) {
        let server = serve_success(operation).await;
        let bank = client(&server);
        let account = Ids::default().account;
        let word = operation.path.trim_end_matches('/').rsplit('/').next().unwrap().replace('-', "_");
        let scope = AccessScope::from(word.as_str());
        assert_eq!(bank.account(&account).quota(&scope).await, None, "{word}");
        (driver(&operation.key).minimal)(&bank, &Ids::default()).await.unwrap();
        assert!(bank.account(&account).quota(&scope).await.is_some(), "nothing is known of {word}");
    }
}

#[tokio::test]
async fn the_judge_of_requests_reports_each_fault_by_its_name() {
    let contract = Contract::get();
    let subject = Ids::default();
    let faults_of = |key: &str, change: &dyn Fn(&mut Request), request: &Request| {
        let mut request = request.clone();
        change(&mut request);
        let operation = contract.operation(key);
        misfits(operation, subject.id_in(&operation.path), Extent::Full, &request).join("; ")
    };
    let key = "GET /api/v2/accounts/{id}/transactions/";
    let request = recorded(contract.operation(key), driver(key).full).await;
    let id = subject.account.as_str();
    for (words, change) in [
        ("", &(|_: &mut Request| {}) as &dyn Fn(&mut Request)),
        ("the query has date_form, which", &|it| it.query = it.query.replace("date_from", "date_form")),
        ("the query lacks date_from", &|it| it.query = it.query.replace("date_from", "date_form")),
        ("the parameter date_to is wrong at /: \"today\"", &|it| {
            it.query = it.query.replace("2025-12-31", "today");
        }),
        ("does not end in a slash", &|it| it.path = format!("/api/v2/accounts/{id}/transactions")),
        ("authorization is None", &|it| drop(it.headers.remove("authorization"))),
        ("a header api-version", &|it| drop(it.headers.insert("api-version", HeaderValue::from_static("2")))),
        ("there is a body, and", &|it| it.body = b"{}".to_vec()),
    ] {
        let found = faults_of(key, change, &request);
        assert!(found.contains(words) && found.is_empty() == words.is_empty(), "{words}: {found}");
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
        let found = faults_of(key, &change, &request);
        assert!(found.contains(words) && found.is_empty() == words.is_empty(), "{words}: {found}");
    }
}
