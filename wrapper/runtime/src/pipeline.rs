//! The pipeline every call runs through: permit, token, admission, send, response, settle, retry. Independent of any
//! operation.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use futures_util::TryFutureExt as _;
use gocardless_bank_data_generated::operation;
use gocardless_bank_data_generated::types::Account;
use gocardless_bank_data_types::error::{ApiErrorKind, Error, Result, TimeoutError, TimeoutPhase};
use gocardless_bank_data_types::{AccountId, AccountStatus, Operation, OperationClass, Response};
use http::HeaderValue;
use serde::de::DeserializeOwned;
use tokio::time::Instant;

use crate::auth::AccessToken;
use crate::client::Client;
use crate::net::PreparedRequest;
use crate::policy::{jitter, retry};
use crate::state::{Admission, Place};

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
    client: Arc<Client>,
    request: PreparedRequest<T>,
    options: CallOptions,
}

/// The options of one call.
#[derive(Clone, Debug, Default)]
struct CallOptions {
    timeout: Option<Duration>,
    deadline: Option<Duration>,
    account: Option<AccountId>,
    reference: Option<String>,
}

impl<T> Call<T> {
    /// A call of `client` that sends `request`.
    pub fn new(client: &Arc<Client>, request: PreparedRequest<T>) -> Self {
        Self { client: Arc::clone(client), request, options: CallOptions::default() }
    }

    /// The same call, which reads data of this account and counts towards its quota and its circuit breaker.
    #[doc(hidden)]
    pub fn for_account(mut self, account: AccountId) -> Self {
        self.options.account = Some(account);
        self
    }

    /// The same call, whose result can be looked up by this reference.
    #[doc(hidden)]
    pub fn with_reference(mut self, reference: Option<String>) -> Self {
        self.options.reference = reference;
        self
    }

    /// Allows this call another timeout than its class has, from sending to the last byte. Each retry has it again.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Ends this call, all its retries and waits together, after this time. A wait that would go beyond it is not started:
    /// the error that led to it is returned at once.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.options.deadline = Some(deadline);
        self
    }

    /// The operation that will be called.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.request.operation()
    }
}

impl<T: DeserializeOwned> Call<T> {
    /// Makes the call and returns everything that came back: value, status, rate limits, request id, body.
    ///
    /// # Errors
    /// Every way a call can fail: see [`Error`].
    #[expect(clippy::manual_async_fn, reason = "an async fn would keep the call twice")]
    pub fn send(self) -> impl Future<Output = Result<Response<T>>> {
        async move {
            let Client { connection, state, .. } = &*self.client;
            let operation = self.operation();
            let deadline = Deadline::new(operation, self.options.deadline);
            let timeout = self.options.timeout.unwrap_or_else(|| connection.timeout(operation));
            let (mut attempts, mut retries, mut token_was_replaced) = (0, 0, false);
            let mut last = None;
            // What ends a retry before it is sent is less than what the attempt before it ended with, which was sent.
            let or_last = |last: &Option<Error>, error| last.clone().unwrap_or(error);
            loop {
                // Before all else, so that a request that cannot be built costs no token and no place.
                let built = connection.build(&self.request)?;
                let permit = deadline.bound(pin!(connection.permit())).await;
                let permit = permit.map_err(|error| or_last(&last, error))?;
                // After the permit, because the token may expire while the call waits for it.
                let token = if operation.class() == OperationClass::Token {
                    None
                } else {
                    let token = deadline.bound(pin!(state.tokens.token())).await;
                    let token = token.and_then(|token| token.map_err(Error::from));
                    Some(token.map_err(|error| or_last(&last, error))?)
                };
                let bearer = token.as_ref().map(AccessToken::bearer).transpose()?;
                // Last of all, because a place in the budget is one at an instant. Boxed like what follows, so that the many calls
                // that may be waiting for a permit take no room for what comes after it.
                let account = self.options.account.as_ref();
                let place = Box::pin(self.client.admit(operation, account, bearer, timeout, &deadline)).await;
                let mut place = place.map_err(|error| or_last(&last, error))?;
                let timeout = deadline.cap(timeout).map_err(|error| or_last(&last, error))?;
                attempts += 1;
                place.goes_out();
                let sending = Box::pin(connection.send(operation, built, bearer, timeout, attempts));
                let result = sending.await;
                drop(permit);
                // The answer does not wait for an engine that hangs; the record is written all the same.
                let _ = deadline.bound(pin!(place.settle(result.as_ref()))).await;
                let error = match result {
                    Ok(response) => return Ok(response),
                    Err(error) => error.after(attempts, self.options.reference.as_deref()),
                };
                if let Some(token) = &token
                    && is_token_rejected(&error)
                {
                    let wait = state.tokens.rejected(token);
                    if !wait.is_zero() {
                        let until = SystemTime::now().checked_add(wait);
                        return Err(until.map_or(error.clone(), |until| error.until(until)));
                    }
                    // Nothing was carried out, so any call may follow with another token.
                    if !std::mem::replace(&mut token_was_replaced, true) {
                        continue;
                    }
                }
                let delay = retry::delay(operation.class(), &error, retries, SystemTime::now(), jitter());
                match delay.filter(|delay| deadline.allows(*delay)) {
                    Some(delay) if connection.take_retry() => Box::pin(tokio::time::sleep(delay)).await,
                    _ => return Err(error),
                }
                last = Some(error);
                retries += 1;
            }
        }
    }

    /// Makes the call and returns `None` if the API says that there is no such thing.
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

impl<T: DeserializeOwned + Send + 'static> IntoFuture for Call<T> {
    type Output = Result<T>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send().map_ok(Response::into_value))
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &self.operation().id()).finish_non_exhaustive()
    }
}

impl Client {
    /// Waits for the place of a call in the budget and among the reads of its account. Where failures made the account
    /// doubtful, its metadata is asked first, which costs no read.
    async fn admit(
        &self,
        operation: Operation,
        account: Option<&AccountId>,
        bearer: Option<&HeaderValue>,
        timeout: Duration,
        deadline: &Deadline,
    ) -> Result<Place> {
        loop {
            let patience = deadline.left();
            let admission =
                deadline.bound(pin!(self.state.admit(operation, account, timeout, patience))).await??;
            if let Admission::Go(place) = admission {
                deadline.bound(pin!(place.until_due())).await?;
                return Ok(place);
            }
            if let Some(account) = account {
                // Boxed, because hardly any call has to ask.
                let mut asking = Box::pin(self.ask_metadata(account, bearer, deadline));
                deadline.bound(asking.as_mut()).await??;
            }
        }
    }

    /// Asks for the status of an account, which decides whether its reads go on.
    ///
    /// # Errors
    /// If it cannot be asked for, which says nothing of the account.
    async fn ask_metadata(
        &self,
        account: &AccountId,
        bearer: Option<&HeaderValue>,
        deadline: &Deadline,
    ) -> Result<()> {
        let status = self.status(account, bearer, deadline).await?;
        self.state.metadata_came(account, status.as_ref()).await;
        Ok(())
    }

    /// The status of an account, or `None` if no answer says it.
    async fn status(
        &self,
        account: &AccountId,
        bearer: Option<&HeaderValue>,
        deadline: &Deadline,
    ) -> Result<Option<AccountStatus>> {
        let (operation, id) = (operation::GET_ACCOUNT, account.clone());
        let request = PreparedRequest::new(operation, async move |client| client.get_account(&id).await);
        let request = self.connection.build(&request)?;
        let timeout = deadline.cap(self.connection.timeout(operation))?;
        let admission = self.state.admit(operation, None, timeout, deadline.left()).await?;
        let Admission::Go(mut place) = admission else { return Ok(None) };
        place.until_due().await;
        place.goes_out();
        let result = self.connection.send::<Account>(operation, request, bearer, timeout, 1).await;
        place.settle(result.as_ref()).await;
        Ok(result.ok().and_then(|response| response.into_value().status))
    }
}

/// Whether a 401 is about the client's own token. All others are about the bank or the consent.
fn is_token_rejected(error: &Error) -> bool {
    matches!(error, Error::Api(api) if api.kind() == ApiErrorKind::TokenRejected)
}

/// When a call must be over, if it has a deadline.
#[derive(Clone, Copy)]
struct Deadline {
    operation: Operation,
    allowed: Option<Duration>,
    end: Option<Instant>,
}

impl Deadline {
    fn new(operation: Operation, allowed: Option<Duration>) -> Self {
        let end = allowed.and_then(|allowed| Instant::now().checked_add(allowed));
        Self { operation, allowed, end }
    }

    /// The output of something that comes before sending.
    ///
    /// # Errors
    /// [`TimeoutError`] if the deadline passes first.
    async fn bound<T>(&self, waiting: Pin<&mut impl Future<Output = T>>) -> Result<T> {
        match self.end {
            None => Ok(waiting.await),
            Some(end) => Box::pin(tokio::time::timeout_at(end, waiting)).await.map_err(|_| self.passed()),
        }
    }

    /// The shorter of `timeout` and the time that is left.
    ///
    /// # Errors
    /// [`TimeoutError`] if none is left: then nothing is sent.
    fn cap(&self, timeout: Duration) -> Result<Duration> {
        let Some(end) = self.end else { return Ok(timeout) };
        match end.saturating_duration_since(Instant::now()) {
            Duration::ZERO => Err(self.passed()),
            left => Ok(timeout.min(left)),
        }
    }

    /// Whether there is time for a delay of this length and something after it.
    fn allows(&self, delay: Duration) -> bool {
        self.end.is_none_or(|end| Instant::now() + delay < end)
    }

    /// The time that is left, if there is a deadline.
    fn left(&self) -> Option<Duration> {
        self.end.map(|end| end.saturating_duration_since(Instant::now()))
    }

    fn passed(&self) -> Error {
        TimeoutError::new(self.operation, TimeoutPhase::BeforeSending, self.allowed, Vec::new().into(), None)
            .into()
    }
}
