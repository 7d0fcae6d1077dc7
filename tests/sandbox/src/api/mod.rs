//! The operations: each takes a call and the state, and gives an answer. No sockets and no faults here.

mod accounts;
mod agreements;
mod call;
mod dispatch;
mod institutions;
mod reconfirmation;
mod requisitions;
mod tokens;

pub(crate) use call::Call;
use call::{page, refuse_unknown};
pub(crate) use dispatch::{perform, with_account, with_general};
