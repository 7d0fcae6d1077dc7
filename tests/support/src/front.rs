//! What is placed between a client and a server: TLS with valid and invalid certificates of a test authority, peers whose TLS
//! must not be accepted, and proxies.

use std::fmt;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use gocardless_bank_data::reqwest::Certificate as Root;
use rcgen::{CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::{CryptoProvider, aws_lc_rs};
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::listener::Listener;
use crate::server::FaultServer;

/// A certificate authority, which a client may or may not trust.
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
    /// Its own certificate, for a client that trusts it.
    #[must_use]
    pub fn root(&self) -> Root {
        Root::from_der(&self.root).unwrap()
    }

    /// The same as bytes.
    #[must_use]
    pub fn root_der(&self) -> &[u8] {
        &self.root
    }

    /// A peer with this name and a valid certificate.
    #[must_use]
    pub fn peer(&self, name: &str) -> Peer {
        self.sign(&CertificateParams::new(vec![name.to_owned()]).unwrap())
    }

    /// A peer with this name and an expired certificate.
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

/// The identity that a server presents.
#[derive(Clone, Debug)]
pub struct Peer(Arc<ServerConfig>);

impl Peer {
    /// A peer with this name and a self-signed certificate.
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

/// The cryptography of the test servers. It is named because two are compiled in: aws-lc, which is this one, and ring, which
/// the client uses. So the client is tested beside a crate that brings the other.
#[must_use]
pub fn provider() -> Arc<CryptoProvider> {
    Arc::new(aws_lc_rs::default_provider())
}

/// TLS in front of a [`FaultServer`]. It ends when dropped.
#[derive(Debug)]
pub struct TlsFront {
    listener: Listener,
    peer: Arc<Mutex<Peer>>,
    bytes: Arc<AtomicUsize>,
}

impl TlsFront {
    /// Forwards to `server` what a client sends once it has accepted `peer`.
    pub async fn start(server: &FaultServer, peer: Peer) -> Self {
        let (peer, bytes, behind) = (Arc::new(Mutex::new(peer)), Arc::default(), server.address());
        let (current, counted) = (Arc::clone(&peer), Arc::clone(&bytes));
        let listener = Listener::start(move |stream, _| {
            let config = current.lock().unwrap_or_else(PoisonError::into_inner).0.clone();
            let counted = Arc::clone(&counted);
            async move { pass_on(stream, config, behind, &counted).await }
        })
        .await;
        Self { listener, peer, bytes }
    }

    /// Presents another peer from the next connection on.
    pub fn become_peer(&self, peer: Peer) {
        *self.peer.lock().unwrap_or_else(PoisonError::into_inner) = peer;
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.listener.address()
    }

    /// The base URL under this name.
    #[must_use]
    pub fn url(&self, name: &str) -> String {
        format!("https://{name}:{}", self.address().port())
    }

    /// How many connections were opened.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.listener.connections()
    }

    /// How many decrypted bytes arrived: HTTP, if any.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes.load(Ordering::SeqCst)
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

/// A peer that answers the first bytes it receives with fixed bytes and then stays silent. Stops when dropped.
#[derive(Debug)]
pub struct RawPeer(Listener);

impl RawPeer {
    /// The greeting of a server that knows TLS 1.1 and nothing newer: a record of the handshake with a hello in it, a random
    /// of zeros, no session, and a suite of that time.
    pub const TLS_1_1: &[u8] = b"\x16\x03\x02\x00\x2a\x02\x00\x00\x26\x03\x02\
        \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
        \0\xc0\x13\0";

    /// The alert of a server that knows no version that the client offers.
    pub const NO_SUCH_VERSION: &[u8] = &[21, 3, 1, 0, 2, 2, 70];

    /// Answers with `bytes`.
    pub async fn start(bytes: &'static [u8]) -> Self {
        Self(
            Listener::start(move |mut stream, _| async move {
                let mut buffer = vec![0; 4096];
                let _ = stream.read(&mut buffer).await?;
                stream.write_all(bytes).await?;
                while stream.read(&mut buffer).await? > 0 {}
                Ok(())
            })
            .await,
        )
    }

    /// Its base URL.
    #[must_use]
    pub fn url(&self) -> String {
        format!("https://{}", self.0.address())
    }

    /// How many connections were opened.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.0.connections()
    }
}

/// A proxy whose tunnels all lead to the same server. Stops when dropped.
#[derive(Debug)]
pub struct TunnelProxy {
    listener: Listener,
    asked: Arc<Mutex<Vec<String>>>,
}

impl TunnelProxy {
    /// Connects to `behind`, whatever host is requested.
    pub async fn start(behind: SocketAddr) -> Self {
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let recorded = Arc::clone(&asked);
        let listener = Listener::start(move |stream, _| {
            let recorded = Arc::clone(&recorded);
            async move { tunnel(stream, behind, &recorded).await }
        })
        .await;
        Self { listener, asked }
    }

    /// Its URL.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.listener.address())
    }

    /// The head of every request: request line and headers.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn tunnel(
    mut stream: TcpStream,
    behind: SocketAddr,
    asked: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    asked.lock().unwrap_or_else(PoisonError::into_inner).push(String::from_utf8_lossy(&head).into_owned());
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
    let mut other = TcpStream::connect(behind).await?;
    copy_bidirectional(&mut stream, &mut other).await?;
    Ok(())
}
