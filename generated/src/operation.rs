// Written by `cargo xtask generate`. Do not edit: change the contract, a patch or a setting instead.
// Input: openapi/client.json, sha256 7babb11091d7d4d6635f63a52b4a963077fc4e4dceeaff09d057ef3d0aeaae46
// Generator: progenitor 0.15.1, as xtask/src/generate/progenitor.rs calls it

//! What there is to know of each operation without calling it.

use ::gocardless_bank_data_types::{Operation, OperationClass};

/// Reads the metadata of one account: status, institution and number.
pub const GET_ACCOUNT: Operation = Operation::new(
    &("get_account", "GET", "/api/v2/accounts/{id}/", OperationClass::PlainRead),
);

/// Reads the balances of one account.
pub const GET_ACCOUNT_BALANCES: Operation = Operation::new(
    &(
        "get_account_balances",
        "GET",
        "/api/v2/accounts/{id}/balances/",
        OperationClass::MeteredRead,
    ),
);

/// Reads the details of one account: owner, currency, product and number.
pub const GET_ACCOUNT_DETAILS: Operation = Operation::new(
    &(
        "get_account_details",
        "GET",
        "/api/v2/accounts/{id}/details/",
        OperationClass::MeteredRead,
    ),
);

/// Reads the booked and pending transactions of one account.
pub const GET_ACCOUNT_TRANSACTIONS: Operation = Operation::new(
    &(
        "get_account_transactions",
        "GET",
        "/api/v2/accounts/{id}/transactions/",
        OperationClass::MeteredRead,
    ),
);

/// Lists the end-user agreements of the company, in pages.
pub const LIST_AGREEMENTS: Operation = Operation::new(
    &("list_agreements", "GET", "/api/v2/agreements/enduser/", OperationClass::PlainRead),
);

/// Creates an end-user agreement with one institution.
pub const CREATE_AGREEMENT: Operation = Operation::new(
    &("create_agreement", "POST", "/api/v2/agreements/enduser/", OperationClass::Write),
);

/// Reads one end-user agreement.
pub const GET_AGREEMENT: Operation = Operation::new(
    &(
        "get_agreement",
        "GET",
        "/api/v2/agreements/enduser/{id}/",
        OperationClass::PlainRead,
    ),
);

/// Deletes one end-user agreement.
pub const DELETE_AGREEMENT: Operation = Operation::new(
    &(
        "delete_agreement",
        "DELETE",
        "/api/v2/agreements/enduser/{id}/",
        OperationClass::IdempotentWrite,
    ),
);

/// Accepts an end-user agreement on behalf of the person.
pub const ACCEPT_AGREEMENT: Operation = Operation::new(
    &(
        "accept_agreement",
        "PUT",
        "/api/v2/agreements/enduser/{id}/accept/",
        OperationClass::IdempotentWrite,
    ),
);

/// Reads the reconfirmation of an end-user agreement.
pub const GET_RECONFIRMATION: Operation = Operation::new(
    &(
        "get_reconfirmation",
        "GET",
        "/api/v2/agreements/enduser/{id}/reconfirm/",
        OperationClass::PlainRead,
    ),
);

/// Creates a reconfirmation of an end-user agreement.
pub const CREATE_RECONFIRMATION: Operation = Operation::new(
    &(
        "create_reconfirmation",
        "POST",
        "/api/v2/agreements/enduser/{id}/reconfirm/",
        OperationClass::Write,
    ),
);

/// Lists the institutions of a country.
pub const LIST_INSTITUTIONS: Operation = Operation::new(
    &("list_institutions", "GET", "/api/v2/institutions/", OperationClass::PlainRead),
);

/// Reads one institution.
pub const GET_INSTITUTION: Operation = Operation::new(
    &("get_institution", "GET", "/api/v2/institutions/{id}/", OperationClass::PlainRead),
);

/// Lists the requisitions of the company, in pages.
pub const LIST_REQUISITIONS: Operation = Operation::new(
    &("list_requisitions", "GET", "/api/v2/requisitions/", OperationClass::PlainRead),
);

/// Creates a requisition, the request to link a person's accounts at one institution.
pub const CREATE_REQUISITION: Operation = Operation::new(
    &("create_requisition", "POST", "/api/v2/requisitions/", OperationClass::Write),
);

/// Reads one requisition, with its status and accounts.
pub const GET_REQUISITION: Operation = Operation::new(
    &("get_requisition", "GET", "/api/v2/requisitions/{id}/", OperationClass::PlainRead),
);

/// Deletes one requisition together with its end-user agreement.
pub const DELETE_REQUISITION: Operation = Operation::new(
    &(
        "delete_requisition",
        "DELETE",
        "/api/v2/requisitions/{id}/",
        OperationClass::IdempotentWrite,
    ),
);

/// Obtains an access token and a refresh token for a pair of secrets.
pub const OBTAIN_TOKEN_PAIR: Operation = Operation::new(
    &("obtain_token_pair", "POST", "/api/v2/token/new/", OperationClass::Token),
);

/// Obtains a fresh access token for a refresh token.
pub const REFRESH_ACCESS_TOKEN: Operation = Operation::new(
    &("refresh_access_token", "POST", "/api/v2/token/refresh/", OperationClass::Token),
);

/// All operations, in the order of the contract.
pub const ALL: &[Operation] = &[
    GET_ACCOUNT,
    GET_ACCOUNT_BALANCES,
    GET_ACCOUNT_DETAILS,
    GET_ACCOUNT_TRANSACTIONS,
    LIST_AGREEMENTS,
    CREATE_AGREEMENT,
    GET_AGREEMENT,
    DELETE_AGREEMENT,
    ACCEPT_AGREEMENT,
    GET_RECONFIRMATION,
    CREATE_RECONFIRMATION,
    LIST_INSTITUTIONS,
    GET_INSTITUTION,
    LIST_REQUISITIONS,
    CREATE_REQUISITION,
    GET_REQUISITION,
    DELETE_REQUISITION,
    OBTAIN_TOKEN_PAIR,
    REFRESH_ACCESS_TOKEN,
];
