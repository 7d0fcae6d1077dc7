//! The places of a document that may have a description, each with a key that is the same in another document.
//!
//! A key names an operation by method and path without the names of its parameters, a parameter by its position or name,
//! a member by its schema and name. So a sentence finds its place although the vendor moved or renamed things around it.

use serde_json::{Map, Value};

use crate::diff::{parameter_names, path_template};
use crate::generate::document::METHODS;

/// What is at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Info,
    Operation,
    Parameter,
    Body,
    Response,
    MediaType,
    Header,
    Schema,
    /// Path items, servers, tags, security schemes.
    Other,
}

/// Called with key, kind and object of each place.
pub(super) type Visit<'v> = dyn FnMut(&str, Kind, &mut Map<String, Value>) + 'v;

/// Visits each place of the document.
pub(super) fn each(document: &mut Value, visit: &mut Visit<'_>) {
    one(document.get_mut("info"), "info", Kind::Info, visit);
    for (list, key) in [("servers", "url"), ("tags", "name")] {
        for entry in document.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            let name = entry.get(key).and_then(Value::as_str).unwrap_or_default();
            let name = format!("{list}:{name}");
            one(Some(entry), &name, Kind::Other, visit);
        }
    }
    for (path, item) in members(document.get_mut("paths")) {
        let key = format!("path {}", path_template(path));
        one(Some(item), &key, Kind::Other, visit);
        parameters(item.get_mut("parameters"), &key, path, visit);
        for method in METHODS {
            let Some(operation) = item.get_mut(method) else { continue };
            self::operation(operation, &operation_key(method, path), path, visit);
        }
    }
    let Some(components) = document.get_mut("components") else { return };
    for (name, schema) in members(components.get_mut("schemas")) {
        self::schema(Some(schema), &schema_key(name), visit);
    }
    for (name, part) in members(components.get_mut("parameters")) {
        parameter(part, &format!("parameters {name}"), visit);
    }
    for (name, part) in members(components.get_mut("responses")) {
        response(part, &format!("responses {name}"), visit);
    }
    for (name, part) in members(components.get_mut("requestBodies")) {
        body(part, &format!("requestBodies {name}"), visit);
    }
    for (name, part) in members(components.get_mut("securitySchemes")) {
        one(Some(part), &format!("securitySchemes {name}"), Kind::Other, visit);
    }
}

/// The key of an operation, and the beginning of the keys of all that is in it.
pub(super) fn operation_key(method: &str, path: &str) -> String {
    format!("{} {}", method.to_ascii_uppercase(), path_template(path))
}

/// The key of a component schema, and the beginning of the keys of its members.
pub(super) fn schema_key(name: &str) -> String {
    format!("schema {name}")
}

/// The beginnings of a key that may be the key of something that holds its place, the shortest first, itself excluded.
pub(super) fn holders(key: &str) -> impl Iterator<Item = &str> {
    let separators = if key.starts_with("schema ") { ['.', '[', '{', '<'].as_slice() } else { &[','] };
    key.match_indices(separators).filter_map(|(end, _)| key.get(..end))
}

fn members(value: Option<&mut Value>) -> impl Iterator<Item = (&String, &mut Value)> {
    value.and_then(Value::as_object_mut).into_iter().flatten()
}

fn one(value: Option<&mut Value>, key: &str, kind: Kind, visit: &mut Visit<'_>) {
    if let Some(object) = value.and_then(Value::as_object_mut).filter(|object| !object.contains_key("$ref")) {
        visit(key, kind, object);
    }
}

fn operation(operation: &mut Value, key: &str, path: &str, visit: &mut Visit<'_>) {
    one(Some(operation), key, Kind::Operation, visit);
    parameters(operation.get_mut("parameters"), key, path, visit);
    if let Some(part) = operation.get_mut("requestBody") {
        body(part, &format!("{key}, body"), visit);
    }
    for (status, part) in members(operation.get_mut("responses")) {
        response(part, &format!("{key}, response {status}"), visit);
    }
}

fn parameters(list: Option<&mut Value>, key: &str, path: &str, visit: &mut Visit<'_>) {
    let names = parameter_names(path);
    for part in list.and_then(Value::as_array_mut).into_iter().flatten() {
        let text = |key: &str| part.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (place, name) = (text("in"), text("name"));
        // Parameters of a path are positions; their names may change.
        let position = names.iter().position(|known| *known == name).filter(|_| place == "path");
        let name = position.map_or(name, |position| (position + 1).to_string());
        parameter(part, &format!("{key}, {place} parameter {name}"), visit);
    }
}

fn parameter(part: &mut Value, key: &str, visit: &mut Visit<'_>) {
    one(Some(part), key, Kind::Parameter, visit);
    schema(part.get_mut("schema"), &format!("{key}: "), visit);
    content(part, key, visit);
}

fn body(part: &mut Value, key: &str, visit: &mut Visit<'_>) {
    one(Some(part), key, Kind::Body, visit);
    content(part, key, visit);
}

fn response(part: &mut Value, key: &str, visit: &mut Visit<'_>) {
    one(Some(part), key, Kind::Response, visit);
    content(part, key, visit);
    for (name, header) in members(part.get_mut("headers")) {
        let key = format!("{key}, header {name}");
        one(Some(header), &key, Kind::Header, visit);
        schema(header.get_mut("schema"), &format!("{key}: "), visit);
    }
}

fn content(holder: &mut Value, key: &str, visit: &mut Visit<'_>) {
    for (media_type, part) in members(holder.get_mut("content")) {
        let key = format!("{key}, {media_type}");
        one(Some(part), &key, Kind::MediaType, visit);
        schema(part.get_mut("schema"), &format!("{key}: "), visit);
    }
}

fn schema(value: Option<&mut Value>, key: &str, visit: &mut Visit<'_>) {
    let Some(value) = value else { return };
    one(Some(value), key, Kind::Schema, visit);
    for (name, member) in members(value.get_mut("properties")) {
        schema(Some(member), &format!("{key}.{name}"), visit);
    }
    schema(value.get_mut("items"), &format!("{key}[]"), visit);
    schema(value.get_mut("additionalProperties"), &format!("{key}{{}}"), visit);
    schema(value.get_mut("not"), &format!("{key}<not>"), visit);
    for composition in ["allOf", "oneOf", "anyOf"] {
        let parts = value.get_mut(composition).and_then(Value::as_array_mut);
        for (index, part) in parts.into_iter().flatten().enumerate() {
            schema(Some(part), &format!("{key}<{composition} {index}>"), visit);
        }
    }
}
