//! No component is made of itself: the generator would follow it until the stack is used up.
//!
//! A member that refers back is fine; being composed of oneself (`allOf` and the like) is not.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::failure::Failure;
use crate::generate::document::{Document, SCHEMA_PREFIX, schema_pointer, walk};

const COMPOSITIONS: [&str; 4] = ["allOf", "oneOf", "anyOf", "not"];

/// Refuses the first component that is composed of itself.
pub(crate) fn check(document: &Document) -> Result<(), Failure> {
    for name in document.schema_names() {
        if let Some(way) = way_back(document, &name, &mut vec![name.clone()], &mut BTreeSet::new()) {
            return Err(Failure::at(
                schema_pointer(&name),
                format_args!(
                    "is composed of itself ({}): take one of these references out",
                    way.join(" -> ")
                ),
            ));
        }
        merged_with_itself(document, &name)?;
    }
    Ok(())
}

/// The way from the last of `way` back to `start` through compositions alone.
fn way_back(
    document: &Document,
    start: &str,
    way: &mut Vec<String>,
    seen: &mut BTreeSet<String>,
) -> Option<Vec<String>> {
    let schema = document.schema(way.last()?)?;
    let mut next = Vec::new();
    composed_of(schema, &mut next);
    for name in next {
        if name == start {
            let mut round = way.clone();
            round.push(name);
            return Some(round);
        }
        if seen.insert(name.clone()) {
            way.push(name);
            let round = way_back(document, start, way, seen);
            if round.is_some() {
                return round;
            }
            way.pop();
        }
    }
    None
}

/// Names of the components that `schema` is composed of, without those of its members and items.
fn composed_of(schema: &Value, found: &mut Vec<String>) {
    let reference = schema.get("$ref").and_then(Value::as_str);
    found.extend(reference.and_then(|text| text.strip_prefix(SCHEMA_PREFIX)).map(str::to_owned));
    for key in COMPOSITIONS {
        match schema.get(key) {
            Some(Value::Array(parts)) => parts.iter().for_each(|part| composed_of(part, found)),
            Some(part) => composed_of(part, found),
            None => {}
        }
    }
}

/// An `allOf` of several parts is merged by the generator; merged with what contains it, it never ends.
fn merged_with_itself(document: &Document, name: &str) -> Result<(), Failure> {
    let Some(schema) = document.schema(name) else { return Ok(()) };
    let mut refusal = None;
    walk(schema, &schema_pointer(name), &mut |pointer, value| {
        let Some(parts) = value.get("allOf").and_then(Value::as_array).filter(|parts| parts.len() > 1) else {
            return;
        };
        let mut names = Vec::new();
        for part in parts {
            composed_of(part, &mut names);
        }
        if let Some(part) = names.iter().find(|part| document.schemas_from(part).contains(name)) {
            refusal.get_or_insert_with(|| {
                Failure::at(
                    format_args!("{pointer}/allOf"),
                    format_args!("merges `{part}`, which contains `{name}` again, without end: refer to `{part}` alone, or take it out"),
                )
            });
        }
    });
    refusal.map_or(Ok(()), Err)
}
