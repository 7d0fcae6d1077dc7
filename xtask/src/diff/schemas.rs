//! Two schemas side by side. What a change means depends on whether the schema is sent or received.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::change::{Change, Direction, Effect, Location, Side, Verdict};
use super::compare::Comparison;
use super::pairs::form;
use super::rules::{Keys, entries, is_same_value, is_text, listed};
use super::used::has_flag;
use crate::generate::document::{Document, SCHEMA_PREFIX, escape, schema_pointer};

/// Keys that combine other schemas.
pub(super) const COMPOSITIONS: [&str; 3] = ["allOf", "oneOf", "anyOf"];

/// Keys that are compared here, and not by the table of rules.
pub(super) const ELSEWHERE: [&str; 9] =
    ["type", "enum", "properties", "required", "items", "additionalProperties", "allOf", "oneOf", "anyOf"];

/// In place of a schema that is missing, which allows everything.
static ANYTHING: Value = Value::Null;

/// What `nullable` says where null is one of the alternatives.
static YES: Value = Value::Bool(true);

/// What every flag says that is not written.
static NO: Value = Value::Bool(false);

/// A schema without its wrapping: a composition with one part is that part, as the vendor writes every reference that
/// has a description.
#[derive(Clone, Debug, Default)]
pub(super) struct Schema<'a> {
    /// The name of the component that it refers to.
    pub(super) reference: Option<&'a str>,
    /// All that is said here. What the wrapping says has precedence over what the wrapped schema says.
    pub(super) keys: Keys<'a>,
    pub(super) members: Keys<'a>,
    pub(super) required: BTreeSet<&'a str>,
    /// Members of the parts of `allOf` that both documents have, which are compared on their own.
    inherited: Keys<'a>,
    /// Those of them that these parts require.
    inherited_required: BTreeSet<&'a str>,
    /// Where it is in memory, which distinguishes schemas that are written in place.
    address: usize,
}

impl<'a> Schema<'a> {
    pub(super) fn of(schema: &'a Value) -> Self {
        let mut this = Self { address: std::ptr::from_ref(schema).addr(), ..Self::default() };
        let mut next = Some(schema);
        while let Some(part) = next.and_then(Value::as_object) {
            // What a wrapping does not add to null is left to what it wraps.
            for (key, value) in part.iter().filter(|(key, value)| *key != "nullable" || **value != NO) {
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
        let parts = |schema: &mut Self, is_inherited: bool| {
            let parts = schema.list("allOf");
            schema.keys.remove("allOf");
            parts.iter().rev().map(move |part| (part, is_inherited))
        };
        let mut open: Vec<(&Value, bool)> = parts(&mut self, false).collect();
        // What is reached by several paths says the same each time.
        let mut seen = BTreeSet::new();
        while let Some((part, is_inherited)) = open.pop() {
            if !seen.insert((std::ptr::from_ref(part).addr(), is_inherited)) {
                continue;
            }
            let part = Self::of(part);
            let is_inherited = is_inherited || part.reference.is_some_and(is_shared);
            let mut part = part.resolved(document);
            open.extend(parts(&mut part, is_inherited));
            if is_inherited {
                self.inherited.extend(part.members);
                self.inherited_required.extend(part.required);
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
        }
        Some(self)
    }

    /// Whether something that it is made of, and that is compared on its own, declares the member.
    fn inherits(&self, document: &'a Document, member: &str) -> bool {
        self.inherited.contains_key(member)
            || self.reference.is_some() && self.clone().resolved(document).members.contains_key(member)
    }

    pub(super) fn list(&self, key: &str) -> &'a [Value] {
        self.keys.get(key).and_then(|value| value.as_array()).map(Vec::as_slice).unwrap_or_default()
    }

    /// The type that it states, or that its members, items or values imply.
    pub(super) fn kind(&self) -> Option<&'a str> {
        let implied = [("properties", "object"), ("items", "array")];
        let implied = implied.iter().find(|(key, _)| self.keys.contains_key(key)).map(|(_, kind)| *kind);
        let of = |value: &Value| match value {
            Value::String(_) => Some("string"),
            Value::Bool(_) => Some("boolean"),
            Value::Number(number) => Some(if number.is_f64() { "number" } else { "integer" }),
            _ => None,
        };
        let mut values = self.list("enum").iter().filter(|value| !value.is_null()).map(of);
        let first = values.next().flatten().filter(|first| values.all(|kind| kind == Some(first)));
        self.keys.get("type").and_then(|kind| kind.as_str()).or(implied).or(first)
    }

    /// What any member may be of an object that declares none. It is a map to callers, who send what they like.
    fn of_a_map(&self) -> Option<&'a Value> {
        let declares = !self.members.is_empty()
            || !self.inherited.is_empty()
            || self.reference.is_some()
            || COMPOSITIONS.iter().any(|key| self.keys.contains_key(key));
        if self.kind() != Some("object") || declares {
            return None;
        }
        match self.keys.get("additionalProperties") {
            Some(Value::Bool(false)) => None,
            Some(more @ Value::Object(_)) => Some(more),
            _ => Some(&ANYTHING),
        }
    }

    /// What reports call it.
    fn name(&self) -> String {
        match (self.reference, self.kind()) {
            (Some(name), _) => format!("`{name}`"),
            (None, Some(kind)) => with_article(kind),
            (None, None) if self.is_free() => "free JSON".to_owned(),
            (None, None) => "what it is composed of".to_owned(),
        }
    }

    /// Whether it allows every value.
    fn is_free(&self) -> bool {
        const SAYS: [&str; 9] =
            ["type", "properties", "items", "enum", "format", "allOf", "oneOf", "anyOf", "not"];
        let is_open = self
            .keys
            .get("additionalProperties")
            .is_none_or(|more| more.as_bool() == Some(true) || more.as_object().is_some_and(Map::is_empty));
        self.reference.is_none() && is_open && !SAYS.iter().any(|key| self.keys.contains_key(key))
    }

    /// Whether it allows every value, with what it refers to.
    fn allows_everything(&self, document: &'a Document) -> bool {
        self.clone().resolved(document).simplified(document).is_free()
    }

    /// Whether null is all that it allows.
    fn is_null(&self, document: &'a Document) -> bool {
        let schema = self.clone().resolved(document);
        let is_plain = |key: &str| matches!(key, "enum" | "type") || is_outer(key);
        schema.list("enum") == [Value::Null] && schema.keys.keys().all(|key| is_plain(key))
    }

    /// Whether it is null or a value that holds no other. Null is said of a whole choice then, and the name is not needed.
    fn is_value_or_null(&self) -> bool {
        const HOLDS: [&str; 7] =
            ["properties", "items", "additionalProperties", "not", "allOf", "oneOf", "anyOf"];
        self.keys.get("nullable") == Some(&&YES) && !HOLDS.iter().any(|key| self.keys.contains_key(key))
    }

    /// The schema without a choice that leaves everything open, since one of its alternatives does.
    fn simplified(mut self, document: &'a Document) -> Self {
        for key in ["oneOf", "anyOf"] {
            if self.list(key).iter().any(|part| Self::of(part).resolved(document).leaves_open()) {
                self.keys.remove(key);
            }
        }
        self
    }

    /// Whether it allows every value, or one of the alternatives does that are written in it.
    fn leaves_open(&self) -> bool {
        let parts = ["oneOf", "anyOf"].iter().flat_map(|key| self.list(key));
        self.is_free() || self.choice_key().is_some() && parts.map(Self::of).any(|part| part.leaves_open())
    }

    /// The key of its alternatives, if it is nothing but a choice.
    fn choice_key(&self) -> Option<&'static str> {
        let key = ["oneOf", "anyOf"].into_iter().find(|key| self.keys.contains_key(key))?;
        let is_plain = |other: &str| other == key || is_outer(other);
        (self.reference.is_none() && self.keys.keys().all(|key| is_plain(key))).then_some(key)
    }

    /// Its alternatives, or itself as the only one, with those of what it refers to but what `is_shared`.
    fn choice(&self, document: &'a Document, at: &str, is_shared: &dyn Fn(&str) -> bool) -> Choice<'a> {
        let is_open = self.reference.is_none_or(|name| !is_shared(name));
        let whole = if is_open { self.clone().resolved(document) } else { self.clone() };
        let Some(key) = whole.choice_key() else {
            return Choice::of_one(if whole.is_value_or_null() { &whole } else { self }, at);
        };
        let mut choice = Choice { key, ..Choice::of_one(&whole, at) };
        choice.parts.clear();
        let parts = |at: &str, key: &str, schema: &Self| {
            let part = |(index, part)| (format!("{at}/{key}/{index}"), Self::of(part));
            schema.list(key).iter().enumerate().map(part).rev().collect::<Vec<_>>()
        };
        let mut open = parts(at, key, &whole);
        let mut seen = BTreeSet::new();
        while let Some((at, part)) = open.pop() {
            let is_open = part.reference.is_none_or(|name| !is_shared(name));
            let inner = if is_open { part.clone().resolved(document) } else { part.clone() };
            if part.is_null(document) {
                choice.outer.insert("nullable", &YES);
            } else if let Some(key) = inner.choice_key() {
                // It may be reached by several paths, and has the same alternatives each time.
                if part.reference.is_none_or(|name| seen.insert(name)) {
                    open.extend(parts(&at, key, &inner));
                }
                choice.add_outer(inner);
            } else {
                let part = choice.add_outer(if inner.is_value_or_null() { inner } else { part });
                choice.parts.push((at, part));
            }
        }
        choice
    }
}

/// Alternatives, and what is said of all of them. A schema that is not a choice is one alternative.
#[derive(Clone, Debug)]
struct Choice<'a> {
    /// `oneOf` or `anyOf`, or nothing.
    key: &'static str,
    outer: Keys<'a>,
    /// Each with its JSON pointer.
    parts: Vec<(String, Schema<'a>)>,
}

impl<'a> Choice<'a> {
    fn of_one(schema: &Schema<'a>, at: &str) -> Self {
        let (outer, keys) = schema.keys.iter().partition(|(key, _)| is_outer(key));
        Self { key: "", outer, parts: vec![(at.to_owned(), Schema { keys, ..schema.clone() })] }
    }

    /// Takes from an alternative what is said of the whole: it is the same whether null or a default is said of it or of
    /// one alternative.
    fn add_outer(&mut self, mut part: Schema<'a>) -> Schema<'a> {
        for key in OUTER {
            match part.keys.remove(key) {
                Some(value) if *value == YES => drop(self.outer.insert(key, value)),
                Some(value) => drop(self.outer.entry(key).or_insert(value)),
                None => {}
            }
        }
        part.keys.retain(|key, _| !is_text(key));
        part
    }
}

/// Keys that say something of a choice as a whole, wherever in it they are.
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

fn with_article(kind: &str) -> String {
    match kind {
        "array" | "object" | "integer" => format!("an {kind}"),
        _ => format!("a {kind}"),
    }
}

impl<'a> Comparison<'a> {
    /// Notes what changed from schema `old` to schema `new`.
    pub(super) fn schema(&mut self, at: &Location, direction: Direction, old: &'a Value, new: &'a Value) {
        if !self.is_unchanged(direction, old, new) {
            self.schemas(at, direction, Schema::of(old), Schema::of(new));
        }
    }

    pub(super) fn schemas(&mut self, at: &Location, direction: Direction, old: Schema<'a>, new: Schema<'a>) {
        if self.is_decided() {
            return;
        }
        let (old, new) = (old.simplified(self.old), new.simplified(self.new));
        match (old.reference, new.reference) {
            (Some(before), Some(after)) if self.components.same(before, after) => {
                self.met.insert(after);
                self.same_component(at, direction, old, new);
            }
            _ if self.choices(at, direction, &old, &new) => {}
            (None, None) => self.contents(at, direction, old, new),
            (None, Some(name)) if old.is_free() && !new.allows_everything(self.new) => {
                let words = format!("is now `{name}`; it was free JSON");
                self.changes.added(direction.verdict(Effect::NARROWER), at, words);
            }
            (Some(name), None) if new.is_free() && !old.allows_everything(self.old) => {
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

    /// Compares what two places say of one component, which is compared on its own.
    fn same_component(
        &mut self,
        at: &Location,
        direction: Direction,
        mut old: Schema<'a>,
        mut new: Schema<'a>,
    ) {
        let (Some(before), Some(after)) = (old.reference, new.reference) else { return };
        if !self.is_compared(before, after, direction) {
            let visited = self.visited.clone();
            let (old, new) = (old.resolved(self.old), new.resolved(self.new));
            if self.visited.insert((old.address, new.address, direction)) {
                self.contents(at, direction, old, new);
            }
            self.visited = visited;
            return;
        }
        // It does not matter whether the place says it or the component.
        let fill = |schema: &mut Schema<'a>, other: &Schema<'a>, document: &'a Document| {
            let whole = schema.clone().resolved(document);
            for key in other.keys.keys().filter(|key| !is_text(key) && !COMPOSITIONS.contains(key)) {
                if let Some(value) = whole.keys.get(key).filter(|_| !["properties", "required"].contains(key))
                {
                    schema.keys.entry(key).or_insert(value);
                }
            }
        };
        if !old.keys.keys().eq(new.keys.keys()) {
            let known = old.clone();
            fill(&mut old, &new, self.old);
            fill(&mut new, &known, self.new);
        }
        self.contents(at, direction, old, new);
    }

    /// Whether a component is compared on its own as something that has this direction. A part is only compared with the
    /// whole, which may have what the part had, or the reverse.
    pub(super) fn is_compared(&self, old: &str, new: &str, direction: Direction) -> bool {
        let own = self.direction(old, new);
        let is_covered =
            (own.is_sent() || !direction.is_sent()) && (own.is_received() || !direction.is_received());
        is_covered || !self.judged_where_used.contains(old)
    }

    /// Compares choices, and a choice with something that is none; false if neither is one that is written in place.
    fn choices(&mut self, at: &Location, direction: Direction, old: &Schema<'a>, new: &Schema<'a>) -> bool {
        if old.choice_key().is_none() && new.choice_key().is_none() {
            return false;
        }
        let names = |schema: &Schema<'a>| -> BTreeSet<&'a str> {
            let parts = schema.choice_key().map(|key| schema.list(key)).unwrap_or_default();
            parts.iter().filter_map(|part| Schema::of(part).reference).chain(schema.reference).collect()
        };
        let (old_names, new_names) = (names(old), names(new));
        let is_in_new = |name: &str| new_names.iter().any(|other| self.components.same(name, other));
        let is_in_old = |name: &str| old_names.iter().any(|other| self.components.same(other, name));
        let mut before = old.choice(self.old, &at.old, &is_in_new);
        let mut after = new.choice(self.new, &at.new, &is_in_old);
        let was_free = old.allows_everything(self.old);
        let is_free = new.allows_everything(self.new);
        if was_free || is_free {
            before.outer.remove("nullable");
            after.outer.remove("nullable");
        }
        let key = |choice: &Choice<'a>, other: &Choice<'a>| {
            if choice.key.is_empty() { other.key } else { choice.key }
        };
        let here = at.under(key(&before, &after), key(&after, &before));
        self.keys(at, direction, &before.outer, &after.outer, &[]);
        match (before.key, after.key) {
            (_, now) if was_free => {
                let words = format!("`{now}` is new; it was free JSON");
                self.changes.added(direction.verdict(Effect::NARROWER), &here, words);
            }
            (was, _) if is_free => {
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
                self.alternatives(at, direction, before.parts, after.parts);
            }
        }
        true
    }

    /// Notes that a schema has replaced another one, with what that changes.
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
        // Components may contain themselves, so what has been compared is not compared again.
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
            consequences = self.apart(None, |comparison| {
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
        self.is_milder(Verdict::Compatible, Direction::Both, old, new)
    }

    /// Whether all that changed from one schema to another is milder than the verdict.
    fn is_milder(
        &mut self,
        verdict: Verdict,
        direction: Direction,
        old: &Schema<'a>,
        new: &Schema<'a>,
    ) -> bool {
        let question = (old.address, new.address, direction, verdict);
        if let Some(known) = self.milder.get(&question) {
            return *known;
        }
        let (at, old, new) = (Location::same("", ""), old.clone(), new.clone());
        let changes = self.apart(Some(verdict), |comparison| comparison.schemas(&at, direction, old, new));
        let is_milder = changes.iter().all(|change| change.verdict < verdict);
        self.milder.insert(question, is_milder);
        is_milder
    }

    /// Whether something was found that is as bad as what is asked for.
    fn is_decided(&self) -> bool {
        self.asked.is_some_and(|verdict| self.changes.list.iter().any(|change| change.verdict >= verdict))
    }

    /// The changes that `compare` finds, which are not noted: all, or those up to one that is as bad as what is `asked` for.
    fn apart(&mut self, asked: Option<Verdict>, compare: impl FnOnce(&mut Self)) -> Vec<Change> {
        let outer = std::mem::take(&mut self.changes);
        // What is being compared further out is not compared again: schemas may contain themselves.
        let visited = self.visited.clone();
        let waiting = std::mem::take(&mut self.waiting);
        let asked = std::mem::replace(&mut self.asked, asked);
        self.depth += 1;
        compare(self);
        while let Some((at, direction, old, new)) = self.waiting.pop().filter(|_| !self.is_decided()) {
            let (old, new) = (old.resolved(self.old), new.resolved(self.new));
            self.contents(&at, direction, old, new);
        }
        self.depth -= 1;
        self.asked = asked;
        self.waiting = waiting;
        self.visited = visited;
        std::mem::replace(&mut self.changes, outer).list
    }

    /// Compares what schemas say themselves.
    fn contents(&mut self, at: &Location, direction: Direction, old: Schema<'a>, new: Schema<'a>) {
        let (mut old, mut new) = self.merged(direction, old.simplified(self.old), new.simplified(self.new));
        if old.is_free() || new.is_free() {
            // Without a type, null is a value like others.
            old.keys.remove("nullable");
            new.keys.remove("nullable");
        }
        if self.choices(at, direction, &old, &new) {
            return;
        }
        let parts = (old.list("allOf").len(), new.list("allOf").len());
        if parts.0.min(parts.1) == 0 && parts != (0, 0) {
            let state = if parts.0 == 0 { "new" } else { "gone" };
            let words = format!("`allOf` is {state}, with {} parts that disagree", parts.0.max(parts.1));
            self.changes.note(direction.verdict(Effect::DIFFERENT), &at.below("allOf"), words);
            return self.some_keys(at, direction, &old, &new, is_text);
        }
        let is_one_free = old.is_free() != new.is_free();
        let have_one_kind = self.kind(&at.below("type"), direction, old.kind(), new.kind());
        if !have_one_kind || is_one_free && old.kind() != new.kind() {
            let is_meant = |key: &str| is_text(key) || is_one_free && OUTER.contains(&key);
            return self.some_keys(at, direction, &old, &new, is_meant);
        }
        self.keys(at, direction, &old.keys, &new.keys, &ELSEWHERE);
        self.values(&at.below("enum"), direction, &old, &new);
        if !self.map(at, direction, &old, &new) {
            self.members(at, direction, &old, &new);
            self.additional(at, direction, &old, &new);
        }
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
                    let schemas = |list: &'a [Value], at: &str| -> Vec<(String, Schema<'a>)> {
                        let part = |(index, part)| (format!("{at}/{key}/{index}"), Schema::of(part));
                        list.iter().enumerate().map(part).collect()
                    };
                    let (before, after) = (schemas(before, &at.old), schemas(after, &at.new));
                    let kinds = |list: &[(String, Schema<'a>)], document| -> BTreeSet<&str> {
                        list.iter().filter_map(|(_, part)| part.clone().resolved(document).kind()).collect()
                    };
                    // Parts are not alternatives: one more of them allows less.
                    if key != "allOf" || kinds(&before, self.old) == kinds(&after, self.new) {
                        self.alternatives(at, direction, before, after);
                        continue;
                    }
                    "the parts of `allOf`, which disagree, are others now".to_owned()
                }
            };
            self.changes.note(direction.verdict(Effect::DIFFERENT), &at.below(key), words);
        }
    }

    /// The schemas with the parts of `allOf` merged, if they can be. Parts that both have are compared on their own.
    fn merged(&mut self, direction: Direction, old: Schema<'a>, new: Schema<'a>) -> (Schema<'a>, Schema<'a>) {
        if !old.keys.contains_key("allOf") && !new.keys.contains_key("allOf") {
            return (old, new);
        }
        let parts = |schema: &Schema<'a>| -> Vec<&'a str> {
            schema.list("allOf").iter().filter_map(|part| Schema::of(part).reference).collect()
        };
        let (before, after) = (parts(&old), parts(&new));
        for name in &after {
            if before.iter().any(|other| self.components.same(other, name)) {
                self.met.insert(name);
            }
        }
        let same =
            |old: &str, new: &str| self.components.same(old, new) && self.is_compared(old, new, direction);
        let is_in_new = |name: &str| after.iter().any(|other| same(name, other));
        let is_in_old = |name: &str| before.iter().any(|other| same(other, name));
        let merged = (old.clone().merged(self.old, &is_in_new), new.clone().merged(self.new, &is_in_old));
        match merged {
            (None, None) => (old, new),
            (before, after) => (before.unwrap_or(old), after.unwrap_or(new)),
        }
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
                return effect != Effect::DIFFERENT;
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
        let has = |values: &[Value], value: &Value| values.iter().any(|known| is_same_value(known, value));
        match (old.keys.contains_key("enum"), new.keys.contains_key("enum")) {
            (false, true) if old.kind() == Some("boolean") && has(after, &YES) && has(after, &NO) => {
                self.changes.note(Verdict::Compatible, at, "lists both values that it can be");
            }
            (false, true) => {
                let words = format!("can now only be {}", listed(after));
                self.changes.note(direction.verdict(Effect::NARROWER), at, words);
            }
            (true, false) => {
                let words = format!("can now be any value, not only {}{open}", listed(before));
                self.changes.removed(Verdict::Compatible, at, words);
            }
            _ => {
                let added: Vec<&Value> = after.iter().filter(|value| !has(before, value)).collect();
                let removed: Vec<&Value> = before.iter().filter(|value| !has(after, value)).collect();
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

    /// Compares an object that declares members with one that takes any; false if both do the same.
    fn map(&mut self, at: &Location, direction: Direction, old: &Schema<'a>, new: &Schema<'a>) -> bool {
        let declares = |schema: &Schema<'a>| !schema.members.is_empty() || !schema.inherited.is_empty();
        let (was, is) = (old.of_a_map(), new.of_a_map());
        let here = at.below("properties");
        if was.is_some() && declares(new) {
            let words = "declares its members now; they could be any";
            self.changes.note(direction.verdict(Effect::NARROWER), &here, words);
        } else if is.is_some() && declares(old) {
            let words = "no longer declares its members: they can be any";
            self.changes.note(direction.verdict(Effect::WIDER), &here, words);
        } else {
            return false;
        }
        for (name, before, after) in entries(&old.members, &new.members) {
            let of_all = |all: Option<&'a Value>| all.filter(|all| !Schema::of(all).is_free());
            if let (Some(before), Some(after)) = (before.or(of_all(was)), after.or(of_all(is))) {
                let here = at.below(&format!("properties/{}", escape(name)));
                self.schema(&here.named(at.within(&format!(".{name}"))), direction, before, after);
            }
        }
        true
    }

    /// Compares the members of objects: which are new, which are gone, and which may be missing.
    fn members(&mut self, at: &Location, direction: Direction, old: &Schema<'a>, new: &Schema<'a>) {
        let here = |name: &str| {
            let at = at.clone().required(false);
            at.below(&format!("properties/{}", escape(name))).named(at.within(&format!(".{name}")))
        };
        let requires = |schema: &Schema<'a>, name| {
            schema.required.contains(name) || schema.inherited_required.contains(name)
        };
        for (name, before, after) in entries(&old.members, &new.members) {
            let (was_required, is_required) = (requires(old, name), requires(new, name));
            // What one document declares, the other one may inherit.
            let other = |schema: &Schema<'a>| schema.inherited.get(name).copied();
            let (before, after) = (before.or_else(|| other(old)), after.or_else(|| other(new)));
            // A read-only member is not sent, and a write-only one is not received.
            let flags = |key: &str| {
                let has = |document, schema: Option<&'a Value>| {
                    schema.map(|schema| has_flag(document, schema, key))
                };
                (has(self.old, before), has(self.new, after))
            };
            let all =
                |(old, new): (Option<bool>, Option<bool>)| old.or(new) == Some(true) && new != Some(false);
            let read_only = flags("readOnly");
            let direction = Direction::of(
                direction.is_sent() && !all(read_only),
                direction.is_received() && !all(flags("writeOnly")),
            );
            match (before, after) {
                (Some(before), Some(after)) => {
                    if was_required != is_required {
                        self.required(&here(name), direction, is_required);
                    } else if is_required && direction.is_sent() && read_only == (Some(true), Some(false)) {
                        let words =
                            "is now required in requests; it was read-only: requests without it are refused";
                        self.changes.note(Verdict::Breaking, &here(name), words);
                    }
                    let at = here(name).required(was_required && is_required);
                    self.schema(&at, direction, before, after);
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
        let added = new.required.difference(&old.required).filter(|name| !requires(old, name));
        let removed = old.required.difference(&new.required).filter(|name| !requires(new, name));
        for name in added.filter(undeclared) {
            if new.inherits(self.new, name) {
                self.required(&here(name), direction, true);
            } else {
                let words = format!("`{name}` is required and not declared");
                self.changes.note(direction.verdict(Effect::DIFFERENT), &at.below("required"), words);
            }
        }
        for name in removed.filter(undeclared) {
            if old.inherits(self.old, name) {
                self.required(&here(name), direction, false);
            } else {
                let words = format!("`{name}`, which is not declared, is no longer required");
                self.changes.note(Verdict::Compatible, &at.below("required"), words);
            }
        }
    }

    /// Notes that a member is now required, or no longer.
    pub(super) fn required(&mut self, at: &Location, direction: Direction, is_required: bool) {
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

    /// Compares alternatives in any order, each with its JSON pointer: equal ones, then those of one name or type, then the
    /// last two. What another one covers is not a new alternative.
    fn alternatives(
        &mut self,
        at: &Location,
        direction: Direction,
        old: Vec<(String, Schema<'a>)>,
        new: Vec<(String, Schema<'a>)>,
    ) {
        let here = |old: &str, new: &str| {
            let label = [new, old].iter().find_map(|pointer| {
                let (rest, index) = pointer.rsplit_once('/')?;
                let (_, key) = rest.rsplit_once('/')?;
                let index: usize = index.parse().ok().filter(|_| COMPOSITIONS.contains(&key))?;
                Some(format!("<{key} {}>", index + 1))
            });
            let within = at.within(&label.unwrap_or_default());
            Location { old: old.to_owned(), new: new.to_owned(), ..at.clone() }.named(within)
        };
        let (all_old, all_new) = (old.clone(), new.clone());
        let mut left = old;
        let mut added = Vec::new();
        for (pointer, schema) in new {
            let same = left.iter().position(|(_, known)| self.are_same(known, &schema));
            match same.map(|position| left.remove(position)) {
                Some((old_pointer, known)) => {
                    self.schemas(&here(&old_pointer, &pointer), direction, known, schema);
                }
                None => added.push((pointer, schema)),
            }
        }
        let are_last = left.len() == 1 && added.len() == 1;
        for (pointer, schema) in added {
            let like = left.iter().position(|(_, known)| are_last || known.name() == schema.name());
            if let Some((old_pointer, known)) = like.map(|position| left.remove(position)) {
                self.schemas(&here(&old_pointer, &pointer), direction, known, schema);
                continue;
            }
            let name = schema.name();
            let here = here(&at.old, &pointer).named(&at.within);
            let covers = |comparison: &mut Self, known: &Schema<'a>| {
                comparison.is_milder(Verdict::Breaking, Direction::Received, known, &schema)
            };
            if direction.is_received() && all_old.iter().any(|(_, known)| covers(self, known)) {
                let words = format!("can now also be {name}, which callers take already");
                self.changes.added(Verdict::Compatible, &here, words);
            } else {
                let words = format!("can now also be {name}");
                self.changes.added(direction.verdict(Effect::WIDER), &here, words);
            }
        }
        for (pointer, schema) in left {
            let name = schema.name();
            let here = here(&pointer, &at.new).named(&at.within);
            let covers = |comparison: &mut Self, other: &Schema<'a>| {
                comparison.is_milder(Verdict::Breaking, Direction::Sent, &schema, other)
            };
            if direction.is_sent() && all_new.iter().any(|(_, other)| covers(self, other)) {
                let words = format!("can no longer be {name}, but what covers it");
                self.changes.removed(Verdict::Compatible, &here, words);
            } else {
                let words = format!("can no longer be {name}");
                self.changes.removed(direction.verdict(Effect::NARROWER), &here, words);
            }
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
