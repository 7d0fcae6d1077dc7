//! What is wrong with a request by the contract.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::contract::{Contract, Operation, Parameter, Place, members, required};
use crate::recorder::{ACCESS, Request};
use crate::schema::{Unknown, judge};

/// How much of what may be sent a request must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Only what the contract requires.
    Minimal,
    /// Every parameter and member that the contract knows.
    Full,
}

/// Headers of HTTP itself, which no contract lists. The bearer is judged for itself.
const ORDINARY: [&str; 7] =
    ["accept", "accept-encoding", "authorization", "content-length", "content-type", "host", "user-agent"];

/// Everything that is wrong with a request for `operation` about the thing called `id`.
#[must_use]
pub fn complaints(operation: &Operation, id: &str, extent: Extent, request: &Request) -> Vec<String> {
    let mut said = Vec::new();
    if request.method != operation.method {
        said.push(format!("the method is {}", request.method));
    }
    line(operation, id, request, &mut said);
    query(operation, extent, request, &mut said);
    headers(operation, request, &mut said);
    body(operation, extent, request, &mut said);
    said
}

fn line(operation: &Operation, id: &str, request: &Request, said: &mut Vec<String>) {
    let path = operation.path_of(id);
    if request.path != path {
        said.push(format!("the path is {} in place of {path}", request.path));
    }
    if !request.path.ends_with('/') {
        said.push(format!("the path {} does not end in a slash", request.path));
    }
    for parameter in operation.parameters_in(Place::Path) {
        said.extend(value(parameter, id));
    }
}

fn query(operation: &Operation, extent: Extent, request: &Request, said: &mut Vec<String>) {
    let declared: Vec<_> = operation.parameters_in(Place::Query).collect();
    let mut sent = BTreeSet::new();
    for (name, text) in &request.query {
        if !sent.insert(name.as_str()) {
            said.push(format!("the query has {name} twice"));
        }
        match declared.iter().find(|parameter| parameter.name == *name) {
            Some(parameter) => said.extend(value(parameter, text)),
            None => said.push(format!("the query has {name}, which the contract does not know")),
        }
    }
    for parameter in declared {
        let (is_sent, name) = (sent.contains(parameter.name.as_str()), &parameter.name);
        let must = parameter.required || extent == Extent::Full;
        if must && !is_sent {
            said.push(format!("the query lacks {name}"));
        } else if is_sent && !must {
            said.push(format!("the query has {name}, which nobody asked for"));
        }
    }
}

/// The text of a parameter, read as the type that the contract gives it.
fn value(parameter: &Parameter, text: &str) -> Vec<String> {
    let read = match parameter.schema.get("type").and_then(Value::as_str) {
        Some("integer") => text.parse::<i64>().map_or_else(|_| text.into(), Value::from),
        Some("boolean") => text.parse::<bool>().map_or_else(|_| text.into(), Value::from),
        _ => text.into(),
    };
    let judged = judge(&parameter.schema, Unknown::Refused, &read);
    judged.into_iter().map(|why| format!("the parameter {} is wrong {why}", parameter.name)).collect()
}

fn headers(operation: &Operation, request: &Request, said: &mut Vec<String>) {
    for (name, _) in &request.headers {
        if !ORDINARY.contains(&name.as_str()) {
            said.push(format!("there is a header {name}, which the contract does not know"));
        }
        if request.headers.iter().filter(|other| other.0 == *name).count() > 1 {
            said.push(format!("the header {name} is there twice"));
        }
    }
    if request.header("accept") != Some("application/json") {
        said.push(format!("accept is {:?}", request.header("accept")));
    }
    let bearer = (!operation.is_token()).then(|| format!("Bearer {ACCESS}"));
    if request.header("authorization") != bearer.as_deref() {
        said.push(format!("authorization is {:?}", request.header("authorization")));
    }
}

fn body(operation: &Operation, extent: Extent, request: &Request, said: &mut Vec<String>) {
    let Some(declared) = &operation.body else {
        if !request.body.is_empty() || request.header("content-type").is_some() {
            said.push("there is a body, and the contract knows none".to_owned());
        }
        return;
    };
    if request.body.is_empty() {
        if declared.required || extent == Extent::Full {
            said.push("there is no body".to_owned());
        }
        return;
    }
    let kind = request.header("content-type").unwrap_or_default();
    if !declared.media_types.iter().any(|known| known == kind) {
        said.push(format!("the media type is {kind:?}"));
    }
    let sent: Value = match serde_json::from_slice(&request.body) {
        Ok(sent) => sent,
        Err(error) => return said.push(format!("the body is no JSON: {error}")),
    };
    let judged = judge(&declared.schema, Unknown::Refused, &sent);
    said.extend(judged.into_iter().map(|why| format!("the body is wrong {why}")));
    extent_of_body(&declared.schema, "", extent, &sent, said);
}

/// Whether every member is there that must be, at each level, and none besides.
fn extent_of_body(schema: &Value, place: &str, extent: Extent, sent: &Value, said: &mut Vec<String>) {
    let schema = Contract::get().resolve(schema);
    let required = required(schema);
    for (name, member) in members(schema) {
        let place = format!("{place}/{name}");
        match (sent.get(name), extent) {
            (Some(sent), Extent::Full) => {
                if sent.is_null() {
                    said.push(format!("the body has null for {place}"));
                }
                extent_of_body(member, &place, extent, sent, said);
            }
            (Some(_), Extent::Minimal) if !required.contains(name) => {
                said.push(format!("the body has {place}, which nobody asked for"));
            }
            (None, Extent::Full) => said.push(format!("the body lacks {place}")),
            _ => {}
        }
    }
}
