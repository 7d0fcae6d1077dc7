//! Tests of all patches together, on the contract itself.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use super::helpers::assert_never_applied;
use crate::generate::document::Document;
use crate::generate::patch::PATCHES;
use crate::generate::patch::record::Kind;

fn contract() -> Document {
    let text = include_str!("../../../../../openapi/contract.json");
    Document::new(serde_json::from_str(text).expect("the contract is JSON"))
}

fn patched() -> Document {
    let mut document = contract();
    for patch in PATCHES {
        (patch.apply)(&mut document);
    }
    document
}

#[test]
fn each_patch_and_each_of_its_rows_applies_to_the_contract() {
    let mut document = contract();
    for patch in PATCHES {
        let applied = (patch.apply)(&mut document);
        assert_eq!(applied.complaints(patch, &document), Vec::<String>::new());
    }
}

#[test]
fn each_patch_notices_that_a_patched_document_does_not_need_it() {
    for patch in PATCHES {
        assert_never_applied(patch, &mut patched());
    }
}

#[test]
fn a_row_that_the_document_no_longer_needs_is_named() {
    let mut document = contract();
    let account =
        document.object_mut("/components/schemas/Account/properties").expect("accounts have members");
    account["iban"]["nullable"] = json!(true);
    let patch = PATCHES.iter().find(|patch| patch.name == "null-was-seen").expect("it is in the list");
    let applied = (patch.apply)(&mut document);
    let complaint = applied.complaints(patch, &document).join("\n");
    assert!(complaint.contains("`null-was-seen` was never applied at Account.iban"), "{complaint}");
    assert!(complaint.contains("xtask/src/generate/patch/upstream_bugs.rs"), "{complaint}");
}

#[test]
fn a_row_that_matches_another_number_of_times_is_named_with_both_numbers() {
    let mut document = contract();
    let members =
        document.object_mut("/components/schemas/Account/properties").expect("accounts have members");
    members.insert("bookingDate".to_owned(), json!({ "type": "string" }));
    let patch = PATCHES.iter().find(|patch| patch.name == "dates").expect("it is in the list");
    let applied = (patch.apply)(&mut document);
    let complaint = applied.complaints(patch, &document).join("\n");
    assert!(complaint.contains("`dates` was applied 2 times at *.bookingDate (Date), not 1"), "{complaint}");
    assert!(complaint.contains("xtask/src/generate/patch/values.rs"), "{complaint}");
}

/// What each member of each component is made of in the end, but for structs, which are components themselves.
fn leaves(document: &Document) -> Vec<(String, Value)> {
    let mut leaves = Vec::new();
    for name in document.schema_names() {
        let component = document.schema(&name).expect("it is there");
        for (member, schema) in component["properties"].as_object().into_iter().flatten() {
            let mut open = vec![schema];
            while let Some(schema) = open.pop() {
                let (ours, before) = (&schema["x-rust-type"], open.len());
                if ours.is_null() {
                    open.extend(schema["allOf"].as_array().into_iter().flatten());
                    open.extend(schema.get("items"));
                } else if ours["path"] != "gocardless_bank_data_types::Private" {
                    open.extend(ours["parameters"].as_array().into_iter().flatten());
                }
                if open.len() == before && schema.get("$ref").is_none() {
                    leaves.push((format!("{name}.{member}"), schema.clone()));
                }
            }
        }
    }
    leaves
}

#[test]
fn no_member_of_any_type_is_one_whose_debug_shows_data_of_a_person() {
    const NOT_SHOWN: &[&str] = &["Amount", "Currency", "Date", "Json", "Private", "Secret", "Text"];
    /// Ids, states and counts, which a log is of no use without.
    const SHOWN: &[&str] = &[
        "AccessScope",
        "AccountId",
        "AccountStatus",
        "AgreementId",
        "BalanceType",
        "Days",
        "Feature",
        "InstitutionId",
        "ReconfirmedAccounts",
        "RequisitionId",
        "RequisitionStatus",
        // Shows places and reasons, and not the JSON.
        "Unread",
    ];
    let document = patched();
    let bank_data = super::super::values::bank_data(&document);
    let found = leaves(&document);
    assert!(found.len() > 100, "{}", found.len());
    for (place, schema) in found {
        let component = place.split('.').next().unwrap_or_default();
        let ours = schema["x-rust-type"]["path"].as_str().and_then(|path| path.rsplit("::").next());
        let is_safe = match ours {
            // When something was done here, and not at the bank.
            Some("Timestamp") => !bank_data.contains(component),
            Some(name) => NOT_SHOWN.contains(&name) || SHOWN.contains(&name),
            None => schema["type"] == "boolean" || schema["type"] == "integer",
        };
        assert!(
            is_safe,
            "{place} is shown: {schema}. If it is not personal data, add its type to SHOWN in \
             xtask/src/generate/patch/tests/chain.rs, and else give it another one in values.rs"
        );
    }
}

#[test]
fn every_patch_says_why_what_shows_it_and_where_it_is() {
    let names: BTreeSet<_> = PATCHES.iter().map(|patch| patch.name).collect();
    assert_eq!(names.len(), PATCHES.len(), "two patches have one name");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tool is in the repository");
    for patch in PATCHES {
        assert!(!patch.why.is_empty() && !patch.evidence.is_empty(), "{}", patch.name);
        assert!(root.join(patch.file).is_file(), "{}", patch.file);
        assert_eq!(
            patch.kind == Kind::UpstreamBug,
            patch.file.ends_with("upstream_bugs.rs"),
            "{}",
            patch.name
        );
        assert_eq!(patch.since.split('-').map(str::len).collect::<Vec<_>>(), [4, 2, 2], "{}", patch.since);
    }
}

#[test]
fn no_name_of_the_vendors_operations_is_left() {
    let (before, after) = (contract(), patched().root().to_string());
    for place in before.places() {
        let id = before
            .operation(&place)
            .and_then(|operation| operation["operationId"].as_str())
            .unwrap_or_default();
        assert!(!after.contains(&format!("\"operationId\":\"{id}\"")), "{id}");
    }
}
