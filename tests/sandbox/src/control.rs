//! The control endpoints: which there are, and what each does.

use std::time::Duration;

use bytes::Bytes;
use http::Method;
use serde_json::{Map, Value, json};

use crate::answer::Answer;
use crate::clock::text;
use crate::error::SandboxError;
use crate::fault::Fault;
use crate::operation_table::Operation;
use crate::profile::BankProfile;
use crate::recorded::RecordedRequest;
use crate::state::{AccountStatus, BankAccount, LinkOutcome, RequisitionStatus, TokenKind};
use crate::world;
use crate::world::World;

/// The longest single move of the clock: a hundred years.
const MOST_SECONDS: u64 = 3_155_760_000;

/// Every endpoint, for `GET /_sandbox`.
const HELP: [(&str, &str); 22] = [
    ("GET /_sandbox", "this text"),
    ("POST /_sandbox/faults", "adds a fault, or several in an array"),
    ("GET /_sandbox/faults", "the faults that have uses left"),
    ("DELETE /_sandbox/faults", "drops all faults"),
    ("GET /_sandbox/requests", "the requests received so far, oldest first"),
    ("DELETE /_sandbox/requests", "forgets them"),
    ("GET /_sandbox/clock", "the sandbox's time"),
    ("POST /_sandbox/clock", "{\"advance_seconds\": 86400} moves it forward"),
    (
        "POST /_sandbox/link",
        "{\"requisition\": id, \"outcome\": \"linked\", \"person\": name} completes a link flow",
    ),
    ("POST /_sandbox/requisitions", "{\"requisition\": id, \"status\": \"UA\"} sets a status"),
    ("POST /_sandbox/accounts", "{\"account\": id, \"status\": \"SUSPENDED\"} sets a status"),
    ("GET /_sandbox/accounts", "what people have at their banks, linked or not"),
    (
        "POST /_sandbox/accounts/new",
        "{\"institution\": id, \"currency\": \"EUR\", …} gives a person an account",
    ),
    ("GET /_sandbox/accounts/{id}/truth", "what really happened on an account, and how it was shown"),
    ("POST /_sandbox/accounts/{id}/transactions", "[{\"state\": \"booked\", …}] adds transactions"),
    ("DELETE /_sandbox/accounts/{id}/transactions", "removes those that were added"),
    ("POST /_sandbox/accounts/{id}/raw", "{\"operation\": name, \"body\": …} sets a whole body"),
    ("DELETE /_sandbox/accounts/{id}/raw", "{\"operation\": name} lets it be made up again"),
    ("GET /_sandbox/profiles", "the named profiles, each with its institution"),
    ("GET /_sandbox/profiles/{institution}", "how an institution behaves now"),
    ("POST /_sandbox/profiles", "{\"institution\": id, \"profile\": {…}} sets how an institution behaves"),
    ("POST /_sandbox/tokens", "{\"forget\": \"access\" or \"all\"} refuses the tokens given so far"),
];

/// Answers a control request. `rest` is what comes after `/_sandbox`.
pub(crate) fn answer(world: &World, method: &Method, rest: &str, body: &Bytes) -> Answer {
    let done = match (method.as_str(), rest) {
        ("GET", "") => Ok(Answer::json(200, describe(world))),
        ("GET", "/faults") => Ok(faults(world, 200)),
        ("POST", "/faults") => add_faults(world, body),
        ("DELETE", "/faults") => {
            world.faults.clear();
            Ok(faults(world, 200))
        }
        ("GET", "/requests") => Ok(requests(world)),
        ("DELETE", "/requests") => {
            world.log.clear();
            Ok(requests(world))
        }
        ("GET", "/clock") => Ok(clock(world)),
        ("POST", "/clock") => advance(world, body),
        ("POST", "/link") => link(world, body),
        ("POST", "/requisitions") => requisition_status(world, body),
        ("POST", "/accounts") => account_status(world, body),
        ("POST", "/tokens") => forget_tokens(world, body),
        ("GET", "/profiles") => Ok(profiles()),
        ("POST", "/profiles") => set_profile(world, body),
        ("GET", "/accounts") => Ok(bank_accounts(world)),
        ("POST", "/accounts/new") => new_account(world, body),
        (method, rest) => {
            let parts: Vec<&str> = rest.split('/').skip(1).collect();
            match (method, parts.as_slice()) {
                ("GET", ["profiles", institution]) => told(world::profile(world, institution))
                    .map(|profile| Answer::json(200, profile.to_json())),
                ("GET", ["accounts", id, "truth"]) => {
                    told(world::truth(world, id)).map(|truth| Answer::json(200, truth.to_json()))
                }
                ("POST", ["accounts", id, "transactions"]) => add_transactions(world, id, body),
                ("DELETE", ["accounts", id, "transactions"]) => told(world::clear_transactions(world, id))
                    .map(|()| Answer::json(200, json!({ "ids": [] }))),
                ("POST" | "DELETE", ["accounts", id, "raw"]) => raw(world, id, method == "POST", body),
                _ => {
                    let error = "there is no such control endpoint: see GET /_sandbox";
                    return Answer::json(404, json!({ "error": error }));
                }
            }
        }
    };
    done.unwrap_or_else(|why| Answer::json(400, json!({ "error": why })))
}

type Done = Result<Answer, String>;

fn describe(world: &World) -> Value {
    let endpoints: Map<String, Value> =
        HELP.iter().map(|(name, text)| ((*name).to_owned(), json!(text))).collect();
    json!({
        "what": "a sandbox of the GoCardless Bank Account Data API for tests; nothing in it is real",
        "version": env!("CARGO_PKG_VERSION"),
        "base_url": world.config.base_url,
        "secret_id": world.config.secret_id,
        "secret_key": world.config.secret_key,
        "seed": world.config.seed,
        "endpoints": endpoints,
    })
}

fn faults(world: &World, status: u16) -> Answer {
    let list: Vec<Value> = world.faults.list().iter().map(Fault::to_json).collect();
    Answer::json(status, json!({ "faults": list }))
}

fn add_faults(world: &World, body: &Bytes) -> Done {
    let parsed = parse(body)?;
    let list =
        if let Value::Array(items) = &parsed { items.as_slice() } else { std::slice::from_ref(&parsed) };
    // All or none: half a script would be hard to notice.
    let list: Vec<Fault> = list.iter().map(Fault::from_json).collect::<Result<_, _>>()?;
    for fault in list {
        world.faults.add(fault);
    }
    Ok(faults(world, 201))
}

fn requests(world: &World) -> Answer {
    let list: Vec<Value> = world.log.list().iter().map(request_view).collect();
    Answer::json(200, json!({ "requests": list }))
}

fn request_view(request: &RecordedRequest) -> Value {
    let headers: Vec<Value> = request
        .headers
        .iter()
        .map(|(name, value)| json!([name.as_str(), String::from_utf8_lossy(value.as_bytes())]))
        .collect();
    json!({
        "operation": request.operation.map(Operation::operation_id),
        "method": request.method.as_str(),
        "path": request.path,
        "query": request.query,
        "headers": headers,
        "body": String::from_utf8_lossy(&request.body),
        "status": request.status,
    })
}

fn clock(world: &World) -> Answer {
    Answer::json(200, json!({ "now": text(world.clock.now()) }))
}

fn advance(world: &World, body: &Bytes) -> Done {
    let seconds = members(body, &["advance_seconds"])?.get("advance_seconds").and_then(Value::as_u64);
    let seconds = seconds
        .filter(|seconds| *seconds <= MOST_SECONDS)
        .ok_or_else(|| format!("advance_seconds must be a whole number from 0 to {MOST_SECONDS}"))?;
    world.clock.advance(Duration::from_secs(seconds));
    Ok(clock(world))
}

fn link(world: &World, body: &Bytes) -> Done {
    let members = members(body, &["requisition", "outcome", "person"])?;
    let outcome = match members.get("outcome") {
        None => LinkOutcome::Linked,
        Some(outcome) => outcome.as_str().and_then(LinkOutcome::parse).ok_or_else(|| {
            let words: Vec<&str> = LinkOutcome::all().map(LinkOutcome::as_str).collect();
            format!("outcome must be one of: {}", words.join(", "))
        })?,
    };
    let person = match members.get("person") {
        None => None,
        Some(person) => Some(person.as_str().ok_or("person must be a name")?),
    };
    let accounts = told(world::link(world, &id(&members, "requisition")?, outcome, person))?;
    Ok(Answer::json(200, json!({ "accounts": accounts })))
}

fn requisition_status(world: &World, body: &Bytes) -> Done {
    let members = members(body, &["requisition", "status"])?;
    let status = members.get("status").and_then(Value::as_str).and_then(RequisitionStatus::parse);
    let status = status.ok_or_else(|| {
        let words: Vec<&str> = RequisitionStatus::ALL.iter().map(|status| status.as_str()).collect();
        format!("status must be one of: {}", words.join(", "))
    })?;
    told(world::set_requisition_status(world, &id(&members, "requisition")?, status))?;
    Ok(Answer::json(200, json!({ "status": status.as_str() })))
}

fn account_status(world: &World, body: &Bytes) -> Done {
    let members = members(body, &["account", "status"])?;
    let status = members.get("status").and_then(Value::as_str).and_then(AccountStatus::parse);
    let status = status.ok_or_else(|| {
        let words: Vec<&str> = AccountStatus::ALL.iter().map(|status| status.as_str()).collect();
        format!("status must be one of: {}", words.join(", "))
    })?;
    told(world::set_account_status(world, &id(&members, "account")?, status))?;
    Ok(Answer::json(200, json!({ "status": status.as_str() })))
}

fn forget_tokens(world: &World, body: &Bytes) -> Done {
    let kinds: &[TokenKind] = match members(body, &["forget"])?.get("forget").and_then(Value::as_str) {
        Some("access") => &[TokenKind::Access],
        Some("all") => &[TokenKind::Access, TokenKind::Refresh],
        _ => return Err("forget must be one of: access, all".to_owned()),
    };
    world::forget_tokens(world, kinds);
    Ok(Answer::json(200, json!({ "forgotten": true })))
}

fn profiles() -> Answer {
    let list: Vec<Value> = BankProfile::about_presets()
        .zip(BankProfile::presets())
        .map(|((name, about), (_, profile))| {
            json!({
                "name": name,
                "about": about,
                "institution": BankProfile::institution(name),
                "profile": profile.to_json(),
            })
        })
        .collect();
    Answer::json(200, json!({ "profiles": list }))
}

fn set_profile(world: &World, body: &Bytes) -> Done {
    let members = members(body, &["institution", "profile"])?;
    let institution = id(&members, "institution")?;
    let profile = BankProfile::from_json(members.get("profile").unwrap_or(&Value::Null))?;
    let view = profile.to_json();
    told(world::set_profile(world, &institution, profile))?;
    Ok(Answer::json(200, json!({ "institution": institution, "profile": view })))
}

fn bank_accounts(world: &World) -> Answer {
    let list: Vec<Value> = world.with_state(|state| {
        let ids = |place: usize| -> Vec<String> {
            let views = state.accounts.iter().filter(|account| account.place == place);
            views.map(|account| account.id.to_string()).collect()
        };
        let view = |(place, account): (usize, &BankAccount)| {
            json!({
                "bank_account": account.id,
                "institution": account.institution,
                "person": account.person,
                "iban": account.facts.iban,
                "currency": account.facts.currency,
                "accounts": ids(place),
            })
        };
        state.people.iter().enumerate().map(view).collect()
    });
    Answer::json(200, json!({ "bank_accounts": list }))
}

fn new_account(world: &World, body: &Bytes) -> Done {
    let Value::Object(mut members) = parse(body)? else {
        return Err("the body must be a JSON object".to_owned());
    };
    let institution = id(&members, "institution")?;
    members.remove("institution");
    let account = told(world::put_account(world, &institution, &Value::Object(members)))?;
    Ok(Answer::json(201, json!({ "bank_account": account })))
}

fn add_transactions(world: &World, id: &str, body: &Bytes) -> Done {
    let ids = told(world::put_transactions(world, id, &parse(body)?))?;
    Ok(Answer::json(201, json!({ "ids": ids })))
}

fn raw(world: &World, id: &str, put: bool, body: &Bytes) -> Done {
    let mut members = members(body, if put { &["operation", "body"] } else { &["operation"] })?;
    let operation = members.get("operation").and_then(Value::as_str).and_then(Operation::parse);
    let operation = operation.ok_or("operation must be an operationId, or method and path")?;
    let raw = members.remove("body");
    if put && raw.is_none() {
        return Err("body must be given".to_owned());
    }
    told(world::put_raw(world, id, operation, raw))?;
    Ok(Answer::json(200, json!({ "operation": operation.operation_id() })))
}

/// An error as the sentence that the caller is told.
fn told<T>(done: Result<T, SandboxError>) -> Result<T, String> {
    done.map_err(|error| error.to_string())
}

fn parse(body: &Bytes) -> Result<Value, String> {
    serde_json::from_slice(body).map_err(|error| format!("the body is not JSON: {error}"))
}

/// The members of a JSON object that has no others than these.
fn members(body: &Bytes, known: &[&str]) -> Result<Map<String, Value>, String> {
    let Value::Object(members) = parse(body)? else {
        return Err("the body must be a JSON object".to_owned());
    };
    match members.keys().find(|name| !known.contains(&name.as_str())) {
        Some(unknown) => Err(format!("unknown member {unknown}; known are: {}", known.join(", "))),
        None => Ok(members),
    }
}

fn id(members: &Map<String, Value>, name: &str) -> Result<String, String> {
    let id = members.get(name).and_then(Value::as_str).map(str::to_owned);
    id.ok_or_else(|| format!("{name} must be an id"))
}
