//! The command around the report: JSON for programs, and what it refuses.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::cases::{base, diff, run};
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
            "words": "is gone: who reads it finds nothing",
        }])
    );
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
fn what_is_no_document_is_refused_in_one_sentence_with_the_name_of_the_file() {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("diff/refused");
    fs::create_dir_all(&place).unwrap();
    fs::write(place.join("good.json"), base().to_string()).unwrap();
    for (name, text, sentence) in [
        ("broken.json", "{ oops", "broken.json:1:3: is not JSON"),
        ("page.html", "<html>", "page.html: is a web page or XML"),
        ("empty", "", "empty: is empty"),
        ("list.json", "[]", "list.json: /: is not an object"),
        ("swagger.json", r#"{"swagger":"2.0"}"#, "swagger.json: /swagger: this is Swagger 2.0"),
        ("new.yaml", "openapi: 3.1.0\n", "new.yaml: /openapi: this is OpenAPI `3.1.0`"),
        (
            "loose.json",
            r##"{"openapi":"3.0.0","info":{"title":"","version":""},"paths":{},"x":{"$ref":"#/a"}}"##,
            "loose.json: /x/$ref: `#/a` is no component",
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
