//! What the redirect of a link says.

use std::fmt;

/// What the service adds to the redirect of a requisition when the person comes back.
///
/// Only `ref` is to be relied on: anybody can write such a URL. Find the requisition by it, and ask the API for the rest:
/// [`wait_until_linked`](crate::wait_until_linked).
///
/// ```
/// use gocardless_bank_data_sync::{Redirect, RedirectError};
///
/// let back = Redirect::parse("https://example.org/back?ref=order-7&error=UserCancelledSession&details=User+cancelled");
/// assert_eq!(back.reference.as_deref(), Some("order-7"));
/// assert_eq!(back.error, Some(RedirectError::Cancelled));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redirect {
    /// `ref`: the reference of the requisition.
    pub reference: Option<String>,
    /// `error`: why the link failed. `None`: the URL does not name a failure.
    pub error: Option<RedirectError>,
    /// `details`: the same in words, from whoever wrote the URL. Escape it before it is shown.
    pub details: Option<String>,
}

/// Why a link failed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RedirectError {
    /// `UserCancelledSession`: the person did not consent. The link can be offered again.
    Cancelled,
    /// `InstitutionTimeoutError`, `InstitutionTechnicalError`: the bank failed. Try a new requisition later.
    InstitutionFailed,
    /// `GoCardlessTechnicalError`: the service failed. Try a new requisition later.
    ServiceFailed,
    /// `RequisitionLinkReused`: the link works once. Look at the requisition: it may be linked already.
    LinkReused,
    /// `SSNVerificationFailed`: the social security number is not that of the person.
    SsnRejected,
    /// Any other word.
    Other(String),
}

impl RedirectError {
    fn of(word: &str) -> Self {
        match word {
            "UserCancelledSession" => Self::Cancelled,
            "InstitutionTimeoutError" | "InstitutionTechnicalError" => Self::InstitutionFailed,
            "GoCardlessTechnicalError" => Self::ServiceFailed,
            "RequisitionLinkReused" => Self::LinkReused,
            "SSNVerificationFailed" => Self::SsnRejected,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl fmt::Display for RedirectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cancelled => "the person did not consent; offer the link again if they want to",
            Self::InstitutionFailed => "the bank failed; make a new requisition later",
            Self::ServiceFailed => "the service failed; make a new requisition later",
            Self::LinkReused => "the link has been used before; look at the requisition, which may be linked",
            Self::SsnRejected => {
                "the social security number is not that of the person; make a new requisition"
            }
            Self::Other(_) => {
                "the link failed for a reason that this version does not know; make a new requisition"
            }
        })
    }
}

impl Redirect {
    /// Reads a URL, its path and query, or its query alone. What is missing is `None`; nothing is refused.
    #[must_use]
    pub fn parse(url_or_query: &str) -> Self {
        let query = url_or_query.split_once('?').map_or(url_or_query, |(_, query)| query);
        let query = query.split_once('#').map_or(query, |(query, _)| query);
        let mut redirect = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()).filter(|(_, value)| !value.is_empty()) {
            match &*name {
                "ref" => redirect.reference = Some(value.into_owned()),
                "error" => redirect.error = Some(RedirectError::of(&value)),
                "details" => redirect.details = Some(value.into_owned()),
                _ => {}
            }
        }
        redirect
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_is_read_from_a_url_a_path_or_a_query() {
        for text in
            ["https://x.example/back?a=1&ref=r%201#top", "/back?ref=r+1", "ref=r+1", "?ref=r+1&error="]
        {
            let redirect = Redirect::parse(text);
            assert_eq!(redirect.reference.as_deref(), Some("r 1"), "{text}");
            assert_eq!(redirect.error, None, "{text}");
        }
        assert_eq!(Redirect::parse(""), Redirect::default());
    }

    #[test]
    fn each_error_of_a_redirect_says_what_to_do() {
        for word in [
            "UserCancelledSession",
            "InstitutionTimeoutError",
            "GoCardlessTechnicalError",
            "RequisitionLinkReused",
            "SSNVerificationFailed",
            "UnknownError",
        ] {
            let error = Redirect::parse(&format!("ref=1&error={word}")).error.unwrap();
            assert!(error.to_string().contains("; "), "{word}");
        }
    }
}
