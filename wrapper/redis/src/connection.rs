//! One connection that all calls share, made when it is first needed and again when it breaks.

use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::cluster::{ClusterClient, ClusterClientBuilder};
use redis::cluster_async::ClusterConnection;
use redis::sentinel::{SentinelClient, SentinelClientBuilder, SentinelServerType};
use redis::{
    AsyncConnectionConfig, Client, ConnectionAddr, ConnectionInfo, FromRedisValue, RedisResult,
    ScriptInvocation,
};
use tokio::sync::Mutex;

use crate::failure::is_of_connection;

/// Where the records are.
#[derive(Clone)]
pub(crate) enum Topology {
    /// One server.
    Node(ConnectionInfo),
    /// Whichever server these Sentinels call the master of this name.
    Sentinel { sentinels: Vec<ConnectionInfo>, master: String, node: ConnectionInfo },
    /// A cluster with these nodes among others.
    Cluster(Vec<ConnectionInfo>),
}

impl Topology {
    /// How errors name it: never with a user or a password.
    pub(crate) fn place(&self) -> String {
        match self {
            Self::Node(node) => format!("redis at {}", node.addr()),
            Self::Sentinel { master, .. } => format!("redis master {master}"),
            Self::Cluster(nodes) => {
                let nodes: Vec<_> = nodes.iter().map(|node| node.addr().to_string()).collect();
                format!("redis cluster of {}", nodes.join(", "))
            }
        }
    }

    /// Whether any of its URLs asks for TLS.
    pub(crate) fn has_tls(&self) -> bool {
        match self {
            Self::Node(node) => is_tls(node),
            Self::Sentinel { sentinels, node, .. } => sentinels.iter().chain([node]).any(is_tls),
            Self::Cluster(nodes) => nodes.iter().any(is_tls),
        }
    }
}

/// How to trust the server and to be trusted by it.
#[derive(Clone, Default)]
pub(crate) struct Certificates {
    pub(crate) root: Option<Vec<u8>>,
    pub(crate) client: Option<(Vec<u8>, Vec<u8>)>,
}

/// The shared connection.
pub(crate) struct Shared {
    server: Server,
    held: Mutex<Held>,
    timeout: Duration,
}

#[derive(Default)]
struct Held {
    connection: Option<Connection>,
    /// Counts connections, so that a failure of an older one does not end a newer one.
    generation: u64,
}

/// Makes connections.
#[allow(clippy::large_enum_variant, reason = "a program has one or two of them")]
enum Server {
    Node(Client),
    // It remembers its connections to the Sentinels.
    Sentinel(Mutex<SentinelClient>),
    Cluster(ClusterClient),
}

#[derive(Clone)]
enum Connection {
    Node(MultiplexedConnection),
    Cluster(ClusterConnection),
}

impl Shared {
    /// Does not connect yet.
    pub(crate) fn new(
        topology: Topology,
        certificates: &Certificates,
        timeout: Duration,
    ) -> RedisResult<Self> {
        #[cfg(feature = "rustls")]
        if topology.has_tls() && rustls::crypto::CryptoProvider::get_default().is_none() {
            // redis takes the process's own. Where two are compiled in and none was chosen, it would panic. If another
            // thread chooses one at the same time, that one is as good.
            let _ = rustls::crypto::ring::default_provider().install_default();
        }
        let server = match topology {
            Topology::Node(node) => Server::Node(certificates.client(node)?),
            Topology::Sentinel { sentinels, master, node } => {
                Server::Sentinel(Mutex::new(certificates.sentinel(&sentinels, &master, &node)?))
            }
            Topology::Cluster(nodes) => {
                let builder = ClusterClient::builder(nodes)
                    .connection_timeout(timeout)
                    .response_timeout(timeout)
                    .overall_response_timeout(Some(timeout));
                Server::Cluster(certificates.cluster(builder).build()?)
            }
        };
        Ok(Self { server, held: Mutex::default(), timeout })
    }

    /// Runs a script, on a new connection if the shared one turns out to be broken.
    ///
    /// That may run it twice, if the first answer was lost. Then its second run finds that the versions have changed.
    pub(crate) async fn run<T: FromRedisValue>(&self, script: &ScriptInvocation<'_>) -> RedisResult<T> {
        let (mut connection, generation, is_new) = self.connection().await?;
        match connection.run(script).await {
            Err(error) if is_of_connection(&error) => {
                self.forget(generation).await;
                if is_new {
                    return Err(error);
                }
                let (mut connection, generation, _) = self.connection().await?;
                let second = connection.run(script).await;
                if second.as_ref().is_err_and(is_of_connection) {
                    self.forget(generation).await;
                }
                second
            }
            done => done,
        }
    }

    /// Takes no part in the next call: it may no longer work.
    pub(crate) async fn forget_latest(&self) {
        self.held.lock().await.connection = None;
    }

    async fn forget(&self, generation: u64) {
        let mut held = self.held.lock().await;
        if held.generation == generation {
            held.connection = None;
        }
    }

    /// The connection, its generation, and whether it was made just now.
    async fn connection(&self) -> RedisResult<(Connection, u64, bool)> {
        let mut held = self.held.lock().await;
        if let Some(connection) = &held.connection {
            return Ok((connection.clone(), held.generation, false));
        }
        let connection = self.connect().await?;
        held.generation += 1;
        held.connection = Some(connection.clone());
        Ok((connection, held.generation, true))
    }

    async fn connect(&self) -> RedisResult<Connection> {
        let settings = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(self.timeout))
            .set_response_timeout(Some(self.timeout));
        Ok(match &self.server {
            Server::Node(client) => {
                Connection::Node(client.get_multiplexed_async_connection_with_config(&settings).await?)
            }
            Server::Sentinel(client) => {
                Connection::Node(client.lock().await.get_async_connection_with_config(&settings).await?)
            }
            Server::Cluster(client) => Connection::Cluster(client.get_async_connection().await?),
        })
    }
}

impl Connection {
    async fn run<T: FromRedisValue>(&mut self, script: &ScriptInvocation<'_>) -> RedisResult<T> {
        // By its hash, and once more after it was loaded if the server does not know it.
        match self {
            Self::Node(connection) => script.invoke_async(connection).await,
            Self::Cluster(connection) => script.invoke_async(connection).await,
        }
    }
}

fn is_tls(node: &ConnectionInfo) -> bool {
    matches!(node.addr(), ConnectionAddr::TcpTls { .. })
}

#[cfg_attr(not(feature = "rustls"), allow(clippy::unused_self, reason = "there are none without TLS"))]
impl Certificates {
    pub(crate) fn is_some(&self) -> bool {
        self.root.is_some() || self.client.is_some()
    }

    #[cfg(feature = "rustls")]
    fn for_redis(&self) -> Option<redis::TlsCertificates> {
        let client = self.client.clone();
        let client =
            client.map(|(client_cert, client_key)| redis::ClientTlsConfig { client_cert, client_key });
        self.is_some().then(|| redis::TlsCertificates { client_tls: client, root_cert: self.root.clone() })
    }

    fn client(&self, node: ConnectionInfo) -> RedisResult<Client> {
        #[cfg(feature = "rustls")]
        if let Some(certificates) = self.for_redis() {
            return Client::build_with_tls(node, certificates);
        }
        Client::open(node)
    }

    fn cluster(&self, builder: ClusterClientBuilder) -> ClusterClientBuilder {
        #[cfg(feature = "rustls")]
        if let Some(certificates) = self.for_redis() {
            return builder.certs(certificates);
        }
        builder
    }

    fn sentinel(
        &self,
        sentinels: &[ConnectionInfo],
        master: &str,
        node: &ConnectionInfo,
    ) -> RedisResult<SentinelClient> {
        let addresses = sentinels.iter().map(|sentinel| sentinel.addr().clone());
        let mut builder = SentinelClientBuilder::new(addresses, master, SentinelServerType::Master)?;
        if let Some(first) = sentinels.first() {
            if let Some(username) = first.redis_settings().username() {
                builder = builder.set_client_to_sentinel_username(username);
            }
            if let Some(password) = first.redis_settings().password() {
                builder = builder.set_client_to_sentinel_password(password);
            }
        }
        let settings = node.redis_settings();
        builder = builder.set_client_to_redis_db(settings.db());
        if let Some(username) = settings.username() {
            builder = builder.set_client_to_redis_username(username);
        }
        if let Some(password) = settings.password() {
            builder = builder.set_client_to_redis_password(password);
        }
        #[cfg(feature = "rustls")]
        {
            if is_tls(node) {
                builder = builder.set_client_to_redis_tls_mode(redis::TlsMode::Secure);
            }
            if let Some(certificates) = self.for_redis() {
                if is_tls(node) {
                    builder = builder.set_client_to_redis_certificates(certificates.clone());
                }
                if sentinels.iter().any(is_tls) {
                    builder = builder.set_client_to_sentinel_certificates(certificates);
                }
            }
        }
        builder.build()
    }
}
