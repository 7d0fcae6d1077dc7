//! Measures what a decision costs in a file with a thousand accounts and in one with a million:
//! `cargo run --release -p gocardless-bank-data-sqlite --example sqlite_decisions DIRECTORY`.
//!
//! It writes some 600 MB into the directory, which should be empty, and leaves them there for the next run.

use gocardless_bank_data_sqlite::SqliteState;
use test_support::decisions;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let directory = std::env::args_os().nth(1).ok_or("name a directory")?;
    let mut states = Vec::new();
    for size in decisions::SIZES {
        let path = std::path::Path::new(&directory).join(format!("{size}.sqlite"));
        let state = SqliteState::open(&path)?;
        decisions::fill(&state, size).await?;
        println!("{size:>9} accounts: {:>6} MB", std::fs::metadata(&path)?.len() / 1_000_000);
        states.push(state);
    }
    let [few, many] = &*states else { return Err("two sizes were expected".into()) };
    decisions::compare([few, many]).await
}
