//! The operations of the API by name: method and path. The rest is read from the contract.
//!
//! A table. Nothing here answers a request; `contract.json` is checked against it by a test.

use std::fmt;

use http::Method;
use serde_json::{Map, Value};

use crate::declared::declared;

macro_rules! operations {
    ($(#[$docs:meta])* pub enum Operation { $($(#[$doc:meta])* $name:ident = $key:literal,)+ }) => {
        $(#[$docs])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Operation {
            $($(#[$doc])* $name,)+
        }

        impl Operation {
            /// All of them, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Method and path.
            const fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)+
                }
            }
        }
    };
}

operations! {
    /// One of the API's operations.
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
    pub enum Operation {
        /// `POST /api/v2/token/new/`: access and refresh token for the secrets.
        ObtainToken = "POST /api/v2/token/new/",
        /// `POST /api/v2/token/refresh/`: a new access token.
        RefreshToken = "POST /api/v2/token/refresh/",
        /// `GET /api/v2/institutions/`
        ListInstitutions = "GET /api/v2/institutions/",
        /// `GET /api/v2/institutions/{id}/`
        RetrieveInstitution = "GET /api/v2/institutions/{id}/",
        /// `GET /api/v2/agreements/enduser/`
        ListAgreements = "GET /api/v2/agreements/enduser/",
        /// `POST /api/v2/agreements/enduser/`
        CreateAgreement = "POST /api/v2/agreements/enduser/",
        /// `GET /api/v2/agreements/enduser/{id}/`
        RetrieveAgreement = "GET /api/v2/agreements/enduser/{id}/",
        /// `DELETE /api/v2/agreements/enduser/{id}/`
        DeleteAgreement = "DELETE /api/v2/agreements/enduser/{id}/",
        /// `PUT /api/v2/agreements/enduser/{id}/accept/`
        AcceptAgreement = "PUT /api/v2/agreements/enduser/{id}/accept/",
        /// `GET /api/v2/agreements/enduser/{id}/reconfirm/`
        RetrieveReconfirmation = "GET /api/v2/agreements/enduser/{id}/reconfirm/",
        /// `POST /api/v2/agreements/enduser/{id}/reconfirm/`
        CreateReconfirmation = "POST /api/v2/agreements/enduser/{id}/reconfirm/",
        /// `GET /api/v2/requisitions/`
        ListRequisitions = "GET /api/v2/requisitions/",
        /// `POST /api/v2/requisitions/`
        CreateRequisition = "POST /api/v2/requisitions/",
        /// `GET /api/v2/requisitions/{id}/`
        RetrieveRequisition = "GET /api/v2/requisitions/{id}/",
        /// `DELETE /api/v2/requisitions/{id}/`
        DeleteRequisition = "DELETE /api/v2/requisitions/{id}/",
        /// `GET /api/v2/accounts/{id}/`
        AccountMetadata = "GET /api/v2/accounts/{id}/",
        /// `GET /api/v2/accounts/{id}/balances/`
        AccountBalances = "GET /api/v2/accounts/{id}/balances/",
        /// `GET /api/v2/accounts/{id}/details/`
        AccountDetails = "GET /api/v2/accounts/{id}/details/",
        /// `GET /api/v2/accounts/{id}/transactions/`
        AccountTransactions = "GET /api/v2/accounts/{id}/transactions/",
    }
}

impl Operation {
    /// The HTTP method.
    #[must_use]
    pub fn method(self) -> Method {
        let method = self.key().split(' ').next().and_then(|method| method.parse().ok());
        method.unwrap_or(Method::GET)
    }

    /// The path as the contract writes it, `{id}` included.
    #[must_use]
    pub fn path(self) -> &'static str {
        self.key().split_once(' ').map_or("", |(_, path)| path)
    }

    /// The vendor's operationId, spaces and slash included.
    #[must_use]
    pub fn operation_id(self) -> &'static str {
        let id = declared(self).and_then(|declared| declared.get("operationId")?.as_str());
        id.unwrap_or_else(|| self.key())
    }

    /// The status that the contract declares for success.
    #[must_use]
    pub fn success_status(self) -> u16 {
        let responses = declared(self).and_then(|declared| declared.get("responses")?.as_object());
        let mut statuses = responses.into_iter().flat_map(Map::keys);
        let success = statuses.find(|status| status.starts_with('2'));
        success.and_then(|status| status.parse().ok()).unwrap_or(200)
    }

    /// Names of the parameters that the contract declares for the query.
    pub(crate) fn query(self) -> Vec<&'static str> {
        let parameters = declared(self).and_then(|declared| declared.get("parameters")?.as_array());
        let in_query = |parameter: &&Value| parameter.get("in").and_then(Value::as_str) == Some("query");
        parameters.into_iter().flatten().filter(in_query).filter_map(|it| it.get("name")?.as_str()).collect()
    }

    /// Finds an operation by the vendor's operationId, or by method and path (`GET /api/v2/…/`).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|operation| text == operation.key() || text == operation.operation_id())
    }

    /// The word for what an operation below an account reads (`balances`, `details`, `transactions`): the end of its path.
    pub(crate) fn scope(self) -> Option<String> {
        let end = self.path().strip_prefix("/api/v2/accounts/{id}/")?.trim_end_matches('/');
        Some(end.replace('-', "_")).filter(|end| !end.is_empty())
    }

    /// The operations that need no access token.
    pub(crate) fn is_token(self) -> bool {
        self.path().starts_with("/api/v2/token/")
    }

    /// The operations whose path `{id}` is an account.
    pub(crate) fn is_account(self) -> bool {
        self.path().starts_with("/api/v2/accounts/")
    }
}

impl fmt::Display for Operation {
    /// The vendor's operationId.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.operation_id())
    }
}
