//! Shared state of one machine for the GoCardless Bank Account Data client, in a SQLite file.
//!
//! For programs that start often, and for several processes of one machine: they share one token, one budget of calls,
//! and what is known of each account. Programs on several machines share state on Redis or Valkey, with the package
//! `gocardless-bank-data-redis`.
//!
//! ```no_run
//! use gocardless_bank_data::BankData;
//! use gocardless_bank_data_sqlite::SqliteState;
//!
//! # fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let state = SqliteState::open("/var/lib/my-program/bank-data.sqlite")?;
//! let bank = BankData::builder(gocardless_bank_data::Credentials::from_env()?).state(state).build()?;
//! # drop(bank);
//! # Ok(())
//! # }
//! ```

/// The example of the README compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// A database in a file of its owner's alone, for packages that keep something of their own in SQLite.
#[doc(hidden)]
pub mod database;
mod file;
mod records;
mod state;

pub use state::{SqliteState, SqliteStateBuilder};
