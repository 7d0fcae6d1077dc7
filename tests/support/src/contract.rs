//! `openapi/contract.json` as data: operations with their parameters, bodies and answers, and schemas by name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde_json::{Map, Value};

/// The contract.
#[derive(Debug)]
pub struct Contract {
    document: Value,
    operations: Vec<Operation>,
}

/// One operation as the contract declares it.
#[derive(Debug)]
pub struct Operation {
    /// Method and path, such as `GET /api/v2/accounts/{id}/`: the name under which tables know it.
    pub key: String,
    /// The vendor's name for it.
    pub id: String,
    /// In upper case.
    pub method: String,
    /// With `{id}` in place of the id.
    pub path: String,
    /// The parameters in the path and in the query.
    pub parameters: Vec<Parameter>,
    /// What may be sent, if anything.
    pub body: Option<Body>,
    /// The schema of each declared status.
    pub answers: BTreeMap<u16, Value>,
}

/// A parameter of an operation.
#[derive(Debug)]
pub struct Parameter {
    /// As it is spelled on the wire.
    pub name: String,
    /// Where it is.
    pub place: Place,
    /// Whether it must be sent.
    pub required: bool,
    /// What its value may be.
    pub schema: Value,
}

/// Where a parameter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the path.
    Path,
    /// In the query.
    Query,
}

/// A request body.
#[derive(Debug)]
pub struct Body {
    /// Whether one must be sent.
    pub required: bool,
    /// The media types it may have.
    pub media_types: Vec<String>,
    /// What it may be, as JSON.
    pub schema: Value,
}

static CONTRACT: LazyLock<Contract> = LazyLock::new(|| {
    let text = include_str!("../../../openapi/contract.json");
    let document: Value = serde_json::from_str(text).expect("contract.json is JSON");
    let operations = operations(&document);
    Contract { document, operations }
});

impl Contract {
    /// The contract in this repository.
    #[must_use]
    pub fn get() -> &'static Self {
        &CONTRACT
    }

    /// All operations.
    #[must_use]
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The operation of this method and path.
    #[must_use]
    pub fn operation(&self, key: &str) -> &Operation {
        let found = self.operations.iter().find(|operation| operation.key == key);
        found.unwrap_or_else(|| panic!("the contract has no operation {key}"))
    }

    /// All named schemas.
    #[must_use]
    pub fn schemas(&self) -> &Map<String, Value> {
        self.document["components"]["schemas"].as_object().expect("the contract has schemas")
    }

    /// The schema of this name.
    #[must_use]
    pub fn schema(&self, name: &str) -> &Value {
        self.schemas().get(name).unwrap_or_else(|| panic!("the contract has no schema {name}"))
    }

    /// The schema behind references, including those wrapped in an `allOf` of one.
    #[must_use]
    pub fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match name_of(schema) {
            Some(name) => self.resolve(self.schema(name)),
            None => schema,
        }
    }

    /// The names of all schemas used by successful responses.
    #[must_use]
    pub fn schemas_of_successes(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        for operation in &self.operations {
            self.gather(operation.success().1, &mut names);
        }
        names
    }

    fn gather<'a>(&'a self, schema: &'a Value, names: &mut BTreeSet<&'a str>) {
        if let Some(name) = name_of(schema) {
            if names.insert(name) {
                self.gather(self.schema(name), names);
            }
            return;
        }
        if let Some(items) = schema.get("items") {
            self.gather(items, names);
        }
        for member in members(schema).map(|(_, member)| member) {
            self.gather(member, names);
        }
    }
}

impl Operation {
    /// Whether it reads data of an account, which only a few calls a day may do.
    #[must_use]
    pub fn is_metered_read(&self) -> bool {
        self.path.split_once("/accounts/{id}/").is_some_and(|(_, rest)| !rest.is_empty())
    }

    /// The status and schema of the declared success.
    #[must_use]
    pub fn success(&self) -> (u16, &Value) {
        let found = self.answers.iter().find(|(status, _)| (200..300).contains(*status));
        found.map_or_else(|| panic!("{} declares no success", self.key), |(status, schema)| (*status, schema))
    }

    /// The declared error statuses.
    pub fn error_statuses(&self) -> impl Iterator<Item = u16> + '_ {
        self.answers.keys().copied().filter(|status| *status >= 300)
    }

    /// Whether this is one of the operations that need no token, although the document requires one for all.
    #[must_use]
    pub fn is_token(&self) -> bool {
        self.path.starts_with("/api/v2/token/")
    }

    /// The parameters in one place.
    pub fn parameters_in(&self, place: Place) -> impl Iterator<Item = &Parameter> + '_ {
        self.parameters.iter().filter(move |parameter| parameter.place == place)
    }

    /// The path with this id in it.
    #[must_use]
    pub fn path_of(&self, id: &str) -> String {
        self.path.replace("{id}", id)
    }
}

/// The members that a schema declares; none unless it is an object.
pub fn members(schema: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let members = schema.get("properties").and_then(Value::as_object);
    members.into_iter().flatten().map(|(name, member)| (name.as_str(), member))
}

/// The names that a schema requires.
#[must_use]
pub fn required(schema: &Value) -> BTreeSet<&str> {
    let names = schema.get("required").and_then(Value::as_array);
    names.into_iter().flatten().filter_map(Value::as_str).collect()
}

/// The name that a schema refers to, directly or in an `allOf` of one.
fn name_of(schema: &Value) -> Option<&str> {
    let single = schema.get("allOf").and_then(Value::as_array).and_then(|all| match all.as_slice() {
        [single] => Some(single),
        _ => None,
    });
    let reference = single.unwrap_or(schema).get("$ref")?.as_str()?;
    reference.strip_prefix("#/components/schemas/")
}

fn operations(document: &Value) -> Vec<Operation> {
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().expect("the contract has paths") {
        for (method, declared) in methods.as_object().expect("a path has methods") {
            if method == "parameters" {
                continue;
            }
            let method = method.to_uppercase();
            let shared = methods.get("parameters").and_then(Value::as_array).into_iter().flatten();
            let own = declared.get("parameters").and_then(Value::as_array).into_iter().flatten();
            operations.push(Operation {
                key: format!("{method} {path}"),
                id: declared["operationId"].as_str().expect("an operation has an id").to_owned(),
                parameters: shared.chain(own).map(parameter).collect(),
                body: declared.get("requestBody").map(body),
                answers: answers(&declared["responses"]),
                path: path.clone(),
                method,
            });
        }
    }
    operations
}

fn parameter(declared: &Value) -> Parameter {
    let name = declared["name"].as_str().expect("a parameter has a name").to_owned();
    let place = match declared["in"].as_str() {
        Some("path") => Place::Path,
        Some("query") => Place::Query,
        other => panic!("the parameter {name} stands in {other:?}: add it to tests/support/src/contract.rs"),
    };
    let required = declared.get("required").and_then(Value::as_bool).unwrap_or(false);
    Parameter { name, place, required, schema: declared["schema"].clone() }
}

fn body(declared: &Value) -> Body {
    let content = declared["content"].as_object().expect("a body has media types");
    Body {
        required: declared.get("required").and_then(Value::as_bool).unwrap_or(false),
        media_types: content.keys().cloned().collect(),
        schema: content.get("application/json").expect("a body may be JSON")["schema"].clone(),
    }
}

fn answers(declared: &Value) -> BTreeMap<u16, Value> {
    let statuses = declared.as_object().expect("an operation has answers");
    let schema = |(status, answer): (&String, &Value)| {
        let status = status.parse().unwrap_or_else(|_| panic!("{status} is not a status"));
        (status, answer["content"]["application/json"]["schema"].clone())
    };
    statuses.iter().map(schema).collect()
}
