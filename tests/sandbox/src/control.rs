//! The control endpoints: which there are, and what each does.

use std::time::Duration;

use bytes::Bytes;
use http::Method;
use serde_json::{Map, Value, json};

use crate::answer::Answer;
use crate::clock::text;
use crate::error::{SandboxError, one_of};
use crate::fault::Fault;
use crate::operation_table::Operation;
use crate::profile::BankProfile;
use crate::recorded::RecordedRequest;
use crate::state::{AccountStatus, BankAccount, LinkOutcome, RequisitionStatus, TokenKind};
use crate::world;
use crate::world::World;

/// The longest single move of the clock: a hundred years.
const MOST_SECONDS: u64 = 3_155_760_000;

type Done = Result<Answer, String>;

/// Answers a request: the world, what stands in the path in place of the part in braces, and the body.
type Handler = fn(&World, &str, &Bytes) -> Done;

/// Every endpoint: its method and path, its line in `GET /_sandbox`, and what answers it.
const ENDPOINTS: [(&str, &str, Handler); 22] = [
    ("GET /_sandbox", "this text", |world, _, _| Ok(describe(world))),
    ("POST /_sandbox/faults", "adds a fault, or several in an array", add_faults),
    ("GET /_sandbox/faults", "the faults that have uses left", |world, _, _| Ok(faults(world, 200))),
    ("DELETE /_sandbox/faults", "drops all faults", |world, _, _| {
        world.faults.clear();
        Ok(faults(world, 200))
    }),
    ("GET /_sandbox/requests", "the requests received so far, oldest first", |world, _, _| {
        Ok(requests(world))
    }),
    ("DELETE /_sandbox/requests", "forgets them", |world, _, _| {
        world.log.clear();
        Ok(requests(world))
    }),
    ("GET /_sandbox/clock", "the sandbox's time", |world, _, _| Ok(clock(world))),
    ("POST /_sandbox/clock", "{\"advance_seconds\": 86400} moves it forward", advance),
    (
        "POST /_sandbox/link",
        "{\"requisition\": id, \"outcome\": \"linked\", \"person\": name} completes a link flow",
        link,
    ),
    (
        "POST /_sandbox/requisitions",
        "{\"requisition\": id, \"status\": \"UA\"} sets a status",
        requisition_status,
    ),
    ("POST /_sandbox/accounts", "{\"account\": id, \"status\": \"SUSPENDED\"} sets a status", account_status),
    ("GET /_sandbox/accounts", "what people have at their banks, linked or not", |world, _, _| {
        Ok(bank_accounts(world))
    }),
    (
        "POST /_sandbox/accounts/new",
        "{\"institution\": id, \"currency\": \"EUR\", …} gives a person an account",
        new_account,
    ),
    (
        "GET /_sandbox/accounts/{id}/truth",
        "what really happened on an account, and how it was shown",
        |world, id, _| Ok(Answer::json(200, sentence(world::truth(world, id))?.to_json())),
    ),
    (
        "POST /_sandbox/accounts/{id}/transactions",
        "[{\"state\": \"booked\", …}] adds transactions",
        add_transactions,
    ),
    ("DELETE /_sandbox/accounts/{id}/transactions", "removes those that were added", |world, id, _| {
        sentence(world::clear_transactions(world, id))?;
        Ok(Answer::json(200, json!({ "ids": [] })))
    }),
    (
        "POST /_sandbox/accounts/{id}/raw",
        "{\"operation\": name, \"body\": …} sets a whole body",
        |world, id, body| raw(world, id, true, body),
    ),
    (
        "DELETE /_sandbox/accounts/{id}/raw",
        "{\"operation\": name} lets it be made up again",
        |world, id, body| raw(world, id, false, body),
    ),
    ("GET /_sandbox/profiles", "the named profiles, each with its institution", |_, _, _| Ok(profiles())),
    ("GET /_sandbox/profiles/{institution}", "how an institution behaves now", |world, id, _| {
        Ok(Answer::json(200, sentence(world::profile(world, id))?.to_json()))
    }),
    (
        "POST /_sandbox/profiles",
        "{\"institution\": id, \"profile\": {…}} sets how an institution behaves",
        set_profile,
    ),
    (
        "POST /_sandbox/tokens",
        "{\"forget\": \"access\" or \"all\"} refuses the tokens given so far",
        forget_tokens,
    ),
];

/// Answers a control request. `rest` is what comes after `/_sandbox`.
pub(crate) fn answer(world: &World, method: &Method, rest: &str, body: &Bytes) -> Answer {
    let asked = format!("{method} /_sandbox{rest}");
    let found = ENDPOINTS.iter().find_map(|(name, _, handler)| Some((handler, fit(name, &asked)?)));
    let Some((handler, id)) = found else {
        let error = "there is no such control endpoint: see GET /_sandbox";
        return Answer::json(404, json!({ "error": error }));
    };
    handler(world, id, body).unwrap_or_else(|why| Answer::json(400, json!({ "error": why })))
}

/// What stands in place of the part in braces if this is the endpoint; empty if it has none.
fn fit<'a>(name: &str, asked: &'a str) -> Option<&'a str> {
    let Some((before, after)) = name.split_once('{') else { return (name == asked).then_some("") };
    let after = after.split_once('}').map_or("", |(_, after)| after);
    asked.strip_prefix(before)?.strip_suffix(after).filter(|id| !id.contains('/'))
}

fn describe(world: &World) -> Answer {
    let endpoints: Map<String, Value> =
        ENDPOINTS.iter().map(|(name, text, _)| ((*name).to_owned(), json!(text))).collect();
    let about = json!({
        "what": "a sandbox of the GoCardless Bank Account Data API for tests; nothing in it is real",
        "version": env!("CARGO_PKG_VERSION"),
        "base_url": world.config.base_url,
        "secret_id": world.config.secret_id,
        "secret_key": world.config.secret_key,
        "seed": world.config.seed,
        "endpoints": endpoints,
    });
    Answer::json(200, about)
}

fn faults(world: &World, status: u16) -> Answer {
    let list: Vec<Value> = world.faults.list().iter().map(Fault::to_json).collect();
    Answer::json(status, json!({ "faults": list }))
}

fn add_faults(world: &World, _: &str, body: &Bytes) -> Done {
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

fn advance(world: &World, _: &str, body: &Bytes) -> Done {
    let seconds = members(body, &["advance_seconds"])?.get("advance_seconds").and_then(Value::as_u64);
    let seconds = seconds
        .filter(|seconds| *seconds <= MOST_SECONDS)
        .ok_or_else(|| format!("advance_seconds must be a whole number from 0 to {MOST_SECONDS}"))?;
    world.clock.advance(Duration::from_secs(seconds));
    Ok(clock(world))
}

fn link(world: &World, _: &str, body: &Bytes) -> Done {
    let members = members(body, &["requisition", "outcome", "person"])?;
    let outcome = match members.get("outcome") {
        None => LinkOutcome::Linked,
        Some(outcome) => outcome
            .as_str()
            .and_then(LinkOutcome::parse)
            .ok_or_else(|| one_of("outcome", LinkOutcome::all().map(LinkOutcome::as_str)))?,
    };
    let person = match members.get("person") {
        None => None,
        Some(person) => Some(person.as_str().ok_or("person must be a name")?),
    };
    let accounts = sentence(world::link(world, &id(&members, "requisition")?, outcome, person))?;
    Ok(Answer::json(200, json!({ "accounts": accounts })))
}

fn requisition_status(world: &World, _: &str, body: &Bytes) -> Done {
    let members = members(body, &["requisition", "status"])?;
    let status = members.get("status").and_then(Value::as_str).and_then(RequisitionStatus::parse);
    let status =
        status.ok_or_else(|| one_of("status", RequisitionStatus::all().map(RequisitionStatus::as_str)))?;
    sentence(world::set_requisition_status(world, &id(&members, "requisition")?, status))?;
    Ok(Answer::json(200, json!({ "status": status.as_str() })))
}

fn account_status(world: &World, _: &str, body: &Bytes) -> Done {
    let members = members(body, &["account", "status"])?;
    let status = members.get("status").and_then(Value::as_str).and_then(AccountStatus::parse);
    let status = status.ok_or_else(|| one_of("status", AccountStatus::ALL.iter().map(|one| one.as_str())))?;
    sentence(world::set_account_status(world, &id(&members, "account")?, status))?;
    Ok(Answer::json(200, json!({ "status": status.as_str() })))
}

fn forget_tokens(world: &World, _: &str, body: &Bytes) -> Done {
    let kinds: &[TokenKind] = match members(body, &["forget"])?.get("forget").and_then(Value::as_str) {
        Some("access") => &[TokenKind::Access],
        Some("all") => &[TokenKind::Access, TokenKind::Refresh],
        _ => return Err(one_of("forget", ["access", "all"])),
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

fn set_profile(world: &World, _: &str, body: &Bytes) -> Done {
    let members = members(body, &["institution", "profile"])?;
    let institution = id(&members, "institution")?;
    let profile = BankProfile::from_json(members.get("profile").unwrap_or(&Value::Null))?;
    let view = profile.to_json();
    sentence(world::set_profile(world, &institution, profile))?;
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

fn new_account(world: &World, _: &str, body: &Bytes) -> Done {
    let Value::Object(mut members) = parse(body)? else {
        return Err("the body must be a JSON object".to_owned());
    };
    let institution = id(&members, "institution")?;
    members.remove("institution");
    let account = sentence(world::put_account(world, &institution, &Value::Object(members)))?;
    Ok(Answer::json(201, json!({ "bank_account": account })))
}

fn add_transactions(world: &World, id: &str, body: &Bytes) -> Done {
    let ids = sentence(world::put_transactions(world, id, &parse(body)?))?;
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
    sentence(world::put_raw(world, id, operation, raw))?;
    Ok(Answer::json(200, json!({ "operation": operation.operation_id() })))
}

/// The sentence of an error, for the answer.
fn sentence<T>(done: Result<T, SandboxError>) -> Result<T, String> {
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
