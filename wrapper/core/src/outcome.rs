//! From what was seen of an answer to a value or an error. Pure: everything it looks at is handed in.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::StatusCode;
use serde::de::DeserializeOwned;

use crate::error::{
    ApiError, ConnectionFailure, DecodeError, DecodeReason, Error, InvalidRequestError, Result, TimeoutError,
    TimeoutPhase, TransportError,
};
use crate::limits::RateLimits;
use crate::operation::{Class, Operation};
use crate::response::Response;
use crate::transport::{Answer, BodyFailure, CallRecord};

/// Why the generated client returned no value.
#[derive(Debug)]
pub enum Cause {
    /// The request could not be made.
    Request(String),
    /// No answer came.
    Connection(reqwest::Error),
    /// An answer came, and is in the record.
    Answer,
}

/// Turns what the generated client returned for `operation` into a response or an error.
///
/// `limit` is how long the call was allowed to take, for the error that says so.
///
/// # Errors
/// Every error of a call: see [`Error`].
pub fn conclude<T: DeserializeOwned>(
    operation: Operation,
    record: &CallRecord,
    limit: Option<Duration>,
    result: Result<T, Cause>,
) -> Result<Response<T>> {
    match (result, record.take()) {
        (Ok(value), Some(answer)) => match whole(operation, limit, answer) {
            Ok(answer) => Ok(response(operation, value, answer)),
            Err(error) => Err(error),
        },
        (Err(Cause::Answer), Some(answer)) => {
            let answer = whole(operation, limit, answer)?;
            if answer.status.is_success() {
                Err(undecodable::<T>(operation, answer.status, answer.body).into())
            } else {
                Err(ApiError::read(operation, answer.status, answer.headers, answer.body, answer.at).into())
            }
        }
        (Err(Cause::Connection(error)), _) => Err(connection_error(operation, limit, error)),
        (Err(Cause::Request(message)), _) => {
            Err(InvalidRequestError::in_operation(operation, message).into())
        }
        // The hook leaves a record whenever it returns an answer, so there is none without.
        (Ok(_) | Err(Cause::Answer), None) => Err(InvalidRequestError::in_operation(
            operation,
            "the generated client was called without its hook",
        )
        .into()),
    }
}

/// The answer, if its body came to its end. An error status counts even so: its body says less than its status.
fn whole(operation: Operation, limit: Option<Duration>, answer: Answer) -> Result<Answer> {
    let is_success = answer.status.is_success();
    match answer.failure {
        Some(BodyFailure::TooLarge) if is_success => {
            Err(DecodeError::new(operation, DecodeReason::TooLarge, answer.status, None, answer.body).into())
        }
        Some(BodyFailure::Broken(error)) if is_success => Err(if error.is_timeout() {
            TimeoutError::new(operation, TimeoutPhase::Body, limit, kept(operation, answer.body), Some(error))
                .into()
        } else {
            let body = kept(operation, answer.body);
            TransportError::new(operation, ConnectionFailure::CutShort, body, Some(error)).into()
        }),
        _ => Ok(answer),
    }
}

/// What may be kept of a body: nothing where it may hold a token.
fn kept(operation: Operation, body: Bytes) -> Bytes {
    if operation.class() == Class::Token { Bytes::new() } else { body }
}

fn response<T>(operation: Operation, value: T, answer: Answer) -> Response<T> {
    let rate_limits = RateLimits::from_headers(&answer.headers, answer.at);
    Response::new(value, answer.status, answer.headers, kept(operation, answer.body), rate_limits)
}

/// Finds the place of the fault by decoding once more, which only a failure pays for.
fn undecodable<T: DeserializeOwned>(operation: Operation, status: StatusCode, body: Bytes) -> DecodeError {
    use serde_json::error::Category;
    let mut decoder = serde_json::Deserializer::from_slice(&body);
    let (reason, path) = match serde_path_to_error::deserialize::<_, T>(&mut decoder) {
        Ok(_) if decoder.end().is_err() => (DecodeReason::Syntax, None),
        // The body is what the contract promises, so it was the status that was not.
        Ok(_) => (DecodeReason::Status, None),
        Err(error) => {
            let reason = match error.inner().classify() {
                Category::Data => DecodeReason::Shape,
                Category::Syntax | Category::Io => DecodeReason::Syntax,
                Category::Eof => DecodeReason::Incomplete,
            };
            (reason, Some(place(&error)))
        }
    };
    DecodeError::new(operation, reason, status, path.filter(|path| path != "."), body)
}

/// Where the fault is. Of a member that is missing the decoder tells the object's place and, in its text, the member.
fn place(error: &serde_path_to_error::Error<serde_json::Error>) -> String {
    let path = error.path().to_string();
    let text = error.inner().to_string();
    let missing = text.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
    match (missing, path.as_str()) {
        (None, _) => path,
        (Some(member), ".") => member.to_owned(),
        (Some(member), object) => format!("{object}.{member}"),
    }
}

fn connection_error(operation: Operation, limit: Option<Duration>, error: reqwest::Error) -> Error {
    if error.is_builder() {
        return InvalidRequestError::in_operation(
            operation,
            "the request could not be built from these values",
        )
        .into();
    }
    if error.is_timeout() {
        let phase = if error.is_connect() { TimeoutPhase::Connect } else { TimeoutPhase::Response };
        return TimeoutError::new(operation, phase, limit, Bytes::new(), Some(error)).into();
    }
    let failure = if is_refused_certificate(&error) {
        ConnectionFailure::Certificate
    } else if error.is_connect() {
        ConnectionFailure::Connect
    } else {
        ConnectionFailure::Broken
    };
    TransportError::new(operation, failure, Bytes::new(), Some(error)).into()
}

/// TLS libraries are chosen by features and have no common error type: rustls arrives as invalid data of an I/O error,
/// the platform's own only by its words.
fn is_refused_certificate(error: &reqwest::Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let is_of_tls =
            is_invalid_data(cause) || cause.to_string().to_ascii_lowercase().contains("certificate");
        if error.is_connect() && is_of_tls {
            return true;
        }
        source = cause.source();
    }
    false
}

/// An I/O error may wrap another one, which its `source` steps over.
fn is_invalid_data(cause: &(dyn std::error::Error + 'static)) -> bool {
    cause.downcast_ref::<std::io::Error>().is_some_and(|error| {
        error.kind() == std::io::ErrorKind::InvalidData
            || error.get_ref().is_some_and(|inner| is_invalid_data(inner))
    })
}

/// The wait that `error` asks for from `now` on, where it is known.
#[must_use]
pub(crate) fn wait_of(error: &Error, now: SystemTime) -> Option<Duration> {
    error.retry_at().map(|at| at.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;
    use crate::error::Sent;
    use crate::transport::Transport;

    const READ: Operation = Operation::new("get_account_balances", "GET", "/", Class::ScarceRead);
    const TOKEN: Operation = Operation::new("obtain_token_pair", "POST", "/", Class::Token);

    /// Some error of `reqwest`, which has no constructor for others, from what needs no TLS.
    fn unbuilt() -> reqwest::Error {
        reqwest::Proxy::all("http://").unwrap_err()
    }

    /// What an answer comes to whose body has this text and ended like this.
    fn concluded(
        operation: Operation,
        status: u16,
        body: &'static str,
        failure: Option<BodyFailure>,
        result: Result<Vec<u8>, Cause>,
    ) -> Result<Response<Vec<u8>>> {
        let (_, record) = Transport::anonymous().recorded();
        let (status, headers) = (StatusCode::from_u16(status).unwrap(), HeaderMap::new());
        let body = Bytes::from_static(body.as_bytes());
        record.set(Answer { status, headers, body, failure, at: SystemTime::UNIX_EPOCH });
        conclude(operation, &record, None, result)
    }

    #[test]
    fn an_error_status_counts_also_where_its_body_breaks_off_or_is_too_large() {
        for failure in [BodyFailure::TooLarge, BodyFailure::Broken(unbuilt())] {
            let error = concluded(READ, 503, "{", Some(failure), Err(Cause::Answer)).unwrap_err();
            assert_eq!(error.api().map(ApiError::status), Some(StatusCode::SERVICE_UNAVAILABLE), "{error}");
        }
    }

    #[test]
    fn a_success_that_is_not_whole_is_none_even_where_it_could_be_read() {
        let whole = || Ok(Vec::new());
        let Err(Error::Decode(large)) = concluded(READ, 200, "[]", Some(BodyFailure::TooLarge), whole())
        else {
            panic!("it is too large");
        };
        assert_eq!((large.reason(), large.body().as_ref()), (DecodeReason::TooLarge, &b"[]"[..]));
        for (operation, kept) in [(READ, "[]"), (TOKEN, "")] {
            let broken = Some(BodyFailure::Broken(unbuilt()));
            let Err(Error::Transport(cut)) = concluded(operation, 200, "[]", broken, whole()) else {
                panic!("it was cut short");
            };
            assert_eq!((cut.failure(), cut.sent()), (ConnectionFailure::CutShort, Sent::Maybe));
            assert_eq!(cut.body().as_ref(), kept.as_bytes());
        }
    }

    #[test]
    fn the_body_stays_with_the_value_but_for_that_of_a_token() {
        for (operation, kept) in [(READ, "[]"), (TOKEN, "")] {
            let response = concluded(operation, 200, "[]", None, Ok(Vec::new())).unwrap();
            assert_eq!(response.body().as_ref(), kept.as_bytes());
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_by_its_reason_and_its_place() {
        for (body, reason, path) in [
            ("[1, 2", DecodeReason::Incomplete, None),
            ("[1, x]", DecodeReason::Syntax, Some("[1]")),
            ("[1, 256]", DecodeReason::Shape, Some("[1]")),
            ("{}", DecodeReason::Shape, None),
            ("[1] 2", DecodeReason::Syntax, None),
            ("[1]", DecodeReason::Status, None),
        ] {
            let Err(Error::Decode(error)) = concluded(READ, 200, body, None, Err(Cause::Answer)) else {
                panic!("{body} can be read");
            };
            assert_eq!((error.reason(), error.path()), (reason, path), "{body}");
        }
    }

    #[test]
    fn a_request_that_was_never_made_says_so() {
        let refused = concluded(READ, 200, "[]", None, Err(Cause::Request("no".to_owned()))).unwrap_err();
        assert_eq!((refused.to_string(), refused.sent()), ("get account balances: no".to_owned(), Sent::No));
        let unbuilt = concluded(READ, 200, "[]", None, Err(Cause::Connection(unbuilt()))).unwrap_err();
        assert!(matches!(unbuilt, Error::InvalidRequest(_)), "{unbuilt}");
    }
}
