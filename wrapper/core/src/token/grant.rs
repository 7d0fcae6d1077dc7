//! What a token operation gives, and who is asked for it.

use std::fmt;
use std::pin::Pin;

use crate::Secret;
use crate::error::Result;

/// What a token operation answered.
#[derive(Clone)]
pub struct Grant {
    /// The access token; never empty.
    pub access: Secret,
    /// Its lifetime in seconds from now, as the API said it.
    pub access_expires: Option<i64>,
    /// The refresh token. Refreshing gives none: the one at hand stays valid until its own end (contract, 4).
    pub refresh: Option<Secret>,
    /// The lifetime of the refresh token in seconds from now, as the API said it.
    pub refresh_expires: Option<i64>,
}

impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Grant")
            .field("access_expires", &self.access_expires)
            .field("refresh_expires", &self.refresh_expires)
            .finish_non_exhaustive()
    }
}

/// A token operation under way.
pub type Fetching = Pin<Box<dyn Future<Output = Result<Grant>> + Send>>;

/// Carries out the token operations. The keeper decides when.
pub trait Fetch: fmt::Debug + Send + Sync + 'static {
    /// Obtains a new pair with the secret id and key.
    fn obtain(&self) -> Fetching;

    /// Gets a new access token with the refresh token.
    fn refresh(&self, refresh: Secret) -> Fetching;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_the_lifetimes_and_no_token() {
        let token = || Secret::from("canary");
        let grant = Grant {
            access: token(),
            access_expires: Some(86_400),
            refresh: Some(token()),
            refresh_expires: Some(2_592_000),
        };
        let shown = "Grant { access_expires: Some(86400), refresh_expires: Some(2592000), .. }";
        assert_eq!(format!("{grant:?}"), shown);
    }
}
