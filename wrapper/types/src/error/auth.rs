//! No usable access token.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use super::call_error::Error;

/// Which token operation failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AuthStage {
    /// Obtaining a new pair with the secret id and key.
    Obtain,
    /// Obtaining a new access token with the refresh token.
    Refresh,
}

/// No access token could be obtained, so the call itself was never sent.
///
/// All callers that waited for the same attempt get the same cause.
#[derive(Clone)]
pub struct AuthError {
    stage: AuthStage,
    cause: Arc<Error>,
    retry_at: Option<SystemTime>,
}

impl AuthError {
    /// The error of `stage`, which failed with `cause`.
    #[doc(hidden)]
    #[must_use]
    pub fn new(stage: AuthStage, cause: Arc<Error>) -> Self {
        Self { stage, cause, retry_at: None }
    }

    /// The same error, after which no token is requested before this instant.
    #[doc(hidden)]
    #[must_use]
    pub fn until(self, retry_at: Option<SystemTime>) -> Self {
        Self { retry_at, ..self }
    }

    /// When a token is requested again. Until then all callers get this same error, and nothing is sent.
    #[must_use]
    pub fn retry_at(&self) -> Option<SystemTime> {
        self.retry_at
    }

    /// Which token operation failed.
    #[must_use]
    pub fn stage(&self) -> AuthStage {
        self.stage
    }

    /// Why it failed.
    #[must_use]
    pub fn cause(&self) -> &Error {
        &self.cause
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no access token: ")?;
        self.cause.fmt(f)
    }
}

impl fmt::Debug for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthError")
            .field("stage", &self.stage)
            .field("cause", &self.cause)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for AuthError {
    // The cause is part of the text above, so its own source comes next in the chain.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.source()
    }
}
