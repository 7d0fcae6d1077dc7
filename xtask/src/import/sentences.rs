//! Our sentences by their places, and the names that places had in the older document.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::places::{self, operation_key, schema_key};
use crate::diff::{Components, operations};
use crate::generate::document::Document;

/// The keys that hold sentences.
pub(crate) const SENTENCES: [&str; 2] = ["summary", "description"];

/// What stands at one place of the older document.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Key, sentence, and where among the members it stood.
    pub(crate) sentences: Vec<(String, Value, usize)>,
}

/// The sentences of the older document.
#[derive(Debug)]
pub(crate) struct Sentences {
    places: BTreeMap<String, Known>,
    /// From the beginning of a key in the new document to that of the older one, where they differ.
    moved: Vec<(String, String)>,
}

impl Sentences {
    /// Collects the sentences of `old`, and how places are called in `new`.
    pub(crate) fn of(old: &Document, new: &Document) -> Self {
        let mut places = BTreeMap::new();
        let mut root = old.root().clone();
        places::each(&mut root, &mut |key, _, object| {
            places.insert(key.to_owned(), known(object));
        });
        Self { places, moved: moved(old, new) }
    }

    /// What stood at the place that the new document calls `key`, and what the place was called then.
    pub(crate) fn at(&self, key: &str) -> Option<(&str, &Known)> {
        let older = self.moved.iter().find_map(|(new, old)| {
            let rest = key.strip_prefix(new.as_str())?;
            let ends = rest.is_empty() || rest.starts_with([',', '.', '[', '{', '<']);
            ends.then(|| format!("{old}{rest}"))
        });
        let older = older.as_deref().unwrap_or(key);
        self.places.get_key_value(older).map(|(key, known)| (key.as_str(), known))
    }

    /// The places that have a sentence.
    pub(crate) fn described(&self) -> impl Iterator<Item = &str> {
        self.places.iter().filter(|(_, known)| !known.sentences.is_empty()).map(|(key, _)| key.as_str())
    }
}

fn known(object: &Map<String, Value>) -> Known {
    let members = object.iter().enumerate().filter(|(_, (key, _))| SENTENCES.contains(&key.as_str()));
    Known { sentences: members.map(|(index, (key, value))| (key.clone(), value.clone(), index)).collect() }
}

fn moved(old: &Document, new: &Document) -> Vec<(String, String)> {
    let pairs = operations(old, new).into_iter().filter_map(|(old, new)| {
        let (old, new) = (old?, new?);
        Some((operation_key(&new.method, &new.path), operation_key(&old.method, &old.path)))
    });
    let components = Components::of(old, new);
    let schemas = new.schema_names().into_iter().filter_map(|name| {
        let before = components.before(&name)?;
        Some((schema_key(&name), schema_key(before)))
    });
    pairs.chain(schemas).filter(|(new, old)| new != old).collect()
}
