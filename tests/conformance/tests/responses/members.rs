//! Every member of every response, missing, null or of another type, through the wrapper: it costs itself and nothing else,
//! and what could not be read is named by its place.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use conformance::{Instances, Presence, difference, run_seed, serve};
use gocardless_bank_data::Error;
use gocardless_bank_data::error::DecodeReason;
use serde_json::{Value, json};
use test_support::{Answer, Contract, FaultServer, Ids, Operation, Returned, driver, scale, unpaced};

use super::places::{Place, places};

/// What a member can be replaced with.
const GIVEN: [&str; 8] = ["missing", "null", "text", "number", "boolean", "list", "empty-list", "object"];

/// A server that answers one operation with a given body, and a client for it.
struct Server {
    operation: &'static Operation,
    body: Arc<Mutex<Value>>,
    bank: gocardless_bank_data::BankData,
    _running: FaultServer,
}

impl Server {
    async fn start(operation: &'static Operation) -> Self {
        let body = Arc::new(Mutex::new(Value::Null));
        let answered = Arc::clone(&body);
        let server =
            serve(operation, move |_| Answer::json(operation.success().0, &answered.lock().unwrap())).await;
        Self { operation, body, bank: unpaced(&server), _running: server }
    }

    async fn ask(&self, body: &Value) -> Result<Returned, Error> {
        *self.body.lock().unwrap() = body.clone();
        (driver(&self.operation.key).minimal)(&self.bank, &Ids::default()).await
    }
}

/// The first response has every member, the others have some. A thousand of each operation take ten minutes:
/// `CONFORMANCE_INSTANCES=1000 cargo test --release -p conformance every_member`. Then all were read.
#[tokio::test]
async fn every_member_that_is_otherwise_costs_itself_and_is_named() {
    let (instances, seed) = (scale("CONFORMANCE_INSTANCES", 4), run_seed());
    let mut wrong = BTreeSet::new();
    for operation in Contract::get().operations() {
        for number in 0..instances {
            // A client of its own, which has obtained no token yet.
            let server = Server::start(operation).await;
            let presence = if number == 0 { Presence::All } else { Presence::Some };
            let answer = Instances::new(seed + number, presence).make(operation.success().1);
            wrong.extend(all_that_is_lost(&server, &answer).await);
        }
    }
    let wrong: Vec<_> = wrong.into_iter().collect();
    assert!(wrong.is_empty(), "CONFORMANCE_SEED={seed}, {} cases:\n{}", wrong.len(), wrong.join("\n"));
}

/// What is lost beside the member that is otherwise, for each member of a response and each thing that it can be.
async fn all_that_is_lost(server: &Server, answer: &Value) -> Vec<String> {
    let operation = server.operation;
    let mut wrong = Vec::new();
    match server.ask(answer).await {
        Ok(reply) => {
            let why = difference(&reply.value, answer);
            wrong.extend(
                why.map(|why| format!("{}: what is right comes back otherwise {why}", operation.key)),
            );
        }
        // Without any known member there is no value.
        Err(Error::Decode(error))
            if error.reason() == DecodeReason::Shape
                && (*answer == json!({}) || is_found_by_nobody(operation, answer)) => {}
        Err(error) => wrong.push(format!("{}: {error}", operation.key)),
    }
    let there = |place: &Place| answer.pointer(&place.pointer).is_some();
    for place in places(operation.success().1, answer).into_iter().filter(there) {
        for given in GIVEN {
            let Some(body) = changed(answer, &place, given) else { continue };
            let outcome = server.ask(&body).await;
            if let Err(why) = costs_itself(operation, &place, answer, &body, outcome) {
                wrong.push(format!("{}, {given}: {why}", place.name));
            }
        }
    }
    wrong
}

/// The response with another value at this place, or `None` if that would not be another value.
fn changed(answer: &Value, place: &Place, given: &str) -> Option<Value> {
    let mut body = answer.clone();
    if given == "missing" {
        let (parent, member) = place.pointer.rsplit_once('/')?;
        let parent = body.pointer_mut(parent)?.as_object_mut().filter(|_| place.is_member)?;
        parent.remove(member);
        return Some(body);
    }
    let value = match given {
        "null" => Value::Null,
        "text" => json!("?"),
        "number" => json!(7),
        "boolean" => json!(true),
        "list" => json!(["?"]),
        "empty-list" => json!([]),
        // For a list of objects its single element, otherwise a meaningless object.
        _ => answer
            .pointer(&format!("{}/0", place.pointer))
            .filter(|item| item.is_object())
            .cloned()
            .unwrap_or(json!({ "?": 1 })),
    };
    let there = body.pointer_mut(&place.pointer).unwrap_or_else(|| panic!("nothing at {}", place.pointer));
    // A string in place of a string matters only if the contract requires a format.
    let is_same = std::mem::discriminant(there) == std::mem::discriminant(&value);
    if is_same && given != "text" {
        return None;
    }
    *there = value;
    Some(body)
}

/// Whether all but this place was read, and a value there that was not read is named.
fn costs_itself(
    operation: &Operation,
    place: &Place,
    answer: &Value,
    body: &Value,
    outcome: Result<Returned, Error>,
) -> Result<(), String> {
    let reply = match outcome {
        Ok(reply) => reply,
        // Where nothing can be read there is no value.
        Err(Error::Decode(error))
            if error.reason() == DecodeReason::Shape
                && (is_empty(place, body) || is_found_by_nobody(operation, body)) =>
        {
            return Ok(());
        }
        Err(error) => return Err(format!("it was not read: {error}")),
    };
    let Some((pointer, is_entry)) = named(place, &reply.shown) else {
        let there = body.pointer(&place.pointer).unwrap_or(&Value::Null);
        let read = reply.value.pointer(&place.pointer).unwrap_or(&Value::Null);
        if read.is_null() && !there.is_null() && !there.as_array().is_some_and(Vec::is_empty) {
            return Err("it was not read, and nothing says so".to_owned());
        }
        return same_but(&place.pointer, false, &reply.value, answer);
    };
    if place.is_optional && body.pointer(&place.pointer).is_none_or(Value::is_null) {
        return Err(format!("it is optional, and {pointer} was not read"));
    }
    same_but(&pointer, is_entry, &reply.value, answer)
}

/// Whether nothing is left of the response without this place, or without an entry that it may cost.
fn is_empty(place: &Place, body: &Value) -> bool {
    let around = place.pointer.match_indices('/').map(|(end, _)| &place.pointer[..end]);
    let entries = around.filter(|pointer| pointer.ends_with(|end: char| end.is_ascii_digit()));
    entries.chain([place.pointer.as_str()]).any(|pointer| {
        let mut body = body.clone();
        body.pointer_mut(pointer).map(Value::take);
        says_nothing(&body)
    })
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().all(says_nothing),
        Value::Object(members) => members.values().all(says_nothing),
        _ => false,
    }
}

/// Whether something was created, and neither its id nor its link can be read.
fn is_found_by_nobody(operation: &Operation, body: &Value) -> bool {
    let is_read = |name| body.get(name).is_some_and(|value| !value.is_object() && !value.is_array());
    ["POST /api/v2/requisitions/", "POST /api/v2/agreements/enduser/"].contains(&operation.key.as_str())
        && !is_read("id")
        && !is_read("link")
}

/// The pointer of what is reported as unread, if that is this place or what it is a part of, and whether it is an entry of
/// a list.
fn named(place: &Place, shown: &str) -> Option<(String, bool)> {
    let (mut path, mut pointer) = (place.path.as_str(), place.pointer.as_str());
    loop {
        if !path.is_empty() && is_reported(path, shown) {
            return Some((pointer.to_owned(), path.ends_with(']')));
        }
        path = &path[..path.rfind(['.', '['])?];
        pointer = &pointer[..pointer.rfind('/')?];
    }
}

/// Whether this path is in the value's `Debug` with a reason behind it. A member of a struct has its value there, which begins
/// otherwise.
fn is_reported(path: &str, shown: &str) -> bool {
    let is_reason = |text: &str| {
        text.starts_with(|first: char| first.is_ascii_lowercase())
            && !["true", "false"].iter().any(|value| text.starts_with(value))
    };
    let places = ["[", " "].map(|before| format!("{before}{path}: "));
    places.iter().any(|place| shown.match_indices(place).any(|(at, _)| is_reason(&shown[at + place.len()..])))
}

/// Whether two values are the same but for this place, which is an entry that is missing from the first or a member.
fn same_but(pointer: &str, is_entry: bool, came: &Value, answer: &Value) -> Result<(), String> {
    let (mut came, mut answer) = (came.clone(), answer.clone());
    let Some((parent, last)) = pointer.rsplit_once('/') else { return Ok(()) };
    match answer.pointer_mut(parent) {
        Some(Value::Object(members)) => drop(members.remove(last)),
        Some(Value::Array(items)) => drop(items.remove(0)),
        _ => {}
    }
    match came.pointer_mut(parent) {
        Some(Value::Object(members)) => drop(members.remove(last)),
        Some(Value::Array(items)) if !is_entry => drop(items.remove(0)),
        _ => {}
    }
    difference(&came, &answer).map_or(Ok(()), |why| Err(format!("something else was read otherwise {why}")))
}

#[tokio::test]
async fn unknown_members_are_read_over_at_every_level_and_kept_in_the_body() {
    for operation in Contract::get().operations() {
        let server = Server::start(operation).await;
        let answer = Instances::new(3, Presence::All).make(operation.success().1);
        let objects = places(operation.success().1, &answer).into_iter().map(|place| place.pointer);
        for pointer in objects.chain([String::new()]) {
            let mut body = answer.clone();
            let Some(object) = body.pointer_mut(&pointer).and_then(Value::as_object_mut) else { continue };
            if pointer.ends_with("/accounts") {
                // The only object without declared members: every member is known there.
                continue;
            }
            object.insert("x-new".to_owned(), json!({ "nested": [1, null, "two"] }));
            object.insert(String::new(), Value::Null);
            let reply = server.ask(&body).await;
            let reply = reply.unwrap_or_else(|error| panic!("{} at {pointer}: {error}", operation.key));
            if let Some(why) = difference(&reply.value, &answer) {
                panic!("{} with an unknown member at {pointer}/ comes back otherwise {why}", operation.key);
            }
            let kept: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
            assert!(kept == body || operation.is_token(), "{} at {pointer}", operation.key);
        }
    }
}
