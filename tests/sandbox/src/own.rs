//! Accounts and transactions that a test puts in, read from JSON.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use crate::data;
use crate::error::one_of;
use crate::profile::{self, AccountKind};
use crate::state::{BankAccount, Form, Own, OwnAccount, SOMEBODY};

/// The members that describe an account.
const ACCOUNT: &[&str] =
    &["person", "kind", "currency", "iban", "name", "owner", "details", "made_up", "opening", "only"];

/// Reads an account.
pub(crate) fn account(institution: &str, json: &Value) -> Result<OwnAccount, String> {
    let members = json.as_object().ok_or("an account must be a JSON object")?;
    if let Some(unknown) = members.keys().find(|name| !ACCOUNT.contains(&name.as_str())) {
        return Err(format!("unknown member {unknown}; known are: {}", ACCOUNT.join(", ")));
    }
    let flag = |name: &str| match members.get(name) {
        None => Ok(false),
        Some(value) => value.as_bool().ok_or_else(|| format!("{name} must be true or false")),
    };
    let opening = match text(members, "opening")? {
        None => 0,
        Some(amount) => data::cents(&amount).ok_or("opening must be an amount such as \"100.00\"")?,
    };
    let kind = match members.get("kind").map(Value::as_str) {
        None | Some(Some("current")) => AccountKind::Current,
        Some(Some("card")) => AccountKind::Card,
        Some(_) => return Err(one_of("kind", ["current", "card"])),
    };
    Ok(OwnAccount {
        institution: institution.to_owned(),
        person: text(members, "person")?.unwrap_or_else(|| SOMEBODY.to_owned()),
        kind,
        currency: members.get("currency").map_or_else(|| Ok("EUR".to_owned()), profile::currency)?,
        iban: text(members, "iban")?,
        name: text(members, "name")?,
        owner: text(members, "owner")?,
        details: match members.get("details") {
            None => Map::new(),
            Some(details) => details.as_object().ok_or("details must be a JSON object")?.clone(),
        },
        made_up: flag("made_up")?,
        opening,
        only: flag("only")?,
    })
}

/// Reads transactions, and gives each without an id one of its own.
pub(crate) fn transactions(account: &BankAccount, json: &Value) -> Result<Vec<Own>, String> {
    let list = json.as_array().ok_or("transactions must be a JSON array")?;
    let mut own: Vec<Own> = Vec::with_capacity(list.len());
    for (at, json) in list.iter().enumerate() {
        let one =
            transaction(json, account.own.len() + at).map_err(|why| format!("transaction {at}: {why}"))?;
        own.push(one);
    }
    Ok(own)
}

fn transaction(json: &Value, number: usize) -> Result<Own, String> {
    let mut members = json.as_object().ok_or("it must be a JSON object")?.clone();
    let form = match members.remove("state").as_ref().and_then(Value::as_str) {
        Some("booked") => Form::Booked,
        Some("pending") => Form::Pending,
        _ => return Err(one_of("state", ["booked", "pending"])),
    };
    let id = text(&members, "id")?.unwrap_or_else(|| format!("own-{number}"));
    let (from, until) = (instant(&members, "from")?, instant(&members, "until")?);
    for name in ["id", "from", "until"] {
        members.remove(name);
    }
    let entry = members.remove("entry").unwrap_or(Value::Object(members));
    Ok(Own { id, form, from, until, entry })
}

fn text(members: &Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match members.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(format!("{name} must be a text")),
    }
}

fn instant(members: &Map<String, Value>, name: &str) -> Result<Option<DateTime<Utc>>, String> {
    let Some(text) = text(members, name)? else { return Ok(None) };
    let instant =
        text.parse().map_err(|_| format!("{name} must be an instant such as 2026-01-15T12:00:00Z"))?;
    Ok(Some(instant))
}
