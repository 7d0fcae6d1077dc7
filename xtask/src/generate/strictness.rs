//! The last check of the patched document: what in an answer would make one unexpected member fail the whole of it.
//!
//! A new version of the vendor's document may bring such a thing; it then gets a row in a patch.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::document::{Document, schema_pointer, walk};
use super::patch::{bank_data, name_in_contract, rust_type};

/// Formats that the generator makes strict types of.
const STRICT_FORMATS: [&str; 6] = ["date", "date-time", "uuid", "ip", "ipv4", "ipv6"];

/// Members of bank data without which the rest says nothing, by the names of the types. No bank was seen to leave them out.
const NEEDED: &[(&str, &[&str])] = &[
    ("AccountDetailsResponse", &["account"]),
    ("Balance", &["balanceAmount"]),
    ("Money", &["amount", "currency"]),
    ("Transaction", &["transactionAmount"]),
];

/// One sentence for each strict place in the schemas of answers.
pub(crate) fn complaints(document: &Document) -> Vec<String> {
    let mut found = Vec::new();
    let bank_data = bank_data(document);
    for name in document.schemas_of_responses() {
        let Some(schema) = document.schema(&name) else { continue };
        let place = schema_pointer(name_in_contract(&name));
        strict_places(schema, &place, &mut found);
        if bank_data.contains(&name) {
            required_members(schema, &name, &place, &mut found);
        }
    }
    for place in document.places() {
        let Some(responses) = document.operation(&place).and_then(|operation| operation.get("responses"))
        else {
            continue;
        };
        strict_places(responses, &format!("{}/responses", place.pointer()), &mut found);
        if responses.as_object().is_some_and(Map::is_empty) {
            found.push(format!(
                "{place}: declares no success, so that its answer is kept as bytes: declare the response that a success has"
            ));
        }
    }
    found
}

fn strict_places(schema: &Value, place: &str, found: &mut Vec<String>) {
    walk(schema, place, &mut |pointer, value| {
        let Some(what) = value.as_object().and_then(strictness) else { return };
        found.push(format!(
            "{pointer}: {what} in an answer fails the whole answer over one value that is not foreseen: give the member a \
             type of ours by a row in xtask/src/generate/patch/values.rs"
        ));
    });
}

fn strictness(schema: &Map<String, Value>) -> Option<&'static str> {
    if schema.contains_key(rust_type::KEY) {
        return None;
    }
    let format = schema.get("format").and_then(Value::as_str);
    if schema.get("enum").is_some_and(Value::is_array) {
        Some("a closed enum")
    } else if schema.get("type").is_some() && format.is_some_and(|format| STRICT_FORMATS.contains(&format)) {
        Some("a strict format")
    } else if schema.get("additionalProperties") == Some(&Value::Bool(false)) {
        Some("a refusal of unknown members")
    } else {
        None
    }
}

/// Of bank data, each bank leaves out what it does not have, whatever the vendor requires.
fn required_members(schema: &Value, name: &str, place: &str, found: &mut Vec<String>) {
    let needed: BTreeSet<&str> = NEEDED
        .iter()
        .filter(|(known, _)| *known == name)
        .flat_map(|(_, members)| members.iter().copied())
        .collect();
    let parts = schema.get("allOf").and_then(Value::as_array);
    for part in std::iter::once(schema).chain(parts.into_iter().flatten()) {
        let required = part.get("required").and_then(Value::as_array);
        for member in required.into_iter().flatten().filter_map(Value::as_str) {
            let declared = part.get("properties").and_then(|all| all.get(member)?.as_object());
            let may_be_missing = declared.is_some_and(rust_type::reads_as_empty);
            if !may_be_missing && !needed.contains(member) {
                found.push(format!(
                    "{place}/properties/{member}: a required member fails the whole answer of a bank that leaves it out: add \
                     it to SOMETIMES_MISSING in xtask/src/generate/patch/upstream_bugs.rs, or to NEEDED in \
                     xtask/src/generate/strictness.rs if the rest says nothing without it"
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn places(path: &str, schema: &Value) -> Vec<String> {
        let found = complaints(&Document::new(json!({
            "paths": { path: { "get": {
                "operationId": "a",
                "responses": { "200": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/A" } } } } },
            } } },
            "components": { "schemas": { "A": schema } },
        })));
        found.iter().map(|complaint| complaint.split(" in an answer ").next().unwrap().to_owned()).collect()
    }

    #[test]
    fn what_a_value_that_is_not_foreseen_breaks_is_found_with_its_place() {
        let member = "/components/schemas/A/properties/b";
        for (schema, what) in [
            (json!({ "type": "string", "enum": ["c"] }), "a closed enum"),
            (json!({ "type": "string", "format": "date" }), "a strict format"),
            (json!({ "type": "object", "additionalProperties": false }), "a refusal of unknown members"),
        ] {
            let found = places("/a/", &json!({ "properties": { "b": schema } }));
            assert_eq!(found, [format!("{member}: {what}")]);
        }
        assert!(places("/a/", &json!({ "properties": { "b": { "type": "string" } } })).is_empty());
    }

    #[test]
    fn a_required_member_of_bank_data_is_found_and_one_of_the_vendors_own_is_not() {
        let schema = json!({ "required": ["b"], "properties": { "b": { "type": "string" } } });
        let found = places("/accounts/{id}/orders/", &schema);
        assert!(found[0].starts_with("/components/schemas/A/properties/b: a required member"), "{found:?}");
        assert!(places("/orders/", &schema).is_empty());
    }
}
