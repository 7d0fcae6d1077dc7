//! What a schema is once its wrapping is off: `allOf` with one part is that part, as the vendor writes every reference
//! that needs a description.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::generate::document::{Document, SCHEMA_PREFIX};

/// Keys that wrap other schemas.
pub(crate) const COMPOSITIONS: [&str; 3] = ["allOf", "oneOf", "anyOf"];

/// Keys with nothing but words, titles and examples.
pub(crate) const WORDS: [&str; 6] =
    ["description", "summary", "title", "example", "examples", "externalDocs"];

/// A schema without its wrapping.
#[derive(Clone, Debug, Default)]
pub(crate) struct Face {
    /// The name of the component that it refers to.
    pub(crate) reference: Option<String>,
    /// All that is said here: what the wrapping says goes before what the wrapped schema says.
    pub(crate) keys: Map<String, Value>,
}

impl Face {
    pub(crate) fn of(schema: &Value) -> Self {
        let mut keys = schema.as_object().cloned().unwrap_or_default();
        while let Some(part) = only_part(&keys) {
            for key in COMPOSITIONS {
                keys.shift_remove(key);
            }
            for (key, value) in part {
                keys.entry(key).or_insert(value);
            }
        }
        let reference = keys.shift_remove("$ref");
        let reference =
            reference.as_ref().and_then(Value::as_str).and_then(|text| text.strip_prefix(SCHEMA_PREFIX));
        Self { reference: reference.map(str::to_owned), keys }
    }

    /// The schema with the component that it refers to in the reference's place.
    pub(crate) fn resolved(self, document: &Document) -> Self {
        let mut face = self;
        let mut seen = BTreeSet::new();
        while let Some(name) = face.reference.take() {
            let Some(target) = document.schema(&name).filter(|_| seen.insert(name)) else { break };
            let inner = Self::of(target);
            for (key, value) in inner.keys {
                face.keys.entry(key).or_insert(value);
            }
            face.reference = inner.reference;
        }
        face
    }

    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.keys.get(key).and_then(Value::as_str)
    }

    pub(crate) fn is(&self, key: &str) -> bool {
        self.keys.get(key).and_then(Value::as_bool).unwrap_or_default()
    }

    pub(crate) fn list(&self, key: &str) -> &[Value] {
        self.keys.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The part of a composition that has only one.
fn only_part(keys: &Map<String, Value>) -> Option<Map<String, Value>> {
    let mut parts = COMPOSITIONS.iter().filter_map(|key| keys.get(*key)).map(Value::as_array);
    match (parts.next()?, parts.next()) {
        (Some(list), None) => match list.as_slice() {
            [part] => part.as_object().cloned(),
            _ => None,
        },
        _ => None,
    }
}

/// What a schema is, without its words and with all that it refers to written out; equal for equal shapes.
pub(crate) fn shape(document: &Document, schema: &Value) -> Value {
    expanded(document, schema, &mut Vec::new())
}

fn expanded(document: &Document, schema: &Value, way: &mut Vec<String>) -> Value {
    let face = Face::of(schema);
    let reference = face.reference.clone();
    if let Some(name) = &reference {
        if let Some(depth) = way.iter().rev().position(|known| known == name) {
            return json!({ "again": depth });
        }
        way.push(name.clone());
    }
    let face = if reference.is_some() { once(face, document) } else { face };
    let mut shape = Map::new();
    for (key, value) in &face.keys {
        if WORDS.contains(&key.as_str()) || key.starts_with("x-") {
            continue;
        }
        let value = match (key.as_str(), value) {
            ("properties", Value::Object(members)) => Value::Object(
                members
                    .iter()
                    .map(|(name, member)| (name.clone(), expanded(document, member, way)))
                    .collect(),
            ),
            ("items" | "not" | "additionalProperties", Value::Object(_)) => expanded(document, value, way),
            ("allOf" | "oneOf" | "anyOf", Value::Array(parts)) => {
                parts.iter().map(|part| expanded(document, part, way)).collect()
            }
            ("required" | "enum", Value::Array(items)) => sorted(items),
            _ => value.clone(),
        };
        shape.insert(key.clone(), value);
    }
    if let Some(inner) = face.reference {
        let reference = json!({ "$ref": format!("{SCHEMA_PREFIX}{inner}") });
        shape.insert("is".to_owned(), expanded(document, &reference, way));
    }
    if reference.is_some() {
        way.pop();
    }
    Value::Object(shape)
}

/// The face with its reference followed by one step.
fn once(face: Face, document: &Document) -> Face {
    let target = face.reference.as_ref().and_then(|name| document.schema(name));
    let inner = target.map(Face::of).unwrap_or_default();
    let mut keys = face.keys;
    for (key, value) in inner.keys {
        keys.entry(key).or_insert(value);
    }
    Face { reference: inner.reference, keys }
}

fn sorted(items: &[Value]) -> Value {
    let mut items = items.to_vec();
    items.sort_by_key(ToString::to_string);
    Value::Array(items)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrapped_reference_is_the_reference_with_its_words() {
        let wrapped = json!({ "allOf": [{ "$ref": "#/components/schemas/A" }], "nullable": true });
        let face = Face::of(&wrapped);
        assert_eq!(face.reference.as_deref(), Some("A"));
        assert!(face.is("nullable"));
    }

    #[test]
    fn shapes_of_schemas_that_contain_themselves_are_finite() {
        let node =
            |name: &str| json!({ "properties": { "next": { "$ref": format!("{SCHEMA_PREFIX}{name}") } } });
        let document =
            |name: &str| Document::new(json!({ "components": { "schemas": { name: node(name) } } }));
        let reference = |name: &str| json!({ "$ref": format!("{SCHEMA_PREFIX}{name}") });
        assert_eq!(shape(&document("A"), &reference("A")), shape(&document("B"), &reference("B")));
    }
}
