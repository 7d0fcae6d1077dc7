//! Validates a request against the contract.

use std::collections::BTreeSet;

use http::HeaderMap;
use serde_json::Value;
use test_support::{Contract, Operation, Parameter, Place, Request, Unknown, members, required, validate};

/// Which of the permitted parameters and members a request must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Only what the contract requires.
    Minimal,
    /// Every parameter and member that the contract declares.
    Full,
}

/// Headers of HTTP itself, which the contract does not list. The bearer token is checked separately.
const ORDINARY: [&str; 7] =
    ["accept", "accept-encoding", "authorization", "content-length", "content-type", "host", "user-agent"];

/// Everything that is wrong with a request for `operation` with this id.
#[must_use]
pub fn misfits(operation: &Operation, id: &str, extent: Extent, request: &Request) -> Vec<String> {
    let mut wrong = Vec::new();
    if request.method != operation.method {
        wrong.push(format!("the method is {}", request.method));
    }
    path(operation, id, request, &mut wrong);
    query(operation, extent, request, &mut wrong);
    headers(operation, request, &mut wrong);
    body(operation, extent, request, &mut wrong);
    wrong
}

fn path(operation: &Operation, id: &str, request: &Request, wrong: &mut Vec<String>) {
    let expected = operation.path_of(id);
    if request.path != expected {
        wrong.push(format!("the path is {} in place of {expected}", request.path));
    }
    if !request.path.ends_with('/') {
        wrong.push(format!("the path {} does not end in a slash", request.path));
    }
    for parameter in operation.parameters_in(Place::Path) {
        wrong.extend(value(parameter, id));
    }
}

fn query(operation: &Operation, extent: Extent, request: &Request, wrong: &mut Vec<String>) {
    let declared: Vec<_> = operation.parameters_in(Place::Query).collect();
    let (parameters, mut sent) = (request.parameters(), BTreeSet::new());
    for (name, text) in &parameters {
        if !sent.insert(name.as_str()) {
            wrong.push(format!("the query has {name} twice"));
        }
        match declared.iter().find(|parameter| parameter.name == *name) {
            Some(parameter) => wrong.extend(value(parameter, text)),
            None => wrong.push(format!("the query has {name}, which the contract does not know")),
        }
    }
    for parameter in declared {
        let (is_sent, name) = (sent.contains(parameter.name.as_str()), &parameter.name);
        let must = parameter.required || extent == Extent::Full;
        if must && !is_sent {
            wrong.push(format!("the query lacks {name}"));
        } else if is_sent && !must {
            wrong.push(format!("the query has {name}, which nobody asked for"));
        }
    }
}

/// Validates the text of a parameter as its declared type.
fn value(parameter: &Parameter, text: &str) -> Vec<String> {
    let read = match parameter.schema.get("type").and_then(Value::as_str) {
        Some("integer") => text.parse::<i64>().map_or_else(|_| text.into(), Value::from),
        Some("boolean") => text.parse::<bool>().map_or_else(|_| text.into(), Value::from),
        _ => text.into(),
    };
    let wrong = validate(&parameter.schema, Unknown::Refused, &read);
    wrong.into_iter().map(|why| format!("the parameter {} is wrong {why}", parameter.name)).collect()
}

fn headers(operation: &Operation, request: &Request, wrong: &mut Vec<String>) {
    for name in request.headers.keys() {
        if !ORDINARY.contains(&name.as_str()) {
            wrong.push(format!("there is a header {name}, which the contract does not know"));
        }
        if request.headers.get_all(name).iter().count() > 1 {
            wrong.push(format!("the header {name} is there twice"));
        }
    }
    if header(&request.headers, "accept") != Some("application/json") {
        wrong.push(format!("accept is {:?}", header(&request.headers, "accept")));
    }
    let bearer = (!operation.is_token()).then_some("Bearer access-1");
    if header(&request.headers, "authorization") != bearer {
        wrong.push(format!("authorization is {:?}", header(&request.headers, "authorization")));
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn body(operation: &Operation, extent: Extent, request: &Request, wrong: &mut Vec<String>) {
    let Some(declared) = &operation.body else {
        if !request.body.is_empty() || header(&request.headers, "content-type").is_some() {
            wrong.push("there is a body, and the contract knows none".to_owned());
        }
        return;
    };
    if request.body.is_empty() {
        if declared.required || extent == Extent::Full {
            wrong.push("there is no body".to_owned());
        }
        return;
    }
    let kind = header(&request.headers, "content-type").unwrap_or_default();
    if !declared.media_types.iter().any(|known| known == kind) {
        wrong.push(format!("the media type is {kind:?}"));
    }
    let sent: Value = match serde_json::from_slice(&request.body) {
        Ok(sent) => sent,
        Err(error) => return wrong.push(format!("the body is not JSON: {error}")),
    };
    let found = validate(&declared.schema, Unknown::Refused, &sent);
    wrong.extend(found.into_iter().map(|why| format!("the body is wrong {why}")));
    extent_of_body(&declared.schema, "", extent, &sent, wrong);
}

/// Checks at each level that every required member is there and no other.
fn extent_of_body(schema: &Value, place: &str, extent: Extent, sent: &Value, wrong: &mut Vec<String>) {
    let schema = Contract::get().resolve(schema);
    let required = required(schema);
    for (name, member) in members(schema) {
        let place = format!("{place}/{name}");
        match (sent.get(name), extent) {
            (Some(sent), Extent::Full) => {
                if sent.is_null() {
                    wrong.push(format!("the body has null for {place}"));
                }
                extent_of_body(member, &place, extent, sent, wrong);
            }
            (Some(_), Extent::Minimal) if !required.contains(name) => {
                wrong.push(format!("the body has {place}, which nobody asked for"));
            }
            (None, Extent::Full) => wrong.push(format!("the body lacks {place}")),
            _ => {}
        }
    }
}
