//! The engine in memory, which a client has unless it is given another one.

use std::collections::HashMap;
use std::fmt;
use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use super::engine::{Change, Key, Loaded, Record, StateFuture, StateStore, Version};

/// State in memory. Clones share it, so that several clients of one process can share what they know.
#[derive(Clone, Default)]
pub struct MemoryState(Arc<Mutex<Records>>);

#[derive(Default)]
struct Records {
    entries: HashMap<Key, Entry>,
    versions: Version,
    /// How many entries there are before the next look for expired ones.
    prune_at: usize,
}

struct Entry {
    record: Record,
    expires: SystemTime,
}

impl MemoryState {
    fn lock(&self) -> MutexGuard<'_, Records> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The keys of all records, in order.
    #[must_use]
    pub fn keys(&self) -> Vec<Key> {
        let mut keys: Vec<_> = self.lock().entries.keys().cloned().collect();
        keys.sort_unstable();
        keys
    }

    /// The records under these keys and the clock.
    pub(crate) fn read(&self, keys: &[Key]) -> Loaded {
        let (records, now) = (self.lock(), SystemTime::now());
        let find = |key| records.live(key, now).map(|entry| entry.record.clone());
        Loaded { records: keys.iter().map(find).collect(), now }
    }

    /// Writes the changes if all versions are as expected.
    pub(crate) fn swap(&self, changes: &[Change]) -> bool {
        let (mut records, now) = (self.lock(), SystemTime::now());
        let version = |key| records.live(key, now).map_or(0, |entry| entry.record.version);
        if changes.iter().any(|change| version(&change.key) != change.expected) {
            return false;
        }
        for change in changes {
            records.versions += 1;
            let version = records.versions;
            records.write(change, version, now);
        }
        true
    }

    /// Writes the changes that another engine has taken, whatever was there. Each gets the lowest version that the engine can
    /// have given it.
    pub(crate) fn overwrite(&self, changes: &[Change]) {
        let (mut records, now) = (self.lock(), SystemTime::now());
        for change in changes {
            records.write(change, change.expected.saturating_add(1), now);
        }
    }
}

impl Records {
    fn live(&self, key: &Key, now: SystemTime) -> Option<&Entry> {
        self.entries.get(key).filter(|entry| now < entry.expires)
    }

    fn write(&mut self, change: &Change, version: Version, now: SystemTime) {
        let (Some(value), Some(expires)) = (&change.value, now.checked_add(change.ttl)) else {
            self.entries.remove(&change.key);
            return;
        };
        let record = Record { version, value: value.clone() };
        self.entries.insert(change.key.clone(), Entry { record, expires });
        // Each time that the number of entries has doubled, so that a write costs the same however many there are.
        if self.entries.len() > self.prune_at {
            self.entries.retain(|_, entry| now < entry.expires);
            self.prune_at = (2 * self.entries.len()).max(1_000);
        }
    }
}

impl StateStore for MemoryState {
    fn load<'a>(&'a self, keys: &'a [Key]) -> StateFuture<'a, Loaded> {
        Box::pin(ready(Ok(self.read(keys))))
    }

    fn compare_and_swap<'a>(&'a self, changes: &'a [Change]) -> StateFuture<'a, bool> {
        Box::pin(ready(Ok(self.swap(changes))))
    }
}

impl fmt::Debug for MemoryState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MemoryState({} records)", self.lock().entries.len())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn memory_passes_the_tests_that_every_engine_passes() {
        super::super::engine_suite::run(&MemoryState::default(), 1_000).await;
    }

    #[test]
    fn expired_records_are_dropped_as_the_number_of_records_doubles() {
        let memory = MemoryState::default();
        for id in 0..10_000 {
            let (key, value) = (Key::new("a", "b", &id.to_string()), Some(Vec::new()));
            assert!(memory.swap(&[Change { key, expected: 0, value, ttl: Duration::ZERO }]));
        }
        assert!(memory.lock().entries.len() <= 1_001, "{memory:?}");
    }
}
