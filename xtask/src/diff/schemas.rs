//! Two schemas side by side. What a change means depends on whether the schema is sent or received.

use std::collections::BTreeSet;

use serde_json::Value;

use super::change::{Changes, Spot, Travel, Verdict};
use super::face::{COMPOSITIONS, Face, shape};
use super::pairs::Components;
use super::{limits, members};
use crate::generate::document::{Document, schema_pointer};

/// Compares schemas of two documents.
#[derive(Debug)]
pub(crate) struct Schemas<'a> {
    pub(crate) old: &'a Document,
    pub(crate) new: &'a Document,
    pub(crate) components: Components,
}

/// Pairs of components that are being compared, so that one that contains itself is compared once.
pub(crate) type Way = BTreeSet<(String, String)>;

/// Keys that have a rule of their own; any other key is compared as it is.
const KNOWN: [&str; 16] = [
    "type",
    "format",
    "enum",
    "nullable",
    "default",
    "properties",
    "required",
    "items",
    "additionalProperties",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "readOnly",
    "writeOnly",
    "$ref",
];

impl<'a> Schemas<'a> {
    pub(crate) fn new(old: &'a Document, new: &'a Document) -> Self {
        Self { old, new, components: Components::of(old, new) }
    }

    /// Notes what changed from schema `old` to schema `new`.
    pub(crate) fn compare(
        &self,
        spot: &Spot,
        travel: Travel,
        (old, new): (&Value, &Value),
        way: &mut Way,
        changes: &mut Changes,
    ) {
        if old == new && self.keep_their_components(old) {
            return;
        }
        let (before, after) = (Face::of(old), Face::of(new));
        match (&before.reference, &after.reference) {
            // What they refer to is compared on its own.
            (Some(a), Some(b)) if self.components.same(a, b) => {
                self.faces(spot, travel, (&before, &after), way, changes);
            }
            (None, None) => self.faces(spot, travel, (&before, &after), way, changes),
            (None, Some(name)) if is_free(&before) => {
                let verdict = travel.judge(Verdict::Breaking, Verdict::Compatible);
                changes.add(verdict, spot, format!("is `{name}` now, was free JSON"));
            }
            (Some(name), None) if is_free(&after) => {
                let verdict = travel.judge(Verdict::Compatible, Verdict::Breaking);
                changes.add(verdict, spot, format!("is free JSON now, was `{name}`"));
            }
            (a, b) => {
                let same = shape(self.old, old) == shape(self.new, new);
                changes.add(Verdict::Compatible, spot, moved(a.as_deref(), b.as_deref(), same));
                let pair = (a.clone().unwrap_or_default(), b.clone().unwrap_or_default());
                if !same && way.insert(pair.clone()) {
                    let at = |name: &Option<String>, here: &str| {
                        name.as_deref().map_or(here.to_owned(), schema_pointer)
                    };
                    let spot = Spot { old: at(a, &spot.old), new: at(b, &spot.new), ..spot.clone() };
                    let faces = (&before.clone().resolved(self.old), &after.clone().resolved(self.new));
                    self.faces(&spot, travel, faces, way, changes);
                    way.remove(&pair);
                }
            }
        }
    }

    /// Whether the components that `schema` refers to stand in both documents under the same names.
    fn keep_their_components(&self, schema: &Value) -> bool {
        let mut names = Vec::new();
        crate::generate::document::schema_references(schema, &mut names);
        names.iter().all(|name| self.components.same(name, name))
    }

    fn faces(
        &self,
        spot: &Spot,
        travel: Travel,
        (old, new): (&Face, &Face),
        way: &mut Way,
        changes: &mut Changes,
    ) {
        limits::words(spot, (&old.keys, &new.keys), changes);
        if !kind(spot, travel, (old, new), changes) {
            return;
        }
        limits::null(spot, travel, (old, new), changes);
        limits::format(spot, travel, (old, new), changes);
        limits::values(spot, travel, (old, new), changes);
        limits::default(spot, travel, (old, new), changes);
        limits::direction(spot, travel, (old, new), changes);
        limits::bounds(spot, travel, (old, new), changes);
        limits::others(spot, travel, (&old.keys, &new.keys), &KNOWN, changes);
        members::members(self, spot, travel, (old, new), way, changes);
        members::additional(self, spot, travel, (old, new), way, changes);
        self.parts(spot, travel, (old, new), way, changes);
    }

    /// Items, and the parts of compositions with more than one.
    fn parts(
        &self,
        spot: &Spot,
        travel: Travel,
        (old, new): (&Face, &Face),
        way: &mut Way,
        changes: &mut Changes,
    ) {
        let untyped = Value::Object(serde_json::Map::new());
        let item = |face: &Face| face.keys.get("items").cloned();
        if item(old).is_some() || item(new).is_some() {
            let pair = (&item(old).unwrap_or(untyped.clone()), &item(new).unwrap_or(untyped));
            self.compare(&spot.below("items").called(inside(&spot.label, "[]")), travel, pair, way, changes);
        }
        for key in COMPOSITIONS {
            let (before, after) = (old.list(key), new.list(key));
            if before.len() != after.len() {
                let words = match (before.len(), after.len()) {
                    (0, now) => format!("`{key}` is new, with {now} parts"),
                    (had, 0) => format!("`{key}` is gone, with its {had} parts"),
                    (had, now) => format!("`{key}` has {now} parts now, and had {had}"),
                };
                changes.add(travel.judge(Verdict::Breaking, Verdict::Breaking), &spot.below(key), words);
                continue;
            }
            for (index, pair) in before.iter().zip(after).enumerate() {
                let label = inside(&spot.label, &format!("<{key} {}>", index + 1));
                let spot = spot.below(&format!("{key}/{index}")).called(label);
                self.compare(&spot, travel, pair, way, changes);
            }
        }
        if old.keys.get("not") != new.keys.get("not") {
            changes.add(Verdict::Breaking, &spot.below("not"), "what it may not be changed");
        }
    }
}

/// Whether it says nothing of what is in it.
fn is_free(face: &Face) -> bool {
    let additional = face.keys.get("additionalProperties");
    let is_open = additional.is_none_or(|more| *more == Value::Bool(true) || *more == serde_json::json!({}));
    let says = ["properties", "items", "enum", "format", "allOf", "oneOf", "anyOf", "not"];
    is_open
        && says.iter().all(|key| !face.keys.contains_key(*key))
        && matches!(face.text("type"), None | Some("object"))
}

/// `label`, which is code or ends in code, with `more` in the code.
pub(crate) fn inside(label: &str, more: &str) -> String {
    match label.strip_suffix('`') {
        Some(code) => format!("{code}{more}`"),
        None if label.is_empty() => format!("`{more}`"),
        None => format!("{label} `{more}`"),
    }
}

fn moved(old: Option<&str>, new: Option<&str>, same: bool) -> String {
    let shape = if same { "of the same shape" } else { "of another shape, which is told beside this" };
    match (old, new) {
        (Some(old), Some(new)) => format!("is `{new}` now, was `{old}`, {shape}"),
        (None, Some(new)) => format!("is `{new}` now, was written in place, {shape}"),
        (Some(old), None) => format!("is written in place now, was `{old}`, {shape}"),
        (None, None) => String::new(),
    }
}

/// Compares the types; false if there is no point in comparing more.
fn kind(spot: &Spot, travel: Travel, (old, new): (&Face, &Face), changes: &mut Changes) -> bool {
    let (before, after) = (kind_of(old), kind_of(new));
    if before == after {
        return true;
    }
    let spot = &spot.below("type");
    match (before, after) {
        (None, Some(after)) => {
            let verdict = travel.judge(Verdict::Breaking, Verdict::Compatible);
            changes.add(verdict, spot, format!("had no type and is {} now", a(after)));
            true
        }
        (Some(before), None) => {
            let verdict = travel.judge(Verdict::Compatible, Verdict::Breaking);
            changes.gone(verdict, spot, format!("was {} and has no type now", a(before)));
            true
        }
        (Some(before), Some(after)) => {
            let verdict = match (before, after) {
                ("integer", "number") => travel.judge(Verdict::Compatible, Verdict::Breaking),
                ("number", "integer") => travel.judge(Verdict::Breaking, Verdict::Compatible),
                _ => travel.judge(Verdict::Breaking, Verdict::Breaking),
            };
            changes.add(verdict, spot, format!("was {} and is {} now", a(before), a(after)));
            false
        }
        (None, None) => true,
    }
}

/// The type that a schema states, or that its members or items leave no doubt about.
fn kind_of(face: &Face) -> Option<&str> {
    let implied = || {
        let has = |key: &str| face.keys.contains_key(key);
        if has("properties") {
            Some("object")
        } else if has("items") {
            Some("array")
        } else {
            None
        }
    };
    face.text("type").or_else(implied)
}

fn a(kind: &str) -> String {
    match kind {
        "array" => "a list".to_owned(),
        "object" | "integer" => format!("an {kind}"),
        _ => format!("a {kind}"),
    }
}
