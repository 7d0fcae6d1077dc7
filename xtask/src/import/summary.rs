//! The lists that follow the change report: places to describe, sentences to bury, and what a person does now.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::places::operation_key;
use super::rewrite::Rewritten;
use crate::generate::document::Document;

/// What is to be said about sentences. A thing that is new as a whole is named once, with the number of its parts.
pub(crate) fn sentences(rewritten: &Rewritten, old: &Document, new: &Document) -> String {
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

fn folded(list: &[String], document: &Document) -> Vec<String> {
    let places = document.places();
    let operations: BTreeMap<String, String> =
        places.iter().map(|place| (operation_key(&place.method, &place.path), place.to_string())).collect();
    // As the document writes it, so that it can be searched for.
    let written = |key: &str| {
        let (whole, rest) = key.split_at(head(key).len());
        operations.get(whole).map_or_else(|| key.to_owned(), |name| format!("{name}{rest}"))
    };
    let mut lines = Vec::new();
    for key in list {
        let whole = head(key);
        if whole != key && list.iter().any(|other| other == whole) {
            continue;
        }
        let below = list.iter().filter(|other| *other != key && head(other) == key).count();
        let more = match below {
            0 => String::new(),
            1 => ", and 1 part of it".to_owned(),
            below => format!(", and {below} parts of it"),
        };
        lines.push(written(key) + &more);
    }
    lines
}

/// The operation or component that a key is about.
fn head(key: &str) -> &str {
    let end = if key.starts_with("schema ") { key.find(['.', '[', '{', '<']) } else { key.find(',') };
    end.map_or(key, |end| key.get(..end).unwrap_or(key))
}

/// What a person does now.
pub(crate) fn next(rewritten: &Rewritten, contract: &str) -> String {
    let describe = match rewritten.undescribed.len() {
        0 => "Every place has a sentence: read whether they are still true.".to_owned(),
        count => {
            format!("Describe the {count} new places that are listed above in {contract}, in our own words.")
        }
    };
    let steps = [
        "Read the change as callers meet it: git diff".to_owned(),
        describe,
        "Run `cargo xtask generate` and mend what it refuses, until it takes the contract: a line in\n     \
         xtask/src/generate/names.rs for each new operation, rows of patches that apply no more, types for strict places."
            .to_owned(),
        "Run `cargo test --workspace`: where the wrapper names what is gone, the compiler says so; what it does not\n     \
         have yet, the tests of tests/conformance and tests/sandbox name by operation."
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
    fn what_is_new_as_a_whole_is_named_once() {
        let document = Document::new(json!({ "paths": { "/a/{id}/": { "get": {} } } }));
        let list = [
            "GET /a/{}/",
            "GET /a/{}/, answer 200",
            "GET /a/{}/, answer 404",
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
