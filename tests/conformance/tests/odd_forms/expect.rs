//! What a fixture may expect, by keyword.
//!
//! Of a success: it is read, its body is kept, and it is written back as it came, but for nulls, for the members of
//! `dropped` (unknown ones), and for those of `rewritten`. Of single members, by JSON pointer: `instants`, `clocks`,
//! `days`, `decimals`, `counts` (of days) as the value types read them, null where they read none; `words` with the
//! open list and the name in it. `limits`: `account` and `general`, each `[limit, remaining, seconds]`.
//!
//! Of an error: `kind` and `advice`, and what else is said: `retry` in seconds, `fields`, `summary`, `detail`, `code`.

use std::fmt::Debug;
use std::time::{Duration, SystemTime};

use conformance::difference;
use gocardless_bank_data::error::ApiError;
use gocardless_bank_data::{
    AccessScope, AccountStatus, Advice, Amount, BalanceType, Date, Days, Error, Feature, RateLimit,
    RequisitionStatus, Timestamp,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use test_support::{Operation, Returned};

const WORDS: &[&str] = &[
    "dropped",
    "rewritten",
    "instants",
    "clocks",
    "days",
    "decimals",
    "counts",
    "words",
    "limits",
    "kind",
    "advice",
    "retry",
    "fields",
    "summary",
    "detail",
    "code",
];

/// Everything that differs from what was expected.
pub(crate) fn complaints(
    expect: &Value,
    body: &Value,
    operation: &Operation,
    came: &Result<Returned, Error>,
    asked: SystemTime,
) -> Vec<String> {
    let unknown = expect.as_object().unwrap().keys().find(|word| !WORDS.contains(&word.as_str()));
    assert!(unknown.is_none(), "a fixture expects {unknown:?}, which expect.rs does not know");
    match (came, expect.get("kind")) {
        (Ok(reply), None) => of_success(expect, body, operation, reply),
        (Err(error), Some(_)) => {
            error.api().map_or_else(|| vec![error.to_string()], |api| of_error(expect, api, asked))
        }
        (Ok(reply), Some(_)) => vec![format!("it succeeded with {}", reply.status)],
        (Err(error), None) => vec![format!("it failed: {error}")],
    }
}

fn of_success(expect: &Value, body: &Value, operation: &Operation, reply: &Returned) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut expected = body.clone();
    for pointer in expect["dropped"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let (parent, member) = pointer.rsplit_once('/').unwrap();
        expected.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(member).unwrap();
    }
    for (pointer, value) in members(expect, "rewritten") {
        *expected.pointer_mut(pointer).unwrap() = value.clone();
    }
    wrong.extend(
        difference(&reply.value, &expected).map(|why| format!("it was written back otherwise {why}")),
    );
    let kept: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    if kept != *body && !operation.is_token() {
        wrong.push(format!("the body was kept as {kept}"));
    }
    let mut same = |what: &str, pointer: &str, came: Value, expected: &Value| {
        if came != *expected {
            wrong.push(format!("{what} at {pointer}: {came} in place of {expected}"));
        }
    };
    for (pointer, expected) in members(expect, "instants") {
        let instant = read::<Timestamp>(body, pointer).instant();
        let expected: Option<chrono::DateTime<chrono::Utc>> =
            expected.as_str().map(|text| text.parse().unwrap());
        same("the instant", pointer, json!(instant), &json!(expected));
    }
    for (pointer, expected) in members(expect, "clocks") {
        let clock = read::<Timestamp>(body, pointer).wall_clock();
        let expected: Option<chrono::NaiveDateTime> = expected.as_str().map(|text| text.parse().unwrap());
        same("the clock", pointer, json!(clock), &json!(expected));
    }
    for (pointer, expected) in members(expect, "days") {
        same("the day", pointer, json!(read::<Date>(body, pointer).day()), expected);
    }
    for (pointer, expected) in members(expect, "decimals") {
        let decimal = read::<Amount>(body, pointer).to_decimal();
        let is_same = match expected {
            Value::Null => decimal.is_none(),
            expected => decimal.is_some() && decimal == read::<Amount>(expected, "").to_decimal(),
        };
        let came = if is_same { expected.clone() } else { json!(decimal.map(|decimal| decimal.to_string())) };
        same("the decimal", pointer, came, expected);
    }
    for (pointer, expected) in members(expect, "counts") {
        same("the count", pointer, json!(read::<Days>(body, pointer).get()), expected);
    }
    for (pointer, expected) in members(expect, "words") {
        let read = word(expected[0].as_str().unwrap(), body, pointer);
        same("the word", pointer, json!(read), &expected[1]);
    }
    for (name, expected) in members(expect, "limits") {
        let limit = match name {
            "account" => reply.rate_limits.account,
            "general" => reply.rate_limits.general,
            other => panic!("there is no limit {other}"),
        };
        same("the limit", name, figures(limit), expected);
    }
    wrong
}

fn figures(limit: Option<RateLimit>) -> Value {
    limit.map_or(Value::Null, |it| json!([it.limit, it.remaining, it.resets_in.map(|wait| wait.as_secs())]))
}

fn of_error(expect: &Value, error: &ApiError, asked: SystemTime) -> Vec<String> {
    let mut wrong = Vec::new();
    let advice = match error.advice() {
        Advice::WaitUntil(_) => "WaitUntil".to_owned(),
        other => format!("{other:?}"),
    };
    let fields: Vec<_> =
        error.fields().iter().map(|field| json!([field.field(), field.summary(), field.detail()])).collect();
    for (word, came) in [
        ("kind", json!(format!("{:?}", error.kind()))),
        ("advice", json!(advice)),
        ("fields", Value::from(fields)),
        ("summary", json!(error.summary())),
        ("detail", json!(error.detail())),
        ("code", json!(error.code())),
    ] {
        if let Some(expected) = expect.get(word).filter(|expected| **expected != came) {
            wrong.push(format!("the {word} is {came} in place of {expected}"));
        }
    }
    if let Some(expected) = expect.get("retry") {
        // The wait begins with the response, which came between `asked` and now.
        let is_right = match (error.retry_at(), expected.as_u64().map(Duration::from_secs)) {
            (Some(at), Some(wait)) => at >= asked + wait && at <= SystemTime::now() + wait,
            (at, wait) => at.is_none() && wait.is_none(),
        };
        if !is_right {
            wrong.push(format!("the wait is until {:?} in place of {expected} s", error.retry_at()));
        }
    }
    wrong
}

fn members<'a>(expect: &'a Value, word: &str) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let members = expect.get(word).and_then(Value::as_object);
    members.into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

/// A member of the body, as a value type reads it.
fn read<T: DeserializeOwned>(body: &Value, pointer: &str) -> T {
    let value = body.pointer(pointer).unwrap_or_else(|| panic!("the body has nothing at {pointer}"));
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{pointer}: {error}"))
}

fn word(list: &str, body: &Value, pointer: &str) -> String {
    fn named<T: DeserializeOwned + Debug>(body: &Value, pointer: &str) -> String {
        format!("{:?}", read::<T>(body, pointer))
    }
    match list {
        "RequisitionStatus" => named::<RequisitionStatus>(body, pointer),
        "AccountStatus" => named::<AccountStatus>(body, pointer),
        "BalanceType" => named::<BalanceType>(body, pointer),
        "AccessScope" => named::<AccessScope>(body, pointer),
        "Feature" => named::<Feature>(body, pointer),
        other => panic!("there is no list of words {other}"),
    }
}
