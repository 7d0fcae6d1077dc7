//! What changed between two OpenAPI documents: `cargo xtask diff`, and the report that `cargo xtask import` prints.
//!
//! `read` reads the documents, `pairs` and `alike` find what belongs together, `document`, `operations` and `schemas` compare it
//! by the table in `rules`, and `report` prints the changes. Everything is seen from this client's callers: what it sends and
//! reads counts.

mod alike;
mod change;
mod document;
mod operations;
mod pairs;
mod read;
mod report;
mod rules;
mod schemas;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::Value;

use crate::failure::Failure;
use crate::generate::document::{Document, SCHEMA_PREFIX, schema_pointer};

use change::{Change, Changes, Direction, Location, Side, Verdict};
use operations::{is_success, used_media_type};
use rules::keys;
use schemas::Schema;

pub(crate) use pairs::{Components, operations, parameter_names, path_template};
pub(crate) use read::{bytes, name, parse};
pub(crate) use report::{counts, text};

/// What the command line asks for.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The document before: OpenAPI 3.0 in JSON or YAML, or `-` for standard input.
    old: PathBuf,
    /// The document after: OpenAPI 3.0 in JSON or YAML, or `-` for standard input.
    new: PathBuf,
    /// Print breaking changes only; exit with 5 if there are any, and else with 0.
    #[arg(long)]
    breaking: bool,
    /// Leave out changes of descriptions, titles and examples: they are neither printed nor counted.
    #[arg(long)]
    no_text: bool,
    /// Print the changes as JSON.
    #[arg(long)]
    json: bool,
}

/// Prints what changed. The failure says that something did, for the exit code.
pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let (old, new) = (read::document(&options.old)?, read::document(&options.new)?);
    let least = match (options.breaking, options.no_text) {
        (true, _) => Verdict::Breaking,
        (false, true) => Verdict::Compatible,
        (false, false) => Verdict::TextOnly,
    };
    let mut changes = compare(&old, &new);
    changes.retain(|change| change.verdict >= least);
    for change in changes.iter_mut().filter(|_| options.no_text) {
        change.consequences.retain(|change| change.verdict > Verdict::TextOnly);
    }
    match (options.json, options.breaking && changes.is_empty()) {
        (true, _) => print!("{}", report::json(&changes)?),
        (false, true) => println!("no breaking change"),
        (false, false) => print!("{}", report::text(&changes)),
    }
    let differs = || format!("{} differs from {}", options.new.display(), options.old.display());
    match changes.is_empty() {
        true => Ok(()),
        false if options.breaking => Err(Failure::Breaking(differs())),
        false => Err(Failure::Stale(differs())),
    }
}

/// What changed from `old` to `new`: the operations, then what the document says of itself, then the component schemas.
pub(crate) fn compare(old: &Document, new: &Document) -> Vec<Change> {
    let mut comparison = Comparison {
        old,
        new,
        components: Components::of(old, new),
        changes: Changes::default(),
        replaced: BTreeMap::new(),
        visited: BTreeSet::new(),
        waiting: Vec::new(),
        depth: 0,
    };
    comparison.operations();
    comparison.document();
    let (before, after) = (Used::of(old), Used::of(new));
    comparison.common_components(&before, &after);
    comparison.other_components(Side::Old, &before);
    comparison.other_components(Side::New, &after);
    comparison.changes.list
}

/// Two documents, and the changes found so far.
#[derive(Debug)]
struct Comparison<'a> {
    old: &'a Document,
    new: &'a Document,
    components: Components,
    changes: Changes,
    /// Components that stand in the place of others, and the worst that this changes.
    replaced: BTreeMap<(&'a str, &'a str, Direction), Verdict>,
    /// Pairs of schemas that have been compared in the current place, by their addresses.
    visited: BTreeSet<(usize, usize, Direction)>,
    /// Pairs of schemas that are still to be compared in the current place.
    waiting: Vec<(Location, Direction, Schema<'a>, Schema<'a>)>,
    /// How many comparisons are under way whose changes are not noted by themselves.
    depth: usize,
}

impl Comparison<'_> {
    fn common_components(&mut self, before: &Used<'_>, after: &Used<'_>) {
        let (old, new) = (self.old, self.new);
        for (was, name) in self.components.common.clone() {
            let direction = Direction::of(
                before.sent.contains(was.as_str()) || after.sent.contains(name.as_str()),
                before.received.contains(was.as_str()) || after.received.contains(name.as_str()),
            );
            let (Some(old), Some(new)) = (old.schema(&was), new.schema(&name)) else { continue };
            if was == name && old == new {
                continue;
            }
            let place = format!("schema {name}{}", direction.label());
            let at = Location::new(place, schema_pointer(&was), schema_pointer(&name));
            if was != name {
                let words = format!("was called `{was}`: the generated type keeps its name");
                self.changes.note(Verdict::Compatible, &at, words);
            }
            self.schema(&at, direction, old, new);
        }
    }

    /// Notes which components only one document has, below the change that they follow from.
    fn other_components(&mut self, side: Side, used: &Used<'_>) {
        let (document, names, words) = match side {
            Side::Old => (self.old, &self.components.removed, "is gone"),
            Side::New => (self.new, &self.components.added, "is new"),
        };
        let mut left: BTreeSet<&str> = names.iter().map(String::as_str).collect();
        let change = |name: &str, verdict: Verdict| {
            let mut changes = Changes::default();
            let direction = Direction::of(used.sent.contains(name), used.received.contains(name));
            let at = Location::same(format!("schema {name}{}", direction.label()), &schema_pointer(name));
            changes.push(verdict, &at, side, words.to_owned());
            changes.list
        };
        for cause in &mut self.changes.list {
            let mut open = Vec::new();
            for (_, pointer) in cause.causes.iter().filter(|(cause, _)| *cause == side) {
                open.extend(document.at(pointer).map(|value| references(value)).unwrap_or_default());
            }
            while let Some(name) = open.pop() {
                if left.remove(name) {
                    cause.consequences.extend(change(name, cause.verdict));
                    open.extend(document.schema(name).map(|schema| references(schema)).unwrap_or_default());
                }
            }
        }
        // Whatever used the others has been compared with what stands there now.
        for name in names.iter().filter(|name| left.contains(name.as_str())) {
            self.changes.list.extend(change(name, Verdict::Compatible));
        }
    }
}

/// The components that this client sends, and those that it reads from successful responses.
struct Used<'a> {
    sent: BTreeSet<&'a str>,
    received: BTreeSet<&'a str>,
}

impl<'a> Used<'a> {
    fn of(document: &'a Document) -> Self {
        let (mut sent, mut received) = (Vec::new(), Vec::new());
        for operation in document.places().iter().filter_map(|place| document.operation(place)) {
            let content = |holder: Option<&'a Value>| {
                let content = keys(holder.and_then(|holder| holder.get("content")));
                used_media_type(&content).and_then(|used| content.get(used).copied())
            };
            sent.extend(operation.get("parameters"));
            sent.extend(content(operation.get("requestBody")));
            let responses = keys(operation.get("responses"));
            for (_, response) in responses.iter().filter(|(status, _)| is_success(status, &responses)) {
                received.extend(content(Some(response)));
                received.extend(response.get("headers"));
            }
        }
        let closure = |values: Vec<&'a Value>| {
            let mut reached = BTreeSet::new();
            let mut open: Vec<&str> = values.into_iter().flat_map(references).collect();
            while let Some(name) = open.pop() {
                if reached.insert(name) {
                    open.extend(document.schema(name).map(references).unwrap_or_default());
                }
            }
            reached
        };
        Self { sent: closure(sent), received: closure(received) }
    }
}

/// The component schemas that `value` refers to.
fn references(value: &Value) -> Vec<&str> {
    fn collect<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
        match value {
            Value::Object(members) => {
                let reference = members.get("$ref").and_then(Value::as_str);
                found.extend(reference.and_then(|text| text.strip_prefix(SCHEMA_PREFIX)));
                members.values().for_each(|member| collect(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect(value, &mut found);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn document(schemas: &Value, used: &str) -> Document {
        let schema = json!({ "$ref": format!("{SCHEMA_PREFIX}{used}") });
        let response = json!({ "description": "", "content": { "application/json": { "schema": schema } } });
        let paths = json!({ "/a/": { "get": { "responses": { "200": response } } } });
        Document::new(json!({ "paths": paths, "components": { "schemas": schemas } }))
    }

    #[test]
    fn components_that_contain_themselves_in_other_rhythms_are_compared_once() {
        let to = |name: &str| json!({ "$ref": format!("{SCHEMA_PREFIX}{name}") });
        let around = |inner: &Value| json!({ "type": "object", "properties": { "next": inner } });
        let old = json!({ "Old": around(&around(&to("Old"))) });
        let new = json!({ "New": around(&around(&around(&to("New")))) });
        let changes = compare(&document(&old, "Old"), &document(&new, "New"));
        let words: Vec<&str> = changes.iter().map(|change| change.words.as_str()).collect();
        assert_eq!(words, ["is now `New`; it was `Old`, of the same shape"]);
    }

    #[test]
    fn a_difference_behind_many_references_is_found() {
        let chain = |name: &str, kind: &str| {
            let mut schemas = json!({ format!("{name}0"): { "type": kind, "minLength": 1 } });
            for index in 1..100 {
                let next = json!({ "$ref": format!("{SCHEMA_PREFIX}{name}{}", index - 1) });
                schemas[format!("{name}{index}")] = json!({ "items": next });
            }
            document(&schemas, &format!("{name}99"))
        };
        let changes = compare(&chain("A", "string"), &chain("B", "integer"));
        assert_eq!(changes.iter().map(|change| change.verdict).max(), Some(Verdict::Breaking), "{changes:?}");
    }

    #[test]
    fn the_place_of_a_replaced_component_is_named_each_time_and_its_differences_once() {
        let schemas = json!({ "A": { "type": "string" }, "B": { "type": "integer" } });
        let places = |name: &str| {
            let mut schemas = schemas.clone();
            let member = json!({ "$ref": format!("{SCHEMA_PREFIX}{name}") });
            schemas["C"] = json!({ "type": "object", "properties": { "a": member, "b": member } });
            document(&schemas, "C")
        };
        let changes = compare(&places("A"), &places("B"));
        let all: Vec<_> = changes.iter().map(|change| (change.verdict, change.consequences.len())).collect();
        assert_eq!(all, [(Verdict::Breaking, 1), (Verdict::Breaking, 0)]);
    }
}
