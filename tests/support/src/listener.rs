//! The one place that listens: every test server is a function of an accepted connection.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// Counts of connections.
#[derive(Debug, Default)]
struct Counts {
    opened: AtomicUsize,
    open: AtomicUsize,
    most: AtomicUsize,
}

/// A server on a free loopback port. Stops when dropped.
#[derive(Debug)]
pub struct Listener {
    address: SocketAddr,
    counts: Arc<Counts>,
    closed: watch::Receiver<usize>,
    task: JoinHandle<()>,
}

impl Listener {
    /// Runs `serve` for each connection with its number, from 1 on. Its result is ignored.
    pub async fn start<F>(serve: impl Fn(TcpStream, usize) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = io::Result<()>> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (counts, (closing, closed)) = (Arc::<Counts>::default(), watch::channel(0));
        let counted = Arc::clone(&counts);
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let number = counted.opened.fetch_add(1, Ordering::SeqCst) + 1;
                let open = counted.open.fetch_add(1, Ordering::SeqCst) + 1;
                counted.most.fetch_max(open, Ordering::SeqCst);
                let _ = stream.set_nodelay(true);
                let (served, counted, closing) =
                    (serve(stream, number), Arc::clone(&counted), closing.clone());
                connections.spawn(async move {
                    let _ = served.await;
                    counted.open.fetch_sub(1, Ordering::SeqCst);
                    closing.send_modify(|closed| *closed += 1);
                });
                while connections.try_join_next().is_some() {}
            }
        });
        Self { address, counts, closed, task }
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many connections were opened.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.counts.opened.load(Ordering::SeqCst)
    }

    /// The most connections open at once. A connection counts until the server notices its end.
    #[must_use]
    pub fn most_connections(&self) -> usize {
        self.counts.most.load(Ordering::SeqCst)
    }

    /// Waits until this many connections have been closed.
    pub async fn closed(&self, connections: usize) {
        self.closed.clone().wait_for(|closed| *closed >= connections).await.expect("it still listens");
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.task.abort();
    }
}
