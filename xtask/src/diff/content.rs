//! Bodies of requests and answers: what is sent and received, in which media types, with which statuses.

use serde_json::{Map, Value};

use super::change::{Changes, Spot, Travel, Verdict};
use super::limits;
use super::schemas::{Schemas, Way};
use crate::generate::document::escape;

type Pair<'a> = (Option<&'a Value>, Option<&'a Value>);

/// Notes what changed about the request body.
pub(crate) fn body(schemas: &Schemas<'_>, spot: &Spot, (old, new): Pair<'_>, changes: &mut Changes) {
    let spot = spot.below("requestBody").called("body");
    let required = |body: &Value| body.get("required").and_then(Value::as_bool).unwrap_or_default();
    match (old, new) {
        (None, Some(body)) if required(body) => {
            changes.add(Verdict::Breaking, &spot, "there was none, and it is required now");
        }
        (None, Some(_)) => changes.add(Verdict::Compatible, &spot, "there was none, and one is taken now"),
        (Some(_), None) => changes.gone(Verdict::Breaking, &spot, "none is taken any more"),
        (Some(before), Some(after)) => {
            match (required(before), required(after)) {
                (false, true) => changes.add(Verdict::Breaking, &spot, "was optional and is required now"),
                (true, false) => changes.add(Verdict::Compatible, &spot, "was required and is optional now"),
                _ => {}
            }
            holder(schemas, &spot, Travel::Request, (before, after), &["required", "content"], changes);
        }
        (None, None) => {}
    }
}

/// Notes what changed about the answers.
pub(crate) fn responses(schemas: &Schemas<'_>, spot: &Spot, (old, new): Pair<'_>, changes: &mut Changes) {
    let list = |responses: Option<&Value>| responses.and_then(Value::as_object).cloned().unwrap_or_default();
    let (before, after) = (list(old), list(new));
    let had_success = before.keys().any(|status| is_success(status));
    for (status, response) in &after {
        let spot = spot.below(&format!("responses/{}", escape(status))).called(format!("answer {status}"));
        match before.get(status) {
            Some(known) => {
                // A failure is read the same way whatever is declared of it, so nothing breaks there.
                let travel = if is_success(status) { Travel::Response } else { Travel::Nowhere };
                holder(schemas, &spot, travel, (known, response), &["content", "headers"], changes);
                headers(schemas, &spot, (known.get("headers"), response.get("headers")), changes);
            }
            None if is_success(status) && had_success => {
                changes.add(
                    Verdict::Breaking,
                    &spot,
                    "is a new success: who waits for another does not know it",
                );
            }
            None if is_success(status) => {
                changes.add(Verdict::Compatible, &spot, "is declared now; no success was");
            }
            None => changes.add(
                Verdict::Compatible,
                &spot,
                "is declared now: failures of any status are foreseen",
            ),
        }
    }
    for status in before.keys().filter(|status| !after.contains_key(*status)) {
        let spot = spot.below(&format!("responses/{}", escape(status))).called(format!("answer {status}"));
        if is_success(status) {
            changes.gone(Verdict::Breaking, &spot, "is declared no more, and was a success");
        } else {
            changes.gone(Verdict::Compatible, &spot, "is declared no more");
        }
    }
}

fn is_success(status: &str) -> bool {
    status.starts_with('2') || status == "default"
}

/// What holds content: a body or an answer.
fn holder(
    schemas: &Schemas<'_>,
    spot: &Spot,
    travel: Travel,
    (old, new): (&Value, &Value),
    known: &[&str],
    changes: &mut Changes,
) {
    let empty = Map::new();
    let keys = (old.as_object().unwrap_or(&empty), new.as_object().unwrap_or(&empty));
    limits::words(spot, keys, changes);
    limits::others(spot, travel, keys, known, changes);
    let content =
        |holder: &Value| holder.get("content").and_then(Value::as_object).cloned().unwrap_or_default();
    let (before, after) = (content(old), content(new));
    let label = &spot.label;
    for (media_type, after) in &after {
        let spot = spot.below(&format!("content/{}", escape(media_type)));
        let Some(before) = before.get(media_type) else {
            changes.add(Verdict::Compatible, &spot, format!("`{media_type}` is declared now"));
            continue;
        };
        let keys = (before.as_object().unwrap_or(&empty), after.as_object().unwrap_or(&empty));
        limits::words(&spot, keys, changes);
        limits::others(&spot, travel, keys, &["schema"], changes);
        match (before.get("schema"), after.get("schema")) {
            (Some(before), Some(after)) => {
                let spot = spot.below("schema").called(label.clone());
                schemas.compare(&spot, travel, (before, after), &mut Way::new(), changes);
            }
            (None, Some(_)) => {
                let verdict = travel.judge(Verdict::Breaking, Verdict::Compatible);
                changes.add(verdict, &spot.below("schema"), "has a schema now, had none");
            }
            (Some(_), None) => {
                let verdict = travel.judge(Verdict::Compatible, Verdict::Breaking);
                changes.gone(verdict, &spot.below("schema"), "has no schema any more");
            }
            (None, None) => {}
        }
    }
    for media_type in before.keys().filter(|media_type| !after.contains_key(*media_type)) {
        let spot = spot.below(&format!("content/{}", escape(media_type)));
        let ours = media_type == "application/json";
        let sent = if ours { "" } else { ": this client never sends it" };
        let words = match travel {
            Travel::Request => format!("`{media_type}` is declared no more{sent}"),
            _ => format!("`{media_type}` is declared no more"),
        };
        changes.gone(travel.judge(Verdict::Breaking, Verdict::Breaking), &spot, words);
    }
}

fn headers(schemas: &Schemas<'_>, spot: &Spot, (old, new): Pair<'_>, changes: &mut Changes) {
    let list = |headers: Option<&Value>| headers.and_then(Value::as_object).cloned().unwrap_or_default();
    let (before, after) = (list(old), list(new));
    let at = |name: &str| {
        spot.below(&format!("headers/{}", escape(name))).called(format!("{}, header `{name}`", spot.label))
    };
    for (name, header) in &after {
        let spot = at(name);
        let Some(known) = before.get(name) else {
            changes.add(Verdict::Compatible, &spot, "is declared now");
            continue;
        };
        let empty = Map::new();
        let keys = (known.as_object().unwrap_or(&empty), header.as_object().unwrap_or(&empty));
        limits::words(&spot, keys, changes);
        limits::others(&spot, Travel::Response, keys, &["schema"], changes);
        if let (Some(before), Some(after)) = (known.get("schema"), header.get("schema")) {
            let spot = spot.below("schema");
            schemas.compare(&spot, Travel::Response, (before, after), &mut Way::new(), changes);
        } else if known.get("schema") != header.get("schema") {
            changes.add(Verdict::Breaking, &spot.below("schema"), "the schema came or went");
        }
    }
    for name in before.keys().filter(|name| !after.contains_key(*name)) {
        changes.gone(Verdict::Breaking, &at(name), "is declared no more");
    }
}
