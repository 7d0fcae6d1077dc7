//! What a schema says of single values: null, format, lists of values, bounds, defaults; and its words.

use serde_json::{Map, Value};

use super::change::{Changes, Spot, Travel, Verdict};
use super::face::{Face, WORDS};

type Pair<'a> = (&'a Face, &'a Face);

/// Keys under which a greater figure allows more.
const MOST: [(&str, &str); 4] = [
    ("maximum", "maximum"),
    ("maxLength", "greatest length"),
    ("maxItems", "greatest number of items"),
    ("maxProperties", "greatest number of members"),
];

/// Keys under which a smaller figure allows more.
const LEAST: [(&str, &str); 4] = [
    ("minimum", "minimum"),
    ("minLength", "least length"),
    ("minItems", "least number of items"),
    ("minProperties", "least number of members"),
];

/// Keys that allow less when they are true.
const STRICTER: [&str; 3] = ["exclusiveMinimum", "exclusiveMaximum", "uniqueItems"];

/// Keys of which one cannot see which value allows more.
const RULES: [&str; 2] = ["pattern", "multipleOf"];

/// Words, titles and examples.
pub(crate) fn words(
    spot: &Spot,
    (old, new): (&Map<String, Value>, &Map<String, Value>),
    changes: &mut Changes,
) {
    for key in WORDS {
        let spot = &spot.below(key);
        match (old.get(key), new.get(key)) {
            (Some(before), Some(after)) if before != after => {
                changes.add(Verdict::TextOnly, spot, format!("{} changed", the(key)));
            }
            (None, Some(_)) => changes.add(Verdict::TextOnly, spot, format!("{} is new", the(key))),
            (Some(_), None) => changes.gone(Verdict::TextOnly, spot, format!("{} is gone", the(key))),
            _ => {}
        }
    }
}

fn the(key: &str) -> String {
    match key {
        "externalDocs" => "the link to more documentation".to_owned(),
        "examples" => "the list of examples".to_owned(),
        other => format!("the {other}"),
    }
}

pub(crate) fn null(spot: &Spot, travel: Travel, (old, new): Pair<'_>, changes: &mut Changes) {
    let spot = &spot.below("nullable");
    match (old.is("nullable"), new.is("nullable")) {
        (false, true) => {
            changes.add(travel.judge(Verdict::Compatible, Verdict::Breaking), spot, "may be null now");
        }
        (true, false) => {
            changes.add(
                travel.judge(Verdict::Breaking, Verdict::Compatible),
                spot,
                "may not be null any more",
            );
        }
        _ => {}
    }
}

pub(crate) fn format(spot: &Spot, travel: Travel, (old, new): Pair<'_>, changes: &mut Changes) {
    let spot = &spot.below("format");
    match (old.text("format"), new.text("format")) {
        (Some(before), Some(after)) if before != after => {
            let verdict = travel.judge(Verdict::Breaking, Verdict::Breaking);
            changes.add(verdict, spot, format!("had the format `{before}` and has `{after}` now"));
        }
        (None, Some(after)) => {
            let verdict = travel.judge(Verdict::Breaking, Verdict::Compatible);
            changes.add(verdict, spot, format!("has the format `{after}` now, had none"));
        }
        (Some(before), None) => {
            let verdict = travel.judge(Verdict::Compatible, Verdict::Breaking);
            changes.gone(verdict, spot, format!("has no format any more, had `{before}`"));
        }
        _ => {}
    }
}

/// The closed list of values.
pub(crate) fn values(spot: &Spot, travel: Travel, (old, new): Pair<'_>, changes: &mut Changes) {
    let spot = &spot.below("enum");
    let (before, after) = (old.list("enum"), new.list("enum"));
    // Our own types of such answers are open, so what is unknown is kept.
    let open = if travel.is_received() { ": a reader with a closed list fails, ours are open" } else { "" };
    match (old.keys.contains_key("enum"), new.keys.contains_key("enum")) {
        (false, true) => {
            let verdict = travel.judge(Verdict::Breaking, Verdict::Compatible);
            changes.add(verdict, spot, format!("may only be {} now", listed(after)));
        }
        (true, false) => {
            let words = format!("may be any value now, not only {}{open}", listed(before));
            changes.gone(Verdict::Compatible, spot, words);
        }
        _ => {
            let came: Vec<Value> = after.iter().filter(|value| !before.contains(value)).cloned().collect();
            let went: Vec<Value> = before.iter().filter(|value| !after.contains(value)).cloned().collect();
            if !came.is_empty() {
                let words = format!("may be {} now, too{open}", listed(&came));
                changes.add(Verdict::Compatible, spot, words);
            }
            if !went.is_empty() {
                let verdict = travel.judge(Verdict::Breaking, Verdict::Compatible);
                changes.add(verdict, spot, format!("is never {} any more", listed(&went)));
            }
        }
    }
}

pub(crate) fn default(spot: &Spot, travel: Travel, (old, new): Pair<'_>, changes: &mut Changes) {
    let spot = &spot.below("default");
    match (old.keys.get("default"), new.keys.get("default")) {
        (Some(before), Some(after)) if before != after => {
            let words = format!("the default is {} now, was {}", code(after), code(before));
            // Who leaves it out gets something else; in answers a default says nothing.
            changes.add(travel.judge(Verdict::Breaking, Verdict::Compatible), spot, words);
        }
        (None, Some(after)) => {
            changes.add(
                Verdict::Compatible,
                spot,
                format!("the default is {} now, there was none", code(after)),
            );
        }
        (Some(before), None) => {
            changes.gone(Verdict::Compatible, spot, format!("the default {} is gone", code(before)));
        }
        _ => {}
    }
}

/// Members that only one side writes.
pub(crate) fn direction(spot: &Spot, travel: Travel, (old, new): Pair<'_>, changes: &mut Changes) {
    let mut note = |key: &str, on: Verdict, off: Verdict, words: [&str; 2]| {
        let spot = &spot.below(key);
        match (old.is(key), new.is(key)) {
            (false, true) => changes.add(on, spot, words[0]),
            (true, false) => changes.add(off, spot, words[1]),
            _ => {}
        }
    };
    let sent = travel.judge(Verdict::Breaking, Verdict::Compatible);
    let received = travel.judge(Verdict::Compatible, Verdict::Breaking);
    let words = ["is only read from now on, and not sent", "may be sent now, and was only read"];
    note("readOnly", sent, Verdict::Compatible, words);
    let words = ["is only sent from now on, and not in answers", "is in answers now, and was only sent"];
    note("writeOnly", received, Verdict::Compatible, words);
}

/// Limits. In answers none of them is checked by this client, so nothing there breaks.
pub(crate) fn bounds(spot: &Spot, travel: Travel, (old, new): Pair<'_>, changes: &mut Changes) {
    let stricter = travel.judge(Verdict::Breaking, Verdict::Compatible);
    for (table, more_is_looser) in [(MOST, true), (LEAST, false)] {
        for (key, name) in table {
            let spot = &spot.below(key);
            let figure = |face: &Face| face.keys.get(key).and_then(Value::as_f64);
            match (old.keys.get(key), new.keys.get(key)) {
                (Some(before), Some(after)) if before != after => {
                    let rises = figure(new) > figure(old);
                    let way = if rises { "rises" } else { "falls" };
                    let verdict = if rises == more_is_looser { Verdict::Compatible } else { stricter };
                    changes.add(verdict, spot, format!("the {name} {way} from {before} to {after}"));
                }
                (None, Some(after)) => changes.add(stricter, spot, format!("has a {name} of {after} now")),
                (Some(before), None) => {
                    changes.gone(Verdict::Compatible, spot, format!("has no {name} any more, had {before}"));
                }
                _ => {}
            }
        }
    }
    for key in STRICTER {
        match (old.is(key), new.is(key)) {
            (false, true) => changes.add(stricter, &spot.below(key), format!("has `{key}` now")),
            (true, false) => {
                changes.add(Verdict::Compatible, &spot.below(key), format!("has no `{key}` any more"));
            }
            _ => {}
        }
    }
    for key in RULES {
        match (old.keys.get(key), new.keys.get(key)) {
            (before, Some(after)) if before != Some(after) => {
                let was =
                    before.map_or_else(|| "was none".to_owned(), |before| format!("was {}", code(before)));
                changes.add(stricter, &spot.below(key), format!("the `{key}` is {} now, {was}", code(after)));
            }
            (Some(before), None) => {
                let words = format!("the `{key}` {} is gone", code(before));
                changes.gone(Verdict::Compatible, &spot.below(key), words);
            }
            _ => {}
        }
    }
}

/// Everything that has no rule: nothing that changed may stay unsaid.
pub(crate) fn others(
    spot: &Spot,
    travel: Travel,
    (old, new): (&Map<String, Value>, &Map<String, Value>),
    known: &[&str],
    changes: &mut Changes,
) {
    let figures = MOST.iter().chain(&LEAST).map(|(key, _)| *key);
    let rules: Vec<&str> =
        figures.chain(STRICTER).chain(RULES).chain(WORDS).chain(known.iter().copied()).collect();
    let keys = new.keys().chain(old.keys().filter(|key| !new.contains_key(*key)));
    for key in keys.filter(|key| !rules.contains(&key.as_str()) && old.get(*key) != new.get(*key)) {
        let verdict = match key.as_str() {
            "deprecated" => Verdict::Compatible,
            extension if extension.starts_with("x-") => Verdict::TextOnly,
            "tags" | "xml" => Verdict::TextOnly,
            // Nobody knows what it does, so the reader must look.
            _ => travel.judge(Verdict::Breaking, Verdict::Breaking),
        };
        match (old.get(key), new.get(key)) {
            (Some(_), None) => changes.gone(verdict, &spot.below(key), format!("`{key}` is gone")),
            (None, _) => changes.add(verdict, &spot.below(key), format!("`{key}` is new")),
            _ => changes.add(verdict, &spot.below(key), format!("`{key}` changed")),
        }
    }
}

fn code(value: &Value) -> String {
    /// A default may be a whole list; a report is read by people.
    const LONGEST: usize = 80;
    let text = value.to_string();
    let short: String = text.chars().take(LONGEST).collect();
    let more = if short.len() < text.len() { "…" } else { "" };
    format!("`{short}{more}`")
}

fn listed(values: &[Value]) -> String {
    let values: Vec<String> = values
        .iter()
        .map(|value| value.as_str().map_or_else(|| code(value), |text| format!("`{text}`")))
        .collect();
    match values.as_slice() {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
