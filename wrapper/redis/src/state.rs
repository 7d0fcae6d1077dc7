//! The engine: two scripts over one shared connection, each for a bounded time.

use std::fmt;
use std::time::{Duration, UNIX_EPOCH};

use gocardless_bank_data_runtime::state::{Change, Key, Loaded, Record, StateError, StateFuture, StateStore};
use redis::{ConnectionInfo, FromRedisValue, IntoConnectionInfo as _, Script, ScriptInvocation};

use crate::connection::{Certificates, Shared, Topology};
use crate::failure::{TIMEOUT, TLS_TIMEOUT, sentence};

/// How long an operation may take, with connecting. An ordinary one takes a few milliseconds at most; a connection that
/// leads nowhere is found out by this.
const LONGEST: Duration = Duration::from_secs(1);

/// Before each key, so that a user of the server can be limited to these.
const PREFIX: &str = "bank-data:";

/// The server refuses times that end after its own calendar; nothing here is kept for as long as this.
const LONGEST_TTL: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// State that the processes of many machines share, on Redis or Valkey.
///
/// Any number of companies can use one server. The records of one company share a hash tag, so that a cluster keeps them
/// on one node. All processes go by the server's clock.
///
/// The connection is made again by itself when it breaks, when the server restarts, and when another server becomes the
/// master. An operation ends within its [timeout](RedisStateBuilder::timeout), whatever the network does.
///
/// ```no_run
/// use gocardless_bank_data_redis::RedisState;
///
/// # async fn example() -> Result<(), gocardless_bank_data::state::StateError> {
/// let state = RedisState::connect("redis://localhost").await?;
/// # drop(state);
/// # Ok(())
/// # }
/// ```
pub struct RedisState {
    place: String,
    shared: Shared,
    load: Script,
    compare_and_swap: Script,
    timeout: Duration,
    /// What to say when nothing came in time.
    unanswered: &'static str,
}

impl RedisState {
    /// Connects to one server.
    ///
    /// `redis://user:password@host:6379/0`, or `rediss://` for TLS; `valkey://`, `valkeys://` and `redis+unix:///path`
    /// are known too. User, password, port and database may be left out.
    ///
    /// # Errors
    /// [`StateError`] if the URL cannot be used, or if the server cannot be reached or refuses what is needed.
    pub async fn connect(url: &str) -> Result<Self, StateError> {
        Self::builder(url).connect().await
    }

    /// One server, with other settings than the usual ones.
    ///
    /// ```no_run
    /// use std::time::Duration;
    /// use gocardless_bank_data_redis::RedisState;
    ///
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// let state = RedisState::builder("rediss://user:password@redis.internal:6380/0")
    ///     .root_certificate(std::fs::read("ca.pem")?)
    ///     .timeout(Duration::from_secs(1))
    ///     .connect()
    ///     .await?;
    /// # drop(state);
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder(url: &str) -> RedisStateBuilder {
        RedisStateBuilder::new(read(url).map(Topology::Node))
    }

    /// A cluster, of which some nodes are named; the others are found by themselves. User, password and TLS are the same
    /// in all of the URLs.
    ///
    /// ```no_run
    /// use gocardless_bank_data_redis::RedisState;
    ///
    /// # async fn example() -> Result<(), gocardless_bank_data::state::StateError> {
    /// let nodes = ["rediss://user:password@node-1:6379", "rediss://user:password@node-2:6379"];
    /// let state = RedisState::cluster(nodes).connect().await?;
    /// # drop(state);
    /// # Ok(())
    /// # }
    /// ```
    pub fn cluster<U: AsRef<str>>(nodes: impl IntoIterator<Item = U>) -> RedisStateBuilder {
        RedisStateBuilder::new(read_all(nodes).map(Topology::Cluster))
    }

    /// The server that Sentinels call the master, and its successor after a failover.
    ///
    /// `node` is the URL of the server with the name of the master in place of the host, and without a port. Sentinels and
    /// servers may have different users and passwords.
    ///
    /// ```no_run
    /// use gocardless_bank_data_redis::RedisState;
    ///
    /// # async fn example() -> Result<(), gocardless_bank_data::state::StateError> {
    /// let sentinels = ["redis://sentinel-1:26379", "redis://sentinel-2:26379", "redis://sentinel-3:26379"];
    /// let state = RedisState::sentinel(sentinels, "redis://user:password@mymaster/0").connect().await?;
    /// # drop(state);
    /// # Ok(())
    /// # }
    /// ```
    pub fn sentinel<U: AsRef<str>>(sentinels: impl IntoIterator<Item = U>, node: &str) -> RedisStateBuilder {
        let topology = read_all(sentinels).and_then(|sentinels| {
            let node = read(node)?;
            let master = match node.addr() {
                redis::ConnectionAddr::Tcp(host, _) | redis::ConnectionAddr::TcpTls { host, .. } => {
                    host.clone()
                }
                _ => return Err("a Sentinel has no masters at a path".into()),
            };
            Ok(Topology::Sentinel { sentinels, master, node })
        });
        RedisStateBuilder::new(topology)
    }

    async fn run<T: FromRedisValue>(&self, script: &ScriptInvocation<'_>) -> Result<T, StateError> {
        match tokio::time::timeout(self.timeout, self.shared.run(script)).await {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(error)) => Err(StateError::new(&*self.place, sentence(&error))),
            Err(_) => {
                // It may be a connection that leads nowhere, which only a new one shows.
                self.shared.forget_latest().await;
                Err(StateError::new(&*self.place, self.unanswered))
            }
        }
    }
}

impl StateStore for RedisState {
    fn load<'a>(&'a self, keys: &'a [Key]) -> StateFuture<'a, Loaded> {
        Box::pin(async move {
            let mut script = self.load.prepare_invoke();
            for key in keys {
                script.key(stored(key));
            }
            let (seconds, microseconds, found): (u64, u64, Vec<Option<Vec<u8>>>) = self.run(&script).await?;
            let now = UNIX_EPOCH + Duration::from_secs(seconds) + Duration::from_micros(microseconds);
            let records = found.into_iter().map(|found| found.map(record).transpose());
            let records =
                records.collect::<Result<_, _>>().map_err(|why| StateError::new(&*self.place, why))?;
            Ok(Loaded { records, now })
        })
    }

    fn compare_and_swap<'a>(&'a self, changes: &'a [Change]) -> StateFuture<'a, bool> {
        Box::pin(async move {
            let mut script = self.compare_and_swap.prepare_invoke();
            for Change { key, expected, value, ttl } in changes {
                let ttl = if value.is_some() { (*ttl).min(LONGEST_TTL).as_millis() } else { 0 };
                script
                    .key(stored(key))
                    .arg(expected)
                    .arg(ttl.to_string())
                    .arg(value.as_deref().unwrap_or_default());
            }
            self.run(&script).await
        })
    }

    fn timeout(&self) -> Option<Duration> {
        None
    }
}

impl fmt::Debug for RedisState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisState").field("place", &self.place).finish_non_exhaustive()
    }
}

fn stored(key: &Key) -> String {
    format!("{PREFIX}{key}")
}

/// A record from what is stored: its version, a space, its value.
fn record(mut stored: Vec<u8>) -> Result<Record, &'static str> {
    let space = stored.iter().position(|byte| *byte == b' ');
    let version = space.and_then(|space| str::from_utf8(stored.get(..space)?).ok()?.parse().ok());
    let (Some(space), Some(version)) = (space, version) else {
        return Err("a key of this library holds something else; use a database of its own");
    };
    stored.drain(..=space);
    Ok(Record { version, value: stored })
}

fn read(url: &str) -> Result<ConnectionInfo, String> {
    let form =
        "write redis://user:password@host:6379/0, with `rediss` for TLS, and %2F for a slash in a password";
    url.into_connection_info().map_err(|_| format!("the URL cannot be read: {form}"))
}

fn read_all<U: AsRef<str>>(urls: impl IntoIterator<Item = U>) -> Result<Vec<ConnectionInfo>, String> {
    let urls: Vec<_> = urls.into_iter().map(|url| read(url.as_ref())).collect::<Result<_, _>>()?;
    if urls.is_empty() { Err("no URL was given".into()) } else { Ok(urls) }
}

/// Settings of a [`RedisState`]: made by [`RedisState::builder`], [`cluster`](RedisState::cluster) and
/// [`sentinel`](RedisState::sentinel).
#[must_use]
pub struct RedisStateBuilder {
    topology: Result<Topology, String>,
    certificates: Certificates,
    timeout: Duration,
}

impl RedisStateBuilder {
    fn new(topology: Result<Topology, String>) -> Self {
        Self { topology, certificates: Certificates::default(), timeout: LONGEST }
    }

    /// How long an operation may take, with connecting if that is needed; one second unless set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The certificate, in PEM, of the authority that signed the server's, in place of those that the platform trusts. It
    /// needs `rediss://`.
    #[cfg(feature = "rustls")]
    pub fn root_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.certificates.root = Some(pem.into());
        self
    }

    /// A certificate and its key, both in PEM, for a server that asks its clients for one. It needs `rediss://`.
    #[cfg(feature = "rustls")]
    pub fn client_certificate(mut self, pem: impl Into<Vec<u8>>, key: impl Into<Vec<u8>>) -> Self {
        self.certificates.client = Some((pem.into(), key.into()));
        self
    }

    /// Connects and tries whether the server does what is needed, so that a wrong password and a missing right are found at the
    /// start: it writes a record and deletes it.
    ///
    /// # Errors
    /// [`StateError`] if the URL cannot be used, or if the server cannot be reached or refuses what is needed.
    pub async fn connect(self) -> Result<RedisState, StateError> {
        let state = self.connect_lazily()?;
        let key = [Key::new("connect", "trial", &std::process::id().to_string())];
        for value in [Some(Vec::new()), None] {
            let found = state.load(&key).await?.records.pop().flatten();
            let expected = found.map_or(0, |record| record.version);
            let [key] = key.clone();
            // Whether another process of this number was faster does not matter.
            state.compare_and_swap(&[Change { key, expected, value, ttl: Duration::from_secs(1) }]).await?;
        }
        Ok(state)
    }

    /// Connects when it is first used, so that a program starts while the server is down.
    ///
    /// # Errors
    /// [`StateError`] if the URL or a certificate cannot be used.
    pub fn connect_lazily(self) -> Result<RedisState, StateError> {
        let topology = self.topology.map_err(|why| StateError::new("redis", why))?;
        let place = topology.place();
        let unanswered = if topology.has_tls() { TLS_TIMEOUT } else { TIMEOUT };
        if self.certificates.is_some() && !topology.has_tls() {
            return Err(StateError::new(place, "certificates need a URL with `rediss://`"));
        }
        let shared = Shared::new(topology, &self.certificates, self.timeout);
        let shared = shared.map_err(|error| StateError::new(&*place, sentence(&error)))?;
        Ok(RedisState {
            place,
            shared,
            load: Script::new(include_str!("load.lua")),
            compare_and_swap: Script::new(include_str!("compare_and_swap.lua")),
            timeout: self.timeout,
            unanswered,
        })
    }
}

impl fmt::Debug for RedisStateBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.topology.as_ref().map_or("redis".into(), Topology::place);
        f.debug_struct("RedisStateBuilder")
            .field("place", &place)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
