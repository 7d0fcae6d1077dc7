//! Records, versions and their end.

use std::time::{Duration, SystemTime};

use gocardless_bank_data_runtime::state::{StateStore as _, engine_suite};
use test_support::Directory;
use test_support::counting::{self, HOUR, change, count, key, read};

use crate::{new_state, open, open_in};

#[tokio::test]
async fn a_file_passes_the_tests_that_every_engine_passes() {
    let (_directory, state) = new_state();
    engine_suite::run(&state, test_support::scale("ENGINE_HISTORIES", 1_000)).await;
}

#[tokio::test]
async fn what_one_state_wrote_another_reads() {
    let (directory, first) = new_state();
    assert!(first.compare_and_swap(&[change(&key("a"), 0, "kept", HOUR)]).await.unwrap());
    let second = open_in(&directory);
    assert_eq!(read(&second, &[key("a")]).await, read(&first, &[key("a")]).await);
    drop((first, second));
    assert_eq!(read(&open_in(&directory), &[key("a")]).await[0].1, "kept");
}

#[tokio::test]
async fn the_clock_is_the_machines() {
    let (_directory, state) = new_state();
    let before = SystemTime::now();
    let now = state.load(&[]).await.unwrap().now;
    assert!(before <= now && now <= SystemTime::now());
}

#[tokio::test]
async fn expired_records_are_removed_a_few_at_a_time() {
    let (directory, state) = new_state();
    let changes: Vec<_> = (0..100).map(|id| change(&key(&id.to_string()), 0, "x", Duration::ZERO)).collect();
    assert!(state.compare_and_swap(&changes).await.unwrap());
    let rows = || {
        let connection = rusqlite::Connection::open(directory.file("state")).unwrap();
        connection.query_row("SELECT count(*) FROM record", [], |row| row.get::<_, u32>(0)).unwrap()
    };
    let mut before = rows();
    assert!(before > 50, "one write has removed them all");
    while before > 1 {
        count(&state, &[key("other")]).await;
        let after = rows();
        // The counter itself is a row from the first round on.
        assert!(after <= before && before - after <= 16, "from {before} to {after}");
        assert!(after < before || after == 1);
        before = after;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_tasks_none_loses_a_count() {
    let (directory, state) = new_state();
    counting::of_many_tasks_none_loses_a_count([state, open_in(&directory)]).await;
}

#[tokio::test]
async fn of_many_processes_none_loses_a_count() {
    let directory = Directory::default();
    counting::of_many_processes_none_loses_a_count(directory.file("state").to_str().unwrap(), open).await;
}

#[tokio::test]
async fn a_process_that_is_killed_loses_nothing_that_it_wrote() {
    let directory = Directory::default();
    let place = directory.file("state");
    counting::a_process_that_is_killed_loses_nothing_that_it_wrote(place.to_str().unwrap(), open).await;
}

#[tokio::test]
async fn a_lock_that_another_holds_too_long_is_an_error_in_time() {
    let directory = Directory::default();
    let state = crate::patient().timeout(Duration::from_millis(50)).open(directory.file("state")).unwrap();
    let patient = open_in(&directory);
    let holder = rusqlite::Connection::open(directory.file("state")).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = state.compare_and_swap(&[change(&key("a"), 0, "x", HOUR)]).await.unwrap_err().to_string();
    let ending = [": another process holds its lock for too long", ": it did not answer in time"];
    assert!(ending.iter().any(|ending| error.ends_with(ending)), "{error}");
    // Readers do not wait for the lock.
    assert_eq!(patient.load(&[key("a")]).await.unwrap().records, [None]);
    holder.execute_batch("COMMIT").unwrap();
}
