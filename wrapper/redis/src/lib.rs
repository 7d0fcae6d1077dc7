//! Shared state of many machines for the GoCardless Bank Account Data client, on Redis or Valkey.
//!
//! All processes of a company share one token, one budget of calls, and what is known of each account. Processes of one
//! machine need no server: they share a file, with the package `gocardless-bank-data-sqlite`.
//!
//! ```no_run
//! use gocardless_bank_data::BankData;
//! use gocardless_bank_data_redis::RedisState;
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let state = RedisState::connect("rediss://user:password@redis.example.org:6379/0").await?;
//! let bank = BankData::builder(gocardless_bank_data::Credentials::from_env()?).state(state).build()?;
//! # drop(bank);
//! # Ok(())
//! # }
//! ```
//!
//! # What the server needs
//!
//! Redis 6 or newer, or Valkey. Some 230 bytes of memory for each account, and the length of its record. The records are small and expire by themselves;
//! with `maxmemory-policy noeviction` none is dropped early. Persistence is not needed: after a restart with nothing, the
//! next call obtains a new token.
//!
//! A user of the server needs no more than
//!
//! ```text
//! ACL SETUSER bank-data on >password ~bank-data:* +@connection +evalsha +script|load +get +set +del +time
//! ```
//!
//! and in a cluster `+cluster|slots` too. Tokens are sealed by the client before they reach the server, and accounts have
//! no readable name there.

/// The examples in the documentation of shared state compile.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/state.md")]
#[doc = include_str!("../README.md")]
struct Documentation;

mod connection;
mod failure;
mod state;

pub use state::{RedisState, RedisStateBuilder};
