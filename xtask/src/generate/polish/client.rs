//! The generated `Client`: one constructor less, and the hook that hands every request to our transport.

use syn::{ImplItem, Item, parse_quote};

/// Takes out `Client::new`: it unwraps the set-up of TLS and follows redirects. `new_with_client` remains.
pub(crate) fn without_new(client: &mut [Item]) {
    for item in client {
        if let Item::Impl(implementation) = item {
            implementation
                .items
                .retain(|item| !matches!(item, ImplItem::Fn(function) if function.sig.ident == "new"));
        }
    }
}

/// Hands the sending of a request to the transport, which adds the token and bounds the answer.
///
/// It is written here because a hook can only be implemented in the crate that owns `Client`.
pub(crate) fn hooks() -> Item {
    parse_quote! {
        impl ClientHooks<::gocardless_bank_data_core::Transport> for Client {
            async fn exec(
                &self,
                request: reqwest::Request,
                info: &OperationInfo,
            ) -> reqwest::Result<reqwest::Response> {
                self.inner().execute(self.client(), request, info.operation_id).await
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::polish::testing::{parsed, printed};

    #[test]
    fn new_goes_and_new_with_client_stays() {
        let mut items = parsed("impl Client { pub fn new() -> Self {} pub fn new_with_client() -> Self {} }");
        without_new(&mut items);
        let text = printed(&items);
        assert!(!text.contains("fn new(") && text.contains("fn new_with_client("), "{text}");
    }

    #[test]
    fn every_request_goes_through_the_transport() {
        assert!(printed(&[hooks()]).contains(".execute(self.client(), request, info.operation_id)"));
    }
}
