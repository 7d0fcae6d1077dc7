//! The 19 operations of the API, by name: method, path, the vendor's operationId and the status of success.
//!
//! A table. Nothing here answers a request; `contract.json` is checked against it by a test.

use std::fmt;

use http::Method;

/// One of the API's 19 operations.
///
/// ```
/// use gocardless_bank_data_sandbox::Operation;
///
/// let balances = Operation::AccountBalances;
/// assert_eq!(balances.method(), "GET");
/// assert_eq!(balances.path(), "/api/v2/accounts/{id}/balances/");
/// assert_eq!(Operation::parse("retrieve account balances"), Some(balances));
/// assert_eq!(Operation::parse("GET /api/v2/accounts/{id}/balances/"), Some(balances));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Operation {
    /// `POST /api/v2/token/new/`: access and refresh token for the secrets.
    ObtainToken,
    /// `POST /api/v2/token/refresh/`: a new access token.
    RefreshToken,
    /// `GET /api/v2/institutions/`
    ListInstitutions,
    /// `GET /api/v2/institutions/{id}/`
    RetrieveInstitution,
    /// `GET /api/v2/agreements/enduser/`
    ListAgreements,
    /// `POST /api/v2/agreements/enduser/`
    CreateAgreement,
    /// `GET /api/v2/agreements/enduser/{id}/`
    RetrieveAgreement,
    /// `DELETE /api/v2/agreements/enduser/{id}/`
    DeleteAgreement,
    /// `PUT /api/v2/agreements/enduser/{id}/accept/`
    AcceptAgreement,
    /// `GET /api/v2/agreements/enduser/{id}/reconfirm/`
    RetrieveReconfirmation,
    /// `POST /api/v2/agreements/enduser/{id}/reconfirm/`
    CreateReconfirmation,
    /// `GET /api/v2/requisitions/`
    ListRequisitions,
    /// `POST /api/v2/requisitions/`
    CreateRequisition,
    /// `GET /api/v2/requisitions/{id}/`
    RetrieveRequisition,
    /// `DELETE /api/v2/requisitions/{id}/`
    DeleteRequisition,
    /// `GET /api/v2/accounts/{id}/`
    AccountMetadata,
    /// `GET /api/v2/accounts/{id}/balances/`
    AccountBalances,
    /// `GET /api/v2/accounts/{id}/details/`
    AccountDetails,
    /// `GET /api/v2/accounts/{id}/transactions/`
    AccountTransactions,
}

/// One row of the table.
struct Row(&'static str, &'static str, &'static str, u16);

impl Operation {
    /// All of them, in the order of the contract.
    pub const ALL: [Self; 19] = [
        Self::ObtainToken,
        Self::RefreshToken,
        Self::ListInstitutions,
        Self::RetrieveInstitution,
        Self::ListAgreements,
        Self::CreateAgreement,
        Self::RetrieveAgreement,
        Self::DeleteAgreement,
        Self::AcceptAgreement,
        Self::RetrieveReconfirmation,
        Self::CreateReconfirmation,
        Self::ListRequisitions,
        Self::CreateRequisition,
        Self::RetrieveRequisition,
        Self::DeleteRequisition,
        Self::AccountMetadata,
        Self::AccountBalances,
        Self::AccountDetails,
        Self::AccountTransactions,
    ];

    #[rustfmt::skip]
    const fn row(self) -> Row {
        match self {
            Self::ObtainToken => Row("POST", "/api/v2/token/new/", "Obtain new access/refresh token pair", 200),
            Self::RefreshToken => Row("POST", "/api/v2/token/refresh/", "Get a new access token", 200),
            Self::ListInstitutions => Row("GET", "/api/v2/institutions/", "retrieve all supported Institutions in a given country", 200),
            Self::RetrieveInstitution => Row("GET", "/api/v2/institutions/{id}/", "retrieve institution", 200),
            Self::ListAgreements => Row("GET", "/api/v2/agreements/enduser/", "retrieve all agreements", 200),
            Self::CreateAgreement => Row("POST", "/api/v2/agreements/enduser/", "create EUA", 201),
            Self::RetrieveAgreement => Row("GET", "/api/v2/agreements/enduser/{id}/", "retrieve EUA by id", 200),
            Self::DeleteAgreement => Row("DELETE", "/api/v2/agreements/enduser/{id}/", "delete EUA by id", 200),
            Self::AcceptAgreement => Row("PUT", "/api/v2/agreements/enduser/{id}/accept/", "accept EUA", 200),
            Self::RetrieveReconfirmation => Row("GET", "/api/v2/agreements/enduser/{id}/reconfirm/", "Retrieve EUA reconfirmation", 200),
            Self::CreateReconfirmation => Row("POST", "/api/v2/agreements/enduser/{id}/reconfirm/", "Create EUA reconfirmation", 201),
            Self::ListRequisitions => Row("GET", "/api/v2/requisitions/", "retrieve all requisitions", 200),
            Self::CreateRequisition => Row("POST", "/api/v2/requisitions/", "Create requisition", 201),
            Self::RetrieveRequisition => Row("GET", "/api/v2/requisitions/{id}/", "requisition by id", 200),
            Self::DeleteRequisition => Row("DELETE", "/api/v2/requisitions/{id}/", "delete requisition by id", 200),
            Self::AccountMetadata => Row("GET", "/api/v2/accounts/{id}/", "retrieve account metadata", 200),
            Self::AccountBalances => Row("GET", "/api/v2/accounts/{id}/balances/", "retrieve account balances", 200),
            Self::AccountDetails => Row("GET", "/api/v2/accounts/{id}/details/", "retrieve account details", 200),
            Self::AccountTransactions => Row("GET", "/api/v2/accounts/{id}/transactions/", "retrieve account transactions", 200),
        }
    }

    /// The HTTP method.
    #[must_use]
    pub const fn method(self) -> Method {
        match self.row().0.as_bytes() {
            b"POST" => Method::POST,
            b"PUT" => Method::PUT,
            b"DELETE" => Method::DELETE,
            _ => Method::GET,
        }
    }

    /// The path as the contract writes it, `{id}` included.
    #[must_use]
    pub const fn path(self) -> &'static str {
        self.row().1
    }

    /// The vendor's operationId, spaces and slash included.
    #[must_use]
    pub const fn operation_id(self) -> &'static str {
        self.row().2
    }

    /// The status that the contract declares for success.
    #[must_use]
    pub const fn success_status(self) -> u16 {
        self.row().3
    }

    /// Finds an operation by the vendor's operationId, or by method and path (`GET /api/v2/…/`).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| {
            let Row(method, path, id, _) = operation.row();
            text == id || text.split_once(' ') == Some((method, path))
        })
    }

    /// The word for what an account data operation reads (`balances`, `details`, `transactions`).
    pub(crate) const fn scope(self) -> Option<&'static str> {
        match self {
            Self::AccountBalances => Some("balances"),
            Self::AccountDetails => Some("details"),
            Self::AccountTransactions => Some("transactions"),
            _ => None,
        }
    }

    /// The two operations that need no access token.
    pub(crate) const fn is_token(self) -> bool {
        matches!(self, Self::ObtainToken | Self::RefreshToken)
    }

    /// The operations whose path `{id}` is an account.
    pub(crate) const fn is_account(self) -> bool {
        matches!(
            self,
            Self::AccountMetadata | Self::AccountBalances | Self::AccountDetails | Self::AccountTransactions
        )
    }
}

impl fmt::Display for Operation {
    /// The vendor's operationId.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.operation_id())
    }
}
