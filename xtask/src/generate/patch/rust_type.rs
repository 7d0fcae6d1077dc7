//! Puts a type of ours in the place of a generated one, through progenitor's own `x-rust-type`.
//!
//! Always at the property, never on a component: there the generator would make a newtype around it.

use serde_json::{Map, Value, json};

use crate::generate::document::SCHEMA_PREFIX;

/// The crate that holds the types, as Cargo and as Rust spell it.
pub(crate) const TYPES_PACKAGE: &str = "gocardless-bank-data-types";
pub(crate) const TYPES_PATH: &str = "gocardless_bank_data_types";

/// The key of the extension.
pub(crate) const KEY: &str = "x-rust-type";

/// Gives `schema` the type `name` of ours. False if it has one already.
pub(crate) fn set(schema: &mut Map<String, Value>, name: &str, parameters: &[Value]) -> bool {
    if schema.contains_key(KEY) {
        return false;
    }
    schema.insert(KEY.to_owned(), extension(name, parameters));
    true
}

/// The extension that names the type `name` of ours around `parameters`.
pub(crate) fn extension(name: &str, parameters: &[Value]) -> Value {
    let mut extension =
        json!({ "crate": TYPES_PACKAGE, "version": "*", "path": format!("{TYPES_PATH}::{name}") });
    if let (false, Some(members)) = (parameters.is_empty(), extension.as_object_mut()) {
        members.insert("parameters".to_owned(), parameters.into());
    }
    extension
}

/// Gives a plain string, integer or object without members the type `name`; a reference to a component is replaced by a string of that type.
pub(crate) fn set_value(schema: &mut Map<String, Value>, name: &str) -> bool {
    if schema.contains_key(KEY) {
        return false;
    }
    if plain_reference(schema).is_some() {
        schema.remove("allOf");
        let mut plain = Map::from_iter([("type".to_owned(), json!("string"))]);
        plain.append(schema);
        *schema = plain;
    }
    let is_plain = match schema.get("type").and_then(Value::as_str) {
        Some("object") => !schema.contains_key("properties"),
        kind => matches!(kind, Some("string" | "integer")),
    };
    is_plain && set_nullable(schema, name, &[])
}

/// As `set`, for a type that does not take null: a schema that does is put around it, because the generator asks a schema
/// that has a type of ours nothing else.
pub(crate) fn set_nullable(schema: &mut Map<String, Value>, name: &str, parameters: &[Value]) -> bool {
    if schema.get("nullable") != Some(&json!(true)) {
        return set(schema, name, parameters);
    }
    let mut inner = Map::new();
    for key in ["type", "format"] {
        inner.extend(schema.remove(key).map(|value| (key.to_owned(), value)));
    }
    set(&mut inner, name, parameters);
    schema.insert("allOf".to_owned(), json!([inner]));
    true
}

/// Puts the type `name` of ours around what `schema` is now, as in `OrEmpty<Vec<T>>`. False if it is there already.
pub(crate) fn wrap(schema: &mut Map<String, Value>, name: &str) -> bool {
    let mut inner = schema.clone();
    for key in ["description", "example", "nullable", "readOnly"] {
        inner.remove(key);
    }
    let inner = plain_reference(&inner).unwrap_or(Value::Object(inner));
    let is_there = is(schema, name);
    if !is_there {
        schema.insert(KEY.to_owned(), extension(name, &[inner]));
    }
    !is_there
}

/// Makes `Entries<T>` of an array of `T`. False if it has a type of ours already.
pub(crate) fn entries(schema: &mut Map<String, Value>) -> bool {
    let items = schema.get("items").cloned().unwrap_or_else(|| json!({}));
    set(schema, "Entries", &[items])
}

/// Whether `schema` has the type `name` of ours.
pub(crate) fn is(schema: &Map<String, Value>, name: &str) -> bool {
    let path = schema.get(KEY).and_then(|extension| extension.get("path")?.as_str());
    path.and_then(|path| path.rsplit("::").next()) == Some(name)
}

/// Whether a member of this schema reads as empty if it is missing.
pub(crate) fn reads_as_empty(schema: &Map<String, Value>) -> bool {
    ["OrEmpty", "Entries", "Unread"].iter().any(|name| is(schema, name))
}

/// The reference inside `allOf: [{$ref}]`, which is how the vendor writes members that are objects.
pub(crate) fn plain_reference(schema: &Map<String, Value>) -> Option<Value> {
    let [part] = schema.get("allOf")?.as_array()?.as_slice() else { return None };
    let reference = part.get("$ref")?.as_str()?;
    reference.starts_with(SCHEMA_PREFIX).then(|| json!({ "$ref": reference }))
}
