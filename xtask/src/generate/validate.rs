//! What a document must be before anything is made of it. Each refusal is one sentence with the place and the correction.
//!
//! The generator panics over much of this, without a place; so it is found here first, on plain JSON. What only the
//! generator knows is narrowed down in `progenitor`.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize as _;
use serde_json::{Map, Value};

use super::document::{
    Document, FREE, METHODS, NAMING, Place, SCHEMA_PREFIX, escape, schema_pointer, schema_references, walk,
};
use super::duplicates::Unique;
use super::graph;
use crate::failure::Failure;

/// Every fault of the document, a sentence each.
#[derive(Debug, Default)]
struct Faults(Vec<String>);

impl Faults {
    fn at(&mut self, place: impl std::fmt::Display, sentence: impl std::fmt::Display) {
        self.0.push(format!("{place}: {sentence}"));
    }

    fn none(mut self) -> Result<(), Failure> {
        let mut known = HashSet::new();
        self.0.retain(|fault| known.insert(fault.clone()));
        if self.0.is_empty() { Ok(()) } else { Err(Failure::BadInput(self.0.join("\n"))) }
    }
}

/// The value of a JSON text. `name` is where it came from.
pub(crate) fn json(name: &str, text: &str) -> Result<Value, Failure> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = Unique::deserialize(&mut reader).and_then(|value| reader.end().map(|()| value.0));
    read.map_err(|error| {
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default();
        let place = format!("{name}:{}:{}", error.line(), error.column());
        if error.is_data() {
            return Failure::at(place, format_args!("{reason}: remove one of the two"));
        }
        // A limit of the parser, which keeps the stack from being used up.
        let reason = reason.replace("recursion limit exceeded", "more than 127 levels of nesting");
        Failure::at(place, format_args!("is not JSON ({reason}): correct the text there"))
    })
}

/// The document, if it is one, with its parts in place. What the generator needs beyond that is not checked.
pub(crate) fn outline(mut document: Document) -> Result<Document, Failure> {
    let mut faults = Faults::default();
    document_level(&document, &mut faults);
    faults.none()?;
    let mut faults = Faults::default();
    references(&document, &mut faults);
    faults.none()?;
    let mut faults = Faults::default();
    compositions(&document, &mut faults);
    inline_parts(&mut document, &mut faults);
    faults.none()?;
    Ok(document)
}

/// Whether each operation of a document has an id of its own.
pub(crate) fn operation_ids(document: &Document) -> Vec<String> {
    let mut faults = Faults::default();
    let mut seen = BTreeMap::new();
    for place in document.places() {
        let id = document.operation(&place).and_then(|operation| operation.get("operationId")?.as_str());
        match id.filter(|id| !id.is_empty()) {
            None => faults.at(&place, "has no operationId: add one that no other operation has"),
            Some(id) => {
                if let Some(other) = seen.insert(id, place.clone()) {
                    let why = format!("has the operationId `{id}` of {other}: give one of them another");
                    faults.at(&place, why);
                }
            }
        }
    }
    faults.0
}

/// Whether a function can be made of each operation of a patched document.
pub(crate) fn operations(document: &Document) -> Vec<String> {
    let mut faults = Faults::default();
    for place in document.places() {
        if let Some(operation) = document.operation(&place) {
            self::operation(document, &place, operation, &mut faults);
        }
    }
    faults.0
}

/// Version, title, and that paths and components are what they are called.
fn document_level(document: &Document, faults: &mut Faults) {
    if !document.root().is_object() {
        return faults.at("/", "is not an object: an OpenAPI document is one");
    }
    if let Some(swagger) = document.at("/swagger") {
        let version = swagger.as_str().unwrap_or("an older version");
        let why = format!(
            "this is Swagger {version}, and the generator takes OpenAPI 3.0: convert the document first"
        );
        return faults.at("/swagger", why);
    }
    match document.at("/openapi").map(|version| version.as_str().unwrap_or_default()) {
        Some(version) if version.starts_with("3.0.") => {}
        Some(version) => {
            let why = format!(
                "this is OpenAPI `{version}`, and the generator takes 3.0: convert the document to 3.0 first, such as with \
                 `@apiture/openapi-down-convert`"
            );
            return faults.at("/openapi", why);
        }
        None => {
            return faults.at("/openapi", "is missing: name the version of OpenAPI, such as `3.0.3`");
        }
    }
    for pointer in ["/info/title", "/info/version"] {
        if document.at(pointer).and_then(Value::as_str).is_none() {
            faults.at(pointer, "is missing or not text: OpenAPI requires it, add it");
        }
    }
    let components = document.at("/components");
    for section in ["schemas", "parameters", "responses", "requestBodies"] {
        if components
            .and_then(|components| components.get(section))
            .is_some_and(|section| !section.is_object())
        {
            faults.at(format!("/components/{section}"), "is not an object: give each entry a name");
        }
    }
    let Some(paths) = document.at("/paths").and_then(Value::as_object) else {
        return faults.at("/paths", "is missing or not an object: add the paths of the API");
    };
    for (path, item) in paths.iter().filter(|(path, _)| !path.starts_with("x-")) {
        let pointer = format!("/paths/{}", escape(path));
        let Some(item) = item.as_object() else {
            faults.at(pointer, "is not an object: list the methods of the path in one");
            continue;
        };
        if item.contains_key("$ref") {
            faults.at(
                &pointer,
                "refers to another place, which the generator cannot follow: write the path out here",
            );
        }
        for method in METHODS.iter().filter(|method| item.get(**method).is_some_and(|item| !item.is_object()))
        {
            faults.at(format!("{pointer}/{method}"), "is not an object: describe the operation in one");
        }
    }
}

/// Every `$ref` names a component of this document.
fn references(document: &Document, faults: &mut Faults) {
    walk(document.root(), "", &mut |pointer, value| {
        let Some(reference) = value.get("$ref") else { return };
        if is_free(pointer) {
            return;
        }
        let why = match reference.as_str() {
            None => "is not text: write it as `#/components/…`".to_owned(),
            Some(text) => match text.strip_prefix('#') {
                None => format!("`{text}` is outside the document: copy what it names into `components`"),
                Some(to) if !to.starts_with("/components/") || to.split('/').count() != 4 => {
                    format!(
                        "`{text}` is not a component: move what it names to `components` and refer to it there"
                    )
                }
                Some(to) if document.at(to).is_none() => {
                    format!("`{text}` does not exist: add `{to}` or correct the reference")
                }
                Some(_) => return,
            },
        };
        faults.at(format_args!("{pointer}/$ref"), why);
    });
}

/// Whether `pointer` is in an example or another place of free JSON.
fn is_free(pointer: &str) -> bool {
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
fn compositions(document: &Document, faults: &mut Faults) {
    let names = document.schema_names();
    let index: HashMap<&str, usize> =
        names.iter().enumerate().map(|(index, name)| (name.as_str(), index)).collect();
    let edges = |name: &String| {
        let mut found = Vec::new();
        document.schema(name).into_iter().for_each(|schema| composed_of(schema, &mut found));
        found.iter().filter_map(|name| index.get(name).copied()).collect()
    };
    let edges: Vec<Vec<usize>> = names.iter().map(edges).collect();
    let name = |index: &usize| names.get(*index).map(String::as_str).unwrap_or_default();
    for cycle in graph::cycles(&edges) {
        let cycle: Vec<&str> = cycle.iter().map(name).collect();
        let why = format!("is composed of itself ({}): remove one of these references", cycle.join(" -> "));
        faults.at(schema_pointer(cycle.first().unwrap_or(&"")), why);
    }
    let references = |name: &String| {
        let found = document.schema(name).map(schema_references).into_iter().flatten();
        found.filter_map(|name| index.get(name).copied()).collect()
    };
    let components = graph::components(&names.iter().map(references).collect::<Vec<_>>());
    let component = |name: &str| index.get(name).and_then(|index| components.get(*index));
    for name in &names {
        let Some(schema) = document.schema(name) else { continue };
        walk(schema, &schema_pointer(name), &mut |pointer, value| {
            let parts = value.get("allOf").and_then(Value::as_array).filter(|parts| parts.len() > 1);
            let mut merged = Vec::new();
            parts.into_iter().flatten().for_each(|part| composed_of(part, &mut merged));
            // A part that contains this component, which contains the part, is strongly connected to it.
            if let Some(part) = merged.iter().find(|part| component(part) == component(name)) {
                let why = format!(
                    "merges `{part}`, which contains `{name}` again, endlessly: refer to `{part}` alone, or remove it"
                );
                faults.at(format_args!("{pointer}/allOf"), why);
            }
        });
    }
}

/// Names of the components that `schema` is composed of, without those of its members and items.
fn composed_of<'v>(schema: &'v Value, found: &mut Vec<&'v str>) {
    let reference = schema.get("$ref").and_then(Value::as_str);
    found.extend(reference.and_then(|text| text.strip_prefix(SCHEMA_PREFIX)));
    for key in ["allOf", "oneOf", "anyOf", "not"] {
        match schema.get(key) {
            Some(Value::Array(parts)) => parts.iter().for_each(|part| composed_of(part, found)),
            Some(part) => composed_of(part, found),
            None => {}
        }
    }
}

/// Copies parameters, request bodies and responses from `components`, and the parameters of a path, to where they
/// are used, so that patches need to know one place for each. Schemas stay: they become types.
fn inline_parts(document: &mut Document, faults: &mut Faults) {
    for place in document.places() {
        let mut resolved = |part: Option<&Value>| {
            part.cloned().unwrap_or_else(|| {
                let why = "a reference of a parameter, body or response refers to itself in the end: refer to a component that is written out";
                faults.at(&place, why);
                Value::Null
            })
        };
        let Some(mut operation) = document.operation(&place).and_then(Value::as_object).cloned() else {
            continue;
        };
        let parameters = document.parameters(&place.pointer());
        if !parameters.is_empty() || operation.contains_key("parameters") {
            let parameters = parameters.into_iter().map(|(_, parameter)| resolved(parameter));
            operation.insert("parameters".to_owned(), parameters.collect());
        }
        if let Some(body) = operation.get_mut("requestBody") {
            *body = resolved(document.resolve(body));
        }
        for (_, response) in
            operation.get_mut("responses").and_then(Value::as_object_mut).into_iter().flatten()
        {
            *response = resolved(document.resolve(response));
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
}

/// The methods that the generated client has a call for.
const CALLED: [&str; 6] = ["GET", "PUT", "POST", "DELETE", "HEAD", "PATCH"];

/// Where a person corrects what the document says and the generator cannot take.
const ADJUSTMENTS: &str = "xtask/src/generate/patch/adjustments.rs";

/// What an operation must have for the generator to make a function of it.
fn operation(document: &Document, place: &Place, operation: &Value, faults: &mut Faults) {
    if !CALLED.contains(&place.method.as_str()) {
        let why = "the generated client has no call for this method: remove the operation by a patch in";
        faults.at(place, format_args!("{why} {ADJUSTMENTS}"));
    }
    success(place, operation, faults);
    let body = operation.get("requestBody");
    if body.is_some_and(|body| body.pointer("/content/application~1json/schema").is_none()) {
        let why =
            "has a request body without a schema for `application/json`, the only kind that is sent: add it";
        faults.at(place, why);
    }
    parameters(document, place, operation, faults);
}

/// The generator can return one type of success.
fn success(place: &Place, operation: &Value, faults: &mut Faults) {
    let Some(responses) = operation.get("responses").and_then(Value::as_object) else {
        return faults.at(place, "has no responses: add at least the successful one");
    };
    let schema = |response: &Value| response.pointer("/content/application~1json/schema").cloned();
    let mut successes = responses.iter().filter(|(status, _)| status.starts_with('2'));
    let Some((status, first)) = successes.next() else { return };
    if let Some((other, _)) = successes.find(|(_, response)| schema(response) != schema(first)) {
        faults.at(
            place,
            format_args!(
                "has two success types, one with {status} and one with {other}: the generator takes one, so give both \
                 the same schema or patch one away in {ADJUSTMENTS}"
            ),
        );
    }
}

fn parameters(document: &Document, place: &Place, operation: &Value, faults: &mut Faults) {
    let mut in_path = Vec::new();
    for parameter in operation.get("parameters").and_then(Value::as_array).into_iter().flatten() {
        let text = |key| parameter.get(key).and_then(Value::as_str);
        let Some(name) = text("name") else {
            faults.at(place, "has a parameter without a name: name it");
            continue;
        };
        let Some(schema) = parameter.get("schema") else {
            faults.at(place, format_args!("has a parameter `{name}` without a schema: add one"));
            continue;
        };
        match text("in") {
            Some("path") => {
                in_path.push(name);
                if parameter.get("required") != Some(&Value::Bool(true)) {
                    faults.at(
                        place,
                        format_args!(
                            "has a path parameter `{name}` that is not required: say `required: true`"
                        ),
                    );
                }
            }
            Some("query" | "header") => {}
            other => {
                let other = other.unwrap_or("nowhere");
                faults.at(
                    place,
                    format_args!(
                        "has a parameter `{name}` in `{other}`: the generator takes path, query and header"
                    ),
                );
                continue;
            }
        }
        form(place, parameter, name, kind(document, schema), faults);
    }
    let pieces = place.path.split('{').skip(1).filter_map(|piece| piece.split_once('}'));
    let named: Vec<&str> = pieces.map(|(name, _)| name).collect();
    for name in named.iter().filter(|name| !in_path.contains(name)) {
        faults.at(
            place,
            format_args!("has `{{{name}}}` in its path and no path parameter of that name: add it"),
        );
    }
    for name in in_path.iter().filter(|name| !named.contains(name)) {
        faults.at(
            place,
            format_args!(
                "has a path parameter `{name}` that its path does not name: add it there or remove it"
            ),
        );
    }
}

/// How the generated client writes a parameter: one text, or in a query one for each item of a list.
fn form(place: &Place, parameter: &Value, name: &str, kind: &str, faults: &mut Faults) {
    let at = parameter.get("in").and_then(Value::as_str).unwrap_or_default();
    let usual = if at == "query" { "form" } else { "simple" };
    let style = parameter.get("style").and_then(Value::as_str).unwrap_or(usual);
    let what = if style != usual {
        format!("in the style `{style}`")
    } else if at != "query" && matches!(kind, "array" | "object") {
        format!("in its {at} that is an {kind}")
    } else if kind == "object" {
        "in its query that is an object".to_owned()
    } else if kind == "array" && parameter.get("explode") == Some(&Value::Bool(false)) {
        "with `explode: false`, a list in one text".to_owned()
    } else {
        return;
    };
    faults.at(
        place,
        format_args!(
            "has a parameter `{name}` {what}, which the generated client does not send: make it a plain string by a patch in \
             {ADJUSTMENTS}, for callers to write it"
        ),
    );
}

/// The type of a schema, followed through references and through `allOf`.
fn kind<'a>(document: &'a Document, schema: &'a Value) -> &'a str {
    let mut schema = schema;
    for _ in 0..document.schema_names().len() + 2 {
        let part = schema.pointer("/allOf/0").unwrap_or(schema);
        let reference = part.get("$ref").and_then(Value::as_str);
        match reference.and_then(|text| document.schema(text.strip_prefix(SCHEMA_PREFIX)?)) {
            Some(next) => schema = next,
            None if part.get("properties").is_some() => return "object",
            None => return part.get("type").and_then(Value::as_str).unwrap_or_default(),
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_json_is_distinguished_from_things_of_the_same_name() {
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
            "/paths/~1a/get/responses/200/headers/x-total",
        ] {
            assert!(!is_free(checked), "{checked}");
        }
    }
}
