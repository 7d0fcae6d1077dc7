//! Records, versions and their end.

use std::time::{Duration, SystemTime};

use gocardless_bank_data_runtime::state::{Key, StateStore as _, engine_suite};
use test_support::counting::{self, HOUR, change, key, read};

use crate::{Server, Tell as _, open};

#[tokio::test]
async fn a_server_passes_the_tests_that_every_engine_passes() {
    let Some(server) = Server::start() else { return };
    engine_suite::run(&open(&server.url()).await, test_support::scale("ENGINE_HISTORIES", 1_000)).await;
}

#[tokio::test]
async fn each_record_expires_by_itself() {
    let Some(server) = Server::start() else { return };
    let state = open(&server.url()).await;
    let [short, long, endless] = ["short", "long", "endless"].map(key);
    let changes = [
        change(&short, 0, "x", Duration::from_millis(1)),
        change(&long, 0, "x", HOUR),
        change(&endless, 0, "x", Duration::MAX),
    ];
    assert!(state.compare_and_swap(&changes).await.unwrap());
    while read(&state, std::slice::from_ref(&short)).await[0].0 != 0 {}
    let left = |key: &Key| server.command::<i64>(&format!("PTTL bank-data:{key}"));
    assert!((3_000_000..=3_600_000).contains(&left(&long)));
    assert!(left(&endless) > 3_600_000);
    assert!(state.compare_and_swap(&[change(&short, 0, "x", Duration::ZERO)]).await.unwrap());
    assert_eq!(server.command::<Vec<String>>("KEYS *").len(), 2);
}

#[tokio::test]
async fn the_clock_is_the_servers() {
    let Some(server) = Server::start() else { return };
    let state = open(&server.url()).await;
    let before = SystemTime::now();
    let now = state.load(&[]).await.unwrap().now;
    // It is the same machine; the server may read its clock a little earlier than it answers.
    assert!(before - Duration::from_secs(1) <= now && now <= SystemTime::now());
}

#[tokio::test]
async fn a_record_that_comes_back_has_a_version_that_nobody_remembers() {
    let Some(mut server) = Server::start() else { return };
    let state = open(&server.url()).await;
    let mut latest = 0;
    for _ in 0..3 {
        assert!(state.compare_and_swap(&[change(&key("a"), 0, "x", HOUR)]).await.unwrap());
        let version = read(&state, &[key("a")]).await[0].0;
        assert!(version > latest);
        latest = version;
        server.restart();
        assert!(!state.compare_and_swap(&[change(&key("a"), latest, "x", HOUR)]).await.unwrap());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_tasks_none_loses_a_count() {
    let Some(server) = Server::start() else { return };
    let states = [open(&server.url()).await, open(&server.url()).await];
    counting::of_many_tasks_none_loses_a_count(states).await;
}

#[tokio::test]
async fn of_many_processes_none_loses_a_count() {
    let Some(server) = Server::start() else { return };
    counting::of_many_processes_none_loses_a_count(&server.url(), open).await;
}

#[tokio::test]
async fn a_process_that_is_killed_loses_nothing_that_it_wrote() {
    let Some(server) = Server::start() else { return };
    counting::a_process_that_is_killed_loses_nothing_that_it_wrote(&server.url(), open).await;
}

#[tokio::test]
async fn what_another_program_stored_under_a_key_is_an_error() {
    let Some(server) = Server::start() else { return };
    let state = open(&server.url()).await;
    for other in [format!("LPUSH bank-data:{} x", key("a")), format!("SET bank-data:{} x", key("b"))] {
        server.command::<redis::Value>(&other);
    }
    for id in ["a", "b"] {
        let error = state.load(&[key(id)]).await.unwrap_err().to_string();
        assert!(
            error.ends_with(": a key of this library holds something else; use a database of its own"),
            "{error}"
        );
    }
}
