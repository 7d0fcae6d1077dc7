//! Documents as the vendor might publish them: our contract with prose of theirs, and older or newer.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

/// What replaces the vendor's prose.
pub(crate) const PROSE: &str = "Theirs, every word of it.";

fn read(file: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Our contract as the vendor publishes it: without our sentences and provenance, with theirs.
pub(crate) fn current() -> Value {
    let mut document = read("../openapi/contract.json");
    document["info"].as_object_mut().unwrap().remove("x-provenance");
    in_their_words(&mut document);
    document
}

/// The structure of the vendor's document of 2025, which those of other years differ from. It stays unchanged when the
/// contract moves on.
#[allow(dead_code, reason = "one of the two programs that share this file needs it")]
pub(crate) fn of_2025() -> Value {
    read("tests/import/of-2025.json")
}

fn in_their_words(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match member {
                    Value::String(text) if key == "description" || key == "summary" => PROSE.clone_into(text),
                    other => in_their_words(other),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(in_their_words),
        _ => {}
    }
}

/// The document of 2025, merged with one of the patches in this folder.
pub(crate) fn like(year: &str) -> Value {
    let mut document = of_2025();
    merge(&mut document, &read(&format!("tests/import/like-{year}.json")));
    in_their_words(&mut document);
    document
}

/// The current document with a balance that is merged of two parts, and a member that is one of two and may be null.
#[allow(dead_code, reason = "one of the two programs that share this file needs it")]
pub(crate) fn in_parts() -> Value {
    let mut document = current();
    let schemas = &mut document["components"]["schemas"];
    let mut first = schemas["BalanceSchema"].take();
    let members = first["properties"].as_object_mut().unwrap();
    let second: Map<String, Value> = ["lastChangeDateTime", "referenceDate", "lastCommittedTransaction"]
        .into_iter()
        .map(|name| (name.to_owned(), members.shift_remove(name).unwrap()))
        .collect();
    schemas["BalanceSchema"] = json!({ "allOf": [first, { "type": "object", "properties": second }] });
    let to = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    schemas["Kind"] = json!({ "nullable": true, "oneOf": [to("BalanceSchema"), to("DetailSchema")] });
    schemas["Account"]["properties"]["extra"] = to("Kind");
    document
}

/// The current document with changes that a later one may have, of which each keeps or changes what is generated.
#[allow(dead_code, reason = "one of the two programs that share this file needs it")]
pub(crate) fn of_next(changes: &str) -> Value {
    let mut document = current();
    let changes: Map<String, Value> = serde_json::from_str(changes).unwrap();
    for (name, patch) in changes {
        let before = document.clone();
        merge(&mut document, &patch);
        assert_ne!(document, before, "{name} changes something");
    }
    document
}

/// Gives a component another name, wherever it is used.
#[allow(dead_code, reason = "one of the two programs that share this file needs it")]
pub(crate) fn rename(document: &mut Value, from: &str, to: &str) {
    let (old, new) = (format!("schemas/{from}\""), format!("schemas/{to}\""));
    *document = serde_json::from_str(&document.to_string().replace(&old, &new)).unwrap();
    let schemas = document["components"]["schemas"].as_object_mut().unwrap();
    let schema = schemas.shift_remove(from).unwrap();
    schemas.insert(to.to_owned(), schema);
}

fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let members = target.as_object_mut().unwrap();
    for (key, value) in patch {
        if value.is_null() {
            members.shift_remove(key);
        } else {
            merge(members.entry(key).or_insert(Value::Null), value);
        }
    }
}

/// The structure alone: no sentences, no lists of examples, no extensions.
pub(crate) fn structure(value: &Value, are_names: bool) -> Value {
    const NAMING: [&str; 6] =
        ["properties", "paths", "schemas", "parameters", "responses", "securitySchemes"];
    match value {
        Value::Object(members) => {
            let is_prose =
                |key: &str| ["description", "summary", "examples"].contains(&key) || key.starts_with("x-");
            let members = members.iter().filter(|(key, _)| are_names || !is_prose(key));
            let members = members.map(|(key, value)| {
                (key.clone(), structure(value, !are_names && NAMING.contains(&key.as_str())))
            });
            Value::Object(members.collect())
        }
        Value::Array(items) => items.iter().map(|item| structure(item, false)).collect(),
        other => other.clone(),
    }
}
