//! The mode in which only the contract counts: what does not fit `contract.json` is refused, and every refusal has a status and
//! a body that it declares.
//!
//! By default the sandbox is as the real service is, which its own document describes wrongly in places. Tools that know
//! nothing but the document would complain about those, so `--declared-only` does without them. Faults that were asked for
//! stay as they were asked for.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::answer::{Answer, Content};
use crate::api::Call;
use crate::body::Input;
use crate::fault::Preset;
use crate::operation_table::Operation;

/// Where a status goes that an operation does not declare: the first of these that it declares.
///
/// It is 400 and 415 that go. Every operation declares 401, and each that has anything to find declares 404.
const INSTEAD: [u16; 3] = [400, 404, 401];

/// A link to `openapi/contract.json`, so that the published package has the file itself.
const TEXT: &str = include_str!("../contract.json");

// Git for Windows may write the name of the file in place of the link.
const _: () = assert!(
    TEXT.len() > 1_000,
    "contract.json must be a link: git config core.symlinks true, and check out again"
);

static CONTRACT: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(TEXT).unwrap_or_default());

/// What the contract says of an operation.
pub(crate) fn declared(operation: Operation) -> Option<&'static Value> {
    let method = operation.method().as_str().to_lowercase();
    CONTRACT.get("paths")?.get(operation.path())?.get(method)
}

/// The words that a component of the contract lists.
pub(crate) fn words(component: &str) -> impl Iterator<Item = &'static str> {
    let listed = CONTRACT
        .get("components")
        .and_then(|all| all.get("schemas")?.get(component)?.get("enum")?.as_array());
    listed.into_iter().flatten().filter_map(Value::as_str)
}

/// The schema of each member of a request body.
fn members(operation: Operation) -> Option<&'static Map<String, Value>> {
    let body = declared(operation)?.pointer("/requestBody/content/application~1json/schema/$ref")?;
    CONTRACT.pointer(body.as_str()?.trim_start_matches('#'))?.get("properties")?.as_object()
}

/// Name and schema of each whole number of a query. Its other parameters are texts, and dates that are checked in `api/`.
fn numbers(operation: Operation) -> Vec<(&'static str, &'static Value)> {
    let parameters = declared(operation).and_then(|declared| declared.get("parameters")?.as_array());
    let named = parameters
        .into_iter()
        .flatten()
        .filter_map(|parameter| Some((parameter.get("name")?.as_str()?, parameter.get("schema")?)));
    named.filter(|(_, schema)| is_of(schema, "integer")).collect()
}

fn is_of(schema: &Value, kind: &str) -> bool {
    schema.get("type").and_then(Value::as_str) == Some(kind)
}

/// Why a value is not of this schema, or nothing.
fn misfit(schema: &Value, value: &Value) -> Option<String> {
    let mut schema = schema.clone();
    let members = schema.as_object_mut()?;
    if members.remove("nullable") == Some(Value::Bool(true)) && value.is_null() {
        return None;
    }
    if members.get("format").is_some_and(|format| format != "uuid") {
        // Addresses and dates are checked in `api/`.
        members.remove("format");
    }
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).ok()?;
    validator.validate(value).err().map(|error| error.to_string())
}

/// A text of a form or a query as a value of its schema, if it can be one.
fn read(schema: &Value, text: &str) -> Value {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match text {
        "" if schema.get("nullable") == Some(&Value::Bool(true)) => Value::Null,
        // One that is too large for us is still a number.
        _ if is_of(schema, "integer") && digits => text.parse().unwrap_or(u64::MAX).into(),
        "true" | "false" if is_of(schema, "boolean") => (text == "true").into(),
        _ if is_of(schema, "array") => json!([text]),
        _ => text.into(),
    }
}

/// Refuses a call that the contract does not allow. What the contract cannot say, such as which institutions there are, is
/// checked in `api/` as ever.
pub(crate) fn refuse_misfits(call: &Call<'_>) -> Result<(), Answer> {
    // An account's id is any text in the contract: one of another form is an account that does not exist.
    if call.operation.is_account() && Uuid::parse_str(call.id).is_err() {
        return Err(call.refuse(Preset::AccountNotFound));
    }
    let mut wrong = Map::new();
    for (name, schema) in numbers(call.operation) {
        if let Some(why) = call.parameter(name).and_then(|text| misfit(schema, &read(schema, text))) {
            wrong.insert(name.to_owned(), json!([why]));
        }
    }
    if let Some(members) = members(call.operation) {
        let sent: Vec<(&str, Value)> = match call.input()? {
            Input::Json(body) => body.iter().map(|(name, value)| (name.as_str(), value.clone())).collect(),
            Input::Form(body) => {
                let read = |name: &str, text| members.get(name).map(|schema| read(schema, text));
                body.iter().filter_map(|(name, text)| Some((name.as_str(), read(name, text)?))).collect()
            }
        };
        for (name, value) in sent {
            if let Some(why) = members.get(name).and_then(|schema| misfit(schema, &value)) {
                wrong.insert(name.to_owned(), json!([why]));
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Answer::json(400, Value::Object(wrong))) }
}

/// The answer as the contract declares it: status and body. A success is left alone.
pub(crate) fn held(operation: Operation, mut answer: Answer) -> Answer {
    if answer.status < 400 {
        return answer;
    }
    let is_declared = |status: &u16| {
        let responses = declared(operation).and_then(|declared| declared.get("responses"));
        responses.is_some_and(|responses| responses.get(status.to_string()).is_some())
    };
    if !is_declared(&answer.status) {
        answer.status = INSTEAD.into_iter().find(is_declared).unwrap_or(answer.status);
    }
    if let Content::Json(body) = &answer.content {
        answer.content = Content::Json(error_response(answer.status, body));
    }
    answer
}

/// Any error body of the real service as an `ErrorResponse`.
fn error_response(status: u16, body: &Value) -> Value {
    let member = |name: &str| body.get(name).and_then(Value::as_str);
    let (summary, detail) = if let (Some(summary), Some(detail)) = (member("summary"), member("detail")) {
        (summary.to_owned(), detail.to_owned())
    } else if member("aspsp_identifier").is_some() {
        let (id, state) = (member("id").unwrap_or_default(), member("status").unwrap_or_default());
        ("Account state error".to_owned(), format!("Account {id} has the status {state}"))
    } else {
        // By name: whether JSON keeps its order depends on a feature that any crate of a build can switch on.
        let mut members: Vec<(&String, &Value)> =
            body.as_object().into_iter().flatten().filter(|(name, _)| *name != "status_code").collect();
        members.sort_by_key(|(name, _)| *name);
        let names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
        let about: Vec<String> =
            members.iter().map(|(name, value)| format!("{name}: {}", text(value))).collect();
        (format!("Invalid {}", names.join(", ")), about.join("; "))
    };
    let mut made = json!({ "summary": summary, "detail": detail, "status_code": status });
    if let (Some(kind), Some(members)) = (member("type"), made.as_object_mut()) {
        members.insert("type".to_owned(), kind.into());
    }
    made
}

/// What an error says, as one text: of an object its detail, of an array all its items.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(" "),
        Value::Object(about) => about.get("detail").map(text).unwrap_or_default(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_finds_its_place_in_the_contract() {
        for &operation in Operation::ALL {
            assert!(declared(operation).is_some(), "{operation}");
            let sends = matches!(operation.method().as_str(), "POST" | "PUT");
            assert_eq!(members(operation).is_some(), sends, "{operation}");
        }
        assert_eq!(numbers(Operation::ListAgreements).len(), 2);
    }

    #[test]
    fn a_status_goes_to_one_that_is_declared() {
        for (operation, given, held_as) in [
            (Operation::ObtainToken, 400, 401),
            (Operation::RefreshToken, 415, 401),
            (Operation::ListAgreements, 400, 404),
            (Operation::AccountMetadata, 400, 404),
            (Operation::CreateAgreement, 415, 400),
            (Operation::CreateAgreement, 402, 402),
            (Operation::AccountBalances, 409, 409),
        ] {
            let answer = held(operation, Answer::error(given, "a", "b"));
            assert_eq!(answer.status, held_as, "{operation} {given}");
            let body = json!({ "summary": "a", "detail": "b", "status_code": held_as });
            assert_eq!(answer.content, Content::Json(body));
        }
    }

    #[test]
    fn every_shape_of_error_becomes_the_declared_one() {
        let read = |body: Value| {
            let error = error_response(400, &body);
            (text(&error["summary"]), text(&error["detail"]))
        };
        let pair = |summary: &str, detail: &str| (summary.to_owned(), detail.to_owned());
        assert_eq!(
            read(json!({
                "agreement": { "summary": "s", "detail": "d" },
                "days": [{ "summary": "s", "detail": "too many" }],
                "ssn": ["Not a valid string."],
                "status_code": 400,
            })),
            pair("Invalid agreement, days, ssn", "agreement: d; days: too many; ssn: Not a valid string.")
        );
        assert_eq!(
            read(json!({ "summary": ["a", "b"], "detail": ["c"] })),
            pair("Invalid detail, summary", "detail: c; summary: a b")
        );
        assert_eq!(
            read(json!({ "id": "7", "status": "ERROR", "aspsp_identifier": "X" })),
            pair("Account state error", "Account 7 has the status ERROR")
        );
        let typed = json!({ "summary": "", "detail": "d", "type": "ServiceError", "status_code": 1 });
        assert_eq!(
            error_response(503, &typed),
            json!({ "summary": "", "detail": "d", "type": "ServiceError", "status_code": 503 })
        );
    }

    #[test]
    fn a_success_is_left_alone() {
        let answer = Answer::json(200, json!([]));
        assert_eq!(held(Operation::ListInstitutions, answer.clone()), answer);
    }

    #[test]
    fn a_value_is_of_its_schema_or_not() {
        let schema = |operation: Operation, name: &str| &members(operation).unwrap()[name];
        let agreement = |name| schema(Operation::CreateAgreement, name);
        let requisition = |name| schema(Operation::CreateRequisition, name);
        for (schema, good, bad) in [
            (requisition("user_language"), json!(["a", "ééééé"]), json!(["", "abcdef", 1, null])),
            (
                agreement("max_historical_days"),
                json!([1, 730, 90.0]),
                json!([0, -1, 731, 1.5, "90", 1e300, null]),
            ),
            (agreement("reconfirmation"), json!([true]), json!(["true", 1, null])),
            (agreement("access_scope"), json!([[], [{}]]), json!(["balances", {}, null])),
            (requisition("redirect"), json!(["nowhere", null]), json!(["", 7])),
            (
                requisition("agreement"),
                json!(["3fa85f64-5717-4562-b3fc-2c963f66afa6"]),
                json!(["3fa85f6457174562b3fc2c963f66afa6", "", 7]),
            ),
        ] {
            for value in good.as_array().unwrap() {
                assert_eq!(misfit(schema, value), None, "{schema}");
            }
            for value in bad.as_array().unwrap() {
                assert!(misfit(schema, value).is_some(), "{schema} {value}");
            }
        }
    }

    #[test]
    fn a_number_of_a_query_has_any_length() {
        let (_, limit) = numbers(Operation::ListAgreements)[0];
        let fits = |text: &str| misfit(limit, &read(limit, text)).is_none();
        assert!(fits("1") && fits("99999999999999999999999"));
        assert!(["0", "-1", "+1", "1.0", "x", "", " 1"].into_iter().all(|text| !fits(text)));
    }
}
