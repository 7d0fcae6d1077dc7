//! The made-up world: banks, account numbers, balances, details and transactions. All of it follows from seeds.

mod books;
mod details;
mod entries;
mod institutions;

pub(crate) use books::{balances, transactions};
pub(crate) use details::{details, iban};
pub(crate) use institutions::{COUNTRIES, Institution, catalogue, find};
