//! The one way every call takes: token, send, limits, retry, error. It knows no operation.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use gocardless_bank_data_core::address::Address;
use gocardless_bank_data_core::error::{ApiErrorKind, Error, InvalidRequestError, Result};
use gocardless_bank_data_core::token::{AccessToken, TokenKeeper, spread};
use gocardless_bank_data_core::{Operation, PathId, Response, Timeouts, Transport, conclude, replay};
use gocardless_bank_data_generated::{Client, ResponseValue};
use serde::de::DeserializeOwned;
use tokio::sync::Semaphore;
use tracing::Instrument;

use crate::client::BankData;
use crate::convert::cause;

type Generated<T> = Result<ResponseValue<T>, gocardless_bank_data_generated::Error<()>>;
type Sending<T> = Pin<Box<dyn Future<Output = Generated<T>> + Send>>;
type Sender<T> = Box<dyn Fn(Client) -> Sending<T> + Send + Sync>;

/// How the API is reached.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) http: reqwest::Client,
    pub(crate) address: Address,
    pub(crate) timeouts: Timeouts,
    pub(crate) body_limit: usize,
    pub(crate) sockets: Arc<Semaphore>,
}

/// A call that is ready to be made: `.await` it for its value, or [`send`](Call::send) it for the whole response.
///
/// ```no_run
/// # async fn run(bank: gocardless_bank_data::BankData, id: gocardless_bank_data::AccountId) -> gocardless_bank_data::Result<()> {
/// let balances = bank.account(&id).balances().await?;
/// let response = bank.account(&id).balances().send().await?;
/// println!("{:?} calls left today", response.rate_limits().account);
/// # let _ = balances;
/// # Ok(())
/// # }
/// ```
#[must_use = "a call does nothing before it is awaited or sent"]
pub struct Call<T> {
    link: Arc<Link>,
    tokens: Option<TokenKeeper>,
    operation: Operation,
    timeout: Option<Duration>,
    refused: Option<InvalidRequestError>,
    send: Sender<T>,
}

impl<T: DeserializeOwned + Send + 'static> Call<T> {
    /// A call over `link`. `tokens` is none for the token operations alone.
    pub(crate) fn new<F, Fut>(
        link: &Arc<Link>,
        tokens: Option<TokenKeeper>,
        operation: Operation,
        send: F,
    ) -> Self
    where
        F: Fn(Client) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Generated<T>> + Send + 'static,
    {
        let send: Sender<T> = Box::new(move |client| Box::pin(send(client)));
        Self { link: Arc::clone(link), tokens, operation, timeout: None, refused: None, send }
    }

    /// The same call, which fails with the reason, if there is one, before anything is sent.
    pub(crate) fn unless(mut self, refused: Option<InvalidRequestError>) -> Self {
        self.refused = refused.or(self.refused);
        self
    }

    /// Allows this call another time than its class has, from sending to the last byte. Each further try has it anew.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The operation that will be called.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// Makes the call and gives everything that came back: value, status, rate limits, request id, body.
    ///
    /// # Errors
    /// Every way a call can fail: see [`Error`].
    pub async fn send(self) -> Result<Response<T>> {
        match self.refused {
            Some(refused) => Err(refused.into()),
            None => self.link.call(self.tokens.as_ref(), self.operation, self.timeout, &*self.send).await,
        }
    }

    /// Makes the call and gives `None` where the API says that there is no such thing.
    ///
    /// # Errors
    /// Every other way a call can fail: see [`Error`].
    pub async fn optional(self) -> Result<Option<T>> {
        match self.send().await {
            Ok(response) => Ok(Some(response.into_value())),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl BankData {
    /// A call with this client's token.
    pub(crate) fn call<T, F, Fut>(&self, operation: Operation, send: F) -> Call<T>
    where
        T: DeserializeOwned + Send + 'static,
        F: Fn(Client) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Generated<T>> + Send + 'static,
    {
        Call::new(&self.0.link, Some(self.0.tokens.clone()), operation, send)
    }

    /// A call with this client's token and an id in its path, which is refused unless the id can stand there.
    pub(crate) fn call_by_id<T, I, F, Fut>(&self, operation: Operation, id: I, send: F) -> Call<T>
    where
        T: DeserializeOwned + Send + 'static,
        I: PathId,
        F: Fn(Client, I) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Generated<T>> + Send + 'static,
    {
        let refused = id.check().err();
        let refused =
            refused.map(|invalid| InvalidRequestError::in_operation(operation, invalid.to_string()));
        self.call(operation, move |client| send(client, id.clone())).unless(refused)
    }
}

impl Link {
    /// Calls `operation` until it succeeds or may not be sent again.
    async fn call<T: DeserializeOwned>(
        &self,
        tokens: Option<&TokenKeeper>,
        operation: Operation,
        timeout: Option<Duration>,
        send: &(dyn Fn(Client) -> Sending<T> + Send + Sync),
    ) -> Result<Response<T>> {
        let (mut replays, mut was_refused) = (0, false);
        loop {
            let token = match tokens {
                Some(tokens) => Some(tokens.token().await?),
                None => None,
            };
            let attempt = replays + u32::from(was_refused) + 1;
            let span = tracing::debug_span!(
                "bank_data",
                operation = operation.id(),
                attempt,
                status = tracing::field::Empty,
                request_id = tracing::field::Empty,
            );
            let error =
                match self.attempt(token.as_ref(), operation, timeout, send).instrument(span.clone()).await {
                    Ok(response) => {
                        span.record("status", response.status().as_u16());
                        response.request_id().map(|id| span.record("request_id", id));
                        span.in_scope(|| tracing::debug!("succeeded"));
                        return Ok(response);
                    }
                    Err(error) => error,
                };
            error.status().map(|status| span.record("status", status.as_u16()));
            error.api().and_then(|api| api.request_id()).map(|id| span.record("request_id", id));
            span.in_scope(|| tracing::debug!(kind = ?error.kind(), "failed"));
            // Only this 401 is about our token. Nothing was carried out, so any call may follow with another token.
            if let (Some(tokens), Some(token)) = (tokens, &token)
                && !was_refused
                && matches!(&error, Error::Api(api) if api.kind() == ApiErrorKind::TokenRejected)
                && tokens.rejected(token)
            {
                was_refused = true;
                continue;
            }
            match replay::pause(operation.class(), &error, replays, SystemTime::now(), spread()) {
                Some(pause) => tokio::time::sleep(pause).await,
                None => return Err(error),
            }
            replays += 1;
        }
    }

    async fn attempt<T: DeserializeOwned>(
        &self,
        token: Option<&AccessToken>,
        operation: Operation,
        timeout: Option<Duration>,
        send: &(dyn Fn(Client) -> Sending<T> + Send + Sync),
    ) -> Result<Response<T>> {
        let timeout = timeout.unwrap_or_else(|| self.timeouts.of(operation.class()));
        let transport = match token {
            Some(token) => Transport::with_token(&token.secret)
                .ok_or_else(|| InvalidRequestError::new("access token", "cannot stand in a header"))?,
            None => Transport::anonymous(),
        };
        let transport =
            transport.timeout(timeout).body_limit(self.body_limit).sockets(Arc::clone(&self.sockets));
        let record = transport.record();
        let client = Client::new_with_client(self.address.as_str(), self.http.clone(), transport);
        let result = send(client).await;
        conclude(operation, &record, Some(timeout), result.map(ResponseValue::into_inner).map_err(cause))
    }
}

impl<T> std::fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Call").field("operation", &self.operation.id()).finish_non_exhaustive()
    }
}
