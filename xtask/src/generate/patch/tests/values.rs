//! Tests of the value types, one document each.

use serde_json::{Value, json};

use super::helpers::{answer, changed, ours, path};
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
    assert_eq!(given(&patches::MOMENTS, "A", "created", &created), ours("Timestamp"));
    assert_eq!(given(&patches::MOMENTS, "A", "bookingDateTime", &text()), ours("Timestamp"));
}

#[test]
fn dates_money_and_days_have_types_of_their_own() {
    assert_eq!(given(&patches::DATES, "A", "bookingDate", &text()), ours("Date"));
    assert_eq!(given(&patches::MONEY, "TransactionAmountSchema", "amount", &text()), ours("Amount"));
    assert_eq!(given(&patches::MONEY, "A", "targetCurrency", &text()), ours("Currency"));
    assert_eq!(given(&patches::DAYS, "A", "max_access_valid_for_days", &text()), ours("Days"));
    let days = json!({ "type": "integer" });
    assert_eq!(given(&patches::DAYS, "EndUserAgreement", "max_historical_days", &days), ours("Days"));
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
