//! Records as typed values: JSON with a version.

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::clock::Moment;
use super::engine::{Change, Key, Record};
use super::epoch::Recovery;
use super::memory::Values;

/// The version of the form of a record. One of another version does not decode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub(crate) struct Form;

const FORM: u8 = 2;

impl TryFrom<u8> for Form {
    type Error = String;

    fn try_from(form: u8) -> Result<Self, String> {
        if form == FORM { Ok(Self) } else { Err(format!("form {form} is not {FORM}")) }
    }
}

impl From<Form> for u8 {
    fn from(_: Form) -> Self {
        FORM
    }
}

/// What a record holds.
pub(crate) trait StateRecord:
    Clone + Default + DeserializeOwned + Send + Serialize + Sync + 'static
{
    /// How long it is kept after its last change.
    const TTL: Duration;

    /// Whether each decision leaves a number of its own in it, so that no two write the same value.
    const IS_UNIQUE: bool = true;

    /// Adds what this process learned while it could not reach the engine.
    fn merge(&mut self, learned: Self);
}

/// The records that a decision is made from, and those that it writes.
pub(crate) struct View<'a> {
    /// The instant of the decision.
    pub(crate) now: Moment,
    /// Whether the records are shared with other processes.
    pub(crate) is_shared: bool,
    /// Whether they should be and are not, because the engine is out of order.
    pub(crate) is_in_outage: bool,
    /// The time in which they do not know of all calls, if it is now.
    pub(crate) recovery: Option<Recovery>,
    pub(super) keys: &'a [Key],
    pub(super) source: Source<'a>,
}

/// Where the records of a decision are.
pub(super) enum Source<'a> {
    /// In an engine, which they were loaded from and the changes go to.
    Engine(Encoded),
    /// In this client.
    Values(&'a mut Values),
}

/// Records as an engine stores them.
#[derive(Default)]
pub(super) struct Encoded {
    pub(super) records: Vec<Option<Record>>,
    /// What this process learned about the same keys in an outage that has ended.
    pub(super) learned: Vec<Option<Record>>,
    pub(super) changes: Vec<Change>,
    /// Whether no other decision can have written the same.
    pub(super) is_unique: bool,
}

impl View<'_> {
    /// The record under the key at this place, or its default if there is none that can be read.
    pub(crate) fn get<T: StateRecord>(&self, at: usize) -> T {
        match &self.source {
            Source::Engine(encoded) => {
                let stored = encoded.records.get(at).and_then(Option::as_ref);
                let mut record: T = stored.map(decode).unwrap_or_default();
                if let Some(learned) = encoded.learned.get(at).and_then(Option::as_ref) {
                    record.merge(decode(learned));
                }
                record
            }
            Source::Values(values) => self.keys.get(at).and_then(|key| values.value(key)).unwrap_or_default(),
        }
    }

    /// Changes the record under the key at this place. It is written if `change` says so; if it does not, the record must be as
    /// good as it was.
    pub(crate) fn change<T: StateRecord, R>(
        &mut self,
        at: usize,
        change: impl FnOnce(&mut T) -> (R, bool),
    ) -> R {
        if let (Source::Values(values), Some(key)) = (&mut self.source, self.keys.get(at)) {
            return values.change(key, T::TTL, change).0;
        }
        let mut record = self.get(at);
        let (result, is_changed) = change(&mut record);
        if is_changed {
            self.put(at, record);
        }
        result
    }

    /// Writes the record under the key at this place. It is never deleted, so that one that is not there has expired or was
    /// lost.
    pub(crate) fn put<T: StateRecord>(&mut self, at: usize, record: T) {
        let Some(key) = self.keys.get(at).cloned() else { return };
        match &mut self.source {
            Source::Engine(encoded) => {
                let stored = encoded.records.get(at).and_then(Option::as_ref);
                encoded.changes.push(change(key, stored, &record));
                encoded.is_unique |= T::IS_UNIQUE;
            }
            Source::Values(values) => values.keep(key, record, T::TTL),
        }
    }

    /// What the decision changed in the engine, and whether no other one can have written the same.
    pub(super) fn into_changes(self) -> (Vec<Change>, bool) {
        match self.source {
            Source::Engine(encoded) => (encoded.changes, encoded.is_unique),
            Source::Values(_) => (Vec::new(), false),
        }
    }
}

/// The change that writes a record over what is stored.
pub(super) fn change<T: StateRecord>(key: Key, stored: Option<&Record>, record: &T) -> Change {
    let expected = stored.map_or(0, |record| record.version);
    // Records have text keys only, so encoding does not fail.
    let value = serde_json::to_vec(record).ok();
    Change { key, expected, value, ttl: T::TTL }
}

pub(super) fn decode<T: StateRecord>(record: &Record) -> T {
    serde_json::from_slice(&record.value).unwrap_or_else(|_| {
        tracing::warn!("a record of the shared state cannot be read and counts as nothing");
        T::default()
    })
}
