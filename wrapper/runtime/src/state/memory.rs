//! The engine in memory, which a client has unless it is given another one.

use std::any::Any;
use std::collections::HashMap;
use std::fmt;
use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use super::engine::{Change, Key, Loaded, Record, StateFuture, StateStore, Version};

/// State in memory. Clones share it, so that several clients of one process can share what they know.
#[derive(Clone, Default)]
pub struct MemoryState(Arc<Mutex<Records<Vec<u8>>>>);

/// The records of a client without an engine, as values: nobody else reads them, so none is encoded.
pub(crate) type Values = Records<Box<dyn Any + Send + Sync>>;

/// What is kept under each key, until it expires.
pub(crate) struct Records<V> {
    entries: HashMap<Key, Entry<V>>,
    versions: Version,
    /// How many entries there are before the next look for expired ones.
    prune_at: usize,
}

struct Entry<V> {
    version: Version,
    value: V,
    /// `None` if it is kept for longer than clocks can show.
    expires: Option<SystemTime>,
}

impl<V> Entry<V> {
    fn is_live(&self, now: SystemTime) -> bool {
        self.expires.is_none_or(|expires| now < expires)
    }
}

impl MemoryState {
    fn lock(&self) -> MutexGuard<'_, Records<Vec<u8>>> {
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
        let record = |entry: &Entry<Vec<u8>>| Record { version: entry.version, value: entry.value.clone() };
        let find = |key| records.live(key, now).map(record);
        Loaded { records: keys.iter().map(find).collect(), now }
    }

    /// Writes the changes if all versions are as expected.
    pub(crate) fn swap(&self, changes: &[Change]) -> bool {
        let (mut records, now) = (self.lock(), SystemTime::now());
        let version = |key| records.live(key, now).map_or(0, |entry| entry.version);
        if changes.iter().any(|change| version(&change.key) != change.expected) {
            return false;
        }
        for change in changes {
            records.versions += 1;
            let version = records.versions;
            records.write(change.key.clone(), change.value.clone(), version, change.ttl, now);
        }
        true
    }

    /// Writes the changes that another engine has taken, whatever was there. Each gets the lowest version that the engine can
    /// have given it.
    pub(crate) fn overwrite(&self, changes: &[Change]) {
        let (mut records, now) = (self.lock(), SystemTime::now());
        for change in changes {
            let version = change.expected.saturating_add(1);
            records.write(change.key.clone(), change.value.clone(), version, change.ttl, now);
        }
    }
}

impl Values {
    /// The value under this key, if it is one of this type.
    pub(crate) fn value<T: Clone + 'static>(&self, key: &Key) -> Option<T> {
        self.live(key, SystemTime::now())?.value.downcast_ref().cloned()
    }

    /// Changes the value under this key where it is, or a new one, and keeps it for so long.
    pub(crate) fn change<T: Default + Send + Sync + 'static, R>(
        &mut self,
        key: &Key,
        ttl: Duration,
        change: impl FnOnce(&mut T) -> R,
    ) -> R {
        let now = SystemTime::now();
        let live = self.entries.get_mut(key).filter(|entry| entry.is_live(now));
        if let Some(entry) = live
            && let Some(value) = entry.value.downcast_mut()
        {
            entry.expires = now.checked_add(ttl);
            return change(value);
        }
        let mut value = T::default();
        let result = change(&mut value);
        self.keep(key.clone(), value, ttl);
        result
    }

    /// Keeps the value under this key for so long.
    pub(crate) fn keep<T: Send + Sync + 'static>(&mut self, key: Key, value: T, ttl: Duration) {
        self.write(key, Some(Box::new(value)), 0, ttl, SystemTime::now());
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}

impl<V> Default for Records<V> {
    fn default() -> Self {
        Self { entries: HashMap::new(), versions: 0, prune_at: 0 }
    }
}

impl<V> Records<V> {
    fn live(&self, key: &Key, now: SystemTime) -> Option<&Entry<V>> {
        self.entries.get(key).filter(|entry| entry.is_live(now))
    }

    fn write(&mut self, key: Key, value: Option<V>, version: Version, ttl: Duration, now: SystemTime) {
        let Some(value) = value else {
            self.entries.remove(&key);
            return;
        };
        self.entries.insert(key, Entry { version, value, expires: now.checked_add(ttl) });
        // Each time that the number of entries has doubled, so that a write costs the same however many there are.
        if self.entries.len() > self.prune_at {
            self.entries.retain(|_, entry| entry.is_live(now));
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
