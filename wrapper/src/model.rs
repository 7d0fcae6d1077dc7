// Written by `cargo xtask generate`. Do not edit: change the contract, or xtask/src/generate/reference.rs.

//! The objects of the API. They are generated from the contract.
//!
//! Members are optional if a bank has been seen leaving them out, lists read as empty if they are missing, and members that
//! the contract does not declare are ignored; [`Response::body`](crate::Response::body) still has them.

#[doc(inline)]
#[rustfmt::skip]
pub use gocardless_bank_data_generated::types::{
    Account, AccountDetails, AccountDetailsResponse, AdditionalAccountData, Agreement, AgreementPage,
    Balance, BalanceAfterTransaction, Balances, BookedAndPending, CounterpartyAccount, CurrencyExchange,
    Deletion, Institution, InstitutionDetails, Money, OwnerAddress, Reconfirmation, RefreshedToken,
    Requisition, RequisitionPage, TokenPair, Transaction, Transactions,
};
