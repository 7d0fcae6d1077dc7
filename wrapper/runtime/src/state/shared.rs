//! How decisions are applied to the state that clients share: load, decide, compare-and-swap, again on a conflict; and in
//! memory while the engine cannot be used.

use std::collections::HashSet;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::time::{Instant, timeout};

use super::clock::Clock;
use super::engine::{Change, Key, Loaded, Record, StateError, StateFuture, StateStore};
use super::epoch::{Epoch, LastSeen};
use super::memory::{MemoryState, Values};
use super::owner::Owner;
use super::record::{Encoded, Source, View, change, decode};
use crate::policy::{Pacing, jitter, random};

/// How long an engine that is out of order is left alone.
const PAUSE: Duration = Duration::from_secs(5);

/// An engine that has not answered for so long hangs, for a call that can wait no longer.
const HANGS: Duration = Duration::from_millis(500);

/// How often a decision is made again because another process was faster.
const MOST_CONFLICTS: u32 = 200;

/// The state of a client.
#[derive(Clone)]
pub(crate) struct SharedState(Arc<Inner>);

struct Inner {
    engine: Option<Box<dyn StateStore>>,
    /// The state itself, if there is no engine.
    values: Mutex<Values>,
    /// What this process knows of the engine.
    memory: MemoryState,
    owner: Owner,
    clock: Clock,
    pacing: Pacing,
    outage: Mutex<Outage>,
    /// One decision at a time for each process, so that its own calls do not conflict with each other.
    turn: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Outage {
    /// When the engine is tried again, if it is out of order.
    retry: Option<Instant>,
    /// How often it was tried in vain since it last worked.
    failures: u32,
    /// What was changed in memory only, or is lost in the engine.
    learned: HashSet<Key>,
    /// The epoch that this process last saw.
    epoch: Option<u64>,
}

/// The engine is out of order, and this client fails calls until it is not.
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
        pacing: Pacing,
    ) -> Self {
        Self(Arc::new(Inner {
            engine,
            values: Mutex::default(),
            memory: MemoryState::default(),
            owner,
            clock,
            pacing,
            outage: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
        }))
    }

    pub(crate) fn owner(&self) -> &Owner {
        &self.0.owner
    }

    pub(crate) fn pacing(&self) -> Pacing {
        self.0.pacing
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
    /// [`Unavailable`] if the engine is out of order and the client fails calls then.
    pub(crate) async fn apply<T>(
        &self,
        keys: &[Key],
        mut decide: impl FnMut(&mut View<'_>) -> T,
    ) -> Result<T, Unavailable> {
        let inner = &*self.0;
        match &inner.engine {
            None => Ok(inner.at_once(keys, &mut decide)),
            // Boxed, so that a call with its state in memory takes no room for it.
            Some(engine) => Box::pin(inner.in_engine_or_memory(&**engine, keys, &mut decide)).await,
        }
    }
}

/// An attempt to use the engine. A call whose deadline ends while the engine hangs drops it, and the calls after it must not
/// hang too.
struct Attempt<'a> {
    inner: &'a Inner,
    begin: Instant,
    has_ended: bool,
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        let took = self.begin.elapsed();
        if !self.has_ended && took >= HANGS {
            let why = format!("did not answer within {took:?}, when a call gave up");
            self.inner.is_out_of_order(&StateError::new("shared state", why));
        }
    }
}

impl Inner {
    async fn in_engine_or_memory<T>(
        &self,
        engine: &dyn StateStore,
        keys: &[Key],
        decide: &mut impl FnMut(&mut View<'_>) -> T,
    ) -> Result<T, Unavailable> {
        // Whoever waited for a turn behind a call that found the engine out of order does not try it too.
        let _turn = self.turn.lock().await;
        if self.may_try() {
            let mut attempt = Attempt { inner: self, begin: Instant::now(), has_ended: false };
            let decided = self.in_engine(engine, keys, decide).await;
            attempt.has_ended = true;
            match decided {
                Ok(verdict) => return Ok(verdict),
                Err(error) => self.is_out_of_order(&error),
            }
        }
        if self.pacing.fails_in_outages() {
            return Err(Unavailable { retry_at: self.clock.now() + PAUSE });
        }
        Ok(self.in_memory(keys, decide))
    }

    async fn in_engine<T>(
        &self,
        engine: &dyn StateStore,
        keys: &[Key],
        decide: &mut impl FnMut(&mut View<'_>) -> T,
    ) -> Result<T, StateError> {
        let epoch_key = self.owner.key("epoch");
        let with_epoch = [keys, std::slice::from_ref(&epoch_key)].concat();
        let mut refused: Option<(T, Vec<Change>, Epoch)> = None;
        for conflicts in 0..MOST_CONFLICTS {
            let Loaded { mut records, now } = within(engine, engine.load(&with_epoch)).await?;
            // A swap whose answer was lost is refused when the connection sends it again, because it was carried out.
            if let Some((verdict, changes, epoch)) = refused.take()
                && are_stored(&changes, &with_epoch, &records)
            {
                self.works(&changes, &epoch);
                return Ok(verdict);
            }
            let (stored, now) = (records.pop().flatten(), self.clock.over(now));
            let before: Epoch = stored.as_ref().map(decode).unwrap_or_default();
            let epoch = Epoch::continued(before.clone(), self.last_seen(), random(), now);
            self.remember_what_was_lost(&epoch);
            let (learned, recovery) = (self.learned(keys, &records), epoch.recovery(now));
            let source = Source::Engine(Encoded { records, learned, ..Encoded::default() });
            let mut view = View { now, is_shared: true, is_in_outage: false, recovery, keys, source };
            let verdict = decide(&mut view);
            let (mut changes, is_unique) = view.into_changes();
            if epoch != before {
                changes.push(change(epoch_key.clone(), stored.as_ref(), &epoch));
            }
            if changes.is_empty() || within(engine, engine.compare_and_swap(&changes)).await? {
                self.works(&changes, &epoch);
                return Ok(verdict);
            }
            refused = is_unique.then_some((verdict, changes, epoch));
            if conflicts > 1 {
                let longest = Duration::from_millis(u64::from(conflicts.min(20)));
                tokio::time::sleep(longest.mul_f64(jitter())).await;
            }
        }
        Err(StateError::new("shared state", "too many processes changed the same record at once"))
    }

    /// Decides without an engine.
    fn at_once<T>(&self, keys: &[Key], decide: &mut impl FnMut(&mut View<'_>) -> T) -> T {
        let now = self.clock.over(SystemTime::now());
        let mut values = self.values.lock().unwrap_or_else(PoisonError::into_inner);
        let source = Source::Values(&mut values);
        decide(&mut View { now, is_shared: false, is_in_outage: false, recovery: None, keys, source })
    }

    /// Decides while the engine is out of order, by what this process knows.
    fn in_memory<T>(&self, keys: &[Key], decide: &mut impl FnMut(&mut View<'_>) -> T) -> T {
        loop {
            let Loaded { records, now } = self.memory.read(keys);
            let source = Source::Engine(Encoded { records, ..Encoded::default() });
            let now = self.clock.over(now);
            let mut view = View { now, is_shared: false, is_in_outage: true, recovery: None, keys, source };
            let verdict = decide(&mut view);
            let (changes, _) = view.into_changes();
            if self.memory.swap(&changes) {
                self.lock().learned.extend(changes.into_iter().map(|change| change.key));
                return verdict;
            }
        }
    }

    fn last_seen(&self) -> LastSeen {
        let outage = self.lock();
        // A single failure is left out: other processes write what they did in those seconds when they next decide.
        LastSeen { epoch: outage.epoch, is_alone: self.pacing.is_alone(), was_cut_off: outage.failures > 1 }
    }

    /// After a loss, writes all that this process knows into the new epoch, record by record.
    fn remember_what_was_lost(&self, epoch: &Epoch) {
        if epoch.differs_from(self.last_seen()) {
            self.lock().learned.extend(self.memory.keys());
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
        let was_in_order = {
            let mut outage = self.lock();
            outage.failures = outage.failures.saturating_add(1);
            outage.retry.replace(Instant::now() + PAUSE).is_none()
        };
        if was_in_order {
            let consequence =
                if self.pacing.fails_in_outages() { "calls fail until it can" } else { "going on in memory" };
            tracing::warn!(%error, "the shared state cannot be used; {consequence}");
        }
    }

    /// Records that the engine works, and what it holds now, so that an outage starts with what was known before it.
    fn works(&self, changes: &[Change], epoch: &Epoch) {
        let ended = {
            let mut outage = self.lock();
            for change in changes {
                outage.learned.remove(&change.key);
            }
            (outage.epoch, outage.failures) = (Some(epoch.id()), 0);
            outage.retry.take().is_some()
        };
        self.memory.overwrite(changes);
        if ended {
            tracing::info!("the shared state can be used again");
        }
    }

    fn lock(&self) -> MutexGuard<'_, Outage> {
        self.outage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether these changes are what the engine has under these keys.
fn are_stored(changes: &[Change], keys: &[Key], records: &[Option<Record>]) -> bool {
    changes.iter().all(|change| {
        let stored = keys.iter().position(|key| *key == change.key).and_then(|at| records.get(at)?.as_ref());
        stored.map(|record| &record.value) == change.value.as_ref()
    })
}

/// What a step of this engine gives, or its failure if it takes too long.
async fn within<T>(engine: &dyn StateStore, step: StateFuture<'_, T>) -> Result<T, StateError> {
    let Some(longest) = engine.timeout() else { return step.await };
    let late = || StateError::new("shared state", format!("did not answer within {longest:?}"));
    timeout(longest, step).await.map_err(|_| late())?
}

impl fmt::Debug for SharedState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(engine) = &self.0.engine {
            return engine.fmt(f);
        }
        let values = self.0.values.lock().unwrap_or_else(PoisonError::into_inner);
        write!(f, "MemoryState({} records)", values.len())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use gocardless_bank_data_types::Credentials;

    use super::super::clock::Moment;
    use super::*;
    use crate::policy::histories::{Random, histories};
    use crate::policy::{AccountRecord, CallLog, Group, Read, Settled};

    const SECOND: Duration = Duration::from_secs(1);
    const MINUTE: Duration = Duration::from_secs(60);

    /// An engine that can lose all it has.
    #[derive(Clone, Debug, Default)]
    struct Losing(Arc<Mutex<MemoryState>>);

    impl Losing {
        fn now(&self) -> MemoryState {
            self.0.lock().unwrap().clone()
        }

        fn lose(&self) {
            *self.0.lock().unwrap() = MemoryState::default();
        }
    }

    impl StateStore for Losing {
        fn load<'a>(&'a self, keys: &'a [Key]) -> StateFuture<'a, Loaded> {
            Box::pin(async move { self.now().load(keys).await })
        }

        fn compare_and_swap<'a>(&'a self, changes: &'a [Change]) -> StateFuture<'a, bool> {
            Box::pin(async move { self.now().compare_and_swap(changes).await })
        }
    }

    /// An engine that carries out what it is told and loses the answer to its first swap, which is then sent again.
    #[derive(Debug, Default)]
    struct Forgetful(MemoryState, std::sync::atomic::AtomicBool);

    impl StateStore for Forgetful {
        fn load<'a>(&'a self, keys: &'a [Key]) -> StateFuture<'a, Loaded> {
            self.0.load(keys)
        }

        fn compare_and_swap<'a>(&'a self, changes: &'a [Change]) -> StateFuture<'a, bool> {
            Box::pin(async move {
                let is_swapped = self.0.compare_and_swap(changes).await?;
                Ok(is_swapped && self.1.swap(true, Ordering::SeqCst))
            })
        }
    }

    #[tokio::test]
    async fn a_swap_whose_answer_is_lost_is_not_decided_again() {
        let owner = Owner::new("https://example.org", &Credentials::new("id", "key"));
        let engine = Box::new(Forgetful::default());
        let state = SharedState::new(Some(engine), owner, Clock::default(), Pacing::default());
        let (keys, mut decisions) = ([state.owner().key("account")], 0);
        let admit = |view: &mut View<'_>| {
            decisions += 1;
            let mut account: AccountRecord = view.get(0);
            let read = Read { kind: "balances", id: 7, at: view.now, is_in_outage: false };
            account.admit(read, view.now.plus(MINUTE), true);
            view.put(0, account);
        };
        state.apply(&keys, admit).await.unwrap();
        let left = |view: &mut View<'_>| {
            let mut account: AccountRecord = view.get(0);
            account.quota("balances", view.now).and_then(|(_, left, _)| left)
        };
        assert_eq!((state.apply(&keys, left).await.unwrap(), decisions), (Some(3), 1));
    }

    /// An engine that never answers.
    #[derive(Debug)]
    struct Hanging;

    impl StateStore for Hanging {
        fn load<'a>(&'a self, _: &'a [Key]) -> StateFuture<'a, Loaded> {
            Box::pin(std::future::pending())
        }

        fn compare_and_swap<'a>(&'a self, _: &'a [Change]) -> StateFuture<'a, bool> {
            Box::pin(std::future::pending())
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_that_gives_up_on_an_engine_that_hangs_sends_the_next_ones_to_memory() {
        let owner = Owner::new("https://example.org", &Credentials::new("id", "key"));
        let state = SharedState::new(Some(Box::new(Hanging)), owner, Clock::default(), Pacing::default());
        let keys = [state.owner().key("account")];
        let is_shared = || state.apply(&keys, |view| view.is_shared);
        assert!(timeout(HANGS, is_shared()).await.is_err());
        assert!(!timeout(Duration::ZERO, is_shared()).await.unwrap().unwrap());
    }

    /// A process of several, by the clock of the test.
    fn process(engine: &Losing, clock: &Arc<AtomicU64>, pacing: Pacing) -> SharedState {
        let clock = Arc::clone(clock);
        let now = move || SystemTime::UNIX_EPOCH + Duration::from_millis(clock.load(Ordering::SeqCst));
        let owner = Owner::new("https://example.org", &Credentials::new("id", "key"));
        SharedState::new(Some(Box::new(engine.clone())), owner, Clock::new(now), pacing)
    }

    /// The place of a call, if it gets one.
    async fn call(process: &SharedState, pacing: Pacing, patience: Duration) -> Option<Moment> {
        let keys = [process.owner().key(Group::Accounts.name())];
        let limit = pacing.limit(Group::Accounts, true).unwrap();
        let decide = |view: &mut View<'_>| {
            let mut log: CallLog = view.get(0);
            let place = log.take(limit, view.recovery, view.now, patience).ok()?;
            view.put(0, log);
            Some(place)
        };
        process.apply(&keys, decide).await.unwrap()
    }

    /// Processes come, go and call at random, and the engine loses all now and then.
    #[tokio::test]
    async fn no_loss_of_the_state_lets_more_calls_through_than_the_budget_leaves_free() {
        let mut random = Random(3);
        for history in 0..histories() / 20 {
            let pacing = Pacing::per_minute(36).processes(3);
            let (engine, clock) = (Losing::default(), Arc::new(AtomicU64::new(1_700_000_000_000)));
            let mut processes = [(); 3].map(|()| process(&engine, &clock, pacing));
            let (mut sent, mut lost_at) = (Vec::<Moment>::new(), 0);
            for _ in 0..400 {
                let pause = if random.below(30) == 0 { 20_000 } else { 1_000 };
                let now = clock.fetch_add(u64::from(random.below(pause)), Ordering::SeqCst);
                if random.below(50) == 0 && now > lost_at + 130_000 {
                    engine.lose();
                    lost_at = now;
                }
                let at = usize::try_from(random.below(3)).unwrap();
                if random.below(40) == 0 {
                    processes[at] = process(&engine, &clock, pacing);
                }
                let patience = SECOND * random.below(11);
                sent.extend(call(&processes[at], pacing, patience).await);
            }
            sent.sort_unstable();
            for (first, at) in sent.iter().enumerate() {
                let within = sent[first..].partition_point(|call| *call < at.plus(MINUTE));
                assert!(within <= 36 + 2, "history {history}: {within} calls in a minute");
            }
        }
    }

    #[tokio::test]
    async fn what_a_process_knew_before_a_loss_is_told_even_if_another_one_wrote_first() {
        let (engine, clock) = (Losing::default(), Arc::new(AtomicU64::new(1_700_000_000_000)));
        let pacing = Pacing::default().processes(2);
        let [one, other] = [(); 2].map(|()| process(&engine, &clock, pacing));
        let key = [one.owner().key_of("account", "a")];
        let read = async |process: &SharedState| {
            let settle = |view: &mut View<'_>| {
                let mut account: AccountRecord = view.get(0);
                let used = account.quota("balances", view.now).and_then(|(_, left, _)| left);
                let read = Read { kind: "balances", id: 1, at: view.now, is_in_outage: false };
                account.settle(read, view.now, Settled::Unknown);
                view.put(0, account);
                used
            };
            process.apply(&key, settle).await.unwrap()
        };
        assert_eq!(read(&one).await, None);
        clock.fetch_add(1_000, Ordering::SeqCst);
        engine.lose();
        assert_eq!(read(&other).await, None, "it knew nothing");
        clock.fetch_add(1_000, Ordering::SeqCst);
        assert_eq!(read(&one).await, Some(2), "both reads are known");
        clock.fetch_add(1_000, Ordering::SeqCst);
        assert_eq!(read(&other).await, Some(1));
    }
}
