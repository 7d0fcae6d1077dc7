//! Clients as most tests want them.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use gocardless_bank_data::reqwest::dns::{Addrs, Name, Resolve, Resolving};
use gocardless_bank_data::{
    AccountId, BankData, BankDataBuilder, Credentials, InstitutionId, Pacing, Timeouts, Timing,
};

use tokio::time::Instant;

use crate::clock::HANG;
use crate::server::FaultServer;

/// The secret id used in tests; it may only appear in the request for a new token pair.
pub const SECRET_ID: &str = "canary-secret-id";

/// The secret key used in tests; it may only appear in the request for a new token pair.
pub const SECRET_KEY: &str = "canary-secret-key";

/// The account that the tests read.
#[must_use]
pub fn account() -> AccountId {
    "3fa85f64-5717-4562-b3fc-2c963f66afa6".parse().unwrap()
}

/// The institution that the tests link.
#[must_use]
pub fn institution() -> InstitutionId {
    "SANDBOXFINANCE_SFIN0000".parse().unwrap()
}

/// A builder of a client for this server.
pub fn builder(server: &FaultServer) -> BankDataBuilder {
    builder_at(&server.url())
}

/// Timeouts that only end a hang: unless a test is about a timeout, a slow machine must not run into one.
pub const PATIENT: Timeouts =
    Timeouts { connect: HANG, token: HANG, plain_read: HANG, metered_read: HANG, write: HANG };

/// A builder of a client for the server at this base URL, with [`PATIENT`] timeouts. It loads no root certificates: none are
/// needed, and loading them is most of the work of building a client.
pub fn builder_at(url: &str) -> BankDataBuilder {
    let http = gocardless_bank_data::reqwest::ClientBuilder::new().tls_certs_only([]);
    let builder = BankData::builder(Credentials::new(SECRET_ID, SECRET_KEY)).base_url(url);
    // By tokio's clock, so that a test that pauses it moves the life of tokens and limits too.
    let (start, since) = (SystemTime::now(), Instant::now());
    builder.http_client(http).timeouts(PATIENT).clock(move || start + since.elapsed())
}

/// A client for this server, otherwise with default settings.
#[must_use]
pub fn client(server: &FaultServer) -> BankData {
    builder(server).build().unwrap()
}

/// A client for this server that sends every call at once, for tests that make more than a company may.
#[must_use]
pub fn unpaced(server: &FaultServer) -> BankData {
    builder(server).pacing(Pacing::off()).build().unwrap()
}

/// The default timing with a change.
#[must_use]
pub fn timing(change: impl FnOnce(&mut Timing)) -> Timing {
    let mut timing = Timing::default();
    change(&mut timing);
    timing
}

/// A resolver that returns an address where nothing listens a given number of times, and then the server's, so that a
/// connection is refused exactly that often.
#[derive(Clone, Debug)]
pub struct RefusingFirst {
    left: Arc<AtomicUsize>,
    asked: Arc<AtomicUsize>,
    port: u16,
}

impl RefusingFirst {
    /// Resolves to `server`, and to nothing as often as [`refuse`](Self::refuse) says.
    #[must_use]
    pub fn new(server: &FaultServer) -> Self {
        Self { left: Arc::default(), asked: Arc::default(), port: server.address().port() }
    }

    /// Resolves to nothing this many times from now on.
    pub fn refuse(&self, times: usize) {
        self.left.store(times, Ordering::SeqCst);
        self.asked.store(0, Ordering::SeqCst);
    }

    /// How often a name was resolved since then.
    #[must_use]
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// A base URL whose host has to be resolved.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://localhost:{}", self.port)
    }
}

impl Resolve for RefusingFirst {
    fn resolve(&self, _: Name) -> Resolving {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let astray = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        // The server listens on the first loopback address only. The port comes from the URL.
        let address = if astray.is_ok() { Ipv4Addr::new(127, 0, 0, 2) } else { Ipv4Addr::LOCALHOST };
        Box::pin(async move {
            let addresses: Addrs = Box::new(std::iter::once(SocketAddr::from((address, 0))));
            Ok(addresses)
        })
    }
}
