//! What belongs together in two documents: operations by method and path, components by name, and what was renamed.

use std::collections::BTreeMap;

use serde_json::Value;

use super::face::shape;
use crate::generate::document::{Document, Place};

/// Operations of both documents side by side, in the order of the new one, then those that are gone.
pub(crate) fn operations(old: &Document, new: &Document) -> Vec<(Option<Place>, Option<Place>)> {
    let mut left = old.places();
    let mut pairs: Vec<(Option<Place>, Option<Place>)> =
        new.places().into_iter().map(|place| (None, Some(place))).collect();
    let by_path = |a: &Place, b: &Place| a.method == b.method && bare(&a.path) == bare(&b.path);
    let by_id = |a: &Place, b: &Place| {
        let id = id(old, a);
        id.is_some() && id == self::id(new, b)
    };
    for same in [&by_path as &dyn Fn(&Place, &Place) -> bool, &by_id] {
        for (known, place) in &mut pairs {
            let Some(place) = place.as_ref().filter(|_| known.is_none()) else { continue };
            if let Some(index) = left.iter().position(|other| same(other, place)) {
                *known = Some(left.remove(index));
            }
        }
    }
    pairs.extend(left.into_iter().map(|place| (Some(place), None)));
    pairs
}

fn id<'a>(document: &'a Document, place: &Place) -> Option<&'a str> {
    document.operation(place)?.get("operationId")?.as_str()
}

/// The path without the names of its parameters: those are positions on the wire.
pub(crate) fn bare(path: &str) -> String {
    let pieces = path.split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, rest)| rest));
    pieces.collect::<Vec<_>>().join("{}")
}

/// The names of the parameters in a path, in order.
pub(crate) fn named(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|piece| piece.split_once('}')).map(|(name, _)| name).collect()
}

/// Component schemas of both documents.
#[derive(Debug, Default)]
pub(crate) struct Components {
    /// Old name and new name, in the order of the new document; equal if it was not renamed.
    pub(crate) common: Vec<(String, String)>,
    pub(crate) added: Vec<String>,
    pub(crate) removed: Vec<String>,
    old_to_new: BTreeMap<String, String>,
}

impl Components {
    pub(crate) fn of(old: &Document, new: &Document) -> Self {
        let mut removed: Vec<String> =
            old.schema_names().into_iter().filter(|name| new.schema(name).is_none()).collect();
        let mut components = Self::default();
        for name in new.schema_names() {
            let before = if old.schema(&name).is_some() {
                Some(name.clone())
            } else {
                renamed(old, new, &mut removed, &name)
            };
            match before {
                Some(before) => {
                    components.old_to_new.insert(before.clone(), name.clone());
                    components.common.push((before, name));
                }
                None => components.added.push(name),
            }
        }
        components.removed = removed;
        components
    }

    /// What component `new` of the new document was called in the old one.
    pub(crate) fn before(&self, new: &str) -> Option<&str> {
        self.common.iter().find(|(_, name)| name == new).map(|(before, _)| before.as_str())
    }

    /// Whether component `old` of the old document is `new` of the new one.
    pub(crate) fn same(&self, old: &str, new: &str) -> bool {
        self.old_to_new.get(old).is_some_and(|name| name == new)
    }
}

/// The component that had the shape of `name` before; it is taken out of `removed`.
fn renamed(old: &Document, new: &Document, removed: &mut Vec<String>, name: &str) -> Option<String> {
    let shape_of =
        |document: &Document, name: &str| document.schema(name).map(|schema| shape(document, schema));
    let now = shape_of(new, name).filter(says_something)?;
    let candidates =
        removed.iter().enumerate().filter(|(_, before)| shape_of(old, before).as_ref() == Some(&now));
    let (index, _) = candidates.max_by_key(|(_, before)| likeness(before, name))?;
    Some(removed.remove(index))
}

/// A plain string or an empty object has the shape of too many others.
fn says_something(shape: &Value) -> bool {
    ["properties", "enum", "items", "allOf", "oneOf", "anyOf"].iter().any(|key| shape.get(key).is_some())
}

/// How many characters two names share at their beginnings and ends.
fn likeness(one: &str, other: &str) -> usize {
    let front = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let back = one.chars().rev().zip(other.chars().rev()).take_while(|(a, b)| a == b).count();
    front + back
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_of_path_parameters_do_not_count() {
        assert_eq!(bare("/a/{id}/b/{other}/"), "/a/{}/b/{}/");
        assert_eq!(bare("/a/{id}/b/"), bare("/a/{uuid}/b/"));
        assert_eq!(named("/a/{id}/b/{other}/"), ["id", "other"]);
    }

    #[test]
    fn of_two_equal_shapes_the_likelier_name_was_renamed() {
        let list = json!({ "type": "string", "enum": ["a"] });
        let document = |names: &[&str]| {
            let schemas: serde_json::Map<_, _> =
                names.iter().map(|name| ((*name).to_owned(), list.clone())).collect();
            Document::new(json!({ "components": { "schemas": schemas } }))
        };
        let components = Components::of(&document(&["AEnum", "Status1c5Enum"]), &document(&["StatusEnum"]));
        assert_eq!(components.common, [("Status1c5Enum".to_owned(), "StatusEnum".to_owned())]);
        assert_eq!(components.removed, ["AEnum"]);
    }
}
