//! What the generated client's error says about a call. Its text is never used: it may hold bodies, headers and URLs.

use gocardless_bank_data_core::Cause;
use gocardless_bank_data_generated::Error;

/// Why the generated client returned no value. The answer itself, where one came, is in the call's record.
///
/// Matched without a catch-all, so that a new kind of error is a compile error and not a silent loss.
pub(crate) fn cause(error: Error<()>) -> Cause {
    match error {
        Error::InvalidRequest(message) | Error::Custom(message) => Cause::Request(message),
        Error::CommunicationError(error) | Error::InvalidUpgrade(error) => Cause::Connection(error),
        Error::ErrorResponse(_)
        | Error::ResponseBodyError(_)
        | Error::InvalidResponsePayload(_, _)
        | Error::UnexpectedResponse(_) => Cause::Answer,
    }
}
