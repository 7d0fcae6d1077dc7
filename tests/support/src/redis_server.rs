//! Servers of the system's `redis-server`, each on a free port, in a folder of its own, and with nothing on disk.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::Once;

use crate::Directory;

/// A running server; it ends when dropped.
#[derive(Debug)]
pub struct RedisServer {
    port: u16,
    directory: Directory,
    arguments: Vec<String>,
    child: Child,
}

impl RedisServer {
    /// A server, or `None` if `redis-server` is not installed: then a line says so once, and with `CI=true` that is a
    /// failure.
    #[must_use]
    pub fn start() -> Option<Self> {
        Self::start_with(&[])
    }

    /// One with more arguments.
    #[must_use]
    pub fn start_with(more: &[&str]) -> Option<Self> {
        Self::new(|port, _| {
            let port = port.to_string();
            let usual = ["--port", &port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
            usual.iter().chain(more).map(|&word| word.to_owned()).collect()
        })
    }

    /// A Sentinel of the server at this port, which it calls `mymaster`.
    #[must_use]
    pub fn start_sentinel(master: u16) -> Option<Self> {
        Self::new(|port, directory| {
            let path = directory.file("sentinel.conf");
            let settings = [
                format!("port {port}"),
                "bind 127.0.0.1".to_owned(),
                format!("sentinel monitor mymaster 127.0.0.1 {master} 1"),
            ];
            std::fs::write(&path, settings.join("\n")).unwrap();
            vec![path.to_str().unwrap().to_owned(), "--sentinel".to_owned()]
        })
    }

    fn new(arguments: impl Fn(u16, &Directory) -> Vec<String>) -> Option<Self> {
        if !is_installed() {
            return None;
        }
        let directory = Directory::default();
        // Another program may take a port before the server does.
        (0..20)
            .find_map(|_| {
                let port = free_port();
                let arguments = arguments(port, &directory);
                let child = spawn(&directory, &arguments)?;
                Some((port, arguments, child))
            })
            .map(|(port, arguments, child)| Self { port, directory, arguments, child })
    }

    /// Its port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Where it is.
    #[must_use]
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Kills it, so that all it knew is lost.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Starts it again on its port.
    pub fn restart(&mut self) {
        self.kill();
        self.child = (0..100).find_map(|_| spawn(&self.directory, &self.arguments)).unwrap();
    }

    /// Stops it or lets it go on: it neither answers nor ends.
    pub fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that was free a moment ago.
#[must_use]
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Whether the tests of this file can run. Says so once if not, past the capture of the test harness.
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

/// A server that answers, or `None` if it ended instead.
fn spawn(directory: &Directory, arguments: &[String]) -> Option<Child> {
    let mut child = Command::new("redis-server")
        .args(arguments)
        .current_dir(directory.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let ready = ["Ready to accept connections", "+monitor master"];
    let is_ready = lines.any(|line| ready.iter().any(|ready| line.contains(ready)));
    // It goes on to write its log, which must have somewhere to go.
    std::thread::spawn(move || lines.for_each(drop));
    if !is_ready {
        let _ = child.wait();
    }
    is_ready.then_some(child)
}
