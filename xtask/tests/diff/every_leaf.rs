//! Every change is reported: each single value of our contract is changed in turn.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::cases::diff;

/// Leaves whose change is not a change of the API.
fn is_silent(pointer: &str) -> bool {
    pointer.starts_with("/info/x-provenance")
}

fn leaves(value: &Value, pointer: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                leaves(member, &format!("{pointer}/{name}"), found);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, item)| leaves(item, &format!("{pointer}/{index}"), found));
        }
        _ => found.push(pointer.to_owned()),
    }
}

/// Another value of the same kind, so that the document can still be read.
fn changed(pointer: &str, value: &Value) -> Option<Value> {
    let last = pointer.rsplit('/').next().unwrap();
    match value {
        Value::String(text) if last == "$ref" => {
            let other = if text.ends_with("/Account") { "Integration" } else { "Account" };
            Some(json!(format!("#/components/schemas/{other}")))
        }
        // The version is checked before anything is compared.
        Value::String(_) if last == "openapi" => Some(json!("3.0.0")),
        Value::String(text) => Some(json!(format!("{text}x"))),
        Value::Number(number) => Some(json!(number.as_i64().unwrap() + 1)),
        Value::Bool(value) => Some(json!(!value)),
        Value::Array(_) => Some(json!(["x"])),
        Value::Object(_) => Some(json!({ "x": 1 })),
        Value::Null => None,
    }
}

#[test]
fn each_changed_value_of_the_contract_is_reported() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/contract.json");
    let contract: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let mut pointers = Vec::new();
    leaves(&contract, "", &mut pointers);
    assert!(pointers.len() > 1000);
    // Each leaf is a run of the program; a handful of schemas and one operation hold every kind of leaf.
    let kinds = [
        "/info",
        "/openapi",
        "/servers",
        "/security",
        "/components/securitySchemes",
        "/components/schemas/EndUserAgreementRequest",
        "/components/schemas/StatusEnum",
        "/components/schemas/BankTransaction",
        "/components/schemas/PaginatedRequisitionList",
        "/paths/~1api~1v2~1agreements~1enduser~1/",
        "/paths/~1api~1v2~1agreements~1enduser~1{id}~1accept~1",
    ];
    let mut silent = Vec::new();
    for pointer in pointers.iter().filter(|pointer| kinds.iter().any(|kind| pointer.starts_with(kind))) {
        let Some(value) = changed(pointer, contract.pointer(pointer).unwrap()) else { continue };
        let mut document = contract.clone();
        *document.pointer_mut(pointer).unwrap() = value;
        let output = diff("leaf", &contract, &document, &[]);
        match output.status.code() {
            Some(0) if !is_silent(pointer) => silent.push(pointer.clone()),
            Some(0 | 4) => {}
            _ => panic!("{pointer}: {}", String::from_utf8_lossy(&output.stderr)),
        }
    }
    assert!(silent.is_empty(), "{silent:#?}");
}
