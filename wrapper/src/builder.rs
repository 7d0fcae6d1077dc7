//! Settings of a client. What would weaken its safety cannot be set.

use std::sync::Arc;

use gocardless_bank_data_core::address::{Address, LIVE, user_agent};
use gocardless_bank_data_core::error::{InvalidRequestError, Result};
use gocardless_bank_data_core::store::Store;
use gocardless_bank_data_core::token::Timing;
use gocardless_bank_data_core::{Credentials, Custody, DEFAULT_BODY_LIMIT, ReplayBudget, Timeouts, harden};
use tokio::sync::Semaphore;

use crate::client::{BankData, Shared};
use crate::fetch::Fetcher;
use crate::funnel::Link;

/// How many calls are under way at once; the others wait. A burst of ten thousand calls would otherwise open a socket
/// each and run into the limit of the process.
const DEFAULT_CONNECTIONS: usize = 64;

/// Makes a [`BankData`].
///
/// ```
/// use gocardless_bank_data::{BankData, Credentials, Timeouts};
///
/// let bank = BankData::builder(Credentials::new("id", "key"))
///     .base_url("http://127.0.0.1:8099")
///     .timeouts(Timeouts { plain_read: std::time::Duration::from_secs(10), ..Timeouts::default() })
///     .user_agent("my-ledger/1.0")
///     .build()?;
/// # let _ = bank;
/// # Ok::<(), gocardless_bank_data::Error>(())
/// ```
#[must_use = "a builder does nothing before build is called"]
pub struct BankDataBuilder {
    credentials: Credentials,
    base_url: String,
    timeouts: Timeouts,
    timing: Timing,
    user_agent: String,
    http: reqwest::ClientBuilder,
    connections: usize,
    body_limit: usize,
    store: Option<Box<dyn Store>>,
}

impl BankDataBuilder {
    pub(crate) fn new(credentials: Credentials) -> Self {
        Self {
            credentials,
            base_url: LIVE.to_owned(),
            timeouts: Timeouts::default(),
            timing: Timing::default(),
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")).to_owned(),
            http: reqwest::ClientBuilder::new(),
            connections: DEFAULT_CONNECTIONS,
            body_limit: DEFAULT_BODY_LIMIT,
            store: None,
        }
    }

    /// The address of the API. The live one is `https://bankaccountdata.gocardless.com`; `http` is accepted only to
    /// this machine.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = base_url.into();
        self
    }

    /// How long each class of call may take.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// When tokens are replaced. The defaults suit the API; tests may want others.
    pub fn timing(mut self, timing: Timing) -> Self {
        self.timing = timing;
        self
    }

    /// What this client calls itself towards the server, such as `my-ledger/1.0`.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// How many calls are under way at once, besides one for a token; 64 unless told otherwise. The others wait.
    pub fn max_connections(mut self, connections: usize) -> Self {
        self.connections = connections;
        self
    }

    /// The most bytes of a body that are accepted; 16 MiB unless told otherwise.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Keeps tokens, and what is known of accounts, in a store that outlives this client and is shared between
    /// processes. Without one they are kept in memory.
    ///
    /// ```no_run
    /// use gocardless_bank_data::{BankData, Credentials, store::FileStore};
    ///
    /// # fn run() -> Result<(), Box<dyn std::error::Error>> {
    /// let store = FileStore::open("bank-data-tokens.json")?;
    /// let bank = BankData::builder(Credentials::from_env()?).store(store).build()?;
    /// # let _ = bank;
    /// # Ok(())
    /// # }
    /// ```
    pub fn store(mut self, store: impl Store) -> Self {
        self.store = Some(Box::new(store));
        self
    }

    /// Settings of your own for connections: a proxy, more root certificates, an address to send from.
    ///
    /// What keeps secrets safe is set after yours and wins: no redirects, no referer, no cookies, no verbose logging of
    /// connections, no file for TLS keys, certificates always checked, no policy that sends calls again, the timeout of
    /// each call, and the user agent.
    pub fn http_client(mut self, http: reqwest::ClientBuilder) -> Self {
        self.http = http;
        self
    }

    /// Makes the client. Nothing is sent before its first call. With TLS by rustls, a process that has no cryptography
    /// for it is given one: see [`install_cryptography`](crate::install_cryptography).
    ///
    /// # Errors
    /// [`Error::InvalidRequest`](crate::Error::InvalidRequest) where a setting cannot be right; it says which and why.
    pub fn build(self) -> Result<BankData> {
        let address = Address::parse(&self.base_url)?;
        if self.credentials.secret_id.is_empty() || self.credentials.secret_key.is_empty() {
            return Err(InvalidRequestError::new("credentials", "the secret id or key is empty").into());
        }
        if self.connections == 0 {
            return Err(
                InvalidRequestError::new("max connections", "is 0, so that no call could be sent").into()
            );
        }
        let has_tls = cfg!(any(feature = "rustls", feature = "rustls-aws-lc-rs", feature = "native-tls"));
        if !has_tls && !address.is_loopback() {
            let why = "needs tls; enable the feature rustls or native-tls of gocardless-bank-data";
            return Err(InvalidRequestError::new("base url", why).into());
        }
        gocardless_bank_data_core::install_cryptography();
        let http = safe(self.http, &address)
            .connect_timeout(self.timeouts.connect)
            .user_agent(user_agent(&self.user_agent)?)
            .build()
            .map_err(|_| InvalidRequestError::new("http client", "could not be made from these settings"))?;
        let link = Arc::new(Link {
            http,
            address: Arc::new(address),
            timeouts: self.timeouts,
            body_limit: self.body_limit,
            sockets: Semaphore::new(self.connections.min(Semaphore::MAX_PERMITS)),
            replays: ReplayBudget::default(),
        });
        let fetcher = Fetcher { link: Arc::clone(&link), credentials: self.credentials.clone() };
        let secret_id = self.credentials.secret_id.expose();
        let custody = Custody::new(fetcher, self.timing, self.store, link.address.as_str(), secret_id);
        Ok(BankData(Arc::new(Shared { link, custody: Arc::new(custody), credentials: self.credentials })))
    }
}

/// Shows no setting: an address that `build` will refuse may hold a password.
impl std::fmt::Debug for BankDataBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BankDataBuilder").field("timeouts", &self.timeouts).finish_non_exhaustive()
    }
}

/// The caller's settings without what would weaken them.
fn safe(http: reqwest::ClientBuilder, address: &Address) -> reqwest::ClientBuilder {
    let http = harden(http);
    #[cfg(any(feature = "rustls", feature = "rustls-aws-lc-rs", feature = "native-tls"))]
    let http = http
        .https_only(!address.is_loopback())
        .tls_danger_accept_invalid_certs(false)
        .tls_danger_accept_invalid_hostnames(false);
    // With both compiled in, by whichever crate, the one that was asked for here is used.
    #[cfg(any(feature = "rustls", feature = "rustls-aws-lc-rs"))]
    let http = http.tls_backend_rustls();
    #[cfg(all(feature = "native-tls", not(any(feature = "rustls", feature = "rustls-aws-lc-rs"))))]
    let http = http.tls_backend_native();
    if address.is_loopback() { http.no_proxy() } else { http }
}
