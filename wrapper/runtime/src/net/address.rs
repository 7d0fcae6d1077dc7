//! Which base addresses a client may call. Pure: it looks at the text and resolves no name.

use reqwest::Url;
use reqwest::header::HeaderValue;

use gocardless_bank_data_types::error::InvalidRequestError;

/// The address of the live API (`docs/api.md#base-url`).
pub const LIVE: &str = "https://bankaccountdata.gocardless.com";

/// The hosts of the live API, which no test server has.
const LIVE_HOSTS: [&str; 2] = ["bankaccountdata.gocardless.com", "ob.nordigen.com"];

/// A base address that a secret may be sent to: https to any host, http only to this machine and to a test server that was
/// named as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    text: String,
    host: String,
    port: Option<u16>,
    is_loopback: bool,
    is_test_server: bool,
}

impl Address {
    /// Checks a base address such as `https://bankaccountdata.gocardless.com` or `http://127.0.0.1:8099`.
    ///
    /// A path is taken as a prefix, as a proxy in front of the API may want it.
    ///
    /// ```
    /// use gocardless_bank_data_runtime::net::Address;
    ///
    /// assert_eq!(Address::parse("http://127.0.0.1:8099/")?.as_str(), "http://127.0.0.1:8099");
    /// assert!(Address::parse("http://example.org").is_err());
    /// # Ok::<(), gocardless_bank_data_types::error::InvalidRequestError>(())
    /// ```
    ///
    /// # Errors
    /// [`InvalidRequestError`] if it is not an absolute URL, if it is `http` to another machine, if it has a user, a query
    /// or a fragment, and if its host has letters that resemble others. The text is not repeated, because it may hold a
    /// password.
    pub fn parse(text: &str) -> Result<Self, InvalidRequestError> {
        Self::read(text, false)
    }

    /// Checks the address of a test server, such as `http://sandbox:8099`, which may have `http` and any host but those of
    /// the live API.
    ///
    /// ```
    /// use gocardless_bank_data_runtime::net::Address;
    ///
    /// assert_eq!(Address::parse_test_server("http://sandbox:8099/")?.as_str(), "http://sandbox:8099");
    /// assert!(Address::parse_test_server("http://bankaccountdata.gocardless.com").is_err());
    /// # Ok::<(), gocardless_bank_data_types::error::InvalidRequestError>(())
    /// ```
    ///
    /// # Errors
    /// As [`parse`](Self::parse), apart from `http`; and if it is the live API.
    pub fn parse_test_server(text: &str) -> Result<Self, InvalidRequestError> {
        Self::read(text, true)
    }

    fn read(text: &str, is_test_server: bool) -> Result<Self, InvalidRequestError> {
        let refused = |why: &str| Err(InvalidRequestError::new("base url", why));
        let Ok(url) = Url::parse(text.trim()) else {
            return refused("is not an absolute url such as https://bankaccountdata.gocardless.com");
        };
        let Some(host) = url.host_str().filter(|host| !host.is_empty()) else {
            return refused("has no host");
        };
        // A letter of another alphabet may look like one of the intended host.
        let is_encoded = host.split('.').any(|label| label.starts_with("xn--"));
        if is_encoded && !text.to_ascii_lowercase().contains(host) {
            return refused("has a host with letters beyond a to z; write it as it is looked up, with xn--");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return refused("has a user or password, which is not how this api authenticates");
        }
        if url.query().is_some() || url.fragment().is_some() {
            return refused("has a query or fragment");
        }
        if is_test_server && LIVE_HOSTS.contains(&host.trim_end_matches('.')) {
            return refused(
                "is the live api, which is not a test server; give it as the base url with https",
            );
        }
        let is_loopback = is_loopback(&url);
        match url.scheme() {
            "https" => {}
            "http" if is_loopback || is_test_server => {}
            "http" => {
                let why = "uses http, which is allowed only to this machine; use https, or name a test server as one";
                return refused(why);
            }
            _ => return refused("uses another scheme than https"),
        }
        let (text, host) = (url.as_str().trim_end_matches('/').to_owned(), host.to_owned());
        Ok(Self { text, host, port: url.port_or_known_default(), is_loopback, is_test_server })
    }

    /// The address without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The name or the number of the host, as a log or a trace shows it.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port, also where the scheme implies it.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// Whether it is this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.is_loopback
    }

    /// Whether it is this machine or a test server, where http is allowed and no proxy is used.
    pub(crate) fn is_direct(&self) -> bool {
        self.is_loopback || self.is_test_server
    }
}

/// Decided by the parsed host, so that `127.0.0.1.evil.org` is recognised as another machine.
fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Whether a text can be a user agent.
///
/// # Errors
/// [`InvalidRequestError`] where it has a line break or another character that a header cannot hold.
pub fn user_agent(text: &str) -> Result<HeaderValue, InvalidRequestError> {
    HeaderValue::from_str(text)
        .map_err(|_| InvalidRequestError::new("user agent", "has a character that a header cannot hold"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_goes_anywhere_and_http_only_to_this_machine() {
        for text in [
            LIVE,
            "https://ob.nordigen.com",
            "http://127.0.0.1:1",
            "http://[::1]:8080",
            "http://localhost:8099/",
            "https://proxy.example.org/gocardless/",
            "http://127.255.0.1",
            "http://2130706433",
        ] {
            assert!(Address::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn an_address_that_could_leak_a_secret_is_refused_without_repeating_it() {
        for (text, why) in [
            ("", "is not an absolute url"),
            ("bankaccountdata.gocardless.com", "is not an absolute url"),
            ("http://example.org", "uses http, which is allowed only to this machine"),
            ("ftp://127.0.0.1", "uses another scheme than https"),
            ("https://u:canary@h.org", "has a user or password"),
            ("https://h.org/?canary", "has a query or fragment"),
            ("https://h.org/#canary", "has a query or fragment"),
            ("http://127.0.0.1.evil.org", "uses http, which"),
            ("http://localhost.evil.org", "uses http, which"),
            ("http://0.0.0.0", "uses http, which"),
            ("https://", "is not an absolute url"),
            ("file:///etc/passwd", "has no host"),
            ("http://localhost@evil.org", "has a user or password"),
            ("https://b\u{430}nkaccountdata.gocardless.com", "has a host with letters beyond a to z"),
        ] {
            let refused = Address::parse(text).expect_err(text).to_string();
            assert!(refused.starts_with(&format!("base url: {why}")), "{text}: {refused}");
            assert!(!refused.contains("canary"), "{refused}");
        }
    }

    #[test]
    fn a_test_server_may_have_http_and_any_name_but_that_of_the_live_api() {
        for text in
            ["http://sandbox:8099", "http://10.0.0.7", "https://sandbox.example.org", "http://localhost"]
        {
            assert!(Address::parse_test_server(text).is_ok_and(|address| address.is_direct()), "{text}");
        }
        for text in [
            "http://bankaccountdata.gocardless.com",
            "https://BankAccountData.GoCardless.com",
            "http://bankaccountdata.gocardless.com.:80/",
            "http://ob.nordigen.com",
            "http://canary@sandbox",
            "http://sandbox?canary",
            "ftp://sandbox",
            "http://b\u{430}nkaccountdata.gocardless.com",
        ] {
            let refused = Address::parse_test_server(text).expect_err(text).to_string();
            assert!(refused.starts_with("base url: ") && !refused.contains("canary"), "{refused}");
        }
        assert!(!Address::parse("https://sandbox").unwrap().is_direct());
    }

    #[test]
    fn the_slash_at_the_end_is_dropped_and_a_prefix_kept() {
        assert_eq!(Address::parse("https://p.org/x/").unwrap().as_str(), "https://p.org/x");
    }

    #[test]
    fn host_and_port_are_known_also_where_the_scheme_implies_the_port() {
        for (text, host, port) in
            [(LIVE, "bankaccountdata.gocardless.com", 443), ("http://[::1]:8080/x", "[::1]", 8080)]
        {
            let address = Address::parse(text).unwrap();
            assert_eq!((address.host(), address.port()), (host, Some(port)));
        }
    }

    #[test]
    fn only_this_machine_is_a_loopback_and_is_spoken_to_without_a_proxy() {
        for (text, expected) in [
            (LIVE, false),
            ("https://[::2]", false),
            ("https://localhost", true),
            ("http://127.9.9.9", true),
            ("http://[::1]:8080", true),
        ] {
            assert_eq!(Address::parse(text).unwrap().is_loopback(), expected, "{text}");
        }
    }

    #[test]
    fn a_user_agent_is_what_a_header_can_hold() {
        assert_eq!(user_agent("my-ledger/1.0").unwrap(), "my-ledger/1.0");
        let refused = user_agent("a\r\nb").unwrap_err().to_string();
        assert_eq!(refused, "user agent: has a character that a header cannot hold");
    }
}
