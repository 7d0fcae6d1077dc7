//! Which components were renamed and changed in one step.
//!
//! Two components of different names are one if they are used at the same place, and are clearly alike. Pairs that are found
//! lead to more: what an old component uses at a place may be what the new one uses there.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::pairs::{likeness, operations, write_form};
use super::schemas::Schema;
use crate::generate::document::{Document, SCHEMA_PREFIX};

/// Two names: of a component of the old document, and of one of the new document.
type Names<'a> = (&'a str, &'a str);

/// The components that are used within an operation or a component, by their places there.
type Uses<'a> = BTreeMap<String, BTreeSet<&'a str>>;

/// The most components at one place, such as the alternatives of a choice, of which pairs are tried.
const MOST_AT_ONE_PLACE: usize = 8;

/// Pairs of components that only one document has. `common` are the pairs that are known.
pub(super) fn pairs(
    (old, removed): (&Document, &[String]),
    (new, added): (&Document, &[String]),
    common: &[(String, String)],
) -> Vec<(String, String)> {
    if removed.is_empty() || added.is_empty() {
        return Vec::new();
    }
    let mut search = Search {
        old: Side::of(old, removed),
        new: Side::of(new, added),
        shared: HashMap::new(),
        touched: BTreeSet::new(),
    };
    for (before, after) in operations(old, new) {
        if let (Some(before), Some(after)) = (before, after) {
            search.meet(old.operation(&before), new.operation(&after));
        }
    }
    for (before, after) in common {
        search.meet(old.schema(before), new.schema(after));
    }
    let mut found = Vec::new();
    while !search.touched.is_empty() {
        for (before, after) in search.take() {
            search.meet(old.schema(before), new.schema(after));
            found.push((before.to_owned(), after.to_owned()));
        }
    }
    found
}

/// The components that only one document has and that have no counterpart yet.
struct Side<'a> {
    document: &'a Document,
    open: BTreeSet<&'a str>,
    /// At how many places each component is used.
    uses: HashMap<&'a str, usize>,
}

impl<'a> Side<'a> {
    fn of(document: &'a Document, names: &'a [String]) -> Self {
        let mut uses = HashMap::new();
        let (places, schemas) = (document.places(), document.schema_names());
        let operations = places.iter().filter_map(|place| document.operation(place));
        for holder in operations.chain(schemas.iter().filter_map(|name| document.schema(name))) {
            for name in used(holder).into_values().flatten() {
                *uses.entry(name).or_default() += 1;
            }
        }
        Self { document, open: names.iter().map(String::as_str).collect(), uses }
    }

    fn open_ones(&self, names: &BTreeSet<&'a str>) -> Vec<&'a str> {
        let open = names.iter().filter_map(|name| self.open.get(name).copied());
        open.take(MOST_AT_ONE_PLACE).collect()
    }
}

struct Search<'a> {
    old: Side<'a>,
    new: Side<'a>,
    /// At how many places of both documents the one is used in the old and the other in the new one.
    shared: HashMap<Names<'a>, usize>,
    /// Pairs that are to be checked, since another place was found.
    touched: BTreeSet<Names<'a>>,
}

impl<'a> Search<'a> {
    /// Notes what is used at the same places of something that both documents have.
    fn meet(&mut self, old: Option<&'a Value>, new: Option<&'a Value>) {
        let (Some(old), Some(new)) = (old, new) else { return };
        let after = used(new);
        for (place, names) in used(old) {
            let Some(others) = after.get(&place) else { continue };
            for before in self.old.open_ones(&names) {
                for after in self.new.open_ones(others) {
                    *self.shared.entry((before, after)).or_default() += 1;
                    self.touched.insert((before, after));
                }
            }
        }
    }

    /// Takes out the pairs that are clearly one component, the likeliest first.
    fn take(&mut self) -> Vec<Names<'a>> {
        let touched = std::mem::take(&mut self.touched);
        let mut likely: Vec<(Likeness, Names<'a>)> =
            touched.into_iter().filter_map(|names| Some((self.likeness(names)?, names))).collect();
        likely.sort_by(|(one, _), (other, _)| other.order(one));
        let mut taken = Vec::new();
        for (_, (before, after)) in likely {
            if self.old.open.contains(before) && self.new.open.contains(after) {
                self.old.open.remove(before);
                self.new.open.remove(after);
                taken.push((before, after));
            }
        }
        taken
    }

    /// How alike two components are; none if they are not clearly one.
    fn likeness(&self, (before, after): Names<'a>) -> Option<Likeness> {
        let shared = *self.shared.get(&(before, after))?;
        let uses = |side: &Side<'a>, name| side.uses.get(name).copied().unwrap_or_default();
        if shared * 2 < uses(&self.old, before).min(uses(&self.new, after)) {
            return None;
        }
        let parts =
            |side: &Side<'a>, other: &Side<'a>, name| parts(side.document.schema(name)?, other.document);
        let (old, new) = (parts(&self.old, &self.new, before)?, parts(&self.new, &self.old, after)?);
        let equal = old.intersection(&new).count();
        let (fewer, more) = (old.len().min(new.len()), old.len().max(new.len()));
        let is_grown = equal == fewer && equal * 2 >= more;
        (equal > 0 && (is_grown || equal * 3 >= more * 2)).then(|| Likeness {
            equal,
            more,
            shared,
            name: likeness(before, after),
        })
    }
}

/// How alike two components are: two thirds of the members of the larger one are equal, or half of them if the smaller one has
/// no others, and half of the places of the one that is used less are shared.
struct Likeness {
    /// How many members are equal.
    equal: usize,
    /// How many members the larger one has.
    more: usize,
    /// How many places of use are the same.
    shared: usize,
    /// How many characters of the names are the same.
    name: usize,
}

impl Likeness {
    fn order(&self, other: &Self) -> Ordering {
        let share = (self.equal * other.more).cmp(&(other.equal * self.more));
        share.then(self.shared.cmp(&other.shared)).then(self.name.cmp(&other.name))
    }
}

/// The members, values and parts of a component, each as what it says; none if it has none. What refers to components that
/// only one document has says as much as any other such reference.
fn parts(schema: &Value, other: &Document) -> Option<BTreeSet<String>> {
    let mut parts = BTreeSet::new();
    collect_parts(schema, &|name| other.schema(name).is_some(), &mut parts);
    (!parts.is_empty()).then_some(parts)
}

fn collect_parts(schema: &Value, is_common: &dyn Fn(&str) -> bool, parts: &mut BTreeSet<String>) {
    let schema = Schema::of(schema);
    let form = |value: &Value| {
        let mut form = String::new();
        write_form(value, is_common, &mut form, &mut Vec::new());
        form
    };
    for (name, member) in &schema.members {
        parts.insert(format!("{name}:{}", form(member)));
    }
    for (key, value) in &schema.keys {
        match (*key, value) {
            ("enum", Value::Array(values)) => parts.extend(values.iter().map(Value::to_string)),
            ("items", value) => drop(parts.insert(format!("[]{}", form(value)))),
            ("allOf" | "oneOf" | "anyOf", Value::Array(list)) => {
                for part in list {
                    match Schema::of(part).reference {
                        Some(_) => drop(parts.insert(format!("{key}{}", form(part)))),
                        None => collect_parts(part, is_common, parts),
                    }
                }
            }
            _ => {}
        }
    }
}

/// The components that `value` uses, by their places in it.
fn used(value: &Value) -> Uses<'_> {
    fn collect<'v>(value: &'v Value, place: &str, found: &mut Uses<'v>) {
        match value {
            Value::Object(members) => {
                let reference = members.get("$ref").and_then(Value::as_str);
                if let Some(name) = reference.and_then(|text| text.strip_prefix(SCHEMA_PREFIX)) {
                    found.entry(place.to_owned()).or_default().insert(name);
                }
                for (key, member) in members {
                    collect(member, &format!("{place}/{key}"), found);
                }
            }
            Value::Array(items) => {
                for item in items {
                    // Parameters are known by their names, and parts of a composition are one place.
                    let name = item.get("name").and_then(Value::as_str).unwrap_or_default();
                    let is_wrapping = name.is_empty() && !place.is_empty();
                    let holder =
                        if is_wrapping { place.rsplit_once('/').map(|(holder, _)| holder) } else { None };
                    match holder {
                        Some(holder) => collect(item, holder, found),
                        None => collect(item, &format!("{place}/{name}"), found),
                    }
                }
            }
            _ => {}
        }
    }
    let mut found = Uses::new();
    collect(value, "", &mut found);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::Components;
    use serde_json::json;

    fn reference(name: &str) -> Value {
        json!({ "$ref": format!("{SCHEMA_PREFIX}{name}") })
    }

    fn object(members: &[&str]) -> Value {
        let members: serde_json::Map<_, _> =
            members.iter().map(|name| ((*name).to_owned(), json!({ "type": "string" }))).collect();
        json!({ "type": "object", "properties": members })
    }

    /// A document whose one operation responds with the first of the schemas.
    fn document(schemas: &[(&str, Value)]) -> Document {
        let content = json!({ "application/json": { "schema": reference(schemas[0].0) } });
        let paths = json!({ "/a/": { "get": { "responses": { "200": { "content": content } } } } });
        let schemas: serde_json::Map<_, _> =
            schemas.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
        Document::new(json!({ "paths": paths, "components": { "schemas": schemas } }))
    }

    fn renamed(old: &[(&str, Value)], new: &[(&str, Value)]) -> Vec<(String, String)> {
        let components = Components::of(&document(old), &document(new));
        components.renamed().iter().map(|(old, new)| (old.clone(), new.clone())).collect()
    }

    #[test]
    fn two_thirds_of_the_members_or_half_and_no_others_make_a_pair() {
        let old = [("Old", object(&["a", "b", "c"]))];
        for (members, is_one) in [
            (["a", "b", "x"].as_slice(), true),
            (&["a", "b", "c", "x", "y", "z"], true),
            (&["a", "b"], true),
            (&["a", "b", "x", "y"], false),
            (&["a", "b", "c", "w", "x", "y", "z"], false),
            (&["a"], false),
            (&["a", "x", "y"], false),
            (&["x"], false),
        ] {
            let found = renamed(&old, &[("New", object(members))]);
            assert_eq!(!found.is_empty(), is_one, "{members:?}: {found:?}");
        }
    }

    #[test]
    fn components_that_are_alike_and_used_elsewhere_are_no_pair() {
        let old = [("Both", object(&["x"])), ("Old", object(&["a", "b", "c"]))];
        let new = [("Both", object(&["x"])), ("New", object(&["a", "b", "c", "d"]))];
        assert!(renamed(&old, &new).is_empty(), "neither is used");
        let holder =
            |member: &str, name: &str| json!({ "type": "object", "properties": { member: reference(name) } });
        let (mut before, mut after) = (old.clone(), new.clone());
        (before[0].1, after[0].1) = (holder("one", "Old"), holder("other", "New"));
        assert!(renamed(&before, &after).is_empty(), "they are used at different places");
        after[0].1 = holder("one", "New");
        assert_eq!(renamed(&before, &after), [("Old".to_owned(), "New".to_owned())]);
    }

    #[test]
    fn what_a_pair_uses_at_one_place_may_be_a_pair_too() {
        let schemas = |list: &'static str, entry: &'static str, more: &str| {
            let mut holder = object(&["count", "next", more]);
            holder["properties"]["entries"] = json!({ "type": "array", "items": reference(entry) });
            [(list, holder), (entry, object(&["a", "b", "c", more]))]
        };
        let found = renamed(&schemas("List", "Entry", "old"), &schemas("Page", "Item", "new"));
        let names: Vec<_> = found.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect();
        assert_eq!(names, [("Entry", "Item"), ("List", "Page")]);
    }

    #[test]
    fn of_two_that_are_alike_the_one_with_more_equal_members_is_the_pair() {
        let choice =
            |names: &[&str]| json!({ "oneOf": names.iter().map(|name| reference(name)).collect::<Vec<_>>() });
        let old = [
            ("Kind", choice(&["Old", "Other"])),
            ("Old", object(&["a", "b", "c"])),
            ("Other", object(&["o"])),
        ];
        let new = [
            ("Kind", choice(&["First", "Second", "Other"])),
            ("First", object(&["a", "b", "x"])),
            ("Second", object(&["a", "b", "c", "d"])),
            ("Other", object(&["o"])),
        ];
        assert_eq!(renamed(&old, &new), [("Old".to_owned(), "Second".to_owned())]);
    }

    #[test]
    fn a_list_of_values_that_grew_is_a_pair() {
        let holder = |name: &str| json!({ "type": "object", "properties": { "status": reference(name) } });
        let list = |values: &[&str]| json!({ "type": "string", "enum": values });
        let old = [("Both", holder("StatusEnum")), ("StatusEnum", list(&["a", "b", "c"]))];
        let new = [("Both", holder("Status1c5Enum")), ("Status1c5Enum", list(&["a", "b", "c", "d"]))];
        assert_eq!(renamed(&old, &new), [("StatusEnum".to_owned(), "Status1c5Enum".to_owned())]);
    }
}
