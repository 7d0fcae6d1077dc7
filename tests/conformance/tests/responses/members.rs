//! Every member of every response, missing, null or of another type, through the wrapper: either it is accepted, or the
//! error names its path. `tolerance.txt` lists what is accepted although the contract does not allow it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use conformance::{Instances, Presence, Row, difference, rows, serve};
use gocardless_bank_data::Error;
use gocardless_bank_data::error::DecodeReason;
use serde_json::{Value, json};
use test_support::{
    Answer, Contract, FaultServer, Ids, Operation, Returned, Unknown, client, driver, validate,
};

use super::places::{Place, places};

/// What a member can be replaced with.
const GIVEN: [&str; 8] = ["missing", "null", "text", "number", "boolean", "list", "empty-list", "object"];

fn table() -> Vec<Row> {
    rows("tests/responses/tolerance.txt", include_str!("tolerance.txt"))
}

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
        Self { operation, body, bank: client(&server), _running: server }
    }

    async fn ask(&self, body: &Value) -> Result<Returned, Error> {
        *self.body.lock().unwrap() = body.clone();
        (driver(&self.operation.key).minimal)(&self.bank, &Ids::default()).await
    }
}

#[tokio::test]
async fn every_member_that_is_otherwise_is_read_or_named() {
    let table = table();
    let (mut wrong, mut met) = (BTreeSet::new(), BTreeSet::new());
    for operation in Contract::get().operations() {
        let server = Server::start(operation).await;
        let answer = Instances::new(2, Presence::All).make(operation.success().1);
        let reply = server.ask(&answer).await.unwrap_or_else(|error| panic!("{}: {error}", operation.key));
        if let Some(why) = difference(&reply.value, &answer) {
            panic!("{}: what is right comes back otherwise {why}", operation.key);
        }
        for place in places(operation.success().1, &answer) {
            for given in GIVEN {
                let Some(body) = changed(&answer, &place, given) else { continue };
                let row = table.iter().find(|row| applies(row, &place, given));
                met.extend(row.map(ToString::to_string));
                let is_allowed = is_allowed(&place, &body, given);
                let outcome =
                    row.map_or(if is_allowed { "read" } else { "refused" }, |row| row.get("outcome"));
                let came = comes_out(&server, &place, given, &body, outcome == "read").await;
                match (came, outcome) {
                    (Ok(()), "fault") => {
                        wrong.insert(format!("{}, {given}: it is mended: delete its row", place.name))
                    }
                    (Ok(()), _) | (Err(_), "fault") => false,
                    (Err(why), _) => wrong.insert(format!("{}, {given}: {why}", place.name)),
                };
            }
        }
    }
    let wrong: Vec<_> = wrong.into_iter().collect();
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
    let idle: Vec<_> = table.iter().map(ToString::to_string).filter(|row| !met.contains(row)).collect();
    assert!(idle.is_empty(), "no member meets these rows: {idle:?}");
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

/// Whether the contract itself allows it.
fn is_allowed(place: &Place, body: &Value, given: &str) -> bool {
    if given == "missing" {
        return !place.is_required;
    }
    let value = body.pointer(&place.pointer).unwrap();
    validate(place.schema, Unknown::Allowed, value).is_empty()
}

/// Whether a row applies to this place, by its name or as one of a group.
fn applies(row: &Row, place: &Place, given: &str) -> bool {
    let is_text = || Contract::get().resolve(place.schema)["type"] == "string";
    let is_named = match row.get("member") {
        "any optional member" => place.is_member && !place.is_required,
        "any text" => is_text(),
        name => name == place.name,
    };
    is_named && row.get("given").split(' ').any(|word| word == given)
}

async fn comes_out(
    server: &Server,
    place: &Place,
    given: &str,
    body: &Value,
    is_read: bool,
) -> Result<(), String> {
    match (server.ask(body).await, is_read) {
        (Ok(reply), true) => {
            difference(&reply.value, body).map_or(Ok(()), |why| Err(format!("it was read otherwise {why}")))
        }
        (Ok(_), false) => Err("it was read, and neither the contract nor tolerance.txt says so".to_owned()),
        (Err(error), true) => Err(format!("it was not read: {error}")),
        (Err(Error::Decode(error)), false) => {
            if error.reason() != DecodeReason::Shape {
                return Err(format!("the reason is {:?}", error.reason()));
            }
            // A list in place of another list is rejected at its first item.
            let first = error.path().map(|path| path.strip_suffix("[0]").unwrap_or(path));
            let expected = Some(place.path.as_str()).filter(|path| !path.is_empty());
            let first = first.filter(|path| !path.is_empty());
            let is_named = error.path() == expected || (given == "list" && first == expected);
            if is_named { Ok(()) } else { Err(format!("the place is {:?}", error.path())) }
        }
        (Err(other), false) => Err(format!("it is no decode error: {other}")),
    }
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
