//! The table of operations: name, method, path, and how costly each is to repeat.

use quote::{format_ident, quote};
use serde_json::Value;
use syn::parse_quote;

use crate::generate::document::Document;

/// The class of the reads of account data, of which a day has only a few.
pub(crate) const METERED_READ: &str = "MeteredRead";

/// One operation of the patched document.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) class: &'static str,
    pub(crate) summary: String,
}

/// The operations of the document, in its order.
pub(crate) fn operations(document: &Document) -> Vec<Operation> {
    let places = document.places().into_iter();
    places
        .filter_map(|place| {
            let operation = document.operation(&place)?;
            let text = |key| operation.get(key).and_then(Value::as_str).map(str::to_owned);
            Some(Operation {
                id: text("operationId")?,
                class: class(&place.method, &place.path, operation),
                summary: text("summary").unwrap_or_else(|| format!("`{place}`.")),
                method: place.method,
                path: place.path,
            })
        })
        .collect()
}

/// How costly and how safe it is to send an operation again, as a variant of `OperationClass`.
pub(crate) fn class(method: &str, path: &str, operation: &Value) -> &'static str {
    let tags = operation.get("tags").and_then(Value::as_array);
    let is_token = tags.is_some_and(|tags| tags.contains(&"token".into())) || path.contains("/token/");
    // What is below one account counts against four successful calls a day; the account itself does not.
    let below_account = path.split_once("/accounts/{id}/").is_some_and(|(_, rest)| !rest.is_empty());
    match method {
        // Both token operations change nothing that a repetition would change again, but they have limits of their
        // own, and they are the only ones that go without a token.
        _ if is_token => "Token",
        // A second create may be a second thing.
        "POST" | "PATCH" => "Write",
        // The state after the second is the state after the first.
        "PUT" | "DELETE" => "IdempotentWrite",
        _ if below_account => METERED_READ,
        _ => "PlainRead",
    }
}

/// The module `operation` of the generated crate.
pub(crate) fn module(operations: &[Operation]) -> syn::File {
    let names: Vec<_> =
        operations.iter().map(|operation| format_ident!("{}", operation.id.to_uppercase())).collect();
    let constants = operations.iter().zip(&names).map(|(operation, name)| {
        let Operation { id, method, path, class, summary } = operation;
        let (summary, class) = (format!(" {summary}"), format_ident!("{class}"));
        quote! {
            #[doc = #summary]
            pub const #name: Operation = Operation::new(&(#id, #method, #path, OperationClass::#class));
        }
    });
    parse_quote! {
        use ::gocardless_bank_data_types::{Operation, OperationClass};

        #(#constants)*

        /// All operations, in the order of the contract.
        pub const ALL: &[Operation] = &[#(#names),*];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_class_follows_from_method_and_path() {
        let plain = json!({});
        let rows = [
            ("POST", "/api/v2/token/new/", "Token"),
            ("POST", "/api/v2/requisitions/", "Write"),
            ("PUT", "/api/v2/agreements/enduser/{id}/accept/", "IdempotentWrite"),
            ("DELETE", "/api/v2/requisitions/{id}/", "IdempotentWrite"),
            ("GET", "/api/v2/accounts/{id}/balances/", "MeteredRead"),
            ("GET", "/api/v2/accounts/{id}/", "PlainRead"),
            ("GET", "/api/v2/institutions/", "PlainRead"),
        ];
        for (method, path, expected) in rows {
            assert_eq!(class(method, path, &plain), expected, "{method} {path}");
        }
        assert_eq!(class("POST", "/auth/", &json!({ "tags": ["token"] })), "Token");
    }
}
