//! The stable names of the operations: the vendor's are sentences, and have been renamed between documents.
//!
//! A new operation needs one line here; everything else about it comes from the document.

/// Method, path and stable operation id.
pub(crate) const NAMES: &[(&str, &str, &str)] = &[
    ("POST", "/api/v2/token/new/", "obtain_token_pair"),
    ("POST", "/api/v2/token/refresh/", "refresh_access_token"),
    ("GET", "/api/v2/institutions/", "list_institutions"),
    ("GET", "/api/v2/institutions/{id}/", "get_institution"),
    ("GET", "/api/v2/agreements/enduser/", "list_agreements"),
    ("POST", "/api/v2/agreements/enduser/", "create_agreement"),
    ("GET", "/api/v2/agreements/enduser/{id}/", "get_agreement"),
    ("DELETE", "/api/v2/agreements/enduser/{id}/", "delete_agreement"),
    ("PUT", "/api/v2/agreements/enduser/{id}/accept/", "accept_agreement"),
    ("GET", "/api/v2/agreements/enduser/{id}/reconfirm/", "get_reconfirmation"),
    ("POST", "/api/v2/agreements/enduser/{id}/reconfirm/", "create_reconfirmation"),
    ("GET", "/api/v2/requisitions/", "list_requisitions"),
    ("POST", "/api/v2/requisitions/", "create_requisition"),
    ("GET", "/api/v2/requisitions/{id}/", "get_requisition"),
    ("DELETE", "/api/v2/requisitions/{id}/", "delete_requisition"),
    ("GET", "/api/v2/accounts/{id}/", "get_account"),
    ("GET", "/api/v2/accounts/{id}/balances/", "get_account_balances"),
    ("GET", "/api/v2/accounts/{id}/details/", "get_account_details"),
    ("GET", "/api/v2/accounts/{id}/transactions/", "get_account_transactions"),
];

/// This file, as a refusal names it.
pub(crate) const FILE: &str = "xtask/src/generate/names.rs";

/// The stable operation id of the operation at `method path`.
pub(crate) fn stable_name(method: &str, path: &str) -> Option<&'static str> {
    NAMES.iter().find(|(m, p, _)| *m == method && *p == path).map(|(_, _, name)| *name)
}
