//! What an engine of shared state offers: small versioned records, read together and written together or not at all.
//!
//! An engine holds no rule. Every decision is a pure function from records and an instant to new records, which is applied
//! by [`load`](StateStore::load), decide, [`compare_and_swap`](StateStore::compare_and_swap), and again if another process
//! was faster. A version that changed refuses the write of whoever comes late.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Names a record: `{<owner>}:<kind>:<id>`.
///
/// The braces are a hash tag, so that a cluster of Redis keeps the records of one owner together. No key holds a secret or
/// the id of an account: both are keyed hashes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(Arc<str>);

impl Key {
    /// The record of this kind and id that belongs to `owner`.
    #[must_use]
    pub fn new(owner: &str, kind: &str, id: &str) -> Self {
        // Without formatting, which a read of an account would feel.
        Self(["{", owner, "}:", kind, ":", id].concat().into())
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.0)
    }
}

/// The version of a record: 0 if there is none, and greater with each write.
pub type Version = u64;

/// A record as an engine keeps it.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// Its version, which is never 0.
    pub version: Version,
    /// Its value: JSON, some hundred bytes.
    pub value: Vec<u8>,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("version", &self.version)
            .field("value", &format_args!("<{} bytes>", self.value.len()))
            .finish()
    }
}

/// What an engine returns for a list of keys.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The records, in the order of the keys. One that has expired is `None`.
    pub records: Vec<Option<Record>>,
    /// The engine's clock, which all processes go by.
    pub now: SystemTime,
}

/// One record that is to be written or deleted.
#[derive(Clone)]
pub struct Change {
    /// Which record.
    pub key: Key,
    /// The version that was loaded; 0 if there was no record.
    pub expected: Version,
    /// The new value; `None` deletes the record.
    pub value: Option<Vec<u8>>,
    /// How long the record is kept from now on.
    pub ttl: Duration,
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Change")
            .field("key", &self.key)
            .field("expected", &self.expected)
            .field("value", &self.value.as_ref().map(|value| format!("<{} bytes>", value.len())))
            .field("ttl", &self.ttl)
            .finish()
    }
}

/// What an engine is doing.
pub type StateFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, StateError>> + Send + 'a>>;

/// The place of the state that all clients of a company share: an engine.
///
/// An engine that does not answer in time is treated as if it had failed.
pub trait StateStore: fmt::Debug + Send + Sync + 'static {
    /// The records under these keys, as they are at one instant, and the engine's clock.
    fn load<'a>(&'a self, keys: &'a [Key]) -> StateFuture<'a, Loaded>;

    /// Writes all of the changes if none of the records has another version than expected; returns `false`, and writes
    /// nothing, if one has. A record that has expired has version 0.
    fn compare_and_swap<'a>(&'a self, changes: &'a [Change]) -> StateFuture<'a, bool>;

    /// How long the client waits for one load or swap: two seconds unless the engine says otherwise. `None` if the engine
    /// fails by itself when it takes too long.
    fn timeout(&self) -> Option<Duration> {
        Some(Duration::from_secs(2))
    }
}

/// Why an engine could not be used.
#[derive(Debug)]
pub struct StateError {
    place: String,
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl StateError {
    /// What went wrong, and where: a file, or a server without its password. Neither may hold a secret, because both are
    /// part of the sentence.
    pub fn new(
        place: impl Into<String>,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self { place: place.into(), source: source.into() }
    }
}

impl fmt::Display for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.source)
    }
}

impl std::error::Error for StateError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.source()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_its_owner_as_hash_tag() {
        let key = Key::new("ab12", "account", "cd34");
        assert_eq!((key.as_str(), &*key.to_string()), ("{ab12}:account:cd34", "{ab12}:account:cd34"));
    }

    #[test]
    fn an_error_says_where_and_what() {
        let error = StateError::new("state.sqlite", "is not a database");
        assert_eq!(error.to_string(), "state.sqlite: is not a database");
        let gone = StateError::new("redis", std::io::Error::other("connection reset"));
        assert_eq!(gone.to_string(), "redis: connection reset");
    }

    #[test]
    fn debug_shows_no_value() {
        let record = Record { version: 1, value: b"canary".to_vec() };
        let key = Key::new("a", "b", "c");
        let change = Change { key, expected: 1, value: Some(b"canary".to_vec()), ttl: Duration::ZERO };
        let shown = format!("{record:?} {change:?}");
        assert!(!shown.contains("canary") && shown.contains("<6 bytes>"), "{shown}");
    }
}
