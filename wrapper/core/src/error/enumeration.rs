//! The one error type of the client, and the questions that can be asked of any error.

use std::fmt;
use std::time::SystemTime;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::advice::Advice;
use super::api::ApiError;
use super::auth::AuthError;
use super::body::FieldError;
use super::decode::DecodeError;
use super::guard::GuardError;
use super::kind::ApiErrorKind;
use super::list::{ListError, ListReason};
use super::request::InvalidRequestError;
use super::trail::Trail;
use super::transport::{ConnectionFailure, Sent, TimeoutError, TransportError};
use crate::limits::RateLimits;
use crate::operation::Class;

/// Why a call failed.
///
/// ```no_run
/// use gocardless_bank_data_core::error::{Advice, Error};
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
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The API answered with a status that is no success.
    Api(Box<ApiError>),
    /// No usable access token; the call itself was never sent.
    Auth(AuthError),
    /// A deadline passed before the whole answer arrived.
    Timeout(Box<TimeoutError>),
    /// The connection failed.
    Transport(Box<TransportError>),
    /// A success whose body is not what the contract promises.
    Decode(Box<DecodeError>),
    /// A list in pages was not read to its end.
    List(Box<ListError>),
    /// Not sent, so that the account is not suspended.
    Guard(Box<GuardError>),
    /// Rejected on this side; nothing was sent.
    InvalidRequest(InvalidRequestError),
}

/// The result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// The API's answer, where there was one that is no success; for [`Error::Auth`] that of the token operation.
    #[must_use]
    pub fn api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            Self::Auth(error) => error.cause().api(),
            _ => None,
        }
    }

    /// What the API's answer means, where there was one that is no success.
    ///
    /// # Troubleshooting
    /// `None` means that no error answer came: look at the variant, or at [`Error::advice`].
    #[must_use]
    pub fn kind(&self) -> Option<ApiErrorKind> {
        self.api().map(ApiError::kind)
    }

    /// The HTTP status, where an answer came.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Decode(error) => Some(error.status()),
            other => other.api().map(ApiError::status),
        }
    }

    /// The headers of an answer that is no success.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.api().map(ApiError::headers)
    }

    /// The body of the answer, or as much of it as came. It may hold bank data: do not log it.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        match self {
            Self::Api(error) => Some(error.body()),
            Self::Auth(error) => error.cause().body(),
            Self::Timeout(error) => Some(error.body()),
            Self::Transport(error) => Some(error.body()),
            Self::Decode(error) => Some(error.body()),
            Self::List(_) | Self::Guard(_) | Self::InvalidRequest(_) => None,
        }
    }

    /// What the API said about single fields of the request.
    #[must_use]
    pub fn fields(&self) -> &[FieldError] {
        self.api().map_or(&[], ApiError::fields)
    }

    /// The limits that an error answer told.
    #[must_use]
    pub fn rate_limits(&self) -> Option<&RateLimits> {
        self.api().map(ApiError::rate_limits)
    }

    /// When the call may be made again, where that is known.
    ///
    /// # Troubleshooting
    /// A bank's own daily limit does not say when it ends; then this is `None` and the advice is
    /// [`Advice::WaitLonger`].
    #[must_use]
    pub fn retry_at(&self) -> Option<SystemTime> {
        match self {
            Self::Auth(error) => error.retry_at().or_else(|| error.cause().retry_at()),
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
            Self::Auth(error) => error.cause().advice(),
            Self::Timeout(error) => after_failed_connection(error.sent(), error.operation().class()),
            Self::Transport(error) if error.failure() == ConnectionFailure::Certificate => {
                Advice::ContactSupport
            }
            Self::Transport(error) => after_failed_connection(error.sent(), error.operation().class()),
            Self::List(error) if error.reason() == ListReason::TooManyPages => Advice::FixRequest,
            Self::Decode(_) | Self::List(_) => Advice::ContactSupport,
            Self::Guard(_) => Advice::Reconnect,
            Self::InvalidRequest(_) => Advice::FixRequest,
        }
    }

    /// Whether the cause passes by itself, so that the same call may succeed later.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(
            self.advice(),
            Advice::WaitUntil(_)
                | Advice::WaitLonger
                | Advice::Retry
                | Advice::CheckFirst
                | Advice::PollAccount
        ) && self.kind() != Some(ApiErrorKind::DuplicateReference)
    }

    /// Whether there is no such thing, or none for this company.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.kind() == Some(ApiErrorKind::NotFound)
    }

    /// Whether a limit was reached: the company's, the account's or the bank's.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        matches!(self.kind(), Some(ApiErrorKind::RateLimited(_)))
    }

    /// Whether a deadline passed.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Timeout(_) => true,
            Self::Auth(error) => error.cause().is_timeout(),
            _ => false,
        }
    }

    /// Whether the person has to connect the account anew.
    #[must_use]
    pub fn needs_new_consent(&self) -> bool {
        self.advice() == Advice::Reconnect
    }

    /// How often the call was sent, the first time included; 0 where nothing was.
    ///
    /// # Troubleshooting
    /// A "not found" for a delete that was sent twice may mean that the first try did it.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.trail().map_or(0, |trail| trail.attempts)
    }

    /// The reference of the requisition that was to be created, to look it up by where the outcome is not known.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        self.trail().and_then(|trail| trail.reference.as_deref())
    }

    /// The same error of a call that was sent so often, with the reference it carried.
    #[must_use]
    pub fn after(mut self, attempts: u32, reference: Option<&str>) -> Self {
        let trail = match &mut self {
            Self::Api(error) => &mut error.trail,
            Self::Timeout(error) => &mut error.trail,
            Self::Transport(error) => &mut error.trail,
            Self::Decode(error) => &mut error.trail,
            Self::Auth(_) | Self::List(_) | Self::Guard(_) | Self::InvalidRequest(_) => return self,
        };
        *trail = Trail { attempts, reference: reference.map(str::to_owned) };
        self
    }

    fn trail(&self) -> Option<&Trail> {
        match self {
            Self::Api(error) => Some(&error.trail),
            Self::Timeout(error) => Some(&error.trail),
            Self::Transport(error) => Some(&error.trail),
            Self::Decode(error) => Some(&error.trail),
            Self::Auth(_) | Self::List(_) | Self::Guard(_) | Self::InvalidRequest(_) => None,
        }
    }

    /// Whether the server can have carried out the call although no success came back.
    #[must_use]
    pub fn sent(&self) -> Sent {
        match self {
            Self::Auth(_) | Self::Guard(_) | Self::InvalidRequest(_) => Sent::No,
            Self::Timeout(error) => error.sent(),
            Self::Transport(error) => error.sent(),
            Self::Api(_) | Self::Decode(_) | Self::List(_) => Sent::Maybe,
        }
    }
}

fn after_failed_connection(sent: Sent, class: Class) -> Advice {
    match (sent, class) {
        (Sent::Maybe, Class::Write) => Advice::CheckFirst,
        // It may have been one of the four calls of the day.
        (Sent::Maybe, Class::ScarceRead) => Advice::WaitLonger,
        _ => Advice::Retry,
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::Auth(error) => error.fmt(f),
            Self::Timeout(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::List(error) => error.fmt(f),
            Self::Guard(error) => error.fmt(f),
            Self::InvalidRequest(error) => error.fmt(f),
        }
    }
}

// The variants print themselves, so their own sources come next in the chain and nothing is said twice.
impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Auth(error) => error.source(),
            Self::Timeout(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Api(_) | Self::Decode(_) | Self::List(_) | Self::Guard(_) | Self::InvalidRequest(_) => None,
        }
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        Self::Api(Box::new(error))
    }
}

impl From<AuthError> for Error {
    fn from(error: AuthError) -> Self {
        Self::Auth(error)
    }
}

impl From<TimeoutError> for Error {
    fn from(error: TimeoutError) -> Self {
        Self::Timeout(Box::new(error))
    }
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        Self::Transport(Box::new(error))
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        Self::Decode(Box::new(error))
    }
}

impl From<ListError> for Error {
    fn from(error: ListError) -> Self {
        Self::List(Box::new(error))
    }
}

impl From<GuardError> for Error {
    fn from(error: GuardError) -> Self {
        Self::Guard(Box::new(error))
    }
}

impl From<InvalidRequestError> for Error {
    fn from(error: InvalidRequestError) -> Self {
        Self::InvalidRequest(error)
    }
}
