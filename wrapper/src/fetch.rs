//! The token operations, for the keeper of the client's own token.

use std::sync::Arc;

use gocardless_bank_data_core::error::{DecodeError, DecodeReason, Result};
use gocardless_bank_data_core::token::{Fetch, Fetching, Grant};
use gocardless_bank_data_core::{Credentials, Operation, Secret};
use gocardless_bank_data_generated::{operation, types};

use crate::funnel::{Call, Link};
use crate::model::{RefreshedToken, TokenPair};

/// Gets tokens over the client's own link, with its credentials.
#[derive(Debug)]
pub(crate) struct Fetcher {
    pub(crate) link: Arc<Link>,
    pub(crate) credentials: Credentials,
}

impl Fetch for Fetcher {
    fn obtain(&self) -> Fetching {
        let (link, credentials) = (Arc::clone(&self.link), self.credentials.clone());
        Box::pin(async move {
            let pair = obtain(&link, &credentials).for_keeper().send().await?;
            let status = pair.status();
            let pair = pair.into_value();
            Ok(Grant {
                access: usable(operation::OBTAIN_TOKEN_PAIR, status, pair.access)?,
                access_expires: pair.access_expires,
                refresh: pair.refresh,
                refresh_expires: pair.refresh_expires,
            })
        })
    }

    fn refresh(&self, refresh: Secret) -> Fetching {
        let link = Arc::clone(&self.link);
        Box::pin(async move {
            let refreshed = renew(&link, refresh).for_keeper().send().await?;
            let status = refreshed.status();
            let refreshed = refreshed.into_value();
            Ok(Grant {
                access: usable(operation::REFRESH_ACCESS_TOKEN, status, refreshed.access)?,
                access_expires: refreshed.access_expires,
                refresh: None,
                refresh_expires: None,
            })
        })
    }
}

/// Obtains a new pair with the secret id and key.
pub(crate) fn obtain(link: &Arc<Link>, credentials: &Credentials) -> Call<TokenPair> {
    let Credentials { secret_id, secret_key } = credentials.clone();
    Call::new(link, None, operation::OBTAIN_TOKEN_PAIR, move |client| {
        let body =
            types::JwtObtainPairRequest { secret_id: secret_id.clone(), secret_key: secret_key.clone() };
        async move { client.obtain_token_pair().body(body).send().await }
    })
}

/// Gets a new access token with a refresh token.
pub(crate) fn renew(link: &Arc<Link>, refresh: Secret) -> Call<RefreshedToken> {
    Call::new(link, None, operation::REFRESH_ACCESS_TOKEN, move |client| {
        let body = types::JwtRefreshRequest { refresh: refresh.clone() };
        async move { client.refresh_access_token().body(body).send().await }
    })
}

/// The document requires no member of the answer, but without a token that can stand in a header it is none.
fn usable(operation: Operation, status: reqwest::StatusCode, access: Option<Secret>) -> Result<Secret> {
    access
        .filter(|access| !access.is_empty() && access.expose().bytes().all(|byte| byte.is_ascii_graphic()))
        .ok_or_else(|| {
            let path = Some("access".to_owned());
            DecodeError::new(operation, DecodeReason::Shape, status, path, Vec::new().into()).into()
        })
}
