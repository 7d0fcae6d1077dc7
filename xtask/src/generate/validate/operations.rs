//! What each operation must have for the generator to make a call of it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::failure::Failure;
use crate::generate::document::{Document, Place};
use crate::generate::names::{self, Unknown};

/// Refuses the first operation that the generator could not take, or that has no name of ours and needs one.
pub(crate) fn check(document: &Document, unknown: Unknown) -> Result<(), Failure> {
    let mut seen = BTreeMap::new();
    for place in document.places() {
        let Some(operation) = document.operation(&place) else { continue };
        operation_id(&place, operation, &mut seen)?;
        success(&place, operation)?;
        body(&place, operation)?;
        parameters(&place, operation)?;
        if unknown == Unknown::Refused && names::stable_name(&place.method, &place.path).is_none() {
            let line = format!("(\"{}\", \"{}\", \"a_name\")", place.method, place.path);
            let file = names::FILE;
            return Err(Failure::at(&place, format_args!("has no stable name: add a line {line} in {file}")));
        }
    }
    Ok(())
}

fn operation_id(place: &Place, operation: &Value, seen: &mut BTreeMap<String, Place>) -> Result<(), Failure> {
    let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default();
    if id.is_empty() {
        return Err(Failure::at(place, "has no operationId: add one that no other operation has"));
    }
    match seen.insert(id.to_owned(), place.clone()) {
        Some(other) => Err(Failure::at(
            place,
            format_args!("has the operationId `{id}` of {other}: give one of them another"),
        )),
        None => Ok(()),
    }
}

/// The generator can return one type of success.
fn success(place: &Place, operation: &Value) -> Result<(), Failure> {
    let responses = operation.get("responses").and_then(Value::as_object);
    let Some(responses) = responses else {
        return Err(Failure::at(place, "has no responses: add at least the successful one"));
    };
    let mut first: Option<(&String, Option<&Value>)> = None;
    for (status, response) in responses.iter().filter(|(status, _)| status.starts_with('2')) {
        let schema =
            response.get("content").and_then(|content| content.get("application/json")?.get("schema"));
        match first {
            Some((other, known)) if known != schema => {
                return Err(Failure::at(
                    place,
                    format_args!(
                        "has two success types, one with {other} and one with {status}: the generator takes one, so \
                         give both the same schema or patch one away in xtask/src/generate/patch/shaping.rs"
                    ),
                ));
            }
            _ => first = first.or(Some((status, schema))),
        }
    }
    Ok(())
}

fn body(place: &Place, operation: &Value) -> Result<(), Failure> {
    let Some(body) = operation.get("requestBody") else { return Ok(()) };
    let json = body.get("content").and_then(|content| content.get("application/json"));
    match json.and_then(|json| json.get("schema")) {
        Some(_) => Ok(()),
        None => Err(Failure::at(
            place,
            "has a request body without a schema for `application/json`, the only kind that is sent: add it",
        )),
    }
}

fn parameters(place: &Place, operation: &Value) -> Result<(), Failure> {
    let mut in_path = Vec::new();
    let parameters = operation.get("parameters").and_then(Value::as_array);
    for parameter in parameters.into_iter().flatten() {
        let text = |key| parameter.get(key).and_then(Value::as_str);
        let Some(name) = text("name") else {
            return Err(Failure::at(place, "has a parameter without a name: name it"));
        };
        if parameter.get("schema").is_none() {
            return Err(Failure::at(
                place,
                format_args!("has a parameter `{name}` without a schema: add one"),
            ));
        }
        match text("in") {
            Some("path") => {
                if parameter.get("required") != Some(&Value::Bool(true)) {
                    return Err(Failure::at(
                        place,
                        format_args!(
                            "has a path parameter `{name}` that is not required: say `required: true`"
                        ),
                    ));
                }
                in_path.push(name);
            }
            Some("query" | "header") => {}
            other => {
                let other = other.unwrap_or("nowhere");
                return Err(Failure::at(
                    place,
                    format_args!(
                        "has a parameter `{name}` in `{other}`: the generator takes path, query and header"
                    ),
                ));
            }
        }
    }
    let pieces = place.path.split('{').skip(1).filter_map(|piece| piece.split_once('}'));
    let named: Vec<&str> = pieces.map(|(name, _)| name).collect();
    if let Some(name) = named.iter().find(|name| !in_path.contains(name)) {
        return Err(Failure::at(
            place,
            format_args!("has `{{{name}}}` in its path and no path parameter of that name: add it"),
        ));
    }
    if let Some(name) = in_path.iter().find(|name| !named.contains(name)) {
        return Err(Failure::at(
            place,
            format_args!(
                "has a path parameter `{name}` that its path does not name: put it there or take it out"
            ),
        ));
    }
    Ok(())
}
