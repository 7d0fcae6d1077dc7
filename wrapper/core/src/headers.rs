//! Reading of response headers that no schema describes.

use http::HeaderMap;

/// The request id that the service put on an answer, for questions to its support.
///
/// `x-c-uuid` names the call and `x-u-uuid` the user; the first is preferred (contract, 5.3).
#[must_use]
pub fn request_id(headers: &HeaderMap) -> Option<&str> {
    ["x-c-uuid", "x-request-id", "x-u-uuid"].iter().find_map(|name| headers.get(*name)?.to_str().ok())
}
