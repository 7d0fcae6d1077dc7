//! A server that forgets, stops, ends, comes back, or is full.

use std::time::Duration;

use gocardless_bank_data_redis::RedisState;
use gocardless_bank_data_runtime::state::{StateError, StateStore as _};
use test_support::counting::{HOUR, change, count, key, read};
use test_support::free_port;

use crate::{Server, Tell as _, open, patient};

/// A state that soon stops waiting.
fn impatient(server: &Server) -> RedisState {
    RedisState::builder(&server.url()).timeout(Duration::from_millis(200)).connect_lazily().unwrap()
}

async fn load(state: &RedisState) -> Result<(), StateError> {
    state.load(&[key("a")]).await.map(drop)
}

#[tokio::test]
async fn a_server_that_forgot_its_scripts_is_given_them_again() {
    let Some(server) = Server::start() else { return };
    let state = open(&server.url()).await;
    for expected in 1..=3 {
        assert_eq!(count(&state, &[key("a")]).await, [expected]);
        server.command::<()>("SCRIPT FLUSH");
    }
}

#[tokio::test]
async fn a_server_that_comes_back_with_nothing_is_used_at_once() {
    let Some(mut server) = Server::start() else { return };
    let state = open(&server.url()).await;
    count(&state, &[key("a")]).await;
    let before = read(&state, &[key("a")]).await[0].0;
    server.restart();
    assert_eq!(read(&state, &[key("a")]).await, [(0, String::new())]);
    assert!(!state.compare_and_swap(&[change(&key("a"), before, "x", HOUR)]).await.unwrap());
    assert_eq!(count(&state, &[key("a")]).await, [1]);
}

#[tokio::test]
async fn a_server_that_is_gone_is_an_error_until_it_is_back() {
    let Some(mut server) = Server::start() else { return };
    let state = open(&server.url()).await;
    server.kill();
    for _ in 0..2 {
        let error = load(&state).await.unwrap_err().to_string();
        assert!(
            error.starts_with(&format!("redis at 127.0.0.1:{}: it cannot be reached: ", server.port())),
            "{error}"
        );
    }
    server.restart();
    load(&state).await.unwrap();
}

#[tokio::test]
async fn a_server_that_pauses_its_clients_is_an_error_in_time() {
    let Some(mut server) = Server::start() else { return };
    let (state, patient) = (impatient(&server), open(&server.url()).await);
    load(&patient).await.unwrap();
    server.command::<()>("CLIENT PAUSE 10000000 ALL");
    for _ in 0..2 {
        let error = load(&state).await.unwrap_err().to_string();
        assert!(error.ends_with(": it did not answer in time"), "{error}");
    }
    server.restart();
    load(&patient).await.unwrap();
}

#[tokio::test]
async fn a_server_that_hangs_is_an_error_in_time_and_used_again_when_it_goes_on() {
    let Some(server) = Server::start() else { return };
    let state = impatient(&server);
    server.signal("-STOP");
    for _ in 0..2 {
        let error = load(&state).await.unwrap_err().to_string();
        assert!(error.ends_with(": it did not answer in time"), "{error}");
    }
    server.signal("-CONT");
    // As often as a busy machine needs.
    while load(&state).await.is_err() {}
}

#[tokio::test]
async fn a_connection_that_the_server_closed_is_made_again_unseen() {
    let Some(server) = Server::start() else { return };
    let state = open(&server.url()).await;
    for expected in 1..=3 {
        server.command::<u32>("CLIENT KILL TYPE normal");
        assert_eq!(count(&state, &[key("a")]).await, [expected]);
    }
}

#[tokio::test]
async fn a_server_whose_memory_is_full_says_so_and_can_be_read() {
    let Some(server) = Server::start() else { return };
    let state = open(&server.url()).await;
    count(&state, &[key("a")]).await;
    server.command::<()>("CONFIG SET maxmemory 1");
    let error = state.compare_and_swap(&[change(&key("b"), 0, "x", HOUR)]).await.unwrap_err().to_string();
    assert!(error.ends_with(": its memory is full; raise `maxmemory`"), "{error}");
    assert_eq!(read(&state, &[key("a")]).await[0].1, "1");
}

#[tokio::test]
async fn a_program_can_start_while_the_server_is_down() {
    let Some(mut server) = Server::start() else { return };
    server.kill();
    let builder = || patient(RedisState::builder(&server.url()));
    let error = builder().connect().await.unwrap_err().to_string();
    assert!(error.contains(": it cannot be reached: "), "{error}");
    let state = builder().connect_lazily().unwrap();
    assert!(load(&state).await.is_err());
    server.restart();
    load(&state).await.unwrap();
}

#[test]
fn a_state_outlives_the_runtime_in_which_it_connected() {
    let Some(server) = Server::start() else { return };
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let state = runtime().block_on(open(&server.url()));
    for expected in 1..=2 {
        assert_eq!(runtime().block_on(count(&state, &[key("a")])), [expected]);
    }
}

#[tokio::test]
async fn a_port_that_nobody_listens_on_is_an_error_that_names_it() {
    let port = free_port();
    let error = RedisState::connect(&format!("redis://127.0.0.1:{port}")).await.unwrap_err().to_string();
    assert!(error.starts_with(&format!("redis at 127.0.0.1:{port}: it cannot be reached: ")), "{error}");
}
