//! Where in the documents as they are written a change is.
//!
//! Documents are compared with shared parts in place and parts of `allOf` merged, so a pointer may name nothing.

use std::collections::HashSet;

use serde_json::Value;

use super::change::{Change, Side};
use crate::generate::document::{Document, escape};

/// Makes the pointer of each change name something in the document of the change.
pub(super) fn settle(changes: &mut [Change], old: &Document, new: &Document) {
    for change in changes {
        let (own, other) = if change.document == Side::Old { (old, new) } else { (new, old) };
        // What is gone is written in the old document alone.
        let is_gone = change.document == Side::New
            && own.at(&change.pointer).is_none()
            && other.at(&change.counterpart).is_some();
        if is_gone {
            (change.document, change.pointer) = (Side::Old, change.counterpart.clone());
        } else {
            change.pointer = written(own, &change.pointer);
        }
        settle(&mut change.consequences, old, new);
    }
}

/// The pointer to where it is written, or to what is around it.
fn written(document: &Document, pointer: &str) -> String {
    let tokens: Vec<String> =
        pointer.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~")).collect();
    let longest = (1..=tokens.len()).rev().find_map(|count| {
        let mut search = Search { document, seen: HashSet::new() };
        search.find(document.root(), String::new(), tokens.get(..count)?)
    });
    longest.unwrap_or_default()
}

struct Search<'a> {
    document: &'a Document,
    /// Values that have been looked through, with the number of tokens that were left: references may form cycles.
    seen: HashSet<(usize, usize)>,
}

impl<'a> Search<'a> {
    fn find(&mut self, value: &'a Value, at: String, tokens: &[String]) -> Option<String> {
        let Some((token, rest)) = tokens.split_first() else { return Some(at) };
        if !self.seen.insert((std::ptr::from_ref(value).addr(), tokens.len())) {
            return None;
        }
        if let (("parameters", Some((index, rest))), 3) = ((token.as_str(), rest.split_first()), depth(&at)) {
            // The parameters of the path have been put before those of the operation.
            let (place, _) = self.document.parameters(&at).into_iter().nth(index.parse().ok()?)?;
            return self.find(self.document.at(&place)?, place, rest);
        }
        let child = match value {
            Value::Array(items) => token.parse().ok().and_then(|index: usize| items.get(index)),
            other => other.get(token),
        };
        let here = child.and_then(|child| self.find(child, format!("{at}/{}", escape(token)), rest));
        here.or_else(|| {
            let target = value.get("$ref")?.as_str()?.strip_prefix('#')?;
            self.find(self.document.at(target)?, target.to_owned(), tokens)
        })
        .or_else(|| {
            ["allOf", "oneOf", "anyOf"].iter().find_map(|key| {
                let parts = value.get(key)?.as_array()?.iter().enumerate();
                parts
                    .into_iter()
                    .find_map(|(index, part)| self.find(part, format!("{at}/{key}/{index}"), tokens))
            })
        })
    }
}

/// How many tokens a pointer has; that of an operation has three.
fn depth(pointer: &str) -> usize {
    if pointer.starts_with("/paths/") { pointer.matches('/').count() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_pointer_names_the_place_where_a_part_is_written() {
        let parameter = |name: &str| json!({ "in": "query", "name": name, "schema": { "type": "string" } });
        let document = Document::new(json!({
            "paths": { "/a/": {
                "parameters": [parameter("own"), parameter("shared")],
                "get": {
                    "parameters": [parameter("own"), { "$ref": "#/components/parameters/Limit" }],
                    "responses": { "200": { "$ref": "#/components/responses/Ok" } },
                },
            } },
            "components": {
                "parameters": { "Limit": parameter("limit") },
                "responses": { "Ok": { "description": "" } },
                "schemas": { "A": { "allOf": [{ "$ref": "#/components/schemas/B" }, { "properties": { "a": {} } }] },
                             "B": { "allOf": [{ "$ref": "#/components/schemas/A" }], "type": "object" } },
            },
        }));
        for (pointer, place) in [
            ("/paths/~1a~1/get/parameters/0/schema/type", "/paths/~1a~1/parameters/1/schema/type"),
            ("/paths/~1a~1/get/parameters/1/schema", "/paths/~1a~1/get/parameters/0/schema"),
            ("/paths/~1a~1/get/parameters/2/schema", "/components/parameters/Limit/schema"),
            ("/paths/~1a~1/get/responses/200/description", "/components/responses/Ok/description"),
            ("/components/schemas/A/properties/a", "/components/schemas/A/allOf/1/properties/a"),
            ("/components/schemas/A/type", "/components/schemas/B/type"),
            ("/components/schemas/A/properties/a/items/type", "/components/schemas/A/allOf/1/properties/a"),
            ("/nowhere/at/all", ""),
        ] {
            assert_eq!(written(&document, pointer), place, "{pointer}");
        }
    }
}
