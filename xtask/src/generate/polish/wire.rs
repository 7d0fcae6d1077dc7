//! What a call builds and what it reads: the transport makes the URL and reads the answer, so that neither is done twice.
//!
//! The generator's own way parses a base address for every call, clones the headers of every answer, and checks every
//! text of a body alone. `cargo xtask bench` counts what that costs.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprMacro, Item, LitStr, Token, parse_quote, punctuated::Punctuated};

/// Leaves URLs and answers to the transport.
pub(crate) fn through_the_transport(builders: &mut [Item]) {
    for item in builders {
        Wire.visit_item_mut(item);
    }
}

struct Wire;

impl VisitMut for Wire {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        if let Some(better) = url(expression).or_else(|| answer(expression)) {
            *expression = better;
            return;
        }
        visit_mut::visit_expr_mut(self, expression);
    }
}

/// `format!("{}/api/…", client.baseurl, …)` without the base, which the transport may know already.
fn url(expression: &Expr) -> Option<Expr> {
    let Expr::Macro(ExprMacro { mac, .. }) = expression else { return None };
    if !mac.path.is_ident("format") {
        return None;
    }
    let arguments = mac.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated).ok()?;
    let mut arguments = arguments.into_iter();
    let Expr::Lit(literal) = arguments.next()? else { return None };
    let literal: LitStr = parse_quote!(#literal);
    let text = literal.value();
    let path = LitStr::new(text.strip_prefix("{}")?, literal.span());
    let base = arguments.next()?;
    if !is(&base, &quote!(client.baseurl)) {
        return None;
    }
    let ids: Vec<Expr> = arguments.collect();
    Some(if ids.is_empty() {
        parse_quote!(client.inner.url(&client.baseurl, #path)?)
    } else {
        parse_quote!(client.inner.url(&client.baseurl, &format!(#path, #(#ids),*))?)
    })
}

/// The two ends of a call: an answer that the contract knows, and any other.
fn answer(expression: &Expr) -> Option<Expr> {
    match expression {
        Expr::Await(_) => is(expression, &quote!(ResponseValue::from_response(response).await))
            .then(|| parse_quote!(client.inner.read(response).await)),
        Expr::Call(_) => is(expression, &quote!(Err(Error::UnexpectedResponse(response))))
            .then(|| parse_quote!(client.inner.keep(response).await)),
        _ => None,
    }
}

/// Writes the expression out, so it is asked only of one that may be meant: asked of all, it took a quarter of the command.
fn is(expression: &Expr, other: &TokenStream) -> bool {
    expression.to_token_stream().to_string() == other.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::polish::testing::{parsed, printed};

    fn polished(code: &str) -> String {
        let mut items = parsed(&format!("async fn send() {{ {code} }}"));
        through_the_transport(&mut items);
        // Without the breaks of long lines.
        printed(&items).split_whitespace().collect()
    }

    #[test]
    fn the_transport_makes_the_url() {
        let text = polished("let url = format!(\"{}/a/{}/\", client.baseurl, encode_path(&id.to_string()));");
        assert!(text.contains("client.inner.url(&client.baseurl,&format!(\"/a/{}/\","), "{text}");
        let text = polished("let url = format!(\"{}/a/\", client.baseurl);");
        assert!(text.contains("client.inner.url(&client.baseurl,\"/a/\")?"), "{text}");
    }

    #[test]
    fn the_transport_reads_every_answer() {
        let text = polished(
            "match s { 200u16 => ResponseValue::from_response(response).await, _ => Err(Error::UnexpectedResponse(response)) }",
        );
        assert!(text.contains("200u16=>client.inner.read(response).await"), "{text}");
        assert!(text.contains("_=>client.inner.keep(response).await"), "{text}");
    }
}
