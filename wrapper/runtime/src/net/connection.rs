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
use tracing::field::Empty;
use tracing::{Instrument as _, Span};

use super::address::{Address, user_agent};
use super::body::RawResponse;
use super::safe_defaults::enforce_safe_defaults;
use super::tls::install_cryptography;
use crate::client::Settings;
use crate::observer::Observer;
use crate::policy::RetryBudget;
use crate::response;

/// How the API is reached.
pub struct Connection {
    generated: Client,
    address: Address,
    timeouts: Timeouts,
    body_limit: usize,
    permits: Semaphore,
    retries: RetryBudget,
    observer: Observer,
}

/// A request that will be built when it is sent, again for each attempt, and the type of its response. Not before, because
/// its body may hold a secret, which is wiped here and not there.
pub struct PreparedRequest<T> {
    operation: Operation,
    build: Build,
    response: PhantomData<fn() -> T>,
}

type Build = Box<dyn Fn(&Client) -> Result<Request, InvalidRequestError> + Send + Sync>;

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
        function: impl AsyncFn(&Client) -> Result<ResponseValue<T>, GeneratedError<()>> + Send + Sync + 'static,
    ) -> Self {
        let build = move |client: &Client| {
            let result = function(client).now_or_never();
            match client.inner().take() {
                Some(request) => Ok(request),
                None => Err(InvalidRequestError::in_operation(operation, reason(result))),
            }
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
            let request = match &body {
                Some(body) => request.header(CONTENT_TYPE, "application/json").body(body.clone()),
                None => request,
            };
            request.build().map_err(|_| unfit())
        };
        Self { operation, build: Box::new(build), response: PhantomData }
    }

    /// A call of `operation` that fails for this reason before anything is sent.
    pub fn rejected(operation: Operation, reason: impl fmt::Display) -> Self {
        let reason = reason.to_string();
        let build = move |_: &Client| Err(InvalidRequestError::in_operation(operation, &*reason));
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
            .timeout(settings.timeouts.plain_read)
            .user_agent(user_agent(&settings.user_agent)?)
            .build()
            .map_err(|_| InvalidRequestError::new("http client", "could not be built from these settings"))?;
        Ok(Self {
            generated: Client::new_with_client(address.as_str(), http, RequestCapture),
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
        match self.permits.try_acquire() {
            Ok(permit) => Some(permit),
            // The semaphore is never closed; if it were, calls would no longer be bounded and nothing else.
            Err(_) => Box::pin(self.permits.acquire()).await.ok(),
        }
    }

    /// Whether one more call may be retried now; if so, it is counted.
    pub(crate) fn take_retry(&self) -> bool {
        self.retries.take(Instant::now())
    }

    /// Builds a request.
    ///
    /// # Errors
    /// [`InvalidRequestError`] if it cannot be built from its parameters.
    pub(crate) fn build<T>(&self, request: &PreparedRequest<T>) -> Result<Request, InvalidRequestError> {
        (request.build)(&self.generated)
    }

    /// Sends `request` once and decodes the response, in a span that shows what happened and no id of a person, an account
    /// or a consent. The names of its fields are OpenTelemetry's for HTTP clients; `url.full` is missing because it has ids.
    ///
    /// It begins when it is called, so that the request takes no room in the future.
    pub(crate) fn send<T: DeserializeOwned>(
        &self,
        operation: Operation,
        mut request: Request,
        bearer: Option<&HeaderValue>,
        timeout: Duration,
        attempt: u32,
    ) -> impl Future<Output = Result<Response<T>>> {
        if let Some(bearer) = bearer {
            request.headers_mut().insert(AUTHORIZATION, bearer.clone());
        }
        // Nothing here decompresses, and a proxy must not have to guess it.
        request.headers_mut().insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        // The client has this one by itself; for another one, a request needs a map of extensions.
        if timeout != self.timeouts.plain_read {
            *request.timeout_mut() = Some(timeout);
        }
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
        let response = span.in_scope(|| {
            tracing::trace!(operation = operation.id(), "sending");
            self.generated.client().execute(request)
        });
        let body_limit = self.body_limit;
        async move {
            let response = async move {
                match response.await {
                    Ok(response) => Ok(RawResponse::read(response, body_limit).await),
                    Err(error) => Err(error),
                }
            };
            let response = response.instrument(span.clone()).await;
            let result = response::into_result(operation, timeout, response);
            record(&span, &result);
            if let Some(watch) = watch {
                watch.end(&result);
            }
            result
        }
    }
}

/// Writes into the span of an attempt how it ended.
fn record<T>(span: &Span, result: &Result<Response<T>>) {
    if !span.is_disabled() {
        let (status, request_id) = match result {
            Ok(response) => (Some(response.status()), response.request_id()),
            Err(error) => (error.status(), error.api().and_then(|api| api.request_id())),
        };
        status.map(|status| span.record("http.response.status_code", i64::from(status.as_u16())));
        request_id.map(|id| span.record("request_id", id));
        if let Err(error) = result {
            span.record("error.type", error.error_type()).record("otel.status_code", "error");
        }
    }
    span.in_scope(|| match result {
        Ok(_) => tracing::debug!("succeeded"),
        Err(error) => tracing::debug!(error.type = error.error_type(), "failed"),
    });
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
