//! One operation as the contract declares it: what goes in, what comes out, and whether it needs a token.

use serde_json::{Map, Value};

use super::schema;
use crate::generate::document::{Document, Place, SCHEMA_PREFIX};
use crate::generate::polish;

/// What a page says of an operation.
#[derive(Clone, Debug)]
pub(super) struct Operation {
    /// Our stable name, and what the vendor calls it.
    pub(super) id: String,
    pub(super) vendor_id: String,
    pub(super) place: Place,
    pub(super) class: &'static str,
    pub(super) tag: String,
    pub(super) summary: String,
    pub(super) description: String,
    pub(super) needs_token: bool,
    pub(super) parameters: Vec<Input>,
    pub(super) body: Option<Body>,
    pub(super) answers: Vec<Answer>,
}

/// A parameter, or a member of a body.
#[derive(Clone, Debug)]
pub(super) struct Input {
    pub(super) name: String,
    /// `path` or `query`; empty for a member.
    pub(super) place: String,
    pub(super) is_required: bool,
    pub(super) meaning: String,
    pub(super) kind: String,
    pub(super) default: String,
    pub(super) limits: String,
}

/// What is sent.
#[derive(Clone, Debug)]
pub(super) struct Body {
    /// The component that it is; empty if it has no name.
    pub(super) name: String,
    pub(super) is_required: bool,
    pub(super) meaning: String,
    pub(super) media_types: Vec<String>,
    pub(super) members: Vec<Input>,
}

/// What comes back with one status.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// As the contract writes it.
    pub(super) status: String,
    pub(super) meaning: String,
    pub(super) media_types: Vec<String>,
    /// The component that it is or is a list of.
    pub(super) component: Option<String>,
    pub(super) is_list: bool,
}

impl Operation {
    pub(super) fn success(&self) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.is_success())
    }
}

impl Answer {
    pub(super) fn is_success(&self) -> bool {
        self.status.starts_with('2')
    }
}

/// The operations of the contract, in its order. `patched` knows their names, their classes and which need no token.
pub(super) fn operations(contract: &Document, patched: &Document) -> Vec<Operation> {
    let known = polish::operations(patched).into_iter();
    known
        .filter_map(|polish::Operation { id, method, path, class, .. }| {
            let place = Place { method, path };
            let declared = contract.operation(&place)?.as_object()?;
            let tag = declared.get("tags").and_then(|tags| tags.get(0)).and_then(Value::as_str);
            let security = patched
                .operation(&place)
                .and_then(|operation| operation.get("security"))
                .or(patched.at("/security"));
            Some(Operation {
                id,
                vendor_id: text(declared, "operationId"),
                class,
                tag: tag.unwrap_or_default().to_owned(),
                summary: text(declared, "summary"),
                description: text(declared, "description"),
                needs_token: security.and_then(Value::as_array).is_some_and(|ways| !ways.is_empty()),
                parameters: list(declared.get("parameters"))
                    .filter_map(|it| parameter(contract, it))
                    .collect(),
                body: declared.get("requestBody").and_then(|body| self::body(contract, body)),
                answers: answers(declared),
                place,
            })
        })
        .collect()
}

fn parameter(contract: &Document, declared: &Value) -> Option<Input> {
    let declared = declared.as_object()?;
    let is_required = declared.get("required") == Some(&Value::Bool(true));
    let schema = declared.get("schema").and_then(Value::as_object)?;
    let meaning = text(declared, "description");
    Some(Input {
        place: text(declared, "in"),
        ..input(contract, &text(declared, "name"), schema, is_required, meaning)
    })
}

fn input(
    contract: &Document,
    name: &str,
    schema: &Map<String, Value>,
    is_required: bool,
    meaning: String,
) -> Input {
    Input {
        name: name.to_owned(),
        place: String::new(),
        is_required,
        meaning,
        kind: schema::kind(contract, schema),
        default: schema::default(schema),
        limits: schema::limits(schema),
    }
}

fn body(contract: &Document, declared: &Value) -> Option<Body> {
    let declared = declared.as_object()?;
    let content = declared.get("content").and_then(Value::as_object)?;
    let schema = content.values().find_map(|media_type| media_type.get("schema"))?;
    let name = component(schema).unwrap_or_default();
    let schema = contract.schema(&name).unwrap_or(schema);
    let required: Vec<&str> = list(schema.get("required")).filter_map(Value::as_str).collect();
    let members = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    let members = members.filter_map(|(member, schema)| {
        let schema = schema.as_object()?;
        Some(input(
            contract,
            member,
            schema,
            required.contains(&member.as_str()),
            text(schema, "description"),
        ))
    });
    Some(Body {
        is_required: declared.get("required") == Some(&Value::Bool(true)),
        meaning: text(declared, "description"),
        media_types: content.keys().cloned().collect(),
        members: members.collect(),
        name,
    })
}

/// The answers by their status, wherever the contract has them.
fn answers(declared: &Map<String, Value>) -> Vec<Answer> {
    let responses = declared.get("responses").and_then(Value::as_object).into_iter().flatten();
    let answers = responses.map(|(status, response)| {
        let content = response.get("content").and_then(Value::as_object);
        let schema =
            content.and_then(|content| content.values().find_map(|media_type| media_type.get("schema")));
        let items = schema.and_then(|schema| schema.get("items"));
        Answer {
            status: status.clone(),
            meaning: response.as_object().map(|response| text(response, "description")).unwrap_or_default(),
            media_types: content.into_iter().flat_map(Map::keys).cloned().collect(),
            component: items.or(schema).and_then(component),
            is_list: items.is_some(),
        }
    });
    let mut answers: Vec<Answer> = answers.collect();
    answers.sort_by(|one, other| one.status.cmp(&other.status));
    answers
}

/// The component that a schema refers to.
pub(super) fn component(schema: &Value) -> Option<String> {
    let reference = schema.get("$ref").or_else(|| schema.get("allOf")?.get(0)?.get("$ref"))?;
    reference.as_str()?.strip_prefix(SCHEMA_PREFIX).map(str::to_owned)
}

fn text(object: &Map<String, Value>, key: &str) -> String {
    object.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}
