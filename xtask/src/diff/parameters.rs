//! The parameters of two operations. Those of the path are positions; the others go by their names.

use serde_json::{Map, Value};

use super::change::{Changes, Spot, Travel, Verdict};
use super::face::shape;
use super::limits;
use super::pairs::named;
use super::schemas::{Schemas, Way};
use crate::generate::document::Place;

/// Keys of a parameter that have a rule of their own.
const KNOWN: [&str; 4] = ["name", "in", "required", "schema"];

/// A parameter, where it stands, and what it is known by.
struct Parameter<'a> {
    index: usize,
    key: String,
    value: &'a Value,
}

impl Parameter<'_> {
    fn text(&self, key: &str) -> &str {
        self.value.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    fn is_required(&self) -> bool {
        self.value.get("required").and_then(Value::as_bool).unwrap_or_default()
    }

    fn is_in_path(&self) -> bool {
        self.text("in") == "path"
    }
}

type Operations<'a> = (&'a Map<String, Value>, &'a Map<String, Value>);

/// Notes what changed about the parameters.
pub(crate) fn parameters(
    schemas: &Schemas<'_>,
    spot: &Spot,
    (old, new): (&Place, &Place),
    operations: Operations<'_>,
    changes: &mut Changes,
) {
    let mut before = listed(operations.0, old);
    let mut came = Vec::new();
    for parameter in listed(operations.1, new) {
        match before.iter().position(|known| known.key == parameter.key) {
            Some(index) => both(schemas, spot, &before.remove(index), &parameter, changes),
            None => came.push(parameter),
        }
    }
    if let ([gone], [new]) = (before.as_slice(), came.as_slice())
        && looks_renamed(schemas, gone, new)
    {
        let spot = at(spot, gone, new).called(label(new));
        let verdict = if new.is_in_path() { Verdict::Compatible } else { Verdict::Breaking };
        changes.add(verdict, &spot, format!("was called `{}`, by its place and shape", gone.text("name")));
        return;
    }
    for parameter in &came {
        let spot = at(spot, parameter, parameter).called(label(parameter));
        if parameter.is_required() {
            changes.add(Verdict::Breaking, &spot, "is new and required: calls without it are refused");
        } else {
            changes.add(Verdict::Compatible, &spot, "is new, and optional");
        }
    }
    for parameter in &before {
        let spot = at(spot, parameter, parameter).called(label(parameter));
        changes.gone(Verdict::Breaking, &spot, "is gone: calls with it may be refused");
    }
}

fn listed<'a>(operation: &'a Map<String, Value>, place: &Place) -> Vec<Parameter<'a>> {
    let names = named(&place.path);
    let parameters = operation.get("parameters").and_then(Value::as_array);
    let parameters = parameters.into_iter().flatten().enumerate();
    let of = |(index, value): (usize, &'a Value)| {
        let mut parameter = Parameter { index, key: String::new(), value };
        let name = parameter.text("name");
        let position = names.iter().position(|known| *known == name).filter(|_| parameter.is_in_path());
        let name = position.map_or_else(|| name.to_owned(), |position| position.to_string());
        parameter.key = format!("{}:{name}", parameter.text("in"));
        parameter
    };
    parameters.map(of).collect()
}

fn label(parameter: &Parameter<'_>) -> String {
    let kind = match parameter.text("in") {
        "query" => "parameter",
        "path" => "path parameter",
        "header" => "header",
        _ => "cookie",
    };
    format!("{kind} `{}`", parameter.text("name"))
}

fn at(spot: &Spot, old: &Parameter<'_>, new: &Parameter<'_>) -> Spot {
    spot.under(&format!("parameters/{}", old.index), &format!("parameters/{}", new.index))
}

/// One went and one came in the same place with the same shape.
fn looks_renamed(schemas: &Schemas<'_>, old: &Parameter<'_>, new: &Parameter<'_>) -> bool {
    let schema = |parameter: &Parameter<'_>| parameter.value.get("schema").cloned().unwrap_or_default();
    old.text("in") == new.text("in")
        && old.is_required() == new.is_required()
        && shape(schemas.old, &schema(old)) == shape(schemas.new, &schema(new))
}

fn both(schemas: &Schemas<'_>, spot: &Spot, old: &Parameter<'_>, new: &Parameter<'_>, changes: &mut Changes) {
    let spot = at(spot, old, new).called(label(new));
    let empty = Map::new();
    let keys = (old.value.as_object().unwrap_or(&empty), new.value.as_object().unwrap_or(&empty));
    if old.text("name") != new.text("name") {
        let words = format!("was called `{}`, which is the same on the wire", old.text("name"));
        changes.add(Verdict::Compatible, &spot, words);
    }
    match (old.is_required(), new.is_required()) {
        (false, true) => {
            changes.add(
                Verdict::Breaking,
                &spot,
                "was optional and is required now: calls without it are refused",
            );
        }
        (true, false) => changes.add(Verdict::Compatible, &spot, "was required and is optional now"),
        _ => {}
    }
    limits::words(&spot, keys, changes);
    limits::others(&spot, Travel::Request, keys, &KNOWN, changes);
    let none = Value::Null;
    let schema = |parameter: &Parameter<'_>| parameter.value.get("schema").unwrap_or(&none).clone();
    schemas.compare(
        &spot.below("schema"),
        Travel::Request,
        (&schema(old), &schema(new)),
        &mut Way::new(),
        changes,
    );
}
