//! Puts a type of ours in the place of a generated one, through progenitor's own `x-rust-type`.
//!
//! Always at the property, never on a component: there the generator would make a newtype around it.

use serde_json::{Map, Value, json};

use crate::generate::document::SCHEMA_PREFIX;

/// The crate that holds the types, as Cargo and as Rust spell it.
pub(crate) const CORE_PACKAGE: &str = "gocardless-bank-data-core";
pub(crate) const CORE_PATH: &str = "gocardless_bank_data_core";

/// The key of the extension.
pub(crate) const KEY: &str = "x-rust-type";

/// Gives `schema` the type `name` of core. False if it has one already.
pub(crate) fn set(schema: &mut Map<String, Value>, name: &str, parameters: &[Value]) -> bool {
    if schema.contains_key(KEY) {
        return false;
    }
    let mut extension =
        json!({ "crate": CORE_PACKAGE, "version": "*", "path": format!("{CORE_PATH}::{name}") });
    if let (false, Some(members)) = (parameters.is_empty(), extension.as_object_mut()) {
        members.insert("parameters".to_owned(), parameters.into());
    }
    schema.insert(KEY.to_owned(), extension);
    true
}

/// Gives a plain string or integer the type `name`; a reference to a component is replaced by a string of that type.
pub(crate) fn set_value(schema: &mut Map<String, Value>, name: &str) -> bool {
    if schema.contains_key(KEY) {
        return false;
    }
    if schema.remove("allOf").is_some() {
        let mut plain = Map::from_iter([("type".to_owned(), json!("string"))]);
        plain.append(schema);
        *schema = plain;
    }
    matches!(schema.get("type").and_then(Value::as_str), Some("string" | "integer")) && set(schema, name, &[])
}

/// Wraps what `schema` is now in the type `name` of core, as in `OrEmpty<Vec<T>>`.
pub(crate) fn wrap(schema: &mut Map<String, Value>, name: &str) -> bool {
    let mut inner = schema.clone();
    for key in ["description", "nullable", "readOnly"] {
        inner.remove(key);
    }
    let inner = plain_reference(&inner).unwrap_or(Value::Object(inner));
    set(schema, name, &[inner])
}

/// The reference inside `allOf: [{$ref}]`, which is how the vendor writes members that are objects.
pub(crate) fn plain_reference(schema: &Map<String, Value>) -> Option<Value> {
    let [part] = schema.get("allOf")?.as_array()?.as_slice() else { return None };
    let reference = part.get("$ref")?.as_str()?;
    reference.starts_with(SCHEMA_PREFIX).then(|| json!({ "$ref": reference }))
}
