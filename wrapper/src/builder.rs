//! The settings of a client. What would weaken its safety cannot be set.

use std::sync::Arc;
use std::time::SystemTime;

use gocardless_bank_data_runtime::auth::Timing;
use gocardless_bank_data_runtime::policy::Pacing;
use gocardless_bank_data_runtime::state::{Clock, StateStore};
use gocardless_bank_data_runtime::{Attempt, Client, Observer, Settings};
use gocardless_bank_data_types::error::Result;
use gocardless_bank_data_types::{Credentials, Timeouts};

use crate::client::BankData;

/// Builds a [`BankData`].
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
pub struct BankDataBuilder(Settings);

impl BankDataBuilder {
    pub(crate) fn new(credentials: Credentials) -> Self {
        let user_agent = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
        Self(Settings::new(credentials, user_agent))
    }

    /// The address of the API. The live one is `https://bankaccountdata.gocardless.com`; `http` is accepted only to
    /// this machine. Another machine with a fake of the API is a [`test_server`](Self::test_server).
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        (self.0.base_url, self.0.is_test_server) = (base_url.into(), false);
        self
    }

    /// The address of a test server in place of the API, such as a sandbox in another container. It may be `http`, and is
    /// reached without a proxy. Whoever is between the two reads the credentials, so give the client those of the test server.
    ///
    /// The hosts of the live API are refused, and no environment variable does the same.
    ///
    /// ```
    /// use gocardless_bank_data::{BankData, Credentials};
    ///
    /// let credentials = Credentials::new("of the sandbox", "and its key");
    /// let bank = BankData::builder(credentials).test_server("http://sandbox:8099").build()?;
    /// # let _ = bank;
    /// # Ok::<(), gocardless_bank_data::Error>(())
    /// ```
    pub fn test_server(mut self, url: impl Into<String>) -> Self {
        (self.0.base_url, self.0.is_test_server) = (url.into(), true);
        self
    }

    /// How long each class of call may take.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.0.timeouts = timeouts;
        self
    }

    /// When tokens are replaced. The defaults suit the API; tests may want others.
    pub fn timing(mut self, timing: Timing) -> Self {
        self.0.timing = timing;
        self
    }

    /// The user agent that this client sends, such as `my-ledger/1.0`.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.0.user_agent = user_agent.into();
        self
    }

    /// How many calls are in flight at once, besides one for a token; 64 by default. The others wait.
    pub fn max_connections(mut self, connections: usize) -> Self {
        self.0.max_connections = connections;
        self
    }

    /// The largest response body that is accepted, in bytes; 16 MiB by default.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.0.body_limit = bytes;
        self
    }

    /// Shares tokens, budgets, quotas and circuit breakers with all clients that have the same state, in this process and
    /// others, and keeps them from one run to the next. Without it they are in memory, for this client and its clones.
    ///
    /// ```
    /// use gocardless_bank_data::state::MemoryState;
    /// use gocardless_bank_data::{BankData, Credentials};
    ///
    /// # fn run() -> Result<(), gocardless_bank_data::Error> {
    /// let state = MemoryState::default();
    /// let one = BankData::builder(Credentials::new("id", "key")).state(state.clone()).build()?;
    /// let other = BankData::builder(Credentials::new("id", "key")).state(state).build()?;
    /// # let _ = (one, other);
    /// # Ok(())
    /// # }
    /// # run().unwrap();
    /// ```
    pub fn state(mut self, state: impl StateStore) -> Self {
        self.0.state = Some(Box::new(state));
        self
    }

    /// How calls are spread over time, so that the limits of the company are kept: 90 calls of accounts a minute by
    /// default, of the 100 that the service allows.
    ///
    /// ```
    /// use gocardless_bank_data::{BankData, Credentials, Pacing};
    ///
    /// // Another program of the company needs half of its calls.
    /// let bank = BankData::builder(Credentials::new("id", "key")).pacing(Pacing::per_minute(45)).build()?;
    /// # let _ = bank;
    /// # Ok::<(), gocardless_bank_data::Error>(())
    /// ```
    pub fn pacing(mut self, pacing: Pacing) -> Self {
        self.0.pacing = pacing;
        self
    }

    /// Calls `observe` once for each attempt of each call, retries and token operations included, as soon as it has ended. It
    /// is called with the operation, the number of the attempt, how it ended, how long it took and the limits, and no id. It runs
    /// within the call, so it should count and return, and must not panic.
    ///
    /// What to count and when to alert is in `docs/observability.md` of the repository.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use std::sync::atomic::{AtomicU64, Ordering};
    ///
    /// use gocardless_bank_data::{BankData, Credentials};
    ///
    /// let failures = Arc::new(AtomicU64::new(0));
    /// let counter = Arc::clone(&failures);
    /// let bank = BankData::builder(Credentials::new("id", "key"))
    ///     .observer(move |attempt| {
    ///         if attempt.error.is_some() {
    ///             counter.fetch_add(1, Ordering::Relaxed);
    ///         }
    ///     })
    ///     .build()?;
    /// # let _ = bank;
    /// # Ok::<(), gocardless_bank_data::Error>(())
    /// ```
    pub fn observer(mut self, observe: impl Fn(&Attempt<'_>) + Send + Sync + 'static) -> Self {
        self.0.observer = Observer::new(observe);
        self
    }

    /// Another clock than the machine's, for tests that move time: tokens, quotas and pauses go by it.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    ///
    /// use gocardless_bank_data::{BankData, Credentials};
    ///
    /// let tomorrow = || SystemTime::now() + Duration::from_secs(86_400);
    /// let bank = BankData::builder(Credentials::new("id", "key")).clock(tomorrow).build()?;
    /// # let _ = bank;
    /// # Ok::<(), gocardless_bank_data::Error>(())
    /// ```
    pub fn clock(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.0.clock = Clock::new(now);
        self
    }

    /// Your own settings for connections: a proxy, more root certificates, an address to send from.
    ///
    /// Proxies of the environment (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`) are used without it. This machine and a
    /// [`test_server`](Self::test_server) are never reached through a proxy.
    ///
    /// ```
    /// use gocardless_bank_data::{BankData, Credentials, reqwest};
    ///
    /// # fn run() -> Result<(), Box<dyn std::error::Error>> {
    /// let proxy = reqwest::Proxy::https("http://proxy.example.org:3128")?.basic_auth("user", "password");
    /// let bank = BankData::builder(Credentials::new("id", "key"))
    ///     .http_client(reqwest::Client::builder().proxy(proxy))
    ///     .build()?;
    /// # let _ = bank;
    /// # Ok(())
    /// # }
    /// # run().unwrap();
    /// ```
    ///
    /// What keeps secrets safe is set after yours and takes precedence: no redirects, no referer, no cookies, no verbose logging of
    /// connections, no file for TLS keys, certificates always checked, no policy that sends calls again, the timeout of
    /// each call, and the user agent.
    pub fn http_client(mut self, http: reqwest::ClientBuilder) -> Self {
        self.0.http = http;
        self
    }

    /// Builds the client. Nothing is sent before its first call. With TLS by rustls, a process that has no cryptography
    /// provider gets one: see [`install_cryptography`](crate::install_cryptography).
    ///
    /// # Errors
    /// [`Error::InvalidRequest`](crate::Error::InvalidRequest) if a setting cannot be right; it says which and why.
    pub fn build(self) -> Result<BankData> {
        Ok(BankData(Arc::new(Client::new(self.0)?)))
    }
}

/// Shows no setting: an address that `build` will refuse may hold a password.
impl std::fmt::Debug for BankDataBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BankDataBuilder").field("timeouts", &self.0.timeouts).finish_non_exhaustive()
    }
}
