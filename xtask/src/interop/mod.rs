//! `cargo xtask interop`: judges that are not ours, and know nothing but the contract, watch the wrapper and the sandbox.
//!
//! Prism stands between the wrapper and the sandbox and holds every request and answer against the document.
//! Schemathesis makes requests from the document, good and bad, and judges what the sandbox makes of them. Both are
//! installed below `target/interop`, at the versions of `versions.rs`.

mod contract;
mod http;
mod journeys;
mod prism;
mod process;
mod run;
mod sandbox;
mod schemathesis;
mod stock;
mod tools;
mod verdict;
mod versions;

pub(crate) use run::{Options, run};
