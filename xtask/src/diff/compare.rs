//! The comparison of two documents: what it keeps while it runs, and the component schemas as such.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::change::{Change, Changes, Direction, Location, Side, Verdict};
use super::pairs::Components;
use super::pointers;
use super::rules::{Keys, keys};
use super::schemas::Schema;
use super::used::{Used, has_flag};
use crate::generate::document::{Document, schema_pointer, schema_references};

/// What changed from `old` to `new`: the operations, then what the document says of itself, then the component schemas.
pub(crate) fn compare(old: &Document, new: &Document) -> Vec<Change> {
    let mut changes = differences(old, new);
    pointers::settle(&mut changes, old, new);
    changes
}

/// The same with pointers into the documents with their parts in place.
pub(super) fn differences(old: &Document, new: &Document) -> Vec<Change> {
    let mut comparison = Comparison {
        old,
        new,
        components: Components::of(old, new),
        before: Used::of(old),
        after: Used::of(new),
        changes: Changes::default(),
        judged_where_used: BTreeSet::new(),
        met: BTreeSet::new(),
        replaced: BTreeMap::new(),
        visited: BTreeSet::new(),
        waiting: Vec::new(),
        milder: HashMap::new(),
        asked: None,
        depth: 0,
    };
    comparison.judged_where_used = comparison.judged_where_used();
    comparison.operations();
    comparison.document();
    comparison.common_components();
    comparison.other_components(Side::Old);
    comparison.other_components(Side::New);
    comparison.changes.list
}

/// Two documents, and the changes found so far.
#[derive(Debug)]
pub(super) struct Comparison<'a> {
    pub(super) old: &'a Document,
    pub(super) new: &'a Document,
    pub(super) components: Components,
    /// What of the old document is used, and what of the new one.
    pub(super) before: Used<'a>,
    pub(super) after: Used<'a>,
    pub(super) changes: Changes,
    /// As `judged_where_used` finds them.
    pub(super) judged_where_used: BTreeSet<&'a str>,
    /// Components of one name that both documents use at one place.
    pub(super) met: BTreeSet<&'a str>,
    /// Components that replace others, and the worst that this changes.
    pub(super) replaced: BTreeMap<(&'a str, &'a str, Direction), Verdict>,
    /// Pairs of schemas that have been compared in the current place, by their addresses.
    pub(super) visited: BTreeSet<(usize, usize, Direction)>,
    /// Pairs of schemas that are still to be compared in the current place.
    pub(super) waiting: Vec<(Location, Direction, Schema<'a>, Schema<'a>)>,
    /// Whether all that changed between two schemas, by their addresses, is milder than a verdict.
    pub(super) milder: HashMap<(usize, usize, Direction, Verdict), bool>,
    /// The verdict that a comparison is looking for, which ends with the first change that has it.
    pub(super) asked: Option<Verdict>,
    /// How many comparisons are in progress whose changes are not noted by themselves.
    pub(super) depth: usize,
}

impl<'a> Comparison<'a> {
    fn common_components(&mut self) {
        let (old, new) = (self.old, self.new);
        let mut noted = Vec::new();
        for (was, name) in self.components.common.clone() {
            let (Some(old), Some(new)) = (old.schema(&was), new.schema(&name)) else { continue };
            let start = self.changes.list.len();
            self.common_component((&was, old), (&name, new));
            noted.push((was, name, start..self.changes.list.len()));
        }
        // Two components that no place has in common are not one, even if they have one name. What is at those places now
        // has been compared with what was there.
        for (was, name, changes) in noted.into_iter().rev() {
            let are_used = [self.before.direction(&was), self.after.direction(&name)]
                .iter()
                .all(|direction| *direction != Direction::Neither);
            if was == name && are_used && !self.met.contains(name.as_str()) {
                self.changes.list.drain(changes);
            }
        }
    }

    fn common_component(&mut self, (was, old): (&str, &'a Value), (name, new): (&str, &'a Value)) {
        let direction = self.direction(was, name);
        if was == name && self.is_unchanged(direction, old, new) {
            return;
        }
        let (before, after) = (self.before.direction(was), self.after.direction(name));
        let label =
            Direction::of(before.is_sent() && after.is_sent(), before.is_received() && after.is_received())
                .label();
        let at = Location::new(format!("schema {name}{label}"), schema_pointer(was), schema_pointer(name));
        if was != name {
            let words = format!("was called `{was}`: the generated type keeps its name");
            self.changes.note(Verdict::Compatible, &at, words);
        }
        let (mut old, mut new) = (Schema::of(old), Schema::of(new));
        // What every place says that uses the component has been compared there.
        let is_named = old.reference.is_some() || new.reference.is_some();
        let settled = self.before.settled(was).chain(self.after.settled(name)).filter(|_| !is_named);
        let settled: Vec<&str> = settled.collect();
        let take = |schema: &mut Schema<'a>| -> Keys<'a> {
            settled.iter().filter_map(|key| schema.keys.remove_entry(key)).collect()
        };
        let (before, after) = (take(&mut old), take(&mut new));
        self.keys(&at, Direction::Neither, &before, &after, &[]);
        self.schemas(&at, direction, old, new);
    }

    /// Whether calls by the old document send a component, and whether they receive it. What only the new document sends,
    /// no call sends that there is.
    pub(super) fn direction(&self, old: &str, new: &str) -> Direction {
        Direction::of(
            self.before.sent.contains(old) && self.after.sent.contains(new),
            self.before.received.contains(old) && self.after.received.contains(new),
        )
    }

    /// Whether two schemas are equal, with what they are composed of. What they refer to is used at one place then.
    pub(super) fn is_unchanged(&mut self, direction: Direction, old: &'a Value, new: &'a Value) -> bool {
        if old != new {
            return false;
        }
        let names = schema_references(old);
        self.met.extend(&names);
        names.iter().all(|name| self.is_compared(name, name, direction))
    }

    /// Components of the old document of which the places that use them say what a change means: those that change what is
    /// sent or received of a member, and parts of others that changed or have such parts.
    fn judged_where_used(&self) -> BTreeSet<&'a str> {
        let mut users: BTreeMap<&str, Vec<&'a str>> = BTreeMap::new();
        let mut open = Vec::new();
        let schemas = keys(self.old.at("/components/schemas"));
        for (was, name) in &self.components.common {
            let (Some((was, old)), Some(new)) = (schemas.get_key_value(was.as_str()), self.new.schema(name))
            else {
                continue;
            };
            let is_other = was != name || *old != new;
            let is_part = self.before.is_part(was) || self.after.is_part(name);
            let flag = |flag: &str| has_flag(self.old, old, flag) != has_flag(self.new, new, flag);
            if is_other && (is_part || flag("readOnly") || flag("writeOnly")) {
                open.push(*was);
            }
            for part in schema_references(old).into_iter().filter(|_| is_part) {
                users.entry(part).or_default().push(*was);
            }
        }
        let mut changed = BTreeSet::new();
        while let Some(name) = open.pop() {
            if changed.insert(name) {
                open.extend(users.get(name).into_iter().flatten());
            }
        }
        changed
    }

    /// Notes which components only one document has, below the change that they follow from.
    fn other_components(&mut self, side: Side) {
        let (document, used, names, words) = match side {
            Side::Old => (self.old, &self.before, &self.components.removed, "is gone"),
            Side::New => (self.new, &self.after, &self.components.added, "is new"),
        };
        let mut left: BTreeSet<&str> = names.iter().map(String::as_str).collect();
        let change = |name: &str, verdict: Verdict| {
            let mut changes = Changes::default();
            let label = used.direction(name).label();
            let at = Location::same(format!("schema {name}{label}"), &schema_pointer(name));
            changes.push(verdict, &at, side, words.to_owned());
            changes.list
        };
        for cause in &mut self.changes.list {
            let mut open = Vec::new();
            for (_, pointer) in cause.causes.iter().filter(|(cause, _)| *cause == side) {
                open.extend(document.at(pointer).map(schema_references).unwrap_or_default());
            }
            while let Some(name) = open.pop() {
                if left.remove(name) {
                    cause.consequences.extend(change(name, cause.verdict));
                    open.extend(document.schema(name).map(schema_references).unwrap_or_default());
                }
            }
        }
        // What used the others has been compared with what is there now.
        for name in names.iter().filter(|name| left.contains(name.as_str())) {
            self.changes.list.extend(change(name, Verdict::Compatible));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::document::SCHEMA_PREFIX;
    use serde_json::json;

    fn document(schemas: &Value, used: &str) -> Document {
        let schema = json!({ "$ref": format!("{SCHEMA_PREFIX}{used}") });
        let response = json!({ "description": "", "content": { "application/json": { "schema": schema } } });
        let paths = json!({ "/a/": { "get": { "responses": { "200": response } } } });
        Document::new(json!({ "paths": paths, "components": { "schemas": schemas } }))
    }

    #[test]
    fn components_that_contain_themselves_at_other_depths_are_compared_once() {
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
