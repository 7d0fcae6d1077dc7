//! A response with an error status.

use std::fmt;
use std::time::SystemTime;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::advice::Advice;
use super::body::{ErrorBody, FieldError};
use super::call_context::CallContext;
use super::display::{Cleaned, Length, SafeHeaders};
use super::kind::{ApiErrorKind, RateLimitScope, classify};
use crate::operation::{Operation, OperationClass};
use crate::rate_limits::{RateLimit, RateLimits, wait_in_text};
use crate::request_id::request_id;

/// The most fields whose errors are shown; no request has as many.
const MOST_FIELDS: usize = 20;

/// The API returned an error: its status, what it said, and what that means.
#[derive(Clone)]
pub struct ApiError {
    operation: Operation,
    kind: ApiErrorKind,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    read: ErrorBody,
    rate_limits: RateLimits,
    pub(super) retry_at: Option<SystemTime>,
    pub(crate) context: CallContext,
}

impl ApiError {
    /// Reads an error response that arrived at `now`.
    ///
    /// The body of a token operation is read and then dropped, since it may repeat what was sent.
    ///
    /// The client calls it; a test of what your program does about an error can call it too:
    ///
    /// ```
    /// use std::time::SystemTime;
    ///
    /// use gocardless_bank_data_types::error::{Advice, ApiError, Error};
    /// use gocardless_bank_data_types::{Operation, OperationClass};
    /// use http::{HeaderMap, StatusCode};
    ///
    /// // `gocardless_bank_data::operation` has them all.
    /// let balances = Operation::new(&("get_account_balances", "GET", "/", OperationClass::MeteredRead));
    /// let body = r#"{"summary": "Access expired", "type": "AccessExpiredError", "status_code": 401}"#.into();
    /// let now = SystemTime::now();
    /// let error: Error = ApiError::read(balances, StatusCode::UNAUTHORIZED, HeaderMap::new(), body, now).into();
    /// assert!(matches!(error.advice(), Advice::Reconnect));
    /// ```
    #[must_use]
    pub fn read(
        operation: Operation,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        now: SystemTime,
    ) -> Self {
        let read = ErrorBody::read(&body);
        Self::from_parts(operation, status, headers, body, read, now)
    }

    /// The error that a response with a success status is after all, because its body says so.
    #[doc(hidden)]
    #[must_use]
    pub fn within_success(
        operation: Operation,
        status: StatusCode,
        headers: &HeaderMap,
        body: &Bytes,
        now: SystemTime,
    ) -> Option<Self> {
        let read = ErrorBody::read(body);
        let is_error = read.status_code.is_some() || read.code.is_some() || read.is_token_not_valid;
        is_error.then(|| Self::from_parts(operation, status, headers.clone(), body.clone(), read, now))
    }

    fn from_parts(
        operation: Operation,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        read: ErrorBody,
        now: SystemTime,
    ) -> Self {
        let read = read.without_secrets(operation);
        let rate_limits = RateLimits::from_headers(&headers, now);
        let meant = match read.status_code {
            Some(meant) if status.is_success() => meant,
            None if status.is_success() && read.is_token_not_valid => 401,
            _ => status.as_u16(),
        };
        let kind = classify(operation, meant, &read, &rate_limits);
        let retry_at = retry_at(kind, &read, &rate_limits, now);
        let body = if operation.class() == OperationClass::Token { Bytes::new() } else { body };
        Self {
            operation,
            kind,
            status,
            headers,
            body,
            read,
            rate_limits,
            retry_at,
            context: CallContext::default(),
        }
    }

    /// The operation that was called.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// What the response means.
    #[must_use]
    pub fn kind(&self) -> ApiErrorKind {
        self.kind
    }

    /// The HTTP status. The `status_code` of the body is ignored.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers as they came.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came; empty for the token operations. It may hold bank data: do not log it.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The API's short description of what went wrong.
    #[must_use]
    pub fn summary(&self) -> Option<&str> {
        self.read.summary.as_deref()
    }

    /// The API's long description of what went wrong.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        self.read.detail.as_deref()
    }

    /// The member `type` of the body, such as `AccessExpiredError`. Only account data has it.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.read.code.as_deref()
    }

    /// What the API said about individual fields of the request.
    #[must_use]
    pub fn fields(&self) -> &[FieldError] {
        &self.read.fields
    }

    /// The rate limits that the headers state.
    #[must_use]
    pub fn rate_limits(&self) -> &RateLimits {
        &self.rate_limits
    }

    /// The request id, for questions to the support of the service.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// When the call may be made again, if that is known. After a limit, the later of `Retry-After` and the reset of the
    /// limit that was reached, or else what the sentence in the body says. After a rejected token, when the client may
    /// have another one.
    #[must_use]
    pub fn retry_at(&self) -> Option<SystemTime> {
        self.retry_at
    }

    /// Whether the service may count this failure towards suspension of the account, which comes after ten in a row.
    ///
    /// The vendor's help pages name two types that do not count; every other one that comes from the bank is assumed to.
    #[must_use]
    pub fn leads_to_suspension(&self) -> bool {
        self.operation.class() == OperationClass::MeteredRead
            && self.code().is_some_and(|code| !["RateLimitError", "ServiceError"].contains(&code))
    }

    /// What to do about it.
    #[must_use]
    pub fn advice(&self) -> Advice {
        use ApiErrorKind as Kind;
        match self.kind {
            Kind::InvalidInput | Kind::NotFound | Kind::NotAllowed | Kind::Conflict => Advice::FixRequest,
            Kind::DuplicateReference => Advice::CheckFirst,
            // This very token works elsewhere, so the secret is not what the bank's data is refused for.
            Kind::Unauthorized if self.operation.class() == OperationClass::MeteredRead => {
                Advice::ContactSupport
            }
            // A rejected refresh token has to be replaced; a fresh access token that is rejected once may work later.
            Kind::TokenRejected if self.operation.class() != OperationClass::Token => {
                self.retry_at.map_or(Advice::Retry, Advice::WaitUntil)
            }
            Kind::CredentialsRejected | Kind::TokenRejected | Kind::Unauthorized => Advice::FixCredentials,
            // Retrying at once is what gets an account suspended.
            Kind::InstitutionFailed => Advice::WaitLonger,
            Kind::InstitutionUnavailable if self.leads_to_suspension() => Advice::WaitLonger,
            Kind::ConsentExpired
            | Kind::ConsentScope
            | Kind::AccountInactive
            | Kind::AccountAccess
            | Kind::AccountState
            | Kind::AccountSuspended => Advice::Reconnect,
            Kind::IpDenied => Advice::AllowIp,
            Kind::PaymentRequired => Advice::RaiseQuota,
            Kind::AccountProcessing => Advice::PollAccount,
            Kind::RateLimited(_) => self.retry_at.map_or(Advice::WaitLonger, Advice::WaitUntil),
            // Whether a failure of the service itself counts towards suspension is not known.
            Kind::Server if self.operation.class() == OperationClass::MeteredRead => Advice::WaitLonger,
            Kind::InstitutionUnavailable | Kind::Server => match self.operation.class() {
                // The response of a gateway does not say whether the resource was created behind it.
                OperationClass::Write => Advice::CheckFirst,
                _ => self.retry_at.map_or(Advice::Retry, Advice::WaitUntil),
            },
            Kind::PermissionDenied | Kind::Forbidden | Kind::Redirect | Kind::Other => Advice::ContactSupport,
        }
    }
}

/// The later of `Retry-After` and the reset of the limit that was reached; failing both, the time in the sentence.
fn retry_at(
    kind: ApiErrorKind,
    read: &ErrorBody,
    limits: &RateLimits,
    now: SystemTime,
) -> Option<SystemTime> {
    // A limit that has calls left is not the one that was reached.
    let reset =
        |limit: Option<RateLimit>| limit.filter(|it| it.remaining.unwrap_or_default() == 0)?.resets_at;
    let (account, general) = (reset(limits.account), reset(limits.general));
    let retry_after = limits.retry_after.and_then(|wait| now.checked_add(wait));
    let window = match kind {
        ApiErrorKind::RateLimited(RateLimitScope::Account) => account,
        ApiErrorKind::RateLimited(RateLimitScope::Company) => general,
        // The headers state the service's limits; the bank's own does not state its reset.
        ApiErrorKind::RateLimited(RateLimitScope::Institution) => None,
        _ => return retry_after.filter(|at| *at > now),
    };
    // The call was just rejected, so an instant that has come is not the end of the limit.
    let stated = retry_after.max(window).filter(|at| *at > now);
    let said = [&read.detail, &read.summary].into_iter().flatten();
    stated.or_else(|| said.filter_map(|text| wait_in_text(text)).find_map(|wait| now.checked_add(wait)))
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.operation.words(), self.kind, self.status.as_u16())?;
        let said: Vec<_> =
            [self.summary(), self.detail()].into_iter().flatten().filter(|text| !text.is_empty()).collect();
        if !said.is_empty() {
            write!(f, ": {}", Cleaned(&said.join(": ")))?;
        }
        let mut separator = ": ";
        for field in self.fields().iter().take(MOST_FIELDS) {
            let text = field.detail().or(field.summary()).unwrap_or_default();
            write!(f, "{separator}{}: {}", Cleaned(field.field()), Cleaned(text))?;
            separator = ", ";
        }
        if let Some(more) = self.fields().len().checked_sub(MOST_FIELDS).filter(|more| *more > 0) {
            write!(f, " and {more} more")?;
        }
        write!(f, "; {}", self.advice())
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("operation", &self.operation.id())
            .field("kind", &self.kind)
            .field("status", &self.status.as_u16())
            .field("code", &self.code())
            .field("attempts", &self.context.attempts)
            .field("request_id", &self.request_id())
            .field("headers", &SafeHeaders(&self.headers))
            .field("body", &Length(self.body.len()))
            .finish_non_exhaustive()
    }
}

impl std::error::Error for ApiError {}

impl fmt::Display for ApiErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InvalidInput => "invalid input",
            Self::DuplicateReference => "duplicate reference",
            Self::CredentialsRejected => "credentials rejected",
            Self::TokenRejected => "token rejected",
            Self::Unauthorized => "unauthorized",
            Self::ConsentExpired => "consent expired",
            Self::AccountInactive => "account inactive",
            Self::AccountAccess => "account access refused by the bank",
            Self::ConsentScope => "not covered by the agreement",
            Self::IpDenied => "ip address denied",
            Self::PermissionDenied => "permission denied",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not found",
            Self::NotAllowed => "not allowed in this state",
            Self::PaymentRequired => "payment required",
            Self::AccountSuspended => "account suspended",
            Self::AccountProcessing => "account still processing",
            Self::AccountState => "account state forbids the call",
            Self::Conflict => "conflict",
            Self::RateLimited(RateLimitScope::Company) => "rate limited",
            Self::RateLimited(RateLimitScope::Account) => "rate limited for this account",
            Self::RateLimited(RateLimitScope::Institution) => "rate limited by the bank",
            Self::InstitutionFailed => "the bank failed",
            Self::InstitutionUnavailable => "institution unavailable",
            Self::Server => "server error",
            Self::Redirect => "unexpected redirect",
            Self::Other => "unexpected response",
        })
    }
}
