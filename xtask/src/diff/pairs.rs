//! What belongs together in two documents: operations by method and path, components by name, and what was renamed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::alike;
use super::rules::is_text;
use super::schemas::Schema;
use crate::generate::document::{Document, Place};

/// Operations of both documents side by side, in the order of the new one, then those that are gone.
///
/// They belong together if they have the same method and path, or else the same `operationId`.
pub(crate) fn operations(old: &Document, new: &Document) -> Vec<(Option<Place>, Option<Place>)> {
    let mut left: Vec<Option<Place>> = old.places().into_iter().map(Some).collect();
    let mut pairs: Vec<(Option<Place>, Option<Place>)> =
        new.places().into_iter().map(|place| (None, Some(place))).collect();
    let by_path =
        |_: &Document, place: &Place| Some(format!("{} {}", place.method, path_template(&place.path)));
    let by_id = |document: &Document, place: &Place| {
        let id = document.operation(place)?.get("operationId")?.as_str()?;
        Some(id.to_owned())
    };
    for key in [&by_path as &dyn Fn(&Document, &Place) -> Option<String>, &by_id] {
        let mut known = HashMap::new();
        for (index, place) in left.iter().enumerate() {
            if let Some(key) = place.as_ref().and_then(|place| key(old, place)) {
                known.entry(key).or_insert(index);
            }
        }
        for (before, place) in pairs.iter_mut().filter(|(before, _)| before.is_none()) {
            let index = place.as_ref().and_then(|place| key(new, place)).and_then(|key| known.remove(&key));
            *before = index.and_then(|index| left.get_mut(index)?.take());
        }
    }
    pairs.extend(left.into_iter().flatten().map(|place| (Some(place), None)));
    pairs
}

/// The path without the names of its parameters, which do not appear on the wire.
pub(crate) fn path_template(path: &str) -> String {
    let pieces = path.split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, rest)| rest));
    pieces.collect::<Vec<_>>().join("{}")
}

/// The names of the parameters in a path, in order.
pub(crate) fn parameter_names(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|piece| piece.split_once('}')).map(|(name, _)| name).collect()
}

/// Component schemas of both documents.
#[derive(Debug, Default)]
pub(crate) struct Components {
    /// Old name and new name, equal unless it was renamed: in the order of the new document, and last those that were changed
    /// as well.
    pub(crate) common: Vec<(String, String)>,
    pub(crate) added: Vec<String>,
    pub(crate) removed: Vec<String>,
    /// From the old name to the new one.
    renamed: BTreeMap<String, String>,
}

impl Components {
    pub(crate) fn of(old: &Document, new: &Document) -> Self {
        let (before, after) = (Forms::of(old, new), Forms::of(new, old));
        let mut candidates: HashMap<&str, Vec<&str>> = HashMap::new();
        for name in before.names.iter().filter(|_| !after.names.is_empty()) {
            if let Some(form) = before.by_name.get(name).filter(|form| form.is_telling) {
                candidates.entry(&form.text).or_default().push(name);
            }
        }
        let mut components = Self::default();
        for name in new.schema_names() {
            if old.schema(&name).is_some() {
                components.common.push((name.clone(), name));
                continue;
            }
            let found = after.by_name.get(&name).and_then(|form| {
                let candidates = candidates.get_mut(form.text.as_str())?;
                take_likeliest(candidates, &name, |candidate| before.refers_like(candidate, &after, form))
            });
            match found {
                Some(found) => {
                    components.renamed.insert(found.to_owned(), name.clone());
                    components.common.push((found.to_owned(), name));
                }
                None => components.added.push(name),
            }
        }
        let is_gone = |name: &&String| !components.renamed.contains_key(*name);
        components.removed = before.names.iter().filter(is_gone).cloned().collect();
        components.pair_changed_ones(old, new);
        components
    }

    /// Pairs those that were renamed and changed in one step.
    fn pair_changed_ones(&mut self, old: &Document, new: &Document) {
        let found = alike::pairs((old, &self.removed), (new, &self.added), &self.common);
        self.renamed.extend(found.iter().cloned());
        self.removed.retain(|name| !self.renamed.contains_key(name));
        let names: BTreeSet<&String> = self.renamed.values().collect();
        self.added.retain(|name| !names.contains(name));
        self.common.extend(found);
    }

    /// The components that have a new name: the old name and the new one.
    pub(crate) fn renamed(&self) -> &BTreeMap<String, String> {
        &self.renamed
    }

    /// Whether component `old` of the old document is `new` of the new one.
    pub(super) fn same(&self, old: &str, new: &str) -> bool {
        self.renamed.get(old).map_or(old == new, |name| name == new)
    }
}

/// Takes out the candidate whose name is most like `name`. Of a great many only the first are considered.
fn take_likeliest<'n>(
    candidates: &mut Vec<&'n str>,
    name: &str,
    matches: impl Fn(&str) -> bool,
) -> Option<&'n str> {
    const MOST: usize = 64;
    let likely = candidates.iter().take(MOST).enumerate().filter(|(_, candidate)| matches(candidate));
    let (index, _) = likely.min_by_key(|(_, candidate)| {
        (std::cmp::Reverse(likeness(candidate, name)), candidate.len().abs_diff(name.len()))
    })?;
    Some(candidates.remove(index))
}

/// How many characters two names share at their beginnings and ends.
pub(super) fn likeness(one: &str, other: &str) -> usize {
    let front = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let back = one.chars().rev().zip(other.chars().rev()).take_while(|(a, b)| a == b).count();
    front + back
}

/// What the components consist of that only one document has.
struct Forms {
    /// In the order of the document.
    names: Vec<String>,
    by_name: HashMap<String, Form>,
}

/// What a component consists of, without its text.
#[derive(Default)]
struct Form {
    /// References to components that only one document has are left out, as if they were equal.
    text: String,
    /// Those references.
    references: Vec<String>,
    /// A plain string or an empty object looks like many others.
    is_telling: bool,
}

impl Forms {
    fn of(document: &Document, other: &Document) -> Self {
        let is_common = |name: &str| other.schema(name).is_some();
        let names: Vec<String> =
            document.schema_names().into_iter().filter(|name| !is_common(name)).collect();
        let form = |name: &String| {
            let schema = document.schema(name)?;
            let keys = Schema::of(schema).keys;
            let telling = ["properties", "enum", "items", "allOf", "oneOf", "anyOf"];
            let is_telling = telling.iter().any(|key| keys.contains_key(key));
            let mut form = Form { is_telling, ..Form::default() };
            write_form(schema, &is_common, &mut form.text, &mut form.references);
            Some((name.clone(), form))
        };
        let by_name = names.iter().filter_map(form).collect();
        Self { names, by_name }
    }

    /// Whether what component `name` of these refers to has the forms of what `form` of the others refers to.
    fn refers_like(&self, name: &str, others: &Self, form: &Form) -> bool {
        let Some(known) = self.by_name.get(name) else { return false };
        known.references.iter().zip(&form.references).all(|(reference, other)| {
            let forms = (self.by_name.get(reference), others.by_name.get(other));
            matches!(forms, (Some(form), Some(other)) if form.text == other.text)
        })
    }
}

/// What a schema says, without its text, and in one order.
pub(super) fn form(schema: &Value) -> String {
    let mut form = String::new();
    write_form(schema, &|_| true, &mut form, &mut Vec::new());
    form
}

pub(super) fn write_form(
    schema: &Value,
    is_common: &dyn Fn(&str) -> bool,
    form: &mut String,
    references: &mut Vec<String>,
) {
    let schema = Schema::of(schema);
    form.push('(');
    match schema.reference {
        Some(name) if is_common(name) => form.push_str(name),
        Some(name) => references.push(name.to_owned()),
        None => {}
    }
    for (key, value) in schema.keys.iter().filter(|(key, _)| !is_text(key)) {
        form.extend([";", key, "="]);
        match (*key, value) {
            ("properties", Value::Object(members)) => {
                for (name, member) in members.iter().collect::<BTreeMap<_, _>>() {
                    form.extend([name, ":"]);
                    write_form(member, is_common, form, references);
                }
            }
            ("items" | "not" | "additionalProperties", Value::Object(_)) => {
                write_form(value, is_common, form, references);
            }
            ("allOf" | "oneOf" | "anyOf", Value::Array(parts)) => {
                for part in parts {
                    write_form(part, is_common, form, references);
                }
            }
            ("required" | "enum", Value::Array(items)) => {
                form.extend(items.iter().map(Value::to_string).collect::<BTreeSet<_>>());
            }
            _ => form.push_str(&value.to_string()),
        }
    }
    form.push(')');
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_of_path_parameters_do_not_count() {
        assert_eq!(path_template("/a/{id}/b/{other}/"), "/a/{}/b/{}/");
        assert_eq!(path_template("/a/{id}/b/"), path_template("/a/{uuid}/b/"));
        assert_eq!(parameter_names("/a/{id}/b/{other}/"), ["id", "other"]);
    }

    fn document(schemas: &Value) -> Document {
        Document::new(json!({ "components": { "schemas": schemas } }))
    }

    #[test]
    fn of_two_equal_schemas_the_one_with_the_likelier_name_was_renamed() {
        let list = json!({ "type": "string", "enum": ["a"] });
        let old = document(&json!({ "AEnum": list, "Status1c5Enum": list }));
        let components = Components::of(&old, &document(&json!({ "StatusEnum": list })));
        assert_eq!(components.common, [("Status1c5Enum".to_owned(), "StatusEnum".to_owned())]);
        assert_eq!(components.removed, ["AEnum"]);
    }

    #[test]
    fn schemas_that_refer_to_each_other_can_be_renamed_together() {
        let schemas = |list: &str, entry: &str| {
            json!({
                list: { "items": { "$ref": format!("#/components/schemas/{entry}") } },
                entry: { "properties": { "next": { "$ref": format!("#/components/schemas/{entry}") } } },
            })
        };
        let components =
            Components::of(&document(&schemas("List", "Entry")), &document(&schemas("ListV2", "EntryV2")));
        assert!(components.same("List", "ListV2") && components.same("Entry", "EntryV2"), "{components:?}");
        let other = document(&json!({
            "ListV2": { "items": { "$ref": "#/components/schemas/Other" } },
            "Other": { "properties": { "name": { "type": "string" } } },
        }));
        assert!(Components::of(&document(&schemas("List", "Entry")), &other).renamed().is_empty());
    }
}
