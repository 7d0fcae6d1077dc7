//! Every operation of the contract, dropped at each of its polls: does the next call work, and is nothing left behind?
//!
//! The behaviour package tests single calls in depth (`docs/failure-modes.md#b08` to `b10`); this covers all operations.

use conformance::serve_success;
use gocardless_bank_data::BankData;
use test_support::{Contract, FaultServer, HANG, Ids, Operation, builder, driver, drop_after, until};
use tokio::runtime::{Builder, Handle};

fn tasks() -> usize {
    Handle::current().metrics().num_alive_tasks()
}

/// A client limited to one connection, so that a lost permit is the last.
fn client(server: &FaultServer) -> BankData {
    builder(server).max_connections(1).build().expect("a client")
}

/// Makes the call, drops it at this poll, makes it once more, and drops the client. Whether the call had ended by then.
async fn dropped_at(polls: usize, operation: &'static Operation, server: &FaultServer) -> bool {
    let (drive, on, baseline) = (driver(&operation.key).full, Ids::default(), tasks());
    let bank = client(server);
    let ended = drop_after(polls, drive(&bank, &on)).await.is_some();
    let next = tokio::time::timeout(HANG, drive(&bank, &on)).await;
    let next =
        next.unwrap_or_else(|_| panic!("{} dropped at poll {polls}: its permit is gone", operation.key));
    assert!(next.is_ok(), "{} dropped at poll {polls}: {next:?}", operation.key);
    drop(bank);
    // If a task were left behind, this would never happen.
    until(|| tasks() <= baseline).await;
    ended
}

#[test]
fn every_operation_dropped_at_any_of_its_polls_leaves_the_client_whole() {
    // The server is in its own runtime, so that its tasks are not counted as the client's.
    let elsewhere = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let here = Builder::new_current_thread().enable_all().build().unwrap();
    for operation in Contract::get().operations() {
        let server = elsewhere.block_on(serve_success(operation));
        let mut polls = 0;
        while !here.block_on(dropped_at(polls, operation, &server)) {
            polls += 1;
        }
        assert!(polls >= 2, "{} never waited", operation.key);
    }
}
