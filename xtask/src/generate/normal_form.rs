//! Forms that the generator cannot take, in other words that say the same, of any document.

use std::collections::HashSet;

use heck::ToPascalCase as _;
use serde_json::{Map, Value, json};

use super::document::{Document, SCHEMA_PREFIX};
use super::patch::rust_type;

/// Before the patches, which need to know one form only.
pub(crate) fn before_patches(mut document: Document) -> Document {
    describe_responses(&mut document);
    null_beside_references(&mut document);
    document
}

/// OpenAPI requires a description of each response, and the generator with it; not every document has one.
fn describe_responses(document: &mut Document) {
    for place in document.places() {
        let responses = document.operation_mut(&place).and_then(|operation| operation.get_mut("responses"));
        for (status, response) in responses.and_then(Value::as_object_mut).into_iter().flatten() {
            if let Some(response) = response.as_object_mut().filter(|it| !it.contains_key("description")) {
                response.insert("description".to_owned(), reason(status).into());
            }
        }
    }
}

/// What HTTP calls a status.
pub(crate) fn reason(status: &str) -> String {
    let code = status.parse::<u16>().ok().and_then(|code| ureq::http::StatusCode::from_u16(code).ok());
    match code.and_then(|code| code.canonical_reason()) {
        Some(reason) => reason.to_owned(),
        None if status == "default" => "Any other response".to_owned(),
        None => format!("Response {status}"),
    }
}

/// A component that is one of several and may be null becomes one that may not, and each reference to it says that null is
/// allowed there. Otherwise the generator makes two types of one name of it.
fn null_beside_references(document: &mut Document) {
    let mut nullable = HashSet::new();
    for name in document.schema_names() {
        let Some(schema) = document.schema_mut(&name).and_then(Value::as_object_mut) else { continue };
        let is_one_of = ["oneOf", "anyOf"].iter().any(|key| schema.contains_key(*key));
        if is_one_of && schema.get("nullable") == Some(&Value::Bool(true)) {
            schema.shift_remove("nullable");
            nullable.insert(format!("{SCHEMA_PREFIX}{name}"));
        }
    }
    if !nullable.is_empty() {
        let all = document.object_mut("").map(Map::values_mut);
        all.into_iter().flatten().for_each(|value| null_beside(value, &nullable));
    }
}

fn null_beside(value: &mut Value, nullable: &HashSet<String>) {
    let leads = |members: &Map<String, Value>| {
        members.get("$ref").and_then(Value::as_str).is_some_and(|reference| nullable.contains(reference))
    };
    match value {
        Value::Object(members) if leads(members) => {
            let reference = std::mem::take(members);
            members.insert("nullable".to_owned(), true.into());
            members.insert("allOf".to_owned(), vec![Value::Object(reference)].into());
        }
        Value::Object(members) => {
            let parts = members.get("allOf").and_then(Value::as_array).map(Vec::as_slice);
            if matches!(parts, Some([Value::Object(part)]) if leads(part)) {
                members.insert("nullable".to_owned(), true.into());
                return;
            }
            members.values_mut().for_each(|member| null_beside(member, nullable));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| null_beside(item, nullable)),
        _ => {}
    }
}

/// After the patches: what a list or a map is made of becomes a component, unless it is a plain value or a reference. The
/// generator finds no name for it within a type of ours.
pub(crate) fn items_are_components(document: &mut Document) {
    let mut names = Names {
        taken: document.schema_names().iter().map(|name| name.to_pascal_case()).collect(),
        new: Vec::new(),
    };
    for name in document.schema_names() {
        if let Some(schema) = document.schema_mut(&name) {
            names.hoist(schema, &name.to_pascal_case());
        }
    }
    for place in document.places() {
        let Some(operation) = document.operation_mut(&place) else { continue };
        let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default().to_pascal_case();
        for (key, word) in [("requestBody", "Body"), ("responses", "Response")] {
            let Some(part) = operation.get_mut(key) else { continue };
            names.hoist_below(part, &format!("{id}{word}"));
        }
    }
    if let Some(schemas) = document.object_mut("/components/schemas").filter(|_| !names.new.is_empty()) {
        schemas.extend(names.new);
    }
}

/// The new components, and the names that no other may have.
struct Names {
    taken: HashSet<String>,
    new: Vec<(String, Value)>,
}

impl Names {
    /// Finds the schemas of bodies and answers.
    fn hoist_below(&mut self, value: &mut Value, owner: &str) {
        let Some(members) = value.as_object_mut() else { return };
        for (key, member) in members {
            if key == "schema" {
                self.hoist(member, owner);
            } else if key != "example" && key != "examples" {
                self.hoist_below(member, owner);
            }
        }
    }

    /// Makes components of what lists and maps in `schema` are made of, the innermost first.
    fn hoist(&mut self, schema: &mut Value, owner: &str) {
        let Some(keys) = schema.as_object_mut() else { return };
        // The generator looks at nothing else in a schema that has a type of ours.
        if let Some(extension) = keys.get_mut(rust_type::KEY) {
            let parameters = extension.get_mut("parameters").and_then(Value::as_array_mut);
            parameters.into_iter().flatten().for_each(|inner| self.part(inner, owner));
            return;
        }
        for (member, inner) in keys.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten()
        {
            self.hoist(inner, &format!("{owner}{}", member.to_pascal_case()));
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            let parts = keys.get_mut(key).and_then(Value::as_array_mut);
            parts.into_iter().flatten().for_each(|part| self.hoist(part, owner));
        }
        for (key, word) in [("items", "Item"), ("additionalProperties", "Value")] {
            if let Some(inner) = keys.get_mut(key) {
                self.part(inner, &format!("{owner}{word}"));
            }
        }
    }

    fn part(&mut self, schema: &mut Value, owner: &str) {
        self.hoist(schema, owner);
        if !needs_a_name(schema) {
            return;
        }
        let numbered = (2..).map(|number| format!("{owner}{number}"));
        let mut names = std::iter::once(owner.to_owned()).chain(numbered);
        let Some(name) = names.find(|name| !self.taken.contains(&name.to_pascal_case())) else { return };
        self.taken.insert(name.to_pascal_case());
        let is_nullable =
            schema.as_object_mut().is_some_and(|it| it.shift_remove("nullable") == Some(json!(true)));
        let reference = json!({ "$ref": format!("{SCHEMA_PREFIX}{name}") });
        let reference =
            if is_nullable { json!({ "nullable": true, "allOf": [reference] }) } else { reference };
        self.new.push((name, std::mem::replace(schema, reference)));
    }
}

fn needs_a_name(schema: &Value) -> bool {
    let parts = |key| schema.get(key).and_then(Value::as_array);
    let is_merged = parts("allOf")
        .is_some_and(|parts| parts.len() > 1 || parts.iter().any(|part| part.get("properties").is_some()));
    let has_members = schema.get("properties").and_then(Value::as_object).is_some_and(|it| !it.is_empty());
    let is_ours = schema.get(rust_type::KEY).is_some();
    let is_one_of = ["oneOf", "anyOf", "enum"].iter().any(|key| parts(key).is_some());
    !is_ours && (is_one_of || is_merged || has_members)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schemas(schemas: &Value) -> Value {
        let document = Document::new(json!({ "paths": {}, "components": { "schemas": schemas } }));
        let mut document = before_patches(document);
        items_are_components(&mut document);
        document.at("/components/schemas").cloned().unwrap()
    }

    #[test]
    fn null_is_allowed_by_the_references_to_one_of_several() {
        let kind = json!({ "$ref": "#/components/schemas/Kind" });
        let found = schemas(&json!({
            "Kind": { "nullable": true, "oneOf": [{ "type": "string" }, { "type": "integer" }] },
            "A": { "properties": { "a": kind, "b": { "allOf": [kind], "description": "B." } } },
        }));
        assert_eq!(found["Kind"].get("nullable"), None);
        let members = &found["A"]["properties"];
        assert_eq!(members["a"], json!({ "nullable": true, "allOf": [kind] }));
        assert_eq!(members["b"], json!({ "nullable": true, "allOf": [kind], "description": "B." }));
    }

    #[test]
    fn what_a_list_is_made_of_gets_a_name_that_no_other_has() {
        let one_of = json!({ "oneOf": [{ "type": "string" }, { "type": "integer" }] });
        let found = schemas(&json!({
            "A": { "properties": { "b": { "type": "array", "items": one_of }, "c": { "items": { "type": "string" } } } },
            "ABItem": { "type": "string" },
        }));
        assert_eq!(found["A"]["properties"]["b"]["items"]["$ref"], "#/components/schemas/ABItem2");
        assert_eq!(found["ABItem2"], one_of);
        assert_eq!(found.as_object().unwrap().len(), 3);
    }
}
