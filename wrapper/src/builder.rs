//! The settings of a client. What would weaken its safety cannot be set.

use std::sync::Arc;

use gocardless_bank_data_runtime::auth::Timing;
use gocardless_bank_data_runtime::state::Store;
use gocardless_bank_data_runtime::{Client, Settings};
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
    /// this machine.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.0.base_url = base_url.into();
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

    /// Keeps tokens, quotas and circuit breakers in a store that outlives this client and is shared between processes.
    /// Without one they are kept in memory.
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
        self.0.store = Some(Box::new(store));
        self
    }

    /// Your own settings for connections: a proxy, more root certificates, an address to send from.
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
