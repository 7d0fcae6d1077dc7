//! Do many concurrent callers, racing on several threads, share what can be shared, and does nothing leak or get stuck?
//!
//! Small runs that take seconds. `cargo run --release -p behaviour --bin soak` is the long one.

use std::collections::HashSet;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use behaviour::soak::{AT_ONCE, Options, run};
use gocardless_bank_data::Timing;
use gocardless_bank_data_runtime::auth::{AccessToken, TokenCache};
use gocardless_bank_data_types::error::AuthError;
use test_support::{FaultServer, Gate, Subject, ends, timing, token_answer, until};
use tokio::task::{JoinHandle, JoinSet};

use behaviour::fetch::{Asked, Outcome, Planned, ScriptedFetch};

const CALLERS: usize = 500;
const WRONG_CREDENTIALS: &str = r#"{"summary":"Authentication failed","detail":"No active account found with the given credentials","status_code":401}"#;

type Outcomes = Vec<Result<AccessToken, AuthError>>;

/// Requests a token and counts itself as waiting once it was polled: only then has it asked.
async fn ask(cache: TokenCache, waiting: Arc<AtomicUsize>) -> Result<AccessToken, AuthError> {
    let mut asking = pin!(cache.token());
    let mut first = true;
    poll_fn(|context| {
        let polled = asking.as_mut().poll(context);
        waiting.fetch_add(usize::from(std::mem::take(&mut first)), Ordering::SeqCst);
        polled
    })
    .await
}

/// The results of all callers, who are all waiting when the gate opens.
async fn ask_before(gate: &Gate, cache: &TokenCache) -> Outcomes {
    let waiting = Arc::<AtomicUsize>::default();
    let mut tasks = JoinSet::new();
    for _ in 0..CALLERS {
        tasks.spawn(ask(cache.clone(), Arc::clone(&waiting)));
    }
    until(|| waiting.load(Ordering::SeqCst) == CALLERS).await;
    gate.open();
    ends(tasks.join_all()).await
}

fn with_token(outcomes: &Outcomes, text: &str) -> usize {
    outcomes.iter().flatten().filter(|token| token.secret().expose() == text).count()
}

/// How many distinct error values there are, however alike they look.
fn distinct_errors<'a>(outcomes: impl IntoIterator<Item = &'a Outcomes>) -> usize {
    let errors = outcomes.into_iter().flatten().filter_map(|outcome| outcome.as_ref().err());
    errors.map(|error| std::ptr::from_ref(error.cause())).collect::<HashSet<_>>().len()
}

/// A token endpoint that holds each request at a gate of its own, and the gates in order.
fn held(
    script: impl Fn(&Asked) -> Planned + Send + Sync + 'static,
    requests: usize,
) -> (ScriptedFetch, Vec<Gate>) {
    let gates: Vec<_> = (0..requests).map(|_| Gate::default()).collect();
    let (held, next) = (gates.clone(), AtomicUsize::new(0));
    let fetch = ScriptedFetch::new(move |asked| {
        let gate = held.get(next.fetch_add(1, Ordering::SeqCst));
        gate.map_or_else(|| Planned::now(Outcome::Hangs), |gate| script(asked).once(gate))
    });
    (fetch, gates)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn l01_cold_and_expired_callers_share_one_request() {
    for _ in 0..10 {
        let (fetch, gates) = held(|asked| asked.granted().into(), 2);
        let cache =
            TokenCache::new(fetch.clone(), timing(|timing| timing.youngest_eviction = Duration::ZERO));
        // Ten thousand waiting callers take at most 16 MiB.
        let size = size_of_val(&cache.token());
        assert!(10_000 * size <= 16 << 20, "a caller of {size} bytes");
        let cold = ask_before(&gates[0], &cache).await;
        assert_eq!((with_token(&cold, "access-1"), fetch.hits()), (CALLERS, (1, 0)));
        // With several threads the clock cannot be moved. A rejected token has the same effect as an expired one.
        assert!(cache.rejected(cold[0].as_ref().unwrap()).is_zero());
        let late = ask_before(&gates[1], &cache).await;
        assert_eq!((with_token(&late, "refreshed-1"), fetch.hits()), (CALLERS, (1, 1)));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn l02_refused_callers_share_one_request_and_one_error() {
    let (fetch, gates) = held(|asked| asked.refused(401, &[], WRONG_CREDENTIALS), 1);
    let cache = TokenCache::new(fetch.clone(), Timing::default());
    let first = ask_before(&gates[0], &cache).await;
    let more = ask_before(&gates[0], &cache).await;
    assert!(first.iter().chain(&more).all(Result::is_err));
    assert_eq!((fetch.hits(), distinct_errors([&first, &more])), ((1, 0), 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn l03_aborted_callers_cost_the_others_nothing() {
    let (fetch, gates) = held(|asked| asked.granted().into(), 1);
    let cache = TokenCache::new(fetch.clone(), Timing::default());
    let ask = || {
        let cache = cache.clone();
        tokio::spawn(async move { cache.token().await })
    };
    let leader = ask();
    until(|| fetch.obtains() == 1).await;
    let all: Vec<_> = std::iter::once(leader).chain((1..CALLERS).map(|_| ask())).collect();
    all.iter().step_by(2).for_each(JoinHandle::abort);
    until(|| all.iter().step_by(2).all(JoinHandle::is_finished)).await;
    gates[0].open();
    let mut served = 0;
    for caller in all {
        match ends(caller).await {
            Ok(outcome) => served += usize::from(outcome.unwrap().secret().expose() == "access-1"),
            Err(error) => assert!(error.is_cancelled()),
        }
    }
    assert_eq!((served, fetch.hits()), (CALLERS / 2, (1, 0)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn l04_a_panic_reaches_all_waiters_as_an_error() {
    let (fetch, gates) = held(
        |asked| match asked.nth {
            1 => Planned::now(Outcome::Panics("scripted")),
            _ => asked.granted().into(),
        },
        2,
    );
    let cache = TokenCache::new(fetch.clone(), Timing::default());
    let first = ask_before(&gates[0], &cache).await;
    assert!(first.iter().all(Result::is_err));
    assert_eq!(fetch.hits(), (1, 0));
    let more = ask_before(&gates[1], &cache).await;
    assert_eq!((with_token(&more, "access-2"), fetch.hits()), (CALLERS, (2, 0)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn l05_a_burst_of_calls_opens_few_sockets() {
    let gate = Gate::default();
    let held = gate.clone();
    let server = FaultServer::start(move |request| {
        if request.is_token() {
            token_answer(request).reply()
        } else {
            Subject::Balances.success().reply().once(&held)
        }
    })
    .await;
    let bank = test_support::unpaced(&server);
    let mut calls = JoinSet::new();
    for number in 0..CALLERS {
        let (bank, account) = (bank.clone(), format!("{number:08x}-5717-4562-b3fc-2c963f66afa6"));
        calls.spawn(async move { Subject::Balances.call_for(&bank, account.parse().unwrap()).await });
    }
    // None is answered before the maximum is in flight, so no more can arrive.
    server.arrived(AT_ONCE).await;
    for _ in 0..1_000 {
        tokio::task::yield_now().await;
    }
    assert_eq!(server.hits(), AT_ONCE);
    assert!(server.most_connections() <= AT_ONCE, "{} connections", server.most_connections());
    gate.open();
    for outcome in ends(calls.join_all()).await {
        outcome.unwrap();
    }
    assert_eq!((server.hits(), server.token_hits()), (CALLERS, (1, 0)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn l06_nothing_grows_under_faults() {
    let summary = run(Options { callers: 20, lasts: Duration::from_secs(3), seed: 17 }).await;
    assert!(summary.holds(), "{summary}");
    assert!(summary.most_connections <= 2 * AT_ONCE, "{summary}");
}
