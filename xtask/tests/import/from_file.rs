//! Documents from files: no change, a small one, and those of other years.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::tree::{Answer, Tree};
use crate::vendor::{PROSE, current, like, of_2025, structure};

fn import(tree: &Tree, document: &Value) -> Answer {
    tree.write("vendor.json", &document.to_string());
    let answer = tree.run(&["import", "vendor.json"]);
    std::fs::remove_file(tree.root.join("vendor.json")).unwrap();
    answer
}

fn contract(tree: &Tree) -> Value {
    serde_json::from_str(&tree.read("openapi/contract.json")).unwrap()
}

#[test]
fn the_same_document_in_other_words_and_another_order_changes_nothing() {
    let tree = Tree::generated("import-same");
    let before = tree.files("");
    let mut document = current();
    let schemas = document["components"]["schemas"].as_object_mut().unwrap();
    let first = schemas.keys().next().unwrap().clone();
    let schema = schemas.shift_remove(&first).unwrap();
    schemas.insert(first, schema);
    let answer = import(&tree, &document);
    assert_eq!(answer.code, Some(0), "{answer:?}");
    assert_eq!(answer.out, "no change\nopenapi/contract.json is unchanged\n");
    assert_eq!(tree.files(""), before);
}

#[test]
fn a_change_keeps_our_sentences_takes_none_of_theirs_and_says_where_it_came_from() {
    let tree = Tree::generated("import-change");
    let mut document = current();
    let before = contract(&tree);
    document["paths"]["/api/v2/token/new/"]["post"]["operationId"] = json!("JWT Obtain");
    document["components"]["schemas"]["Account"]["properties"]["colour"] =
        json!({ "type": "string", "description": PROSE });
    let answer = import(&tree, &document);
    assert_eq!(answer.code, Some(4), "{answer:?}");
    for part in [
        "the operation id is now `JWT Obtain`",
        "schema Account (received)\n    `colour`: is new and optional",
        "New places without a sentence (1)\n\n  schema Account.colour\n",
        "2 changes: 0 breaking, 2 compatible, 0 text only",
        "Run `cargo test --workspace`",
    ] {
        assert!(answer.out.contains(part), "`{part}` is not in {}", answer.out);
    }
    let after = contract(&tree);
    assert!(!after.to_string().contains(PROSE));
    let summary = "/paths/~1api~1v2~1token~1new~1/post/summary";
    assert_eq!(after.pointer(summary), before.pointer(summary));
    let provenance = &after["info"]["x-provenance"];
    assert_eq!(provenance["document"], "vendor OpenAPI from a file, vendor.json");
    assert_eq!(provenance["verbatim-sha256"].as_str().unwrap().len(), 64);
    assert!(tree.read("generated/src/types.rs").contains("colour"));
}

#[test]
fn a_renamed_component_keeps_our_sentences_and_is_named_with_its_new_name() {
    let tree = Tree::generated("import-renamed");
    let before = contract(&tree);
    let text = current().to_string().replace("schemas/Account\"", "schemas/AccountV2\"");
    let mut document: Value = serde_json::from_str(&text).unwrap();
    let schemas = document["components"]["schemas"].as_object_mut().unwrap();
    let schema = schemas.shift_remove("Account").unwrap();
    schemas.insert("AccountV2".to_owned(), schema);
    tree.write("vendor.json", &document.to_string());
    let answer = tree.run(&["import", "vendor.json"]);
    assert!(answer.out.contains("Renamed components (1)"), "{answer:?}");
    assert!(answer.out.contains("  `Account` is now called `AccountV2`\n"), "{answer:?}");
    assert!(!answer.out.contains("Sentences whose place is gone"), "{answer:?}");
    let schema = |document: &Value, name: &str| document["components"]["schemas"][name].clone();
    assert_eq!(schema(&contract(&tree), "AccountV2"), schema(&before, "Account"));
    assert_eq!(answer.err.matches("warning").count(), 0, "each patch found its component: {answer:?}");
    assert_eq!(tree.run(&["generate", "--check"]).code, Some(0), "and finds it again");
}

#[test]
fn a_component_renamed_and_changed_in_one_step_keeps_its_patches_and_the_name_of_its_type() {
    let tree = Tree::generated("import-renamed-changed");
    let text = current().to_string().replace("schemas/Requisition\"", "schemas/RequisitionV2\"");
    let mut document: Value = serde_json::from_str(&text).unwrap();
    let schemas = document["components"]["schemas"].as_object_mut().unwrap();
    let mut schema = schemas.shift_remove("Requisition").unwrap();
    let members = schema["properties"].as_object_mut().unwrap();
    members.shift_remove("ssn").unwrap();
    members.insert("colour".to_owned(), json!({ "type": "string" }));
    schemas.insert("RequisitionV2".to_owned(), schema);
    let answer = import(&tree, &document);
    assert!(answer.out.contains("  `Requisition` is now called `RequisitionV2`\n"), "{answer:?}");
    assert!(answer.out.contains("schema RequisitionV2 (received)\n    `ssn`: is gone"), "{answer:?}");
    assert!(!answer.err.contains("no longer needed"), "{answer:?}");
    let provenance = &contract(&tree)["info"]["x-provenance"];
    assert_eq!(provenance["renamed"], json!({ "Requisition": "RequisitionV2" }));
    assert!(!tree.read("generated/src/types.rs").contains("RequisitionV2"));
}

#[test]
fn a_document_may_come_from_standard_input() {
    let tree = Tree::generated("import-stdin");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["import", "-", "--root"]).arg(&tree.root).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(current().to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(output.stdout, b"no change\nopenapi/contract.json is unchanged\n");
}

/// What holds after the import of any document.
fn is_imported(name: &str, document: &Value, parts: &[&str]) {
    let tree = Tree::generated(name);
    tree.write("openapi/contract.json", &of_2025().to_string());
    let answer = import(&tree, document);
    assert_eq!(answer.code, Some(4), "{answer:?}");
    let all = format!("{}\n{}", answer.out, answer.err);
    for part in parts {
        assert!(all.contains(part), "`{part}` is not in {all}");
    }
    let contract = contract(&tree);
    assert_eq!(structure(&contract, false), structure(document, false));
    assert!(!contract.to_string().contains("Theirs"));
    assert_eq!(import(&tree, document).out, "no change\nopenapi/contract.json is unchanged\n");
    // The client in the tree is what the contract in the tree gives.
    let again = tree.run(&["generate", "--contract", "openapi/contract.json", "--out", "target/again"]);
    assert_eq!(again.code, Some(0), "{again:?}");
    for file in ["types.rs", "client.rs", "operation.rs"] {
        assert_eq!(
            tree.read(&format!("generated/src/{file}")),
            tree.read(&format!("target/again/src/{file}")),
            "{file}"
        );
    }
}

#[test]
fn a_document_like_that_of_2023_is_imported() {
    is_imported(
        "import-2023",
        &like("2023"),
        &[
            "the server `https://bankaccountdata.gocardless.com` is gone",
            "is a new operation, `retrieve account transactions v2`",
            "was called `StatusEnum`",
            "response 200: is now written in place; it was `AccountBalance`, of another shape",
            "`access_valid_for_days`: the maximum falls from `730` to `90`",
            "parameter `offset`: the default is now `1`; it was `0`",
            "DELETE /api/v2/agreements/enduser/{id}/\n    response 200: is no longer declared; it was a success",
        ],
    );
}

#[test]
fn a_document_like_that_of_2024_is_imported() {
    is_imported(
        "import-2024",
        &like("2024"),
        &[
            "the operation id is now `retrieve all EUAs for an end user`; it was `retrieve all agreements`",
            "`access_valid_for_days`: the maximum falls from `730` to `180`",
            "POST /api/v2/agreements/enduser/{id}/reconfirm/\n    is gone, `Create EUA reconfirmation`",
            "schema AccountTransactions (received): `last_updated`",
        ],
    );
}

#[test]
fn there_and_back_again_the_structure_is_what_it_was() {
    let tree = Tree::generated("import-back");
    tree.write("openapi/contract.json", &of_2025().to_string());
    assert_eq!(import(&tree, &like("2023")).code, Some(4));
    assert_eq!(import(&tree, &of_2025()).code, Some(4));
    assert_eq!(structure(&contract(&tree), false), structure(&of_2025(), false));
}
