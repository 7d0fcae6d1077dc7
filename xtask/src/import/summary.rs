//! The lists that follow the change report: places to describe, sentences without a place, and the next steps.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::places::{self, operation_key};
use super::rewrite::Rewritten;
use crate::generate::document::Document;

/// The places without a sentence, and the sentences without a place. What is new as a whole is listed once.
pub(super) fn sentences(rewritten: &Rewritten, old: &Document, new: &Document) -> String {
    let mut text = String::new();
    for (title, list, document) in [
        ("New places without a sentence", &rewritten.undescribed, new),
        ("Sentences whose place is gone", &rewritten.lost, old),
    ] {
        if !list.is_empty() {
            let lines: Vec<String> =
                folded(list, document).iter().map(|place| format!("  {place}\n")).collect();
            let _ = writeln!(text, "\n{title} ({})\n\n{}", list.len(), lines.concat().trim_end());
        }
    }
    text
}

/// The components that have another name now, and what follows for the patches.
pub(super) fn renamed(renamed: &BTreeMap<String, String>) -> String {
    let lines: Vec<String> =
        renamed.iter().map(|(old, new)| format!("  `{old}` is now called `{new}`\n")).collect();
    let lines = lines.concat();
    match renamed.len() {
        0 => String::new(),
        count => format!(
            "\nRenamed components ({count}): patches and types keep the names they know, by `renamed` in `info.x-provenance` of \
             the contract\n\n{lines}"
        ),
    }
}

/// The places of the list, without those that belong to another one of it.
fn folded(list: &[String], document: &Document) -> Vec<String> {
    let known: BTreeSet<&str> = list.iter().map(String::as_str).collect();
    let holder = |key| places::holders(key).find(|holder| known.contains(holder));
    let mut parts: BTreeMap<&str, usize> = BTreeMap::new();
    for holder in list.iter().filter_map(|key| holder(key)) {
        *parts.entry(holder).or_default() += 1;
    }
    // As the document writes them, so that they can be searched for.
    let operations: BTreeMap<String, String> = document
        .places()
        .iter()
        .map(|place| (operation_key(&place.method, &place.path), place.to_string()))
        .collect();
    let written = |key: &str| {
        let mut holders = places::holders(key).chain([key]);
        let operation = holders.find_map(|holder| Some((holder, operations.get(holder)?)));
        let written =
            operation.and_then(|(holder, name)| Some(format!("{name}{}", key.strip_prefix(holder)?)));
        written.unwrap_or_else(|| key.to_owned())
    };
    let line = |key: &String| match parts.get(key.as_str()) {
        None => written(key),
        Some(1) => format!("{}, and 1 part of it", written(key)),
        Some(count) => format!("{}, and {count} parts of it", written(key)),
    };
    list.iter().filter(|key| holder(key).is_none()).map(line).collect()
}

/// The next steps.
pub(super) fn next(rewritten: &Rewritten, contract: &str) -> String {
    let describe = match rewritten.undescribed.len() {
        0 => "Every place has a sentence: check whether they are still true.".to_owned(),
        count => {
            format!(
                "Describe the {count} new places that are listed above, in {contract} and in our own words."
            )
        }
    };
    let steps = [
        "Read what changes for callers: git diff".to_owned(),
        describe,
        "Run `cargo xtask generate` and correct what it names, until it takes the contract: patches that no longer apply,\n     \
         types for strict places, names in the wrapper. `cargo xtask scaffold METHOD PATH` prints what a new operation needs."
            .to_owned(),
        "Run `cargo test --workspace`: the compiler finds where the wrapper uses what is gone, and the tests of\n     \
         tests/conformance and tests/sandbox name the operations that it does not have yet."
            .to_owned(),
    ];
    let steps = steps.iter().enumerate().map(|(index, step)| format!("  {}. {step}\n", index + 1));
    format!("\nNext\n\n{}", steps.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_renamed_component_is_named_with_what_keeps_its_patches() {
        let pairs = BTreeMap::from([("Account".to_owned(), "AccountV2".to_owned())]);
        let text = renamed(&pairs);
        assert!(
            text.contains("`Account` is now called `AccountV2`") && text.contains("x-provenance"),
            "{text}"
        );
        assert_eq!(renamed(&BTreeMap::new()), "");
    }

    #[test]
    fn what_is_new_as_a_whole_is_named_once() {
        let document = Document::new(json!({ "paths": { "/a/{id}/": { "get": {} } } }));
        let list = [
            "GET /a/{}/",
            "GET /a/{}/, response 200",
            "GET /a/{}/, response 404",
            "schema A.b",
            "schema B",
            "schema B.c",
        ];
        let list: Vec<String> = list.iter().map(ToString::to_string).collect();
        assert_eq!(
            folded(&list, &document),
            ["GET /a/{id}/, and 2 parts of it", "schema A.b", "schema B, and 1 part of it"]
        );
    }
}
