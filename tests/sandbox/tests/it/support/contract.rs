//! `contract.json` as a judge of answers.

use std::sync::LazyLock;

use gocardless_bank_data_sandbox::Operation;
use serde_json::{Map, Value, json};

/// The contract, with its OpenAPI `nullable` turned into JSON schema.
pub(crate) struct Contract {
    document: Value,
}

static CONTRACT: LazyLock<Contract> = LazyLock::new(|| {
    let mut document: Value =
        serde_json::from_str(include_str!("../../../../../openapi/contract.json")).unwrap();
    nullable(&mut document);
    Contract { document }
});

impl Contract {
    pub(crate) fn get() -> &'static Self {
        &CONTRACT
    }

    /// All methods and paths with their operationIds.
    pub(crate) fn operations(&self) -> Vec<(String, String, String)> {
        let mut all = Vec::new();
        for (path, methods) in self.document["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                let id = operation["operationId"].as_str().unwrap();
                all.push((method.to_uppercase(), path.clone(), id.to_owned()));
            }
        }
        all
    }

    fn responses(&self, operation: Operation) -> &Map<String, Value> {
        let method = operation.method().as_str().to_lowercase();
        self.document["paths"][operation.path()][&method]["responses"].as_object().unwrap()
    }

    /// The statuses that an operation declares.
    pub(crate) fn statuses(&self, operation: Operation) -> Vec<u16> {
        self.responses(operation).keys().map(|status| status.parse().unwrap()).collect()
    }

    /// Everything that is wrong with a body by the schema declared for the status.
    pub(crate) fn complaints(&self, operation: Operation, status: u16, body: &Value) -> Vec<String> {
        let response = &self.responses(operation)[&status.to_string()];
        self.check(&response["content"]["application/json"]["schema"], body)
    }

    /// Everything that is wrong with an error body by `ErrorResponse`.
    pub(crate) fn error_complaints(&self, body: &Value) -> Vec<String> {
        self.check(&json!({ "$ref": "#/components/schemas/ErrorResponse" }), body)
    }

    fn check(&self, schema: &Value, body: &Value) -> Vec<String> {
        assert!(schema.is_object(), "the contract has no schema here: {schema}");
        let schema = json!({ "allOf": [schema], "components": self.document["components"] });
        let validator = jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .should_validate_formats(true)
            .build(&schema)
            .unwrap();
        validator.iter_errors(body).map(|error| format!("{} at {}", error, error.instance_path())).collect()
    }
}

/// OpenAPI 3.0 says `nullable: true` where JSON schema adds `null` to the types.
fn nullable(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(nullable);
            if members.remove("nullable") == Some(json!(true))
                && let Some(kind) = members.get("type").cloned()
            {
                members.insert("type".to_owned(), json!([kind, "null"]));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(nullable),
        _ => {}
    }
}
