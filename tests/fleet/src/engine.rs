//! The engines that a fleet shares its state through.

use std::fmt;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Once;
use std::time::Duration;

use test_support::Directory;

/// An engine that is there for one test.
#[derive(Debug)]
pub enum Engine {
    /// A SQLite file.
    Sqlite(Directory),
    /// A server of Redis.
    Redis(Redis),
}

/// A server of Redis on a free port, with nothing on disk; it ends with the value.
#[derive(Debug)]
pub struct Redis {
    port: u16,
    server: Child,
}

impl Engine {
    /// Every engine that this machine has. Without `redis-server` a line says so, and with `CI=true` that is a failure.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut engines = vec![Self::Sqlite(Directory::default())];
        engines.extend(Redis::new().map(Self::Redis));
        engines
    }

    /// What a worker is told.
    #[must_use]
    pub fn argument(&self) -> String {
        match self {
            Self::Sqlite(directory) => format!("sqlite:{}", directory.file("state.sqlite").display()),
            Self::Redis(redis) => format!("redis://127.0.0.1:{}", redis.port),
        }
    }

    /// Loses everything, as a server does that is killed and started again empty. SQLite loses nothing.
    pub fn restart(&mut self) {
        if let Self::Redis(redis) = self {
            redis.server.kill().unwrap();
            redis.server.wait().unwrap();
            redis.server = (0..100).find_map(|_| start(redis.port)).unwrap();
        }
    }

    /// Answers nobody for this long.
    pub fn pause(&self, time: Duration) {
        if let Self::Redis(redis) = self {
            redis.say(&format!("CLIENT PAUSE {} ALL\r\n", time.as_millis()));
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

impl Redis {
    /// `None` if it is not installed.
    fn new() -> Option<Self> {
        // Another program may take a port before the server does.
        is_installed().then(|| {
            let started = (0..20).find_map(|_| free_port().and_then(|port| Some((port, start(port)?))));
            let (port, server) = started.unwrap();
            Self { port, server }
        })
    }

    fn say(&self, command: &str) {
        let mut connection = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        connection.write_all(command.as_bytes()).unwrap();
        let mut answer = [0; 5];
        connection.read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"+OK\r\n");
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Whether there is a server to test with. Says so once if not, past the capture of the test harness.
fn is_installed() -> bool {
    static SAID: Once = Once::new();
    let found = Command::new("redis-server").arg("--version").output().is_ok();
    assert!(found || std::env::var_os("CI").is_none_or(|ci| ci != "true"), "redis-server is not installed");
    if !found {
        SAID.call_once(|| {
            let _ = writeln!(
                std::io::stderr(),
                "skipped: redis-server is not installed, so Redis was not tested"
            );
        });
    }
    found
}

/// A server that answers at this port, or `None` if it ended instead.
fn start(port: u16) -> Option<Child> {
    let mut server = Command::new("redis-server")
        .args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut lines = BufReader::new(server.stdout.take()?).lines().map_while(Result::ok);
    let is_ready = lines.any(|line| line.contains("Ready to accept connections"));
    // It goes on to write its log, which must have somewhere to go.
    std::thread::spawn(move || lines.for_each(drop));
    if !is_ready {
        let _ = server.wait();
    }
    is_ready.then_some(server)
}

/// A port that was free a moment ago.
fn free_port() -> Option<u16> {
    Some(TcpListener::bind(("127.0.0.1", 0)).ok()?.local_addr().ok()?.port())
}
