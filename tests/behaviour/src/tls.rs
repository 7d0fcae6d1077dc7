//! TLS in front of a server: certificates of an authority of our own, good ones and bad ones, and peers that speak no
//! TLS that anybody should accept.

use std::fmt;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use gocardless_bank_data::reqwest::Certificate as Root;
use rcgen::{CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::{CryptoProvider, aws_lc_rs};
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::server::FaultServer;

/// Somebody who signs certificates, known to a client or not.
pub struct Authority {
    root: Vec<u8>,
    issuer: Issuer<'static, KeyPair>,
}

impl Default for Authority {
    fn default() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        params.distinguished_name = named("An authority of the tests");
        let key = KeyPair::generate().unwrap();
        let root = params.self_signed(&key).unwrap().der().to_vec();
        Self { root, issuer: Issuer::new(params, key) }
    }
}

impl Authority {
    /// Its own certificate, for a client that shall trust it.
    #[must_use]
    pub fn root(&self) -> Root {
        Root::from_der(&self.root).unwrap()
    }

    /// The same as bytes.
    #[must_use]
    pub fn root_der(&self) -> &[u8] {
        &self.root
    }

    /// A peer of this name, in date.
    #[must_use]
    pub fn peer(&self, name: &str) -> Peer {
        self.sign(&CertificateParams::new(vec![name.to_owned()]).unwrap())
    }

    /// A peer of this name whose certificate ended long ago.
    #[must_use]
    pub fn expired_peer(&self, name: &str) -> Peer {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2020, 2, 1);
        self.sign(&params)
    }

    fn sign(&self, params: &CertificateParams) -> Peer {
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        Peer::new(&certificate, &key)
    }
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Authority(..)")
    }
}

fn named(name: &str) -> DistinguishedName {
    let mut names = DistinguishedName::new();
    names.push(DnType::CommonName, name);
    names
}

/// Who a server says it is.
#[derive(Clone, Debug)]
pub struct Peer(Arc<ServerConfig>);

impl Peer {
    /// A peer of this name that nobody but itself vouches for.
    #[must_use]
    pub fn self_signed(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        Self::new(&params.self_signed(&key).unwrap(), &key)
    }

    fn new(certificate: &rcgen::Certificate, key: &KeyPair) -> Self {
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(provider());
        let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
        Self(Arc::new(config.with_single_cert(vec![certificate.der().clone()], key).unwrap()))
    }
}

/// The cryptography of the tests' servers. It is named, because two are compiled in: aws-lc, which is this one, and ring, which
/// is the client's. So the client is tried beside a crate that brings the other.
#[must_use]
pub fn provider() -> Arc<CryptoProvider> {
    Arc::new(aws_lc_rs::default_provider())
}

#[derive(Debug, Default)]
struct Counts {
    connections: AtomicUsize,
    bytes: AtomicUsize,
}

/// TLS in front of a [`FaultServer`]. It ends when dropped.
#[derive(Debug)]
pub struct TlsFront {
    address: SocketAddr,
    peer: Arc<Mutex<Peer>>,
    counts: Arc<Counts>,
    task: JoinHandle<()>,
}

impl TlsFront {
    /// Passes on to `server` whatever a client says once it took `peer` for who it wanted.
    pub async fn start(server: &FaultServer, peer: Peer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (peer, counts) = (Arc::new(Mutex::new(peer)), Arc::<Counts>::default());
        let (current, counted, behind) = (Arc::clone(&peer), Arc::clone(&counts), server.address());
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counted.connections.fetch_add(1, Ordering::SeqCst);
                let config = current.lock().unwrap_or_else(PoisonError::into_inner).0.clone();
                let counted = Arc::clone(&counted);
                tokio::spawn(async move {
                    // A client that refuses the certificate goes away, which is what the tests are about.
                    let _ = pass_on(stream, config, behind, &counted.bytes).await;
                });
            }
        });
        Self { address, peer, counts, task }
    }

    /// Is somebody else from the next connection on.
    pub fn become_peer(&self, peer: Peer) {
        *self.peer.lock().unwrap_or_else(PoisonError::into_inner) = peer;
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL under this name.
    #[must_use]
    pub fn url(&self, name: &str) -> String {
        format!("https://{name}:{}", self.address.port())
    }

    /// How many connections were opened.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.counts.connections.load(Ordering::SeqCst)
    }

    /// How many bytes came through the encryption: HTTP, if any.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.counts.bytes.load(Ordering::SeqCst)
    }
}

impl Drop for TlsFront {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn pass_on(
    stream: TcpStream,
    config: Arc<ServerConfig>,
    behind: SocketAddr,
    bytes: &AtomicUsize,
) -> std::io::Result<()> {
    let (mut from, mut to) = tokio::io::split(TlsAcceptor::from(config).accept(stream).await?);
    let (mut back, mut forth) = TcpStream::connect(behind).await?.into_split();
    let up = async {
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let read = from.read(&mut buffer).await?;
            bytes.fetch_add(read, Ordering::SeqCst);
            match buffer.get(..read) {
                Some(read) if !read.is_empty() => forth.write_all(read).await?,
                _ => return std::io::Result::Ok(()),
            }
        }
    };
    let down = async {
        tokio::io::copy(&mut back, &mut to).await?;
        to.shutdown().await
    };
    tokio::select! {
        ended = up => ended,
        ended = down => ended,
    }
}

/// A peer that says these bytes to whoever speaks to it, and nothing after them. It ends when dropped.
#[derive(Debug)]
pub struct RawPeer {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl RawPeer {
    /// The greeting of a server that knows TLS 1.1 and nothing newer: a record of the handshake with a hello in it, a random
    /// of zeros, no session, and a suite of that time.
    pub const TLS_1_1: &[u8] = b"\x16\x03\x02\x00\x2a\x02\x00\x00\x26\x03\x02\
        \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
        \0\xc0\x13\0";

    /// The alert of a server that knows no version that the client offers.
    pub const NO_SUCH_VERSION: &[u8] = &[21, 3, 1, 0, 2, 2, 70];

    /// Says `bytes`.
    pub async fn start(bytes: &'static [u8]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::<AtomicUsize>::default();
        let counted = Arc::clone(&connections);
        let task = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(async move {
                    let mut buffer = vec![0; 4096];
                    let _ = stream.read(&mut buffer).await;
                    let _ = stream.write_all(bytes).await;
                    while stream.read(&mut buffer).await.is_ok_and(|read| read > 0) {}
                });
            }
        });
        Self { address, connections, task }
    }

    /// Its base URL.
    #[must_use]
    pub fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// How many connections were opened.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

impl Drop for RawPeer {
    fn drop(&mut self) {
        self.task.abort();
    }
}
