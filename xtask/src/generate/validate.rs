//! What a document must be before anything is made of it. Each refusal is one sentence with the place and the correction.
//!
//! The generator panics over much of this, without a place; so it is found here first, on plain JSON. What only the
//! generator knows is narrowed down in `progenitor`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Map, Value};

use super::document::{Document, METHODS, Place, SCHEMA_PREFIX, escape, schema_pointer, walk};
use super::names::{self, Unknown};
use crate::failure::Failure;

type Checked = Result<(), Failure>;

/// Reads and checks the document in `path`.
pub(crate) fn read(path: &Path, unknown: Unknown) -> Result<Document, Failure> {
    let name = path.display();
    let bytes = std::fs::read(path).map_err(|error| {
        let reason = error.to_string().to_lowercase();
        let reason = reason.split(" (os error").next().unwrap_or_default();
        let correction = "name an OpenAPI document in JSON that this user may read";
        Failure::at(&name, format_args!("cannot be read ({reason}): {correction}"))
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        Failure::at(&name, format_args!("is not UTF-8 ({}): save it as UTF-8", error.utf8_error()))
    })?;
    let root = json(&name.to_string(), text.trim_start_matches('\u{feff}'))?;
    let document = outline(Document::new(root))?;
    operations(&document, unknown)?;
    Ok(document)
}

/// The value that a JSON text stands for. `name` is where it came from.
pub(crate) fn json(name: &str, text: &str) -> Result<Value, Failure> {
    serde_json::from_str(text).map_err(|error| {
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default();
        Failure::at(
            format_args!("{name}:{}:{}", error.line(), error.column()),
            format_args!("is not JSON ({reason}): correct the text there, or convert YAML to JSON first"),
        )
    })
}

/// The document, if it is one, with its parts in place. What the generator needs beyond that is not looked at.
pub(crate) fn outline(mut document: Document) -> Result<Document, Failure> {
    document_level(&document)?;
    references(&document)?;
    for name in document.schema_names() {
        composition(&document, &name)?;
    }
    inline_parts(&mut document)?;
    Ok(document)
}

/// Version, title, and that paths and components are what they are called.
fn document_level(document: &Document) -> Checked {
    if !document.root().is_object() {
        return refuse("/", "is not an object: an OpenAPI document is one");
    }
    if let Some(swagger) = document.at("/swagger") {
        let version = swagger.as_str().unwrap_or("an older version");
        let why = format!(
            "this is Swagger {version}, and the generator takes OpenAPI 3.0: convert the document first"
        );
        return refuse("/swagger", why);
    }
    match document.at("/openapi").map(|version| version.as_str().unwrap_or_default()) {
        Some(version) if version.starts_with("3.0.") => {}
        Some(version) => {
            let why = format!(
                "this is OpenAPI `{version}`, and the generator takes 3.0: convert the document to 3.0 first"
            );
            return refuse("/openapi", why);
        }
        None => return refuse("/openapi", "is missing: name the version of OpenAPI, such as `3.0.3`"),
    }
    for pointer in ["/info/title", "/info/version"] {
        if document.at(pointer).and_then(Value::as_str).is_none() {
            return refuse(pointer, "is missing or no text: OpenAPI requires it, add it");
        }
    }
    let components = document.at("/components");
    for section in ["schemas", "parameters", "responses", "requestBodies"] {
        if components
            .and_then(|components| components.get(section))
            .is_some_and(|section| !section.is_object())
        {
            return refuse(format!("/components/{section}"), "is no object: give each entry a name");
        }
    }
    let Some(paths) = document.at("/paths").and_then(Value::as_object) else {
        return refuse("/paths", "is missing or no object: add the paths of the API");
    };
    for (path, item) in paths {
        let pointer = format!("/paths/{}", escape(path));
        let Some(item) = item.as_object() else {
            return refuse(pointer, "is no object: list the methods of the path in one");
        };
        if item.contains_key("$ref") {
            return refuse(
                pointer,
                "refers to another place, which the generator cannot follow: write the path out here",
            );
        }
        if let Some(method) =
            METHODS.iter().find(|method| item.get(**method).is_some_and(|item| !item.is_object()))
        {
            return refuse(format!("{pointer}/{method}"), "is no object: describe the operation in one");
        }
    }
    Ok(())
}

fn refuse(place: impl std::fmt::Display, sentence: impl std::fmt::Display) -> Checked {
    Err(Failure::at(place, sentence))
}

/// Every `$ref` leads to a component of this document.
fn references(document: &Document) -> Checked {
    let mut checked = Ok(());
    walk(document.root(), "", &mut |pointer, value| {
        let Some(reference) = value.get("$ref").filter(|_| checked.is_ok()) else { return };
        if is_free(pointer) {
            return;
        }
        let why = match reference.as_str() {
            None => "is no text: write it as `#/components/…`".to_owned(),
            Some(text) => match text.strip_prefix('#') {
                None => format!("`{text}` is outside the document: copy what it names into `components`"),
                Some(to) if !to.starts_with("/components/") || to.split('/').count() != 4 => {
                    format!(
                        "`{text}` is no component: move what it names to `components` and refer to it there"
                    )
                }
                Some(to) if document.at(to).is_none() => {
                    format!("`{text}` leads nowhere: add `{to}` or correct the reference")
                }
                Some(_) => return,
            },
        };
        checked = refuse(format_args!("{pointer}/$ref"), why);
    });
    checked
}

/// Whether `pointer` lies in an example or another place of free JSON.
fn is_free(pointer: &str) -> bool {
    /// Keys below which anything may stand, `$ref` included.
    const FREE: [&str; 5] = ["example", "examples", "default", "enum", "value"];
    /// Keys whose members are called as the document likes: `default` is a name there.
    const NAMING: [&str; 6] = ["properties", "schemas", "parameters", "responses", "requestBodies", "paths"];
    let mut above = "";
    pointer.split('/').any(|token| {
        let is_name = NAMING.contains(&above);
        above = if is_name { "" } else { token };
        !is_name && (FREE.contains(&token) || token.starts_with("x-"))
    })
}

/// No component is made of itself: the generator would follow it until the stack is used up.
///
/// A member that refers back is fine; being composed of oneself (`allOf` and the like) is not, and neither is an `allOf` of
/// several parts, which the generator merges, with what contains it.
fn composition(document: &Document, name: &str) -> Checked {
    if let Some(way) = way_back(document, name, &mut vec![name.to_owned()], &mut BTreeSet::new()) {
        let why = format!("is composed of itself ({}): take one of these references out", way.join(" -> "));
        return refuse(schema_pointer(name), why);
    }
    let Some(schema) = document.schema(name) else { return Ok(()) };
    let mut checked = Ok(());
    walk(schema, &schema_pointer(name), &mut |pointer, value| {
        let parts = value.get("allOf").and_then(Value::as_array).filter(|parts| parts.len() > 1);
        let mut names = Vec::new();
        parts.into_iter().flatten().for_each(|part| composed_of(part, &mut names));
        if let Some(part) = names.iter().find(|part| document.schemas_from(part).contains(name))
            && checked.is_ok()
        {
            let why = format!(
                "merges `{part}`, which contains `{name}` again, without end: refer to `{part}` alone, or take it out"
            );
            checked = refuse(format_args!("{pointer}/allOf"), why);
        }
    });
    checked
}

/// The way from the last of `way` back to `start` through compositions alone.
fn way_back(
    document: &Document,
    start: &str,
    way: &mut Vec<String>,
    seen: &mut BTreeSet<String>,
) -> Option<Vec<String>> {
    let mut next = Vec::new();
    composed_of(document.schema(way.last()?)?, &mut next);
    for name in next {
        if name == start {
            let mut round = way.clone();
            round.push(name);
            return Some(round);
        }
        if seen.insert(name.clone()) {
            way.push(name);
            let round = way_back(document, start, way, seen);
            if round.is_some() {
                return round;
            }
            way.pop();
        }
    }
    None
}

/// Names of the components that `schema` is composed of, without those of its members and items.
fn composed_of(schema: &Value, found: &mut Vec<String>) {
    let reference = schema.get("$ref").and_then(Value::as_str);
    found.extend(reference.and_then(|text| text.strip_prefix(SCHEMA_PREFIX)).map(str::to_owned));
    for key in ["allOf", "oneOf", "anyOf", "not"] {
        match schema.get(key) {
            Some(Value::Array(parts)) => parts.iter().for_each(|part| composed_of(part, found)),
            Some(part) => composed_of(part, found),
            None => {}
        }
    }
}

/// Copies parameters, request bodies and responses that stand in `components`, and the parameters of a path, to where they
/// are used, so that patches need to know one place for each. Schemas stay: they become types.
fn inline_parts(document: &mut Document) -> Checked {
    for place in document.places() {
        let shared =
            document.at("/paths").and_then(|paths| paths.get(&place.path)?.get("parameters")?.as_array());
        let shared: Vec<Value> = resolved_all(document, &place, shared)?;
        let Some(mut operation) = document.operation(&place).and_then(Value::as_object).cloned() else {
            continue;
        };
        let own = resolved_all(document, &place, operation.get("parameters").and_then(Value::as_array))?;
        let key = |parameter: &Value| (parameter.get("in").cloned(), parameter.get("name").cloned());
        let mut all: Vec<Value> =
            shared.into_iter().filter(|shared| own.iter().all(|own| key(own) != key(shared))).collect();
        all.extend(own);
        if !all.is_empty() || operation.contains_key("parameters") {
            operation.insert("parameters".to_owned(), all.into());
        }
        if let Some(body) = operation.get_mut("requestBody") {
            *body = resolved(document, &place, body)?;
        }
        for (_, response) in
            operation.get_mut("responses").and_then(Value::as_object_mut).into_iter().flatten()
        {
            *response = resolved(document, &place, response)?;
        }
        if let Some(target) = document.operation_mut(&place) {
            *target = operation;
        }
    }
    let paths = document.object_mut("/paths").map(Map::values_mut);
    for item in paths.into_iter().flatten().filter_map(Value::as_object_mut) {
        item.shift_remove("parameters");
    }
    for section in ["parameters", "requestBodies", "responses"] {
        document.object_mut("/components").and_then(|components| components.shift_remove(section));
    }
    Ok(())
}

fn resolved_all(
    document: &Document,
    place: &Place,
    parts: Option<&Vec<Value>>,
) -> Result<Vec<Value>, Failure> {
    parts.into_iter().flatten().map(|part| resolved(document, place, part)).collect()
}

/// What `part` is, or refers to.
fn resolved(document: &Document, place: &Place, part: &Value) -> Result<Value, Failure> {
    /// How often a part may refer to another before it counts as going round in circles.
    const DEEPEST: usize = 16;
    let mut part = part;
    for _ in 0..DEEPEST {
        let reference = part.get("$ref").and_then(Value::as_str);
        let Some(pointer) = reference.and_then(|text| text.strip_prefix('#')) else {
            return Ok(part.clone());
        };
        let Some(next) = document.at(pointer) else { break };
        part = next;
    }
    let why =
        "a reference of a parameter, body or response goes round in circles: let it lead to the thing itself";
    Err(Failure::at(place, why))
}

/// What each operation must have for the generator to make a function of it, and a name of ours where it needs one.
fn operations(document: &Document, unknown: Unknown) -> Checked {
    let mut seen = BTreeMap::new();
    for place in document.places() {
        let Some(operation) = document.operation(&place) else { continue };
        let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default();
        if id.is_empty() {
            return refuse(place, "has no operationId: add one that no other operation has");
        }
        if let Some(other) = seen.insert(id.to_owned(), place.clone()) {
            return refuse(
                place,
                format_args!("has the operationId `{id}` of {other}: give one of them another"),
            );
        }
        success(&place, operation)?;
        let body = operation.get("requestBody");
        if body.is_some_and(|body| body.pointer("/content/application~1json/schema").is_none()) {
            let why = "has a request body without a schema for `application/json`, the only kind that is sent: add it";
            return refuse(place, why);
        }
        parameters(&place, operation)?;
        if unknown == Unknown::Refused && names::stable_name(&place.method, &place.path).is_none() {
            let line = format!("(\"{}\", \"{}\", \"a_name\")", place.method, place.path);
            return refuse(place, format_args!("has no stable name: add a line {line} in {}", names::FILE));
        }
    }
    Ok(())
}

/// The generator can return one type of success.
fn success(place: &Place, operation: &Value) -> Checked {
    let Some(responses) = operation.get("responses").and_then(Value::as_object) else {
        return refuse(place, "has no responses: add at least the successful one");
    };
    let schema = |response: &Value| response.pointer("/content/application~1json/schema").cloned();
    let mut successes = responses.iter().filter(|(status, _)| status.starts_with('2'));
    let Some((status, first)) = successes.next() else { return Ok(()) };
    match successes.find(|(_, response)| schema(response) != schema(first)) {
        Some((other, _)) => refuse(
            place,
            format_args!(
                "has two success types, one with {status} and one with {other}: the generator takes one, so give both \
                 the same schema or patch one away in xtask/src/generate/patch/adjustments.rs"
            ),
        ),
        None => Ok(()),
    }
}

fn parameters(place: &Place, operation: &Value) -> Checked {
    let mut in_path = Vec::new();
    for parameter in operation.get("parameters").and_then(Value::as_array).into_iter().flatten() {
        let text = |key| parameter.get(key).and_then(Value::as_str);
        let Some(name) = text("name") else {
            return refuse(place, "has a parameter without a name: name it");
        };
        if parameter.get("schema").is_none() {
            return refuse(place, format_args!("has a parameter `{name}` without a schema: add one"));
        }
        match text("in") {
            Some("path") if parameter.get("required") == Some(&Value::Bool(true)) => in_path.push(name),
            Some("path") => {
                let why = format!("has a path parameter `{name}` that is not required: say `required: true`");
                return refuse(place, why);
            }
            Some("query" | "header") => {}
            other => {
                let other = other.unwrap_or("nowhere");
                let why = format!(
                    "has a parameter `{name}` in `{other}`: the generator takes path, query and header"
                );
                return refuse(place, why);
            }
        }
    }
    let pieces = place.path.split('{').skip(1).filter_map(|piece| piece.split_once('}'));
    let named: Vec<&str> = pieces.map(|(name, _)| name).collect();
    if let Some(name) = named.iter().find(|name| !in_path.contains(name)) {
        let why = format!("has `{{{name}}}` in its path and no path parameter of that name: add it");
        return refuse(place, why);
    }
    if let Some(name) = in_path.iter().find(|name| !named.contains(name)) {
        let why =
            format!("has a path parameter `{name}` that its path does not name: put it there or take it out");
        return refuse(place, why);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_json_is_told_apart_from_things_of_the_same_name() {
        for free in [
            "/components/schemas/A/example/b",
            "/info/x-provenance",
            "/paths/~1a/get/responses/200/content/j/examples/a",
        ] {
            assert!(is_free(free), "{free}");
        }
        for checked in [
            "/paths/~1a/get/responses/default",
            "/components/schemas/A/properties/value",
            "/components/schemas/default",
        ] {
            assert!(!is_free(checked), "{checked}");
        }
    }
}
