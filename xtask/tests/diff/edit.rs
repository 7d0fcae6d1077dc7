//! Edits of our contract, and what is expected of the report on each and on its reverse.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use Worst::{Breaking, Compatible, Nothing, Text};

use crate::cases::diff;

/// The worst verdict of a report.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Worst {
    Nothing,
    Text,
    Compatible,
    Breaking,
}

/// An edit, the verdict on it, the verdict on its reverse, and what the report must name in both.
pub(crate) struct Edit(
    pub(crate) &'static str,
    pub(crate) fn(&mut Value),
    pub(crate) Worst,
    pub(crate) Worst,
    pub(crate) &'static [&'static str],
);

pub(crate) const ACCOUNT: &str = "/api/v2/accounts/{id}/";
pub(crate) const AGREEMENTS: &str = "/api/v2/agreements/enduser/";
pub(crate) const INSTITUTIONS: &str = "/api/v2/institutions/";
pub(crate) const TOKEN: &str = "/api/v2/token/new/";

pub(crate) fn contract() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/contract.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

pub(crate) fn schemas(document: &mut Value) -> &mut Value {
    &mut document["components"]["schemas"]
}

pub(crate) fn members<'d>(document: &'d mut Value, schema: &str) -> &'d mut Value {
    &mut schemas(document)[schema]["properties"]
}

pub(crate) fn parameter<'d>(document: &'d mut Value, path: &str, name: &str) -> &'d mut Value {
    let parameters = document["paths"][path]["get"]["parameters"].as_array_mut().unwrap();
    parameters.iter_mut().find(|parameter| parameter["name"] == name).unwrap()
}

pub(crate) fn success<'d>(document: &'d mut Value, path: &str) -> &'d mut Value {
    &mut document["paths"][path]["get"]["responses"]["200"]
}

pub(crate) fn body<'d>(document: &'d mut Value, path: &str) -> &'d mut Value {
    &mut document["paths"][path]["post"]["requestBody"]["content"]
}

pub(crate) fn remove(value: &mut Value, key: &str) -> Value {
    value.as_object_mut().unwrap().remove(key).unwrap()
}

pub(crate) fn set(value: &mut Value, more: Value) {
    let Value::Object(more) = more else { unreachable!("an object") };
    value.as_object_mut().unwrap().extend(more);
}

pub(crate) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// Gives a component another name, wherever it is used.
pub(crate) fn rename(document: &mut Value, from: &str, to: &str) {
    let schema = remove(schemas(document), from);
    schemas(document)[to] = schema;
    let quoted = |name: &str| format!("\"#/components/schemas/{name}\"");
    *document = serde_json::from_str(&document.to_string().replace(&quoted(from), &quoted(to))).unwrap();
}

/// Splits the members of a schema into two parts of `allOf`.
pub(crate) fn split(document: &mut Value, name: &str) {
    let schema = schemas(document)[name].take();
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let members = schema["properties"].as_object().unwrap();
    let part = |skipped: usize, taken: usize| {
        let members: serde_json::Map<_, _> = members
            .iter()
            .skip(skipped)
            .take(taken)
            .map(|(name, member)| (name.clone(), member.clone()))
            .collect();
        let required: Vec<_> =
            required.iter().filter(|name| members.contains_key(name.as_str().unwrap())).cloned().collect();
        json!({ "type": "object", "properties": members, "required": required })
    };
    let half = members.len() / 2;
    schemas(document)[name] = json!({ "allOf": [part(0, half), part(half, usize::MAX)] });
    if let Some(description) = schema.get("description") {
        schemas(document)[name]["description"] = description.clone();
    }
}

/// The pointers of a report that name nothing in their document.
pub(crate) fn astray<'r>(report: &'r str, old: &Value, new: &Value) -> Vec<&'r str> {
    let pointers =
        report.lines().filter_map(|line| line.strip_prefix("      ")).filter(|line| line.starts_with('/'));
    let leads_nowhere = |pointer: &&str| match pointer.strip_suffix(" (of the old document)") {
        Some(pointer) => old.pointer(pointer).is_none(),
        None => *pointer != "/" && new.pointer(pointer).is_none(),
    };
    pointers.filter(leads_nowhere).collect()
}

/// Checks each edit of our contract, as it is and reversed. Each pointer has to name something.
pub(crate) fn check(edits: &[Edit]) {
    check_after(|_| {}, edits);
}

/// Checks each edit of our contract with something in it that it does not have.
pub(crate) fn check_after(first: fn(&mut Value), edits: &[Edit]) {
    let mut before = contract();
    first(&mut before);
    let mut wrong = Vec::new();
    for Edit(name, edit, forward, backward, parts) in edits {
        let mut after = before.clone();
        edit(&mut after);
        for (old, new, expected) in [(&before, &after, *forward), (&after, &before, *backward)] {
            let output = diff(&format!("contract-{name}"), old, new, &[]);
            let report = String::from_utf8(output.stdout).unwrap();
            let refusal = String::from_utf8(output.stderr).unwrap();
            let worst = match output.status.code() {
                Some(0) => Nothing,
                _ if report.contains("Breaking for callers\n") => Breaking,
                _ if report.contains("Compatible\n") => Compatible,
                _ => Text,
            };
            let astray = astray(&report, old, new);
            let missing: Vec<_> = parts.iter().filter(|part| !report.contains(**part)).collect();
            let is_right = worst == expected && missing.is_empty() && astray.is_empty();
            if !is_right || output.status.code() == Some(2) {
                wrong.push(format!(
                    "{name}: {worst:?}, not {expected:?}, without {missing:?}, astray {astray:?}\n{report}{refusal}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
