//! The made-up world: banks, account numbers, balances, details and transactions. All of it follows from seeds and from the
//! profiles of the banks.

mod books;
mod details;
mod entries;
mod history;
mod institutions;
mod odd;

pub(crate) use books::{
    Range, balances, cents, decimal, own_cents, own_day, remember, sums, transactions, view,
};
pub(crate) use details::{details, iban, masked_pan};
pub(crate) use history::{History, Movement, Profiles, Source};
pub(crate) use institutions::{COUNTRIES, Institution, catalogue, find};
