//! The bodies of the calls: what they send besides the contract's own, and what they say when they refuse.

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Item, LitStr, Stmt};

/// The header that the generator adds to every request, and the contract does not know.
const VERSION_HEADER: &str = "\"api-version\"";

/// The variable that the generator collects headers in.
const HEADERS: &str = "header_map";

/// Takes the undeclared `api-version` header out of the requests, and the map of headers if nothing else is in it.
pub(crate) fn without_version_header(builders: &mut [Item]) {
    for item in builders {
        VersionHeader.visit_item_mut(item);
    }
}

struct VersionHeader;

impl VisitMut for VersionHeader {
    fn visit_block_mut(&mut self, block: &mut Block) {
        block.stmts.retain(|statement| !statement.to_token_stream().to_string().contains(VERSION_HEADER));
        let speaks_of_headers = |statement: &Stmt| statement.to_token_stream().to_string().contains(HEADERS);
        // The declaration and the use remain; an append of a declared header would be a third.
        if block.stmts.iter().filter(|statement| speaks_of_headers(statement)).count() == 2 {
            block.stmts.retain(|statement| !is_declaration(statement));
            visit_mut::visit_block_mut(&mut NoHeaders, block);
        }
        visit_mut::visit_block_mut(self, block);
    }
}

fn is_declaration(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Local(local) if local.pat.to_token_stream().to_string().contains(HEADERS))
}

/// Takes `.headers(header_map)` out of a chain of calls.
struct NoHeaders;

impl VisitMut for NoHeaders {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        while let Expr::MethodCall(call) = expression
            && call.method == "headers"
        {
            *expression = (*call.receiver).clone();
        }
        visit_mut::visit_expr_mut(self, expression);
    }
}

/// Names a type by its last word in the sentences of refusals, where the generator has its path in tokens.
pub(crate) fn plain_refusals(builders: &mut [Item]) {
    for item in builders {
        Refusals.visit_item_mut(item);
    }
}

struct Refusals;

impl VisitMut for Refusals {
    fn visit_lit_str_mut(&mut self, literal: &mut LitStr) {
        let text = literal.value();
        if let Some(rest) = text.strip_prefix("conversion to `")
            && let Some((path, rest)) = rest.split_once('`')
            && let Some((_, name)) = path.rsplit_once(":: ")
        {
            *literal = LitStr::new(&format!("conversion to `{name}`{rest}"), literal.span());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::polish::testing::{parsed, printed};

    const APPEND: &str = "header_map.append(HeaderName::from_static(\"api-version\"), version());";

    fn sent(more: &str) -> String {
        let mut items = parsed(&format!(
            "fn send() {{ let mut header_map = HeaderMap::with_capacity(1usize); {APPEND} {more} let r = client.get(url).headers(header_map).build()?; }}"
        ));
        without_version_header(&mut items);
        printed(&items)
    }

    #[test]
    fn a_request_has_no_header_that_the_contract_does_not_know() {
        let text = sent("");
        assert!(text.contains("client.get(url).build()?") && !text.contains("header_map"), "{text}");
    }

    #[test]
    fn headers_of_the_contract_are_sent() {
        let text = sent("header_map.append(\"psu-ip\", ip);");
        assert!(text.contains(".headers(header_map)") && !text.contains("api-version"), "{text}");
    }

    #[test]
    fn a_refusal_names_the_type_alone() {
        let mut items = parsed("fn f() { g(\"conversion to `:: core :: AccountId` for id failed\") }");
        plain_refusals(&mut items);
        assert!(printed(&items).contains("\"conversion to `AccountId` for id failed\""));
    }
}
