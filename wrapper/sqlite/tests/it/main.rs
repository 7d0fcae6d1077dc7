//! State in a SQLite file: what every engine promises, and what only a file can get wrong.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "clippy.toml allows them in tests, but not in their helpers"
)]

mod engine;
mod files;

use std::future::{Ready, ready};
use std::time::Duration;

use gocardless_bank_data_sqlite::{SqliteState, SqliteStateBuilder};
use test_support::{Directory, counting};

/// A new directory with a state in it.
fn new_state() -> (Directory, SqliteState) {
    let directory = Directory::default();
    let state = open_in(&directory);
    (directory, state)
}

fn open_in(directory: &Directory) -> SqliteState {
    patient().open(directory.file("state")).unwrap()
}

fn open(path: &str) -> Ready<SqliteState> {
    ready(patient().open(path).unwrap())
}

#[test]
#[ignore = "run by the other tests, in processes of its own"]
fn a_process_that_counts() {
    counting::count_and_say_so(&open);
}

/// With much time, because the machine may be busy.
fn patient() -> SqliteStateBuilder {
    SqliteState::builder().timeout(Duration::from_secs(120))
}
