//! Our contract from the vendor's document: its structure, our descriptions, none of its prose.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::places::{self, Kind, operation_key, schema_key};
use crate::diff::{self, Components};
use crate::generate::document::{Document, FREE, NAMING};
use crate::generate::{normal_form, patch};

/// A contract, and what happened to its sentences.
#[derive(Debug)]
pub(super) struct Rewritten {
    pub(super) contract: Value,
    /// New places without a sentence.
    pub(super) undescribed: Vec<String>,
    /// Places that had a sentence and are gone.
    pub(super) lost: Vec<String>,
    /// Component schemas that have another name now: from the old name to the new one.
    pub(super) renamed: BTreeMap<String, String>,
}

/// Rewrites `vendor` with the sentences of `ours`. `note` is the provenance.
pub(super) fn rewrite(ours: &Document, vendor: &Document, note: Value) -> Rewritten {
    let components = Components::of(ours, vendor);
    let sentences = Sentences::of(ours, vendor, &components);
    let mut contract = vendor.root().clone();
    let mut found = BTreeSet::new();
    let mut undescribed = Vec::new();
    without_extensions(&mut contract, false);
    places::each(&mut contract, &mut |key, kind, object| {
        without_prose(object, kind);
        match sentences.at(key) {
            Some((older, known)) => {
                found.insert(older.to_owned());
                for (key, sentence, index) in &known.sentences {
                    put(object, key, sentence.clone(), *index);
                }
            }
            None if says_something(key, kind) => undescribed.push(key.to_owned()),
            None => {}
        }
        finish(object, kind, key);
    });
    if let Some(info) = contract.get_mut("info").and_then(Value::as_object_mut) {
        info.insert("x-provenance".to_owned(), note);
    }
    let renamed = known_names(ours, vendor, components.renamed());
    let provenance = contract.pointer_mut("/info/x-provenance").and_then(Value::as_object_mut);
    if let Some(provenance) = provenance.filter(|_| !renamed.is_empty()) {
        let pairs = renamed.into_iter().map(|(known, name)| (known, Value::String(name)));
        provenance.insert("renamed".to_owned(), Value::Object(pairs.collect()));
    }
    let lost = sentences.described().filter(|key| !found.contains(*key)).map(str::to_owned).collect();
    Rewritten { contract, undescribed, lost, renamed: components.renamed().clone() }
}

/// The names by which the patches know components, and those that they have in `vendor`, after all imports so far.
fn known_names(
    ours: &Document,
    vendor: &Document,
    renamed: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let mut names = renamed.clone();
    for (known, before) in patch::renamed(ours) {
        names.remove(&before);
        names.insert(known, renamed.get(&before).cloned().unwrap_or(before));
    }
    names.retain(|known, name| vendor.schema(known).is_none() && vendor.schema(name).is_some());
    names
}

/// Extensions are not part of the wire, and may hold prose or mean something to the generator.
fn without_extensions(value: &mut Value, are_names: bool) {
    match value {
        Value::Object(members) => {
            members.retain(|key, _| are_names || !key.starts_with("x-"));
            for (key, member) in members {
                // `default` is a name among responses.
                if are_names || !FREE.contains(&key.as_str()) {
                    without_extensions(member, !are_names && NAMING.contains(&key.as_str()));
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| without_extensions(item, false)),
        _ => {}
    }
}

/// Replaces the vendor's sentences by a mark, so that ours can be put in the same place.
fn without_prose(object: &mut Map<String, Value>, kind: Kind) {
    for key in SENTENCES {
        if let Some(sentence) = object.get_mut(key) {
            *sentence = Value::Null;
        }
    }
    // Examples of bodies are prose; those of a schema's values are few and short, and stay as in the contract.
    if matches!(kind, Kind::Parameter | Kind::MediaType | Kind::Header) {
        object.shift_remove("example");
    }
    if kind != Kind::Schema {
        object.shift_remove("examples");
    }
    if let Some(link) = object.get_mut("externalDocs").and_then(Value::as_object_mut) {
        link.shift_remove("description");
    }
}

/// Puts a sentence where the vendor's was, or else where ours was before.
fn put(object: &mut Map<String, Value>, key: &str, sentence: Value, index: usize) {
    if object.contains_key(key) {
        object.insert(key.to_owned(), sentence);
    } else {
        object.shift_insert(index.min(object.len()), key.to_owned(), sentence);
    }
}

/// Removes the marks that are left. A response must have a description, and gets the name of its status.
fn finish(object: &mut Map<String, Value>, kind: Kind, key: &str) {
    if kind == Kind::Response && object.get("description").is_none_or(Value::is_null) {
        let status = key.rsplit("response ").next().unwrap_or_default();
        object.insert("description".to_owned(), Value::String(normal_form::reason(status)));
    }
    for key in SENTENCES {
        if object.get(key).is_some_and(Value::is_null) {
            object.shift_remove(key);
        }
    }
}

/// Whether a reader would look for a sentence there.
fn says_something(key: &str, kind: Kind) -> bool {
    match kind {
        Kind::Operation | Kind::Parameter | Kind::Response | Kind::Header => true,
        // Components and their members; not items, parts and what is written in place.
        Kind::Schema => key.starts_with("schema ") && !key.ends_with(['>', ']', '}']),
        Kind::Info | Kind::Body | Kind::MediaType | Kind::Other => false,
    }
}

/// The keys that hold sentences.
const SENTENCES: [&str; 2] = ["summary", "description"];

/// What is at one place of the older document.
#[derive(Debug, Default)]
struct Known {
    /// Key, sentence, and where among the members it was.
    sentences: Vec<(String, Value, usize)>,
}

/// The sentences of the older document.
#[derive(Debug)]
struct Sentences {
    places: BTreeMap<String, Known>,
    /// From the key of an operation or component in the new document to that in the older one, where they differ.
    renamed: BTreeMap<String, String>,
}

impl Sentences {
    /// The sentences of `old`, and how their places are called in `new`.
    fn of(old: &Document, new: &Document, components: &Components) -> Self {
        let mut places = BTreeMap::new();
        let mut root = old.root().clone();
        places::each(&mut root, &mut |key, _, object| {
            places.insert(key.to_owned(), known(object));
        });
        Self { places, renamed: renamed(old, new, components) }
    }

    /// What was at the place that the new document calls `key`, and what the place was called then.
    fn at(&self, key: &str) -> Option<(&str, &Known)> {
        let mut holders = places::holders(key).chain([key]);
        let renamed = holders.find_map(|holder| {
            let rest = key.strip_prefix(holder)?;
            self.renamed.get(holder).map(|old| format!("{old}{rest}"))
        });
        self.places.get_key_value(renamed.as_deref().unwrap_or(key)).map(|(key, known)| (key.as_str(), known))
    }

    /// The places that have a sentence.
    fn described(&self) -> impl Iterator<Item = &str> {
        self.places.iter().filter(|(_, known)| !known.sentences.is_empty()).map(|(key, _)| key.as_str())
    }
}

fn known(object: &Map<String, Value>) -> Known {
    let members = object.iter().enumerate().filter(|(_, (key, _))| SENTENCES.contains(&key.as_str()));
    Known { sentences: members.map(|(index, (key, value))| (key.clone(), value.clone(), index)).collect() }
}

fn renamed(old: &Document, new: &Document, components: &Components) -> BTreeMap<String, String> {
    let operations = diff::operations(old, new).into_iter().filter_map(|(old, new)| {
        let (old, new) = (old?, new?);
        Some((operation_key(&new.method, &new.path), operation_key(&old.method, &old.path)))
    });
    let schemas = components.renamed().iter().map(|(old, new)| (schema_key(new), schema_key(old)));
    operations.chain(schemas).filter(|(new, old)| new != old).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn document(root: Value) -> Document {
        Document::new(root)
    }

    fn member(name: &str, schema: &Value) -> Value {
        json!({ "components": { "schemas": { name: { "type": "object", "properties": { "a": schema } } } } })
    }

    #[test]
    fn sentences_are_ours_and_structure_is_the_vendors() {
        let ours = document(member("A", &json!({ "type": "string", "description": "Ours." })));
        let vendor =
            member("A", &json!({ "description": "Theirs.", "type": "string", "maxLength": 5, "title": "T" }));
        let rewritten = rewrite(&ours, &document(vendor), json!({}));
        let expected = json!({ "description": "Ours.", "type": "string", "maxLength": 5, "title": "T" });
        assert_eq!(rewritten.contract["components"]["schemas"]["A"]["properties"]["a"], expected);
        assert!(rewritten.lost.is_empty());
    }

    #[test]
    fn sentences_follow_a_renamed_schema_and_a_renamed_operation() {
        let path = |id: &str, parameter: &str, words: &str| {
            let parameters = json!([{ "in": "path", "name": parameter, "description": words }]);
            json!({ "paths": { format!("/a/{{{parameter}}}/"): { "get": {
                "operationId": id, "summary": words, "parameters": parameters,
                "responses": { "200": { "description": words } },
            } } } })
        };
        let rewritten = rewrite(
            &document(path("old id", "id", "Ours.")),
            &document(path("new", "uuid", "Theirs.")),
            json!({}),
        );
        let text = rewritten.contract.to_string();
        assert!(!text.contains("Theirs") && text.matches("Ours.").count() == 3, "{text}");

        let schema = json!({ "type": "string", "description": "Ours." });
        let ours = document(member("Status1c5Enum", &schema));
        let vendor = document(member("StatusEnum", &json!({ "type": "string", "description": "Theirs." })));
        let rewritten = rewrite(&ours, &vendor, json!({}));
        assert_eq!(
            rewritten.contract["components"]["schemas"]["StatusEnum"]["properties"]["a"]["description"],
            "Ours."
        );
    }

    /// Our contract with one component under another name.
    fn with_another_name(contract: &Value, from: &str, to: &str) -> Value {
        let (old, new) = (format!("schemas/{from}\""), format!("schemas/{to}\""));
        let mut renamed: Value = serde_json::from_str(&contract.to_string().replace(&old, &new)).unwrap();
        renamed["info"].as_object_mut().unwrap().remove("x-provenance");
        let schemas = renamed["components"]["schemas"].as_object_mut().unwrap();
        let schema = schemas.shift_remove(from).unwrap();
        schemas.insert(to.to_owned(), schema);
        renamed
    }

    #[test]
    fn any_component_may_be_renamed_again_and_again_and_keeps_its_patches() {
        let contract: Value = serde_json::from_str(include_str!("../../../openapi/contract.json")).unwrap();
        for name in Document::new(contract.clone()).schema_names() {
            let mut ours = contract.clone();
            for (from, to) in
                [(name.as_str(), "RenamedV2"), ("RenamedV2", "RenamedV3"), ("RenamedV3", &*name)]
            {
                let vendor = with_another_name(&ours, from, to);
                ours = rewrite(&document(ours), &document(vendor), json!({})).contract;
                let mut patched = document(ours.clone());
                for patch in patch::PATCHES {
                    let complaints = (patch.apply)(&mut patched).complaints(patch, &patched);
                    assert_eq!(complaints, Vec::<String>::new(), "{name} as {to}");
                }
                assert!(patched.schema("RenamedV2").is_none() && patched.schema("RenamedV3").is_none());
            }
        }
    }

    /// Adds a member or a value to a component.
    fn grow(contract: &mut Value, name: &str) {
        let schema = &mut contract["components"]["schemas"][name];
        match schema["enum"].as_array_mut() {
            Some(values) => values.push(json!("NEW")),
            None => schema["properties"]["colour"] = json!({ "type": "string" }),
        }
    }

    /// What all patches together say of a contract.
    fn complaints(contract: Value) -> Vec<String> {
        let mut patched = document(contract);
        let all = patch::PATCHES.iter().map(|patch| {
            let record = (patch.apply)(&mut patched);
            record.complaints(patch, &patched)
        });
        all.flatten().collect()
    }

    #[test]
    fn a_component_that_was_renamed_and_changed_has_the_patches_of_one_that_was_changed() {
        let contract: Value = serde_json::from_str(include_str!("../../../openapi/contract.json")).unwrap();
        for name in Document::new(contract.clone()).schema_names() {
            let mut changed = contract.clone();
            grow(&mut changed, &name);
            let mut vendor = with_another_name(&contract, &name, "RenamedV2");
            grow(&mut vendor, "RenamedV2");
            let rewritten = rewrite(&document(contract.clone()), &document(vendor), json!({}));
            assert_eq!(rewritten.renamed, BTreeMap::from([(name.clone(), "RenamedV2".to_owned())]));
            assert!(rewritten.lost.is_empty(), "{name}: {:?}", rewritten.lost);
            assert_eq!(complaints(rewritten.contract), complaints(changed), "{name}");
        }
    }

    #[test]
    fn what_is_new_has_no_prose_and_is_listed() {
        let ours = document(json!({ "paths": {} }));
        let vendor = json!({ "paths": { "/a/": { "get": {
            "operationId": "a", "summary": "Theirs.", "x-words": "Theirs.",
            "externalDocs": { "url": "https://example.com", "description": "Theirs." },
            "parameters": [{ "in": "query", "name": "b", "description": "Theirs.", "examples": { "c": "Theirs." } }],
            "responses": { "200": {
                "description": "Theirs.",
                "content": { "application/json": { "examples": { "d": { "value": "Theirs." } } } },
            }, "418": { "description": "Theirs." } },
        } } } });
        let rewritten = rewrite(&ours, &document(vendor), json!({}));
        let text = rewritten.contract.to_string();
        assert!(!text.contains("Theirs"), "{text}");
        assert_eq!(
            rewritten.contract["paths"]["/a/"]["get"]["responses"]["418"]["description"],
            "I'm a teapot"
        );
        assert_eq!(
            rewritten.undescribed,
            ["GET /a/", "GET /a/, query parameter b", "GET /a/, response 200", "GET /a/, response 418"]
        );
    }

    #[test]
    fn a_member_called_like_a_keyword_is_a_member() {
        let members = json!({
            "description": { "type": "string" }, "summary": { "type": "string" }, "example": { "type": "string" },
            "x-id": { "type": "string" },
        });
        let schema =
            json!({ "components": { "schemas": { "A": { "type": "object", "properties": members } } } });
        let rewritten = rewrite(&document(schema.clone()), &document(schema.clone()), json!({}));
        assert_eq!(rewritten.contract["components"], schema["components"]);
    }
}
