//! Every operation of the contract, dropped at every one of its polls: does the next call work, and is nothing left behind?
//! (goal 18)
//!
//! The behaviour package asks the same of single calls in depth (B8 to B10); here it is asked of all operations there are.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a panic in a test is its report"
)]

use std::time::{Duration, Instant};

use conformance::{Answer, Contract, Instances, Operation, Presence, Recorder, Subject, driver};
use gocardless_bank_data::reqwest::ClientBuilder;
use gocardless_bank_data::{BankData, Credentials};
use test_support::{drop_after, figure};
use tokio::runtime::{Builder, Handle};

/// Long after everything that ends by itself.
const LATEST: Duration = Duration::from_secs(10);

fn tasks() -> usize {
    Handle::current().metrics().num_alive_tasks()
}

/// A client that may have one connection, so that a permit that is lost is the last.
fn client(server: &Recorder) -> BankData {
    let builder = BankData::builder(Credentials::new("id", "key")).base_url(server.base_url());
    builder.max_connections(1).http_client(ClientBuilder::new().tls_certs_only([])).build().expect("a client")
}

/// A server that takes an operation as the contract says.
async fn server(operation: &'static Operation) -> Recorder {
    Recorder::start(move |request| {
        if request.asks_for_token() && !operation.is_token() {
            return Answer::token();
        }
        let (status, schema) = operation.success();
        Answer::json(status, &Instances::new(1, Presence::All).make(schema))
    })
    .await
}

/// Makes the call, drops it at this poll, makes it once more, and drops the client. Whether the call had ended by then.
async fn dropped_at(polls: usize, operation: &'static Operation, server: &Recorder) -> bool {
    let (drive, on, baseline) = (driver(&operation.key).full, Subject::default(), tasks());
    let bank = client(server);
    let ended = drop_after(polls, drive(&bank, &on)).await.is_some();
    let next = tokio::time::timeout(LATEST, drive(&bank, &on)).await;
    figure("G18", "next calls that failed", u8::from(!matches!(next, Ok(Ok(_)))));
    let next =
        next.unwrap_or_else(|_| panic!("{} dropped at poll {polls}: its permit is gone", operation.key));
    assert!(next.is_ok(), "{} dropped at poll {polls}: {next:?}", operation.key);
    drop(bank);
    let dropped = Instant::now();
    while tasks() > baseline {
        assert!(dropped.elapsed() < LATEST, "{} dropped at poll {polls}: a task is left", operation.key);
        tokio::task::yield_now().await;
    }
    figure("G18", "ms until all tasks have ended", dropped.elapsed().as_millis());
    figure("G18", "drops", 1);
    ended
}

#[test]
fn every_operation_dropped_at_any_of_its_polls_leaves_the_client_whole() {
    // The server is in a runtime of its own, so that its tasks are not taken for the client's.
    let elsewhere = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let here = Builder::new_current_thread().enable_all().build().unwrap();
    for operation in Contract::get().operations() {
        let server = elsewhere.block_on(server(operation));
        let mut polls = 0;
        while !here.block_on(dropped_at(polls, operation, &server)) {
            polls += 1;
        }
        assert!(polls >= 2, "{} never waited", operation.key);
        figure("G18", "operations", 1);
    }
}
