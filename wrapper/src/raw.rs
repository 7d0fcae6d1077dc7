//! Calls of paths that the client has no method for.

use gocardless_bank_data_generated::operation;
use gocardless_bank_data_runtime::Call;
use gocardless_bank_data_runtime::net::PreparedRequest;
use gocardless_bank_data_types::{AccountId, Operation, OperationClass};
use http::Method;
use reqwest::Url;
use serde_json::Value;

use crate::client::BankData;

const READ: Operation = Operation::new(&("raw_read", "GET", "/api/v2/", OperationClass::PlainRead));
const ACCOUNT_READ: Operation =
    Operation::new(&("raw_account_read", "GET", "/api/v2/accounts/{id}/", OperationClass::MeteredRead));
const CREATE: Operation = Operation::new(&("raw_create", "POST", "/api/v2/", OperationClass::Write));
const REPLACE: Operation =
    Operation::new(&("raw_replace", "PUT", "/api/v2/", OperationClass::IdempotentWrite));
const UPDATE: Operation = Operation::new(&("raw_update", "PATCH", "/api/v2/", OperationClass::Write));
const DELETE: Operation =
    Operation::new(&("raw_delete", "DELETE", "/api/v2/", OperationClass::IdempotentWrite));

impl BankData {
    /// Calls any path of the API, for what this client has no method for. It has the token, the limits, the retries and the
    /// errors of every other call, and its value is the JSON as it came.
    ///
    /// A path that the client knows counts as its operation, and another one below an account as a read of its data:
    /// with four a day, and towards its circuit breaker. A `POST` or `PATCH` is not sent again once the
    /// server may have carried it out.
    ///
    /// ```no_run
    /// use gocardless_bank_data::http::Method;
    ///
    /// # async fn run(bank: gocardless_bank_data::BankData) -> gocardless_bank_data::Result<()> {
    /// let answer = bank.raw(&Method::GET, "/api/v2/requisitions/?limit=1", None).await?;
    /// println!("{} requisitions", answer["count"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::InvalidRequest`](crate::Error::InvalidRequest), before anything is sent, if the path is not below `/api/v2/`,
    /// is one of the token operations ([`tokens`](Self::tokens) has them), or has another method than `GET`, `POST`,
    /// `PUT`, `PATCH` and `DELETE`; and every other way a call can fail.
    pub fn raw(&self, method: &Method, path: &str, body: Option<&Value>) -> Call<Value> {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let path = format!("/{}/", path.trim_matches('/'));
        let Some((operation, account)) = operation_of(method, &path) else {
            return self.rejected(READ, "a raw call takes GET, POST, PUT, PATCH or DELETE");
        };
        if let Err(reason) = check(operation, &path, query) {
            return self.rejected(operation, reason);
        }
        let query = if query.is_empty() { String::new() } else { format!("?{query}") };
        let body = body.map(|body| body.to_string().into_bytes());
        let call = Call::new(&self.0, PreparedRequest::raw(operation, path + &query, body));
        match account {
            Some(account) => call.for_account(account),
            None => call,
        }
    }
}

/// The operation that a call of this path counts as, and the account whose data it reads.
fn operation_of(method: &Method, path: &str) -> Option<(Operation, Option<AccountId>)> {
    let segments = || path.split('/').filter(|segment| !segment.is_empty());
    let is_like = |operation: &&Operation| {
        let own = operation.path().split('/').filter(|segment| !segment.is_empty());
        operation.method() == method.as_str()
            && own.clone().count() == segments().count()
            && own.zip(segments()).all(|(own, segment)| own.starts_with('{') || own == segment)
    };
    // An account's own id, or one behind another word: `/accounts/premium/{id}/transactions/`.
    let account = segments().skip_while(|segment| *segment != "accounts").skip(1).find(|segment| {
        segment.len() == 36 && segment.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
    });
    let account = account.and_then(|id| id.parse().ok());
    let operation = match (operation::ALL.iter().find(is_like), method) {
        (Some(known), _) => *known,
        (None, &Method::GET) if account.is_some() => ACCOUNT_READ,
        (None, &Method::GET) => READ,
        (None, &Method::POST) => CREATE,
        (None, &Method::PUT) => REPLACE,
        (None, &Method::PATCH) => UPDATE,
        (None, &Method::DELETE) => DELETE,
        (None, _) => return None,
    };
    if operation.class() != OperationClass::MeteredRead {
        return Some((operation, None));
    }
    // Whatever form its id has: `/api/v2/accounts/{id}/balances/`.
    Some((operation, account.or_else(|| segments().nth(3)?.parse().ok())))
}

/// Why the path cannot be called, if it cannot.
fn check(operation: Operation, path: &str, query: &str) -> Result<(), &'static str> {
    if operation.class() == OperationClass::Token || path.starts_with("/api/v2/token/") {
        return Err("the token operations are in `tokens()`, which keeps their secrets out of sight");
    }
    // A URL changes what it cannot have as it is: dots, spaces, a fragment.
    let url = Url::parse(&format!("https://localhost{path}?{query}"));
    // A server may read `%74oken` as `token`, and `//` as `/`, and no path of the API has either.
    let is_plain = path.starts_with("/api/v2/") && !path.contains('%') && !path.contains("//");
    if is_plain
        && url.is_ok_and(|url| url.path() == path && url.query() == Some(query) && url.fragment().is_none())
    {
        return Ok(());
    }
    Err(
        "its path is not one below /api/v2/, such as /api/v2/requisitions/?limit=1, with each special character of the query as %xx",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

    #[test]
    fn a_path_that_is_known_counts_as_its_operation_and_data_of_an_account_as_a_read() {
        for (method, path, id, is_read) in [
            (Method::GET, "/api/v2/requisitions/".to_owned(), "list_requisitions", false),
            (Method::DELETE, format!("/api/v2/requisitions/{ID}/"), "delete_requisition", false),
            (Method::GET, format!("/api/v2/accounts/{ID}/"), "get_account", false),
            (Method::GET, format!("/api/v2/accounts/{ID}/balances/"), "get_account_balances", true),
            (Method::GET, "/api/v2/accounts/short/balances/".to_owned(), "get_account_balances", true),
            (Method::GET, format!("/api/v2/accounts/{ID}/cards/"), "raw_account_read", true),
            (Method::GET, format!("/api/v2/accounts/premium/{ID}/transactions/"), "raw_account_read", true),
            (Method::GET, "/api/v2/payments/".to_owned(), "raw_read", false),
            (Method::POST, "/api/v2/payments/".to_owned(), "raw_create", false),
            (Method::PATCH, format!("/api/v2/requisitions/{ID}/"), "raw_update", false),
        ] {
            let (operation, account) = operation_of(&method, &path).expect("a method that is taken");
            assert_eq!((operation.id(), account.is_some()), (id, is_read), "{method} {path}");
            assert_eq!(check(operation, &path, "limit=1&x=%20"), Ok(()), "{path}");
        }
        assert_eq!(operation_of(&Method::TRACE, "/api/v2/"), None);
    }

    #[test]
    fn a_path_that_leaves_the_api_or_has_secrets_is_rejected() {
        for path in [
            "/",
            "/api/v1/requisitions/",
            "/api/v2/../v1/",
            "/api/v2/%2e%2e/",
            "/api/v2/a b/",
            "/api/v2/a#b/",
            "/api/v2/token/new/",
            "/api/v2/token/other/",
            "/api/v2/%74oken/new/",
            "/api/v2//token/other/",
            "/api/v2/%61ccounts/1/balances/",
            "/@example.org/api/v2/",
        ] {
            let (operation, _) = operation_of(&Method::POST, path).expect("a method that is taken");
            assert!(check(operation, path, "").is_err(), "{path}");
        }
        for query in ["a=b c", "a=#b", "a=\u{e4}", "a=\n"] {
            assert!(check(READ, "/api/v2/requisitions/", query).is_err(), "{query}");
        }
    }
}
