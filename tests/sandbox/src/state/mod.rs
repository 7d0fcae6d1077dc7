//! What the sandbox remembers, and the steps by which it changes. No HTTP here: `api/` asks and answers.

mod account;
mod agreement;
mod bank_account;
mod link;
mod quota;
mod requisition;
mod store;
mod tokens;

pub use account::AccountStatus;
pub(crate) use account::{Account, Connection};
pub(crate) use agreement::{Agreement, Reconfirmation, SCOPES};
pub(crate) use bank_account::{
    BankAccount, Facts, Form, Mark, Own, OwnAccount, People, Reading, SOMEBODY, Shown,
};
pub use link::LinkOutcome;
pub(crate) use link::{Visit, follow};
pub(crate) use quota::{Quota, Usage};
pub(crate) use requisition::Requisition;
pub use requisition::RequisitionStatus;
pub(crate) use store::State;
pub(crate) use tokens::{TokenKind, Tokens};
