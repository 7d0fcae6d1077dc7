//! The token that calls are made with, and its header. It does not know how long it is valid.

use std::sync::Arc;

use bytes::Bytes;
use gocardless_bank_data_types::Secret;
use gocardless_bank_data_types::error::InvalidRequestError;
use http::HeaderValue;

/// An access token and which one it is, so that a late refusal of an old one does not evict its successor.
///
/// All calls share one.
#[derive(Clone, Debug, PartialEq)]
pub struct AccessToken(Arc<Held>);

#[derive(Debug, PartialEq)]
struct Held {
    secret: Secret,
    generation: u64,
    /// Made once and not for each call.
    bearer: Option<HeaderValue>,
}

impl AccessToken {
    pub(crate) fn new(secret: Secret, generation: u64) -> Self {
        Self(Arc::new(Held { bearer: bearer(&secret), secret, generation }))
    }

    /// The token.
    #[must_use]
    pub fn secret(&self) -> &Secret {
        &self.0.secret
    }

    /// Counts up with every token.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.0.generation
    }

    /// The value of the `Authorization` header, which is marked as sensitive.
    ///
    /// # Errors
    /// [`InvalidRequestError`] where the token cannot stand in a header.
    pub fn bearer(&self) -> Result<&HeaderValue, InvalidRequestError> {
        let unfit = || InvalidRequestError::new("access token", "cannot be sent in a header");
        self.0.bearer.as_ref().ok_or_else(unfit)
    }
}

/// The header of a token. Its bytes are a secret too, and are wiped like one.
pub(crate) fn bearer(token: &Secret) -> Option<HeaderValue> {
    const SCHEME: &str = "Bearer ";
    // Of exactly its length, so that nothing has to move it and leave a copy behind.
    let mut text = String::with_capacity(SCHEME.len() + token.expose().len());
    text.push_str(SCHEME);
    text.push_str(token.expose());
    let mut bearer = HeaderValue::from_maybe_shared(Bytes::from_owner(Wiped(Secret::from(text)))).ok()?;
    bearer.set_sensitive(true);
    Some(bearer)
}

struct Wiped(Secret);

impl AsRef<[u8]> for Wiped {
    fn as_ref(&self) -> &[u8] {
        self.0.expose().as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_has_the_token_and_shows_it_to_nobody() {
        let token = AccessToken::new(Secret::from("canary"), 1);
        assert_eq!(token.bearer().unwrap(), "Bearer canary");
        assert!(!format!("{token:?}").contains("canary"), "{token:?}");
    }

    #[test]
    fn a_token_that_would_end_the_header_has_none() {
        for text in ["a\r\nb", "a\0", "a\u{7f}"] {
            assert!(AccessToken::new(Secret::from(text), 1).bearer().is_err(), "{text:?}");
        }
    }
}
