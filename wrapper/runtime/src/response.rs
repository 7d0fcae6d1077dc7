//! From a response, as it arrived, to a value or an error. Pure: everything it looks at is passed in.

use std::time::Duration;

use bytes::Bytes;
use gocardless_bank_data_types::error::{
    ApiError, ConnectionFailure, DecodeError, DecodeReason, Error, InvalidRequestError, Result, TimeoutError,
    TimeoutPhase, TransportError,
};
use gocardless_bank_data_types::{Operation, OperationClass, Response};
use http::HeaderMap;
use http::header::CONTENT_ENCODING;
use serde::de::DeserializeOwned;

use crate::decode::{self, Undecodable};
use crate::net::{BodyFailure, RawResponse};

/// Decodes the response to `operation`, which was allowed to take `timeout`. Any 2xx is a success.
///
/// # Errors
/// Every error of a call that was sent: see [`Error`].
pub(crate) fn into_result<T: DeserializeOwned>(
    operation: Operation,
    timeout: Duration,
    response: reqwest::Result<RawResponse>,
) -> Result<Response<T>> {
    let response = response.map_err(|error| connection_error(operation, timeout, error))?;
    let response = complete(operation, timeout, response)?;
    let RawResponse { status, headers, body, received_at, .. } = response;
    if !status.is_success() {
        return Err(ApiError::read(operation, status, headers, body, received_at).into());
    }
    let is_delete = operation.method() == "DELETE";
    let mut decoded = decode::decode_with_one_of(&body, essential(operation));
    // Only the response to a delete has members in common with the body of an error.
    if (is_delete || decoded.is_err())
        && let Some(error) = ApiError::within_success(operation, status, &headers, &body, received_at)
    {
        return Err(error.into());
    }
    if is_delete {
        // The resource is gone, whatever the body says.
        decoded = decoded.or_else(|undecodable| decode::nothing().ok_or(undecodable));
    }
    match decoded {
        Ok(value) => Ok(Response::new(value, status, headers, kept(operation, body), received_at)),
        Err(Undecodable { reason, path, detail }) => {
            let reason = if is_compressed(&headers) { DecodeReason::Compressed } else { reason };
            let error = DecodeError::new(operation, reason, status, headers, body, received_at);
            Err(error.at(path, detail).into())
        }
    }
}

/// Members of which what was created has at least one; without them it could not be found.
fn essential(operation: Operation) -> &'static [&'static str] {
    if operation.class() == OperationClass::Write { &["id", "link"] } else { &[] }
}

/// Whether the body is compressed, which the client never asks for.
fn is_compressed(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_ENCODING)
        .is_some_and(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

/// The response, if its body is complete. An error status counts even if it is not, and so does the success of a delete: the body
/// says less than the status.
fn complete(operation: Operation, timeout: Duration, response: RawResponse) -> Result<RawResponse> {
    let is_success = response.status.is_success() && operation.method() != "DELETE";
    match response.failure {
        Some(BodyFailure::TooLarge) if is_success => {
            let RawResponse { status, headers, body, received_at, .. } = response;
            Err(DecodeError::new(operation, DecodeReason::TooLarge, status, headers, body, received_at)
                .into())
        }
        Some(BodyFailure::Broken(error)) if is_success => {
            let RawResponse { status, headers, body, received_at, .. } = response;
            let body = kept(operation, body);
            Err(if error.is_timeout() {
                TimeoutError::new(operation, TimeoutPhase::Body, Some(timeout), body, Some(error))
                    .after_head(status, headers, received_at)
                    .into()
            } else {
                TransportError::new(operation, ConnectionFailure::CutShort, body, Some(error))
                    .after_head(status, headers, received_at)
                    .into()
            })
        }
        _ => Ok(response),
    }
}

/// What is kept of a body: nothing if it may hold a token.
fn kept(operation: Operation, body: Bytes) -> Bytes {
    if operation.class() == OperationClass::Token { Bytes::new() } else { body }
}

fn connection_error(operation: Operation, timeout: Duration, error: reqwest::Error) -> Error {
    if error.is_builder() {
        return InvalidRequestError::in_operation(
            operation,
            "the request could not be built from these values",
        )
        .into();
    }
    if error.is_timeout() {
        let phase = if error.is_connect() { TimeoutPhase::Connect } else { TimeoutPhase::Response };
        return TimeoutError::new(operation, phase, Some(timeout), Bytes::new(), Some(error)).into();
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

/// TLS libraries are chosen by features and have no common error type: rustls' arrives as invalid data of an I/O error,
/// the platform's own is recognised by its text.
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

/// An I/O error may wrap another one, which its `source` skips.
fn is_invalid_data(cause: &(dyn std::error::Error + 'static)) -> bool {
    cause.downcast_ref::<std::io::Error>().is_some_and(|error| {
        error.kind() == std::io::ErrorKind::InvalidData
            || error.get_ref().is_some_and(|inner| is_invalid_data(inner))
    })
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use gocardless_bank_data_generated::types::Deletion;
    use gocardless_bank_data_types::error::Sent;
    use http::StatusCode;

    use super::*;

    const READ: Operation =
        Operation::new(&("get_account_balances", "GET", "/", OperationClass::MeteredRead));
    const TOKEN: Operation = Operation::new(&("obtain_token_pair", "POST", "/", OperationClass::Token));
    const TIMEOUT: Duration = Duration::from_secs(150);

    /// Some error of `reqwest`, which has no constructor for others, from what needs no TLS.
    fn unbuilt() -> reqwest::Error {
        reqwest::Proxy::all("http://").unwrap_err()
    }

    /// The result of a response whose body has this text and ended like this.
    fn result(
        operation: Operation,
        status: u16,
        body: &'static str,
        failure: Option<BodyFailure>,
    ) -> Result<Response<Vec<u8>>> {
        let (status, headers) = (StatusCode::from_u16(status).unwrap(), HeaderMap::new());
        let body = Bytes::from_static(body.as_bytes());
        let received_at = SystemTime::UNIX_EPOCH;
        into_result(operation, TIMEOUT, Ok(RawResponse { status, headers, body, failure, received_at }))
    }

    #[test]
    fn an_error_status_counts_also_if_its_body_breaks_off_or_is_too_large() {
        for failure in [BodyFailure::TooLarge, BodyFailure::Broken(unbuilt())] {
            let error = result(READ, 503, "{", Some(failure)).unwrap_err();
            assert_eq!(error.api().map(ApiError::status), Some(StatusCode::SERVICE_UNAVAILABLE), "{error}");
        }
    }

    #[test]
    fn a_success_that_is_incomplete_is_an_error_even_if_it_could_be_decoded() {
        let Err(Error::Decode(large)) = result(READ, 200, "[]", Some(BodyFailure::TooLarge)) else {
            panic!("it is too large");
        };
        assert_eq!((large.reason(), large.body().as_ref()), (DecodeReason::TooLarge, &b"[]"[..]));
        for (operation, kept) in [(READ, "[]"), (TOKEN, "")] {
            let broken = Some(BodyFailure::Broken(unbuilt()));
            let Err(Error::Transport(cut)) = result(operation, 200, "[]", broken) else {
                panic!("it was cut short");
            };
            assert_eq!((cut.failure(), cut.sent()), (ConnectionFailure::CutShort, Sent::Maybe));
            assert_eq!(cut.body().as_ref(), kept.as_bytes());
        }
    }

    #[test]
    fn what_is_cut_short_still_has_its_head() {
        let mut headers = HeaderMap::new();
        headers.insert("http_x_ratelimit_account_success_remaining", "3".parse().unwrap());
        headers.insert("x-c-uuid", "request-7".parse().unwrap());
        let (status, failure) = (StatusCode::OK, Some(BodyFailure::Broken(unbuilt())));
        let (body, received_at) = (Bytes::from_static(b"{"), SystemTime::UNIX_EPOCH);
        let response = RawResponse { status, headers, body, failure, received_at };
        let error = into_result::<Vec<u8>>(READ, TIMEOUT, Ok(response)).unwrap_err();
        assert_eq!((error.status(), error.request_id()), (Some(StatusCode::OK), Some("request-7")));
        assert_eq!(error.rate_limits().and_then(|limits| limits.account?.remaining), Some(3));
    }

    #[test]
    fn a_delete_whose_body_is_cut_short_is_done() {
        const DELETE: Operation =
            Operation::new(&("delete_requisition", "DELETE", "/", OperationClass::IdempotentWrite));
        for failure in [BodyFailure::TooLarge, BodyFailure::Broken(unbuilt())] {
            let response = RawResponse {
                status: StatusCode::OK,
                headers: HeaderMap::new(),
                body: Bytes::from_static(b"{\"summ"),
                failure: Some(failure),
                received_at: SystemTime::UNIX_EPOCH,
            };
            assert!(into_result::<Deletion>(DELETE, TIMEOUT, Ok(response)).is_ok());
        }
    }

    #[test]
    fn any_2xx_is_a_success_and_no_other_status_is() {
        for (status, is_success) in
            [(200, true), (201, true), (202, true), (199, false), (302, false), (404, false)]
        {
            assert_eq!(result(READ, status, "[1]", None).is_ok(), is_success, "{status}");
        }
    }

    #[test]
    fn the_body_stays_with_the_value_except_that_of_a_token() {
        for (operation, kept) in [(READ, "[]"), (TOKEN, "")] {
            let response = result(operation, 200, "[]", None).unwrap();
            assert_eq!(response.body().as_ref(), kept.as_bytes());
        }
    }

    #[test]
    fn what_cannot_be_decoded_is_reported_with_its_reason_and_its_place() {
        for (body, reason, path) in [
            ("[1, 2", DecodeReason::Incomplete, None),
            ("[1, x]", DecodeReason::Syntax, Some("[1]")),
            ("[1, 256]", DecodeReason::Shape, Some("[1]")),
            ("{}", DecodeReason::Shape, None),
            ("[1] 2", DecodeReason::Syntax, None),
        ] {
            let Err(Error::Decode(error)) = result(READ, 200, body, None) else {
                panic!("{body} can be read");
            };
            assert_eq!((error.reason(), error.path()), (reason, path), "{body}");
        }
    }

    #[test]
    fn a_request_that_could_not_be_built_was_not_sent() {
        let Err(error) = into_result::<Vec<u8>>(READ, TIMEOUT, Err(unbuilt())) else {
            panic!("it is an error");
        };
        assert!(matches!(error, Error::InvalidRequest(_)) && error.sent() == Sent::No, "{error}");
    }
}
