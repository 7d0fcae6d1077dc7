//! What the contract says of an operation. Nothing here answers a request.

use std::fmt;

use http::Method;
use serde_json::Value;

use crate::declared::declared;
use crate::operation_table::Operation;

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
