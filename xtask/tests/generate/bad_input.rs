//! Documents that cannot be taken: one sentence with the place and the correction, exit code 2, every file as it was.

use std::fs;

use serde_json::{Value, json};

use crate::tree::{Answer, Tree};

/// Asserts that `answer` is a refusal, one sentence of which has all of `parts`.
fn assert_refusal(answer: &Answer, parts: &[&str]) {
    assert_eq!(answer.code, Some(2), "{answer:?}");
    assert!(!answer.err.contains("panicked"), "{}", answer.err);
    let has_all = |line: &str| parts.iter().all(|part| line.contains(part));
    assert!(answer.err.lines().any(has_all), "{parts:?} are in no line of: {}", answer.err);
}

/// Changes the contract of a generated tree and asserts that it is refused, everything else untouched.
fn refused<T>(name: &str, change: impl FnOnce(&mut Value) -> T, parts: &[&str]) {
    let tree = Tree::generated(name);
    tree.edit(|contract| {
        change(contract);
    });
    let before = tree.files("");
    assert_refusal(&tree.run(&["generate"]), parts);
    assert_refusal(&tree.run(&["generate", "--check"]), parts);
    assert_refusal(
        &tree.run(&["generate", "--contract", "openapi/contract.json", "--out", "target/out"]),
        parts,
    );
    assert_eq!(tree.files(""), before, "a refused document changed a file");
}

const LIST: &str = "/api/v2/institutions/";
const TOKEN: &str = "/api/v2/token/new/";

fn schemas(contract: &mut Value) -> &mut Value {
    &mut contract["components"]["schemas"]
}

#[test]
fn a_missing_file_is_named() {
    let tree = Tree::generated("missing-file");
    let before = tree.files("");
    assert_refusal(
        &tree.run(&["generate", "--contract", "none.json"]),
        &["none.json: cannot be read", "name an OpenAPI"],
    );
    assert_eq!(tree.files(""), before);
}

#[test]
fn a_folder_is_not_a_document() {
    let tree = Tree::new("folder");
    assert_refusal(&tree.run(&["generate", "--contract", "openapi"]), &["openapi: cannot be read"]);
}

#[test]
fn broken_json_is_refused_with_line_and_column() {
    let tree = Tree::generated("broken-json");
    tree.write("broken.json", "{\n  \"openapi\": \"3.0.3\",\n  oops\n}\n");
    assert_refusal(
        &tree.run(&["generate", "--contract", "broken.json"]),
        &["broken.json:3:3: is not JSON", "correct"],
    );
    tree.write("broken.json", "");
    assert_refusal(&tree.run(&["generate", "--contract", "broken.json"]), &["broken.json: is empty"]);
    fs::write(tree.root.join("broken.json"), [0xff, 0xfe]).unwrap();
    assert_refusal(&tree.run(&["generate", "--contract", "broken.json"]), &["broken.json: is not UTF-8"]);
}

#[test]
fn other_json_is_not_a_document() {
    let tree = Tree::new("other-json");
    for (text, place) in
        [("[]", "/: is not an object"), ("{}", "/openapi: is missing"), ("12", "/: is not an object")]
    {
        tree.write("other.json", text);
        assert_refusal(&tree.run(&["generate", "--contract", "other.json"]), &[place]);
    }
}

#[test]
fn swagger_2_is_refused() {
    refused(
        "swagger",
        |contract| {
            contract.as_object_mut().unwrap().remove("openapi");
            contract["swagger"] = json!("2.0");
        },
        &["/swagger: this is Swagger 2.0", "convert"],
    );
}

#[test]
fn openapi_3_1_is_refused() {
    refused(
        "openapi31",
        |contract| contract["openapi"] = json!("3.1.0"),
        &["/openapi: this is OpenAPI `3.1.0`", "convert"],
    );
}

#[test]
fn a_document_without_a_title_is_refused() {
    refused(
        "title",
        |contract| contract["info"].as_object_mut().unwrap().remove("title"),
        &["/info/title: is missing"],
    );
}

#[test]
fn a_missing_operation_id_is_refused() {
    refused(
        "no-id",
        |contract| {
            contract["paths"][LIST]["get"].as_object_mut().unwrap().remove("operationId");
        },
        &["GET /api/v2/institutions/: has no operationId", "add one"],
    );
}

#[test]
fn an_operation_id_that_occurs_twice_is_refused() {
    refused(
        "twice",
        |contract| {
            contract["paths"][LIST]["get"]["operationId"] =
                contract["paths"][TOKEN]["post"]["operationId"].clone();
        },
        &["POST /api/v2/token/new/: has the operationId", "of GET /api/v2/institutions/"],
    );
}

#[test]
fn every_complaint_is_reported_at_once_and_once_with_the_file_to_change() {
    let tree = Tree::generated("all-complaints");
    tree.edit(|contract| {
        let mut operation = contract["paths"][LIST]["get"].clone();
        operation["operationId"] = json!("list news");
        operation["tags"] = json!(["news"]);
        contract["paths"]["/api/v2/news/"] = json!({ "get": operation });
        let members = &mut schemas(contract)["Account"]["properties"];
        members["iban"]["nullable"] = json!(true);
        members["bban"]["nullable"] = json!(true);
        members["usage"] = json!({ "type": "string", "enum": ["PRIV"] });
    });
    let answer = tree.run(&["generate"]);
    assert_eq!(answer.code, Some(2), "{answer:?}");
    let complaints: Vec<&str> = answer.err.lines().collect();
    for (part, file) in [
        ("patch `null-was-seen` was never applied at Account.iban", "upstream_bugs.rs"),
        ("patch `null-was-seen` was never applied at Account.bban", "upstream_bugs.rs"),
        ("/components/schemas/Account/properties/usage: a closed enum", "values.rs"),
        ("GET /api/v2/news/: its tag \"news\" has no reference page", "reference.rs"),
    ] {
        let found: Vec<_> = complaints.iter().filter(|complaint| complaint.starts_with(part)).collect();
        assert_eq!(found.len(), 1, "{part}: {complaints:#?}");
        assert!(found[0].contains(file), "{found:?}");
    }
    assert_eq!(complaints.len(), 4, "{complaints:#?}");
}

#[test]
fn every_fault_of_a_document_is_reported_at_once() {
    let tree = Tree::generated("all-faults");
    tree.edit(|contract| {
        contract["paths"][LIST]["get"].as_object_mut().unwrap().remove("operationId");
        contract["paths"][TOKEN]["post"]["requestBody"] = json!({ "content": {} });
        contract["paths"]["/api/v2/institutions/{id}/"]["get"]["parameters"] = json!([]);
    });
    let answer = tree.run(&["generate", "--contract", "openapi/contract.json", "--out", "target/out"]);
    assert_eq!(answer.code, Some(2), "{answer:?}");
    for part in [
        "GET /api/v2/institutions/: has no operationId",
        "POST /api/v2/token/new/: has a request body without",
        "GET /api/v2/institutions/{id}/: has `{id}` in its path",
    ] {
        assert!(answer.err.contains(part), "{answer:?}");
    }
}

#[test]
fn a_key_that_occurs_twice_is_refused() {
    let tree = Tree::generated("double-key");
    let text = tree.read("openapi/contract.json");
    tree.write("openapi/contract.json", &text.replacen("\"paths\": {", "\"paths\": {},\n  \"paths\": {", 1));
    assert_refusal(
        &tree.run(&["generate"]),
        &["openapi/contract.json:", "has the key `paths` twice in one object"],
    );
}

/// Changes the contract of a generated tree and asserts that the tree is not generated from it. Asked for by name, as when a
/// new document is taken over, it is a warning.
fn refused_for_the_tree<T>(name: &str, change: impl FnOnce(&mut Value) -> T, parts: &[&str]) {
    let tree = Tree::generated(name);
    tree.edit(|contract| {
        change(contract);
    });
    let before = tree.files("");
    assert_refusal(&tree.run(&["generate"]), parts);
    assert_refusal(&tree.run(&["generate", "--check"]), parts);
    assert_eq!(tree.files(""), before, "a refused document changed a file");
    let answer = tree.run(&["generate", "--contract", "openapi/contract.json"]);
    assert_eq!(answer.code, Some(0), "{answer:?}");
    assert!(answer.err.starts_with(&format!("warning: {}", parts[0])), "{answer:?}");
    let answer = tree.run(&["generate", "--contract", "openapi/contract.json", "--out", "target/out"]);
    assert_eq!((answer.code, answer.err.as_str()), (Some(0), ""), "a folder of one's own has no pages");
}

#[test]
fn an_operation_of_an_unknown_resource_says_where_to_give_it_a_page() {
    refused_for_the_tree(
        "no-page",
        |contract| contract["paths"]["/api/v2/institutions/{id}/"]["get"]["tags"] = json!(["news"]),
        &["GET /api/v2/institutions/{id}/: its tag \"news\" has no reference page", "reference.rs"],
    );
}

#[test]
fn two_success_types_are_refused() {
    refused(
        "two-types",
        |contract| {
            let other = json!({ "$ref": "#/components/schemas/Account" });
            contract["paths"][LIST]["get"]["responses"]["202"] =
                json!({ "description": "Later.", "content": { "application/json": { "schema": other } } });
        },
        &["GET /api/v2/institutions/: has two success types", "200", "202"],
    );
}

#[test]
fn a_reference_to_nothing_is_refused_wherever_it_is() {
    let nowhere = json!({ "$ref": "#/components/schemas/Nowhere" });
    let reference = nowhere.clone();
    refused(
        "nowhere-schema",
        |contract| schemas(contract)["Account"]["properties"]["iban"] = reference,
        &["/components/schemas/Account/properties/iban/$ref: `#/components/schemas/Nowhere` does not exist"],
    );
    refused(
        "nowhere-error",
        |contract| {
            contract["paths"][LIST]["get"]["responses"]["404"]["content"]["application/json"]["schema"] =
                nowhere;
        },
        &[
            "/paths/~1api~1v2~1institutions~1/get/responses/404/content/application~1json/schema/$ref",
            "does not exist",
        ],
    );
    refused(
        "nowhere-parameter",
        |contract| {
            contract["paths"][LIST]["get"]["parameters"][0] =
                json!({ "$ref": "#/components/parameters/None" });
        },
        &["/get/parameters/0/$ref: `#/components/parameters/None` does not exist"],
    );
}

#[test]
fn a_reference_out_of_the_document_is_refused() {
    refused(
        "outside",
        |contract| schemas(contract)["Account"]["properties"]["iban"] = json!({ "$ref": "other.json#/A" }),
        &["/components/schemas/Account/properties/iban/$ref: `other.json#/A` is outside the document"],
    );
}

#[test]
fn a_component_that_is_composed_of_itself_is_refused() {
    refused(
        "itself",
        |contract| {
            schemas(contract)["Account"] = json!({ "allOf": [{ "$ref": "#/components/schemas/Account" }] });
        },
        &["openapi/contract.json: /components/schemas/Account: is composed of itself (Account -> Account)"],
    );
    refused(
        "each-other",
        |contract| {
            schemas(contract)["Account"] =
                json!({ "allOf": [{ "$ref": "#/components/schemas/Integration" }] });
            schemas(contract)["Integration"] =
                json!({ "anyOf": [{ "$ref": "#/components/schemas/Account" }] });
        },
        &["/components/schemas/Account: is composed of itself (Account -> Integration -> Account)"],
    );
    refused(
        "alias",
        |contract| schemas(contract)["Account"] = json!({ "$ref": "#/components/schemas/Account" }),
        &["/components/schemas/Account: is composed of itself"],
    );
}

#[test]
fn an_endless_merge_is_refused() {
    refused(
        "endless",
        |contract| {
            let more = json!({ "type": "object", "properties": { "more": { "type": "string" } } });
            let parts = json!([{ "$ref": "#/components/schemas/Account" }, more]);
            schemas(contract)["Account"]["properties"]["parent"] = json!({ "allOf": parts });
        },
        &["/components/schemas/Account/properties/parent/allOf: merges `Account`"],
    );
}

#[test]
fn a_body_that_cannot_be_json_is_refused() {
    refused(
        "no-json",
        |contract| {
            contract["paths"][TOKEN]["post"]["requestBody"] =
                json!({ "content": { "text/xml": { "schema": {} } } });
        },
        &["POST /api/v2/token/new/: has a request body without a schema for `application/json`"],
    );
}

#[test]
fn parameters_that_the_generator_would_panic_over_are_refused() {
    let by_id = "/api/v2/institutions/{id}/";
    refused(
        "optional-path",
        |contract| contract["paths"][by_id]["get"]["parameters"][0]["required"] = json!(false),
        &["GET /api/v2/institutions/{id}/: has a path parameter `id` that is not required"],
    );
    refused(
        "no-path-parameter",
        |contract| contract["paths"][by_id]["get"]["parameters"] = json!([]),
        &["GET /api/v2/institutions/{id}/: has `{id}` in its path and no path parameter"],
    );
    refused(
        "cookie",
        |contract| {
            contract["paths"][LIST]["get"]["parameters"][0] =
                json!({ "in": "cookie", "name": "a", "schema": { "type": "string" } });
        },
        &["GET /api/v2/institutions/: has a parameter `a` in `cookie`"],
    );
}

#[test]
fn what_only_the_generator_refuses_is_a_sentence_with_a_place_too() {
    refused(
        "not-a-schema",
        |contract| schemas(contract)["Account"]["properties"]["iban"] = json!({ "type": ["string", "null"] }),
        &["/components/schemas/Account/properties/iban: the generator cannot take this"],
    );
    refused(
        "inner-schema",
        |contract| schemas(contract)["AccountSchema"]["properties"]["pan"]["type"] = json!("stringy"),
        &["/components/schemas/AccountSchema/properties/pan: the generator cannot take this"],
    );
    refused(
        "panic",
        |contract| {
            let schema = json!({ "type": "stringy" });
            contract["paths"][LIST]["get"]["parameters"][0] =
                json!({ "in": "query", "name": "a", "schema": schema });
        },
        &["GET /api/v2/institutions/: the generator cannot take this"],
    );
}

#[test]
fn a_patch_that_the_contract_no_longer_needs_is_refused_by_name() {
    refused_contract_only(
        "never-applied",
        |contract| schemas(contract)["Account"]["properties"]["iban"]["nullable"] = json!(true),
        &[
            "patch `null-was-seen` was never applied at Account.iban",
            "remove the row from xtask/src/generate/patch/upstream_bugs.rs",
        ],
    );
}

#[test]
fn a_closed_enum_in_an_answer_is_refused_until_it_has_a_type() {
    refused_contract_only(
        "closed-enum",
        |contract| {
            schemas(contract)["Account"]["properties"]["usage"] =
                json!({ "type": "string", "enum": ["PRIV"] });
        },
        &[
            "/components/schemas/Account/properties/usage: a closed enum",
            "xtask/src/generate/patch/values.rs",
        ],
    );
}

/// Like `refused`, for what is a warning about a document that is not the contract.
fn refused_contract_only<T>(name: &str, change: impl FnOnce(&mut Value) -> T, parts: &[&str]) {
    let tree = Tree::generated(name);
    tree.edit(|contract| {
        change(contract);
    });
    let before = tree.files("");
    assert_refusal(&tree.run(&["generate"]), parts);
    assert_eq!(tree.files(""), before, "a refused document changed a file");
    let answer = tree.run(&["generate", "--contract", "openapi/contract.json", "--out", "target/out"]);
    assert_eq!(answer.code, Some(0), "{answer:?}");
    assert!(
        answer.err.starts_with("warning: ") && parts.iter().all(|part| answer.err.contains(part)),
        "{answer:?}"
    );
}
