//! Fetching a document: over TLS, or in the clear from this machine only; not too much, not too long, not too far.

use std::io::Read as _;
use std::time::Duration;

use ureq::http::header::{CONTENT_LENGTH, LOCATION};
use ureq::http::{HeaderMap, Uri};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Error};

use super::progress::Progress;
use crate::failure::Failure;

/// The most that is read; the vendor's document has a quarter of a megabyte.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// The most redirects that are followed.
const MOST_REDIRECTS: usize = 4;

/// What `url` answers, if it answers with 200.
pub(crate) fn fetch(url: &str, timeout: Duration) -> Result<Vec<u8>, Failure> {
    let mut url = allowed(url, url, false)?;
    for _ in 0..=MOST_REDIRECTS {
        match step(&url, timeout)? {
            Answer::Here(bytes) => return Ok(bytes),
            Answer::Elsewhere(next) => url = allowed(&url, &next, true)?,
        }
    }
    Err(Failure::at(
        url,
        format_args!("redirects more than {MOST_REDIRECTS} times: name the place of the document itself"),
    ))
}

enum Answer {
    Here(Vec<u8>),
    Elsewhere(String),
}

/// The URL, if it may be fetched. `from` is what led to it.
fn allowed(from: &str, url: &str, is_redirect: bool) -> Result<String, Failure> {
    let refuse = |why: &str| {
        let why = if is_redirect { format!("redirects to a URL that {why}") } else { why.to_owned() };
        Err(Failure::at(without_credentials(from), why))
    };
    let Ok(uri) = url.parse::<Uri>() else {
        return refuse("is no URL: write it as `https://host/path`");
    };
    let Some(authority) = uri.authority() else {
        return refuse("names no host: write it as `https://host/path`");
    };
    if authority.as_str().contains('@') {
        return refuse("holds credentials: the document is public, so leave them out");
    }
    match uri.scheme_str() {
        Some("https") => Ok(url.to_owned()),
        Some("http") if !is_redirect && is_loopback(authority.host()) => Ok(url.to_owned()),
        _ => refuse("is not `https`: only this machine is read without TLS"),
    }
}

fn without_credentials(url: &str) -> String {
    match url.split_once("://").map(|(scheme, rest)| (scheme, rest.split_once('@'))) {
        Some((scheme, Some((before, rest)))) if !before.contains('/') => format!("{scheme}://…@{rest}"),
        _ => url.to_owned(),
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

fn step(url: &str, timeout: Duration) -> Result<Answer, Failure> {
    let failed =
        |error: &Error| Failure::at(url, format_args!("cannot be fetched ({}): {RETRY}", reason(error)));
    let mut response = agent(url, timeout).get(url).call().map_err(|error| failed(&error))?;
    let status = response.status();
    if status.is_redirection() {
        let next = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
        let next = next.and_then(|next| absolute(url, next));
        return next.map(Answer::Elsewhere).ok_or_else(|| {
            Failure::at(
                url,
                format_args!("answers {status} without a place to go on: name the document itself"),
            )
        });
    }
    if status.as_u16() != 200 {
        return Err(Failure::at(
            url,
            format_args!(
                "answers {status} instead of the document: name its place, or fetch it by hand and name the file"
            ),
        ));
    }
    let length = length(response.headers());
    let too_much = || {
        let most = MOST_BYTES / 1024 / 1024;
        Failure::at(
            url,
            format_args!("is larger than {most} MiB, which no such document is: look at what it is"),
        )
    };
    if length.is_some_and(|length| length > MOST_BYTES) {
        return Err(too_much());
    }
    let mut progress = Progress::new();
    // One more than allowed, to see that there is more.
    let mut reader = response.body_mut().with_config().limit(MOST_BYTES + 1).reader();
    let mut bytes = Vec::new();
    let mut part = vec![0; 64 * 1024];
    let read = loop {
        match reader.read(&mut part) {
            Ok(0) => break Ok(()),
            Ok(count) => bytes.extend(part.iter().take(count)),
            Err(error) => break Err(error),
        }
        if bytes.len() as u64 > MOST_BYTES {
            progress.end(None);
            return Err(too_much());
        }
        progress.at(bytes.len() as u64, length);
    };
    progress.end(read.is_ok().then_some(bytes.len() as u64));
    read.map_err(|error| {
        let count = bytes.len();
        let text = error.to_string();
        Failure::at(url, format_args!("breaks off after {count} bytes ({text}): {RETRY}"))
    })?;
    Ok(Answer::Here(bytes))
}

const RETRY: &str = "try again, or fetch it by hand and name the file";

fn agent(url: &str, timeout: Duration) -> Agent {
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    let config = Agent::config_builder()
        .http_status_as_error(false)
        // Each step is looked at before it is taken.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(timeout))
        .user_agent("cargo-xtask-import")
        .accept("application/json, application/yaml;q=0.9, */*;q=0.1")
        .tls_config(tls);
    // What is on this machine is not asked for through a proxy.
    let config = if url.starts_with("http:") { config.proxy(None) } else { config };
    config.build().new_agent()
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The place that `next` means when `url` names it.
fn absolute(url: &str, next: &str) -> Option<String> {
    if next.contains("://") {
        return Some(next.to_owned());
    }
    let uri = url.parse::<Uri>().ok()?;
    let (scheme, authority) = (uri.scheme_str()?, uri.authority()?);
    next.starts_with('/').then(|| format!("{scheme}://{authority}{next}"))
}

fn reason(error: &Error) -> String {
    let text = match error {
        Error::HostNotFound => return "no such host".to_owned(),
        Error::Timeout(_) => return "it took too long".to_owned(),
        Error::Io(error) => error.to_string(),
        other => other.to_string(),
    };
    if text.contains("certificate") {
        return "this machine does not trust its certificate".to_owned();
    }
    let text = text.lines().next().unwrap_or_default().to_lowercase();
    text.split(" (os error").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tls_or_this_machine() {
        for url in ["https://a.example/b", "http://127.0.0.1:80/a", "http://[::1]/a", "http://localhost/a"] {
            assert!(allowed(url, url, false).is_ok(), "{url}");
        }
        for url in [
            "http://a.example/b",
            "ftp://a.example/b",
            "https:///b",
            "file:///b",
            "http://127.0.0.1.example/",
        ] {
            assert!(allowed(url, url, false).is_err(), "{url}");
        }
        assert!(allowed("https://a.example/", "http://127.0.0.1/", true).is_err());
    }

    #[test]
    fn credentials_are_refused_and_not_repeated() {
        let refusal =
            allowed("https://me:secret@a.example/b", "https://me:secret@a.example/b", false).unwrap_err();
        assert!(!refusal.to_string().contains("secret"), "{refusal}");
    }

    #[test]
    fn a_redirect_may_name_a_path_alone() {
        assert_eq!(absolute("https://a.example:8/b?c", "/d").as_deref(), Some("https://a.example:8/d"));
        assert_eq!(absolute("https://a.example/b", "d"), None);
    }
}
