//! How decisions are applied to the state that clients share: load, decide, compare-and-swap, again on a conflict; and in
//! memory while the engine cannot be used.

use std::collections::HashSet;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::time::{Instant, timeout};

use super::clock::Clock;
use super::engine::{Change, Key, Loaded, Record, StateError, StateFuture, StateStore};
use super::memory::MemoryState;
use super::owner::Owner;
use super::record::View;
use crate::policy::jitter;

/// How long an engine may take for one step before it counts as out of order.
const LONGEST_STEP: Duration = Duration::from_secs(2);

/// How long an engine that is out of order is left alone.
const PAUSE: Duration = Duration::from_secs(5);

/// How often a decision is made again because another process was faster.
const MOST_CONFLICTS: u32 = 200;

/// The state of a client.
#[derive(Clone)]
pub(crate) struct SharedState(Arc<Inner>);

struct Inner {
    engine: Option<Box<dyn StateStore>>,
    /// The state itself if there is no engine, else what this process knows of it.
    memory: MemoryState,
    owner: Owner,
    clock: Clock,
    stands_still: bool,
    outage: Mutex<Outage>,
    /// One decision at a time for each process, so that its own calls do not conflict with each other.
    turn: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Outage {
    /// When the engine is tried again, if it is out of order.
    retry: Option<Instant>,
    /// What was changed in memory only.
    learned: HashSet<Key>,
}

/// The engine is out of order, and this client stands still until it is not.
#[derive(Debug)]
pub(crate) struct Unavailable {
    /// When it is tried again.
    pub(crate) retry_at: SystemTime,
}

impl SharedState {
    pub(crate) fn new(
        engine: Option<Box<dyn StateStore>>,
        owner: Owner,
        clock: Clock,
        stands_still: bool,
    ) -> Self {
        Self(Arc::new(Inner {
            engine,
            memory: MemoryState::default(),
            owner,
            clock,
            stands_still,
            outage: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
        }))
    }

    pub(crate) fn owner(&self) -> &Owner {
        &self.0.owner
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Whether every decision is made at once, without waiting for anything.
    pub(crate) fn is_immediate(&self) -> bool {
        self.0.engine.is_none()
    }

    /// Applies a decision about the records under these keys, which may be made several times.
    ///
    /// # Errors
    /// [`Unavailable`] if the engine is out of order and the client was told to stand still then.
    pub(crate) async fn apply<T>(
        &self,
        keys: &[Key],
        mut decide: impl FnMut(&mut View<'_>) -> T,
    ) -> Result<T, Unavailable> {
        let inner = &*self.0;
        let Some(engine) = &inner.engine else { return Ok(inner.in_memory(keys, false, decide)) };
        // Whoever waited for a turn behind a call that found the engine out of order does not try it too.
        let _turn = inner.turn.lock().await;
        if inner.may_try() {
            match inner.in_engine(&**engine, keys, &mut decide).await {
                Ok(verdict) => return Ok(verdict),
                Err(error) => inner.is_out_of_order(&error),
            }
        }
        if inner.stands_still {
            return Err(Unavailable { retry_at: inner.clock.now() + PAUSE });
        }
        Ok(inner.in_memory(keys, true, decide))
    }
}

impl Inner {
    async fn in_engine<T>(
        &self,
        engine: &dyn StateStore,
        keys: &[Key],
        decide: &mut impl FnMut(&mut View<'_>) -> T,
    ) -> Result<T, StateError> {
        for conflicts in 0..MOST_CONFLICTS {
            let Loaded { records, now } = within(engine.load(keys)).await?;
            let learned = self.learned(keys, &records);
            let now = self.clock.over(now);
            let mut view = View { now, is_shared: true, keys, records, learned, changes: Vec::new() };
            let verdict = decide(&mut view);
            let changes = view.changes;
            if changes.is_empty() || within(engine.compare_and_swap(&changes)).await? {
                self.works(&changes);
                return Ok(verdict);
            }
            if conflicts > 1 {
                let longest = Duration::from_millis(u64::from(conflicts.min(20)));
                tokio::time::sleep(longest.mul_f64(jitter())).await;
            }
        }
        Err(StateError::new("shared state", "too many processes changed the same record at once"))
    }

    fn in_memory<T>(&self, keys: &[Key], is_outage: bool, mut decide: impl FnMut(&mut View<'_>) -> T) -> T {
        loop {
            let Loaded { records, now } = self.memory.read(keys);
            let (now, learned) = (self.clock.over(now), Vec::new());
            let mut view = View { now, is_shared: false, keys, records, learned, changes: Vec::new() };
            let verdict = decide(&mut view);
            if self.memory.swap(&view.changes) {
                if is_outage {
                    self.lock().learned.extend(view.changes.into_iter().map(|change| change.key));
                }
                return verdict;
            }
        }
    }

    /// What this process knows about these keys and the engine does not: because it learned it in an outage that has ended,
    /// or because the engine has lost it.
    fn learned(&self, keys: &[Key], stored: &[Option<Record>]) -> Vec<Option<Record>> {
        let mut records = self.memory.read(keys).records;
        let outage = self.lock();
        for ((record, key), stored) in records.iter_mut().zip(keys).zip(stored) {
            // Versions only rise, unless the engine has lost the record; another process may have written it since.
            let version = |record: &Option<Record>| record.as_ref().map_or(0, |record| record.version);
            if version(stored) >= version(record) && !outage.learned.contains(key) {
                *record = None;
            }
        }
        records
    }

    fn may_try(&self) -> bool {
        self.lock().retry.is_none_or(|retry| Instant::now() >= retry)
    }

    /// Warns once for each outage, not once for each call.
    fn is_out_of_order(&self, error: &StateError) {
        if self.lock().retry.replace(Instant::now() + PAUSE).is_none() {
            let goes_on = if self.stands_still { "calls fail until it can" } else { "going on in memory" };
            tracing::warn!(%error, "the shared state cannot be reached; {goes_on}");
        }
    }

    /// Records that the engine works, and what it holds now, so that an outage starts with what was known before it.
    fn works(&self, changes: &[Change]) {
        let ended = {
            let mut outage = self.lock();
            for change in changes {
                outage.learned.remove(&change.key);
            }
            outage.retry.take().is_some()
        };
        self.memory.overwrite(changes);
        if ended {
            tracing::info!("the shared state can be reached again");
        }
    }

    fn lock(&self) -> MutexGuard<'_, Outage> {
        self.outage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn within<T>(step: StateFuture<'_, T>) -> Result<T, StateError> {
    let late = || StateError::new("shared state", "did not answer within two seconds");
    timeout(LONGEST_STEP, step).await.map_err(|_| late())?
}

impl fmt::Debug for SharedState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.engine {
            Some(engine) => engine.fmt(f),
            None => self.0.memory.fmt(f),
        }
    }
}
