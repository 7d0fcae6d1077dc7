//! Parameters, request bodies and responses that stand in `components` are copied to where they are used.
//!
//! The patches then need to know one place for each. Schemas stay: they become types.

use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::generate::document::{Document, Place};

/// How often a part may refer to another before it counts as going round in circles.
const DEEPEST: usize = 16;

/// Inlines the parts of each operation, and brings a path's parameters into its operations.
pub(crate) fn parts(document: &mut Document) -> Result<(), Failure> {
    for place in document.places() {
        let shared = shared_parameters(document, &place)?;
        let Some(operation) = document.operation(&place).and_then(Value::as_object) else { continue };
        let operation = inlined(document, &place, operation.clone(), shared)?;
        if let Some(target) = document.operation_mut(&place) {
            *target = operation;
        }
    }
    if let Some(paths) = document.object_mut("/paths") {
        paths.values_mut().filter_map(Value::as_object_mut).for_each(|item| {
            item.shift_remove("parameters");
        });
    }
    if let Some(components) = document.object_mut("/components") {
        for section in ["parameters", "requestBodies", "responses"] {
            components.shift_remove(section);
        }
    }
    Ok(())
}

fn shared_parameters(document: &Document, place: &Place) -> Result<Vec<Value>, Failure> {
    let item = document.at("/paths").and_then(|paths| paths.get(&place.path));
    let parameters = item.and_then(|item| item.get("parameters")).and_then(Value::as_array);
    parameters.into_iter().flatten().map(|parameter| resolved(document, place, parameter)).collect()
}

fn inlined(
    document: &Document,
    place: &Place,
    mut operation: Map<String, Value>,
    shared: Vec<Value>,
) -> Result<Map<String, Value>, Failure> {
    if let Some(parameters) = operation.get_mut("parameters").and_then(Value::as_array_mut) {
        for parameter in parameters {
            *parameter = resolved(document, place, parameter)?;
        }
    }
    if !shared.is_empty() {
        let own = operation.entry("parameters").or_insert_with(|| Value::Array(Vec::new()));
        if let Some(own) = own.as_array_mut() {
            let mut all: Vec<Value> = shared
                .into_iter()
                .filter(|parameter| own.iter().all(|own| key(own) != key(parameter)))
                .collect();
            all.append(own);
            *own = all;
        }
    }
    if let Some(body) = operation.get_mut("requestBody") {
        *body = resolved(document, place, body)?;
    }
    for (_, response) in operation.get_mut("responses").and_then(Value::as_object_mut).into_iter().flatten() {
        *response = resolved(document, place, response)?;
    }
    Ok(operation)
}

fn key(parameter: &Value) -> (Option<&Value>, Option<&Value>) {
    (parameter.get("in"), parameter.get("name"))
}

/// What `part` is, or refers to.
fn resolved(document: &Document, place: &Place, part: &Value) -> Result<Value, Failure> {
    let mut part = part;
    for _ in 0..DEEPEST {
        let Some(pointer) = part.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix('#'))
        else {
            return Ok(part.clone());
        };
        let Some(next) = document.at(pointer) else { break };
        part = next;
    }
    Err(Failure::at(
        place,
        "a reference of a parameter, body or response goes round in circles: let it lead to the thing itself",
    ))
}
