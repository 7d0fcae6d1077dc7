//! The engines that a fleet shares its state through.

use std::fmt;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use test_support::{Directory, RedisServer};

use crate::Proxy;

/// An engine that is there for one test.
#[derive(Debug)]
pub enum Engine {
    /// A SQLite file.
    Sqlite(Directory),
    /// A server of Redis.
    Redis(RedisServer),
}

impl Engine {
    /// Every engine that this machine has, or the one that `FLEET_ENGINE` names. Without `redis-server` a line says so, and
    /// with `CI=true` that is a failure.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let only = std::env::var("FLEET_ENGINE").ok();
        let is_meant = |name| only.as_deref().is_none_or(|only| only == name);
        let mut engines = Vec::new();
        if is_meant("sqlite") {
            engines.push(Self::Sqlite(Directory::default()));
        }
        if is_meant("redis") {
            engines.extend(RedisServer::start().map(Self::Redis));
        }
        engines
    }

    /// The argument of a worker that names it.
    #[must_use]
    pub fn argument(&self) -> String {
        match self {
            Self::Sqlite(directory) => format!("sqlite:{}", directory.file("state.sqlite").display()),
            Self::Redis(redis) => redis.url(),
        }
    }

    /// A proxy before it, whose connections can be cut; `None` if it is a file.
    #[must_use]
    pub fn proxy(&self) -> Option<Proxy> {
        match self {
            Self::Sqlite(_) => None,
            Self::Redis(redis) => Some(Proxy::to(redis.port())),
        }
    }

    /// Loses everything, as a server does that is killed and started again empty. SQLite loses nothing.
    pub fn restart(&mut self) {
        if let Self::Redis(redis) = self {
            redis.restart();
        }
    }

    /// Answers nobody for this long.
    pub fn pause(&self, time: Duration) {
        if let Self::Redis(redis) = self {
            run(redis.port(), &format!("CLIENT PAUSE {} ALL\r\n", time.as_millis()));
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite(_) => "SQLite",
            Self::Redis(_) => "Redis",
        })
    }
}

/// Runs a command that is answered by `OK`.
fn run(port: u16, command: &str) {
    let mut connection = TcpStream::connect(("127.0.0.1", port)).unwrap();
    connection.write_all(command.as_bytes()).unwrap();
    let mut answer = [0; 5];
    connection.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"+OK\r\n");
}
