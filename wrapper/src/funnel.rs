//! The one way every call takes: token, send, limits, retry, error. It knows no operation.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use gocardless_bank_data_core::address::Address;
use gocardless_bank_data_core::error::{
    ApiErrorKind, Error, InvalidRequestError, Result, Sent, TimeoutError, TimeoutPhase,
};
use gocardless_bank_data_core::token::{AccessToken, spread};
use gocardless_bank_data_core::{
    AccountId, Custody, Operation, PathId, ReplayBudget, Response, Timeouts, Transport, conclude, replay,
};
use gocardless_bank_data_generated::{Client, ResponseValue};
use serde::de::DeserializeOwned;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;
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
    pub(crate) address: Arc<Address>,
    pub(crate) timeouts: Timeouts,
    pub(crate) body_limit: usize,
    pub(crate) sockets: Semaphore,
    pub(crate) replays: ReplayBudget,
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
    custody: Option<Arc<Custody>>,
    terms: Terms,
    refused: Option<InvalidRequestError>,
    send: Sender<T>,
}

/// What is particular to one call.
#[derive(Clone, Debug)]
struct Terms {
    operation: Operation,
    timeout: Option<Duration>,
    deadline: Option<Duration>,
    account: Option<AccountId>,
    reference: Option<String>,
    for_keeper: bool,
}

impl<T: DeserializeOwned + Send + 'static> Call<T> {
    /// A call over `link`. `custody` is none for the token operations alone.
    pub(crate) fn new<F, Fut>(
        link: &Arc<Link>,
        custody: Option<Arc<Custody>>,
        operation: Operation,
        send: F,
    ) -> Self
    where
        F: Fn(Client) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Generated<T>> + Send + 'static,
    {
        let send: Sender<T> = Box::new(move |client| Box::pin(send(client)));
        let terms = Terms {
            operation,
            timeout: None,
            deadline: None,
            account: None,
            reference: None,
            for_keeper: false,
        };
        Self { link: Arc::clone(link), custody, terms, refused: None, send }
    }

    /// The same call, which is about this account's data.
    pub(crate) fn about(mut self, account: AccountId) -> Self {
        self.terms.account = Some(account);
        self
    }

    /// The same call for the keeper of the token. It is sent again only if nothing was sent, because the keeper has pauses
    /// of its own, and waits for no turn, because those that have one wait for the token.
    pub(crate) fn for_keeper(mut self) -> Self {
        self.terms.for_keeper = true;
        self
    }

    /// The same call, whose result can be looked up by this reference.
    pub(crate) fn with_reference(mut self, reference: Option<String>) -> Self {
        self.terms.reference = reference;
        self
    }

    /// The same call, which fails with the reason, if there is one, before anything is sent.
    pub(crate) fn unless(mut self, refused: Option<InvalidRequestError>) -> Self {
        self.refused = refused.or(self.refused);
        self
    }

    /// Allows this call another time than its class has, from sending to the last byte. Each further try has it anew.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.terms.timeout = Some(timeout);
        self
    }

    /// Ends this call, all its tries and waits together, after this time. A wait that would go beyond it is not begun:
    /// the error that led to it is returned at once.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.terms.deadline = Some(deadline);
        self
    }

    /// The operation that will be called.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.terms.operation
    }

    /// Makes the call and gives everything that came back: value, status, rate limits, request id, body.
    ///
    /// # Errors
    /// Every way a call can fail: see [`Error`].
    pub async fn send(self) -> Result<Response<T>> {
        match self.refused {
            Some(refused) => Err(refused.into()),
            None => self.link.call(self.custody.as_deref(), &self.terms, &*self.send).await,
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
        Call::new(&self.0.link, Some(Arc::clone(&self.0.custody)), operation, send)
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
    /// Calls an operation until it succeeds or may not be sent again.
    async fn call<T: DeserializeOwned>(
        &self,
        custody: Option<&Custody>,
        terms: &Terms,
        send: &(dyn Fn(Client) -> Sending<T> + Send + Sync),
    ) -> Result<Response<T>> {
        let end = terms.deadline.and_then(|deadline| Instant::now().checked_add(deadline));
        let (mut attempts, mut replays, mut was_refused) = (0, 0, false);
        loop {
            // A burst of calls must not open a socket each. A closed semaphore would mean that nobody bounds them any more.
            let turn =
                if terms.for_keeper { None } else { by(end, terms, self.sockets.acquire()).await?.ok() };
            attempts += 1;
            // Boxed, so that ten thousand calls that wait for their turn hold no room for what comes after it.
            let (result, token) = Box::pin(self.attempt(turn, custody, terms, end, attempts, send)).await?;
            let error = match result {
                Ok(response) => return Ok(response),
                Err(error) => error.after(attempts, terms.reference.as_deref()),
            };
            // Only this 401 is about our token. Nothing was carried out, so any call may follow with another token.
            if let (Some(custody), Some(token)) = (custody, &token)
                && !was_refused
                && matches!(&error, Error::Api(api) if api.kind() == ApiErrorKind::TokenRejected)
                && custody.rejected(token)
            {
                was_refused = true;
                continue;
            }
            let pause = replay::pause(terms.operation.class(), &error, replays, SystemTime::now(), spread());
            match pause.filter(|_| !terms.for_keeper || error.sent() == Sent::No) {
                Some(pause)
                    if end.is_none_or(|end| Instant::now() + pause < end)
                        && self.replays.take(Instant::now()) =>
                {
                    tokio::time::sleep(pause).await;
                }
                _ => return Err(error),
            }
            replays += 1;
        }
    }

    /// Sends once, with a token that is good now and not when the wait for a turn began, and notes how it ended. The error
    /// is one from before anything was sent.
    async fn attempt<T: DeserializeOwned>(
        &self,
        turn: Option<SemaphorePermit<'_>>,
        custody: Option<&Custody>,
        terms: &Terms,
        end: Option<Instant>,
        attempt: u32,
        send: &(dyn Fn(Client) -> Sending<T> + Send + Sync),
    ) -> Result<(Result<Response<T>>, Option<AccessToken>)> {
        let Some(custody) = custody else {
            return Ok((self.exchange(None, terms, end, attempt, send).await, None));
        };
        if let Some(account) = &terms.account {
            custody.admit(terms.operation, account).await?;
        }
        let token = by(end, terms, custody.token()).await??;
        let result = self.exchange(Some(&token), terms, end, attempt, send).await;
        drop(turn);
        if let Some(account) = &terms.account {
            custody.note(terms.operation, account, result.as_ref().map(Response::rate_limits)).await;
        }
        Ok((result, Some(token)))
    }

    /// Sends, in a span that tells what happened and nothing about whom.
    async fn exchange<T: DeserializeOwned>(
        &self,
        token: Option<&AccessToken>,
        terms: &Terms,
        end: Option<Instant>,
        attempt: u32,
        send: &(dyn Fn(Client) -> Sending<T> + Send + Sync),
    ) -> Result<Response<T>> {
        let operation = terms.operation;
        let timeout = terms.timeout.unwrap_or_else(|| self.timeouts.of(operation.class()));
        let timeout = end.map_or(timeout, |end| timeout.min(end.saturating_duration_since(Instant::now())));
        let transport = Transport::bearing(token)?.at(Arc::clone(&self.address));
        let (transport, record) = transport.timeout(timeout).body_limit(self.body_limit).recorded();
        let client = Client::new_with_client(self.address.as_str(), self.http.clone(), transport);
        let span = tracing::debug_span!(
            "bank_data",
            operation = operation.id(),
            attempt,
            status = tracing::field::Empty,
            request_id = tracing::field::Empty,
        );
        let result = send(client).instrument(span.clone()).await;
        let result =
            conclude(operation, &record, Some(timeout), result.map(ResponseValue::into_inner).map_err(cause));
        // Nothing is looked up for a span that nobody sees.
        if !span.is_disabled() {
            let (status, request_id) = match &result {
                Ok(response) => (Some(response.status()), response.request_id()),
                Err(error) => (error.status(), error.api().and_then(|api| api.request_id())),
            };
            status.map(|status| span.record("status", status.as_u16()));
            request_id.map(|id| span.record("request_id", id));
        }
        span.in_scope(|| match &result {
            Ok(_) => tracing::debug!("succeeded"),
            Err(error) => tracing::debug!(kind = ?error.kind(), "failed"),
        });
        result
    }
}

/// What comes before sending, if it comes by `end`.
async fn by<T>(end: Option<Instant>, terms: &Terms, waiting: impl Future<Output = T>) -> Result<T> {
    let Some(end) = end else { return Ok(waiting.await) };
    tokio::time::timeout_at(end, waiting).await.map_err(|_| {
        TimeoutError::new(terms.operation, TimeoutPhase::Connect, terms.deadline, Vec::new().into(), None)
            .into()
    })
}

impl<T> std::fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Call").field("operation", &self.terms.operation.id()).finish_non_exhaustive()
    }
}
