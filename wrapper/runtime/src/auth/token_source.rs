//! Where tokens come from: the two token operations, called directly. The pipeline cannot be used here, because its calls
//! wait for the token.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use gocardless_bank_data_generated::{operation, types};
use gocardless_bank_data_types::error::{DecodeError, DecodeReason, Result, Sent};
use gocardless_bank_data_types::{Credentials, Operation, Response, Secret};
use serde::de::DeserializeOwned;

use crate::net::{Connection, PreparedRequest};
use crate::policy::{jitter, retry};

/// What a token operation returned.
#[derive(Clone)]
pub struct IssuedTokens {
    /// The access token; never empty.
    pub access: Secret,
    /// Its lifetime in seconds from now, as the API stated it.
    pub access_expires: Option<i64>,
    /// The refresh token. A refresh returns none: the current one stays valid until it expires
    /// (`docs/api.md#refresh-without-refresh-token`).
    pub refresh: Option<Secret>,
    /// The lifetime of the refresh token in seconds from now, as the API stated it.
    pub refresh_expires: Option<i64>,
}

impl fmt::Debug for IssuedTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IssuedTokens")
            .field("access_expires", &self.access_expires)
            .field("refresh_expires", &self.refresh_expires)
            .finish_non_exhaustive()
    }
}

/// A token operation in progress.
pub type IssuingTokens = Pin<Box<dyn Future<Output = Result<IssuedTokens>> + Send>>;

/// Carries out the token operations. The [`TokenCache`](super::TokenCache) decides when.
pub trait TokenSource: fmt::Debug + Send + Sync + 'static {
    /// Obtains a new pair with the secret id and key.
    fn obtain(&self) -> IssuingTokens;

    /// Obtains a new access token with the refresh token.
    fn refresh(&self, refresh: Secret) -> IssuingTokens;
}

/// The token operations of the API.
#[derive(Debug)]
pub(crate) struct ApiTokenSource {
    pub(crate) connection: Arc<Connection>,
    pub(crate) credentials: Credentials,
}

impl TokenSource for ApiTokenSource {
    fn obtain(&self) -> IssuingTokens {
        let (connection, request) = (Arc::clone(&self.connection), obtain(&self.credentials));
        Box::pin(async move {
            let response = send(&connection, request).await?;
            let access = usable(operation::OBTAIN_TOKEN_PAIR, &response, response.value().access.as_ref())?;
            let pair = response.into_value();
            Ok(IssuedTokens {
                access,
                access_expires: pair.access_expires,
                refresh: pair.refresh,
                refresh_expires: pair.refresh_expires,
            })
        })
    }

    fn refresh(&self, refresh: Secret) -> IssuingTokens {
        let (connection, request) = (Arc::clone(&self.connection), renew(refresh));
        Box::pin(async move {
            let response = send(&connection, request).await?;
            let access =
                usable(operation::REFRESH_ACCESS_TOKEN, &response, response.value().access.as_ref())?;
            let token = response.into_value();
            Ok(IssuedTokens {
                access,
                access_expires: token.access_expires,
                refresh: None,
                refresh_expires: None,
            })
        })
    }
}

/// The request that obtains a new pair with the secret id and key.
pub(crate) fn obtain(credentials: &Credentials) -> PreparedRequest<types::TokenPair> {
    let Credentials { secret_id, secret_key } = credentials.clone();
    let body = types::TokenRequest { secret_id, secret_key };
    PreparedRequest::new(operation::OBTAIN_TOKEN_PAIR, async move |client| {
        client.obtain_token_pair(&body).await
    })
}

/// The request that obtains a new access token with a refresh token.
pub(crate) fn renew(refresh: Secret) -> PreparedRequest<types::RefreshedToken> {
    let body = types::RefreshRequest { refresh };
    PreparedRequest::new(operation::REFRESH_ACCESS_TOKEN, async move |client| {
        client.refresh_access_token(&body).await
    })
}

/// Sends a token request, and again only if it never left this machine: the token cache has its own back-off. It takes no
/// permit, because permit holders may be waiting for this token.
async fn send<T: DeserializeOwned>(
    connection: &Connection,
    request: PreparedRequest<T>,
) -> Result<Response<T>> {
    let operation = request.operation();
    let timeout = connection.timeout(operation);
    let mut retries = 0;
    loop {
        let request = connection.build(&request)?;
        let error = match connection.send(operation, request, None, timeout, retries + 1).await {
            Ok(response) => return Ok(response),
            Err(error) => error.after(retries + 1, None),
        };
        let delay = retry::delay(operation.class(), &error, retries, SystemTime::now(), jitter());
        match delay.filter(|_| error.sent() == Sent::No && connection.take_retry()) {
            Some(delay) => tokio::time::sleep(delay).await,
            None => return Err(error),
        }
        retries += 1;
    }
}

/// The document requires no member of the response, but without a token that fits into a header it is useless.
fn usable<T>(operation: Operation, response: &Response<T>, access: Option<&Secret>) -> Result<Secret> {
    access
        .filter(|access| !access.is_empty() && access.expose().bytes().all(|byte| byte.is_ascii_graphic()))
        .cloned()
        .ok_or_else(|| {
            let (status, headers) = (response.status(), response.headers().clone());
            let (shape, now) = (DecodeReason::Shape, SystemTime::now());
            let error = DecodeError::new(operation, shape, status, headers, Bytes::new(), now);
            error.at(Some("access".to_owned()), None).into()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_the_lifetimes_and_no_token() {
        let token = || Secret::from("canary");
        let issued = IssuedTokens {
            access: token(),
            access_expires: Some(86_400),
            refresh: Some(token()),
            refresh_expires: Some(2_592_000),
        };
        let shown = "IssuedTokens { access_expires: Some(86400), refresh_expires: Some(2592000), .. }";
        assert_eq!(format!("{issued:?}"), shown);
    }
}
