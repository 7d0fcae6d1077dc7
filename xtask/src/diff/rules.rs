//! The table of rules: what it means for this client's callers when something appears, disappears, or changes.
//!
//! Types, lists of values, and which operation, parameter or component is which are compared in `schemas`, `operations` and
//! `pairs`.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde_json::Value;

use super::change::{Direction, Effect, Location, Side};
use super::compare::Comparison;

/// The keys of an object.
pub(super) type Keys<'a> = BTreeMap<&'a str, &'a Value>;

/// An effect, and what is said about it. `{key}`, `{old}` and `{new}` are replaced by the key and its values.
type Meaning = (Effect, &'static str);

/// What the changes of one thing mean.
pub(super) struct Rule {
    absent: Absent,
    added: Meaning,
    removed: Meaning,
    changed: Changed,
}

/// The value that a key has where it is not written.
enum Absent {
    None,
    False,
    Zero,
    /// As it has where the value is one of these, which say what this client does anyway.
    Hint(&'static [&'static str]),
}

enum Changed {
    To(Meaning),
    Figure { rises: Effect, falls: Effect },
}

const NARROWER: Effect = Effect::NARROWER;
const WIDER: Effect = Effect::WIDER;
const DIFFERENT: Effect = Effect::DIFFERENT;
const HARMLESS: Effect = Effect::HARMLESS;

/// Key, the name that reports call it by if it is not the key, and its rule.
static RULES: &[(&str, &str, Rule)] = &[
    // Text, which comes first.
    ("description", "the description", TEXT),
    ("summary", "the summary", TEXT),
    ("title", "the title", TEXT),
    ("example", "the example", TEXT),
    ("examples", "the list of examples", TEXT),
    ("externalDocs", "the link to further documentation", TEXT),
    ("tags", "", TEXT),
    ("xml", "", TEXT),
    ("bearerFormat", "", TEXT),
    ("version", "the version", valued(Effect::TEXT)),
    ("contact", "the contact", valued(Effect::TEXT)),
    ("license", "the license", valued(Effect::TEXT)),
    ("termsOfService", "the link to the terms of service", valued(Effect::TEXT)),
    ("openapi", "the version of OpenAPI", valued(HARMLESS)),
    // Values of a schema.
    ("nullable", "", flag((WIDER, "may now be null"), (NARROWER, "can no longer be null"))),
    (
        // Numbers of this client have 64 bits.
        "format",
        "",
        Rule {
            absent: Absent::Hint(&["password", "int64", "double"]),
            ..rule(
                (NARROWER, "now has the format {new}; it had none"),
                (WIDER, "no longer has a format; it was {old}"),
                (DIFFERENT, "now has the format {new}; it was {old}"),
            )
        },
    ),
    (
        // A caller that leaves the value out gets something else. In responses a default says nothing.
        "default",
        "",
        rule(
            (HARMLESS, "the default is now {new}; there was none"),
            (NARROWER, "the default {old} is gone"),
            (NARROWER, "the default is now {new}; it was {old}"),
        ),
    ),
    (
        "readOnly",
        "",
        flag(
            (Effect::UNSENT, "is now read-only: it is no longer sent"),
            (Effect::SENT, "may now be sent; it was read-only"),
        ),
    ),
    (
        "writeOnly",
        "",
        flag(
            (WIDER, "is now write-only: responses no longer have it"),
            (HARMLESS, "is now in responses; it was write-only"),
        ),
    ),
    ("not", "", rule(NOT, NOT, NOT)),
    // Limits. This client checks none of them in responses, so nothing breaks there.
    ("maximum", "maximum", UPPER),
    ("maxLength", "maximum length", UPPER),
    ("maxItems", "maximum number of items", UPPER),
    ("maxProperties", "maximum number of members", UPPER),
    ("minimum", "minimum", LOWER),
    ("minLength", "minimum length", Rule { absent: Absent::Zero, ..LOWER }),
    ("minItems", "minimum number of items", Rule { absent: Absent::Zero, ..LOWER }),
    ("minProperties", "minimum number of members", Rule { absent: Absent::Zero, ..LOWER }),
    ("exclusiveMinimum", "", STRICTER),
    ("exclusiveMaximum", "", STRICTER),
    ("uniqueItems", "", STRICTER),
    ("pattern", "", RESTRICTION),
    ("multipleOf", "", RESTRICTION),
    // Parameters and operations.
    (
        "required",
        "",
        flag(
            (NARROWER, "is now required; it was optional: calls without it are refused"),
            (HARMLESS, "is now optional; it was required"),
        ),
    ),
    ("deprecated", "", flag((HARMLESS, "is now deprecated"), (HARMLESS, "is no longer deprecated"))),
    ("allowReserved", "", flag((DIFFERENT, "{key} is new"), (DIFFERENT, "{key} is gone"))),
    ("allowEmptyValue", "", flag((HARMLESS, "may now be empty"), (NARROWER, "can no longer be empty"))),
    (
        "operationId",
        "the operation id",
        rule(
            (HARMLESS, "{key} is now {new}; there was none"),
            (HARMLESS, "{key} {old} is gone"),
            (HARMLESS, "{key} is now {new}; it was {old}: names here follow method and path"),
        ),
    ),
    // This client follows no links, takes no callbacks, sends no forms, and distinguishes alternatives by their members.
    ("discriminator", "", named(HARMLESS)),
    ("links", "", named(HARMLESS)),
    ("callbacks", "", named(HARMLESS)),
    ("encoding", "", named(HARMLESS)),
];

/// Keys whose values may be anything, so that an empty list or object says something.
const VALUES: [&str; 3] = ["default", "example", "not"];

pub(super) const SERVER: Rule =
    thing((HARMLESS, "the server {key} is new"), (DIFFERENT, "the server {key} is gone"));

pub(super) const SECURITY_SCHEME: Rule =
    thing((HARMLESS, "is new"), (HARMLESS, "is gone: the other changes say which calls it protected"));

pub(super) const BODY: Rule = thing((HARMLESS, "is new and optional"), (DIFFERENT, "is no longer taken"));

pub(super) const SUCCESS: Rule = thing(
    (DIFFERENT, "is a new success: callers that expect another do not know it"),
    (DIFFERENT, "is no longer declared; it was a success"),
);

pub(super) const ERROR: Rule = thing(
    (HARMLESS, "is now declared: this client takes an error of any status"),
    (HARMLESS, "is no longer declared: this client takes an error of any status"),
);

pub(super) const HEADER: Rule = thing((HARMLESS, "is now declared"), (DIFFERENT, "is no longer declared"));

pub(super) const MEDIA_TYPE: Rule =
    thing((HARMLESS, "{key} is now declared"), (DIFFERENT, "{key} is no longer declared"));

pub(super) const UNUSED_MEDIA_TYPE: Rule = thing(
    (HARMLESS, "{key} is now declared: this client does not use it"),
    (HARMLESS, "{key} is no longer declared: this client does not use it"),
);

pub(super) const SCHEMA: Rule =
    thing((NARROWER, "now has a schema; it had none"), (WIDER, "no longer has a schema"));

const NOT: Meaning = (DIFFERENT, "the values that it must not have changed");

const TEXT: Rule = named(Effect::TEXT);

/// What a key without a rule does is unknown, so a person must check it.
const UNKNOWN: Rule = named(DIFFERENT);

const STRICTER: Rule = flag((NARROWER, "now has {key}"), (HARMLESS, "no longer has {key}"));

/// It cannot be seen which value allows more.
const RESTRICTION: Rule = rule(
    (NARROWER, "{key} is now {new}; there was none"),
    (HARMLESS, "{key} {old} is gone"),
    (NARROWER, "{key} is now {new}; it was {old}"),
);

/// A figure that allows more when it is greater.
const UPPER: Rule = figure(HARMLESS, NARROWER);

/// A figure that allows more when it is smaller.
const LOWER: Rule = figure(NARROWER, HARMLESS);

const fn rule(added: Meaning, removed: Meaning, changed: Meaning) -> Rule {
    Rule { absent: Absent::None, added, removed, changed: Changed::To(changed) }
}

/// A key of which only the name is said.
const fn named(effect: Effect) -> Rule {
    rule((effect, "{key} is new"), (effect, "{key} is gone"), (effect, "{key} changed"))
}

/// A key of which the values are said as well.
const fn valued(effect: Effect) -> Rule {
    rule(
        (effect, "{key} is now {new}; there was none"),
        (effect, "{key} {old} is gone"),
        (effect, "{key} is now {new}; it was {old}"),
    )
}

/// A key that is true, or else the same as one that is absent.
const fn flag(on: Meaning, off: Meaning) -> Rule {
    Rule { absent: Absent::False, ..rule(on, off, on) }
}

/// Something whose content is compared by itself.
const fn thing(added: Meaning, removed: Meaning) -> Rule {
    rule(added, removed, added)
}

const fn figure(rises: Effect, falls: Effect) -> Rule {
    let limit = (NARROWER, "now has a {key} of {new}");
    let none = (HARMLESS, "no longer has a {key}; it was {old}");
    Rule { changed: Changed::Figure { rises, falls }, ..rule(limit, none, limit) }
}

impl Rule {
    /// The value, unless it says what its absence says.
    fn stated<'v>(&self, value: Option<&'v Value>) -> Option<&'v Value> {
        value.filter(|value| match self.absent {
            Absent::None => true,
            Absent::False => **value != Value::Bool(false),
            Absent::Zero => value.as_f64() != Some(0.0),
            Absent::Hint(hints) => !value.as_str().is_some_and(|value| hints.contains(&value)),
        })
    }

    fn meaning(&self, old: Option<&Value>, new: Option<&Value>) -> Option<Meaning> {
        match (self.stated(old), self.stated(new)) {
            (None, Some(_)) => Some(self.added),
            (Some(_), None) => Some(self.removed),
            (Some(old), Some(new)) if old != new => Some(match self.changed {
                Changed::To(meaning) => meaning,
                Changed::Figure { rises, .. } if order(old, new) == Some(Ordering::Less) => {
                    (rises, "the {key} rises from {old} to {new}")
                }
                Changed::Figure { falls, .. } => (falls, "the {key} falls from {old} to {new}"),
            }),
            (None, None) if matches!(self.absent, Absent::Hint(_)) => {
                Some((HARMLESS, "the format, which is a hint, changed"))
            }
            _ => None,
        }
    }
}

/// The order of two numbers. Integers may have more digits than a float has.
fn order(old: &Value, new: &Value) -> Option<Ordering> {
    let integer = |value: &Value| value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
    match (integer(old), integer(new)) {
        (Some(old), Some(new)) => Some(old.cmp(&new)),
        _ => old.as_f64()?.partial_cmp(&new.as_f64()?),
    }
}

/// Whether two values are one: 90 is 90.0.
pub(super) fn is_same_value(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Number(_), Value::Number(_)) => order(old, new) == Some(Ordering::Equal),
        (Value::Array(old), Value::Array(new)) => {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| is_same_value(old, new))
        }
        _ => old == new,
    }
}

impl<'a> Comparison<'a> {
    /// Notes what changed about each key that is not compared elsewhere. Every change is noted.
    pub(super) fn keys(
        &mut self,
        at: &Location,
        direction: Direction,
        old: &Keys<'_>,
        new: &Keys<'_>,
        elsewhere: &[&str],
    ) {
        for (key, old, new) in entries(old, new) {
            let is_same = matches!((old, new), (Some(old), Some(new)) if is_same_value(old, new));
            if is_same || elsewhere.contains(&key) {
                continue;
            }
            let known = RULES.iter().find(|(known, ..)| *known == key);
            let is_empty = |value: Option<&Value>| {
                value.is_none_or(|value| matches!(value.to_string().as_str(), "[]" | "{}"))
            };
            // An empty list says nothing, unless it is a value.
            if !VALUES.contains(&key) && is_empty(old) && is_empty(new) {
                continue;
            }
            let rule = match known {
                Some((_, _, rule)) => rule,
                None if key.starts_with("x-") => &TEXT,
                None => &UNKNOWN,
            };
            let Some((effect, words)) = rule.meaning(old, new) else { continue };
            let name = known.map(|(_, name, _)| (*name).to_owned()).filter(|name| !name.is_empty());
            let words = words
                .replace("{key}", &name.unwrap_or_else(|| format!("`{key}`")))
                .replace("{old}", &old.map(shown).unwrap_or_default())
                .replace("{new}", &new.map(shown).unwrap_or_default());
            let direction = if key == "default" && at.is_required { Direction::Neither } else { direction };
            let side = if new.is_none() { Side::Old } else { Side::New };
            self.changes.push(direction.verdict(effect), &at.below(key), side, words);
        }
    }

    /// What both documents have. If only one has it, that is noted by `rule`.
    pub(super) fn both(
        &mut self,
        at: &Location,
        direction: Direction,
        rule: &Rule,
        (key, old, new): (&str, Option<&'a Value>, Option<&'a Value>),
    ) -> Option<(&'a Value, &'a Value)> {
        let words = |words: &str| words.replace("{key}", &format!("`{key}`"));
        match (old, new) {
            (Some(old), Some(new)) => return Some((old, new)),
            (None, Some(_)) => {
                self.changes.added(direction.verdict(rule.added.0), at, words(rule.added.1));
            }
            (Some(_), None) => {
                self.changes.removed(direction.verdict(rule.removed.0), at, words(rule.removed.1));
            }
            (None, None) => {}
        }
        None
    }
}

/// Whether a key holds nothing but text.
pub(super) fn is_text(key: &str) -> bool {
    let mut text = RULES.iter().take_while(|(_, _, rule)| rule.added.0 == Effect::TEXT);
    key.starts_with("x-") || text.any(|(known, ..)| *known == key)
}

/// The keys of `value`, if it is an object.
pub(super) fn keys(value: Option<&Value>) -> Keys<'_> {
    value.and_then(Value::as_object).into_iter().flatten().map(|(key, value)| (key.as_str(), value)).collect()
}

/// An entry of two objects: its key, and its value in the old and in the new one.
type Entry<'a> = (&'a str, Option<&'a Value>, Option<&'a Value>);

/// The entries of two objects side by side.
pub(super) fn entries<'a>(old: &Keys<'a>, new: &Keys<'a>) -> Vec<Entry<'a>> {
    let both = new.iter().map(|(key, value)| (*key, old.get(key).copied(), Some(*value)));
    let gone = old.iter().filter(|(key, _)| !new.contains_key(*key));
    both.chain(gone.map(|(key, value)| (*key, Some(*value), None))).collect()
}

/// A value in a sentence. A default may be a whole list; a report is read by people.
pub(super) fn shown(value: &Value) -> String {
    const LONGEST: usize = 80;
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let short: String = text.chars().take(LONGEST).collect();
    let more = if short.len() < text.len() { "…" } else { "" };
    format!("`{short}{more}`")
}

/// Values in a sentence.
pub(super) fn listed<'v>(values: impl IntoIterator<Item = &'v Value>) -> String {
    const MOST: usize = 20;
    let mut values: Vec<String> = values.into_iter().map(shown).collect();
    if values.len() > MOST {
        let more = format!("{} more", values.len() - MOST);
        values.truncate(MOST);
        values.push(more);
    }
    match values.as_slice() {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
