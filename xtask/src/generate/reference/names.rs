//! What the wrapper calls things: a page for each tag, a method for each operation, a type for each answer.
//!
//! The wrapper is no dependency of this tool, so that a wrapper that does not compile can still be generated for. That
//! these names exist is rustdoc's to check: each of them is a link on a page.

use super::links::Links;

/// This file, as a complaint names it.
pub(super) const FILE: &str = "xtask/src/generate/reference/names.rs";

/// The page of one resource.
pub(super) struct Resource {
    /// The tag of its operations in the contract.
    pub(super) tag: &'static str,
    /// The name of the page, which is the name of the class in older clients.
    pub(super) page: &'static str,
    /// What the page begins with.
    pub(super) sentence: &'static str,
    /// The method that gives the handle.
    pub(super) entry: &'static str,
    /// The handle.
    pub(super) handle: &'static str,
}

pub(super) const RESOURCES: [Resource; 5] = [
    Resource {
        tag: "token",
        page: "TokenApi",
        sentence: "The two token operations. All other calls of this client share one token without any help.",
        entry: "BankData::tokens",
        handle: "Tokens",
    },
    Resource {
        tag: "institutions",
        page: "InstitutionsApi",
        sentence: "Institutions: the banks whose accounts can be linked.",
        entry: "BankData::institutions",
        handle: "Institutions",
    },
    Resource {
        tag: "agreements",
        page: "AgreementsApi",
        sentence: "End-user agreements: for how long and how far back a person gives access to what.",
        entry: "BankData::agreements",
        handle: "Agreements",
    },
    Resource {
        tag: "requisitions",
        page: "RequisitionsApi",
        sentence: "Requisitions: links between a person's accounts and you.",
        entry: "BankData::requisitions",
        handle: "Requisitions",
    },
    Resource {
        tag: "accounts",
        page: "AccountsApi",
        sentence: "One linked account: its metadata, balances, details and transactions.",
        entry: "BankData::account",
        handle: "AccountData",
    },
];

/// One operation in the wrapper.
pub(super) struct Names {
    /// The stable operation id.
    pub(super) operation: &'static str,
    /// The method of the handle that starts the call.
    pub(super) method: &'static str,
    /// The builder that the method gives, if it gives one.
    pub(super) builder: Option<&'static str>,
    /// Parameters and members that are not set by a method of the builder with the same name, and what sets them.
    elsewhere: &'static [(&'static str, &'static str)],
}

impl Names {
    /// A link to what sets the parameter or member `name`.
    pub(super) fn set_by(&self, name: &str, links: &mut Links) -> Option<String> {
        let elsewhere = self.elsewhere.iter().find(|(member, _)| *member == name);
        match (elsewhere, self.builder) {
            (Some((_, method)), _) => Some(links.to(method)),
            (None, Some(builder)) => Some(links.short(&format!("{builder}::{name}"))),
            (None, None) => None,
        }
    }
}

/// The names of an operation.
pub(super) fn of(operation: &str) -> Option<&'static Names> {
    OPERATIONS.iter().find(|names| names.operation == operation)
}

const fn call(
    operation: &'static str,
    method: &'static str,
    elsewhere: &'static [(&'static str, &'static str)],
) -> Names {
    Names { operation, method, builder: None, elsewhere }
}

const fn build(
    operation: &'static str,
    method: &'static str,
    builder: &'static str,
    elsewhere: &'static [(&'static str, &'static str)],
) -> Names {
    Names { operation, method, builder: Some(builder), elsewhere }
}

const ACCOUNT: (&str, &str) = ("id", "BankData::account");

pub(super) const OPERATIONS: &[Names] = &[
    call(
        "obtain_token_pair",
        "Tokens::obtain",
        &[("secret_id", "Credentials::new"), ("secret_key", "Credentials::new")],
    ),
    call("refresh_access_token", "Tokens::refresh", &[("refresh", "Tokens::refresh")]),
    build("list_institutions", "Institutions::list", "ListInstitutions", &[]),
    call("get_institution", "Institutions::get", &[("id", "Institutions::get")]),
    build("list_agreements", "Agreements::list", "ListAgreements", &[]),
    build(
        "create_agreement",
        "Agreements::create",
        "CreateAgreement",
        &[("institution_id", "Agreements::create")],
    ),
    call("get_agreement", "Agreements::get", &[("id", "Agreements::get")]),
    call("delete_agreement", "Agreements::delete", &[("id", "Agreements::delete")]),
    call(
        "accept_agreement",
        "Agreements::accept",
        &[
            ("id", "Agreements::accept"),
            ("user_agent", "Agreements::accept"),
            ("ip_address", "Agreements::accept"),
        ],
    ),
    call("get_reconfirmation", "Agreements::reconfirmation", &[("id", "Agreements::reconfirmation")]),
    build(
        "create_reconfirmation",
        "Agreements::reconfirm",
        "CreateReconfirmation",
        &[("id", "Agreements::reconfirm")],
    ),
    build("list_requisitions", "Requisitions::list", "ListRequisitions", &[]),
    build(
        "create_requisition",
        "Requisitions::create",
        "CreateRequisition",
        &[("institution_id", "Requisitions::create"), ("redirect", "Requisitions::create")],
    ),
    call("get_requisition", "Requisitions::get", &[("id", "Requisitions::get")]),
    call("delete_requisition", "Requisitions::delete", &[("id", "Requisitions::delete")]),
    call("get_account", "AccountData::metadata", &[ACCOUNT]),
    call("get_account_balances", "AccountData::balances", &[ACCOUNT]),
    call("get_account_details", "AccountData::details", &[ACCOUNT]),
    build(
        "get_account_transactions",
        "AccountData::transactions",
        "GetTransactions",
        &[ACCOUNT, ("date_from", "GetTransactions::from"), ("date_to", "GetTransactions::to")],
    ),
];

/// Components that an answer is made of, and the name of each in `model`. Two that are one type here have one name.
pub(super) const MODELS: [(&str, &str); 15] = [
    ("SpectacularJWTObtain", "TokenPair"),
    ("SpectacularJWTRefresh", "RefreshedToken"),
    ("Integration", "Institution"),
    ("IntegrationRetrieve", "InstitutionDetails"),
    ("PaginatedEndUserAgreementList", "AgreementPage"),
    ("EndUserAgreement", "Agreement"),
    ("SuccessfulDeleteResponse", "Deletion"),
    ("ReconfirmationRetrieve", "Reconfirmation"),
    ("PaginatedRequisitionList", "RequisitionPage"),
    ("Requisition", "Requisition"),
    ("SpectacularRequisition", "Requisition"),
    ("Account", "Account"),
    ("AccountBalance", "Balances"),
    ("AccountDetail", "Details"),
    ("AccountTransactions", "Transactions"),
];

/// Types of the wrapper and of core that pages link to, and their files as seen from a page.
pub(super) const TYPES: [(&str, &str); 19] = [
    ("AccountData", "../src/accounts.rs"),
    ("Advice", "../core/src/error/advice.rs"),
    ("Agreements", "../src/agreements.rs"),
    ("ApiErrorKind", "../core/src/error/kind.rs"),
    ("BankData", "../src/client.rs"),
    ("BankDataBuilder", "../src/builder.rs"),
    ("CreateAgreement", "../src/agreements.rs"),
    ("CreateReconfirmation", "../src/agreements.rs"),
    ("CreateRequisition", "../src/requisitions.rs"),
    ("Credentials", "../core/src/credentials.rs"),
    ("Error", "../core/src/error/enumeration.rs"),
    ("GetTransactions", "../src/accounts.rs"),
    ("Institutions", "../src/institutions.rs"),
    ("ListAgreements", "../src/agreements.rs"),
    ("ListInstitutions", "../src/institutions.rs"),
    ("ListRequisitions", "../src/requisitions.rs"),
    ("Requisitions", "../src/requisitions.rs"),
    ("Response", "../core/src/response.rs"),
    ("Tokens", "../src/tokens.rs"),
];
