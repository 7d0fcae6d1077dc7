//! The one error type of the client, and what can be asked of any error.

use std::fmt;
use std::time::SystemTime;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::advice::Advice;
use super::api::ApiError;
use super::auth::AuthError;
use super::body::FieldError;
use super::budget::BudgetError;
use super::call_context::CallContext;
use super::circuit_open::CircuitOpenError;
use super::decode::{DecodeError, DecodeReason};
use super::kind::{ApiErrorKind, RateLimitScope};
use super::list::{ListError, ListReason};
use super::request::InvalidRequestError;
use super::transport::{ConnectionFailure, ResponseHead, Sent, TimeoutError, TimeoutPhase, TransportError};
use crate::operation::OperationClass;
use crate::rate_limits::RateLimits;
use crate::request_id::request_id;
use crate::value::InvalidId;

/// Why a call failed.
///
/// ```no_run
/// use gocardless_bank_data_types::error::{Advice, Error};
///
/// fn report(error: &Error) {
///     eprintln!("{error}");
///     match error.advice() {
///         Advice::WaitUntil(at) => eprintln!("again at {at:?}"),
///         Advice::Reconnect => eprintln!("send the person to a new link"),
///         other => eprintln!("{other}"),
///     }
/// }
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub enum Error {
    /// The API returned an error status.
    Api(Box<ApiError>),
    /// No usable access token; the call itself was never sent.
    Auth(AuthError),
    /// A timeout or deadline passed before the whole response arrived.
    Timeout(Box<TimeoutError>),
    /// The connection failed.
    Transport(Box<TransportError>),
    /// A success whose body could not be decoded.
    Decode(Box<DecodeError>),
    /// A list in pages was not read to its end.
    List(Box<ListError>),
    /// Not sent, because the circuit breaker of the account is open.
    CircuitOpen(Box<CircuitOpenError>),
    /// Not sent, because a limit of the company or the account leaves no place for it now.
    Budget(Box<BudgetError>),
    /// Rejected on this side; nothing was sent.
    InvalidRequest(InvalidRequestError),
}

/// The result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// The API's error response, if there was one; for [`Error::Auth`] that of the token operation.
    #[must_use]
    pub fn api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            Self::Auth(error) => error.cause().api(),
            _ => None,
        }
    }

    /// What the API's error response means, if there was one.
    ///
    /// # Troubleshooting
    /// `None` means that there was no error response: look at the variant, or at [`Error::advice`].
    #[must_use]
    pub fn kind(&self) -> Option<ApiErrorKind> {
        self.api().map(ApiError::kind)
    }

    /// A stable identifier of the cause for metrics and logs, OpenTelemetry's attribute `error.type`: one of some fifty, which
    /// say nothing about the account. For [`Error::Auth`] it is that of the token operation.
    ///
    /// ```
    /// use gocardless_bank_data_types::error::{Error, InvalidRequestError};
    ///
    /// assert_eq!(Error::from(InvalidRequestError::new("base url", "has no host")).error_type(), "invalid_request");
    /// ```
    #[must_use]
    pub fn error_type(&self) -> &'static str {
        match self {
            Self::Api(error) => error.kind().as_str(),
            Self::Auth(error) => error.cause().error_type(),
            Self::Timeout(error) => match error.phase() {
                TimeoutPhase::BeforeSending => "timeout_before_sending",
                TimeoutPhase::Connect => "timeout_connect",
                TimeoutPhase::Response => "timeout_response",
                TimeoutPhase::Body => "timeout_body",
            },
            Self::Transport(error) => match error.failure() {
                ConnectionFailure::Connect => "connection_not_made",
                ConnectionFailure::Certificate => "certificate_refused",
                ConnectionFailure::Broken => "connection_broken",
                ConnectionFailure::CutShort => "response_cut_short",
            },
            Self::Decode(error) => match error.reason() {
                DecodeReason::Shape => "response_shape",
                DecodeReason::Syntax => "response_syntax",
                DecodeReason::Incomplete => "response_incomplete",
                DecodeReason::TooLarge => "response_too_large",
                DecodeReason::Compressed => "response_compressed",
            },
            Self::List(_) => "list_incomplete",
            Self::CircuitOpen(_) => "circuit_open",
            Self::Budget(_) => "budget",
            Self::InvalidRequest(_) => "invalid_request",
        }
    }

    /// The HTTP status, if a response arrived.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Decode(error) => Some(error.status()),
            Self::Auth(error) => error.cause().status(),
            other => other.head().map(|head| head.status).or_else(|| other.api().map(ApiError::status)),
        }
    }

    /// The headers of the response, if one arrived.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::Decode(error) => Some(error.headers()),
            Self::Auth(error) => error.cause().headers(),
            other => other.head().map(|head| &head.headers).or_else(|| other.api().map(ApiError::headers)),
        }
    }

    /// The request id of the response, for questions to the support of the service.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.headers().and_then(request_id)
    }

    /// The body of the response, or as much of it as arrived. It may hold bank data: do not log it.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        match self {
            Self::Api(error) => Some(error.body()),
            Self::Auth(error) => error.cause().body(),
            Self::Timeout(error) => Some(error.body()),
            Self::Transport(error) => Some(error.body()),
            Self::Decode(error) => Some(error.body()),
            Self::List(_) | Self::CircuitOpen(_) | Self::Budget(_) | Self::InvalidRequest(_) => None,
        }
    }

    /// What the API said about individual fields of the request.
    #[must_use]
    pub fn fields(&self) -> &[FieldError] {
        self.api().map_or(&[], ApiError::fields)
    }

    /// The rate limits that the response stated, if one arrived.
    #[must_use]
    pub fn rate_limits(&self) -> Option<&RateLimits> {
        match self {
            Self::Decode(error) => Some(error.rate_limits()),
            Self::Auth(error) => error.cause().rate_limits(),
            other => {
                other.head().map(|head| &head.rate_limits).or_else(|| other.api().map(ApiError::rate_limits))
            }
        }
    }

    /// The head of a response whose body broke off.
    fn head(&self) -> Option<&ResponseHead> {
        match self {
            Self::Timeout(error) => error.call.head.as_deref(),
            Self::Transport(error) => error.call.head.as_deref(),
            _ => None,
        }
    }

    /// When the call may be made again, if that is known.
    ///
    /// # Troubleshooting
    /// A bank's own daily limit does not state its reset; then this is `None` and the advice is [`Advice::WaitLonger`].
    #[must_use]
    pub fn retry_at(&self) -> Option<SystemTime> {
        match self {
            Self::Auth(error) => error.retry_at().or_else(|| error.cause().retry_at()),
            Self::CircuitOpen(error) => error.retry_at(),
            Self::Budget(error) => Some(error.retry_at()),
            other => other.api().and_then(ApiError::retry_at),
        }
    }

    /// What to do about it.
    ///
    /// # Troubleshooting
    /// [`Advice::CheckFirst`] after a create means that it may have been carried out: look for its `reference` among
    /// the requisitions before creating again.
    #[must_use]
    pub fn advice(&self) -> Advice {
        match self {
            Self::Api(error) => error.advice(),
            Self::Auth(error) => match (error.cause().advice(), error.retry_at()) {
                // Until then nothing is sent.
                (Advice::Retry | Advice::WaitUntil(_), Some(at)) => Advice::WaitUntil(at),
                (advice, _) => advice,
            },
            Self::Timeout(error) => after_failed_connection(error.sent(), error.operation().class()),
            Self::Transport(error) if error.failure() == ConnectionFailure::Certificate => {
                Advice::ContactSupport
            }
            Self::Transport(error) => after_failed_connection(error.sent(), error.operation().class()),
            Self::List(error) if error.reason() == ListReason::TooManyPages => Advice::FixRequest,
            Self::Decode(error) => error.advice(),
            Self::List(_) => Advice::ContactSupport,
            Self::CircuitOpen(error) => error.advice(),
            Self::Budget(error) => Advice::WaitUntil(error.retry_at()),
            Self::InvalidRequest(_) => Advice::FixRequest,
        }
    }

    /// Whether the cause is transient, so that the same call may succeed later.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(
            self.advice(),
            Advice::WaitUntil(_)
                | Advice::WaitLonger
                | Advice::Retry
                | Advice::CheckFirst
                | Advice::PollAccount
                | Advice::ResetCircuit
        ) && self.kind() != Some(ApiErrorKind::DuplicateReference)
    }

    /// Whether the resource does not exist, or not for this company.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.kind() == Some(ApiErrorKind::NotFound)
    }

    /// Whose limit was reached, by what the client counts or by what the service said; `None` if the call failed for another
    /// reason.
    #[must_use]
    pub fn rate_limit_scope(&self) -> Option<RateLimitScope> {
        match (self, self.kind()) {
            (Self::Budget(error), _) => error.scope(),
            (Self::Auth(error), _) => error.cause().rate_limit_scope(),
            (_, Some(ApiErrorKind::RateLimited(scope))) => Some(scope),
            _ => None,
        }
    }

    /// Whether a limit was reached: the company's, the account's or the bank's.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.rate_limit_scope().is_some()
    }

    /// Whether a timeout or deadline passed.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Timeout(_) => true,
            Self::Auth(error) => error.cause().is_timeout(),
            _ => false,
        }
    }

    /// Whether the person has to connect the account again.
    #[must_use]
    pub fn needs_new_consent(&self) -> bool {
        self.advice() == Advice::Reconnect
    }

    /// How often the call was sent, including the first time; 0 if nothing was sent.
    ///
    /// # Troubleshooting
    /// A "not found" for a delete that was sent twice may mean that the first attempt succeeded.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.context().map_or(0, |context| context.attempts)
    }

    /// The reference of the requisition that was to be created, to look it up by if the outcome is unknown.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        self.context().and_then(|context| context.reference.as_deref())
    }

    /// The same error of a call that was sent so often, with the reference it carried.
    #[doc(hidden)]
    #[must_use]
    pub fn after(mut self, attempts: u32, reference: Option<&str>) -> Self {
        let context = match &mut self {
            Self::Api(error) => &mut error.context,
            Self::Timeout(error) => &mut error.call.context,
            Self::Transport(error) => &mut error.call.context,
            Self::Decode(error) => &mut error.context,
            Self::Auth(_)
            | Self::List(_)
            | Self::CircuitOpen(_)
            | Self::Budget(_)
            | Self::InvalidRequest(_) => return self,
        };
        *context = CallContext { attempts, reference: reference.map(str::to_owned) };
        self
    }

    /// The same error, whose call can succeed from this instant on.
    #[doc(hidden)]
    #[must_use]
    pub fn until(mut self, at: SystemTime) -> Self {
        if let Self::Api(error) = &mut self {
            error.retry_at = Some(at);
        }
        self
    }

    fn context(&self) -> Option<&CallContext> {
        match self {
            Self::Api(error) => Some(&error.context),
            Self::Timeout(error) => Some(&error.call.context),
            Self::Transport(error) => Some(&error.call.context),
            Self::Decode(error) => Some(&error.context),
            Self::Auth(_)
            | Self::List(_)
            | Self::CircuitOpen(_)
            | Self::Budget(_)
            | Self::InvalidRequest(_) => None,
        }
    }

    /// What the variant holds.
    fn inner(&self) -> &(dyn std::error::Error + 'static) {
        match self {
            Self::Api(error) => error,
            Self::Auth(error) => error,
            Self::Timeout(error) => error,
            Self::Transport(error) => error,
            Self::Decode(error) => error,
            Self::List(error) => error,
            Self::CircuitOpen(error) => error,
            Self::Budget(error) => error,
            Self::InvalidRequest(error) => error,
        }
    }

    /// Whether the server may have carried out the call although no success came back.
    #[must_use]
    pub fn sent(&self) -> Sent {
        match self {
            Self::Auth(_) | Self::CircuitOpen(_) | Self::Budget(_) | Self::InvalidRequest(_) => Sent::No,
            Self::Timeout(error) => error.sent(),
            Self::Transport(error) => error.sent(),
            Self::Api(_) | Self::Decode(_) | Self::List(_) => Sent::Maybe,
        }
    }
}

fn after_failed_connection(sent: Sent, class: OperationClass) -> Advice {
    match (sent, class) {
        (Sent::Maybe, OperationClass::Write) => Advice::CheckFirst,
        // It may have been one of the four calls of the day.
        (Sent::Maybe, OperationClass::MeteredRead) => Advice::WaitLonger,
        _ => Advice::Retry,
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.inner(), f)
    }
}

/// Begins with the sentence of `Display`, so that a `main` that returns the error says what failed.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} (")?;
        fmt::Debug::fmt(self.inner(), f)?;
        f.write_str(")")
    }
}

// The variants print themselves, so their own sources come next in the chain and nothing is said twice.
impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.inner().source()
    }
}

/// `into` boxes what the variant holds in a box.
macro_rules! from {
    ($($inner:ident => $variant:ident),* $(,)?) => {$(
        impl From<$inner> for Error {
            fn from(error: $inner) -> Self {
                Self::$variant(error.into())
            }
        }
    )*};
}

from! {
    ApiError => Api,
    AuthError => Auth,
    TimeoutError => Timeout,
    TransportError => Transport,
    DecodeError => Decode,
    ListError => List,
    CircuitOpenError => CircuitOpen,
    BudgetError => Budget,
    InvalidRequestError => InvalidRequest,
}

/// So that `?` works on an id that is parsed in a function that returns this error.
impl From<InvalidId> for Error {
    fn from(error: InvalidId) -> Self {
        InvalidRequestError::new("id", error.to_string()).into()
    }
}
