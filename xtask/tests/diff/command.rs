//! The command around the report: JSON for programs, and what it refuses.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::cases::{base, diff, run, run_with};
use crate::patch::patched;

#[test]
fn json_has_every_change_with_its_place_and_verdict() {
    let patch = json!([{ "op": "remove", "path": "/components/schemas/Bank/properties/bic" }]);
    let output = diff("json", &base(), &patched(base(), &patch), &["--json"]);
    assert_eq!(output.status.code(), Some(4));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["counts"], json!({ "breaking": 1, "compatible": 0, "text_only": 0 }));
    assert_eq!(
        report["changes"],
        json!([{
            "verdict": "breaking",
            "place": "schema Bank (received)",
            "within": "`bic`",
            "pointer": "/components/schemas/Bank/properties/bic",
            "document": "old",
            "words": "is gone: callers no longer receive it",
        }])
    );
}

#[test]
fn what_follows_from_a_change_is_below_it_and_not_counted() {
    let patch = json!([
        { "op": "remove", "path": "/components/schemas/Deleted" },
        { "op": "remove", "path": "/paths/~1api~1v2~1agreements~1{id}~1/delete" },
    ]);
    let output = diff("below", &base(), &patched(base(), &patch), &["--json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["counts"], json!({ "breaking": 1, "compatible": 0, "text_only": 0 }));
    let change = &report["changes"][0];
    assert_eq!(change["place"], "DELETE /api/v2/agreements/{id}/");
    assert_eq!(change["consequences"][0]["place"], "schema Deleted (received)");
    assert_eq!(change["consequences"][0]["pointer"], "/components/schemas/Deleted");
}

#[test]
fn with_breaking_only_breaking_changes_are_printed_and_the_code_is_another() {
    let text = json!({ "op": "replace", "path": "/info/description", "value": "Reads." });
    let compatible =
        json!({ "op": "add", "path": "/paths/~1api~1v2~1banks~1/get/deprecated", "value": true });
    let breaking = json!({ "op": "remove", "path": "/components/schemas/Bank/properties/bic" });
    for (name, steps, code, first) in [
        ("breaking-all", json!([text, compatible, breaking]), 5, "Breaking for callers"),
        ("breaking-none", json!([text, compatible]), 0, "no breaking change"),
    ] {
        let output = diff(name, &base(), &patched(base(), &steps), &["--breaking"]);
        let report = String::from_utf8(output.stdout).unwrap();
        assert_eq!((output.status.code(), report.lines().next()), (Some(code), Some(first)));
        assert!(!report.contains("Compatible\n") && !report.contains("Text only\n"), "{report}");
    }
}

#[test]
fn with_no_text_changes_of_text_are_neither_printed_nor_counted() {
    let text = json!({ "op": "replace", "path": "/info/description", "value": "Reads." });
    let compatible =
        json!({ "op": "add", "path": "/paths/~1api~1v2~1banks~1/get/deprecated", "value": true });
    for (name, steps, code, last) in [
        ("text-all", json!([text, compatible]), 4, "1 change: 0 breaking, 1 compatible, 0 text only"),
        ("text-only", json!([text]), 0, "no change"),
    ] {
        let output = diff(name, &base(), &patched(base(), &steps), &["--no-text"]);
        let report = String::from_utf8(output.stdout).unwrap();
        assert_eq!((output.status.code(), report.lines().last()), (Some(code), Some(last)));
    }
}

#[test]
fn either_document_may_come_from_standard_input() {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("diff/stdin");
    fs::create_dir_all(&place).unwrap();
    fs::write(place.join("base.json"), base().to_string()).unwrap();
    for (files, input, code, part) in [
        (["-", "base.json"], base().to_string(), 0, "no change"),
        (["base.json", "-"], base().to_string(), 0, "no change"),
        (["base.json", "-"], "<html>".to_owned(), 2, "standard input: is a web page"),
    ] {
        let output = run_with(&place, &["diff", files[0], files[1]], &input);
        let text = [output.stdout, output.stderr].concat();
        let text = String::from_utf8(text).unwrap();
        assert_eq!(output.status.code(), Some(code), "{text}");
        assert!(text.contains(part), "{text}");
    }
}

/// A document with 20,000 schemas, each of which refers to the one before it.
fn large(name: &str, member: &str) -> Value {
    let mut document = base();
    for index in 1..=20_000_u32 {
        let before = format!("#/components/schemas/{}{}", name, index - 1);
        document["components"]["schemas"][format!("{name}{index}")] = json!({
            "type": "object",
            "properties": { "next": { "$ref": before }, member: { "type": "string" } },
        });
    }
    document["components"]["schemas"][format!("{name}0")] = json!({ "type": "string" });
    document["components"]["schemas"]["Bank"]["properties"]["large"] =
        json!({ "$ref": format!("#/components/schemas/{name}20000") });
    document
}

#[test]
fn a_document_of_20_000_schemas_in_one_chain_is_compared() {
    for (name, new, breaking) in [("renamed", large("B", "a"), 0), ("replaced", large("B", "b"), 1)] {
        let output = diff(&format!("large-{name}"), &large("A", "a"), &new, &["--json"]);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(report["counts"]["breaking"], breaking, "{name}");
    }
}

/// Twenty levels of alternatives, of which each has the next level in its first one.
fn nested(kind: &str) -> Value {
    let mut schema = json!({ "type": kind });
    for level in 0..20 {
        let object = |name: &str, inner: &Value| json!({ "properties": { name: inner, format!("{name}{level}"): { "type": "string" } } });
        schema = json!({ "oneOf": [object("a", &schema), object("b", &json!({ "type": "string" }))] });
    }
    schema
}

/// Forty components, of which each is made of the one before it, and of it once more.
fn diamonds(document: &mut Value, kind: &str) {
    let schemas = &mut document["components"]["schemas"];
    schemas["D0"] = json!({ "type": "object", "properties": { "a": { "type": kind } } });
    for level in 1..=40 {
        let below = json!({ "$ref": format!("#/components/schemas/D{}", level - 1) });
        let own = json!({ "properties": { format!("a{level}"): { "type": "string" } } });
        schemas[format!("D{level}")] = json!({ "allOf": [below, { "allOf": [below, own] }] });
    }
}

#[test]
fn what_is_reached_by_many_paths_is_compared_once() {
    let document = |kind: &str| {
        let mut document = base();
        diamonds(&mut document, kind);
        let members = &mut document["components"]["schemas"]["Bank"]["properties"];
        members["nested"] = nested(kind);
        members["diamonds"] = json!({ "$ref": "#/components/schemas/D40" });
        document
    };
    let output = diff("many-paths", &document("string"), &document("integer"), &[]);
    let report = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(4));
    assert!(report.contains("schema D40 (received)") && report.contains("`nested"), "{report}");
}

#[test]
fn a_json_and_a_yaml_document_of_the_same_content_are_equal() {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("diff/yaml");
    fs::create_dir_all(&place).unwrap();
    let yaml = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a/:\n    get:\n      operationId: a\n      \
                responses:\n        200: {description: Fine.}\n";
    let json = json!({
        "openapi": "3.0.3", "info": { "title": "T", "version": "1" },
        "paths": { "/a/": { "get": { "operationId": "a", "responses": { "200": { "description": "Fine." } } } } },
    });
    fs::write(place.join("a.yaml"), yaml).unwrap();
    fs::write(place.join("a.json"), json.to_string()).unwrap();
    assert_eq!(run(&place, &["diff", "a.yaml", "a.json"]).status.code(), Some(0));
}

#[test]
fn what_is_not_a_document_is_refused_in_one_sentence_with_the_name_of_the_file() {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("diff/refused");
    fs::create_dir_all(&place).unwrap();
    fs::write(place.join("good.json"), base().to_string()).unwrap();
    for (name, text, sentence) in [
        ("broken.json", "{ oops", "broken.json:1:3: is not JSON"),
        ("deep.json", &"[".repeat(200), "deep.json:1:128: is not JSON (more than 127 levels of nesting)"),
        ("page.html", "<html>", "page.html: is a web page or XML"),
        ("empty", "", "empty: is empty"),
        ("list.json", "[]", "list.json: /: is not an object"),
        ("swagger.json", r#"{"swagger":"2.0"}"#, "swagger.json: /swagger: this is Swagger 2.0"),
        ("new.yaml", "openapi: 3.1.0\n", "new.yaml: /openapi: this is OpenAPI `3.1.0`"),
        (
            "loose.json",
            r##"{"openapi":"3.0.0","info":{"title":"","version":""},"paths":{},"x":{"$ref":"#/a"}}"##,
            "loose.json: /x/$ref: `#/a` is not a component",
        ),
    ] {
        fs::write(place.join(name), text).unwrap();
        for files in [[name, "good.json"], ["good.json", name]] {
            let output = run(&place, &["diff", files[0], files[1]]);
            let refusal = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{refusal}");
            assert!(refusal.starts_with(sentence), "{refusal}");
            assert_eq!(refusal.lines().count(), 1, "{refusal}");
        }
    }
    let output = run(&place, &["diff", "good.json", "none.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("none.json: cannot be read (no such file"));
}
