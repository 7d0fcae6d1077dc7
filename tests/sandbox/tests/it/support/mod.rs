//! What the tests share: a caller that checks every answer against the contract, and a raw one.

mod bank;
mod contract;
mod raw;

pub(crate) use bank::{Bank, Linked, Reply, install_cryptography, member, pause_free};
pub(crate) use contract::Contract;
pub(crate) use raw::{Raw, RawEnd};
