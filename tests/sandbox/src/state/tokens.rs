//! The tokens given out: pairs are valid side by side, each for its own time, and none is ever taken back by another.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::random::{Random, base64url};

/// What a token is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Access,
    Refresh,
}

impl TokenKind {
    /// Seconds that a token of this kind is valid.
    pub(crate) const fn lifetime(self) -> u32 {
        match self {
            Self::Access => 86_400,
            Self::Refresh => 2_592_000,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Refresh => "refresh",
        }
    }
}

/// Every token that was given out.
#[derive(Clone, Debug)]
pub(crate) struct Tokens {
    valid: HashMap<String, (TokenKind, DateTime<Utc>)>,
    random: Random,
}

impl Tokens {
    pub(crate) fn new(random: Random) -> Self {
        Self { valid: HashMap::new(), random }
    }

    /// A new token in the form of a JWT. Its parts say what the real ones say; the signature is noise.
    pub(crate) fn issue(&mut self, kind: TokenKind, now: DateTime<Utc>) -> String {
        let expires = now + TimeDelta::seconds(i64::from(kind.lifetime()));
        let claims = serde_json::json!({
            "token_type": kind.name(),
            "exp": expires.timestamp(),
            "jti": self.random.hex(32),
        });
        let token = format!(
            "{}.{}.{}",
            base64url(br#"{"alg":"HS256","typ":"JWT"}"#),
            base64url(claims.to_string().as_bytes()),
            base64url(&self.random.bytes(32)),
        );
        self.valid.insert(token.clone(), (kind, expires));
        token
    }

    /// Whether a token is known, of this kind and not expired.
    pub(crate) fn accepts(&self, token: &str, kind: TokenKind, now: DateTime<Utc>) -> bool {
        self.valid.get(token).is_some_and(|(is, expires)| *is == kind && now < *expires)
    }

    /// Forgets the tokens of a kind, so that each is refused from now on.
    pub(crate) fn forget(&mut self, kind: TokenKind) {
        self.valid.retain(|_, (is, _)| *is != kind);
    }
}
