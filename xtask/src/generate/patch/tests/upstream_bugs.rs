//! Tests of the bugs of the document, one document each.

use serde_json::json;

use super::helpers::{answer, applied, around, changed, path};
use crate::generate::patch::upstream_bugs as patches;

#[test]
fn the_token_operations_need_no_token() {
    let document = path("/api/v2/token/new/", &json!({ "post": {} }));
    let pointer = "/paths/~1api~1v2~1token~1new~1/post/security";
    assert_eq!(changed(&patches::TOKENS_NEED_NO_TOKEN, document, pointer), json!([]));
}

#[test]
fn a_member_that_was_null_may_be_null() {
    let document = answer(&json!({ "Account": { "properties": { "iban": { "type": "string" } } } }));
    let pointer = "/components/schemas/Account/properties/iban/nullable";
    assert_eq!(changed(&patches::NULL_WAS_SEEN, document, pointer), json!(true));
}

#[test]
fn a_member_that_was_missing_is_not_required() {
    let document = answer(&json!({ "BankTransaction": { "required": ["booked"] } }));
    assert_eq!(
        changed(&patches::NOT_ALWAYS_THERE, document, "/components/schemas/BankTransaction"),
        json!({})
    );
}

#[test]
fn a_member_seen_on_the_wire_is_added_with_a_sentence_of_ours() {
    let document = answer(&json!({ "TransactionSchema": { "properties": {} } }));
    let pointer = "/components/schemas/TransactionSchema/properties/merchantCategoryCode";
    let member = changed(&patches::SEEN_AND_MISSING, document, pointer);
    assert_eq!(member["type"], "string");
    assert!(member["description"].as_str().is_some_and(|text| text.ends_with('.')), "{member}");
}

#[test]
fn a_member_that_the_vendor_has_added_meanwhile_is_left_alone() {
    let theirs = json!({ "bookingStatus": { "type": "integer" } });
    let document = answer(&json!({ "TransactionSchema": { "properties": theirs } }));
    let document = applied(&patches::SEEN_AND_MISSING, document);
    let member = document.at("/components/schemas/TransactionSchema/properties/bookingStatus/type");
    assert_eq!(member, Some(&json!("integer")));
}

#[test]
fn items_without_a_type_are_strings() {
    let scope = json!({ "type": "array", "items": {} });
    let document = answer(&json!({ "A": { "properties": { "access_scope": scope } } }));
    let pointer = "/components/schemas/A/properties/access_scope/items";
    assert_eq!(changed(&patches::ITEMS_ARE_STRINGS, document, pointer), json!({ "type": "string" }));
}

#[test]
fn a_list_may_come_as_its_single_element() {
    let item = json!({ "$ref": "#/components/schemas/B" });
    let list = json!({ "type": "array", "items": item, "description": "A." });
    let document = answer(&json!({ "A": { "properties": { "currencyExchange": list } }, "B": {} }));
    let pointer = "/components/schemas/A/properties/currencyExchange/x-rust-type";
    assert_eq!(changed(&patches::ONE_OR_MANY, document, pointer), around("OneOrMany", &item));
}

#[test]
fn an_object_may_come_as_something_else() {
    let reference = json!({ "$ref": "#/components/schemas/B" });
    let member = json!({ "allOf": [reference], "description": "An account." });
    let document = answer(&json!({ "A": { "properties": { "debtorAccount": member } }, "B": {} }));
    let pointer = "/components/schemas/A/properties/debtorAccount/x-rust-type";
    assert_eq!(changed(&patches::OBJECT_OR_OTHER, document, pointer), around("OrOther", &reference));
}

#[test]
fn a_list_may_be_missing_or_have_entries_that_cannot_be_read() {
    let list = json!({ "type": "array", "items": { "type": "string" } });
    let members = json!({ "balances": list, "results": list });
    let document = answer(&json!({ "A": { "required": ["results"], "properties": members } }));
    let found = changed(&patches::MISSING_IS_EMPTY, document, "/components/schemas/A");
    assert_eq!(found["properties"]["balances"]["x-rust-type"], around("Entries", &list["items"]));
    assert_eq!(found["properties"]["results"]["x-rust-type"], around("Entries", &list["items"]));
    // Of a type that reads a missing member by itself, with no `Option` around it.
    assert_eq!(found["required"], json!(["results", "balances"]));
}
