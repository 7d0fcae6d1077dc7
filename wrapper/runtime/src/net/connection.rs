//! The connection to the API: prepares requests with the generated client, sends them, and bounds how many are in flight.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use futures_util::FutureExt as _;
use gocardless_bank_data_generated::{Client, ClientInfo as _, Error as GeneratedError, ResponseValue};
use gocardless_bank_data_types::error::{InvalidRequestError, Result};
use gocardless_bank_data_types::{Operation, RequestCapture, Response, Timeouts};
use http::Method;
use http::header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::Request;
use serde::de::DeserializeOwned;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;
use tracing::Instrument as _;
use tracing::field::Empty;

use super::address::{Address, user_agent};
use super::body::RawResponse;
use super::safe_defaults::enforce_safe_defaults;
use super::tls::install_cryptography;
use crate::auth::AccessToken;
use crate::client::Settings;
use crate::observer::Observer;
use crate::policy::RetryBudget;
use crate::response;

/// How the API is reached.
pub struct Connection {
    http: reqwest::Client,
    address: Address,
    timeouts: Timeouts,
    body_limit: usize,
    permits: Semaphore,
    retries: RetryBudget,
    observer: Observer,
}

/// A request that will be built when it is sent, and the type of its response. Not before, because its body may hold a
/// secret, which is wiped here and not there.
pub struct PreparedRequest<T> {
    operation: Operation,
    build: Build,
    response: PhantomData<fn() -> T>,
}

type Build = Box<dyn FnOnce(&Client) -> Result<Request, InvalidRequestError> + Send + Sync>;

impl<T> fmt::Debug for PreparedRequest<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PreparedRequest").field("operation", &self.operation.id()).finish_non_exhaustive()
    }
}

impl<T> PreparedRequest<T> {
    /// The request of `operation`, which the generated function for it builds. The function returns at once, because its
    /// hook does not send.
    pub fn new(
        operation: Operation,
        function: impl AsyncFnOnce(&Client) -> Result<ResponseValue<T>, GeneratedError<()>>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        let build = move |client: &Client| {
            let result = function(client).now_or_never();
            let request = client.inner().take().ok_or_else(|| reason(result));
            request.map_err(|reason| InvalidRequestError::in_operation(operation, reason))
        };
        Self { operation, build: Box::new(build), response: PhantomData }
    }

    /// A request that no generated function builds, to a path with its query below the address of the API.
    #[must_use]
    pub fn raw(operation: Operation, path: String, body: Option<Vec<u8>>) -> Self {
        let build = move |client: &Client| {
            let unfit = || InvalidRequestError::in_operation(operation, "its path or method cannot be sent");
            let url = format!("{}{path}", client.baseurl());
            let method = Method::from_bytes(operation.method().as_bytes()).map_err(|_| unfit())?;
            let request = client.client().request(method, url).header(ACCEPT, "application/json");
            let request = match body {
                Some(body) => request.header(CONTENT_TYPE, "application/json").body(body),
                None => request,
            };
            request.build().map_err(|_| unfit())
        };
        Self { operation, build: Box::new(build), response: PhantomData }
    }

    /// A call of `operation` that fails for this reason before anything is sent.
    pub fn rejected(operation: Operation, reason: impl fmt::Display) -> Self {
        let reason = reason.to_string();
        let build = move |_: &Client| Err(InvalidRequestError::in_operation(operation, reason));
        Self { operation, build: Box::new(build), response: PhantomData }
    }

    /// The operation that the request calls.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.operation
    }
}

impl Connection {
    /// A connection with these settings. Nothing is sent.
    ///
    /// # Errors
    /// [`InvalidRequestError`] if a setting cannot be right.
    pub(crate) fn new(settings: Settings) -> Result<Self, InvalidRequestError> {
        let parse = if settings.is_test_server { Address::parse_test_server } else { Address::parse };
        let address = parse(&settings.base_url)?;
        if settings.max_connections == 0 {
            return Err(InvalidRequestError::new("max connections", "is 0, so that no call could be sent"));
        }
        let has_tls = cfg!(any(feature = "rustls", feature = "rustls-aws-lc-rs", feature = "native-tls"));
        if !has_tls && !address.is_direct() {
            let reason = "needs tls; enable the feature rustls or native-tls of gocardless-bank-data";
            return Err(InvalidRequestError::new("base url", reason));
        }
        install_cryptography();
        let http = enforce_safe_defaults(settings.http, &address)
            .connect_timeout(settings.timeouts.connect)
            .user_agent(user_agent(&settings.user_agent)?)
            .build()
            .map_err(|_| InvalidRequestError::new("http client", "could not be built from these settings"))?;
        Ok(Self {
            http,
            address,
            timeouts: settings.timeouts,
            body_limit: settings.body_limit,
            permits: Semaphore::new(settings.max_connections.min(Semaphore::MAX_PERMITS)),
            retries: RetryBudget::default(),
            observer: settings.observer,
        })
    }

    /// The address of the API.
    pub(crate) fn address(&self) -> &Address {
        &self.address
    }

    /// How long a call of `operation` may take.
    pub(crate) fn timeout(&self, operation: Operation) -> Duration {
        self.timeouts.of(operation.class())
    }

    /// Waits for one of the places for calls in flight, so that a burst of calls does not open a socket each.
    pub(crate) async fn permit(&self) -> Option<SemaphorePermit<'_>> {
        // The semaphore is never closed; if it were, calls would no longer be bounded and nothing else.
        self.permits.acquire().await.ok()
    }

    /// Whether one more call may be retried now; if so, it is counted.
    pub(crate) fn take_retry(&self) -> bool {
        self.retries.take(Instant::now())
    }

    /// Builds a request.
    ///
    /// # Errors
    /// [`InvalidRequestError`] if it cannot be built from its parameters.
    pub(crate) fn build<T>(&self, request: PreparedRequest<T>) -> Result<Request, InvalidRequestError> {
        let capture = RequestCapture::default();
        (request.build)(&Client::new_with_client(self.address.as_str(), self.http.clone(), capture))
    }

    /// Sends `request` once and decodes the response, in a span that shows what happened and no id of a person, an account
    /// or a consent. The names of its fields are OpenTelemetry's for HTTP clients; `url.full` is missing because it has ids.
    pub(crate) async fn send<T: DeserializeOwned>(
        &self,
        operation: Operation,
        request: &Request,
        token: Option<&AccessToken>,
        timeout: Duration,
        attempt: u32,
    ) -> Result<Response<T>> {
        let unfit = || InvalidRequestError::new("access token", "cannot be sent in a header");
        let mut request = request
            .try_clone()
            .ok_or_else(|| InvalidRequestError::in_operation(operation, "its body cannot be sent again"))?;
        if let Some(token) = token {
            request.headers_mut().insert(AUTHORIZATION, token.bearer().ok_or_else(unfit)?.clone());
        }
        // Nothing here decompresses, and a proxy must not have to guess it.
        request.headers_mut().insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        *request.timeout_mut() = Some(timeout);
        let span = tracing::debug_span!(
            "bank_data",
            otel.name = %format_args!("{} {}", operation.method(), operation.path()),
            otel.kind = "client",
            otel.status_code = Empty,
            operation = operation.id(),
            http.request.method = operation.method(),
            http.request.resend_count = (attempt > 1).then(|| i64::from(attempt) - 1),
            url.template = operation.path(),
            server.address = self.address.host(),
            server.port = self.address.port().map(i64::from),
            http.response.status_code = Empty,
            error.type = Empty,
            request_id = Empty,
        );
        let watch = self.observer.watch(operation, attempt);
        let result = async {
            tracing::trace!(operation = operation.id(), "sending");
            match self.http.execute(request).await {
                Ok(response) => Ok(RawResponse::read(response, self.body_limit).await),
                Err(error) => Err(error),
            }
        };
        let result = response::into_result(operation, timeout, result.instrument(span.clone()).await);
        if !span.is_disabled() {
            let (status, request_id) = match &result {
                Ok(response) => (Some(response.status()), response.request_id()),
                Err(error) => (error.status(), error.api().and_then(|api| api.request_id())),
            };
            status.map(|status| span.record("http.response.status_code", i64::from(status.as_u16())));
            request_id.map(|id| span.record("request_id", id));
            if let Err(error) = &result {
                span.record("error.type", error.error_type()).record("otel.status_code", "error");
            }
        }
        span.in_scope(|| match &result {
            Ok(_) => tracing::debug!("succeeded"),
            Err(error) => tracing::debug!(error.type = error.error_type(), "failed"),
        });
        if let Some(watch) = watch {
            watch.end(&result);
        }
        result
    }
}

/// Why the generated client built no request. The text of its other errors is never used: it may hold bodies, headers and
/// URLs.
fn reason<T>(result: Option<Result<T, GeneratedError<()>>>) -> String {
    match result {
        Some(Err(GeneratedError::InvalidRequest(reason))) => reason,
        _ => "the request could not be built from these values".to_owned(),
    }
}

/// Shows no client: an HTTP client may show its default headers.
impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("address", &self.address)
            .field("timeouts", &self.timeouts)
            .field("body_limit", &self.body_limit)
            .finish_non_exhaustive()
    }
}
