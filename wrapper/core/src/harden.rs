//! What of a caller's own settings for connections is set back, whichever TLS there is. What it does to TLS itself is set
//! by the wrapper, whose features choose one.

use std::error::Error;

use reqwest::{ClientBuilder, redirect, retry};

/// Sets back what would carry a secret elsewhere, keep it, write it down, or send a call again unasked.
///
/// A redirect would carry the secret key, which is in a body, to another host; so none is followed. Verbose logging of
/// connections prints tokens and bodies.
pub fn harden(http: ClientBuilder) -> ClientBuilder {
    let http = http.redirect(redirect::Policy::none()).referer(false).connection_verbose(false);
    http.cookie_store(false).tls_sslkeylogfile(false).retry(what_was_not_taken())
}

/// Settings that reqwest has only if some crate of the program asked for them. Then its own method, which comes before
/// one of a trait, is what is called above; otherwise there is nothing to set back, and these are.
#[allow(dead_code, reason = "which of them is called depends on the features of reqwest")]
trait PerhapsThere: Sized {
    fn cookie_store(self, _: bool) -> Self {
        self
    }

    fn tls_sslkeylogfile(self, _: bool) -> Self {
        self
    }
}

impl PerhapsThere for ClientBuilder {}

/// The policy that reqwest has where none is set, since it offers no way back to that: what an HTTP/2 server says that it
/// has not taken is sent again, to whichever host, twice at most. All else is for [`replay`](crate::replay) to judge.
fn what_was_not_taken() -> retry::Builder {
    retry::for_host(AnyHost).no_budget().classify_fn(|sent| {
        let is_not_taken = sent.error().is_some_and(is_not_taken);
        if is_not_taken { sent.retryable() } else { sent.success() }
    })
}

struct AnyHost;

impl PartialEq<&str> for AnyHost {
    fn eq(&self, _: &&str) -> bool {
        true
    }
}

/// RFC 9113, 8.7: a refused stream, and one behind the last that a server takes which goes away, were not processed.
fn is_not_taken(error: &(dyn Error + 'static)) -> bool {
    let Some(error) = error.downcast_ref::<h2::Error>() else {
        return error.source().is_some_and(is_not_taken);
    };
    let is_refused = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
    let goes_away = error.is_go_away() && error.reason() == Some(h2::Reason::NO_ERROR);
    error.is_remote() && (is_refused || goes_away)
}
