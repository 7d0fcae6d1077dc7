//! A schema in words: its type, its default and its limits.

use serde_json::{Map, Value};

use super::operation::component;
use crate::generate::document::Document;

/// `string (uuid)`, `array of string`, or the name of a component.
pub(super) fn kind(contract: &Document, schema: &Map<String, Value>) -> String {
    if let Some(name) = component(&Value::Object(schema.clone())) {
        let is_word = contract.schema(&name).is_some_and(|schema| schema.get("enum").is_some());
        return if is_word { format!("string (`{name}`)") } else { format!("`{name}`") };
    }
    let plain = schema.get("type").and_then(Value::as_str).unwrap_or("any");
    let items = schema.get("items").and_then(Value::as_object).filter(|items| !items.is_empty());
    match (plain, schema.get("format").and_then(Value::as_str), items) {
        ("array", _, Some(items)) => format!("array of {}", kind(contract, items)),
        (plain, Some(format), _) => format!("{plain} ({format})"),
        (plain, None, _) => plain.to_owned(),
    }
}

/// What the server takes if nothing is sent.
pub(super) fn default(schema: &Map<String, Value>) -> String {
    schema.get("default").map(|default| format!("`{}`", spaced(default))).unwrap_or_default()
}

/// Every limit, those without words of their own as the contract writes them.
pub(super) fn limits(schema: &Map<String, Value>) -> String {
    const AS_WRITTEN: [&str; 9] = [
        "pattern",
        "enum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minItems",
        "maxItems",
        "uniqueItems",
        "additionalProperties",
    ];
    let range = |least: &str, most: &str, unit: &str| {
        let (least, most) = (schema.get(least).map(Value::to_string), schema.get(most).map(Value::to_string));
        Some(match (least, most) {
            (Some(least), Some(most)) => format!("{least} to {most}{unit}"),
            (Some(least), None) if least == "1" => format!("at least 1{}", unit.trim_end_matches('s')),
            (Some(least), None) => format!("at least {least}{unit}"),
            (None, Some(most)) => format!("at most {most}{unit}"),
            (None, None) => return None,
        })
    };
    let as_written =
        AS_WRITTEN.iter().filter_map(|key| Some(format!("{key} `{}`", spaced(schema.get(*key)?))));
    let nullable = schema.get("nullable") == Some(&Value::Bool(true));
    let mut limits: Vec<String> = range("minLength", "maxLength", " characters").into_iter().collect();
    limits.extend(range("minimum", "maximum", ""));
    limits.extend(as_written);
    limits.extend(nullable.then(|| "may be `null`".to_owned()));
    limits.join(", ")
}

/// JSON in one line with a blank after each comma, so that a long one can be broken there.
fn spaced(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(spaced).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}
