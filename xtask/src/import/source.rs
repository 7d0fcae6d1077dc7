//! Getting a document: from a file, from standard input, or by HTTPS, within limits of size, time and redirects. HTTP is for this machine only.

use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use ureq::http::Uri;
use ureq::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, LOCATION};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Error};

use crate::diff;
use crate::failure::Failure;

/// The most that is downloaded; the vendor's document has a quarter of a megabyte.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

const MAX_REDIRECTS: usize = 4;

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
    let mut url = allowed(url, url, false)?;
    for _ in 0..=MAX_REDIRECTS {
        match step(&url, timeout)? {
            Step::Document(bytes) => return Ok(bytes),
            Step::Redirect(next) => url = allowed(&url, &next, true)?,
        }
    }
    let sentence = format!("redirects more than {MAX_REDIRECTS} times: name the URL of the document itself");
    Err(Failure::at(url, sentence))
}

/// The URL, if it may be fetched. `from` is what led to it.
fn allowed(from: &str, url: &str, is_redirect: bool) -> Result<String, Failure> {
    let refuse = |why: &str| {
        let why = if is_redirect { format!("redirects to a URL that {why}") } else { why.to_owned() };
        Err(Failure::at(without_credentials(from), why))
    };
    let (scheme, rest) = url.split_once("://").unwrap_or_default();
    let is_https = scheme == "https";
    if !is_https && scheme != "http" {
        return refuse("is not `https`: only this machine is read without TLS");
    }
    let Ok(uri) = url.parse::<Uri>() else {
        return refuse("is not valid: write it as `https://host/path`");
    };
    if rest.split('/').next().unwrap_or_default().contains('@') {
        return refuse("holds credentials: the document is public, so leave them out");
    }
    if !is_https && (is_redirect || !uri.host().is_some_and(is_loopback)) {
        return refuse("is not `https`: only this machine is read without TLS");
    }
    Ok(url.to_owned())
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

enum Step {
    Document(Vec<u8>),
    Redirect(String),
}

/// One request.
fn step(url: &str, timeout: Duration) -> Result<Step, Failure> {
    let fail = |sentence: String| Failure::at(url, sentence);
    let mut response = agent(url, timeout)
        .get(url)
        .call()
        .map_err(|error| fail(format!("cannot be fetched ({}): {RETRY}", reason(&error))))?;
    let (status, headers) = (response.status(), response.headers());
    if status.is_redirection() {
        let next = headers.get(LOCATION).and_then(|value| value.to_str().ok());
        let next = next.filter(|next| !next.is_empty()).map(|next| Step::Redirect(absolute(url, next)));
        let sentence = format!("responds with {status} and no location: name the document itself");
        return next.ok_or_else(|| fail(sentence));
    }
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
        fail(format!("is larger than {limit} MiB, and no such document is: look at what it is"))
    };
    if length.is_some_and(|length| length > MAX_BYTES) {
        return Err(too_large());
    }
    match response.body_mut().with_config().limit(MAX_BYTES).read_to_vec() {
        Ok(bytes) => Ok(Step::Document(bytes)),
        Err(Error::BodyExceedsLimit(_)) => Err(too_large()),
        Err(error) => Err(fail(format!("ends before it is complete ({}): {RETRY}", reason(&error)))),
    }
}

fn agent(url: &str, timeout: Duration) -> Agent {
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    let config = Agent::config_builder()
        .http_status_as_error(false)
        // Each redirect is checked before it is followed.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(timeout))
        .user_agent("cargo-xtask-import")
        .accept("application/json, application/yaml;q=0.9, */*;q=0.1")
        .tls_config(tls);
    // A proxy cannot reach what is on this machine.
    let config = if url.starts_with("http:") { config.proxy(None) } else { config };
    config.build().new_agent()
}

/// The URL that `next` means in a redirect of `url`.
fn absolute(url: &str, next: &str) -> String {
    if next.contains("://") {
        return next.to_owned();
    }
    let end = url.find("://").map_or(0, |at| at + "://".len());
    let path = url.get(end..).and_then(|rest| rest.find('/')).map_or(url.len(), |at| end + at);
    let file = url.split('?').next().and_then(|url| url.rfind('/')).filter(|at| *at >= path);
    match (next.starts_with('/'), file) {
        (true, _) => format!("{}{next}", url.get(..path).unwrap_or_default()),
        (false, Some(file)) => format!("{}{next}", url.get(..=file).unwrap_or_default()),
        (false, None) => format!("{url}/{next}"),
    }
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
    fn only_https_or_this_machine_is_read() {
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
        let url = "https://me:secret@a.example/b";
        let refusal = allowed(url, url, false).unwrap_err().to_string();
        assert!(refusal.contains("holds credentials") && !refusal.contains("secret"), "{refusal}");
    }

    #[test]
    fn the_location_of_a_redirect_may_be_relative() {
        for (url, next, expected) in [
            ("https://a.example:8/b?c", "/d", "https://a.example:8/d"),
            ("https://a.example/b/c?d=/e", "f", "https://a.example/b/f"),
            ("https://a.example", "b", "https://a.example/b"),
            ("https://a.example/b", "https://c.example/d", "https://c.example/d"),
        ] {
            assert_eq!(absolute(url, next), expected);
        }
    }
}
