//! A name server that leads astray first, so that a connection is refused exactly as often as wanted.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use gocardless_bank_data::reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::server::FaultServer;

/// Leads to an address where nobody listens, a number of times, and then to the server.
#[derive(Clone, Debug)]
pub struct RefusingFirst {
    left: Arc<AtomicUsize>,
    asked: Arc<AtomicUsize>,
    port: u16,
}

impl RefusingFirst {
    /// Leads to `server`, and astray as often as [`refuse`](Self::refuse) says.
    #[must_use]
    pub fn new(server: &FaultServer) -> Self {
        Self { left: Arc::default(), asked: Arc::default(), port: server.address().port() }
    }

    /// Leads astray this many times from now on.
    pub fn refuse(&self, times: usize) {
        self.left.store(times, Ordering::SeqCst);
        self.asked.store(0, Ordering::SeqCst);
    }

    /// How often it was asked since.
    #[must_use]
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// The base URL that has to be looked up.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://localhost:{}", self.port)
    }
}

impl Resolve for RefusingFirst {
    fn resolve(&self, _: Name) -> Resolving {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let astray = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        // The server listens on the first address of the loopback network only. The port is the url's.
        let address = if astray.is_ok() { Ipv4Addr::new(127, 0, 0, 2) } else { Ipv4Addr::LOCALHOST };
        Box::pin(async move {
            let addresses: Addrs = Box::new(std::iter::once(SocketAddr::from((address, 0))));
            Ok(addresses)
        })
    }
}
