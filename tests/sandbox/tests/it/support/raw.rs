//! A client that sees the bytes on the wire and how the connection ends.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use gocardless_bank_data_sandbox::Sandbox;

/// Long enough that it only ends a hang, however busy the machine is.
const HANG: Duration = Duration::from_secs(120);

/// How a connection ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum RawEnd {
    /// FIN: the other side closed.
    Closed,
    /// RST.
    Reset,
    /// Still open, and nothing arrived for a while.
    Open,
}

/// A connection.
pub(crate) struct Raw(TcpStream);

impl Raw {
    pub(crate) fn connect(sandbox: &Sandbox) -> Self {
        Self(TcpStream::connect(sandbox.base_url().trim_start_matches("http://")).unwrap())
    }

    pub(crate) fn send(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).unwrap();
    }

    /// Sends a GET with headers, each ended by CR LF.
    pub(crate) fn get(&mut self, path: &str, headers: &str) {
        self.send(format!("GET {path} HTTP/1.1\r\nhost: sandbox\r\n{headers}\r\n").as_bytes());
    }

    /// Reads until the connection ends.
    pub(crate) fn read_to_end(&mut self) -> (Vec<u8>, RawEnd) {
        self.read_for(HANG)
    }

    /// Reads until nothing has arrived for a while: the only wait in these tests, and only for what never comes.
    pub(crate) fn read_until_silent(&mut self) -> (Vec<u8>, RawEnd) {
        self.read_for(Duration::from_millis(200))
    }

    /// Reads until this text has arrived.
    pub(crate) fn read_until(&mut self, text: &str) -> String {
        self.0.set_read_timeout(Some(HANG)).unwrap();
        let mut seen = Vec::new();
        while !seen.ends_with(text.as_bytes()) {
            let mut byte = [0];
            self.0.read_exact(&mut byte).unwrap();
            seen.extend(byte);
        }
        String::from_utf8(seen).unwrap()
    }

    fn read_for(&mut self, patience: Duration) -> (Vec<u8>, RawEnd) {
        self.0.set_read_timeout(Some(patience)).unwrap();
        let (mut bytes, mut buffer) = (Vec::new(), vec![0; 65_536]);
        loop {
            match self.0.read(&mut buffer) {
                Ok(0) => return (bytes, RawEnd::Closed),
                Ok(count) => bytes.extend_from_slice(&buffer[..count]),
                Err(error) => match error.kind() {
                    ErrorKind::ConnectionReset => return (bytes, RawEnd::Reset),
                    ErrorKind::WouldBlock | ErrorKind::TimedOut => return (bytes, RawEnd::Open),
                    other => panic!("{other:?}: {error}"),
                },
            }
        }
    }
}
