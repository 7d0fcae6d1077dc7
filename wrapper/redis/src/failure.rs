//! Errors of the server and of the connection to it, in words that say what to do and hold no secret.

use redis::{ErrorKind, RedisError, ServerErrorKind};

/// One sentence for this error.
pub(crate) fn sentence(error: &RedisError) -> String {
    // Inside of a script the server has no code for this: Redis says the first, Valkey the second.
    let is_forbidden = error.detail().is_some_and(|detail| {
        ["The user executing the script", "ACL failure in script"]
            .iter()
            .any(|start| detail.starts_with(start))
    });
    let known = match (error.kind(), error.code()) {
        (_, Some("OOM")) => "its memory is full; raise `maxmemory`",
        (_, Some("WRONGTYPE")) => "a key of this library holds something else; use a database of its own",
        (ErrorKind::AuthenticationFailed, _) | (_, Some("WRONGPASS" | "NOAUTH")) => {
            "the server refuses the user or the password"
        }
        (kind, _) if is_forbidden || kind == ErrorKind::Server(ServerErrorKind::NoPerm) => {
            "the user may not do what is needed; the documentation of this package lists its rights"
        }
        (ErrorKind::Server(ServerErrorKind::ReadOnly), _) => {
            "it is a replica that cannot be written; name the master"
        }
        (ErrorKind::Server(ServerErrorKind::CrossSlot), _) => "the records of one call are of several owners",
        (ErrorKind::MasterNameNotFoundBySentinel, _) => "no Sentinel knows a master of this name",
        (ErrorKind::UnexpectedReturnType | ErrorKind::Parse, _) => "its answer cannot be understood",
        _ if error.is_timeout() => TIMEOUT,
        // The texts of the server and of the operating system: neither has the URL.
        (ErrorKind::Io, _) => return format!("it cannot be reached: {error}"),
        (ErrorKind::InvalidClientConfig, _) => return format!("the URL cannot be used: {error}"),
        _ => return error.to_string(),
    };
    known.to_owned()
}

/// What to say when nothing came.
pub(crate) const TIMEOUT: &str = "it did not answer in time";

/// The same over TLS, which a server without it leaves unanswered.
pub(crate) const TLS_TIMEOUT: &str = "it did not answer in time; does this port speak TLS?";

/// Whether another connection may do better: this one is broken, or leads to a server that is no longer the master.
pub(crate) fn is_of_connection(error: &RedisError) -> bool {
    error.is_unrecoverable_error()
        || error.is_io_error()
        || matches!(error.kind(), ErrorKind::Server(ServerErrorKind::ReadOnly | ServerErrorKind::MasterDown))
}
