//! What the test packages share: one listener that every test server runs on, clients and one table of calls, the
//! contract as data, clocks, and seeded random numbers.
//!
//! Tests of token lifetimes script the token endpoint and pause the clock; they open no socket. Tests of the wire use a
//! [`FaultServer`] with real time or a [`FrozenClock`]: a clock that is merely paused jumps ahead while a task waits for a
//! socket.

#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "nothing but tests uses this crate: there a panic is the report"
)]

mod calls;
mod client;
mod clock;
mod contract;
pub mod counting;
pub mod decisions;
mod directory;
mod front;
mod http2;
mod listener;
mod log;
mod random;
mod redis_server;
mod reply;
mod schema;
mod server;
mod subject;

pub use calls::{DRIVERS, Driven, Driver, Ids, REFERENCE, Returned, driver};
pub use client::{
    PATIENT, RefusingFirst, SECRET_ID, SECRET_KEY, account, builder, builder_at, client, institution, timing,
    unpaced,
};
pub use clock::{FrozenClock, Gate, HANG, block_until, drop_after, ends, pass, until};
pub use contract::{Body, Contract, Operation, Parameter, Place, members, required};
pub use directory::Directory;
pub use front::{Authority, Peer, RawPeer, TlsFront, TunnelProxy, provider};
pub use gocardless_bank_data::install_cryptography;
pub use http2::{Act, Http2Server, Settings};
pub use listener::Listener;
pub use log::LogCapture;
pub use random::{Random, run_seed, scale};
pub use redis_server::{RedisServer, free_port};
pub use reply::{Answer, Reply, Step, token_answer};
pub use schema::{Unknown, json_schema, validate};
pub use server::{FaultServer, Request};
pub use subject::Subject;
