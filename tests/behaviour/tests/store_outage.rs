//! Does the client carry on without an engine that fails, hangs or cannot be written, and warn once?

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{Duration, SystemTime};

use gocardless_bank_data::state::{Change, Key, Loaded, MemoryState, StateError, StateFuture, StateStore};
use gocardless_bank_data::{AccessScope, Advice, BankData, BankDataBuilder, Credentials, Error, Pacing};
use test_support::{Answer, FaultServer, FrozenClock, LogCapture, PATIENT, Subject, account, builder, ends};

const SECOND: Duration = Duration::from_secs(1);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

const WORKS: u8 = 0;
const FAILS: u8 = 1;
const HANGS: u8 = 2;

/// An engine over memory that works, fails or hangs as it is told, and is never done at the first poll. Clones share all.
#[derive(Clone, Debug, Default)]
pub(crate) struct Moody {
    pub(crate) memory: MemoryState,
    load: Arc<AtomicU8>,
    swap: Arc<AtomicU8>,
}

impl Moody {
    fn be(&self, load: u8, swap: u8) {
        self.load.store(load, Ordering::SeqCst);
        self.swap.store(swap, Ordering::SeqCst);
    }

    async fn act(mood: &AtomicU8) -> Result<(), StateError> {
        tokio::task::yield_now().await;
        match mood.load(Ordering::SeqCst) {
            WORKS => Ok(()),
            HANGS => std::future::pending().await,
            _ => Err(StateError::new("moody", "the disk is full")),
        }
    }
}

impl StateStore for Moody {
    fn load<'a>(&'a self, keys: &'a [Key]) -> StateFuture<'a, Loaded> {
        Box::pin(async move {
            Self::act(&self.load).await?;
            self.memory.load(keys).await
        })
    }

    fn compare_and_swap<'a>(&'a self, changes: &'a [Change]) -> StateFuture<'a, bool> {
        Box::pin(async move {
            Self::act(&self.swap).await?;
            self.memory.compare_and_swap(changes).await
        })
    }
}

async fn server() -> FaultServer {
    FaultServer::api(|_| Subject::Metadata.success().reply()).await
}

/// A client with this engine.
fn shared(server: &FaultServer, engine: &Moody) -> BankDataBuilder {
    builder(server).state(engine.clone())
}

#[tokio::test]
async fn b01_an_engine_that_fails_or_hangs_costs_a_warning_and_no_call() {
    for (load, swap) in [(FAILS, WORKS), (WORKS, FAILS), (FAILS, FAILS), (HANGS, WORKS), (WORKS, HANGS)] {
        let (log, server, engine) = (LogCapture::start(), server().await, Moody::default());
        engine.be(load, swap);
        let bank = shared(&server, &engine).build().unwrap();
        for _ in 0..3 {
            ends(Subject::Metadata.call(&bank)).await.unwrap();
        }
        let mood = format!("load {load}, swap {swap}");
        assert_eq!((server.hits(), server.token_hits()), (3, (1, 0)), "{mood}");
        assert_eq!(log.count("the shared state cannot be used"), 1, "{mood}: {}", log.text());
        for secret in ["access-1", "refresh-1"] {
            assert!(!log.text().contains(secret), "{}", log.text());
        }
    }
}

#[tokio::test]
async fn b01_what_is_known_of_accounts_does_not_need_the_engine() {
    let failed = Answer::error(500, Some("UnknownRequestError"), "Couldn't update account balances", "x");
    let server = FaultServer::api(move |_| failed.reply()).await;
    let engine = Moody::default();
    let bank = shared(&server, &engine).build().unwrap();
    for call in 0..8 {
        // The engine fails from the third call on; what was learned before it did is not forgotten.
        engine.be(if call < 3 { WORKS } else { FAILS }, WORKS);
        let error = Subject::Balances.call(&bank).await.unwrap_err();
        assert_eq!(matches!(error, Error::CircuitOpen(_)), call >= 5, "{call}: {error:?}");
    }
}

#[tokio::test]
async fn b01_a_client_that_fails_in_outages_sends_nothing_in_one() {
    let (server, engine) = (server().await, Moody::default());
    let bank = shared(&server, &engine).pacing(Pacing::default().fail_in_outages()).build().unwrap();
    Subject::Metadata.call(&bank).await.unwrap();
    engine.be(FAILS, FAILS);
    let error = Subject::Metadata.call(&bank).await.unwrap_err();
    assert!(matches!(&error, Error::Budget(budget) if budget.scope().is_none()), "{error:?}");
    assert!(matches!(error.advice(), Advice::WaitUntil(at) if at > SystemTime::UNIX_EPOCH), "{error}");
    assert_eq!(server.hits(), 1);
}

#[tokio::test]
async fn b02_alone_in_an_outage_a_process_keeps_to_its_part_of_the_budget() {
    let (server, engine) = (server().await, Moody::default());
    engine.be(FAILS, FAILS);
    let pacing = Pacing::default().processes(30);
    let bank = shared(&server, &engine).pacing(pacing).build().unwrap();
    for call in 0..5 {
        let outcome = Subject::Metadata.call(&bank).await;
        assert_eq!(outcome.is_ok(), call < 3, "ninety calls for thirty processes: {outcome:?}");
    }
}

#[tokio::test]
async fn b02_what_was_learned_in_an_outage_is_written_when_it_ends_and_reported_once_for_each() {
    let success = || Answer::json(200, &serde_json::json!({ "id": "a", "balances": [] }));
    let server = FaultServer::api(move |_| success().reply()).await;
    let (log, engine, clock) = (LogCapture::start(), Moody::default(), FrozenClock::freeze());
    let bank = shared(&server, &engine).build().unwrap();
    for outage in 1..=2 {
        engine.be(FAILS, FAILS);
        for _ in 0..3 {
            Subject::Metadata.call(&bank).await.unwrap();
        }
        assert_eq!(log.count("the shared state cannot be used"), outage, "{}", log.text());
        engine.be(WORKS, WORKS);
        clock.pass(6 * SECOND).await;
        Subject::Metadata.call(&bank).await.unwrap();
        assert_eq!(log.count("the shared state can be used again"), outage, "{}", log.text());
    }
    // A client that starts now knows of all eight calls.
    let other = shared(&server, &engine).pacing(Pacing::per_minute(8)).build().unwrap();
    let deadline = other.account(account()).metadata().deadline(SECOND);
    let error = deadline.await.unwrap_err();
    assert!(matches!(error, Error::Budget(_)), "{error:?}");
}

/// A client of its own with the same state.
fn another(server: &FaultServer, engine: &Moody) -> BankData {
    shared(server, engine).build().unwrap()
}

#[tokio::test]
async fn b03_a_record_that_is_damaged_counts_as_nothing() {
    let server = server().await;
    let engine = Moody::default();
    Subject::Metadata.call(&another(&server, &engine)).await.unwrap();
    for (nth, content) in [
        &b""[..],
        b"{",
        b"null",
        b"\x00\xff\xfecanary",
        b"[\"canary\"]",
        b"{\"v\":2,\"generation\":1,\"sealed\":\"canary\"}",
        b"{\"v\":3}",
    ]
    .into_iter()
    .enumerate()
    {
        let log = LogCapture::start();
        let keys = engine.keys();
        let loaded = engine.memory.load(&keys).await.unwrap();
        for (key, record) in keys.iter().zip(loaded.records) {
            let (expected, ttl) = (record.map_or(0, |record| record.version), 60 * SECOND);
            let change = Change { key: key.clone(), expected, value: Some(content.to_vec()), ttl };
            assert!(engine.memory.compare_and_swap(&[change]).await.unwrap());
        }
        let shown = String::from_utf8_lossy(content);
        for _ in 0..2 {
            Subject::Metadata.call(&another(&server, &engine)).await.unwrap();
        }
        assert_eq!(server.token_hits(), (nth + 2, 0), "{shown}: it is replaced by an intact one");
        assert!(!log.text().contains("canary"), "{shown}: {}", log.text());
    }
}

#[tokio::test]
async fn b06_a_token_from_before_the_clock_was_set_back_counts_as_expired() {
    let (server, engine) = (server().await, Moody::default());
    let ahead = || SystemTime::now() + DAY;
    let bank = shared(&server, &engine).clock(ahead).build().unwrap();
    Subject::Metadata.call(&bank).await.unwrap();
    let bank = shared(&server, &engine).build().unwrap();
    Subject::Metadata.call(&bank).await.unwrap();
    assert_eq!((server.hits(), server.token_hits()), (2, (1, 1)), "the refresh token is still good");
}

impl Moody {
    /// The keys of the records of the token and of the budget of accounts.
    fn keys(&self) -> Vec<Key> {
        let shown = self.memory.keys();
        shown.into_iter().filter(|key| !key.as_str().contains("calls-obtains")).collect()
    }
}

#[tokio::test]
async fn b07_clients_that_share_their_state_obtain_one_token_and_know_each_others_reads() {
    let reply = || {
        Answer::json(200, &serde_json::json!({ "id": "a", "balances": [] }))
            .header("http_x_ratelimit_account_success_limit", "4")
            .header("http_x_ratelimit_account_success_remaining", "1")
            .header("http_x_ratelimit_account_success_reset", "3600")
    };
    let server = FaultServer::api(move |_| reply().reply()).await;
    let engine = Moody::default();
    let (one, other) = (another(&server, &engine), another(&server, &engine));
    let both = futures_util::future::join(Subject::Balances.call(&one), Subject::Metadata.call(&other)).await;
    assert!(both.0.is_ok() && both.1.is_ok(), "{both:?}");
    assert_eq!(server.token_hits(), (1, 0));
    let quota = other.account(account()).quota(&AccessScope::Balances).await.unwrap();
    assert_eq!((quota.limit, quota.remaining), (Some(4), Some(1)));
}

#[tokio::test]
async fn b07_two_clients_make_five_failures_together_and_a_reset_counts_for_both() {
    let failed = Answer::error(500, Some("UnknownRequestError"), "Couldn't update account balances", "x");
    let server = FaultServer::api(move |_| failed.reply()).await;
    let engine = Moody::default();
    let clients = [another(&server, &engine), another(&server, &engine)];
    for call in 0..12 {
        let error = Subject::Balances.call(&clients[call % 2]).await.unwrap_err();
        assert_eq!(matches!(error, Error::CircuitOpen(_)), call >= 5, "{call}: {error:?}");
    }
    let metered = || server.requests().iter().filter(|request| request.path.contains("balances")).count();
    assert_eq!(metered(), 5);
    clients[0].account(account()).reset_circuit().await;
    assert!(matches!(Subject::Balances.call(&clients[1]).await, Err(Error::Api(_))));
    assert_eq!(metered(), 6);
}

#[tokio::test]
async fn b07_wrong_credentials_cost_one_try_for_all_clients() {
    let server = FaultServer::start(|_| {
        Answer::error(401, None, "Authentication failed", "No active account found").reply()
    })
    .await;
    let engine = Moody::default();
    for _ in 0..10 {
        let error = Subject::Metadata.call(&another(&server, &engine)).await.unwrap_err();
        assert_eq!(error.advice(), Advice::FixCredentials, "{error}");
        assert!(error.retry_at().is_some() && error.to_string().contains("No active account"), "{error}");
    }
    assert_eq!(server.token_hits(), (1, 0));
}

#[tokio::test]
async fn b07_clients_of_other_credentials_leave_each_other_alone() {
    let (server, engine) = (server().await, Moody::default());
    Subject::Metadata.call(&another(&server, &engine)).await.unwrap();
    let other = gocardless_bank_data::Credentials::new("another id", "another key");
    let bank = BankData::builder(other).base_url(server.url()).state(engine.clone()).build().unwrap();
    Subject::Metadata.call(&bank).await.unwrap();
    assert_eq!(server.token_hits(), (2, 0));
    Subject::Metadata.call(&another(&server, &engine)).await.unwrap();
    assert_eq!(server.token_hits(), (2, 0), "the first one's is still there");
}

/// An engine in memory whose clock is a day behind that of the machine. Clones share all.
#[derive(Clone, Debug, Default)]
struct Behind(MemoryState);

impl StateStore for Behind {
    fn load<'a>(&'a self, keys: &'a [Key]) -> StateFuture<'a, Loaded> {
        Box::pin(async move {
            let mut loaded = self.0.load(keys).await?;
            loaded.now -= DAY;
            Ok(loaded)
        })
    }

    fn compare_and_swap<'a>(&'a self, changes: &'a [Change]) -> StateFuture<'a, bool> {
        self.0.compare_and_swap(changes)
    }
}

#[tokio::test]
async fn b06_a_machine_a_day_ahead_of_the_engine_keeps_the_limits_and_says_when_by_its_own_clock() {
    let left = AtomicU8::new(4);
    let server = FaultServer::api(move |_| {
        let answer = Subject::Balances.success().header("http_x_ratelimit_account_success_limit", "4");
        let limit = answer.header("http_x_ratelimit_account_success_reset", "72000");
        let left = left.fetch_sub(1, Ordering::SeqCst).saturating_sub(1).to_string();
        limit.header("http_x_ratelimit_account_success_remaining", left).reply()
    })
    .await;
    let engine = Behind::default();
    // Without the clock of the tests, which would take the place of the engine's.
    let builder =
        || BankData::builder(Credentials::new("id", "key")).base_url(server.url()).timeouts(PATIENT);
    let banks = [(); 2].map(|()| builder().state(engine.clone()).build().unwrap());
    for read in 0..4 {
        Subject::Balances.call(&banks[read % 2]).await.unwrap();
    }
    for bank in &banks {
        let error = Subject::Balances.call(bank).await.unwrap_err();
        let Advice::WaitUntil(at) = error.advice() else { panic!("{error}") };
        let wait = at.duration_since(SystemTime::now()).unwrap();
        assert!((70_000..73_000).contains(&wait.as_secs()), "{error}");
    }
    assert_eq!((server.hits(), server.token_hits()), (4, (1, 0)), "the token is good for a day by any clock");
}
