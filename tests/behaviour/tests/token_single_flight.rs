//! Does one token request serve all callers, whatever happens to them or to it?
//!
//! No sockets: the token endpoint is scripted and the clock is paused, except where threads race.

use std::time::Duration;

use gocardless_bank_data::{ApiErrorKind, Timing};
use gocardless_bank_data_runtime::auth::{AccessToken, TokenCache};
use gocardless_bank_data_types::error::{AuthError, AuthStage};
use test_support::{drop_after, pass, scale};
use tokio::runtime::Handle;
use tokio::task::JoinSet;
use tokio::time::{Instant, advance};

use behaviour::fetch::{Asked, Outcome, Planned, ScriptedFetch};

const CALLERS: usize = 10_000;
const ENDPOINT: Duration = Duration::from_millis(100);
const DAY: Duration = Duration::from_secs(86_400);
const WRONG_CREDENTIALS: &str = r#"{"summary":"Authentication failed","detail":"No active account found with the given credentials","status_code":401}"#;

type Outcomes = Vec<Result<AccessToken, AuthError>>;

/// What this many callers get who ask at the same time, each in its own task.
async fn ask_together(cache: &TokenCache, callers: usize) -> Outcomes {
    let mut tasks = JoinSet::new();
    for _ in 0..callers {
        let cache = cache.clone();
        tasks.spawn(async move { cache.token().await });
    }
    tasks.join_all().await
}

fn texts(outcomes: &Outcomes) -> Vec<&str> {
    let mut texts: Vec<_> =
        outcomes.iter().map(|outcome| outcome.as_ref().unwrap().secret().expose()).collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// The error of all callers: the same value, not merely an equal one.
fn same_error(outcomes: &Outcomes) -> &AuthError {
    let first = outcomes[0].as_ref().unwrap_err();
    assert!(
        outcomes.iter().all(|outcome| std::ptr::eq(outcome.as_ref().unwrap_err().cause(), first.cause()))
    );
    first
}

/// How often a case is run: `BEHAVIOUR_RUNS`, or once.
fn runs() -> u64 {
    scale("BEHAVIOUR_RUNS", 1)
}

/// A cache with an access token, and its token endpoint.
async fn warm(fetch: ScriptedFetch) -> (TokenCache, ScriptedFetch) {
    let cache = TokenCache::new(fetch.clone(), Timing::default());
    cache.token().await.unwrap();
    assert_eq!(fetch.hits(), (1, 0));
    (cache, fetch)
}

#[tokio::test(start_paused = true)]
async fn a01_ten_thousand_cold_callers_share_one_obtain() {
    for _ in 0..runs() {
        let fetch = ScriptedFetch::granting(ENDPOINT);
        let cache = TokenCache::new(fetch.clone(), Timing::default());
        let outcomes = ask_together(&cache, CALLERS).await;
        assert_eq!(outcomes.len(), CALLERS);
        assert_eq!(texts(&outcomes), ["access-1"]);
        assert_eq!(fetch.hits(), (1, 0));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a01_cold_callers_that_race_on_threads_share_one_obtain() {
    for _ in 0..20 {
        let fetch = ScriptedFetch::granting(Duration::from_millis(5));
        let cache = TokenCache::new(fetch.clone(), Timing::default());
        assert_eq!(texts(&ask_together(&cache, 2_000).await), ["access-1"]);
        assert_eq!(fetch.hits(), (1, 0));
    }
}

#[tokio::test(start_paused = true)]
async fn a02_ten_thousand_callers_after_expiry_share_one_refresh() {
    for _ in 0..runs() {
        let (cache, fetch) = warm(ScriptedFetch::granting(ENDPOINT)).await;
        advance(DAY + Duration::from_secs(1)).await;
        let outcomes = ask_together(&cache, CALLERS).await;
        assert_eq!(texts(&outcomes), ["refreshed-1"]);
        assert_eq!(fetch.hits(), (1, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn a03_nobody_waits_while_a_token_that_soon_ends_is_refreshed() {
    let slow = |asked: &Asked| {
        asked.granted().after(if asked.is_obtain() { ENDPOINT } else { Duration::from_secs(5) })
    };
    let (cache, fetch) = warm(ScriptedFetch::new(slow)).await;
    advance(DAY - Duration::from_secs(60)).await;
    let before = Instant::now();
    let outcomes = ask_together(&cache, CALLERS).await;
    assert_eq!(texts(&outcomes), ["access-1"]);
    assert_eq!(before.elapsed(), Duration::ZERO, "a caller waited");
    assert_eq!(fetch.hits(), (1, 1));
    pass(Duration::from_secs(4)).await;
    assert_eq!(texts(&ask_together(&cache, CALLERS).await), ["access-1"]);
    pass(Duration::from_secs(2)).await;
    let outcomes = ask_together(&cache, CALLERS).await;
    assert_eq!(texts(&outcomes), ["refreshed-1"]);
    assert_eq!(fetch.hits(), (1, 1), "more than one refresh in the background");
}

#[tokio::test(start_paused = true)]
async fn a10_all_who_wait_for_refused_credentials_get_one_and_the_same_error() {
    let fetch = ScriptedFetch::new(|asked| asked.refused(401, &[], WRONG_CREDENTIALS).after(ENDPOINT));
    let cache = TokenCache::new(fetch.clone(), Timing::default());
    let outcomes = ask_together(&cache, CALLERS).await;
    let error = same_error(&outcomes);
    assert_eq!(fetch.hits(), (1, 0));
    assert_eq!(error.stage(), AuthStage::Obtain);
    assert_eq!(error.cause().kind(), Some(ApiErrorKind::CredentialsRejected));
    let detail = error.cause().api().unwrap().detail();
    assert_eq!(detail, Some("No active account found with the given credentials"));
}

#[tokio::test(start_paused = true)]
async fn a11_ten_thousand_more_within_the_pause_ask_nothing_and_get_the_same_error() {
    let fetch = ScriptedFetch::new(|asked| asked.refused(401, &[], WRONG_CREDENTIALS).after(ENDPOINT));
    let cache = TokenCache::new(fetch.clone(), Timing::default());
    let first = ask_together(&cache, CALLERS).await;
    for _ in 0..2 {
        advance(Duration::from_secs(29)).await;
        let before = Instant::now();
        let more = ask_together(&cache, CALLERS).await;
        assert!(std::ptr::eq(same_error(&more).cause(), same_error(&first).cause()));
        assert_eq!(before.elapsed(), Duration::ZERO);
        assert_eq!(fetch.hits(), (1, 0));
    }
    advance(Duration::from_secs(3)).await;
    ask_together(&cache, CALLERS).await;
    assert_eq!(fetch.hits(), (2, 0), "the pause is sixty seconds");
}

#[tokio::test(start_paused = true)]
async fn a17_leader_aborted_mid_flight_leaves_the_flight_going() {
    let fetch = ScriptedFetch::granting(ENDPOINT);
    let cache = TokenCache::new(fetch.clone(), Timing::default());
    let leader = tokio::spawn({
        let cache = cache.clone();
        async move { cache.token().await }
    });
    pass(ENDPOINT / 2).await;
    assert_eq!(fetch.hits(), (1, 0));
    let before = Instant::now();
    let ((), outcomes) = tokio::join!(async { leader.abort() }, ask_together(&cache, CALLERS));
    assert!(leader.await.unwrap_err().is_cancelled());
    assert_eq!(texts(&outcomes), ["access-1"]);
    assert!(before.elapsed() <= ENDPOINT / 2 + Duration::from_millis(2), "the request was begun again");
    assert_eq!(fetch.hits(), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn a17_leader_dropped_at_every_poll_leaves_the_flight_going() {
    for polls in 0.. {
        let fetch = ScriptedFetch::granting(ENDPOINT);
        let cache = TokenCache::new(fetch.clone(), Timing::default());
        let leader = drop_after(polls, cache.token()).await;
        assert_eq!(texts(&ask_together(&cache, 100).await), ["access-1"], "leader dropped at poll {polls}");
        assert_eq!(fetch.hits(), (1, 0), "leader dropped at poll {polls}");
        if leader.is_some() {
            assert!(polls > 1, "the leader never waited");
            return;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a17_half_of_the_callers_aborted_costs_the_other_half_nothing() {
    let fetch = ScriptedFetch::granting(ENDPOINT);
    let cache = TokenCache::new(fetch.clone(), Timing::default());
    let callers: Vec<_> = (0..CALLERS)
        .map(|_| {
            let cache = cache.clone();
            tokio::spawn(async move { cache.token().await })
        })
        .collect();
    pass(ENDPOINT / 2).await;
    callers.iter().step_by(2).for_each(tokio::task::JoinHandle::abort);
    let mut served = 0;
    for caller in callers {
        match caller.await {
            Ok(outcome) => served += usize::from(outcome.unwrap().secret().expose() == "access-1"),
            Err(error) => assert!(error.is_cancelled()),
        }
    }
    assert_eq!((served, fetch.hits()), (CALLERS / 2, (1, 0)));
}

#[tokio::test(start_paused = true)]
async fn a18_with_all_waiters_gone_the_flight_ends_and_its_token_is_kept() {
    let tasks = || Handle::current().metrics().num_alive_tasks();
    let baseline = tasks();
    let fetch = ScriptedFetch::granting(ENDPOINT);
    let cache = TokenCache::new(fetch.clone(), Timing::default());
    let waiting: Vec<_> = (0..100)
        .map(|_| {
            let cache = cache.clone();
            tokio::spawn(async move { cache.token().await })
        })
        .collect();
    pass(ENDPOINT / 2).await;
    for caller in waiting {
        caller.abort();
        assert!(caller.await.unwrap_err().is_cancelled());
    }
    assert_eq!(tasks(), baseline + 1, "the flight goes on alone");
    pass(ENDPOINT).await;
    assert_eq!(tasks(), baseline, "a task was left behind");
    assert_eq!(cache.token().await.unwrap().secret().expose(), "access-1");
    assert_eq!(fetch.hits(), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn a19_a_panic_in_the_token_operation_reaches_all_as_an_error_and_the_next_caller_starts_afresh() {
    let fetch = ScriptedFetch::new(|asked| match asked.nth {
        1 => Planned::now(Outcome::Panics("scripted")).after(ENDPOINT),
        _ => asked.granted().into(),
    });
    let cache = TokenCache::new(fetch.clone(), Timing::default());
    let outcomes = ask_together(&cache, CALLERS).await;
    assert_eq!(fetch.hits(), (1, 0));
    for outcome in outcomes {
        let error = outcome.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("scripted"), "{error:?}");
    }
    assert_eq!(texts(&ask_together(&cache, CALLERS).await), ["access-2"]);
    assert_eq!(fetch.hits(), (2, 0));
}

#[tokio::test(start_paused = true)]
async fn a19_a_panic_in_a_refresh_in_the_background_leaves_the_valid_token() {
    let fetch = ScriptedFetch::new(|asked| match (asked.is_obtain(), asked.nth) {
        (false, 1) => Planned::now(Outcome::Panics("scripted")),
        _ => asked.granted().into(),
    });
    let (cache, fetch) = warm(fetch).await;
    advance(DAY - Duration::from_secs(60)).await;
    assert_eq!(cache.token().await.unwrap().secret().expose(), "access-1");
    pass(Duration::from_millis(1)).await;
    assert_eq!(cache.token().await.unwrap().secret().expose(), "access-1");
    pass(Duration::from_millis(1)).await;
    assert_eq!(cache.token().await.unwrap().secret().expose(), "refreshed-2");
    assert_eq!(fetch.hits(), (1, 2));
}
