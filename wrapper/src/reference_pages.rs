// Written by `cargo xtask generate`. Do not edit: change the contract, or xtask/src/generate/reference.rs.

//! The reference: one page for each resource, with its operations, their parameters and answers.
//!
//! The pages are read in the repository as well, in `wrapper/reference`.

/// The operations of the tag `token`.
#[doc = include_str!("../reference/links.md")]
#[doc = include_str!("../reference/TokenApi.md")]
pub mod token_api {}

/// The operations of the tag `institutions`.
#[doc = include_str!("../reference/links.md")]
#[doc = include_str!("../reference/InstitutionsApi.md")]
pub mod institutions_api {}

/// The operations of the tag `agreements`.
#[doc = include_str!("../reference/links.md")]
#[doc = include_str!("../reference/AgreementsApi.md")]
pub mod agreements_api {}

/// The operations of the tag `requisitions`.
#[doc = include_str!("../reference/links.md")]
#[doc = include_str!("../reference/RequisitionsApi.md")]
pub mod requisitions_api {}

/// The operations of the tag `accounts`.
#[doc = include_str!("../reference/links.md")]
#[doc = include_str!("../reference/AccountsApi.md")]
pub mod accounts_api {}
