//! The members of two objects: which came, which went, and which may be missing.

use serde_json::{Map, Value};

use super::change::{Changes, Spot, Travel, Verdict};
use super::face::Face;
use super::schemas::{Schemas, Way, inside};
use crate::generate::document::escape;

/// Notes what changed about the members of an object.
pub(crate) fn members(
    schemas: &Schemas<'_>,
    spot: &Spot,
    travel: Travel,
    (old, new): (&Face, &Face),
    way: &mut Way,
    changes: &mut Changes,
) {
    let (before, after) = (properties(old), properties(new));
    for (name, schema) in &after {
        let here = at(spot, name);
        match before.get(name) {
            Some(known) => {
                required(&here, travel, (is_required(old, name), is_required(new, name)), changes);
                schemas.compare(&here, travel, (known, schema), way, changes);
            }
            None => added(&here, travel, is_required(new, name), changes),
        }
    }
    for name in before.keys().filter(|name| !after.contains_key(*name)) {
        let words = match travel {
            Travel::Request => "is gone: who sends it may be refused",
            Travel::Response => "is gone: who reads it finds nothing",
            Travel::Both => "is gone: who sends it may be refused, who reads it finds nothing",
            Travel::Nowhere => "is gone",
        };
        changes.gone(travel.judge(Verdict::Breaking, Verdict::Breaking), &at(spot, name), words);
    }
    of_no_member(spot, (old, new), changes);
}

fn properties(face: &Face) -> Map<String, Value> {
    face.keys.get("properties").and_then(Value::as_object).cloned().unwrap_or_default()
}

fn is_required(face: &Face, name: &str) -> bool {
    face.list("required").iter().any(|entry| entry.as_str() == Some(name))
}

fn at(spot: &Spot, name: &str) -> Spot {
    let within = spot.label.ends_with('`');
    let more = if within { format!(".{name}") } else { name.to_owned() };
    spot.below(&format!("properties/{}", escape(name))).called(inside(&spot.label, &more))
}

fn added(spot: &Spot, travel: Travel, is_required: bool, changes: &mut Changes) {
    if !is_required {
        changes.add(Verdict::Compatible, spot, "is new, and optional");
    } else if travel.is_sent() {
        changes.add(Verdict::Breaking, spot, "is new and required: requests without it are refused");
    } else {
        changes.add(Verdict::Compatible, spot, "is new, and always there");
    }
}

fn required(spot: &Spot, travel: Travel, was_and_is: (bool, bool), changes: &mut Changes) {
    match was_and_is {
        (false, true) if travel.is_sent() => {
            changes.add(
                Verdict::Breaking,
                spot,
                "was optional and is required now: requests without it are refused",
            );
        }
        (false, true) => {
            changes.add(Verdict::Compatible, spot, "was optional and is required now: it is always there");
        }
        (true, false) if travel.is_received() => {
            changes.add(
                Verdict::Breaking,
                spot,
                "was required and is optional now: it may be missing from answers",
            );
        }
        (true, false) => changes.add(Verdict::Compatible, spot, "was required and is optional now"),
        (true, true) | (false, false) => {}
    }
}

/// Names in `required` that no member has.
fn of_no_member(spot: &Spot, (old, new): (&Face, &Face), changes: &mut Changes) {
    let strays = |face: &Face| -> Vec<String> {
        let members = properties(face);
        let names = face.list("required").iter().filter_map(Value::as_str);
        names.filter(|name| !members.contains_key(*name)).map(str::to_owned).collect()
    };
    let (before, after) = (strays(old), strays(new));
    let spot = &spot.below("required");
    for name in after.iter().filter(|name| !before.contains(name)) {
        changes.add(Verdict::Breaking, spot, format!("`{name}` is required and not declared"));
    }
    let known = properties(new);
    for name in before.iter().filter(|name| !after.contains(name) && !known.contains_key(*name)) {
        changes.gone(
            Verdict::Compatible,
            spot,
            format!("`{name}`, which was not declared, is required no more"),
        );
    }
}

/// Notes what changed about members that are not declared.
pub(crate) fn additional(
    schemas: &Schemas<'_>,
    spot: &Spot,
    travel: Travel,
    (old, new): (&Face, &Face),
    way: &mut Way,
    changes: &mut Changes,
) {
    let key = "additionalProperties";
    let free = Value::Object(Map::new());
    // Unless it says otherwise, an object takes any other member.
    let of = |face: &Face| match face.keys.get(key) {
        None | Some(Value::Bool(true)) => free.clone(),
        Some(other) => other.clone(),
    };
    let (before, after) = (of(old), of(new));
    let here = spot.below(key);
    match (before.is_object(), after.is_object()) {
        (true, true) => {
            let pair = (&before, &after);
            schemas.compare(&here.called(inside(&spot.label, "{}")), travel, pair, way, changes);
        }
        (true, false) => {
            let verdict = travel.judge(Verdict::Breaking, Verdict::Compatible);
            changes.add(verdict, &here, "takes no undeclared members any more");
        }
        (false, true) => changes.add(Verdict::Compatible, &here, "takes undeclared members now"),
        (false, false) => {}
    }
}
