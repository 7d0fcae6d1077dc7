//! The request id of a response.

use http::HeaderMap;

/// The request id that the service put on a response, for questions to its support.
///
/// `x-c-uuid` identifies the call and `x-u-uuid` the user; the first is preferred (`docs/api.md#request-ids`).
#[must_use]
pub fn request_id(headers: &HeaderMap) -> Option<&str> {
    ["x-c-uuid", "x-request-id", "x-u-uuid"].iter().find_map(|name| headers.get(*name)?.to_str().ok())
}
