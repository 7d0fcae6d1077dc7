//! The settings of an HTTP client that are enforced over a caller's own.

use std::error::Error;

use reqwest::{ClientBuilder, redirect, retry};

use super::address::Address;

/// Overrides what would send a secret elsewhere, store it, log it, or repeat a call without being asked.
///
/// A redirect would send the secret key, which is in a body, to another host, so none is followed. Verbose logging of
/// connections prints tokens and bodies.
pub(crate) fn enforce_safe_defaults(http: ClientBuilder, address: &Address) -> ClientBuilder {
    let http = http.redirect(redirect::Policy::none()).referer(false).connection_verbose(false);
    let http = http.cookie_store(false).tls_sslkeylogfile(false).retry(retry_unprocessed_h2());
    #[cfg(any(feature = "rustls", feature = "rustls-aws-lc-rs", feature = "native-tls"))]
    let http = http
        .https_only(!address.is_direct())
        .tls_danger_accept_invalid_certs(false)
        .tls_danger_accept_invalid_hostnames(false);
    // If both are compiled in, by whichever crate, the one that was asked for here is used.
    #[cfg(any(feature = "rustls", feature = "rustls-aws-lc-rs"))]
    let http = http.tls_backend_rustls();
    #[cfg(all(feature = "native-tls", not(any(feature = "rustls", feature = "rustls-aws-lc-rs"))))]
    let http = http.tls_backend_native();
    if address.is_direct() { http.no_proxy() } else { http }
}

/// Settings that reqwest has only if some crate of the program enabled them. Then reqwest's own method, which takes
/// precedence over one of a trait, is called above; otherwise there is nothing to override, and these are called.
#[allow(dead_code, reason = "which of them is called depends on the features of reqwest")]
trait IfFeatureEnabled: Sized {
    fn cookie_store(self, _: bool) -> Self {
        self
    }

    fn tls_sslkeylogfile(self, _: bool) -> Self {
        self
    }
}

impl IfFeatureEnabled for ClientBuilder {}

/// reqwest's own default policy, to which it offers no way back: a request that an HTTP/2 server states it has not
/// processed is sent again, twice at most, whichever the host. Everything else is decided by
/// [`policy::retry`](crate::policy::retry).
fn retry_unprocessed_h2() -> retry::Builder {
    retry::for_host(AnyHost).no_budget().classify_fn(|sent| {
        let is_unprocessed = sent.error().is_some_and(is_unprocessed);
        if is_unprocessed { sent.retryable() } else { sent.success() }
    })
}

struct AnyHost;

impl PartialEq<&str> for AnyHost {
    fn eq(&self, _: &&str) -> bool {
        true
    }
}

/// RFC 9113, 8.7: a refused stream, and one above the last stream that a GOAWAY names, were not processed.
fn is_unprocessed(error: &(dyn Error + 'static)) -> bool {
    let Some(error) = error.downcast_ref::<h2::Error>() else {
        return error.source().is_some_and(is_unprocessed);
    };
    let is_refused = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
    let goes_away = error.is_go_away() && error.reason() == Some(h2::Reason::NO_ERROR);
    error.is_remote() && (is_refused || goes_away)
}
