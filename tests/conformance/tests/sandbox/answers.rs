//! Every error of the sandbox's catalogue: if the contract declares its status, its body is as declared too.

use gocardless_bank_data_sandbox::{Fault, Operation, Preset};
use serde_json::Value;
use test_support::{Contract, Unknown, validate};

use super::stage::{Stage, quiet};

/// Errors whose body differs from the contract because the real one does: name and reason.
const OTHERWISE: [(&str, &str); 9] = [
    ("field-errors", "a map of fields: docs/api.md#field-map"),
    ("unknown-agreement", "a map of fields with 404: docs/api.md#field-map"),
    ("duplicate-reference", "a map of fields: docs/api.md#field-map"),
    ("array-error", "arrays for texts: docs/api.md#array-error"),
    ("account-state", "the account itself: docs/api.md#account-as-error"),
    ("edge-bad-gateway", "a page of the network edge: docs/api.md#not-json"),
    ("edge-forbidden", "a page of the network edge: docs/api.md#not-json"),
    ("edge-limit", "a page of the network edge: docs/api.md#not-json"),
    ("edge-unavailable", "no body: docs/api.md#not-json"),
];

#[tokio::test]
async fn every_error_of_the_catalogue_has_the_declared_body_but_for_the_known_exceptions() {
    let stage = Stage::open(quiet()).await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let declared = Contract::get().schema("ErrorResponse");
    let mut wrong = Vec::new();
    for preset in Preset::all() {
        let otherwise = OTHERWISE.iter().find(|(name, _)| *name == preset.name());
        for &operation in Operation::ALL {
            stage.sandbox.faults().add(Fault::preset(preset).on(operation));
            let path = operation.path().replace("{id}", stage.subject.id_in(operation.path()));
            let url = format!("{}{path}", stage.sandbox.base_url());
            let answer = http.request(operation.method(), url).send().await.unwrap();
            if answer.status() != preset.status() {
                wrong.push(format!("{} on {operation}: the status is {}", preset.name(), answer.status()));
            }
            let json: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap_or_default();
            let complaints = validate(declared, Unknown::Refused, &json);
            if let Some((_, why)) = otherwise.filter(|_| complaints.is_empty()) {
                wrong
                    .push(format!("{} on {operation} is as declared, and is listed as {why}", preset.name()));
            } else if otherwise.is_none() {
                wrong.extend(
                    complaints.into_iter().map(|why| format!("{} on {operation}: {why}", preset.name())),
                );
            }
            if json.get("status_code").is_some_and(|code| *code != preset.status()) {
                wrong.push(format!("{} on {operation} says another status than it has", preset.name()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(stage.sandbox.faults().is_empty(), "each fault met its request");
}

#[test]
fn every_exception_names_an_error_of_the_catalogue() {
    for (name, why) in OTHERWISE {
        assert!(Preset::parse(name).is_some(), "{name} ({why}) is not an error of the sandbox");
    }
}
