// Written by `cargo xtask generate`. Do not edit: change the contract, or xtask/src/generate/lists.rs.

//! The types of the API's responses.

#[rustfmt::skip]
use gocardless_bank_data::model::{
    Account,
    AccountDetailsResponse,
    Agreement,
    AgreementPage,
    Balances,
    Deletion,
    Institution,
    InstitutionDetails,
    Reconfirmation,
    RefreshedToken,
    Requisition,
    RequisitionPage,
    TokenPair,
    Transactions,
};

use crate::fuzz::{Target, decode};

/// The type of every response of the API, with its decoder. The corpus has a file of that name for most of them.
pub const RESPONSES: &[(&str, Target)] = &[
    ("account", decode::<Account>),
    ("account_details_response", decode::<AccountDetailsResponse>),
    ("agreement", decode::<Agreement>),
    ("agreement_page", decode::<AgreementPage>),
    ("balances", decode::<Balances>),
    ("deletion", decode::<Deletion>),
    ("institution_details", decode::<InstitutionDetails>),
    ("institution_list", decode::<Vec<Institution>>),
    ("reconfirmation", decode::<Reconfirmation>),
    ("refreshed_token", decode::<RefreshedToken>),
    ("requisition", decode::<Requisition>),
    ("requisition_page", decode::<RequisitionPage>),
    ("token_pair", decode::<TokenPair>),
    ("transactions", decode::<Transactions>),
];
