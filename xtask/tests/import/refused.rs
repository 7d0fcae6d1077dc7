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
fn with_keep_the_contract_is_kept() {
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

#[test]
fn what_would_not_compile_or_not_be_sent_as_declared_changes_nothing() {
    let list = "/api/v2/institutions/";
    let mut csv = current();
    csv["paths"][list]["get"]["parameters"].as_array_mut().unwrap().push(json!({
        "in": "query", "name": "ids", "style": "form", "explode": false,
        "schema": { "type": "array", "items": { "type": "string" } },
    }));
    let mut options = current();
    options["paths"]["/api/v2/export/"] = json!({ "options": { "operationId": "x", "tags": ["accounts"], "responses": { "200": { "description": "n" } } } });
    let mut names = current();
    names["components"]["schemas"]["Account"]["properties"]["extra"] = json!({
        "type": "object", "properties": { "a-b": { "type": "string" }, "a_b": { "type": "string" } },
    });
    let mut pipes = csv.clone();
    let list = pipes["paths"][list]["get"]["parameters"].as_array_mut().unwrap();
    list.last_mut().unwrap()["style"] = json!("pipeDelimited");
    let mut trace = current();
    trace["paths"]["/api/v2/accounts/{id}/"]["trace"] =
        trace["paths"]["/api/v2/accounts/{id}/"]["get"].clone();
    trace["paths"]["/api/v2/accounts/{id}/"]["trace"]["operationId"] = json!("x");
    let mut capitals = current();
    capitals["components"]["schemas"]["Requisition"]["properties"]["userLanguage"] =
        json!({ "type": "string" });
    for (name, document, part) in [
        ("import-csv", csv, "GET /api/v2/institutions/: has a parameter `ids` with `explode: false`"),
        (
            "import-options",
            options,
            "OPTIONS /api/v2/export/: the generated client has no call for this method",
        ),
        ("import-names", names, "/components/schemas/Account/properties/extra: its members `a-b` and `a_b`"),
        (
            "import-pipes",
            pipes,
            "GET /api/v2/institutions/: has a parameter `ids` in the style `pipeDelimited`",
        ),
        (
            "import-trace",
            trace,
            "TRACE /api/v2/accounts/{id}/: the generated client has no call for this method",
        ),
        ("import-capitals", capitals, "/components/schemas/Requisition: its members `user"),
    ] {
        let tree = Tree::generated(name);
        tree.write("vendor.json", &document.to_string());
        let before = tree.files("");
        let answer = tree.run(&["import", "vendor.json"]);
        assert_eq!(answer.code, Some(2), "{answer:?}");
        let refusal = answer.err.lines().find(|line| line.starts_with(part));
        assert!(refusal.is_some_and(|line| line.contains("adjustments.rs")), "{answer:?}");
        assert_eq!(tree.files(""), before);
    }
}
