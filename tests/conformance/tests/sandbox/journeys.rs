//! `journeys.txt`: each operation and each of its declared statuses, through the wrapper.

use std::collections::BTreeSet;

use conformance::{Row, rows};
use gocardless_bank_data::Error;
use serde_json::Value;
use test_support::{Contract, Operation, Returned, Unknown, validate};

use super::{calls, exceptions, stage};

/// The rows. An operation that has none has those of the first like it, as far as it declares their statuses.
fn table() -> Vec<Row> {
    let rows = rows("tests/sandbox/journeys.txt", include_str!("journeys.txt"));
    let of = |key: &str| rows.iter().filter(move |row| row.get("operation") == key).collect::<Vec<_>>();
    let mut all = rows.clone();
    for operation in Contract::get().operations().iter().filter(|operation| of(&operation.key).is_empty()) {
        let is_like = |other: &&Operation| {
            let class = |operation: &Operation| (operation.method.clone(), operation.is_metered_read());
            class(other) == class(operation) && !of(&other.key).is_empty()
        };
        let Some(like) = Contract::get().operations().iter().find(is_like) else { continue };
        let declared =
            of(&like.key).into_iter().filter(|row| operation.answers.contains_key(&row.read("status")));
        all.extend(declared.map(|row| row.with("operation", &operation.key)));
    }
    all
}

#[test]
fn every_operation_and_status_of_the_contract_has_a_row() {
    let rows: BTreeSet<(String, u16)> =
        table().iter().map(|row| (row.get("operation").to_owned(), row.read("status"))).collect();
    let mut missing = Vec::new();
    for operation in Contract::get().operations() {
        for status in operation.answers.keys() {
            if !rows.contains(&(operation.key.clone(), *status)) {
                missing.push(format!("{} {status}", operation.key));
            }
        }
    }
    assert!(missing.is_empty(), "tests/sandbox/journeys.txt has no row for:\n{}", missing.join("\n"));
}

#[tokio::test]
async fn every_row_comes_out_as_it_says() {
    let mut wrong = Vec::new();
    for row in table() {
        let operation = Contract::get().operation(row.get("operation"));
        for why in play(&row, operation).await {
            let (stage, call, status) = (row.get("stage"), row.get("call"), row.get("status"));
            wrong.push(format!("{row}: {} {status} ({stage}; {call}): {why}", operation.key));
        }
    }
    assert!(wrong.is_empty(), "{} rows came out otherwise:\n{}", wrong.len(), wrong.join("\n"));
}

/// Everything that differs from the row.
async fn play(row: &Row, operation: &Operation) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut stage = stage::set(row.get("stage"), operation).await;
    let came = calls::make(row.get("call"), operation, &mut stage).await;
    let status: u16 = row.read("status");
    let hits = stage.sandbox.hits(stage::id_of(operation));
    if hits != row.read::<usize>("sent") {
        wrong.push(format!("it was sent {hits} times"));
    }
    match &came {
        Ok(reply) if row.get("kind").is_empty() => {
            if reply.status != status {
                wrong.push(format!("the status is {}", reply.status));
            }
        }
        Ok(reply) => wrong.push(format!("it succeeded with {}", reply.status)),
        Err(error) => {
            let kind = error.kind().map(|kind| format!("{kind:?}")).unwrap_or_default();
            if kind != row.get("kind") {
                wrong.push(format!("the kind is {kind:?}: {error}"));
            }
            if error.status().map(|status| status.as_u16()) != Some(status) {
                wrong.push(format!("the status is {:?}: {error}", error.status()));
            }
        }
    }
    wrong.extend(body(row, operation, status, &came));
    wrong
}

/// What is wrong with the body.
fn body(row: &Row, operation: &Operation, status: u16, came: &Result<Returned, Error>) -> Vec<String> {
    let body = match came {
        Ok(reply) => reply.body.clone(),
        Err(error) => error.body().cloned().unwrap_or_default(),
    };
    let expected = row.get("body");
    if expected == "kept back" {
        let kept =
            if body.is_empty() { None } else { Some("the body of a token operation was kept".to_owned()) };
        return kept.into_iter().collect();
    }
    let json: Value = serde_json::from_slice(&body).unwrap_or_default();
    let declared = operation.answers.get(&status);
    if declared.is_none() != (expected == "undeclared") {
        return vec![format!("the contract declares {status}: {}", declared.is_some())];
    }
    let complaints = match declared {
        Some(schema) => {
            validate(schema, Unknown::Refused, &exceptions::without_known(operation, json.clone()))
        }
        None => validate(Contract::get().schema("ErrorResponse"), Unknown::Refused, &json),
    };
    match (expected, complaints.is_empty()) {
        ("declared" | "undeclared", _) => complaints
            .into_iter()
            .map(|why| format!("the answer is not what the contract declares {why}"))
            .collect(),
        (expected, false) if is_of_shape(expected, &json) => Vec::new(),
        (expected, _) => vec![format!("the body is not {expected}: {json}")],
    }
}

/// Whether a body is of one of the shapes that the contract does not declare (`docs/api.md#field-map`,
/// `docs/api.md#account-as-error`).
fn is_of_shape(shape: &str, body: &Value) -> bool {
    let has = |name: &str| body.get(name).is_some();
    match shape {
        "field map" => {
            has("status_code") && !has("summary") && body.as_object().is_some_and(|it| it.len() > 1)
        }
        "account" => has("id") && has("iban") && has("status") && !has("summary") && !has("status_code"),
        other => panic!("journeys.txt names the shape {other:?}, which journeys.rs does not know"),
    }
}
