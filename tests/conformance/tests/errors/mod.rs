//! `errors.txt`: every error response of the contract, in every shape, and how the client reads it.
//!
//! A row is read as the client reads a response, at a fixed time, so that reset times are exact.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, SystemTime};

use conformance::{Row, rows};
use gocardless_bank_data::error::ApiError;
use gocardless_bank_data::{Advice, Operation, OperationClass, operation};
use gocardless_bank_data_sandbox::Preset;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::{Value, json};
use test_support::Contract;

fn table() -> Vec<Row> {
    rows("tests/errors/errors.txt", include_str!("errors.txt"))
}

/// The operations that a row applies to. Of a group, those that declare the status, unless it ends in `!`.
fn operations(row: &Row) -> Vec<Operation> {
    let named = row.get("operations");
    let is_every = row.get("status").ends_with('!');
    let belongs = |it: &Operation| match named {
        "all" => true,
        "all but tokens" => it.class() != OperationClass::Token,
        "tokens" => it.class() == OperationClass::Token,
        "data" => it.class() == OperationClass::MeteredRead,
        "reads" => it.class() == OperationClass::PlainRead,
        "writes" => it.class() == OperationClass::Write,
        "idempotent writes" => it.class() == OperationClass::IdempotentWrite,
        "reconfirmation" => it.path().ends_with("/reconfirm/"),
        named => named.split(", ").any(|key| key == key_of(*it)),
    };
    let declares =
        |it: &Operation| Contract::get().operation(&key_of(*it)).answers.contains_key(&status(row));
    let found: Vec<_> =
        operation::ALL.iter().copied().filter(|it| belongs(it) && (is_every || declares(it))).collect();
    assert!(!found.is_empty(), "{row}: {named} has no operation that declares {}", row.get("status"));
    found
}

fn key_of(operation: Operation) -> String {
    format!("{} {}", operation.method(), operation.path())
}

fn status(row: &Row) -> u16 {
    row.get("status").trim_end_matches('!').parse().unwrap_or_else(|_| panic!("{row}: no status"))
}

#[test]
fn every_operation_and_error_status_of_the_contract_has_a_row() {
    let mut covered = BTreeSet::new();
    for row in table() {
        covered.extend(operations(&row).into_iter().map(|operation| (key_of(operation), status(&row))));
    }
    let mut missing = Vec::new();
    for operation in Contract::get().operations() {
        let statuses = operation.error_statuses();
        let bare = statuses.filter(|status| !covered.contains(&(operation.key.clone(), *status)));
        missing.extend(bare.map(|status| format!("{} {status}", operation.key)));
    }
    assert!(missing.is_empty(), "tests/errors/errors.txt has no row for:\n{}", missing.join("\n"));
}

#[test]
fn every_preset_of_the_sandbox_has_its_row() {
    let table = table();
    let names: Vec<_> = table.iter().map(|row| row.get("case")).collect();
    // The gateway's page has a row for each class of operation.
    let presets = Preset::all().filter(|preset| *preset != Preset::EdgeBadGateway).map(Preset::name);
    let missing: Vec<_> = presets.filter(|name| !names.contains(name)).collect();
    assert!(missing.is_empty(), "tests/errors/errors.txt has no row for: {missing:?}");
    let mut seen = BTreeSet::new();
    let twice: Vec<_> = names.iter().filter(|name| !seen.insert(**name)).collect();
    assert!(twice.is_empty(), "cases with two rows: {twice:?}");
}

#[test]
fn every_row_is_read_as_it_says() {
    let mut wrong = Vec::new();
    let mut cases = 0;
    // The distinct declared bodies, and whether each has a specific kind.
    let mut bodies = BTreeMap::new();
    let table = table();
    for row in &table {
        for operation in operations(row) {
            cases += 1;
            let found = complaints(row, operation);
            if row.get("body").starts_with(['{', '[', '"']) && !row.get("status").ends_with('!') {
                let is_named = found.is_empty() && row.get("kind") != "Other";
                bodies.entry((row.get("status").to_owned(), row.get("body").to_owned())).or_insert(is_named);
            }
            wrong.extend(
                found
                    .into_iter()
                    .map(|why| format!("{row}: {}: {}: {why}", row.get("case"), key_of(operation))),
            );
        }
    }
    let unnamed: Vec<_> = bodies.iter().filter(|(_, is_named)| !**is_named).map(|(body, _)| body).collect();
    assert!(
        bodies.len() > 50 && unnamed.is_empty(),
        "of {} bodies without a kind: {unnamed:?}",
        bodies.len()
    );
    assert!(wrong.is_empty(), "{} of {cases} cases are read otherwise:\n{}", wrong.len(), wrong.join("\n"));
}

fn complaints(row: &Row, operation: Operation) -> Vec<String> {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_772_000_000);
    let status = StatusCode::from_u16(status(row)).unwrap();
    let body = row.get("body");
    let error = ApiError::read(operation, status, headers(row), body.to_owned().into(), now);

    let mut wrong = Vec::new();
    let mut differs = |what: &str, came: String, expected: &str| {
        if came != expected {
            wrong.push(format!("the {what} is {came} in place of {expected}"));
        }
    };
    differs("kind", format!("{:?}", error.kind()), row.get("kind"));
    let advice = match error.advice() {
        Advice::WaitUntil(at) if Some(at) == error.retry_at() => "WaitUntil".to_owned(),
        other => format!("{other:?}"),
    };
    differs("advice", advice, row.get("advice"));
    let retry = error.retry_at().map(|at| at.duration_since(now).unwrap().as_secs().to_string());
    differs("wait", retry.unwrap_or_default(), row.get("retry"));
    let fields: Vec<_> =
        error.fields().iter().map(|field| json!([field.field(), field.summary(), field.detail()])).collect();
    let expected: Value = serde_json::from_str(row.get("fields")).unwrap();
    differs("list of fields", Value::from(fields).to_string(), &expected.to_string());

    let read: Value = serde_json::from_str(body).unwrap_or_default();
    differs("summary", format!("{:?}", error.summary()), &format!("{:?}", text(&read["summary"]).as_deref()));
    differs("detail", format!("{:?}", error.detail()), &format!("{:?}", text(&read["detail"]).as_deref()));
    differs("code", format!("{:?}", error.code()), &format!("{:?}", read["type"].as_str()));
    let kept = if operation.class() == OperationClass::Token { "" } else { body };
    differs("body", String::from_utf8_lossy(error.body()).into_owned(), kept);
    differs("status", error.status().as_u16().to_string(), &status.as_u16().to_string());

    let shown = format!("{error} {error:?}");
    if let Some(iban) = read["iban"].as_str().filter(|iban| shown.contains(iban)) {
        wrong.push(format!("the iban {iban} is shown"));
    }
    if !error.to_string().contains(&format!("({})", status.as_u16())) {
        wrong.push(format!("what is shown lacks the status: {error}"));
    }
    wrong
}

/// A string, or the strings of an array, as the client joins them.
fn text(value: &Value) -> Option<String> {
    let texts =
        value.as_array().map(|items| items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; "));
    value.as_str().map(str::to_owned).or(texts)
}

fn headers(row: &Row) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for header in row.get("headers").split("; ").filter(|header| !header.is_empty()) {
        let (name, value) = header.split_once(": ").unwrap_or_else(|| panic!("{row}: no header: {header}"));
        let name: HeaderName = name.parse().unwrap();
        headers.append(name, HeaderValue::from_str(value).unwrap());
    }
    headers
}
