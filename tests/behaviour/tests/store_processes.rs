//! Do processes that share a file share one token? (B7)

#![cfg(unix)]
#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unchecked_time_subtraction,
    reason = "clippy.toml allows these in tests, but takes helpers of integration tests for production code"
)]

use std::time::Duration;

use behaviour::{FaultServer, Subject, TokenFile, token_answer, until};
use serde_json::json;
use tokio::task::JoinSet;

/// A server whose token operations take long enough for all processes to want one.
async fn slow() -> FaultServer {
    FaultServer::start(|request| {
        if request.is_token() {
            token_answer(request).reply().after(Duration::from_millis(400))
        } else {
            Subject::Metadata.success().reply()
        }
    })
    .await
}

/// Makes one call in each of this many processes, all at once.
async fn call_in_processes(processes: usize, server: &FaultServer, file: &TokenFile) {
    let mut running = JoinSet::new();
    for _ in 0..processes {
        let (url, file) = (server.url(), file.path());
        running.spawn_blocking(move || {
            let program = env!("CARGO_BIN_EXE_store_process");
            std::process::Command::new(program).arg("call").arg(url).arg(file).status().unwrap()
        });
    }
    for status in running.join_all().await {
        assert!(status.success(), "{status}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b07_two_processes_without_a_token_obtain_one() {
    let (server, file) = (slow().await, TokenFile::default());
    call_in_processes(2, &server, &file).await;
    assert_eq!((server.hits(), server.token_hits()), (2, (1, 0)));
    assert_eq!(file.read()["tokens"]["access"], json!("access-1"));
    assert_eq!(file.directory().names(), ["tokens.json", "tokens.json.lock"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b07_eight_processes_with_a_token_that_has_ended_refresh_it_once() {
    let (server, file) = (slow().await, TokenFile::default());
    call_in_processes(1, &server, &file).await;
    file.change(|saved| saved["tokens"]["access_until"] = json!(0));
    call_in_processes(8, &server, &file).await;
    assert_eq!((server.hits(), server.token_hits()), (9, (1, 1)));
    assert_eq!(file.read()["tokens"]["access"], json!("refreshed-1"));
    assert_eq!(file.read()["tokens"]["refresh"], json!("refresh-1"), "the last good refresh token is kept");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b07_processes_of_other_credentials_do_not_use_each_others_token() {
    let (server, file) = (slow().await, TokenFile::default());
    call_in_processes(1, &server, &file).await;
    let other = gocardless_bank_data::Credentials::new("another id", "another key");
    let bank = gocardless_bank_data::BankData::builder(other)
        .base_url(server.url())
        .store(file.store())
        .build()
        .unwrap();
    Subject::Metadata.call(&bank).await.unwrap();
    assert_eq!(server.token_hits(), (2, 0));
    assert_eq!(server.requests().last().unwrap().bearer(), Some("access-2"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b07_a_process_that_died_with_the_lock_holds_up_nobody() {
    let (server, file) = (slow().await, TokenFile::default());
    let program = env!("CARGO_BIN_EXE_store_process");
    let mut child =
        std::process::Command::new(program).arg("call").arg(server.url()).arg(file.path()).spawn().unwrap();
    // It holds the lock while its token is under way.
    until(|| server.token_hits() == (1, 0)).await;
    child.kill().unwrap();
    child.wait().unwrap();
    let bank = file.client(&server);
    let call = tokio::time::timeout(Duration::from_secs(5), Subject::Metadata.call(&bank));
    call.await.expect("the lock outlived its process").unwrap();
    assert_eq!(server.token_hits(), (2, 0));
}
