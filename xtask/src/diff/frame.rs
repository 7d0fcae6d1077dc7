//! What stands around paths and schemas: version, info, servers, tags, security schemes.

use serde_json::{Map, Value};

use super::change::{Changes, Spot, Travel, Verdict};
use super::limits;
use super::schemas::Schemas;
use crate::generate::document::{Document, escape};

/// Notes what changed about the frame.
pub(crate) fn frame(schemas: &Schemas<'_>, changes: &mut Changes) {
    let (old, new) = (schemas.old, schemas.new);
    version(old, new, changes);
    info(old, new, changes);
    servers(old, new, changes);
    schemes(old, new, changes);
    let spot = Spot::same("document", "");
    let known = ["openapi", "info", "servers", "paths", "components", "security"];
    let (before, after) = (object(old, ""), object(new, ""));
    limits::words(&spot, (&before, &after), changes);
    limits::others(&spot, Travel::Both, (&before, &after), &known, changes);
    let known = ["schemas", "securitySchemes", "parameters", "responses", "requestBodies"];
    let components = spot.below("components");
    let (before, after) = (object(old, "/components"), object(new, "/components"));
    limits::words(&components, (&before, &after), changes);
    limits::others(&components, Travel::Nowhere, (&before, &after), &known, changes);
}

fn object(document: &Document, pointer: &str) -> Map<String, Value> {
    document.at(pointer).and_then(Value::as_object).cloned().unwrap_or_default()
}

fn version(old: &Document, new: &Document, changes: &mut Changes) {
    let (before, after) = (old.at("/openapi"), new.at("/openapi"));
    if let (Some(before), Some(after)) = (before, after)
        && before != after
    {
        let words = format!("the version of OpenAPI is {after} now, was {before}");
        changes.add(Verdict::Compatible, &Spot::same("document", "/openapi"), words);
    }
}

/// Our own note of where the document came from is no change of the document.
fn info(old: &Document, new: &Document, changes: &mut Changes) {
    let spot = Spot::same("document", "/info");
    let (mut before, mut after) = (object(old, "/info"), object(new, "/info"));
    before.shift_remove("x-provenance");
    after.shift_remove("x-provenance");
    for key in ["version", "contact", "license", "termsOfService"] {
        let pair = (before.shift_remove(key), after.shift_remove(key));
        if pair.0 != pair.1 {
            let quoted =
                |value: Option<Value>| value.map_or_else(|| "nothing".to_owned(), |value| value.to_string());
            let words = format!("the {key} is {} now, was {}", quoted(pair.1), quoted(pair.0));
            changes.add(Verdict::TextOnly, &spot.below(key), words);
        }
    }
    limits::words(&spot, (&before, &after), changes);
    limits::others(&spot, Travel::Both, (&before, &after), &[], changes);
}

fn servers(old: &Document, new: &Document, changes: &mut Changes) {
    let list = |document: &Document| -> Vec<Value> {
        document.at("/servers").and_then(Value::as_array).cloned().unwrap_or_default()
    };
    let url = |server: &Value| server.get("url").and_then(Value::as_str).unwrap_or_default().to_owned();
    let (before, after) = (list(old), list(new));
    let known =
        |servers: &[Value], server: &Value| servers.iter().position(|other| url(other) == url(server));
    for (index, server) in after.iter().enumerate() {
        let Some(position) = known(&before, server) else {
            let spot = Spot::same("document", &format!("/servers/{index}"));
            changes.add(Verdict::Compatible, &spot, format!("the server `{}` is new", url(server)));
            continue;
        };
        let spot = Spot::new("document", format!("/servers/{position}"), format!("/servers/{index}"));
        if let (Some(Some(before)), Some(after)) =
            (before.get(position).map(Value::as_object), server.as_object())
        {
            limits::words(&spot, (before, after), changes);
            limits::others(&spot, Travel::Both, (before, after), &["url"], changes);
        }
    }
    for (index, server) in before.iter().enumerate().filter(|(_, server)| known(&after, server).is_none()) {
        let spot = Spot::same("document", &format!("/servers/{index}"));
        changes.gone(Verdict::Breaking, &spot, format!("the server `{}` is gone", url(server)));
    }
}

fn schemes(old: &Document, new: &Document, changes: &mut Changes) {
    let (before, after) =
        (object(old, "/components/securitySchemes"), object(new, "/components/securitySchemes"));
    let at = |name: &str| {
        let pointer = format!("/components/securitySchemes/{}", escape(name));
        Spot::same("document", &pointer).called(format!("security scheme `{name}`"))
    };
    for (name, scheme) in &after {
        let spot = at(name);
        match before.get(name) {
            Some(known) if known != scheme => {
                let empty = Map::new();
                let keys = (known.as_object().unwrap_or(&empty), scheme.as_object().unwrap_or(&empty));
                limits::words(&spot, keys, changes);
                limits::others(&spot, Travel::Both, keys, &[], changes);
            }
            Some(_) => {}
            None => changes.add(Verdict::Compatible, &spot, "is new"),
        }
    }
    for name in before.keys().filter(|name| !after.contains_key(*name)) {
        changes.gone(Verdict::Compatible, &at(name), "is gone: what it guarded is said beside this");
    }
}
