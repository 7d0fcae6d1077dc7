//! Refuses requests that the contract does not allow and the real service takes, or refuses in another way.
//!
//! Tables of what the contract says of bodies and queries. What it cannot say, such as which institutions there are,
//! is checked in `api/` as ever.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::answer::Answer;
use crate::api::Call;
use crate::body::Input;
use crate::fault::Preset;
use crate::operation::Operation;

/// The schema of a member.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    /// A text of this many characters.
    Text(usize, usize),
    /// A whole number from and to.
    Integer(u64, u64),
    Boolean,
    /// Items of any type.
    List,
    Uuid,
}

/// Name, schema, and whether null stands for it too.
struct Member(&'static str, Kind, bool);

const FILLED: Kind = Kind::Text(1, usize::MAX);

/// The members of a request body.
const fn body_of(operation: Operation) -> &'static [Member] {
    match operation {
        Operation::ObtainToken => &[Member("secret_id", FILLED, false), Member("secret_key", FILLED, false)],
        Operation::RefreshToken => &[Member("refresh", FILLED, false)],
        Operation::CreateAgreement => &[
            Member("institution_id", FILLED, false),
            Member("max_historical_days", Kind::Integer(1, 730), false),
            Member("access_valid_for_days", Kind::Integer(1, 730), false),
            Member("access_scope", Kind::List, false),
            Member("reconfirmation", Kind::Boolean, false),
        ],
        Operation::AcceptAgreement => {
            &[Member("user_agent", FILLED, false), Member("ip_address", FILLED, false)]
        }
        Operation::CreateReconfirmation => &[Member("redirect", Kind::Text(0, 1_024), true)],
        Operation::CreateRequisition => &[
            Member("redirect", Kind::Text(1, 1_024), true),
            Member("institution_id", FILLED, false),
            Member("agreement", Kind::Uuid, false),
            Member("reference", Kind::Text(1, 256), false),
            Member("user_language", Kind::Text(1, 5), false),
            Member("ssn", Kind::Text(0, 64), false),
            Member("account_selection", Kind::Boolean, false),
            Member("redirect_immediate", Kind::Boolean, false),
        ],
        _ => &[],
    }
}

/// The numbers of a query. Its other parameters are texts, and dates that are checked in `api/`.
const fn query_of(operation: Operation) -> &'static [Member] {
    match operation {
        Operation::ListAgreements | Operation::ListRequisitions => &[
            Member("limit", Kind::Integer(1, u64::MAX), false),
            Member("offset", Kind::Integer(0, u64::MAX), false),
        ],
        _ => &[],
    }
}

/// Says what the contract does not allow about a call.
pub(crate) fn refuse_misfits(call: &Call<'_>) -> Result<(), Answer> {
    // An account's id is any text in the contract: one of another form is an account that does not exist.
    if call.operation.is_account() && Uuid::parse_str(call.id).is_err() {
        return Err(call.refuse(Preset::AccountNotFound));
    }
    let mut wrong = Map::new();
    for Member(name, kind, _) in query_of(call.operation) {
        if call.parameter(name).is_some_and(|text| !kind.allows_text(text)) {
            wrong.insert((*name).to_owned(), json!([format!("must be {}", kind.wanted())]));
        }
    }
    let members = body_of(call.operation);
    if !members.is_empty() {
        let input = call.input()?;
        for Member(name, kind, null) in members {
            let fits = match input {
                Input::Json(body) => {
                    body.get(*name).is_none_or(|value| kind.allows(value) || (*null && value.is_null()))
                }
                Input::Form(body) => {
                    let mut texts = body.iter().filter(|member| member.0 == *name);
                    texts.all(|(_, text)| kind.allows_text(text) || (*null && text.is_empty()))
                }
            };
            if !fits {
                wrong.insert((*name).to_owned(), json!([format!("must be {}", kind.wanted())]));
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Answer::json(400, Value::Object(wrong))) }
}

impl Kind {
    /// Whether a value of JSON is of this schema.
    fn allows(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Text(..) | Self::Uuid, Value::String(text)) => self.allows_text(text),
            // 90.0 is a whole number in JSON schema.
            (Self::Integer(..), Value::Number(number)) => {
                let whole = number.as_f64().filter(|number| number.fract() == 0.0);
                whole.is_some_and(|number| self.allows_text(&format!("{number:.0}")))
            }
            (Self::Boolean, Value::Bool(_)) | (Self::List, Value::Array(_)) => true,
            _ => false,
        }
    }

    /// Whether a value of a form or a query is.
    fn allows_text(self, text: &str) -> bool {
        match self {
            Self::Text(least, most) => (least..=most).contains(&text.chars().count()),
            Self::Integer(least, most) => {
                let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
                // One that is too large for us is still a number.
                digits && (least..=most).contains(&text.parse().unwrap_or(u64::MAX))
            }
            Self::Boolean => matches!(text, "true" | "false"),
            Self::List => true,
            Self::Uuid => text.len() == 36 && Uuid::parse_str(text).is_ok(),
        }
    }

    fn wanted(self) -> String {
        match self {
            Self::Text(least, usize::MAX) => format!("a text of at least {least} characters"),
            Self::Text(least, most) => format!("a text of {least} to {most} characters"),
            Self::Integer(least, u64::MAX) => format!("a whole number of at least {least}"),
            Self::Integer(least, most) => format!("a whole number from {least} to {most}"),
            Self::Boolean => "true or false".to_owned(),
            Self::List => "a list".to_owned(),
            Self::Uuid => "a UUID".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contract() -> Value {
        serde_json::from_str(include_str!("../../../../openapi/contract.json")).unwrap()
    }

    fn kind(schema: &Value) -> Kind {
        let number = |name: &str, otherwise: u64| schema[name].as_u64().unwrap_or(otherwise);
        let count = |name: &str, otherwise: usize| {
            schema[name].as_u64().map_or(otherwise, |count| usize::try_from(count).unwrap())
        };
        match schema["type"].as_str().unwrap() {
            "string" if schema["format"] == "uuid" => Kind::Uuid,
            "string" => Kind::Text(count("minLength", 0), count("maxLength", usize::MAX)),
            "integer" => Kind::Integer(number("minimum", 0), number("maximum", u64::MAX)),
            "boolean" => Kind::Boolean,
            "array" => Kind::List,
            other => panic!("a member of type {other}"),
        }
    }

    #[test]
    fn the_tables_are_the_contract() {
        let contract = contract();
        let known = |members: &[Member]| -> Vec<(String, Kind, bool)> {
            members.iter().map(|Member(name, kind, null)| ((*name).to_owned(), *kind, *null)).collect()
        };
        for operation in Operation::ALL {
            let method = operation.method().as_str().to_lowercase();
            let declared = &contract["paths"][operation.path()][&method];
            let body = declared["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str();
            let mut members = Vec::new();
            if let Some(name) = body {
                let schema = contract.pointer(name.trim_start_matches('#')).unwrap();
                for (name, schema) in schema["properties"].as_object().unwrap() {
                    members.push((name.clone(), kind(schema), schema["nullable"] == true));
                }
            }
            let mut ours = known(body_of(operation));
            ours.sort_by(|a, b| a.0.cmp(&b.0));
            members.sort_by(|a, b| a.0.cmp(&b.0));
            assert_eq!(ours, members, "{operation}");

            let parameters = declared["parameters"].as_array().map_or(&[][..], Vec::as_slice);
            let numbers = parameters.iter().filter(|parameter| parameter["schema"]["type"] == "integer");
            let numbers: Vec<_> = numbers
                .map(|parameter| {
                    (parameter["name"].as_str().unwrap().to_owned(), kind(&parameter["schema"]), false)
                })
                .collect();
            assert_eq!(known(query_of(operation)), numbers, "{operation}");
        }
    }

    #[test]
    fn a_value_is_of_its_schema_or_not() {
        for (kind, good, bad) in [
            (Kind::Text(1, 2), json!(["a", "éé"]), json!(["", "abc", 1, null])),
            (Kind::Integer(1, 730), json!([1, 730, 90.0]), json!([0, -1, 731, 1.5, "90", 1e300, null])),
            (Kind::Boolean, json!([true]), json!(["true", 1, null])),
            (Kind::List, json!([[], [{}]]), json!(["balances", {}, null])),
            (
                Kind::Uuid,
                json!(["3fa85f64-5717-4562-b3fc-2c963f66afa6"]),
                json!(["3fa85f6457174562b3fc2c963f66afa6", "", 7]),
            ),
        ] {
            for value in good.as_array().unwrap() {
                assert!(kind.allows(value), "{kind:?} {value}");
            }
            for value in bad.as_array().unwrap() {
                assert!(!kind.allows(value), "{kind:?} {value}");
            }
        }
    }

    #[test]
    fn a_number_of_a_query_has_any_length() {
        let limit = Kind::Integer(1, u64::MAX);
        assert!(limit.allows_text("1") && limit.allows_text("99999999999999999999999"));
        assert!(["0", "-1", "+1", "1.0", "x", "", " 1"].iter().all(|text| !limit.allows_text(text)));
    }
}
