//! The frame of a document: its version, its title, and that paths and components are what they are called.

use serde_json::Value;

use crate::failure::Failure;
use crate::generate::document::{Document, METHODS, escape};

/// Refuses what is not an OpenAPI 3.0 document in its outline.
pub(crate) fn check(document: &Document) -> Result<(), Failure> {
    if !document.root().is_object() {
        return Err(Failure::at("/", "is not an object: an OpenAPI document is one"));
    }
    version(document)?;
    for pointer in ["/info/title", "/info/version"] {
        if document.at(pointer).and_then(Value::as_str).is_none() {
            return Err(Failure::at(pointer, "is missing or no text: OpenAPI requires it, add it"));
        }
    }
    let Some(paths) = document.at("/paths").and_then(Value::as_object) else {
        return Err(Failure::at("/paths", "is missing or no object: add the paths of the API"));
    };
    if let Some(components) = document.at("/components") {
        for section in ["schemas", "parameters", "responses", "requestBodies"] {
            if components.get(section).is_some_and(|section| !section.is_object()) {
                return Err(Failure::at(
                    format_args!("/components/{section}"),
                    "is no object: give each entry a name",
                ));
            }
        }
    }
    for (path, item) in paths {
        let pointer = format!("/paths/{}", escape(path));
        let Some(item) = item.as_object() else {
            return Err(Failure::at(pointer, "is no object: list the methods of the path in one"));
        };
        if item.contains_key("$ref") {
            return Err(Failure::at(
                pointer,
                "refers to another place, which the generator cannot follow: write the path out here",
            ));
        }
        for method in METHODS {
            if item.get(method).is_some_and(|operation| !operation.is_object()) {
                return Err(Failure::at(
                    format_args!("{pointer}/{method}"),
                    "is no object: describe the operation in one",
                ));
            }
        }
    }
    Ok(())
}

fn version(document: &Document) -> Result<(), Failure> {
    if let Some(swagger) = document.at("/swagger") {
        let version = swagger.as_str().unwrap_or("an older version");
        return Err(Failure::at(
            "/swagger",
            format_args!(
                "this is Swagger {version}, and the generator takes OpenAPI 3.0: convert the document first"
            ),
        ));
    }
    match document.at("/openapi").map(|version| version.as_str().unwrap_or_default()) {
        Some(version) if version.starts_with("3.0.") => Ok(()),
        Some(version) => Err(Failure::at(
            "/openapi",
            format_args!(
                "this is OpenAPI `{version}`, and the generator takes 3.0: convert the document to 3.0 first"
            ),
        )),
        None => Err(Failure::at("/openapi", "is missing: name the version of OpenAPI, such as `3.0.3`")),
    }
}
