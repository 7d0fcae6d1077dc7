//! The schemas of the contract as JSON Schema, and JSON validated against them.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use crate::contract::Contract;

/// How members that a schema does not declare are treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unknown {
    /// Rejected at every level: for what the client sends and what the sandbox responds.
    Refused,
    /// Allowed, as in JSON Schema: for real responses.
    Allowed,
}

type Validators = Mutex<HashMap<(String, Unknown), Arc<Validator>>>;

/// Building a validator takes longer than most validations.
static VALIDATORS: LazyLock<Validators> = LazyLock::new(Validators::default);

/// Everything that is wrong with `instance` according to a schema of the contract.
#[must_use]
pub fn validate(schema: &Value, unknown: Unknown, instance: &Value) -> Vec<String> {
    let validator = {
        let mut validators = VALIDATORS.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || Arc::new(validator(schema, unknown));
        Arc::clone(validators.entry((schema.to_string(), unknown)).or_insert_with(make))
    };
    let complaint = |error: jsonschema::ValidationError<'_>| {
        let place = error.instance_path().to_string();
        let place = if place.is_empty() { "/".to_owned() } else { place };
        format!("at {place}: {error}")
    };
    validator.iter_errors(instance).map(complaint).collect()
}

fn validator(schema: &Value, unknown: Unknown) -> Validator {
    let built = jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .build(&json_schema(schema, unknown));
    built.unwrap_or_else(|error| panic!("no JSON schema: {error}: {schema}"))
}

/// A schema of the contract, with everything it refers to, as JSON Schema 2020-12.
#[must_use]
pub fn json_schema(schema: &Value, unknown: Unknown) -> Value {
    let named = Contract::get().schemas();
    let named: Map<String, Value> =
        named.iter().map(|(name, schema)| (name.clone(), converted(schema, unknown))).collect();
    json!({ "allOf": [converted(schema, unknown)], "$defs": named })
}

/// Converts references, `nullable`, and whether undeclared members are allowed.
fn converted(schema: &Value, unknown: Unknown) -> Value {
    let Some(schema) = schema.as_object() else { return schema.clone() };
    let mut made = Map::new();
    for (keyword, value) in schema {
        let value = match (keyword.as_str(), value) {
            ("$ref", Value::String(place)) => place.replace("#/components/schemas/", "#/$defs/").into(),
            ("properties", Value::Object(members)) => {
                members.iter().map(|(name, member)| (name.clone(), converted(member, unknown))).collect()
            }
            ("items" | "additionalProperties" | "not", value) => converted(value, unknown),
            ("allOf" | "anyOf" | "oneOf", Value::Array(parts)) => {
                parts.iter().map(|part| converted(part, unknown)).collect()
            }
            // Descriptions, examples and defaults constrain nothing.
            ("nullable" | "description" | "title" | "example" | "default" | "readOnly", _) => continue,
            _ => value.clone(),
        };
        made.insert(keyword.clone(), value);
    }
    if unknown == Unknown::Refused && schema.contains_key("properties") {
        made.entry("additionalProperties").or_insert(Value::Bool(false));
    }
    if schema.get("nullable") == Some(&Value::Bool(true)) {
        return json!({ "anyOf": [made, { "type": "null" }] });
    }
    Value::Object(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_named_like_a_keyword_is_a_member() {
        let error = Contract::get().schema("ErrorResponse");
        let body = json!({ "summary": "s", "detail": "d", "status_code": 400, "type": "ServiceError" });
        assert_eq!(validate(error, Unknown::Refused, &body), Vec::<String>::new());
    }

    #[test]
    fn what_a_judge_says_names_the_place() {
        let page = Contract::get().schema("PaginatedRequisitionList");
        let body = json!({ "count": 1, "next": null, "results": [
            { "institution_id": "A", "redirect": null, "statuss": "CR", "id": "1", "ssn": null }
        ] });
        let said = validate(page, Unknown::Refused, &body).join("\n");
        for words in
            ["at /results/0: ", "'statuss' was unexpected", "at /results/0/id: ", "at /results/0/ssn: "]
        {
            assert!(said.contains(words), "{words}: {said}");
        }
        assert!(!said.contains("redirect"), "{said}");
        assert!(!validate(page, Unknown::Allowed, &body).join("\n").contains("statuss"));
    }
}
