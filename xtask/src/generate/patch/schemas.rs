//! Walks over the schemas of requests or of responses, and what else patches do to schemas in bulk.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::generate::document::{self, Document, schema_pointer};

/// Where a schema is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Parameter,
    Request,
    Response,
}

pub(crate) const EVERYWHERE: [Side; 3] = [Side::Parameter, Side::Request, Side::Response];

/// Calls `visit` with each schema of the given sides: the components they reach and those written in the operations.
///
/// A component that requests and responses reach counts as a response: it must be read without refusal.
pub(crate) fn each_schema_mut(
    document: &mut Document,
    sides: &[Side],
    visit: &mut dyn FnMut(&mut Map<String, Value>),
) {
    let responses = document.schemas_of_responses();
    let requests = document.schemas_of_requests();
    for name in document.schema_names() {
        let side = if responses.contains(&name) { Side::Response } else { Side::Request };
        let reached = responses.contains(&name) || requests.contains(&name);
        if let (true, true, Some(schema)) = (reached, sides.contains(&side), document.schema_mut(&name)) {
            document::each_schema_mut(schema, visit);
        }
    }
    for place in document.places() {
        let Some(operation) = document.operation_mut(&place) else { continue };
        if sides.contains(&Side::Parameter) {
            let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
            for schema in parameters.into_iter().flatten().filter_map(|parameter| parameter.get_mut("schema"))
            {
                document::each_schema_mut(schema, visit);
            }
        }
        if sides.contains(&Side::Request) {
            operation.get_mut("requestBody").into_iter().for_each(|body| each_of_content(body, visit));
        }
        if sides.contains(&Side::Response) {
            let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
            responses.into_iter().flatten().for_each(|(_, response)| each_of_content(response, visit));
        }
    }
}

fn each_of_content(holder: &mut Value, visit: &mut dyn FnMut(&mut Map<String, Value>)) {
    let content = holder.get_mut("content").and_then(Value::as_object_mut);
    for schema in content.into_iter().flatten().filter_map(|(_, media_type)| media_type.get_mut("schema")) {
        document::each_schema_mut(schema, visit);
    }
}

/// Calls `change` on each schema that `place` names (`Schema.member`, `*.member`, or `Schema.member[]` for its items), and
/// counts those that it says it changed.
pub(crate) fn at_place(
    document: &mut Document,
    place: &str,
    change: &mut dyn FnMut(&mut Map<String, Value>) -> bool,
) -> usize {
    let (place, items) = place.strip_suffix("[]").map_or((place, false), |place| (place, true));
    let Some((schema, member)) = place.split_once('.') else { return 0 };
    let schemas = if schema == "*" { document.schema_names() } else { vec![schema.to_owned()] };
    let mut changed = 0;
    for schema in schemas {
        let Some(found) = document.member_mut(&schema, member) else { continue };
        let target = if items { found.get_mut("items").and_then(Value::as_object_mut) } else { Some(found) };
        changed += usize::from(target.is_some_and(&mut *change));
    }
    changed
}

/// Whether an answer of component `twin` is a good one of component `name`: both require the same members, and `name` has each
/// member of `twin` with the same type. What it has besides may be missing.
pub(crate) fn fits(document: &Document, twin: &str, name: &str) -> bool {
    let (Some(twin), Some((required, members))) = (shape(document, twin), shape(document, name)) else {
        return false;
    };
    twin.0 == required && twin.1.iter().all(|(member, kind)| members.get(member) == Some(kind))
}

/// The members that a component requires, and the types of all of its members, without the words about them.
fn shape(document: &Document, name: &str) -> Option<(BTreeSet<String>, Map<String, Value>)> {
    let schema = document.schema(name)?;
    let required = schema.get("required")?.as_array()?.iter().filter_map(Value::as_str).map(str::to_owned);
    let members = schema.get("properties")?.as_object()?;
    let types = members.iter().map(|(name, member)| {
        let kind = member.get("type").or_else(|| member.get("allOf")).or_else(|| member.get("$ref"));
        (name.clone(), kind.cloned().unwrap_or_default())
    });
    Some((required.collect(), types.collect()))
}

/// Whether `schema` requires its member `name`.
pub(crate) fn is_required(schema: &Map<String, Value>, name: &str) -> bool {
    let required = schema.get("required").and_then(Value::as_array);
    required.is_some_and(|names| names.iter().any(|required| required == name))
}

/// Makes a member of a component one that may be missing, and counts what changed.
pub(crate) fn no_longer_required(document: &mut Document, name: &str, member: &str) -> usize {
    let Some(schema) = document.schema_mut(name).and_then(Value::as_object_mut) else { return 0 };
    let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) else { return 0 };
    let before = required.len();
    required.retain(|entry| entry.as_str() != Some(member));
    let (changed, is_empty) = (before - required.len(), required.is_empty());
    if is_empty {
        schema.shift_remove("required");
    }
    changed
}

/// Gives component `from` the name `to`, here and in each reference. False if there is none.
pub(crate) fn rename(document: &mut Document, from: &str, to: &str) -> bool {
    let Some(schemas) = document.object_mut("/components/schemas") else { return false };
    if !schemas.contains_key(from) || schemas.contains_key(to) {
        return false;
    }
    // In the same place, so that client.json can be compared with contract.json.
    *schemas = std::mem::take(schemas)
        .into_iter()
        .map(|(name, schema)| (if name == from { to.to_owned() } else { name }, schema))
        .collect();
    redirect(document, from, to);
    true
}

/// Makes each reference to component `from` one to component `to`, and counts them.
pub(crate) fn redirect(document: &mut Document, from: &str, to: &str) -> usize {
    let (from, to) = (format!("#{}", schema_pointer(from)), format!("#{}", schema_pointer(to)));
    let mut pointers = Vec::new();
    document::walk(document.root(), "", &mut |pointer, value| {
        if value.get("$ref").and_then(Value::as_str) == Some(&from) {
            pointers.push(pointer.to_owned());
        }
    });
    for pointer in &pointers {
        if let Some(holder) = document.object_mut(pointer) {
            holder.insert("$ref".to_owned(), json!(to));
        }
    }
    pointers.len()
}
