//! Walks over the schemas of requests or of responses, and what else patches do to schemas in bulk.

use serde_json::{Map, Value, json};

use crate::generate::document::{self, Document, schema_pointer};

/// Which way a schema travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Request,
    Response,
}

/// Calls `visit` with each schema of the given sides: the components they reach and those written in the operations.
///
/// A component that both sides reach counts as a response: what must be read without refusal wins.
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
        if sides.contains(&Side::Request) {
            let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
            for schema in parameters.into_iter().flatten().filter_map(|parameter| parameter.get_mut("schema"))
            {
                document::each_schema_mut(schema, visit);
            }
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

/// The names and types of a component's members, without the words about them.
pub(crate) fn shape(document: &Document, name: &str) -> Option<Value> {
    let schema = document.schema(name)?;
    let mut required: Vec<&str> =
        schema.get("required")?.as_array()?.iter().filter_map(Value::as_str).collect();
    required.sort_unstable();
    let members = schema.get("properties")?.as_object()?;
    let types = members.iter().map(|(name, member)| {
        let kind = member.get("type").or_else(|| member.get("allOf")).or_else(|| member.get("$ref"));
        (name.clone(), kind.cloned().unwrap_or_default())
    });
    Some(json!({ "required": required, "members": types.collect::<Map<_, _>>() }))
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
