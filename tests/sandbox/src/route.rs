//! From method and path to what shall answer. Only matching: nothing is answered here.

use std::borrow::Cow;

use http::Method;
use percent_encoding::percent_decode_str;

use crate::operation_table::Operation;

/// Who answers a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// An operation, with the id of the path unescaped, and the value of `allow`.
    Operation(Operation, String, String),
    /// A path of the API with the wrong method: the value of `allow`.
    WrongMethod(String),
    /// `OPTIONS` on a path of the API: the value of `allow`.
    Options(String),
    /// A path of the API that lacks only its last slash.
    AddSlash,
    /// A requisition's link, by its identifier.
    Link(String),
    /// A reconfirmation's link, by its identifier.
    Reconfirm(String),
    /// A control endpoint, by what comes after `/_sandbox`.
    Control(String),
    /// Nothing.
    Unknown,
}

/// Finds the route. The whole path is unescaped before it is taken apart, as a WSGI server does it: an escaped
/// slash is a slash.
pub(crate) fn route(method: &Method, path: &str) -> Route {
    let path: Cow<'_, str> = percent_decode_str(path).decode_utf8_lossy();
    if let Some(rest) = path.strip_prefix("/_sandbox") {
        return Route::Control(rest.trim_end_matches('/').to_owned());
    }
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        ["", "ob-psd2", "start", id, _] | ["", "ob-psd2", "start", id, _, ""] => {
            return Route::Link((*id).to_owned());
        }
        ["", "ob-psd2", "reconfirm", id] | ["", "ob-psd2", "reconfirm", id, ""] => {
            return Route::Reconfirm((*id).to_owned());
        }
        _ => {}
    }
    let here = operations(&path);
    if here.is_empty() {
        let with_slash = !path.ends_with('/') && !operations(&format!("{path}/")).is_empty();
        return if with_slash { Route::AddSlash } else { Route::Unknown };
    }
    let allow = allow(&here);
    let wanted = if method == Method::HEAD { &Method::GET } else { method };
    match here.into_iter().find(|(operation, _)| operation.method() == wanted) {
        Some((operation, id)) => Route::Operation(operation, id, allow),
        None if method == Method::OPTIONS => Route::Options(allow),
        None => Route::WrongMethod(allow),
    }
}

/// The operations of a path, each with the id in it.
fn operations(path: &str) -> Vec<(Operation, String)> {
    Operation::ALL
        .iter()
        .copied()
        .filter_map(|operation| matches(operation.path(), path).map(|id| (operation, id)))
        .collect()
}

/// The id if the path is of the template's form; empty if the template has none.
fn matches(template: &str, path: &str) -> Option<String> {
    let (mut wanted, mut given, mut id) = (template.split('/'), path.split('/'), String::new());
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(id),
            (Some("{id}"), Some(part)) if !part.is_empty() => part.clone_into(&mut id),
            (Some(wanted), Some(part)) if wanted == part => {}
            _ => return None,
        }
    }
}

/// The value of `allow`, in Django's order.
fn allow(operations: &[(Operation, String)]) -> String {
    let has = |method: &Method| operations.iter().any(|(operation, _)| operation.method() == *method);
    let mut methods: Vec<&str> = [Method::GET, Method::POST, Method::PUT, Method::DELETE]
        .iter()
        .filter(|method| has(method))
        .map(|method| match *method {
            Method::GET => "GET",
            Method::POST => "POST",
            Method::PUT => "PUT",
            _ => "DELETE",
        })
        .collect();
    if has(&Method::GET) {
        methods.push("HEAD");
    }
    methods.push("OPTIONS");
    methods.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_find_their_operations() {
        let found = |method: Method, path: &str| route(&method, path);
        assert_eq!(
            found(Method::GET, "/api/v2/accounts/a%20b/balances/"),
            Route::Operation(Operation::AccountBalances, "a b".to_owned(), "GET, HEAD, OPTIONS".to_owned())
        );
        assert_eq!(
            found(Method::PATCH, "/api/v2/requisitions/"),
            Route::WrongMethod("GET, POST, HEAD, OPTIONS".to_owned())
        );
        assert_eq!(found(Method::POST, "/api/v2/token/new"), Route::AddSlash);
        for unknown in [
            "/",
            "/api/v2/",
            "/api/v2/accounts//",
            "/api/v2/accounts/a/b/",
            "/api/v2/institutions/%2e%2e%2Ftoken/",
        ] {
            assert_eq!(found(Method::GET, unknown), Route::Unknown, "{unknown}");
        }
    }
}
