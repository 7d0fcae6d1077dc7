//! An OpenAPI document as plain JSON, with what validation, patches and `diff` need to walk it.
//!
//! It knows what a place in a document is, and nothing about what is right or wrong there.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// The methods of a path item, in the order in which OpenAPI lists them.
pub(crate) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Where component schemas are referred to.
pub(crate) const SCHEMA_PREFIX: &str = "#/components/schemas/";

/// Keys whose members have names that the document chooses: `default` is a name among responses.
pub(crate) const NAMING: [&str; 8] = [
    "properties",
    "paths",
    "schemas",
    "parameters",
    "responses",
    "requestBodies",
    "headers",
    "securitySchemes",
];

/// Keys with any JSON below them, `$ref` included.
pub(crate) const FREE: [&str; 4] = ["example", "examples", "default", "enum"];

/// An OpenAPI document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Document {
    root: Value,
}

/// The place of one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// In capitals, as HTTP writes it.
    pub(crate) method: String,
    pub(crate) path: String,
}

impl Place {
    /// JSON pointer to the operation.
    pub(crate) fn pointer(&self) -> String {
        format!("/paths/{}/{}", escape(&self.path), self.method.to_ascii_lowercase())
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

impl Document {
    pub(crate) fn new(root: Value) -> Self {
        Self { root }
    }

    pub(crate) fn root(&self) -> &Value {
        &self.root
    }

    /// The value at a JSON pointer.
    pub(crate) fn at(&self, pointer: &str) -> Option<&Value> {
        self.root.pointer(pointer)
    }

    /// The object at a JSON pointer.
    pub(crate) fn object_mut(&mut self, pointer: &str) -> Option<&mut Map<String, Value>> {
        self.root.pointer_mut(pointer)?.as_object_mut()
    }

    /// The places of all operations, in document order.
    pub(crate) fn places(&self) -> Vec<Place> {
        let paths = self.at("/paths").and_then(Value::as_object);
        paths
            .into_iter()
            .flatten()
            .filter(|(path, _)| !path.starts_with("x-"))
            .flat_map(|(path, item)| {
                METHODS
                    .iter()
                    .filter(|method| item.get(method).is_some())
                    .map(|method| Place { method: method.to_ascii_uppercase(), path: path.clone() })
            })
            .collect()
    }

    pub(crate) fn operation(&self, place: &Place) -> Option<&Value> {
        self.at(&place.pointer())
    }

    pub(crate) fn operation_mut(&mut self, place: &Place) -> Option<&mut Map<String, Value>> {
        self.object_mut(&place.pointer())
    }

    /// Names of the component schemas, in document order.
    pub(crate) fn schema_names(&self) -> Vec<String> {
        let schemas = self.at("/components/schemas").and_then(Value::as_object);
        schemas.into_iter().flat_map(Map::keys).cloned().collect()
    }

    pub(crate) fn schema(&self, name: &str) -> Option<&Value> {
        self.root.get("components")?.get("schemas")?.get(name)
    }

    pub(crate) fn schema_mut(&mut self, name: &str) -> Option<&mut Value> {
        self.root.get_mut("components")?.get_mut("schemas")?.get_mut(name)
    }

    /// One member of a component schema, or of a part that it is merged of.
    pub(crate) fn member_mut(&mut self, schema: &str, member: &str) -> Option<&mut Map<String, Value>> {
        let has_it = |schema: &Value| schema.get("properties").is_some_and(|all| all.get(member).is_some());
        let schema = self.schema_mut(schema)?;
        let part = if has_it(schema) {
            schema
        } else {
            schema.get_mut("allOf")?.as_array_mut()?.iter_mut().find(|part| has_it(part))?
        };
        part.get_mut("properties")?.get_mut(member)?.as_object_mut()
    }

    /// Names of the component schemas that responses reach, directly or through other schemas.
    pub(crate) fn schemas_of_responses(&self) -> BTreeSet<String> {
        self.reached(|operation| operation.get("responses").into_iter().collect())
    }

    /// Names of the component schemas that request bodies and parameters reach.
    pub(crate) fn schemas_of_requests(&self) -> BTreeSet<String> {
        self.reached(|operation| {
            ["requestBody", "parameters"].iter().filter_map(|key| operation.get(key)).collect()
        })
    }

    fn reached(&self, start: impl Fn(&Value) -> Vec<&Value>) -> BTreeSet<String> {
        let places = self.places();
        let operations = places.iter().filter_map(|place| self.operation(place));
        self.closure(operations.flat_map(start).flat_map(schema_references).collect())
    }

    /// The component schema `name` and all that it reaches.
    pub(crate) fn schemas_from(&self, name: &str) -> BTreeSet<String> {
        self.closure(vec![name])
    }

    fn closure<'a>(&'a self, mut open: Vec<&'a str>) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        while let Some(name) = open.pop() {
            if let Some(schema) = self.schema(name)
                && reached.insert(name)
            {
                open.extend(schema_references(schema));
            }
        }
        reached.into_iter().map(str::to_owned).collect()
    }

    /// `part`, or what it refers to. `None` if its reference names nothing or, in the end, itself.
    pub(crate) fn resolve<'a>(&'a self, mut part: &'a Value) -> Option<&'a Value> {
        /// More references in a row are taken for a cycle.
        const DEEPEST: usize = 16;
        for _ in 0..DEEPEST {
            let reference = part.get("$ref").and_then(Value::as_str);
            let Some(pointer) = reference.and_then(|text| text.strip_prefix('#')) else { return Some(part) };
            part = self.at(pointer)?;
        }
        None
    }

    /// The parameters of the operation at a JSON pointer, those of its path first: where each is written, and what it
    /// resolves to. A parameter of the operation replaces the one of its path with the same name.
    pub(crate) fn parameters(&self, operation: &str) -> Vec<(String, Option<&Value>)> {
        let list = |holder: &str| -> Vec<(String, Option<&Value>)> {
            let pointer = format!("{holder}/parameters");
            let all = self.at(&pointer).and_then(Value::as_array).into_iter().flatten().enumerate();
            all.map(|(index, part)| (format!("{pointer}/{index}"), self.resolve(part))).collect()
        };
        let key = |(_, part): &(String, Option<&Value>)| {
            part.map(|part| (part.get("in").cloned(), part.get("name").cloned()))
        };
        let own = list(operation);
        let mut all = operation.rsplit_once('/').map(|(path, _)| list(path)).unwrap_or_default();
        all.retain(|shared| own.iter().all(|own| key(own) != key(shared)));
        all.extend(own);
        all
    }
}

/// JSON pointer to a component schema.
pub(crate) fn schema_pointer(name: &str) -> String {
    format!("/components/schemas/{}", escape(name))
}

/// A JSON pointer token for `text`.
pub(crate) fn escape(text: &str) -> String {
    text.replace('~', "~0").replace('/', "~1")
}

/// The names of the component schemas that `value` refers to directly, in `x-rust-type` too.
pub(crate) fn schema_references(value: &Value) -> Vec<&str> {
    fn collect<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
        match value {
            Value::Object(members) => {
                let reference = members.get("$ref").and_then(Value::as_str);
                found.extend(reference.and_then(|text| text.strip_prefix(SCHEMA_PREFIX)));
                members.values().for_each(|member| collect(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect(value, &mut found);
    found
}

/// Calls `visit` with each value below `value`, itself first, and its JSON pointer.
pub(crate) fn walk<'a>(value: &'a Value, pointer: &str, visit: &mut dyn FnMut(&str, &'a Value)) {
    visit(pointer, value);
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                walk(member, &format!("{pointer}/{}", escape(name)), visit);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &format!("{pointer}/{index}"), visit);
            }
        }
        _ => {}
    }
}

/// Calls `visit` with each schema at or below the schema `value`; examples, defaults and enums are not schemas.
pub(crate) fn each_schema_mut(value: &mut Value, visit: &mut dyn FnMut(&mut Map<String, Value>)) {
    let Some(schema) = value.as_object_mut() else { return };
    visit(schema);
    for (key, inner) in schema.iter_mut() {
        match key.as_str() {
            "items" | "additionalProperties" | "not" => each_schema_mut(inner, visit),
            "allOf" | "oneOf" | "anyOf" => {
                inner.as_array_mut().into_iter().flatten().for_each(|part| each_schema_mut(part, visit));
            }
            "properties" => {
                inner
                    .as_object_mut()
                    .into_iter()
                    .flatten()
                    .for_each(|(_, part)| each_schema_mut(part, visit));
            }
            _ => {}
        }
    }
}
