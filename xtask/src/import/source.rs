//! Getting a document: from a file, from standard input, or by HTTPS, within limits of size, time and redirects. HTTP is for this
//! machine only.

use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use ureq::http::Uri;
use ureq::http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Error};

use crate::diff;
use crate::failure::Failure;

/// The most that is downloaded; the vendor's document has a quarter of a megabyte.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

const MAX_REDIRECTS: u32 = 4;

const RETRY: &str = "try again, or fetch it by hand and name the file";

/// A document as it came.
#[derive(Debug)]
pub(super) struct Source {
    /// What messages call it.
    pub(super) name: String,
    /// What the provenance calls it: a URL, or the name of a file without its folder.
    pub(super) origin: String,
    pub(super) bytes: Vec<u8>,
}

impl Source {
    /// Reads a file or standard input, or fetches a URL.
    pub(super) fn get(text: &str, timeout: Duration) -> Result<Self, Failure> {
        if text.contains("://") {
            let bytes = fetch(text, timeout)?;
            eprintln!("fetched {} bytes", bytes.len());
            return Ok(Self { name: text.to_owned(), origin: text.to_owned(), bytes });
        }
        let path = Path::new(text);
        let (name, bytes) = (diff::name(path), diff::bytes(path)?);
        let file = path.file_name().filter(|_| text != "-").map(|name| name.to_string_lossy());
        let origin = file.map_or_else(|| name.clone(), |file| format!("a file, {file}"));
        Ok(Self { name, origin, bytes })
    }
}

/// What `url` responds with, if the status is 200.
fn fetch(url: &str, timeout: Duration) -> Result<Vec<u8>, Failure> {
    let fail = |sentence: String| Failure::at(url, sentence);
    let mut response = agent(&allowed(url)?, timeout)
        .get(url)
        .call()
        .map_err(|error| fail(format!("cannot be fetched ({}): {RETRY}", reason(&error))))?;
    let (status, headers) = (response.status(), response.headers());
    if status.as_u16() != 200 {
        let advice = "name its URL, or fetch it by hand and name the file";
        return Err(fail(format!("responds with {status} instead of the document: {advice}")));
    }
    if let Some(encoding) = headers.get(CONTENT_ENCODING).filter(|encoding| *encoding != "identity") {
        let encoding = encoding.to_str().unwrap_or("something else");
        let advice = "fetch it by hand, unpack it, and name the file";
        return Err(fail(format!("is compressed with {encoding}, which was not asked for: {advice}")));
    }
    let length = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let too_large = || {
        let limit = MAX_BYTES / 1024 / 1024;
        fail(format!("is larger than {limit} MiB, far more than such a document needs: check what it is"))
    };
    if length.is_some_and(|length| length > MAX_BYTES) {
        return Err(too_large());
    }
    match response.body_mut().with_config().limit(MAX_BYTES).read_to_vec() {
        Ok(bytes) => Ok(bytes),
        Err(Error::BodyExceedsLimit(_)) => Err(too_large()),
        Err(error) => Err(fail(format!("ends before it is complete ({}): {RETRY}", reason(&error)))),
    }
}

/// The URL, if it may be fetched.
fn allowed(url: &str) -> Result<Uri, Failure> {
    let refuse = |why: &str| Err(Failure::at(without_credentials(url), why));
    let Ok(uri) = url.parse::<Uri>() else {
        return refuse("is not valid: write it as `https://host/path`");
    };
    if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        return refuse("holds credentials: the document is public, so leave them out");
    }
    match uri.scheme_str() {
        Some("https") => Ok(uri),
        Some("http") if uri.host().is_some_and(is_loopback) => Ok(uri),
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
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

fn agent(url: &Uri, timeout: Duration) -> Agent {
    let is_https = url.scheme_str() == Some("https");
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    let config = Agent::config_builder()
        .http_status_as_error(false)
        // This holds for each redirect too.
        .https_only(is_https)
        // Without TLS a redirect could come from anyone.
        .max_redirects(if is_https { MAX_REDIRECTS } else { 0 })
        .max_redirects_will_error(false)
        .timeout_global(Some(timeout))
        .user_agent("cargo-xtask-import")
        .accept("application/json, application/yaml;q=0.9, */*;q=0.1")
        .tls_config(tls);
    // A proxy cannot reach what is on this machine.
    let config = if is_https { config } else { config.proxy(None) };
    config.build().new_agent()
}

fn reason(error: &Error) -> String {
    let text = match error {
        Error::HostNotFound => return "no such host".to_owned(),
        Error::Timeout(_) => return "it took too long".to_owned(),
        Error::RequireHttpsOnly(_) => return "it redirects to a URL that is not `https`".to_owned(),
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
    fn only_https_or_this_machine_is_read() {
        for url in ["https://a.example/b", "http://127.0.0.1:80/a", "http://[::1]/a", "http://localhost/a"] {
            assert!(allowed(url).is_ok(), "{url}");
        }
        for url in [
            "http://a.example/b",
            "ftp://a.example/b",
            "https:///b",
            "file:///b",
            "http://127.0.0.1.example/",
        ] {
            assert!(allowed(url).is_err(), "{url}");
        }
    }

    #[test]
    fn a_redirect_is_followed_with_tls_only() {
        let agent = |url: &str| agent(&allowed(url).unwrap(), Duration::from_secs(1));
        let (far, near) = (agent("https://a.example/b"), agent("http://127.0.0.1:1/a"));
        assert_eq!((far.config().max_redirects(), near.config().max_redirects()), (MAX_REDIRECTS, 0));
        let refusal = reason(&far.get("http://127.0.0.1:1/a").call().unwrap_err());
        assert_eq!(refusal, "it redirects to a URL that is not `https`");
    }

    #[test]
    fn credentials_are_refused_and_not_repeated() {
        let url = "https://me:secret@a.example/b";
        let refusal = allowed(url).unwrap_err().to_string();
        assert!(refusal.contains("holds credentials") && !refusal.contains("secret"), "{refusal}");
    }
}
