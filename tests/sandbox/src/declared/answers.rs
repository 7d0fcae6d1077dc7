//! From a refusal of the real service to one that the contract declares: status and body.

use serde_json::{Value, json};

use crate::answer::{Answer, Content};
use crate::operation::Operation;

/// Where a status that an operation does not declare goes: the first of these that it declares.
///
/// It is 400 and 415 that go. Every operation declares 401, and each that has anything to find declares 404.
const INSTEAD: [u16; 3] = [400, 404, 401];

/// The failures that the contract declares. A test holds it against `contract.json`.
#[rustfmt::skip]
const fn failures(operation: Operation) -> &'static [u16] {
    match operation {
        Operation::ObtainToken | Operation::RefreshToken => &[401, 403, 429],
        Operation::ListAgreements | Operation::RetrieveInstitution | Operation::AccountMetadata => &[401, 403, 404, 429],
        Operation::ListInstitutions | Operation::ListRequisitions
        | Operation::RetrieveAgreement | Operation::DeleteAgreement
        | Operation::RetrieveReconfirmation | Operation::CreateReconfirmation
        | Operation::RetrieveRequisition | Operation::DeleteRequisition => &[400, 401, 403, 404, 429],
        Operation::CreateAgreement => &[400, 401, 402, 403, 429],
        Operation::CreateRequisition => &[400, 401, 402, 403, 404, 429],
        Operation::AcceptAgreement => &[400, 401, 403, 404, 405, 429],
        Operation::AccountBalances | Operation::AccountDetails | Operation::AccountTransactions => &[400, 401, 403, 404, 409, 429, 500, 503],
    }
}

/// The answer as the contract has it. A success is left alone.
pub(crate) fn held(operation: Operation, mut answer: Answer) -> Answer {
    if answer.status < 400 {
        return answer;
    }
    let declared = failures(operation);
    if !declared.contains(&answer.status) {
        let instead = INSTEAD.into_iter().find(|status| declared.contains(status));
        answer.status = instead.unwrap_or(answer.status);
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
    match member("type") {
        Some(kind) => {
            json!({ "summary": summary, "detail": detail, "type": kind, "status_code": status })
        }
        None => json!({ "summary": summary, "detail": detail, "status_code": status }),
    }
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
    fn the_table_is_the_contract() {
        let contract: Value =
            serde_json::from_str(include_str!("../../../../openapi/contract.json")).unwrap();
        for operation in Operation::ALL {
            let method = operation.method().as_str().to_lowercase();
            let responses = &contract["paths"][operation.path()][&method]["responses"];
            let mut declared: Vec<u16> =
                responses.as_object().unwrap().keys().map(|status| status.parse().unwrap()).collect();
            declared.retain(|status| *status >= 400);
            declared.sort_unstable();
            assert_eq!(failures(operation), declared, "{operation}");
        }
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
        let told = |body: Value| {
            let told = error_response(400, &body);
            (text(&told["summary"]), text(&told["detail"]))
        };
        let pair = |summary: &str, detail: &str| (summary.to_owned(), detail.to_owned());
        assert_eq!(
            told(json!({
                "agreement": { "summary": "s", "detail": "d" },
                "days": [{ "summary": "s", "detail": "too many" }],
                "ssn": ["Not a valid string."],
                "status_code": 400,
            })),
            pair("Invalid agreement, days, ssn", "agreement: d; days: too many; ssn: Not a valid string.")
        );
        assert_eq!(
            told(json!({ "summary": ["a", "b"], "detail": ["c"] })),
            pair("Invalid detail, summary", "detail: c; summary: a b")
        );
        assert_eq!(
            told(json!({ "id": "7", "status": "ERROR", "aspsp_identifier": "X" })),
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
}
