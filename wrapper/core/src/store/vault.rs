//! Use of a store from async code: on threads that may block, for a bounded time, and never fatally.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::error::StoreError;
use super::saved::Saved;
use super::seam::{Store, StoreLock};

/// How long loading or saving may take before the client goes on without.
const LONGEST: Duration = Duration::from_secs(5);

/// A store, or none, and whose values in it are ours.
#[derive(Clone, Debug)]
pub(crate) struct Vault(Option<Arc<Opened>>);

#[derive(Debug)]
struct Opened {
    store: Box<dyn Store>,
    owner: String,
    is_failing: AtomicBool,
}

impl Vault {
    /// A vault over `store`, whose values belong to `owner`.
    pub(crate) fn new(store: Option<Box<dyn Store>>, owner: String) -> Self {
        Self(store.map(|store| Arc::new(Opened { store, owner, is_failing: AtomicBool::new(false) })))
    }

    /// Whether there is a store at all.
    pub(crate) fn is_open(&self) -> bool {
        self.0.is_some()
    }

    /// The lock against other processes, where it can be had.
    pub(crate) async fn lock(&self) -> Option<StoreLock> {
        // The store bounds this wait itself: it may be as long as another process's token operation.
        self.run(None, |opened| opened.store.lock()).await
    }

    /// What was saved by the same owner.
    pub(crate) async fn load(&self) -> Option<Saved> {
        self.run(Some(LONGEST), Opened::load).await
    }

    /// Changes what is saved. The caller holds the lock.
    pub(crate) async fn update(&self, change: impl FnOnce(&mut Saved) + Send + 'static) {
        self.run(Some(LONGEST), |opened| opened.update(change)).await;
    }

    /// Takes the lock, changes what is saved, and lets go.
    pub(crate) async fn lock_and_update(&self, change: impl FnOnce(&mut Saved) + Send + 'static) {
        self.run(Some(LONGEST), |opened| {
            let _lock = opened.store.lock()?;
            opened.update(change)
        })
        .await;
    }

    async fn run<T: Send + 'static>(
        &self,
        longest: Option<Duration>,
        work: impl FnOnce(&Opened) -> Result<T, StoreError> + Send + 'static,
    ) -> Option<T> {
        let opened = Arc::clone(self.0.as_ref()?);
        let used = Arc::clone(&opened);
        let task = tokio::task::spawn_blocking(move || work(&used));
        let done = match longest {
            Some(longest) => tokio::time::timeout(longest, task).await.ok(),
            None => Some(task.await),
        };
        match done {
            Some(Ok(Ok(value))) => {
                opened.is_failing.store(false, Ordering::Relaxed);
                Some(value)
            }
            Some(Ok(Err(error))) => opened.warn(&error.to_string()),
            Some(Err(_)) | None => opened.warn("the store did not answer in time"),
        }
    }
}

impl Opened {
    fn load(&self) -> Result<Saved, StoreError> {
        let saved = self.store.load()?.filter(|saved| saved.owner == self.owner);
        Ok(saved.unwrap_or_else(|| Saved::owned_by(&self.owner)))
    }

    fn update(&self, change: impl FnOnce(&mut Saved)) -> Result<(), StoreError> {
        let before = self.load()?;
        let mut after = before.clone();
        change(&mut after);
        if after == before { Ok(()) } else { self.store.save(&after) }
    }

    /// Warns once for each outage, not once for each call.
    fn warn<T>(&self, why: &str) -> Option<T> {
        if !self.is_failing.swap(true, Ordering::Relaxed) {
            tracing::warn!(why, "the store cannot be used; going on without it");
        }
        None
    }
}
