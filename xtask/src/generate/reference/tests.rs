//! Tests of the pages: nothing of the contract is missing on them, and no link of theirs leads nowhere.
//!
//! The contract is walked here by other ways than the pages are made by.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::errors::Table;
use super::examples::{self, EXAMPLES};
use super::names::{MODELS, OPERATIONS, RESOURCES};
use super::page::{self, Pages};
use crate::generate::document::{Document, METHODS};
use crate::generate::names::NAMES;
use crate::generate::patch::PATCHES;
use crate::generate::polish::rust_name;

fn contract() -> Value {
    serde_json::from_str(include_str!("../../../../openapi/contract.json")).unwrap()
}

fn pages(contract: &Value) -> Pages {
    let contract = Document::new(contract.clone());
    let mut patched = contract.clone();
    for patch in PATCHES {
        (patch.apply)(&mut patched);
    }
    page::pages(&contract, &patched, "pub struct Account {\n").unwrap()
}

fn by_name(pages: &Pages) -> BTreeMap<String, String> {
    pages.files.iter().cloned().collect()
}

/// What of the contract has no line on its page.
fn missing(contract: &Value, pages: &BTreeMap<String, String>) -> Vec<String> {
    let mut missing = Vec::new();
    for (path, item) in contract["paths"].as_object().unwrap() {
        for (method, operation) in
            item.as_object().unwrap().iter().filter(|(key, _)| METHODS.contains(&key.as_str()))
        {
            let tag = operation["tags"][0].as_str().unwrap();
            let page =
                pages.get(&format!("{}Api.md", rust_name(tag))).map(String::as_str).unwrap_or_default();
            let key = format!("**{}** `{path}`", method.to_uppercase());
            if !page.contains(&format!("| {key} |")) {
                missing.push(format!("{key} in the table of methods"));
            }
            let Some((_, rest)) = page.split_once(&format!("{key};")) else {
                missing.push(key);
                continue;
            };
            let section = rest.split("\n## ").next().unwrap();
            let mut look = |line: String| {
                if !section.contains(&line) {
                    missing.push(format!("{key}: {}", line.trim()));
                }
            };
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                look(format!("\n| `{}` | ", parameter["name"].as_str().unwrap()));
            }
            for (media_type, content) in operation["requestBody"]["content"].as_object().into_iter().flatten()
            {
                look(format!("`{media_type}`"));
                let pointer = content["schema"]["$ref"].as_str().unwrap().trim_start_matches('#');
                for member in contract.pointer(pointer).unwrap()["properties"].as_object().unwrap().keys() {
                    look(format!("\n| `{member}` | "));
                }
            }
            for status in operation["responses"].as_object().unwrap().keys() {
                look(format!("\n| {status} | "));
            }
            look("\n```rust,no_run\n".to_owned());
        }
    }
    missing
}

#[test]
fn every_operation_parameter_member_and_status_has_a_line_on_its_page() {
    let pages = pages(&contract());
    assert_eq!(pages.complaints, Vec::<String>::new());
    assert_eq!(missing(&contract(), &by_name(&pages)), Vec::<String>::new());
}

#[test]
fn a_line_that_is_taken_away_is_missed() {
    let whole = by_name(&pages(&contract()));
    for (name, page) in whole.iter().filter(|(name, _)| *name != "links.md") {
        // Each row of a table, below its head.
        for (index, row) in page.lines().enumerate().filter(|(_, line)| line.starts_with("| ")) {
            if row.starts_with("| ---")
                || ["| Name", "| Method", "| Status"].iter().any(|head| row.starts_with(head))
            {
                continue;
            }
            let rest: Vec<&str> =
                page.lines().enumerate().filter(|(other, _)| *other != index).map(|(_, line)| line).collect();
            let mut pages = whole.clone();
            pages.insert(name.clone(), rest.join("\n"));
            assert!(!missing(&contract(), &pages).is_empty(), "{name}: nobody misses {row}");
        }
    }
}

/// The complaints about the contract after a change.
fn complaints<T>(change: impl FnOnce(&mut Value) -> T) -> Vec<String> {
    let mut contract = contract();
    change(&mut contract);
    pages(&contract).complaints
}

#[test]
fn a_parameter_that_nothing_sets_is_named() {
    let parameter = json!({ "name": "depth", "in": "query", "schema": { "type": "integer" } });
    let found = complaints(|contract| {
        let parameters = &mut contract["paths"]["/api/v2/institutions/{id}/"]["get"]["parameters"];
        parameters.as_array_mut().unwrap().push(parameter);
    });
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("GET /api/v2/institutions/{id}/: nothing in the wrapper sets `depth`"),
        "{found:?}"
    );
}

#[test]
fn a_status_that_no_row_speaks_of_is_named() {
    let found = complaints(|contract| {
        contract["paths"]["/api/v2/token/new/"]["post"]["responses"]["410"] =
            json!({ "description": "Gone." });
    });
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("POST /api/v2/token/new/: its status 410 is in no row of tests/"),
        "{found:?}"
    );
}

#[test]
fn an_answer_and_a_tag_without_a_name_are_named() {
    let found = complaints(|contract| {
        let answers = &mut contract["paths"]["/api/v2/accounts/{id}/"]["get"]["responses"]["200"];
        answers["content"]["application/json"]["schema"]["$ref"] =
            json!("#/components/schemas/AccountSchema");
        contract["paths"]["/api/v2/requisitions/{id}/"]["get"]["tags"] = json!(["news"]);
    });
    assert!(found.iter().any(|why| why.contains("its answer `AccountSchema` has no name")), "{found:?}");
    assert!(found.iter().any(|why| why.contains("its tag `news` has no reference page")), "{found:?}");
}

#[test]
fn each_operation_has_one_example_that_calls_it_and_no_example_is_left_over() {
    let stable: BTreeSet<_> = NAMES.iter().map(|(_, _, name)| *name).collect();
    assert_eq!(EXAMPLES.iter().map(|(name, _)| *name).collect::<BTreeSet<_>>(), stable);
    assert_eq!(OPERATIONS.iter().map(|names| names.operation).collect::<BTreeSet<_>>(), stable);
    for names in OPERATIONS {
        let method = names.method.rsplit("::").next().unwrap();
        let code = examples::of(names.operation).unwrap().code;
        assert!(code.contains(&format!(".{method}(")), "{}: {code}", names.operation);
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/generate/reference/examples");
    let files =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(
        files.map(|name| name.trim_end_matches(".rs").to_owned()).collect::<BTreeSet<_>>().len(),
        stable.len()
    );
}

#[test]
fn an_example_that_is_none_is_refused_by_name() {
    let refusal = examples::of("list_news").unwrap_err();
    assert!(
        refusal.contains("has no example: write xtask/src/generate/reference/examples/list_news.rs"),
        "{refusal}"
    );
    assert_eq!(examples::read("fn main() {}\n").unwrap_err(), "has no sentence as its `//!` head: write one");
    assert!(examples::read("//! Sings.\nfn (\n").unwrap_err().starts_with("is not Rust"));
    let example = examples::read("//! Sings,\n//! then stops.\n\nfn main() {}\n").unwrap();
    assert_eq!((example.sentence.as_str(), example.code.as_str()), ("Sings, then stops:", "fn main() {}"));
}

#[test]
fn a_bad_row_of_the_error_table_is_named_with_its_line() {
    let head = "# Errors.\ncase | operations | status | kind | advice | body\n";
    let refusal = |text: &str| Table::read(text).unwrap_err().to_string();
    assert!(refusal("case | status\n").contains("errors.txt:1: has no column `operations`"));
    assert!(refusal(&format!("{head}a | all\n")).contains("errors.txt:3: has fewer columns"));
    assert!(
        refusal(&format!("{head}\na | all | many | K | A | -\n")).contains("errors.txt:4: has no number")
    );
    assert!(refusal("").contains("errors.txt:1: has no line"));
}

#[test]
fn each_page_is_part_of_the_documentation_of_the_wrapper() {
    let module = include_str!("../../../../wrapper/src/reference_pages.rs");
    for (name, _) in pages(&contract()).files {
        assert!(module.contains(&format!("#[doc = include_str!(\"../reference/{name}\")]")), "{name}");
    }
}

/// The labels that a text links by, and those that it defines with their targets.
fn labels(text: &str) -> (BTreeSet<&str>, BTreeMap<&str, &str>) {
    let used = text.split("][").skip(1).filter_map(|rest| rest.split(']').next()).collect();
    let defined = text.lines().filter_map(|line| line.strip_prefix('[')?.split_once("]: ")).collect();
    (used, defined)
}

#[test]
fn every_link_leads_to_a_file_in_the_repository_and_to_an_item_in_the_documentation() {
    let pages = by_name(&pages(&contract()));
    let (_, items) = labels(&pages["links.md"]);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(super::FOLDER);
    for (name, page) in pages.iter().filter(|(name, _)| *name != "links.md") {
        let (used, files) = labels(page);
        assert!(used.len() > 5, "{name} has links");
        assert_eq!(used, files.keys().copied().collect(), "{name}");
        for (label, target) in files {
            assert!(items.contains_key(label), "{name}: {label} is not in links.md");
            let file: PathBuf = folder.join(target.split('#').next().unwrap());
            let text = std::fs::read_to_string(&file)
                .unwrap_or_else(|_| panic!("{name}: {label} leads to {target}"));
            // `from`, `struct Tokens`, `TokenPair as …`; the model's own names are read below.
            let word = label.rsplit("::").next().unwrap();
            let is_model = MODELS.iter().any(|(_, model)| *model == label);
            assert!(is_model || text.contains(word), "{name}: {target} has no {word}");
        }
    }
    let small: BTreeSet<String> = items.keys().map(|label| label.to_lowercase()).collect();
    assert_eq!(small.len(), items.len(), "labels are compared without regard to capitals");
}

#[test]
fn the_models_are_called_as_in_the_wrapper() {
    let module = include_str!("../../../../wrapper/src/model.rs");
    let words: Vec<&str> = module.split([',', '{', '}']).map(str::trim).collect();
    for (component, model) in MODELS.iter().filter(|(component, _)| *component != "SpectacularRequisition") {
        let name = rust_name(component);
        let spelled = if name == *model { name } else { format!("{name} as {model}") };
        assert!(words.contains(&spelled.as_str()), "{spelled}");
    }
}

#[test]
fn the_anchors_are_the_headings() {
    for resource in &RESOURCES {
        let pages = by_name(&pages(&contract()));
        let page = &pages[&format!("{}.md", resource.page)];
        for anchor in page.split("](#").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert_eq!(page.matches(&format!("\n## {anchor}\n")).count(), 1, "{}: {anchor}", resource.page);
        }
    }
}
