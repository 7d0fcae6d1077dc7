//! Why a sandbox could not be started or steered.

use std::net::{IpAddr, SocketAddr};
use std::{error, fmt, io};

/// What went wrong, in one sentence.
#[derive(Debug)]
#[non_exhaustive]
pub enum SandboxError {
    /// The port is in use.
    #[non_exhaustive]
    PortInUse {
        /// The address that was asked for.
        host: IpAddr,
        /// The port that was asked for.
        port: u16,
    },
    /// The port could not be taken for another reason.
    #[non_exhaustive]
    Listen {
        /// The address that was asked for.
        host: IpAddr,
        /// The port that was asked for.
        port: u16,
        /// The system's reason.
        source: io::Error,
    },
    /// The server's thread could not be started.
    Start(io::Error),
    /// What was put in does not fit.
    #[non_exhaustive]
    Invalid {
        /// What is wrong with it, in one sentence.
        why: String,
    },
    /// There is no such requisition, account or institution.
    #[non_exhaustive]
    NotFound {
        /// `requisition`, `account` or `institution`.
        what: &'static str,
        /// The id that was given.
        id: String,
    },
}

impl SandboxError {
    /// The error of listening on a port.
    pub(crate) fn listen(host: IpAddr, port: u16, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::AddrInUse => Self::PortInUse { host, port },
            _ => Self::Listen { host, port, source },
        }
    }
}

/// The sentence about a member that must be one of these words.
pub(crate) fn one_of<'a>(name: &str, words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    format!("{name} must be one of: {}", words.join(", "))
}

impl fmt::Display for SandboxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PortInUse { host, port } => {
                write!(f, "cannot listen on {}: the port is in use", SocketAddr::new(*host, *port))
            }
            Self::Listen { host, port, .. } => {
                write!(f, "cannot listen on {}", SocketAddr::new(*host, *port))
            }
            Self::Invalid { why } => f.write_str(why),
            Self::Start(_) => f.write_str("cannot start the sandbox's server"),
            Self::NotFound { what, id } => write!(f, "the sandbox has no {what} {id}"),
        }
    }
}

impl error::Error for SandboxError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Listen { source, .. } | Self::Start(source) => Some(source),
            Self::PortInUse { .. } | Self::Invalid { .. } | Self::NotFound { .. } => None,
        }
    }
}
