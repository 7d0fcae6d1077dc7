//! Forms that a vendor's document may have: each gives a client that compiles, or is refused with its place.
//!
//! `forms.json` has one form a line, as programs made with Django REST framework write them and as others might: a `member` of
//! a request and of an answer, an `answer`, all `responses`, a `body`, or `parameters`, with the `components` they need. All
//! may refer to `A` and `B`. Those that are not `refused` become one document, so that one crate is compiled for all.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Map, Value, json};

use crate::tree::Tree;

/// The forms by name.
fn forms() -> Map<String, Value> {
    serde_json::from_str(include_str!("forms.json")).unwrap()
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn success(schema: &Value) -> Value {
    json!({ "200": { "description": "Fine.", "content": { "application/json": { "schema": schema } } } })
}

/// The path item of a form, and its components.
fn parts(form: &Value) -> (Value, Map<String, Value>) {
    let mut components = form["components"].as_object().cloned().unwrap_or_default();
    let plain = |member: &str| json!({ "type": "object", "properties": { member: { "type": "string" } } });
    for (name, member) in [("A", "a"), ("B", "b")] {
        components.entry(name).or_insert_with(|| plain(member));
    }
    let method = form["method"].as_str().unwrap_or("get");
    let mut operation = json!({ "responses": success(&reference("Answer")) });
    let mut body = form.get("body").cloned();
    let mut method = method.to_owned();
    if let Some(member) = form.get("member") {
        let around = json!({ "type": "object", "properties": { "m": member } });
        components.insert("Answer".to_owned(), around.clone());
        components.insert("Body".to_owned(), around);
        (body, method) = (Some(reference("Body")), "put".to_owned());
    } else if let Some(answer) = form.get("answer") {
        let is_component = answer.get("properties").is_some();
        operation["responses"] = success(&if is_component { reference("Answer") } else { answer.clone() });
        components.shift_insert(0, "Answer".to_owned(), answer.clone());
    } else {
        components.insert("Answer".to_owned(), plain("a"));
    }
    if let Some(responses) = form.get("responses") {
        operation["responses"] = responses.clone();
    }
    if let Some(body) = body {
        operation["requestBody"] = json!({ "content": { "application/json": { "schema": body } } });
    }
    if let Some(parameters) = form.get("parameters") {
        operation["parameters"] = parameters.clone();
    }
    (json!({ method: operation }), components)
}

/// Adds a form to a document. Its components have names of their own, unless the names are what is tried.
fn add(document: &mut Value, name: &str, form: &Value) {
    let (item, components) = parts(form);
    let is_alone = form["refused"].is_string();
    let keeps =
        |component: &str| is_alone || form["names"] == true && !["A", "B", "Answer"].contains(&component);
    let own = |component: &str| {
        if keeps(component) { component.to_owned() } else { format!("f {name} {component}") }
    };
    let mut text = item.to_string();
    let mut schemas: Vec<(String, String)> =
        components.iter().map(|(component, schema)| (own(component), schema.to_string())).collect();
    for component in components.keys() {
        let (from, to) = (reference(component).to_string(), reference(&own(component)).to_string());
        text = text.replace(&from, &to);
        // The mapping of a discriminator.
        let (from, to) = (
            format!(":\"#/components/schemas/{component}\""),
            format!(":\"#/components/schemas/{}\"", own(component)),
        );
        for (_, schema) in &mut schemas {
            *schema = schema.replace(&from, &to);
        }
    }
    let path = format!("/api/v2/{name}{}", form["path"].as_str().unwrap_or("/"));
    let mut item: Value = serde_json::from_str(&text).unwrap();
    for (_, operation) in item.as_object_mut().unwrap() {
        operation["operationId"] = json!(name);
    }
    document["paths"][&path] = item;
    for (component, schema) in schemas {
        document["components"]["schemas"][component] = serde_json::from_str(&schema).unwrap();
    }
}

fn empty() -> Value {
    json!({
        "openapi": "3.0.3", "info": { "title": "Forms", "version": "1" },
        "paths": {}, "components": { "schemas": {} },
    })
}

#[test]
fn each_form_that_cannot_be_sent_or_compiled_is_refused_in_one_sentence_with_its_place() {
    let tree = Tree::new("forms-refused");
    for (name, form) in forms().iter().filter(|(_, form)| form["refused"].is_string()) {
        let mut document = empty();
        add(&mut document, name, form);
        tree.write("form.json", &document.to_string());
        let answer = tree.run(&["generate", "--contract", "form.json", "--out", "target/out"]);
        assert_eq!(answer.code, Some(2), "{name}: {answer:?}");
        let refusal: Vec<&str> = answer.err.lines().filter(|line| !line.starts_with("warning: ")).collect();
        let has_place = |line: &str| {
            line.contains(&format!("/api/v2/{name}/")) || line.starts_with("/components/schemas/")
        };
        let sentence = form["refused"].as_str().unwrap();
        assert!(
            !refusal.is_empty() && refusal.iter().all(|line| has_place(line) && line.contains(sentence)),
            "{name}: `{sentence}` is not in {refusal:#?}"
        );
        assert!(!tree.root.join("target/out").exists(), "{name}");
    }
}

/// Generates from `document` and puts the code into the crate as a module.
fn module(tree: &Tree, name: &str, document: &Value) {
    tree.write("document.json", &document.to_string());
    let out = format!("target/{name}");
    let answer = tree.run(&["generate", "--contract", "document.json", "--out", &out]);
    assert_eq!(answer.code, Some(0), "{name}: {}", answer.err.lines().last().unwrap_or_default());
    let folder = format!("target/crate/src/{name}");
    fs::create_dir_all(tree.root.join(&folder)).unwrap();
    for file in ["client.rs", "operation.rs", "types.rs"] {
        let code = tree.read(&format!("{out}/src/{file}")).replace("use crate::types;", "use super::types;");
        tree.write(&format!("{folder}/{file}"), &code);
    }
    tree.write(&format!("{folder}/mod.rs"), "pub mod client;\npub mod operation;\npub mod types;\n");
}

/// A later document: `next.json` has merge patches, and these components have other names and one member more or less.
fn next() -> Value {
    let mut document = crate::vendor::of_next(include_str!("next.json"));
    for name in ["Account", "Requisition", "TransactionAmountSchema", "PaginatedRequisitionList"] {
        crate::vendor::rename(&mut document, name, &format!("{name}V2"));
    }
    let schemas = &mut document["components"]["schemas"];
    schemas["AccountV2"]["properties"]["colour"] = json!({ "type": "string" });
    schemas["StatusEnum"]["enum"].as_array_mut().unwrap().push(json!("ZZ"));
    schemas["RequisitionV2"]["properties"].as_object_mut().unwrap().shift_remove("ssn");
    document
}

#[test]
fn what_comes_of_each_other_form_and_of_each_document_compiles() {
    let tree = Tree::new("forms-compiled");
    let mut document = empty();
    for (name, form) in forms().iter().filter(|(_, form)| !form["refused"].is_string()) {
        add(&mut document, name, form);
    }
    let mut documents = vec![("forms", document), ("contract", crate::vendor::current())];
    documents.push(("of_2023", crate::vendor::like("2023")));
    documents.push(("of_2024", crate::vendor::like("2024")));
    documents.push(("in_parts", crate::vendor::in_parts()));
    documents.push(("next", next()));
    for (name, document) in &documents {
        module(&tree, name, document);
    }
    let modules: Vec<String> = documents.iter().map(|(name, _)| format!("pub mod {name};\n")).collect();
    tree.write("target/crate/src/lib.rs", &modules.concat());

    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let (ours, copy) = (ours.canonicalize().unwrap(), tree.root.canonicalize().unwrap());
    let manifest = tree
        .read("target/forms/Cargo.toml")
        .replace(&format!("{:?}", copy.join("wrapper/types")), &format!("{:?}", ours.join("wrapper/types")));
    tree.write("target/crate/Cargo.toml", &manifest);
    fs::copy(ours.join("Cargo.lock"), tree.root.join("target/crate/Cargo.lock")).unwrap();
    let mut check = Command::new(env!("CARGO"));
    check.args(["check", "--quiet", "--features", "schemars"]).current_dir(tree.root.join("target/crate"));
    // What it depends on is compiled once, and is the same as in the workspace.
    check.env("CARGO_TARGET_DIR", ours.join("target"));
    let output = check.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
