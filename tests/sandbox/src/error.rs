//! Why a sandbox could not be started or steered.

use std::{error, fmt, io};

/// What went wrong, in one sentence.
#[derive(Debug)]
#[non_exhaustive]
pub enum SandboxError {
    /// The port is in use.
    #[non_exhaustive]
    PortInUse {
        /// The port that was asked for.
        port: u16,
    },
    /// The port could not be taken for another reason.
    #[non_exhaustive]
    Listen {
        /// The port that was asked for.
        port: u16,
        /// The system's reason.
        source: io::Error,
    },
    /// The server's thread could not be started.
    Start(io::Error),
    /// There is no such requisition or account.
    #[non_exhaustive]
    NotFound {
        /// `requisition` or `account`.
        what: &'static str,
        /// The id that was given.
        id: String,
    },
}

impl SandboxError {
    /// The error of listening on a port.
    pub(crate) fn listen(port: u16, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::AddrInUse => Self::PortInUse { port },
            _ => Self::Listen { port, source },
        }
    }
}

impl fmt::Display for SandboxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PortInUse { port } => write!(f, "cannot listen on 127.0.0.1:{port}: the port is in use"),
            Self::Listen { port, .. } => write!(f, "cannot listen on 127.0.0.1:{port}"),
            Self::Start(_) => f.write_str("cannot start the sandbox's server"),
            Self::NotFound { what, id } => write!(f, "the sandbox has no {what} {id}"),
        }
    }
}

impl error::Error for SandboxError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Listen { source, .. } | Self::Start(source) => Some(source),
            Self::PortInUse { .. } | Self::NotFound { .. } => None,
        }
    }
}
