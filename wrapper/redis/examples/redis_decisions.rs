//! Measures what a decision costs on a server with a thousand accounts and on one with a million, and how much memory they
//! take: `cargo run --release -p gocardless-bank-data-redis --example redis_decisions`.
//!
//! It starts two `redis-server` from `PATH`, on the ports 16379 and 16380, and ends them.

#[path = "../../sqlite/examples/sqlite_decisions/measure.rs"]
mod measure;

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use gocardless_bank_data_redis::RedisState;

struct Server(Child);

impl Server {
    fn start(port: &str) -> Result<Self, Box<dyn std::error::Error>> {
        let mut command = Command::new("redis-server");
        command.args(["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
        let mut server = Self(command.stdout(Stdio::piped()).spawn()?);
        let mut lines =
            BufReader::new(server.0.stdout.take().ok_or("it has no output")?).lines().map_while(Result::ok);
        if !lines.any(|line| line.contains("Ready to accept connections")) {
            return Err("redis-server did not start".into());
        }
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut servers, mut states) = (Vec::new(), Vec::new());
    for (size, port) in measure::SIZES.into_iter().zip(["16379", "16380"]) {
        servers.push(Server::start(port)?);
        let url = format!("redis://127.0.0.1:{port}");
        let state = RedisState::connect(&url).await?;
        measure::fill(&state, size).await?;
        let mut connection = redis::Client::open(url)?.get_connection()?;
        let memory: String = redis::cmd("INFO").arg("memory").query(&mut connection)?;
        let memory =
            memory.lines().find_map(|line| line.strip_prefix("used_memory:")?.trim().parse::<u64>().ok());
        println!("{size:>9} accounts: {:>6} MB", memory.unwrap_or_default() / 1_000_000);
        states.push(state);
    }
    let [few, many] = &*states else { return Err("two sizes were expected".into()) };
    measure::compare([few, many]).await
}
