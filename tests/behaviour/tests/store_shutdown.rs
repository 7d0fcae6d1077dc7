//! Is nothing left behind or broken when callers, clients and runtimes end in the middle of their work?

use std::future::poll_fn;
use std::pin::pin;
use std::time::Duration;

use gocardless_bank_data::{BankData, Timing};
use gocardless_bank_data_runtime::auth::TokenCache;
use test_support::{
    Answer, FaultServer, HANG, LogCapture, Reply, Subject, builder, client, drop_after, ends, pass, timing,
    token_answer, until,
};
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::time::advance;

use crate::store_outage::Moody;
use behaviour::fetch::{Outcome, Planned, ScriptedFetch};

const SECOND: Duration = Duration::from_secs(1);
const DAY: Duration = Duration::from_secs(86_400);

fn tasks() -> usize {
    Handle::current().metrics().num_alive_tasks()
}

/// A server in its own runtime, so that its tasks are not counted as the client's.
fn elsewhere(
    script: impl Fn(&test_support::Request) -> Reply + Send + Sync + 'static,
) -> (Runtime, FaultServer) {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let server = runtime.block_on(FaultServer::start(script));
    (runtime, server)
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn b08_a_token_cache_that_is_dropped_ends_its_refresh() {
    let baseline = tasks();
    let fetch = ScriptedFetch::new(|asked| {
        if asked.is_obtain() { asked.granted().into() } else { Planned::now(Outcome::Hangs) }
    });
    let cache = TokenCache::new(fetch.clone(), Timing::default());
    cache.token().await.unwrap();
    advance(DAY - 60 * SECOND).await;
    cache.token().await.unwrap();
    let clone = cache.clone();
    drop(cache);
    pass(SECOND).await;
    assert_eq!((tasks(), fetch.refreshes()), (baseline + 1, 1), "the refresh is under way for the other one");
    drop(clone);
    pass(SECOND).await;
    assert_eq!(tasks(), baseline, "the refresh goes on for nobody");
}

#[test]
fn b08_a_client_that_is_dropped_leaves_no_task_and_no_connection() {
    let (_other, server) = elsewhere(|request| match (request.is_obtain(), request.is_refresh()) {
        (true, _) => token_answer(request).reply(),
        (_, true) => Reply::stall(),
        _ => Answer::invalid_token().reply(),
    });
    runtime().block_on(async {
        let baseline = tasks();
        let log = LogCapture::start();
        let timing = timing(|timing| timing.youngest_eviction = Duration::ZERO);
        for round in 1..=3 {
            let bank = builder(&server).timing(timing).build().unwrap();
            let calling = tokio::spawn({
                let bank = bank.clone();
                async move { Subject::Metadata.call(&bank).await }
            });
            until(|| server.token_hits().1 == round).await;
            assert!(tasks() > baseline + 1, "nothing is under way in round {round}");
            drop(bank);
            calling.abort();
            assert!(calling.await.is_err());
            until(|| tasks() == baseline).await;
        }
        assert!(!log.text().contains("ERROR"), "{}", log.text());
    });
}

#[test]
fn b09_a_client_outlives_the_runtime_it_was_built_in() {
    let (_other, server) = elsewhere(|request| {
        if request.is_token() { token_answer(request).reply() } else { Subject::Metadata.success().reply() }
    });
    let first = runtime();
    let bank = first.block_on(async {
        let bank = client(&server);
        Subject::Metadata.call(&bank).await.unwrap();
        bank
    });
    drop(first);
    for _ in 0..3 {
        runtime().block_on(Subject::Metadata.call(&bank)).unwrap();
    }
    assert_eq!((server.hits(), server.token_hits()), (4, (1, 0)));
}

/// A client whose first token request never ends. It is in flight in the last runtime, and its caller is gone.
fn with_a_flight_under_way() -> (Runtime, FaultServer, BankData, Runtime) {
    let (other, server) = elsewhere(|request| match (request.is_token(), request.nth) {
        (true, 1) => Reply::stall(),
        (true, _) => token_answer(request).reply(),
        _ => Subject::Metadata.success().reply(),
    });
    let (bank, first) = (client(&server), runtime());
    first.block_on(async {
        tokio::select! {
            outcome = Subject::Metadata.call(&bank) => panic!("{outcome:?}"),
            () = until(|| server.token_hits() == (1, 0)) => {}
        }
    });
    (other, server, bank, first)
}

#[test]
fn b09_a_flight_that_ended_with_its_runtime_is_begun_anew_in_another() {
    let (_other, server, bank, first) = with_a_flight_under_way();
    assert_eq!(server.token_hits(), (1, 0));
    drop(first);
    runtime().block_on(Subject::Metadata.call(&bank)).unwrap();
    assert_eq!((server.hits(), server.token_hits()), (1, (2, 0)));
}

#[test]
fn b09_who_waits_for_a_flight_of_a_runtime_that_ends_gets_a_token_or_an_error() {
    let (_other, _server, bank, first) = with_a_flight_under_way();
    let (waits, is_waiting) = std::sync::mpsc::channel();
    let waiting = std::thread::spawn({
        let bank = bank.clone();
        move || {
            runtime().block_on(async {
                let mut call = pin!(Subject::Metadata.call(&bank));
                poll_fn(|context| {
                    let polled = call.as_mut().poll(context);
                    let _ = waits.send(());
                    polled
                })
                .await
            })
        }
    });
    is_waiting.recv().unwrap();
    drop(first);
    // Either way it neither panics nor hangs.
    if let Err(error) = waiting.join().expect("it panicked") {
        assert!(matches!(error, gocardless_bank_data::Error::Auth(_)), "{error:?}");
    }
    runtime().block_on(Subject::Metadata.call(&bank)).unwrap();
}

#[test]
fn b09_a_call_outside_a_runtime_is_an_error_or_works() {
    let bank = BankData::builder(gocardless_bank_data::Credentials::new("id", "key")).build().unwrap();
    let error =
        futures_util::FutureExt::now_or_never(Subject::Metadata.call(&bank)).expect("it waits").unwrap_err();
    assert!(error.to_string().contains("outside a tokio runtime"), "{error}");
}

/// Drops a metered read at each of its polls, then makes another with the only permitted connection.
async fn drop_at_every_poll(warm: bool, is_shared: bool) {
    for polls in 0.. {
        let server = FaultServer::api(|_| Subject::Balances.success().reply()).await;
        let mut settings = builder(&server).max_connections(1);
        if is_shared {
            settings = settings.state(Moody::default());
        }
        let bank = settings.build().unwrap();
        if warm {
            Subject::Metadata.call(&bank).await.ok();
        }
        let before = server.hits();
        let ended = drop_after(polls, Subject::Balances.call(&bank)).await.is_some();
        let next = tokio::time::timeout(HANG, Subject::Balances.call(&bank)).await;
        next.unwrap_or_else(|_| panic!("dropped at poll {polls}: its permit is gone")).unwrap();
        let hits = server.hits() - before;
        // Dropped before sending it is not a hit, afterwards one; never two.
        assert!((1..=2).contains(&hits) && (hits == 2 || !ended), "dropped at poll {polls}: {hits} hits");
        assert_eq!(server.token_hits(), (1, 0), "dropped at poll {polls}: the token was fetched again");
        if ended {
            assert!(polls >= 2, "it never waited");
            return;
        }
    }
}

#[tokio::test]
async fn b10_a_metered_read_dropped_at_any_poll_leaves_the_client_whole() {
    drop_at_every_poll(false, false).await;
    drop_at_every_poll(true, false).await;
}

#[tokio::test]
async fn b10_a_metered_read_with_shared_state_dropped_at_any_poll_leaves_the_client_whole() {
    drop_at_every_poll(false, true).await;
    drop_at_every_poll(true, true).await;
}

#[tokio::test]
async fn b10_every_call_dropped_before_its_answer_leaves_the_client_whole() {
    for &subject in Subject::ALL {
        let server = FaultServer::api(move |request| match request.nth {
            1 => Reply::stall(),
            _ => subject.success().reply(),
        })
        .await;
        let bank = builder(&server).max_connections(1).build().unwrap();
        let call = subject.call(&bank);
        tokio::select! {
            outcome = call => panic!("{subject:?}: {outcome:?}"),
            () = server.arrived(1) => {}
        }
        ends(subject.call(&bank)).await.unwrap();
        assert_eq!((server.hits(), server.token_hits()), (2, (1, 0)), "{subject:?}");
    }
}
