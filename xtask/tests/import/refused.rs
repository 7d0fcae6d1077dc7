//! Documents that can be compared and not generated from: all or nothing.

use serde_json::json;

use crate::tree::Tree;
use crate::vendor::current;

fn with_two_success_types() -> String {
    let mut document = current();
    document["paths"]["/api/v2/institutions/"]["get"]["responses"]["202"] = json!({
        "description": "Later.",
        "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Account" } } },
    });
    document.to_string()
}

#[test]
fn what_no_client_can_be_made_of_changes_nothing_and_is_reported() {
    let tree = Tree::generated("import-two-types");
    tree.write("vendor.json", &with_two_success_types());
    let before = tree.files("");
    let answer = tree.run(&["import", "vendor.json"]);
    assert_eq!(answer.code, Some(2), "{answer:?}");
    assert!(answer.out.contains("response 202: is a new success"), "{answer:?}");
    assert!(answer.err.contains("GET /api/v2/institutions/: has two success types"), "{answer:?}");
    assert!(answer.err.ends_with("`--keep` keeps the new contract without a client\n"), "{answer:?}");
    assert_eq!(tree.files(""), before);
}

#[test]
fn whoever_asks_for_it_keeps_the_contract() {
    let tree = Tree::generated("import-keep");
    tree.write("vendor.json", &with_two_success_types());
    let (client, generated) = (tree.read("openapi/client.json"), tree.files("generated"));
    let answer = tree.run(&["import", "vendor.json", "--keep"]);
    assert_eq!(answer.code, Some(2), "{answer:?}");
    assert!(answer.err.contains("openapi/contract.json is the new one"), "{answer:?}");
    assert!(tree.read("openapi/contract.json").contains("\"202\""));
    assert_eq!((tree.read("openapi/client.json"), tree.files("generated")), (client, generated));
    assert_eq!(tree.files("openapi").len(), 3);
}
