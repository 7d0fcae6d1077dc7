//! Tests of all patches together, on the contract itself.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::json;

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
        assert_eq!((patch.apply)(&mut document).complaint(patch), None);
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
    let complaint = (patch.apply)(&mut document).complaint(patch).unwrap_or_default();
    assert!(complaint.contains("`null-was-seen` was never applied at Account.iban"), "{complaint}");
    assert!(complaint.contains("xtask/src/generate/patch/faults.rs"), "{complaint}");
}

#[test]
fn every_patch_says_why_what_shows_it_and_where_it_is() {
    let names: BTreeSet<_> = PATCHES.iter().map(|patch| patch.name).collect();
    assert_eq!(names.len(), PATCHES.len(), "two patches have one name");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tool is in the repository");
    for patch in PATCHES {
        assert!(!patch.why.is_empty() && !patch.evidence.is_empty(), "{}", patch.name);
        assert!(root.join(patch.file).is_file(), "{}", patch.file);
        assert_eq!(patch.kind == Kind::Fault, patch.file.ends_with("faults.rs"), "{}", patch.name);
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
