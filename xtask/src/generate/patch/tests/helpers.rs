//! Small documents, and the question that every patch must answer: was I applied?

use serde_json::{Map, Value, json};

use crate::generate::document::Document;
use crate::generate::patch::record::Patch;

/// A document with one operation whose answer reaches all of `schemas`.
pub(crate) fn answer(schemas: &Value) -> Document {
    let response = json!({ "200": { "content": { "application/json": { "schema": all(schemas) } } } });
    document(&json!({ "get": { "responses": response } }), schemas)
}

/// A document with one operation whose request reaches all of `schemas`.
pub(crate) fn request(schemas: &Value) -> Document {
    let body = json!({ "content": { "application/json": { "schema": all(schemas) } } });
    document(&json!({ "post": { "requestBody": body, "responses": {} } }), schemas)
}

/// A document with one path.
pub(crate) fn path(path: &str, item: &Value) -> Document {
    Document::new(json!({ "info": {}, "paths": { path: item }, "components": { "schemas": {} } }))
}

fn document(item: &Value, schemas: &Value) -> Document {
    Document::new(json!({ "info": {}, "paths": { "/a/": item }, "components": { "schemas": schemas } }))
}

fn all(schemas: &Value) -> Value {
    let names = schemas.as_object().into_iter().flat_map(Map::keys);
    json!({ "allOf": names.map(|name| json!({ "$ref": format!("#/components/schemas/{name}") })).collect::<Vec<_>>() })
}

/// Applies `patch`; it must say that it did something.
pub(crate) fn applied(patch: &Patch, mut document: Document) -> Document {
    let result = (patch.apply)(&mut document);
    assert!(result.changed > 0, "{} did nothing", patch.name);
    document
}

/// What `patch` changes in `document`, at `pointer`. A second time it must say that it was never applied.
pub(crate) fn changed(patch: &Patch, document: Document, pointer: &str) -> Value {
    let mut document = applied(patch, document);
    let found = document.at(pointer).cloned().unwrap_or_default();
    assert_never_applied(patch, &mut document);
    found
}

/// `patch` has nothing to do on `document`, and says so with its name and its file.
pub(crate) fn assert_never_applied(patch: &Patch, document: &mut Document) {
    let before = document.clone();
    let result = (patch.apply)(document);
    let complaint = result.complaints(patch, document).join("\n");
    for part in [patch.name, "was never applied", patch.file] {
        assert!(complaint.contains(part), "{}: {complaint}", patch.name);
    }
    assert!(*document == before, "{} changed the document and said it did not", patch.name);
}

/// A type of ours as a patch writes it.
pub(crate) fn ours(name: &str) -> Value {
    json!({ "crate": "gocardless-bank-data-types", "version": "*", "path": format!("gocardless_bank_data_types::{name}") })
}

/// A type of ours around another.
pub(crate) fn around(name: &str, inner: &Value) -> Value {
    let mut extension = ours(name);
    extension["parameters"] = json!([inner]);
    extension
}
