//! Does the client carry on without a store that fails, hangs or cannot be written, and warn once?

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use gocardless_bank_data::store::{Saved, Store, StoreError, StoreLock};
use gocardless_bank_data::{Timing, operation};
use gocardless_bank_data_runtime::state::ClientState;
use test_support::{HANG, LogCapture, account, pass};
use tokio::time::{Instant, advance};

use behaviour::fetch::{ScriptedFetch, refused};

const SECOND: Duration = Duration::from_secs(1);
const DAY: Duration = Duration::from_secs(86_400);

const WORKS: u8 = 0;
const FAILS: u8 = 1;
const HANGS: u8 = 2;

/// How each of the three methods behaves, and what was saved. Clones share it; hangs end when the test does.
#[derive(Clone, Debug, Default)]
struct Moody(Arc<Moods>);

#[derive(Debug, Default)]
struct Moods {
    load: AtomicU8,
    save: AtomicU8,
    lock: AtomicU8,
    saved: Mutex<Option<Saved>>,
    hanging: AtomicBool,
    over: Mutex<bool>,
    ended: Condvar,
}

/// Ends all hangs when the test ends, however it does: a runtime waits for its blocking threads.
struct Ending(Moody);

impl Drop for Ending {
    fn drop(&mut self) {
        *self.0.0.over.lock().unwrap() = true;
        self.0.0.ended.notify_all();
    }
}

impl Moody {
    fn with(load: u8, save: u8, lock: u8) -> (Self, Ending) {
        let moody = Self::default();
        moody.be(load, save, lock);
        (moody.clone(), Ending(moody))
    }

    fn be(&self, load: u8, save: u8, lock: u8) {
        self.0.load.store(load, Ordering::SeqCst);
        self.0.save.store(save, Ordering::SeqCst);
        self.0.lock.store(lock, Ordering::SeqCst);
    }

    fn act(&self, mood: &AtomicU8) -> Result<(), StoreError> {
        match mood.load(Ordering::SeqCst) {
            WORKS => Ok(()),
            HANGS => {
                self.0.hanging.store(true, Ordering::SeqCst);
                let over = self.0.over.lock().unwrap();
                drop(self.0.ended.wait_while(over, |over| !*over).unwrap());
                Err(StoreError::other("it hung"))
            }
            _ => Err(StoreError::other("the disk is full")),
        }
    }
}

impl Store for Moody {
    fn load(&self) -> Result<Option<Saved>, StoreError> {
        self.act(&self.0.load)?;
        Ok(self.0.saved.lock().unwrap().clone())
    }

    fn save(&self, saved: &Saved) -> Result<(), StoreError> {
        self.act(&self.0.save)?;
        *self.0.saved.lock().unwrap() = Some(saved.clone());
        Ok(())
    }

    fn lock(&self) -> Result<StoreLock, StoreError> {
        self.act(&self.0.lock)?;
        Ok(Box::new(()))
    }
}

fn state(store: &Moody, fetch: &ScriptedFetch) -> ClientState {
    ClientState::new(
        fetch.clone(),
        Timing::default(),
        Some(Box::new(store.clone())),
        "https://example.org",
        "id",
    )
}

/// Waits for `done`. The paused clock advances only while a thread of the store hangs:
/// what a thread does takes real time. `None` if it takes longer than `longest` on the clock.
async fn within<T>(store: &Moody, longest: Duration, done: impl Future<Output = T>) -> Option<T> {
    let clock = async {
        let (start, real_start) = (Instant::now(), std::time::Instant::now());
        while start.elapsed() < longest {
            assert!(real_start.elapsed() < HANG, "neither an end nor a thread that hangs");
            if store.0.hanging.load(Ordering::SeqCst) {
                advance(SECOND / 10).await;
            }
            std::thread::yield_now();
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        biased;
        done = done => Some(done),
        () = clock => None,
    }
}

#[tokio::test(start_paused = true)]
async fn b01_a_store_that_fails_or_hangs_costs_a_warning_and_no_call() {
    let moods = [
        (FAILS, WORKS, WORKS),
        (WORKS, WORKS, FAILS),
        (FAILS, FAILS, FAILS),
        (HANGS, WORKS, WORKS),
        (WORKS, HANGS, WORKS),
    ];
    for (load, save, lock) in moods {
        let log = LogCapture::start();
        let (store, _ending) = Moody::with(load, save, lock);
        let fetch = ScriptedFetch::granting(Duration::ZERO);
        let state = state(&store, &fetch);
        let token = within(&store, 60 * SECOND, state.tokens.token()).await;
        let mood = format!("load {load}, save {save}, lock {lock}");
        assert_eq!(
            token.unwrap_or_else(|| panic!("{mood}: no end")).unwrap().secret.expose(),
            "access-1",
            "{mood}"
        );
        assert_eq!(state.tokens.token().await.unwrap().secret.expose(), "access-1", "{mood}");
        assert_eq!(fetch.hits(), (1, 0), "{mood}");
        assert_eq!(log.count("the store cannot be used"), 1, "{mood}: {}", log.text());
        for secret in ["access-1", "refresh-1"] {
            assert!(!log.text().contains(secret), "{}", log.text());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn b01_a_lock_that_never_comes_is_waited_for_two_minutes_at_most() {
    let (store, _ending) = Moody::with(WORKS, WORKS, HANGS);
    let fetch = ScriptedFetch::granting(Duration::ZERO);
    let state = state(&store, &fetch);
    let token = within(&store, 120 * SECOND, state.tokens.token()).await.expect("no end");
    assert_eq!(token.unwrap().secret.expose(), "access-1");
}

#[tokio::test(start_paused = true)]
async fn b01_what_is_known_of_accounts_does_not_need_the_store() {
    let (store, _ending) = Moody::with(FAILS, FAILS, FAILS);
    let state = state(&store, &ScriptedFetch::granting(Duration::ZERO));
    let failed = refused(operation::GET_ACCOUNT_BALANCES, 500, &[], r#"{"type":"UnknownRequestError"}"#);
    for _ in 0..5 {
        state.check(operation::GET_ACCOUNT_BALANCES, &account()).await.unwrap();
        state.record(operation::GET_ACCOUNT_BALANCES, &account(), Err(&failed)).await;
    }
    state.check(operation::GET_ACCOUNT_BALANCES, &account()).await.unwrap_err();
}

#[tokio::test(start_paused = true)]
async fn b02_a_store_that_cannot_be_written_is_told_of_once_for_each_outage() {
    let log = LogCapture::start();
    let (store, _ending) = Moody::with(WORKS, FAILS, WORKS);
    let fetch = ScriptedFetch::granting(Duration::ZERO);
    let state = state(&store, &fetch);
    let limits = gocardless_bank_data::RateLimits::default();
    for outage in 1..=2 {
        store.be(WORKS, FAILS, WORKS);
        for _ in 0..5 {
            state.tokens.token().await.unwrap();
            state.record(operation::GET_ACCOUNT_BALANCES, &account(), Ok(&limits)).await;
            pass(DAY).await;
        }
        assert_eq!(log.count("the store cannot be used"), outage, "{}", log.text());
        // What was saved between the outages is valid by the wall clock, which is not paused, so it is used from then on.
        assert_eq!(fetch.hits(), (1, 3 + outage), "the token stays in memory");
        store.be(WORKS, WORKS, WORKS);
        state.tokens.token().await.unwrap();
        assert!(store.0.saved.lock().unwrap().is_some(), "a store that works again is used again");
        pass(DAY).await;
    }
}
