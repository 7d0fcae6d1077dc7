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

    /// Whether the file was rejected because another user could read or replace it.
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

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::*;

    #[test]
    fn each_error_says_what_failed_and_only_the_systems_has_a_cause() {
        let gone = || io::Error::from(io::ErrorKind::NotFound);
        for (error, said, is_insecure, cause) in [
            (
                StoreError::insecure("it is a symbolic link"),
                "token file refused: it is a symbolic link; remove it or make it readable by you alone",
                true,
                None,
            ),
            (StoreError::io("be read", gone()), "token file: could not be read", false, Some(gone())),
            (StoreError::other("the database is locked"), "the database is locked", false, None),
        ] {
            assert_eq!((error.to_string(), error.is_insecure()), (said.to_owned(), is_insecure));
            let source = error.source().map(ToString::to_string);
            assert_eq!(source, cause.map(|cause| cause.to_string()));
        }
    }
}
