//! Tests of the value types, one document each.

use serde_json::{Value, json};

use super::helpers::{answer, around, assert_never_applied, changed, ours, path};
use crate::generate::document::Document;
use crate::generate::patch::record::Patch;
use crate::generate::patch::values as patches;

/// The type that `patch` gives to `schema.member`, which is `what` before.
fn given(patch: &Patch, schema: &str, member: &str, what: &Value) -> Value {
    let pointer = format!("/components/schemas/{schema}/properties/{member}/x-rust-type");
    changed(patch, answer(&json!({ schema: { "properties": { member: what } } })), &pointer)
}

fn text() -> Value {
    json!({ "type": "string", "description": "Words." })
}

#[test]
fn secrets_are_secrets_wherever_they_stand() {
    for member in ["secret_id", "secret_key", "access", "refresh", "ssn"] {
        assert_eq!(given(&patches::SECRETS, "A", member, &text()), ours("Secret"), "{member}");
    }
}

#[test]
fn ids_are_of_the_thing_they_name() {
    let rows = [
        ("A", "institution_id", "InstitutionId"),
        ("A", "agreement", "AgreementId"),
        ("Requisition", "id", "RequisitionId"),
        ("Account", "id", "AccountId"),
    ];
    for (schema, member, name) in rows {
        assert_eq!(given(&patches::IDS, schema, member, &text()), ours(name), "{member}");
    }
}

#[test]
fn the_id_in_a_path_is_of_the_thing_that_the_path_names() {
    let parameter = json!({ "in": "path", "name": "id", "schema": { "type": "string" } });
    let document = path("/api/v2/accounts/{id}/balances/", &json!({ "get": { "parameters": [parameter] } }));
    let pointer = "/paths/~1api~1v2~1accounts~1{id}~1balances~1/get/parameters/0/schema/x-rust-type";
    assert_eq!(changed(&patches::PATH_IDS_TYPED, document, pointer), ours("AccountId"));
}

#[test]
fn moments_are_found_by_format_and_by_name() {
    let created = json!({ "type": "string", "format": "date-time" });
    let private = around("Private", &json!({ "type": "string", "x-rust-type": ours("Timestamp") }));
    assert_eq!(given(&patches::MOMENTS, "A", "created", &created), ours("Timestamp"));
    assert_eq!(given(&patches::MOMENTS, "A", "bookingDateTime", &text()), private);
}

#[test]
fn moments_are_private_in_what_metered_reads_reach_and_nowhere_else() {
    let document = |path: &str| {
        let answer =
            json!({ "content": { "application/json": { "schema": { "$ref": "#/components/schemas/A" } } } });
        let inner = json!({ "x-rust-type": { "parameters": [{ "$ref": "#/components/schemas/B" }] } });
        Document::new(json!({
            "paths": { path: { "get": { "operationId": "a", "responses": { "200": answer } } } },
            "components": { "schemas": {
                "A": { "properties": { "inner": inner } },
                "B": { "properties": { "at": { "type": "string", "format": "date-time" } } },
            } },
        }))
    };
    let pointer = "/components/schemas/B/properties/at/x-rust-type/path";
    let found = |path: &str| changed(&patches::MOMENTS, document(path), pointer);
    assert_eq!(found("/api/v2/accounts/{id}/newData/"), json!("gocardless_bank_data_types::Private"));
    assert_eq!(found("/api/v2/accounts/{id}/"), json!("gocardless_bank_data_types::Timestamp"));
}

#[test]
fn what_may_be_data_of_a_person_is_not_shown() {
    let number = json!({ "type": "number" });
    for (schema, expected) in [
        (text(), ours("Text")),
        (json!({ "type": "string", "format": "uri" }), ours("Text")),
        (json!({}), ours("Json")),
        (number.clone(), around("Private", &number)),
        (json!({ "type": "object" }), around("Private", &json!({ "type": "object" }))),
    ] {
        assert_eq!(given(&patches::NOT_SHOWN, "A", "new", &schema), expected, "{schema}");
    }
    let list = json!({ "type": "array", "items": { "type": "string" } });
    let items = "/components/schemas/A/properties/new/items/x-rust-type";
    let document = answer(&json!({ "A": { "properties": { "new": list } } }));
    assert_eq!(changed(&patches::NOT_SHOWN, document, items), ours("Text"));
    for shown in [
        json!({ "type": "boolean" }),
        json!({ "type": "integer" }),
        json!({ "$ref": "#/components/schemas/A" }),
    ] {
        assert_never_applied(
            &patches::NOT_SHOWN,
            &mut answer(&json!({ "A": { "type": "object", "properties": { "a": shown } } })),
        );
    }
}

#[test]
fn a_member_that_may_be_null_stays_so_with_a_type_of_ours() {
    let document = answer(&json!({ "A": { "properties": { "a": { "type": "string", "nullable": true } } } }));
    let found = changed(&patches::NOT_SHOWN, document, "/components/schemas/A/properties/a");
    assert_eq!(
        found,
        json!({ "nullable": true, "allOf": [{ "type": "string", "x-rust-type": ours("Text") }] })
    );
}

#[test]
fn dates_money_and_days_have_types_of_their_own() {
    assert_eq!(given(&patches::DATES, "A", "bookingDate", &text()), ours("Date"));
    let with_format = json!({ "type": "string", "format": "date" });
    assert_eq!(
        given(&patches::DATES, "A", "ended", &with_format)["x-rust-type"],
        ours("Date")["x-rust-type"]
    );
    assert_eq!(given(&patches::MONEY, "TransactionAmountSchema", "amount", &text()), ours("Amount"));
    assert_eq!(given(&patches::MONEY, "A", "targetCurrency", &text()), ours("Currency"));
    assert_eq!(given(&patches::DAYS, "A", "max_access_valid_for_days", &text()), ours("Days"));
    let days = json!({ "type": "integer" });
    assert_eq!(given(&patches::DAYS, "A", "max_historical_days", &days), ours("Days"));
}

#[test]
fn a_closed_enum_in_an_answer_becomes_an_open_one() {
    let status = json!({ "allOf": [{ "$ref": "#/components/schemas/StatusEnum" }], "description": "Words." });
    let document =
        answer(&json!({ "Requisition": { "properties": { "status": status } }, "StatusEnum": {} }));
    let found = changed(&patches::OPEN_ENUMS, document, "/components/schemas/Requisition/properties/status");
    let expected =
        json!({ "type": "string", "description": "Words.", "x-rust-type": ours("RequisitionStatus") });
    assert_eq!(found, expected);
}

#[test]
fn items_of_lists_are_open_too() {
    let scope = json!({ "type": "array", "items": { "type": "string" } });
    let document = answer(&json!({ "A": { "properties": { "access_scope": scope } } }));
    let pointer = "/components/schemas/A/properties/access_scope/items/x-rust-type";
    assert_eq!(changed(&patches::OPEN_ENUMS, document, pointer), ours("AccessScope"));
}
