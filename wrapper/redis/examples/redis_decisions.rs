//! Measures what a decision costs on a server with a thousand accounts and on one with a million, and how much memory they
//! take: `cargo run --release -p gocardless-bank-data-redis --example redis_decisions`.
//!
//! It starts two `redis-server` from `PATH` and ends them.

use gocardless_bank_data_redis::RedisState;
use test_support::{RedisServer, decisions};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut servers, mut states) = (Vec::new(), Vec::new());
    for size in decisions::SIZES {
        let server = RedisServer::start().ok_or("redis-server is not installed")?;
        let url = server.url();
        servers.push(server);
        let state = RedisState::connect(&url).await?;
        decisions::fill(&state, size).await?;
        let mut connection = redis::Client::open(url)?.get_connection()?;
        let memory: String = redis::cmd("INFO").arg("memory").query(&mut connection)?;
        let memory =
            memory.lines().find_map(|line| line.strip_prefix("used_memory:")?.trim().parse::<u64>().ok());
        println!("{size:>9} accounts: {:>6} MB", memory.unwrap_or_default() / 1_000_000);
        states.push(state);
    }
    let [few, many] = &*states else { return Err("two sizes were expected".into()) };
    decisions::compare([few, many]).await
}
