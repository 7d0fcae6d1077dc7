//! Every error of the sandbox's catalogue, raw: where the contract declares its status, it declares its body too.

use conformance::{Contract, Unknown, judge};
use gocardless_bank_data_sandbox::{Fault, Operation, Preset};
use serde_json::Value;

use crate::stage::{Stage, quiet};

/// Errors whose body is not what the contract declares, because the real one is not: name and reason.
const OTHERWISE: [(&str, &str); 9] = [
    ("field-errors", "shape B, a map of fields (contract, 6.2)"),
    ("unknown-agreement", "shape B with 404 (contract, 6.2)"),
    ("duplicate-reference", "shape B (contract, 6.2)"),
    ("array-error", "shape C, arrays for texts (contract, 6.3)"),
    ("account-state", "shape D, the account itself (contract, 6.4)"),
    ("edge-bad-gateway", "a page of the network's edge (contract, 6.7)"),
    ("edge-forbidden", "a page of the network's edge (contract, 6.7)"),
    ("edge-limit", "a page of the network's edge (contract, 6.7)"),
    ("edge-unavailable", "no body at all (contract, 6.7)"),
];

#[tokio::test]
async fn every_error_of_the_catalogue_has_the_declared_body_but_for_the_known_exceptions() {
    let stage = Stage::open(quiet()).await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let declared = Contract::get().schema("ErrorResponse");
    let mut wrong = Vec::new();
    for preset in Preset::all() {
        let otherwise = OTHERWISE.iter().find(|(name, _)| *name == preset.name());
        for operation in Operation::ALL {
            stage.sandbox.faults().add(Fault::preset(preset).on(operation));
            let path = operation.path().replace("{id}", stage.subject.id_in(operation.path()));
            let url = format!("{}{path}", stage.sandbox.base_url());
            let answer = http.request(operation.method(), url).send().await.unwrap();
            if answer.status() != preset.status() {
                wrong.push(format!("{} on {operation}: the status is {}", preset.name(), answer.status()));
            }
            let json: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap_or_default();
            let complaints = judge(declared, Unknown::Refused, &json);
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
        assert!(Preset::parse(name).is_some(), "{name} ({why}) is no error of the sandbox");
    }
}
