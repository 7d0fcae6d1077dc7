//! Why a store could not be used.

use std::fmt;
use std::io;

/// Why a store could not be used. It names no content.
#[derive(Debug)]
pub struct StoreError {
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Insecure(&'static str),
    Io(&'static str, io::Error),
    Other(String),
}

impl StoreError {
    /// A fault of a store of your own, in a few words.
    pub fn other(what: impl Into<String>) -> Self {
        Self { kind: Kind::Other(what.into()) }
    }

    pub(crate) fn insecure(why: &'static str) -> Self {
        Self { kind: Kind::Insecure(why) }
    }

    pub(crate) fn io(doing: &'static str, error: io::Error) -> Self {
        Self { kind: Kind::Io(doing, error) }
    }

    /// Whether the file is refused because somebody else could read or replace it.
    #[must_use]
    pub fn is_insecure(&self) -> bool {
        matches!(self.kind, Kind::Insecure(_))
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Insecure(why) => {
                write!(f, "token file refused: {why}; remove it or make it readable by you alone")
            }
            Kind::Io(doing, _) => write!(f, "token file: could not {doing}"),
            Kind::Other(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            Kind::Io(_, error) => Some(error),
            Kind::Insecure(_) | Kind::Other(_) => None,
        }
    }
}
