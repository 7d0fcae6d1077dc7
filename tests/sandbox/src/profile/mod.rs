//! How a bank behaves: what it does to identities, days, texts and amounts. Settings only; `data/` follows them.

mod json;
mod presets;
mod settings;

pub(crate) use json::currency;
pub use settings::{
    AccountIds, AccountKind, AccountNumber, AccountProfile, BankProfile, EntryReferences, InternalIds,
    TransactionIds,
};
