//! Which components this client sends and receives, and what the places say that use them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::change::Direction;
use super::operations::{is_success, used_media_type};
use super::rules::{is_text, keys};
use super::schemas::{COMPOSITIONS, ELSEWHERE, Schema};
use crate::generate::document::Document;

/// The components that this client sends, and those that it reads from successful responses.
#[derive(Debug)]
pub(super) struct Used<'a> {
    pub(super) sent: BTreeSet<&'a str>,
    pub(super) received: BTreeSet<&'a str>,
    /// Those that something else takes over with `allOf`: what is sent, and what is received.
    parts: [BTreeSet<&'a str>; 2],
    /// What each place says by itself that uses a component.
    settled: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

/// A schema at a place.
struct Use<'a> {
    schema: &'a Value,
    /// Whether the value cannot be left out.
    is_required: bool,
    /// Whether it is one of several parts of another schema.
    is_part: bool,
}

impl<'a> Used<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        let (mut sent, mut received) = (Vec::new(), Vec::new());
        let whole = |list: &mut Vec<Use<'a>>, holder: Option<&'a Value>| {
            let is_required = holder.and_then(|holder| holder.get("required")) == Some(&Value::Bool(true));
            let schema = holder.and_then(|holder| holder.get("schema"));
            list.extend(schema.map(|schema| Use { schema, is_required, is_part: false }));
        };
        for operation in document.places().iter().filter_map(|place| document.operation(place)) {
            let content = |holder: Option<&'a Value>| {
                let content = keys(holder.and_then(|holder| holder.get("content")));
                used_media_type(&content).and_then(|used| content.get(used).copied())
            };
            for parameter in operation.get("parameters").and_then(Value::as_array).into_iter().flatten() {
                whole(&mut sent, Some(parameter));
                whole(&mut sent, content(Some(parameter)));
            }
            whole(&mut sent, content(operation.get("requestBody")));
            let responses = keys(operation.get("responses"));
            for (_, response) in responses.iter().filter(|(status, _)| is_success(status, &responses)) {
                whole(&mut received, content(Some(response)));
                for (_, header) in keys(response.get("headers")) {
                    whole(&mut received, document.resolve(header));
                }
            }
        }
        let mut used = Self {
            sent: BTreeSet::new(),
            received: BTreeSet::new(),
            parts: [BTreeSet::new(), BTreeSet::new()],
            settled: BTreeMap::new(),
        };
        let (sent, received) =
            (used.reached(document, sent, "readOnly"), used.reached(document, received, "writeOnly"));
        (used.sent, used.received) = (sent.0, received.0);
        used.parts = [sent.1, received.1];
        used
    }

    /// The components that are reached by themselves, and those that are reached as parts. What has the flag `hidden` is left
    /// out.
    fn reached(
        &mut self,
        document: &'a Document,
        mut open: Vec<Use<'a>>,
        hidden: &str,
    ) -> (BTreeSet<&'a str>, BTreeSet<&'a str>) {
        let mut reached = BTreeSet::new();
        while let Some(Use { schema, is_required, is_part }) = open.pop() {
            let schema = Schema::of(schema);
            if let Some(name) = schema.reference {
                let says = |key: &&str| !is_text(key) && !ELSEWHERE.contains(key);
                let own = schema.keys.keys().copied().filter(says).chain(is_required.then_some("default"));
                let own: BTreeSet<&str> = own.collect();
                self.settled
                    .entry(name)
                    .and_modify(|known| known.retain(|key| own.contains(key)))
                    .or_insert(own);
                if reached.insert((name, is_part)) {
                    open.extend(document.schema(name).map(|schema| Use {
                        schema,
                        is_required: false,
                        is_part,
                    }));
                }
            }
            let shown = schema.members.iter().filter(|(_, member)| !has_flag(document, member, hidden));
            open.extend(shown.map(|(name, schema_of)| Use {
                schema: schema_of,
                is_required: schema.required.contains(name),
                is_part: false,
            }));
            for key in ["items", "additionalProperties", "not"] {
                let inner = schema.keys.get(key).copied();
                open.extend(inner.map(|schema| Use { schema, is_required: true, is_part: false }));
            }
            for key in COMPOSITIONS {
                let is_part = key == "allOf";
                open.extend(schema.list(key).iter().map(|schema| Use { schema, is_required, is_part }));
            }
        }
        let named =
            |part: bool| reached.iter().filter(move |(_, is_part)| *is_part == part).map(|(name, _)| *name);
        (named(false).collect(), named(true).collect())
    }

    pub(super) fn is_part(&self, name: &str) -> bool {
        self.parts.iter().any(|parts| parts.contains(name))
    }

    /// Whether calls send the component and receive it, as a part too.
    pub(super) fn direction(&self, name: &str) -> Direction {
        let [sent, received] = &self.parts;
        Direction::of(
            self.sent.contains(name) || sent.contains(name),
            self.received.contains(name) || received.contains(name),
        )
    }

    /// The keys that every place says by itself that uses the component.
    pub(super) fn settled(&self, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.settled.get(name).cloned().unwrap_or_default().into_iter()
    }
}

/// Whether a schema, or what it refers to, has a flag.
pub(super) fn has_flag(document: &Document, schema: &Value, flag: &str) -> bool {
    Schema::of(schema).resolved(document).keys.get(flag) == Some(&&Value::Bool(true))
}
