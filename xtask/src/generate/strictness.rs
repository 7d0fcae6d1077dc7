//! A last look at the patched document: what in an answer would make one odd member fail the whole of it.
//!
//! A new version of the vendor's document may bring such a thing; it then gets a row in a patch.

use serde_json::{Map, Value};

use super::document::{Document, schema_pointer, walk};
use super::patch::{name_in_contract, rust_type};

/// Formats that the generator makes strict types of.
const STRICT_FORMATS: [&str; 6] = ["date", "date-time", "uuid", "ip", "ipv4", "ipv6"];

/// One sentence for each strict place in the schemas of answers.
pub(crate) fn complaints(document: &Document) -> Vec<String> {
    let mut found = Vec::new();
    for name in document.schemas_of_responses() {
        let Some(schema) = document.schema(&name) else { continue };
        walk(schema, &schema_pointer(name_in_contract(&name)), &mut |pointer, value| {
            let Some(what) = value.as_object().and_then(strictness) else { return };
            found.push(format!(
                "{pointer}: {what} in an answer fails the whole answer over one value that is not foreseen: \
                 give the member a type of ours by a row in xtask/src/generate/patch/values.rs"
            ));
        });
    }
    found
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_closed_enum_in_an_answer_is_found_with_its_place() {
        let document = Document::new(json!({
            "paths": { "/a/": { "get": { "responses": { "200": { "$ref": "#/components/schemas/A" } } } } },
            "components": { "schemas": { "A": { "properties": { "b": { "type": "string", "enum": ["c"] } } } } },
        }));
        let found = complaints(&document);
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("/components/schemas/A/properties/b: a closed enum"), "{found:?}");
    }
}
