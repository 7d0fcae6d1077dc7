//! State on Redis: what every engine promises, and what can go wrong with a server and the connection to it.
//!
//! Each test starts a `redis-server` of its own, from `PATH`. Without one, a line says so; with `CI=true` that is a failure.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "clippy.toml allows them in tests, but not in their helpers"
)]

mod engine;
mod outage;
mod secrets;
#[cfg(feature = "rustls")]
mod tls;
mod topology;

use std::time::Duration;

use gocardless_bank_data_redis::{RedisState, RedisStateBuilder};
use test_support::{RedisServer as Server, counting};

async fn open(url: &str) -> RedisState {
    patient(RedisState::builder(url)).connect().await.unwrap()
}

#[test]
#[ignore = "run by the other tests, in processes of its own"]
fn a_process_that_counts() {
    counting::count_and_say_so(&open);
}

trait Tell {
    /// Runs a command of the administrator.
    fn command<T: redis::FromRedisValue>(&self, words: &str) -> T;
}

impl Tell for Server {
    fn command<T: redis::FromRedisValue>(&self, words: &str) -> T {
        let mut connection = redis::Client::open(self.url()).unwrap().get_connection().unwrap();
        let mut words = words.split(' ');
        redis::cmd(words.next().unwrap()).arg(words.collect::<Vec<_>>()).query(&mut connection).unwrap()
    }
}

/// With much time, because the machine may be busy.
fn patient(builder: RedisStateBuilder) -> RedisStateBuilder {
    builder.timeout(Duration::from_secs(120))
}
