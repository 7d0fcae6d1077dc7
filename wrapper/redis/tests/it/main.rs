//! State on Redis: what every engine promises, and what a server and the way to it can get wrong.
//!
//! Each test starts a `redis-server` of its own, from `PATH`. Without one, a line says so; with `CI=true` that is a failure.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "clippy.toml allows them in tests, but not in their helpers"
)]

#[path = "../../../sqlite/tests/it/counting.rs"]
mod counting;
mod engine;
mod outage;
mod secrets;
mod server;
#[cfg(feature = "rustls")]
mod tls;
mod topology;

use std::time::Duration;

use gocardless_bank_data_redis::{RedisState, RedisStateBuilder};

async fn open(url: &str) -> RedisState {
    patient(RedisState::builder(url)).connect().await.unwrap()
}

/// With much time, because the machine may be busy.
fn patient(builder: RedisStateBuilder) -> RedisStateBuilder {
    builder.timeout(Duration::from_secs(120))
}
