//! The settings of a sandbox before it starts.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::clock::Clock;
use crate::error::SandboxError;
use crate::limits::Limits;
use crate::profile::BankProfile;
use crate::sandbox::Sandbox;
use crate::service::Server;
use crate::world;
use crate::world::Config;
use crate::world::World;

/// Starts a [`Sandbox`] with other settings than the defaults.
///
/// ```
/// use gocardless_bank_data_sandbox::{Limits, Sandbox};
///
/// let sandbox = Sandbox::builder()
///     .seed(7)
///     .fixed_clock("2026-01-15T12:00:00Z".parse()?)
///     .limits(Limits::off())
///     .allow_accept(true)
///     .start_blocking()?;
/// assert_eq!(sandbox.clock().now().to_rfc3339(), "2026-01-15T12:00:00+00:00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "the settings are independent of each other")]
#[must_use = "a builder does nothing until it is started"]
pub struct SandboxBuilder {
    seed: u64,
    port: u16,
    clock: Option<DateTime<Utc>>,
    limits: Limits,
    allow_accept: bool,
    allow_reconfirmation: bool,
    own_page_links: bool,
    declared_only: bool,
    host: IpAddr,
    public_url: Option<String>,
    auto_link: bool,
    profiles: Vec<(String, BankProfile)>,
}

impl Default for SandboxBuilder {
    fn default() -> Self {
        Self {
            seed: 1,
            port: 0,
            clock: None,
            limits: Limits::documented(),
            allow_accept: false,
            allow_reconfirmation: false,
            own_page_links: false,
            declared_only: false,
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            public_url: None,
            auto_link: false,
            profiles: Vec::new(),
        }
    }
}

impl SandboxBuilder {
    /// What everything made up follows from: credentials, identifiers, tokens, accounts, transactions. 1 if not
    /// set.
    pub const fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The port of the loopback interface; 0, the default, takes a free one.
    pub const fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Stops the sandbox's clock at an instant, so that it moves only by
    /// [`advance`](crate::Clock::advance). With it, the same requests in the same order get the same answers.
    pub const fn fixed_clock(mut self, instant: DateTime<Utc>) -> Self {
        self.clock = Some(instant);
        self
    }

    /// The rate limits; the documented ones if not set.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Whether the company may accept agreements itself. If not, the default, accepting is refused with 403 as it
    /// is for ordinary companies.
    pub const fn allow_accept(mut self, allow: bool) -> Self {
        self.allow_accept = allow;
        self
    }

    /// Whether the company may use reconfirmation (United Kingdom). If not, the default, it is refused with 403 as
    /// it is for ordinary companies.
    pub const fn allow_reconfirmation(mut self, allow: bool) -> Self {
        self.allow_reconfirmation = allow;
        self
    }

    /// Whether `next` and `previous` of a page name the sandbox's own address. If not, the default, they name
    /// `https://bankaccountdata.gocardless.com`, as the real service does whatever address it was asked at.
    pub const fn own_page_links(mut self, own: bool) -> Self {
        self.own_page_links = own;
        self
    }

    /// Whether only the contract counts. Then a request that does not fit it is refused, and every refusal has a
    /// status and a body that it declares for the operation: for validators that know nothing but the document. If not,
    /// the default, the sandbox is as the real service is, where that differs.
    ///
    /// Faults stay as they are asked for.
    pub const fn declared_only(mut self, only: bool) -> Self {
        self.declared_only = only;
        self
    }

    /// The address to listen on; the loopback interface if not set. With `0.0.0.0` other machines and containers reach it.
    pub const fn host(mut self, host: IpAddr) -> Self {
        self.host = host;
        self
    }

    /// The address by which others reach it, such as `http://sandbox:8099`: what
    /// [`base_url`](crate::Sandbox::base_url) and links say. If not set, the address that it listens on.
    pub fn public_url(mut self, url: &str) -> Self {
        self.public_url = Some(url.trim_end_matches('/').to_owned());
        self
    }

    /// Whether the link of a requisition goes through all stages at once for browsers too. If not, the default, a browser (a
    /// GET that accepts `text/html`) is shown a page, and any other client goes through at once.
    pub const fn auto_link(mut self, auto: bool) -> Self {
        self.auto_link = auto;
        self
    }

    /// How an institution behaves. If not set, the institutions whose id begins with `PROFILE_` behave as their name says and
    /// all others are calm.
    pub fn profile(mut self, institution: &str, profile: BankProfile) -> Self {
        self.profiles.push((institution.to_owned(), profile));
        self
    }

    /// Starts it.
    ///
    /// # Errors
    ///
    /// [`SandboxError`] if the port is taken, no thread is to be had, or a profile is for an unknown institution.
    #[allow(
        clippy::unused_async,
        reason = "what starts a server is awaited; today it has nothing to wait for"
    )]
    pub async fn start(self) -> Result<Sandbox, SandboxError> {
        self.start_blocking()
    }

    /// The same without a runtime.
    ///
    /// # Errors
    ///
    /// [`SandboxError`] if the port is taken, no thread is to be had, or a profile is for an unknown institution.
    pub fn start_blocking(self) -> Result<Sandbox, SandboxError> {
        let (host, port) = (self.host, self.port);
        let listen = |source| SandboxError::listen(host, port, source);
        let listener = Server::bind(host, port).map_err(listen)?;
        let mut address = listener.local_addr().map_err(listen)?;
        if address.ip().is_unspecified() {
            // Listening everywhere; nobody can be sent there.
            address.set_ip(IpAddr::V4(Ipv4Addr::LOCALHOST));
        }
        let (secret_id, secret_key) = Config::credentials(self.seed);
        let config = Config {
            seed: self.seed,
            secret_id,
            secret_key,
            base_url: self.public_url.unwrap_or_else(|| format!("http://{address}")),
            limits: self.limits,
            allow_accept: self.allow_accept,
            allow_reconfirmation: self.allow_reconfirmation,
            own_page_links: self.own_page_links,
            declared_only: self.declared_only,
            auto_link: self.auto_link,
        };
        let clock = self.clock.map_or_else(Clock::running, Clock::fixed);
        let world = Arc::new(World::new(config, clock));
        for (institution, profile) in self.profiles {
            world::set_profile(&world, &institution, profile)?;
        }
        let server = Server::start(listener, Arc::clone(&world)).map_err(SandboxError::Start)?;
        Ok(Sandbox::new(world, server))
    }
}
