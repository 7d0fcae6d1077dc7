//! The made-up world: banks, account numbers, balances, details and transactions. All of it follows from seeds.

mod banks;
mod books;
mod details;
mod entries;
mod iban;
mod institutions;
mod merchants;

pub(crate) use books::{balances, transactions};
pub(crate) use details::details;
pub(crate) use iban::iban;
pub(crate) use institutions::{COUNTRIES, Institution, catalogue, find};
