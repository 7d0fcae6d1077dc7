//! Who may call: the security of the document and of each operation.

use serde_json::{Map, Value};

use super::change::{Changes, Spot, Verdict};
use super::schemas::Schemas;

/// Notes what changed about the security of the whole document.
pub(crate) fn root(schemas: &Schemas<'_>, changes: &mut Changes) {
    let spot = Spot::same("document", "/security");
    note(
        &spot,
        (alternatives(schemas.old.at("/security")), alternatives(schemas.new.at("/security"))),
        changes,
    );
}

/// Notes what changed about one operation, unless it only follows the document in both.
pub(crate) fn operation(
    schemas: &Schemas<'_>,
    spot: &Spot,
    (old, new): (&Map<String, Value>, &Map<String, Value>),
    changes: &mut Changes,
) {
    let key = "security";
    if !old.contains_key(key) && !new.contains_key(key) {
        return;
    }
    let before = alternatives(old.get(key).or_else(|| schemas.old.at("/security")));
    let after = alternatives(new.get(key).or_else(|| schemas.new.at("/security")));
    note(&spot.below(key), (before, after), changes);
}

/// The ways to be let in. None at all means that everybody is; so does an empty one.
fn alternatives(security: Option<&Value>) -> Vec<String> {
    let list = security.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut ways: Vec<String> = list.iter().map(way).collect();
    if ways.is_empty() {
        ways.push(OPEN.to_owned());
    }
    ways.sort();
    ways
}

const OPEN: &str = "no credentials";

fn way(requirement: &Value) -> String {
    let schemes = requirement.as_object().into_iter().flatten();
    let names: Vec<String> = schemes
        .map(|(name, scopes)| match scopes.as_array().map(Vec::len) {
            None | Some(0) => format!("`{name}`"),
            Some(_) => format!("`{name}` with {scopes}"),
        })
        .collect();
    if names.is_empty() { OPEN.to_owned() } else { names.join(" and ") }
}

fn note(spot: &Spot, (before, after): (Vec<String>, Vec<String>), changes: &mut Changes) {
    if before == after {
        return;
    }
    let words = format!("a call takes {} now, took {}", after.join(" or "), before.join(" or "));
    let kept = before.iter().all(|way| after.contains(way)) || after.iter().any(|way| way == OPEN);
    changes.add(if kept { Verdict::Compatible } else { Verdict::Breaking }, spot, words);
}
