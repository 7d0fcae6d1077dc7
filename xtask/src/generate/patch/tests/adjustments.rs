//! Tests of the adjustments, one document each.

use serde_json::{Value, json};

use super::helpers::{answer, applied, assert_never_applied, changed, path, request};
use crate::generate::document::Document;
use crate::generate::patch::adjustments as patches;

#[test]
fn provenance_stays_behind() {
    let document = Document::new(json!({ "info": { "title": "A", "x-provenance": { "fetched": "today" } } }));
    assert_eq!(changed(&patches::WITHOUT_PROVENANCE, document, "/info"), json!({ "title": "A" }));
}

#[test]
fn of_several_media_types_json_remains() {
    let body = json!({ "content": { "application/json": {}, "multipart/form-data": {} } });
    let document = path("/a/", &json!({ "post": { "requestBody": body } }));
    let content = changed(&patches::ONE_MEDIA_TYPE, document, "/paths/~1a~1/post/requestBody/content");
    assert_eq!(content, json!({ "application/json": {} }));
}

#[test]
fn of_the_responses_the_successful_ones_remain() {
    let document =
        path("/a/", &json!({ "get": { "responses": { "404": {}, "200": {}, "default": {}, "5XX": {} } } }));
    assert_eq!(changed(&patches::SUCCESS_ONLY, document, "/paths/~1a~1/get/responses"), json!({ "200": {} }));
}

#[test]
fn a_name_depends_on_method_and_path_alone() {
    let document = path("/api/v2/token/new/", &json!({ "post": { "operationId": "JWT Obtain" } }));
    let pointer = "/paths/~1api~1v2~1token~1new~1/post/operationId";
    assert_eq!(changed(&patches::STABLE_NAMES, document, pointer), json!("obtain_token_pair"));
}

fn twins(amount: &Value) -> Document {
    let twin = |amount: &Value| json!({ "required": ["amount"], "properties": { "amount": amount } });
    answer(&json!({
        "BalanceAmountSchema": twin(amount),
        "TransactionAmountSchema": twin(&json!({ "type": "string", "description": "Other words." })),
        "A": { "allOf": [{ "$ref": "#/components/schemas/BalanceAmountSchema" }] },
    }))
}

#[test]
fn a_twin_is_replaced_by_the_other() {
    let document = applied(&patches::ONE_TYPE_FOR_ONE_SHAPE, twins(&json!({ "type": "string" })));
    let reference = document.at("/components/schemas/A/allOf/0/$ref");
    assert_eq!(reference, Some(&json!("#/components/schemas/TransactionAmountSchema")));
}

#[test]
fn twins_that_have_grown_apart_stay_two() {
    assert_never_applied(&patches::ONE_TYPE_FOR_ONE_SHAPE, &mut twins(&json!({ "type": "number" })));
}

#[test]
fn a_twin_may_lack_what_may_be_missing_and_nothing_that_is_required() {
    let grown = |required: Value| {
        let mut document = twins(&json!({ "type": "string" }));
        let other = document.object_mut("/components/schemas/TransactionAmountSchema").expect("it is there");
        other["properties"]["note"] = json!({ "type": "string" });
        other["required"] = required;
        document
    };
    let document = applied(&patches::ONE_TYPE_FOR_ONE_SHAPE, grown(json!(["amount"])));
    let reference = document.at("/components/schemas/A/allOf/0/$ref");
    assert_eq!(reference, Some(&json!("#/components/schemas/TransactionAmountSchema")));
    assert_never_applied(&patches::ONE_TYPE_FOR_ONE_SHAPE, &mut grown(json!(["amount", "note"])));
}

#[test]
fn a_logo_may_be_missing_or_null_and_a_name_may_not() {
    let members = json!({ "logo": { "type": "string" }, "name": { "type": "string" }, "countries": { "type": "array" } });
    let integration = json!({ "required": ["countries", "logo", "name"], "properties": members });
    let document = answer(&json!({ "Integration": integration }));
    let found = changed(&patches::NOTHING_HANGS_ON_IT, document, "/components/schemas/Integration");
    assert_eq!(found["required"], json!(["name"]));
    assert_eq!(found["properties"]["logo"]["nullable"], json!(true));
    assert_eq!(found["properties"]["countries"], json!({ "type": "array" }));
}

#[test]
fn defaults_go_and_a_member_called_default_stays() {
    let schemas = json!({ "A": { "properties": { "default": { "type": "string", "default": "a" } } } });
    let pointer = "/components/schemas/A/properties";
    for document in [answer(&schemas), request(&schemas)] {
        assert_eq!(
            changed(&patches::NO_DEFAULTS, document, pointer),
            json!({ "default": { "type": "string" } })
        );
    }
}

#[test]
fn titles_name_no_types() {
    let schemas = json!({ "A": { "properties": { "a": { "title": "redirect_url", "type": "string" } } } });
    let pointer = "/components/schemas/A/properties/a";
    assert_eq!(changed(&patches::NO_TITLES, request(&schemas), pointer), json!({ "type": "string" }));
}

#[test]
fn limits_go_and_a_minimum_stays_on_requests() {
    let schemas =
        json!({ "A": { "properties": { "a": { "type": "integer", "minimum": 1, "maximum": 5 } } } });
    let pointer = "/components/schemas/A/properties/a";
    let unlimited = json!({ "type": "integer", "minimum": 1 });
    for document in [answer(&schemas), request(&schemas)] {
        assert_eq!(changed(&patches::NO_LIMITS, document, pointer), unlimited);
    }
    let found = changed(&patches::NO_MINIMUM_IN_ANSWERS, answer(&schemas), pointer);
    assert_eq!(found, json!({ "type": "integer", "maximum": 5 }));
    assert_never_applied(&patches::NO_MINIMUM_IN_ANSWERS, &mut request(&schemas));
}

#[test]
fn a_component_has_the_name_that_people_use_wherever_it_is_named() {
    let document = answer(
        &json!({ "Integration": {}, "A": { "allOf": [{ "$ref": "#/components/schemas/Integration" }] } }),
    );
    let schemas = changed(&patches::NAMES_OF_TYPES, document, "/components/schemas");
    assert_eq!(
        schemas,
        json!({ "Institution": {}, "A": { "allOf": [{ "$ref": "#/components/schemas/Institution" }] } })
    );
}

#[test]
fn what_no_operation_reaches_goes() {
    let mut document = answer(&json!({ "A": {} }));
    document.object_mut("/components/schemas").expect("it has schemas").insert("B".to_owned(), json!({}));
    assert_eq!(changed(&patches::NO_UNUSED_SCHEMAS, document, "/components/schemas"), json!({ "A": {} }));
}
