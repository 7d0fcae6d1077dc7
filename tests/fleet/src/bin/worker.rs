//! One process of a fleet: `worker URL ID KEY STATE CLOCK PROCESSES WORK`.
//!
//! `STATE` is `memory`, `sqlite:FILE` or a URL of Redis. `CLOCK` is a file with the seconds that the clock is ahead.
//! `PROCESSES` is how many there are. `WORK` is one of
//!
//! - `once`: one call of an account's metadata;
//! - `reads:N:SEED:ACCOUNT,ACCOUNT…`: N reads, each of some account and kind;
//! - `until:N:ACCOUNT`: metadata, until N calls have succeeded;
//! - `busy:SECONDS:ACCOUNT`: metadata again and again, as often as the budget lets through.
//!
//! Prints one line for each call that ended: `ok`, or the kind of its error; and the account and kind that was read.

#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a tool of the tests: what it says is what it is for"
)]

use std::error::Error as StdError;
use std::io::Write as _;
use std::time::{Duration, Instant, SystemTime};

use gocardless_bank_data::{
    AccountId, BankData, BankDataBuilder, Credentials, Error, Pacing, Result, Timeouts,
};
use gocardless_bank_data_redis::RedisState;
use gocardless_bank_data_sqlite::SqliteState;
use test_support::{HANG, Random};

/// The machine's clock, ahead by what the file says.
#[derive(Clone)]
struct Clock(String);

impl Clock {
    fn now(&self) -> SystemTime {
        let ahead = std::fs::read_to_string(&self.0).ok().and_then(|text| text.trim().parse().ok());
        SystemTime::now() + Duration::from_secs(ahead.unwrap_or_default())
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn StdError>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [url, id, key, state, clock, processes, work] = arguments.as_slice() else {
        return Err("worker URL ID KEY STATE CLOCK PROCESSES WORK".into());
    };
    let clock = Clock(clock.clone());
    // A read of a process that was killed holds its place until its timeout, and others may have to wait for it.
    let seconds = Duration::from_secs;
    let timeouts = Timeouts { token: seconds(5), metered_read: seconds(30), ..Timeouts::default() };
    let builder =
        BankData::builder(Credentials::new(id.as_str(), key.as_str())).base_url(url).timeouts(timeouts);
    let own = clock.clone();
    let builder = with_state(builder, state)
        .await?
        .clock(move || own.now())
        .pacing(Pacing::default().processes(processes.parse()?));
    let bank = builder.build()?;
    let parts: Vec<_> = work.split(':').collect();
    match parts.as_slice() {
        ["once"] => report(&bank.account(test_support::account()).metadata().await.map(drop), ""),
        ["reads", reads, seed, accounts] => {
            let accounts: Vec<AccountId> = accounts.split(',').map(|id| id.parse().unwrap()).collect();
            let mut random = Random::new(seed.parse()?);
            for _ in 0..reads.parse::<u32>()? {
                let account = random.one_of(&accounts).clone();
                read(&bank, account, random.below(3)).await;
            }
        }
        ["busy", seconds, account] => {
            let lasts = Duration::from_secs(seconds.parse()?);
            busy(&bank, &clock, &account.parse()?, |_, time| time >= lasts).await;
        }
        ["until", calls, account] => {
            let calls: u32 = calls.parse()?;
            busy(&bank, &clock, &account.parse()?, |sent, _| sent >= calls).await;
        }
        _ => return Err("what work?".into()),
    }
    Ok(())
}

async fn with_state(builder: BankDataBuilder, state: &str) -> Result<BankDataBuilder, Box<dyn StdError>> {
    Ok(match state.split_once(':') {
        // A busy machine may take longer than a program wants to wait.
        Some(("sqlite", file)) => builder.state(SqliteState::builder().timeout(HANG).open(file)?),
        Some(_) => builder.state(RedisState::builder(state).timeout(HANG).connect().await?),
        None => builder,
    })
}

async fn read(bank: &BankData, account: AccountId, kind: usize) {
    let handle = bank.account(account.clone());
    let (kind, outcome) = match kind {
        0 => ("balances", handle.balances().await.map(drop)),
        1 => ("details", handle.details().await.map(drop)),
        _ => ("transactions", handle.transactions().await.map(drop)),
    };
    report(&outcome, &format!("{account} {kind}"));
}

/// Calls until it is done after so many successes and this time.
async fn busy(bank: &BankData, clock: &Clock, account: &AccountId, done: impl Fn(u32, Duration) -> bool) {
    let (start, mut sent) = (Instant::now(), 0);
    while !done(sent, start.elapsed()) {
        let outcome = bank.account(account.clone()).metadata().await.map(drop);
        report(&outcome, "");
        sent += u32::from(outcome.is_ok());
        if let Err(Error::Budget(full)) = &outcome {
            let wait = full.retry_at().duration_since(clock.now()).unwrap_or_default();
            // It asks again each second, although it knows better.
            tokio::time::sleep(wait.min(Duration::from_secs(1))).await;
        }
    }
}

fn report(outcome: &Result<()>, what: &str) {
    let word = match outcome {
        Ok(()) => "ok".to_owned(),
        Err(Error::Budget(_)) => "budget".to_owned(),
        Err(Error::CircuitOpen(_)) => "circuit".to_owned(),
        Err(error) => format!("{:?}", error.kind()).replace(' ', ""),
    };
    println!("{word} {what}");
    // A process that is killed has said what it did.
    let _ = std::io::stdout().flush();
}
