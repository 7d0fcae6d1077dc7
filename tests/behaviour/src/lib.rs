//! What the tests of behaviour share: a server that fails as told, a scripted token fetcher, a log capture, and calls of
//! every class.
//!
//! Each file of `tests/` asks one question of `research/reliability.md`, section 3; each test bears the id of its case.
//! Tests of the token's life hand in their own fetcher and a paused clock, and open no socket. Tests of the wire use
//! [`FaultServer`] and real time, made short by configuration: the two are never mixed, because a paused clock jumps
//! ahead while it waits for a socket.

#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "helpers of tests: a panic here is the report"
)]

mod client;
mod clock;
mod directory;
mod fetch;
pub mod fuzz;
mod gate;
pub mod load;
mod log;
mod proxy;
mod reply;
mod resolver;
mod server;
mod subject;
mod tls;
mod token_file;

pub use client::{SECRET_ID, SECRET_KEY, account, builder, builder_at, client, institution, timing};
pub use clock::{block_until, pass, until};
pub use directory::Directory;
pub use fetch::{Asked, Grants, Outcome, Planned, ScriptedFetch, refused, unreachable};
pub use gate::Gate;
pub use log::LogCapture;
pub use proxy::TunnelProxy;
pub use reply::{Answer, Reply, Step, token_answer};
pub use resolver::RefusingFirst;
pub use server::{FaultServer, Request};
pub use subject::{Seen, Subject};
pub use test_support::{Random, drop_after, figure, scale};
pub use tls::{Authority, Peer, RawPeer, TlsFront, provider};
pub use token_file::TokenFile;
