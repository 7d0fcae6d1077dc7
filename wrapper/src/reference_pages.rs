//! The reference: one page for each resource, with every operation, its parameters, its answer and its errors.
//!
//! `cargo xtask generate` writes the pages into `wrapper/reference`, where they are read in the repository as well. They
//! link by reference: their own definitions lead to files, and those of `links.md`, which comes first and so counts
//! here, lead to items.

/// The token operations.
#[doc = include_str!("../reference/links.md")]
#[doc = include_str!("../reference/TokenApi.md")]
pub mod token_api {}

/// The operations of institutions.
#[doc = include_str!("../reference/links.md")]
#[doc = include_str!("../reference/InstitutionsApi.md")]
pub mod institutions_api {}

/// The operations of end-user agreements.
#[doc = include_str!("../reference/links.md")]
#[doc = include_str!("../reference/AgreementsApi.md")]
pub mod agreements_api {}

/// The operations of requisitions.
#[doc = include_str!("../reference/links.md")]
#[doc = include_str!("../reference/RequisitionsApi.md")]
pub mod requisitions_api {}

/// The operations of accounts.
#[doc = include_str!("../reference/links.md")]
#[doc = include_str!("../reference/AccountsApi.md")]
pub mod accounts_api {}
