//! Two schemas side by side. What a change means depends on whether the schema is sent or received.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Comparison;
use super::change::{Change, Direction, Effect, Location, Side, Verdict};
use super::pairs::form;
use super::rules::{Keys, entries, is_text, listed};
use crate::generate::document::{Document, SCHEMA_PREFIX, escape, schema_pointer};

/// Keys that combine other schemas.
const COMPOSITIONS: [&str; 3] = ["allOf", "oneOf", "anyOf"];

/// Keys that are compared here, and not by the table of rules.
const ELSEWHERE: [&str; 9] =
    ["type", "enum", "properties", "required", "items", "additionalProperties", "allOf", "oneOf", "anyOf"];

/// Stands for a schema that is not there, which allows everything.
static ANYTHING: Value = Value::Null;

/// What `nullable` says where null is one of the alternatives.
static YES: Value = Value::Bool(true);

/// A schema without its wrapping: a composition with one part is that part, as the vendor writes every reference that
/// has a description.
#[derive(Clone, Debug, Default)]
pub(super) struct Schema<'a> {
    /// The name of the component that it refers to.
    pub(super) reference: Option<&'a str>,
    /// All that is said here. What the wrapping says goes before what the wrapped schema says.
    pub(super) keys: Keys<'a>,
    pub(super) members: Keys<'a>,
    required: BTreeSet<&'a str>,
    /// Members of the parts of `allOf` that both documents have, which are compared on their own.
    inherited: BTreeSet<&'a str>,
    /// Where it is in memory, which tells schemas that are written in place from each other.
    address: usize,
}

impl<'a> Schema<'a> {
    pub(super) fn of(schema: &'a Value) -> Self {
        let mut this = Self { address: std::ptr::from_ref(schema).addr(), ..Self::default() };
        let mut next = Some(schema);
        while let Some(part) = next.and_then(Value::as_object) {
            for (key, value) in part {
                this.keys.entry(key).or_insert(value);
            }
            for (name, member) in part.get("properties").and_then(Value::as_object).into_iter().flatten() {
                this.members.entry(name).or_insert(member);
            }
            let required = part.get("required").and_then(Value::as_array).into_iter().flatten();
            this.required.extend(required.filter_map(Value::as_str));
            next = only_part(&mut this.keys);
        }
        let reference = this.keys.remove("$ref").and_then(Value::as_str);
        this.reference = reference.and_then(|text| text.strip_prefix(SCHEMA_PREFIX));
        this
    }

    /// The schema with the component that it refers to in place of the reference.
    pub(super) fn resolved(mut self, document: &'a Document) -> Self {
        let mut seen = BTreeSet::new();
        while let Some(name) = self.reference.take() {
            let Some(target) = document.schema(name).filter(|_| seen.insert(name)) else { break };
            let target = Self::of(target);
            for (key, value) in target.keys {
                self.keys.entry(key).or_insert(value);
            }
            for (name, member) in target.members {
                self.members.entry(name).or_insert(member);
            }
            self.required.extend(target.required);
            self.reference = target.reference;
        }
        self
    }

    /// The schema with the parts of its `allOf` merged into it, but those that `is_shared`; none if two parts disagree.
    fn merged(mut self, document: &'a Document, is_shared: &dyn Fn(&str) -> bool) -> Option<Self> {
        let parts = self.list("allOf");
        self.keys.remove("allOf");
        for part in parts {
            let part = Self::of(part);
            let is_shared_part = part.reference.is_some_and(is_shared);
            let part = part.resolved(document).merged(document, is_shared)?;
            if is_shared_part {
                self.inherited.extend(part.members.keys());
                self.inherited.extend(part.inherited);
                continue;
            }
            for (key, value) in part.keys.into_iter().filter(|(key, _)| !is_text(key)) {
                let known = self.keys.entry(key).or_insert(value);
                if *known != value && !["properties", "required"].contains(&key) {
                    return None;
                }
            }
            for (name, member) in part.members {
                let known = *self.members.entry(name).or_insert(member);
                if known != member && form(known) != form(member) {
                    return None;
                }
            }
            self.required.extend(part.required);
            self.inherited.extend(part.inherited);
        }
        Some(self)
    }

    /// Whether something that it is made of, and that is compared on its own, declares the member.
    fn inherits(&self, document: &'a Document, member: &str) -> bool {
        self.inherited.contains(member)
            || self.reference.is_some() && self.clone().resolved(document).members.contains_key(member)
    }

    fn list(&self, key: &str) -> &'a [Value] {
        self.keys.get(key).and_then(|value| value.as_array()).map(Vec::as_slice).unwrap_or_default()
    }

    /// The type that it states, or that its members or items imply.
    pub(super) fn kind(&self) -> Option<&'a str> {
        let implied = [("properties", "object"), ("items", "array")];
        let implied = implied.iter().find(|(key, _)| self.keys.contains_key(key)).map(|(_, kind)| *kind);
        self.keys.get("type").and_then(|kind| kind.as_str()).or(implied)
    }

    /// What reports call it.
    fn name(&self) -> String {
        match (self.reference, self.kind()) {
            (Some(name), _) => format!("`{name}`"),
            (None, Some(kind)) => with_article(kind),
            (None, None) => "free JSON".to_owned(),
        }
    }

    /// Whether it says nothing about what is in it.
    fn is_free(&self) -> bool {
        const SAYS: [&str; 8] = ["properties", "items", "enum", "format", "allOf", "oneOf", "anyOf", "not"];
        let is_open = self
            .keys
            .get("additionalProperties")
            .is_none_or(|more| more.as_bool() == Some(true) || more.as_object().is_some_and(Map::is_empty));
        let kind = self.keys.get("type").and_then(|kind| kind.as_str());
        self.reference.is_none()
            && is_open
            && !SAYS.iter().any(|key| self.keys.contains_key(key))
            && matches!(kind, None | Some("object"))
    }

    /// Whether it allows every value.
    fn is_anything(&self) -> bool {
        self.is_free() && !self.keys.contains_key("type")
    }

    /// Whether null is all that it allows.
    fn is_null(&self, document: &'a Document) -> bool {
        let schema = self.clone().resolved(document);
        let is_plain = |key: &str| matches!(key, "enum" | "type") || is_outer(key);
        schema.list("enum") == [Value::Null] && schema.keys.keys().all(|key| is_plain(key))
    }

    /// The schema without a choice that leaves everything open, since one of its alternatives does.
    fn simplified(mut self) -> Self {
        for key in ["oneOf", "anyOf"] {
            if self.list(key).iter().any(|part| Self::of(part).is_anything()) {
                self.keys.remove(key);
            }
        }
        self
    }

    /// Its alternatives, if it is nothing but a choice.
    fn choice(&self, document: &'a Document) -> Option<Choice<'a>> {
        let key = ["oneOf", "anyOf"].into_iter().find(|key| self.keys.contains_key(key))?;
        let is_plain = |other: &str| other == key || is_outer(other);
        if self.reference.is_some() || !self.keys.keys().all(|key| is_plain(key)) {
            return None;
        }
        let mut choice = Choice { key, ..Choice::of_one(self) };
        choice.parts.clear();
        for part in self.list(key).iter().map(Self::of) {
            if part.is_null(document) {
                choice.outer.insert("nullable", &YES);
            } else {
                choice.add(part);
            }
        }
        Some(choice)
    }
}

/// Alternatives, and what is said of all of them. A schema that is no choice is one alternative.
#[derive(Clone, Debug)]
struct Choice<'a> {
    /// `oneOf` or `anyOf`, or nothing.
    key: &'static str,
    outer: Keys<'a>,
    parts: Vec<Schema<'a>>,
}

impl<'a> Choice<'a> {
    fn of_one(schema: &Schema<'a>) -> Self {
        let (outer, keys) = schema.keys.iter().partition(|(key, _)| is_outer(key));
        Self { key: "", outer, parts: vec![Schema { keys, ..schema.clone() }] }
    }

    /// Adds an alternative. It is the same whether null or a default is said of it or of the whole.
    fn add(&mut self, mut part: Schema<'a>) {
        for key in OUTER {
            match part.keys.remove(key) {
                Some(value) if *value == YES => drop(self.outer.insert(key, value)),
                Some(value) => drop(self.outer.entry(key).or_insert(value)),
                None => {}
            }
        }
        part.keys.retain(|key, _| !is_text(key));
        self.parts.push(part);
    }
}

/// Keys that say something of a choice as a whole, wherever in it they stand.
const OUTER: [&str; 5] = ["nullable", "default", "readOnly", "writeOnly", "deprecated"];

/// Whether a key says something of a choice as a whole.
fn is_outer(key: &str) -> bool {
    key == "discriminator" || OUTER.contains(&key) || is_text(key)
}

/// Takes out the part of a composition that has only one.
fn only_part<'a>(keys: &mut Keys<'a>) -> Option<&'a Value> {
    let mut compositions = COMPOSITIONS.iter().filter(|key| keys.contains_key(**key));
    let (key, None) = (compositions.next()?, compositions.next()) else { return None };
    let [part @ Value::Object(_)] = keys.get(key)?.as_array()?.as_slice() else { return None };
    keys.remove(key);
    Some(part)
}

/// A read-only member is not sent, and a write-only one is not received.
fn direction_of_member(direction: Direction, old: Option<&Value>, new: Option<&Value>) -> Direction {
    let has = |schema: &Value, key: &str| Schema::of(schema).keys.get(key) == Some(&&Value::Bool(true));
    let all = |key: &str| old.into_iter().chain(new).all(|schema| has(schema, key));
    Direction::of(direction.is_sent() && !all("readOnly"), direction.is_received() && !all("writeOnly"))
}

fn with_article(kind: &str) -> String {
    match kind {
        "array" | "object" | "integer" => format!("an {kind}"),
        _ => format!("a {kind}"),
    }
}

impl<'a> Comparison<'a> {
    /// Notes what changed from schema `old` to schema `new`.
    pub(super) fn schema(&mut self, at: &Location, direction: Direction, old: &'a Value, new: &'a Value) {
        if old != new {
            self.schemas(at, direction, Schema::of(old), Schema::of(new));
        }
    }

    fn schemas(&mut self, at: &Location, direction: Direction, old: Schema<'a>, new: Schema<'a>) {
        let (old, new) = (old.simplified(), new.simplified());
        if self.choices(at, direction, &old, &new) {
            return;
        }
        match (old.reference, new.reference) {
            // What they refer to is compared on its own.
            (Some(before), Some(after)) if self.components.same(before, after) => {
                self.contents(at, direction, old, new);
            }
            (None, None) => self.contents(at, direction, old, new),
            (None, Some(name)) if old.is_free() => {
                let words = format!("is now `{name}`; it was free JSON");
                self.changes.added(direction.verdict(Effect::NARROWER), at, words);
            }
            (Some(name), None) if new.is_free() => {
                let words = format!("is now free JSON; it was `{name}`");
                if let Some(change) =
                    self.changes.push(direction.verdict(Effect::WIDER), at, Side::New, words)
                {
                    change.causes.push((Side::Old, at.old.clone()));
                }
            }
            _ => self.replaced(at, direction, old, new),
        }
    }

    /// Compares choices, and a choice with something that is none; false if neither is one.
    fn choices(&mut self, at: &Location, direction: Direction, old: &Schema<'a>, new: &Schema<'a>) -> bool {
        let choices = (old.choice(self.old), new.choice(self.new));
        if choices.0.is_none() && choices.1.is_none() {
            return false;
        }
        let whole = |choice: Option<Choice<'a>>, schema| choice.unwrap_or_else(|| Choice::of_one(schema));
        let (mut before, mut after) = (whole(choices.0, old), whole(choices.1, new));
        if old.is_free() || new.is_free() {
            before.outer.remove("nullable");
            after.outer.remove("nullable");
        }
        let key = |choice: &Choice<'a>, other: &Choice<'a>| {
            if choice.key.is_empty() { other.key } else { choice.key }
        };
        let here = at.under(key(&before, &after), key(&after, &before));
        self.keys(at, direction, &before.outer, &after.outer, &[]);
        match (before.key, after.key) {
            (_, now) if old.is_free() => {
                let words = format!("`{now}` is new; it was free JSON");
                self.changes.added(direction.verdict(Effect::NARROWER), &here, words);
            }
            (was, _) if new.is_free() => {
                let words = format!("is now free JSON; `{was}` is gone");
                self.changes.removed(direction.verdict(Effect::WIDER), &here, words);
            }
            (was, now) => {
                if (was, now) == ("oneOf", "anyOf") {
                    let words = "may now be several of the alternatives at once";
                    self.changes.note(direction.verdict(Effect::WIDER), &here, words);
                } else if (was, now) == ("anyOf", "oneOf") {
                    let words = "can no longer be several of the alternatives at once";
                    self.changes.note(direction.verdict(Effect::NARROWER), &here, words);
                }
                self.alternatives(&here, direction, before.parts, after.parts);
            }
        }
        true
    }

    /// Notes that a schema stands in the place of another one, with what that changes.
    fn replaced(&mut self, at: &Location, direction: Direction, old: Schema<'a>, new: Schema<'a>) {
        let pair = (old.reference.unwrap_or_default(), new.reference.unwrap_or_default(), direction);
        let words = match (old.reference, new.reference) {
            (Some(old), Some(new)) => format!("is now `{new}`; it was `{old}`"),
            (None, Some(new)) => format!("is now `{new}`; it was written in place"),
            (_, _) => format!("is now written in place; it was `{}`", pair.0),
        };
        let pointer =
            |schema: &Schema<'a>, here: &str| schema.reference.map_or(here.to_owned(), schema_pointer);
        let inside = Location { old: pointer(&old, &at.old), new: pointer(&new, &at.new), ..at.clone() };
        let are_named = old.reference.is_some() && new.reference.is_some();
        let address = |schema: &Schema<'a>, document: &'a Document| {
            let component = schema.reference.and_then(|name| document.schema(name));
            component.map_or(schema.address, |component| std::ptr::from_ref(component).addr())
        };
        // Components may contain themselves, so what has been looked at is not looked at again.
        let visit = (address(&old, self.old), address(&new, self.new), direction);
        if self.depth > 0 {
            // Something around it is noted as replaced, and this is compared after it: references may form a long chain.
            if self.visited.insert(visit) {
                const LONGEST: usize = 200;
                let short = Some(&pair.1).filter(|_| inside.within.len() > LONGEST);
                let inside = short.map(|name| inside.clone().named(format!("`{name}`"))).unwrap_or(inside);
                self.waiting.push((inside, direction, old, new));
            } else if are_named {
                let own = |schema| Schema { reference: None, ..schema };
                self.contents(at, direction, own(old), own(new));
            }
            return;
        }
        let is_plain = are_named && old.keys.is_empty() && new.keys.is_empty();
        let known = self.replaced.get(&pair).copied().filter(|_| is_plain);
        let mut consequences = Vec::new();
        let verdict = known.unwrap_or_else(|| {
            consequences = self.apart(|comparison| {
                comparison.visited.insert(visit);
                let (old, new) = (old.resolved(comparison.old), new.resolved(comparison.new));
                comparison.contents(&inside, direction, old, new);
            });
            consequences.sort_by_key(|change| std::cmp::Reverse(change.verdict));
            consequences.first().map_or(Verdict::TextOnly, |worst| worst.verdict)
        });
        if is_plain {
            self.replaced.insert(pair, verdict);
        }
        let shape = if verdict == Verdict::TextOnly { "the same" } else { "another" };
        let words = format!("{words}, of {shape} shape");
        if let Some(change) = self.changes.push(verdict.max(Verdict::Compatible), at, Side::New, words) {
            change.consequences = consequences;
            change.causes = vec![(Side::Old, at.old.clone()), (Side::New, at.new.clone())];
        }
    }

    /// Whether two schemas differ in nothing but text.
    pub(super) fn is_same_schema(&mut self, old: Option<&'a Value>, new: Option<&'a Value>) -> bool {
        let schema = |schema: Option<&'a Value>| Schema::of(schema.unwrap_or(&ANYTHING));
        self.are_same(&schema(old), &schema(new))
    }

    fn are_same(&mut self, old: &Schema<'a>, new: &Schema<'a>) -> bool {
        let (at, old, new) = (Location::same("", ""), old.clone(), new.clone());
        let differences = self.apart(|comparison| comparison.schemas(&at, Direction::Both, old, new));
        differences.iter().all(|change| change.verdict == Verdict::TextOnly)
    }

    /// The changes that `compare` finds, which are not noted.
    fn apart(&mut self, compare: impl FnOnce(&mut Self)) -> Vec<Change> {
        let outer = std::mem::take(&mut self.changes);
        // What is being compared further out is not compared again: schemas may contain themselves.
        let visited = self.visited.clone();
        let waiting = std::mem::take(&mut self.waiting);
        self.depth += 1;
        compare(self);
        while let Some((at, direction, old, new)) = self.waiting.pop() {
            let (old, new) = (old.resolved(self.old), new.resolved(self.new));
            self.contents(&at, direction, old, new);
        }
        self.depth -= 1;
        self.waiting = waiting;
        self.visited = visited;
        std::mem::replace(&mut self.changes, outer).list
    }

    /// Compares what schemas say themselves.
    fn contents(&mut self, at: &Location, direction: Direction, old: Schema<'a>, new: Schema<'a>) {
        let (mut old, mut new) = self.merged(old.simplified(), new.simplified());
        if old.is_anything() || new.is_anything() {
            // Without a type, null is a value like others.
            old.keys.remove("nullable");
            new.keys.remove("nullable");
        }
        if self.choices(at, direction, &old, &new) {
            return;
        }
        if !self.kind(&at.below("type"), direction, old.kind(), new.kind()) {
            return self.some_keys(at, direction, &old, &new, is_text);
        }
        self.keys(at, direction, &old.keys, &new.keys, &ELSEWHERE);
        self.values(&at.below("enum"), direction, &old, &new);
        self.members(at, direction, &old, &new);
        self.additional(at, direction, &old, &new);
        let item = |schema: &Schema<'a>| schema.keys.get("items").copied().unwrap_or(&ANYTHING);
        let here = at.below("items").named(at.within("[]")).required(true);
        self.schema(&here, direction, item(&old), item(&new));
        for key in COMPOSITIONS {
            let (before, after) = (old.list(key), new.list(key));
            let words = match (before.len(), after.len()) {
                (0, 0) => continue,
                (0, count) => format!("`{key}` is new, with {count} parts"),
                (count, 0) => format!("`{key}` is gone, with its {count} parts"),
                _ => {
                    let schemas = |list: &'a [Value]| list.iter().map(Schema::of).collect();
                    self.alternatives(&at.below(key), direction, schemas(before), schemas(after));
                    continue;
                }
            };
            self.changes.note(direction.verdict(Effect::DIFFERENT), &at.below(key), words);
        }
    }

    /// The schemas with the parts of `allOf` merged, if they can be. Parts that both have are compared on their own.
    fn merged(&self, old: Schema<'a>, new: Schema<'a>) -> (Schema<'a>, Schema<'a>) {
        if !old.keys.contains_key("allOf") && !new.keys.contains_key("allOf") {
            return (old, new);
        }
        let parts = |schema: &Schema<'a>| -> Vec<&'a str> {
            schema.list("allOf").iter().filter_map(|part| Schema::of(part).reference).collect()
        };
        let (before, after) = (parts(&old), parts(&new));
        let same = |old: &str, new: &str| self.components.same(old, new);
        let is_in_new = |name: &str| after.iter().any(|other| same(name, other));
        let is_in_old = |name: &str| before.iter().any(|other| same(other, name));
        let merged = (old.clone().merged(self.old, &is_in_new), new.clone().merged(self.new, &is_in_old));
        if let (Some(old), Some(new)) = merged { (old, new) } else { (old, new) }
    }

    fn some_keys(
        &mut self,
        at: &Location,
        direction: Direction,
        old: &Schema<'a>,
        new: &Schema<'a>,
        is_meant: impl Fn(&str) -> bool,
    ) {
        let meant = |schema: &Schema<'a>| -> Keys<'a> {
            let keys = schema.keys.iter().filter(|(key, _)| is_meant(key));
            keys.map(|(key, value)| (*key, *value)).collect()
        };
        self.keys(at, direction, &meant(old), &meant(new), &[]);
    }

    /// Compares the types; false if there is no point in comparing more.
    fn kind(&mut self, at: &Location, direction: Direction, old: Option<&str>, new: Option<&str>) -> bool {
        match (old, new) {
            (None, Some(new)) => {
                let words = format!("is now {}; it had no type", with_article(new));
                self.changes.note(direction.verdict(Effect::NARROWER), at, words);
            }
            (Some(old), None) => {
                let words = format!("no longer has a type; it was {}", with_article(old));
                self.changes.note(direction.verdict(Effect::WIDER), at, words);
            }
            (Some(old), Some(new)) if old != new => {
                let effect = match (old, new) {
                    ("integer", "number") => Effect::WIDER,
                    ("number", "integer") => Effect::NARROWER,
                    _ => Effect::DIFFERENT,
                };
                let words = format!("is now {}; it was {}", with_article(new), with_article(old));
                self.changes.note(direction.verdict(effect), at, words);
                return false;
            }
            _ => {}
        }
        true
    }

    /// Compares the closed lists of values.
    fn values(&mut self, at: &Location, direction: Direction, old: &Schema<'a>, new: &Schema<'a>) {
        let (before, after) = (old.list("enum"), new.list("enum"));
        // Our own types of such responses are open, so an unknown value is kept.
        let open = if direction.is_received() { " (this client keeps unknown values)" } else { "" };
        match (old.keys.contains_key("enum"), new.keys.contains_key("enum")) {
            (false, true) => {
                let words = format!("can now only be {}", listed(after));
                self.changes.note(direction.verdict(Effect::NARROWER), at, words);
            }
            (true, false) => {
                let words = format!("can now be any value, not only {}{open}", listed(before));
                self.changes.removed(Verdict::Compatible, at, words);
            }
            _ => {
                let added: Vec<&Value> = after.iter().filter(|value| !before.contains(value)).collect();
                let removed: Vec<&Value> = before.iter().filter(|value| !after.contains(value)).collect();
                if !added.is_empty() {
                    let words = format!("can now also be {}{open}", listed(added));
                    self.changes.note(Verdict::Compatible, at, words);
                }
                if !removed.is_empty() {
                    let words = format!("can no longer be {}", listed(removed));
                    self.changes.note(direction.verdict(Effect::NARROWER), at, words);
                }
            }
        }
    }

    /// Compares the members of objects: which are new, which are gone, and which may be missing.
    fn members(&mut self, at: &Location, direction: Direction, old: &Schema<'a>, new: &Schema<'a>) {
        let here = |name: &str| {
            let at = at.clone().required(false);
            at.below(&format!("properties/{}", escape(name))).named(at.within(&format!(".{name}")))
        };
        for (name, before, after) in entries(&old.members, &new.members) {
            let (was_required, is_required) = (old.required.contains(name), new.required.contains(name));
            let direction = direction_of_member(direction, before, after);
            match (before, after) {
                (Some(before), Some(after)) => {
                    if was_required != is_required {
                        self.required(&here(name), direction, is_required);
                    }
                    if before != after {
                        let at = here(name).required(was_required && is_required);
                        self.schema(&at, direction, before, after);
                    }
                }
                (None, _) if is_required && direction.is_sent() => {
                    let words = "is new and required: requests without it are refused";
                    self.changes.added(Verdict::Breaking, &here(name), words);
                }
                (None, _) => {
                    let words = if is_required { "is new and always present" } else { "is new and optional" };
                    self.changes.added(Verdict::Compatible, &here(name), words);
                }
                (_, None) => {
                    let words = match direction {
                        Direction::Sent => "is gone: requests that send it may be refused",
                        Direction::Received => "is gone: callers no longer receive it",
                        Direction::Both => {
                            "is gone: requests that send it may be refused, and callers no longer receive it"
                        }
                        Direction::Neither => "is gone",
                    };
                    self.changes.removed(direction.verdict(Effect::DIFFERENT), &here(name), words);
                }
            }
        }
        // What is required and has no member here.
        let undeclared =
            |name: &&&str| !old.members.contains_key(**name) && !new.members.contains_key(**name);
        for name in new.required.difference(&old.required).filter(undeclared) {
            if new.inherits(self.new, name) {
                self.required(&here(name), direction, true);
            } else {
                let words = format!("`{name}` is required and not declared");
                self.changes.note(direction.verdict(Effect::DIFFERENT), &at.below("required"), words);
            }
        }
        for name in old.required.difference(&new.required).filter(undeclared) {
            if old.inherits(self.old, name) {
                self.required(&here(name), direction, false);
            } else {
                let words = format!("`{name}`, which is not declared, is no longer required");
                self.changes.note(Verdict::Compatible, &at.below("required"), words);
            }
        }
    }

    /// Notes that a member is now required, or no longer.
    fn required(&mut self, at: &Location, direction: Direction, is_required: bool) {
        let (verdict, words) = match is_required {
            true if direction.is_sent() => {
                (Verdict::Breaking, "is now required; it was optional: requests without it are refused")
            }
            true => (Verdict::Compatible, "is now always present; it was optional"),
            false if direction.is_received() => {
                (Verdict::Breaking, "is now optional; it was required: it may be missing from responses")
            }
            false => (Verdict::Compatible, "is now optional; it was required"),
        };
        self.changes.note(verdict, at, words);
    }

    /// Compares what undeclared members may be. Unless it says otherwise, an object takes any.
    fn additional(&mut self, at: &Location, direction: Direction, old: &Schema<'a>, new: &Schema<'a>) {
        const KEY: &str = "additionalProperties";
        let of =
            |schema: &Schema<'a>| schema.keys.get(KEY).copied().filter(|more| **more != Value::Bool(true));
        let (before, after) = (of(old).unwrap_or(&ANYTHING), of(new).unwrap_or(&ANYTHING));
        let here = at.below(KEY);
        match (*before != Value::Bool(false), *after != Value::Bool(false)) {
            (true, true) => {
                self.schema(&here.named(at.within("{}")).required(true), direction, before, after);
            }
            (true, false) => {
                let words = "no longer takes undeclared members";
                self.changes.note(direction.verdict(Effect::NARROWER), &here, words);
            }
            (false, true) => self.changes.note(Verdict::Compatible, &here, "now takes undeclared members"),
            (false, false) => {}
        }
    }

    /// Compares alternatives in any order: equal ones, then those of one name or type, then the last two.
    fn alternatives(
        &mut self,
        at: &Location,
        direction: Direction,
        old: Vec<Schema<'a>>,
        new: Vec<Schema<'a>>,
    ) {
        let here = |old: usize, new: usize| {
            let at = at.under(&old.to_string(), &new.to_string());
            let key = at.new.rsplit('/').nth(1).unwrap_or_default().to_owned();
            let within = at.within(&format!("<{key} {}>", new + 1));
            at.named(within)
        };
        let mut left: Vec<(usize, Schema<'a>)> = old.into_iter().enumerate().collect();
        let mut added = Vec::new();
        for (index, schema) in new.into_iter().enumerate() {
            let mut same = None;
            for (position, (_, known)) in left.iter().enumerate() {
                if self.are_same(known, &schema) {
                    same = Some(position);
                    break;
                }
            }
            match same.map(|position| left.remove(position)) {
                Some((old_index, known)) => self.schemas(&here(old_index, index), direction, known, schema),
                None => added.push((index, schema)),
            }
        }
        let are_last = left.len() == 1 && added.len() == 1;
        for (index, schema) in added {
            let like = left.iter().position(|(_, known)| are_last || known.name() == schema.name());
            if let Some((old_index, known)) = like.map(|position| left.remove(position)) {
                self.schemas(&here(old_index, index), direction, known, schema);
            } else {
                let words = format!("can now also be {}", schema.name());
                let here = here(index, index).named(&at.within);
                self.changes.added(direction.verdict(Effect::WIDER), &here, words);
            }
        }
        for (index, schema) in left {
            let words = format!("can no longer be {}", schema.name());
            let here = here(index, index).named(&at.within);
            self.changes.removed(direction.verdict(Effect::NARROWER), &here, words);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_wrapped_reference_is_the_reference_with_what_the_wrapping_says() {
        let wrapped = json!({ "allOf": [{ "$ref": "#/components/schemas/A" }], "nullable": true });
        let schema = Schema::of(&wrapped);
        assert_eq!(schema.reference, Some("A"));
        assert_eq!(schema.keys.get("nullable"), Some(&&Value::Bool(true)));
    }
}
