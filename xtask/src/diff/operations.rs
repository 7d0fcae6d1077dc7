//! Two operations side by side.

use serde_json::{Map, Value};

use super::change::{Changes, Spot, Travel, Verdict};
use super::schemas::Schemas;
use super::{content, limits, pairs, parameters, security};
use crate::generate::document::Place;

/// Keys of an operation that have a rule of their own.
const KNOWN: [&str; 5] = ["operationId", "parameters", "requestBody", "responses", "security"];

/// Notes what changed about all operations.
pub(crate) fn operations(schemas: &Schemas<'_>, changes: &mut Changes) {
    for pair in pairs::operations(schemas.old, schemas.new) {
        match pair {
            (Some(old), Some(new)) => operation(schemas, &old, &new, changes),
            (None, Some(new)) => {
                let spot = Spot::same(new.to_string(), &new.pointer());
                changes.add(
                    Verdict::Compatible,
                    &spot,
                    format!("is a new operation{}", called(schemas.new.operation(&new))),
                );
            }
            (Some(old), None) => {
                let spot = Spot::same(old.to_string(), &old.pointer());
                let id = called(schemas.old.operation(&old));
                changes.gone(Verdict::Breaking, &spot, format!("is gone{id}"));
            }
            (None, None) => {}
        }
    }
    items(schemas, changes);
}

fn called(operation: Option<&Value>) -> String {
    let id = operation.and_then(|operation| operation.get("operationId")).and_then(Value::as_str);
    id.map(|id| format!(", `{id}`")).unwrap_or_default()
}

fn operation(schemas: &Schemas<'_>, old: &Place, new: &Place, changes: &mut Changes) {
    let spot = Spot::new(new.to_string(), old.pointer(), new.pointer());
    place(&spot, old, new, changes);
    let empty = Map::new();
    let keys = |document: &'_ crate::generate::document::Document, place: &Place| {
        document.operation(place).and_then(Value::as_object).unwrap_or(&empty).clone()
    };
    let (before, after) = (keys(schemas.old, old), keys(schemas.new, new));
    let id = |keys: &Map<String, Value>| keys.get("operationId").and_then(Value::as_str).map(str::to_owned);
    if id(&before) != id(&after) {
        let quoted = |id: Option<String>| id.map_or_else(|| "nothing".to_owned(), |id| format!("`{id}`"));
        let words = format!(
            "is called {} now, was {}: our names go by method and path",
            quoted(id(&after)),
            quoted(id(&before))
        );
        changes.add(Verdict::Compatible, &spot.below("operationId"), words);
    }
    limits::words(&spot, (&before, &after), changes);
    limits::others(&spot, Travel::Both, (&before, &after), &KNOWN, changes);
    security::operation(schemas, &spot, (&before, &after), changes);
    parameters::parameters(schemas, &spot, (old, new), (&before, &after), changes);
    content::body(schemas, &spot, (before.get("requestBody"), after.get("requestBody")), changes);
    content::responses(schemas, &spot, (before.get("responses"), after.get("responses")), changes);
}

fn place(spot: &Spot, old: &Place, new: &Place, changes: &mut Changes) {
    if pairs::bare(&old.path) != pairs::bare(&new.path) {
        changes.add(Verdict::Breaking, spot, format!("the path is `{}` now, was `{}`", new.path, old.path));
    } else if old.path != new.path {
        let words =
            format!("the path is written `{}` now, was `{}`: the same on the wire", new.path, old.path);
        changes.add(Verdict::Compatible, spot, words);
    }
    if old.method != new.method {
        changes.add(Verdict::Breaking, spot, format!("the method is {} now, was {}", new.method, old.method));
    }
}

/// What stands beside the methods of a path; parameters have been brought into the operations.
fn items(schemas: &Schemas<'_>, changes: &mut Changes) {
    let paths = |document: &crate::generate::document::Document| {
        document.at("/paths").and_then(Value::as_object).cloned().unwrap_or_default()
    };
    let before = paths(schemas.old);
    for (path, item) in paths(schemas.new) {
        let Some((old, known)) = before.iter().find(|(other, _)| pairs::bare(other) == pairs::bare(&path))
        else {
            continue;
        };
        let pointer = |path: &str| format!("/paths/{}", crate::generate::document::escape(path));
        let spot = Spot::new(path.clone(), pointer(old), pointer(&path));
        if let (Some(known), Some(item)) = (known.as_object(), item.as_object()) {
            limits::words(&spot, (known, item), changes);
            limits::others(&spot, Travel::Both, (known, item), &crate::generate::document::METHODS, changes);
        }
    }
}
