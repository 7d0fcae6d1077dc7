//! What is around the schemas: operations, parameters, bodies, responses.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::change::{Direction, Effect, Location, Verdict};
use super::compare::Comparison;
use super::pairs::{self, parameter_names, path_template};
use super::rules::{self, Keys, entries, keys};
use super::schemas::Schema;
use crate::generate::document::{Document, METHODS, Place, escape};

/// A value in the old document and in the new one.
pub(super) type Pair<'a> = (Option<&'a Value>, Option<&'a Value>);

impl<'a> Comparison<'a> {
    /// Notes what changed about all operations.
    pub(super) fn operations(&mut self) {
        let id = |document: &Document, place: &Place| {
            let id = document.operation(place).and_then(|operation| operation.get("operationId"));
            id.and_then(Value::as_str).map(|id| format!(", `{id}`")).unwrap_or_default()
        };
        let mut pairs = pairs::operations(self.old, self.new);
        // Those that are new or gone come first.
        pairs.sort_by_key(|(old, new)| old.is_some() && new.is_some());
        for pair in pairs {
            match pair {
                (Some(old), Some(new)) => self.operation(&old, &new),
                (None, Some(place)) => {
                    let words = format!("is a new operation{}", id(self.new, &place));
                    let at = Location::same(place.to_string(), &place.pointer());
                    self.changes.added(Verdict::Compatible, &at, words);
                }
                (Some(place), None) => {
                    let words = format!("is gone{}", id(self.old, &place));
                    let at = Location::same(place.to_string(), &place.pointer());
                    self.changes.removed(Verdict::Breaking, &at, words);
                }
                (None, None) => {}
            }
        }
        let extensions = |document: &'a Document| with_x(keys(document.at("/paths")));
        let at = Location::same("document", "/paths");
        self.keys(&at, Direction::Both, &extensions(self.old), &extensions(self.new), &[]);
        // The other keys of a path. Its parameters have been copied into the operations.
        let by_template = |document: &'a Document| -> BTreeMap<String, (&'a str, &'a Value)> {
            let paths = keys(document.at("/paths")).into_iter().filter(|(path, _)| !path.starts_with("x-"));
            paths.map(|(path, item)| (path_template(path), (path, item))).collect()
        };
        let (before, after) = (by_template(self.old), by_template(self.new));
        for (template, (path, item)) in after {
            if let Some((old, known)) = before.get(&template) {
                let (old, new) = (path_pointer(old), path_pointer(path));
                self.servers(path, (&[&old, ""], &[&new, ""]));
                let at = Location::new(path, old, new);
                let elsewhere = [METHODS.as_slice(), &["servers"]].concat();
                self.keys(&at, Direction::Both, &keys(Some(known)), &keys(Some(item)), &elsewhere);
            }
        }
    }

    fn operation(&mut self, old: &Place, new: &Place) {
        let at = Location::new(new.to_string(), old.pointer(), new.pointer());
        if path_template(&old.path) != path_template(&new.path) {
            let words = format!("the path is now `{}`; it was `{}`", new.path, old.path);
            self.changes.note(Verdict::Breaking, &at, words);
        } else if old.path != new.path {
            let words = format!("the path is now written `{}`; it was `{}`", new.path, old.path);
            self.changes.note(Verdict::Compatible, &at, words + ": calls stay the same");
        }
        if old.method != new.method {
            let words = format!("the method is now {}; it was {}", new.method, old.method);
            self.changes.note(Verdict::Breaking, &at, words);
        }
        let (before, after) = (keys(self.old.operation(old)), keys(self.new.operation(new)));
        let (old_path, new_path) = (path_pointer(&old.path), path_pointer(&new.path));
        self.servers(&at.place, (&[&at.old, &old_path, ""], &[&at.new, &new_path, ""]));
        let elsewhere = ["parameters", "requestBody", "responses", "security", "servers"];
        self.keys(&at, Direction::Both, &before, &after, &elsewhere);
        let pair = |key: &str| (before.get(key).copied(), after.get(key).copied());
        let own_security = pair("security");
        if own_security != (None, None) {
            let (old, new) = (self.old.at("/security"), self.new.at("/security"));
            self.security(&at.below("security"), (own_security.0.or(old), own_security.1.or(new)));
        }
        let (old_parameters, new_parameters) = pair("parameters");
        self.parameters(&at, Parameter::list(old_parameters, old), Parameter::list(new_parameters, new));
        self.body(&at.below("requestBody").named("body"), pair("requestBody"));
        self.responses(&at, pair("responses"));
    }

    /// Compares parameters. Those of the path are known by their position, and the others by their name.
    fn parameters(&mut self, at: &Location, mut old: Vec<Parameter<'a>>, new: Vec<Parameter<'a>>) {
        let at = |old: &Parameter<'a>, new: &Parameter<'a>| {
            let here = at.under(&format!("parameters/{}", old.index), &format!("parameters/{}", new.index));
            here.named(new.label())
        };
        let mut added = Vec::new();
        for parameter in new {
            match old.iter().position(|known| known.key == parameter.key) {
                Some(index) => {
                    let known = old.remove(index);
                    self.parameter(&at(&known, &parameter), &known, &parameter);
                }
                None => added.push(parameter),
            }
        }
        if let ([gone], [new]) = (old.as_slice(), added.as_slice())
            && gone.text("in") == new.text("in")
            && gone.is_required() == new.is_required()
            && self.is_same_schema(gone.value.get("schema"), new.value.get("schema"))
        {
            let verdict = if new.text("in") == "path" { Verdict::Compatible } else { Verdict::Breaking };
            let words = format!("was called `{}`, by its position and schema", gone.text("name"));
            return self.changes.note(verdict, &at(gone, new), words);
        }
        for parameter in &added {
            let (verdict, words) = if parameter.is_required() {
                (Verdict::Breaking, "is new and required: calls without it are refused")
            } else {
                (Verdict::Compatible, "is new and optional")
            };
            self.changes.added(verdict, &at(parameter, parameter), words);
        }
        for parameter in &old {
            let words = "is gone: calls that send it may be refused";
            self.changes.removed(Verdict::Breaking, &at(parameter, parameter), words);
        }
    }

    fn parameter(&mut self, at: &Location, old: &Parameter<'a>, new: &Parameter<'a>) {
        if old.text("name") != new.text("name") {
            let words = format!("was called `{}`: calls stay the same", old.text("name"));
            self.changes.note(Verdict::Compatible, at, words);
        }
        let place = new.text("in");
        let (before, after) = (stated(old.value, place, self.old), stated(new.value, place, self.new));
        self.keys(at, Direction::Sent, &before, &after, &["name", "in", "schema"]);
        let schema = |parameter: &Parameter<'a>| parameter.value.get("schema").unwrap_or(&Value::Null);
        let is_required = [old, new].iter().all(|parameter| parameter.is_required());
        let at = at.below("schema").required(is_required);
        self.schema(&at, Direction::Sent, schema(old), schema(new));
    }

    fn body(&mut self, at: &Location, (old, new): Pair<'a>) {
        if old.is_none() && new.is_some_and(|body| body.get("required") == Some(&Value::Bool(true))) {
            return self.changes.added(Verdict::Breaking, at, "is new and required");
        }
        if let Some((old, new)) = self.both(at, Direction::Sent, &rules::BODY, ("", old, new)) {
            let is_required = |body: &Value| body.get("required") == Some(&Value::Bool(true));
            match (is_required(old), is_required(new)) {
                (false, true) => {
                    let words = "is now required; it was optional: this client always sends it";
                    self.changes.note(Verdict::Compatible, &at.below("required"), words);
                }
                (true, false) => {
                    let words = "is now optional; it was required";
                    self.changes.note(Verdict::Compatible, &at.below("required"), words);
                }
                _ => {}
            }
            self.keys(at, Direction::Sent, &keys(Some(old)), &keys(Some(new)), &["content", "required"]);
            self.content(at, Direction::Sent, (old.get("content"), new.get("content")));
        }
    }

    fn responses(&mut self, at: &Location, (old, new): Pair<'a>) {
        let (mut before, mut after) = (keys(old), keys(new));
        let extensions = (with_x(before.clone()), with_x(after.clone()));
        self.keys(&at.below("responses"), Direction::Neither, &extensions.0, &extensions.1, &[]);
        before.retain(|key, _| !key.starts_with("x-"));
        after.retain(|key, _| !key.starts_with("x-"));
        let had_success = before.keys().any(|status| is_success(status, &before));
        for entry @ (status, ..) in entries(&before, &after) {
            let at = at.below(&format!("responses/{}", escape(status))).named(format!("response {status}"));
            let is_read = is_success(status, if entry.2.is_some() { &after } else { &before });
            if is_read && entry.1.is_none() && !had_success {
                self.changes.added(Verdict::Compatible, &at, "is now declared; no success was");
                continue;
            }
            // An error is read alike whatever is declared of it, so nothing breaks there.
            let (direction, rule) = if is_read {
                (Direction::Received, &rules::SUCCESS)
            } else {
                (Direction::Neither, &rules::ERROR)
            };
            if let Some((old, new)) = self.both(&at, direction, rule, entry) {
                self.keys(&at, direction, &keys(Some(old)), &keys(Some(new)), &["content", "headers"]);
                self.content(&at, direction, (old.get("content"), new.get("content")));
                self.headers(&at, direction, (old.get("headers"), new.get("headers")));
            }
        }
    }

    /// Compares the media types of a body or a response, of which this client uses one.
    fn content(&mut self, at: &Location, direction: Direction, (old, new): Pair<'a>) {
        let (mut before, mut after) = (keys(old), keys(new));
        let here = |old: &str, new: &str| {
            at.under(&format!("content/{}", escape(old)), &format!("content/{}", escape(new)))
        };
        match (used_media_type(&before), used_media_type(&after)) {
            (Some(old), Some(new)) if media_type(old) == media_type(new) => {
                let here = here(old, new);
                if old != new {
                    let words = format!("the media type is now written `{new}`; it was `{old}`");
                    self.changes.note(Verdict::Compatible, &here, words);
                }
                let (old, new) = (keys(before.remove(old)), keys(after.remove(new)));
                self.with_schema(&here, direction, &old, &new);
            }
            (Some(old), Some(new)) => {
                let words = format!("this client has to use `{new}` now; it was `{old}`");
                self.changes.note(direction.verdict(Effect::DIFFERENT), &here(old, new), words);
                if !after.contains_key(old) {
                    before.remove(old);
                }
                if !before.contains_key(new) {
                    after.remove(new);
                }
            }
            (old, new) => {
                let entry = |used: Option<&'a str>, content: &mut Keys<'a>| content.remove(used?);
                let entry = (entry(old, &mut before), entry(new, &mut after));
                let name = old.or(new).unwrap_or_default();
                self.both(&here(name, name), direction, &rules::MEDIA_TYPE, (name, entry.0, entry.1));
            }
        }
        for entry @ (name, ..) in entries(&before, &after) {
            let here = here(name, name);
            let rule = &rules::UNUSED_MEDIA_TYPE;
            if let Some((old, new)) = self.both(&here, Direction::Neither, rule, entry) {
                let here = here.named(format!("{} `{name}`", at.within));
                self.with_schema(&here, Direction::Neither, &keys(Some(old)), &keys(Some(new)));
            }
        }
    }

    /// Compares what holds a schema: a media type or a header.
    fn with_schema(&mut self, at: &Location, direction: Direction, old: &Keys<'a>, new: &Keys<'a>) {
        self.keys(at, direction, old, new, &["schema"]);
        let at = at.below("schema");
        let entry = ("", old.get("schema").copied(), new.get("schema").copied());
        if let Some((old, new)) = self.both(&at, direction, &rules::SCHEMA, entry) {
            self.schema(&at, direction, old, new);
        }
    }

    fn headers(&mut self, at: &Location, direction: Direction, (old, new): Pair<'a>) {
        let (before, after) = (by_header(old, self.old), by_header(new, self.new));
        let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for name in names {
            let (old, new) = (before.get(name), after.get(name));
            let (Some((was, _)), Some((now, _))) = (old.or(new), new.or(old)) else { continue };
            let pointer = |name: &str| format!("headers/{}", escape(name));
            let within = format!("{}, header `{now}`", at.within);
            let at = at.under(&pointer(was), &pointer(now)).named(within);
            let entry = (*now, old.map(|(_, value)| *value), new.map(|(_, value)| *value));
            if let Some((old, new)) = self.both(&at, direction, &rules::HEADER, entry) {
                if was != now {
                    let words = format!("is now written `{now}`; it was `{was}`");
                    self.changes.note(Verdict::Compatible, &at, words);
                }
                let is_required = |header: &Value| header.get("required") == Some(&Value::Bool(true));
                if is_required(old) != is_required(new) {
                    self.required(&at.below("required"), direction, is_required(new));
                }
                let (mut before, mut after) =
                    (stated(old, "header", self.old), stated(new, "header", self.new));
                before.remove("required");
                after.remove("required");
                self.with_schema(&at, direction, &before, &after);
            }
        }
    }
}

/// Whether a response is read by its schema: it has a status of success, or is the only one that there is for it.
pub(super) fn is_success(status: &str, responses: &Keys<'_>) -> bool {
    status.starts_with('2') || status == "default" && !responses.keys().any(|status| status.starts_with('2'))
}

fn path_pointer(path: &str) -> String {
    format!("/paths/{}", escape(path))
}

/// The extensions of an object whose other keys are names.
fn with_x(mut keys: Keys<'_>) -> Keys<'_> {
    keys.retain(|key, _| key.starts_with("x-"));
    keys
}

/// The headers of a response, as written and with their values. Upper and lower case are the same.
fn by_header<'a>(
    headers: Option<&'a Value>,
    document: &'a Document,
) -> BTreeMap<String, (&'a str, &'a Value)> {
    let entry = |(name, value): (&'a str, &'a Value)| {
        (name.to_ascii_lowercase(), (name, document.resolve(value).unwrap_or(value)))
    };
    keys(headers).into_iter().map(entry).collect()
}

/// The media type that this client sends or reads: JSON, or else the first one.
pub(super) fn used_media_type<'a>(content: &Keys<'a>) -> Option<&'a str> {
    let json = content.keys().find(|name| media_type(name) == "application/json");
    json.or(content.keys().next()).copied()
}

/// The media type without its parameters, such as the charset. What is open is JSON for this client.
fn media_type(name: &str) -> String {
    match name.split(';').next().unwrap_or_default().trim() {
        "*/*" | "application/*" => "application/json".to_owned(),
        name => name.to_ascii_lowercase(),
    }
}

/// A parameter, where it is, and what it is known by.
struct Parameter<'a> {
    index: usize,
    key: String,
    value: &'a Value,
}

impl<'a> Parameter<'a> {
    /// The parameters of the operation at `place`.
    fn list(parameters: Option<&'a Value>, place: &Place) -> Vec<Self> {
        let names = parameter_names(&place.path);
        let parameters = parameters.and_then(Value::as_array).into_iter().flatten().enumerate();
        let of = |(index, value): (usize, &'a Value)| {
            let mut parameter = Self { index, key: String::new(), value };
            let (place, name) = (parameter.text("in"), parameter.text("name"));
            let position = names.iter().position(|known| *known == name).filter(|_| place == "path");
            let name = position.map_or_else(|| name.to_owned(), |position| position.to_string());
            let name = if place == "header" { name.to_ascii_lowercase() } else { name };
            parameter.key = format!("{place}:{name}");
            parameter
        };
        parameters.map(of).collect()
    }

    fn text(&self, key: &str) -> &'a str {
        self.value.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    fn is_required(&self) -> bool {
        self.value.get("required") == Some(&Value::Bool(true))
    }

    fn label(&self) -> String {
        let kind = match self.text("in") {
            "query" => "parameter",
            "path" => "path parameter",
            "header" => "header",
            _ => "cookie",
        };
        format!("{kind} `{}`", self.text("name"))
    }
}

/// The keys of a parameter or header at `place`, without a `style` and an `explode` that say what holds anyway.
fn stated<'a>(value: &'a Value, place: &str, document: &'a Document) -> Keys<'a> {
    let mut keys = keys(Some(value));
    let usual = if matches!(place, "query" | "cookie") { "form" } else { "simple" };
    let style = keys.get("style").and_then(|style| style.as_str()).unwrap_or(usual);
    let explode = keys.get("explode").and_then(|explode| explode.as_bool());
    // A single value is written alike with both.
    let schema = Schema::of(value.get("schema").unwrap_or(&Value::Null)).resolved(document);
    let is_single = !matches!(schema.kind(), None | Some("array" | "object"));
    if is_single || explode == Some(style == "form") {
        keys.remove("explode");
    }
    if style == usual {
        keys.remove("style");
    }
    keys
}
