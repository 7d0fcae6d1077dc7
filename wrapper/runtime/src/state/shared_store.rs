//! A store used from async code: on blocking threads, for a bounded time, and never fatally.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use super::error::StoreError;
use super::saved::Saved;
use super::store::{Store, StoreLock};

/// How long loading or saving may take before the client continues without it.
const LONGEST: Duration = Duration::from_secs(5);

/// How long the lock may take before the client continues without it: longer than a token operation of another process,
/// because a store bounds this wait itself.
const LONGEST_LOCK: Duration = Duration::from_secs(90);

/// What part of a store is failing, one bit each.
const LOCK: u8 = 1;
const LOAD: u8 = 2;
const SAVE: u8 = 4;

/// A store, or none, and the name of the owner whose values in it are ours.
#[derive(Clone, Debug)]
pub(crate) struct SharedStore(Option<Arc<Inner>>);

#[derive(Debug)]
struct Inner {
    store: Box<dyn Store>,
    owner: String,
    failing: AtomicU8,
}

impl SharedStore {
    /// No store: nothing is saved and nothing is waited for.
    pub(crate) fn none() -> Self {
        Self(None)
    }

    /// A view of `store` that sees only the values that belong to `owner`.
    pub(crate) fn new(store: Option<Box<dyn Store>>, owner: String) -> Self {
        Self(store.map(|store| Arc::new(Inner { store, owner, failing: AtomicU8::new(0) })))
    }

    /// Whether there is a store at all.
    pub(crate) fn is_some(&self) -> bool {
        self.0.is_some()
    }

    /// The lock against other processes, if it can be acquired.
    pub(crate) async fn lock(&self) -> Option<StoreLock> {
        let lock = self.run(LOCK, LONGEST_LOCK, |inner| inner.store.lock()).await?;
        self.works(LOCK);
        Some(lock)
    }

    /// What was saved by the same owner.
    pub(crate) async fn load(&self) -> Option<Saved> {
        let saved = self.run(LOAD, LONGEST, Inner::load).await?;
        self.works(LOAD);
        Some(saved)
    }

    /// Changes what is saved. The caller holds the lock.
    pub(crate) async fn update(&self, change: impl FnOnce(&mut Saved) + Send + 'static) {
        if self.run(SAVE, LONGEST, |inner| inner.update(change)).await == Some(true) {
            self.works(SAVE);
        }
    }

    /// Acquires the lock, changes what is saved, and releases the lock.
    pub(crate) async fn lock_and_update(&self, change: impl FnOnce(&mut Saved) + Send + 'static) {
        let updated = self.run(SAVE, LONGEST, |inner| {
            let _lock = inner.store.lock()?;
            inner.update(change)
        });
        if updated.await == Some(true) {
            self.works(SAVE);
        }
    }

    async fn run<T: Send + 'static>(
        &self,
        what: u8,
        longest: Duration,
        work: impl FnOnce(&Inner) -> Result<T, StoreError> + Send + 'static,
    ) -> Option<T> {
        let inner = Arc::clone(self.0.as_ref()?);
        let used = Arc::clone(&inner);
        let task = tokio::task::spawn_blocking(move || work(&used));
        match tokio::time::timeout(longest, task).await {
            Ok(Ok(Ok(value))) => Some(value),
            Ok(Ok(Err(error))) => inner.warn(what, &error.to_string()),
            Ok(Err(_)) | Err(_) => inner.warn(what, "the store did not answer in time"),
        }
    }

    fn works(&self, what: u8) {
        if let Some(inner) = &self.0 {
            inner.failing.fetch_and(!what, Ordering::Relaxed);
        }
    }
}

impl Inner {
    fn load(&self) -> Result<Saved, StoreError> {
        let saved = self.store.load()?.filter(|saved| saved.owner == self.owner);
        Ok(saved.unwrap_or_else(|| Saved::owned_by(&self.owner)))
    }

    /// Whether there was anything to save.
    fn update(&self, change: impl FnOnce(&mut Saved)) -> Result<bool, StoreError> {
        let before = self.load()?;
        let mut after = before.clone();
        change(&mut after);
        if after == before {
            return Ok(false);
        }
        self.store.save(&after).map(|()| true)
    }

    /// Warns once for each outage, not once for each call: an outage ends when every part that failed works again.
    fn warn<T>(&self, what: u8, why: &str) -> Option<T> {
        if self.failing.fetch_or(what, Ordering::Relaxed) == 0 {
            tracing::warn!(why, "the store cannot be used; continuing without it");
        }
        None
    }
}
