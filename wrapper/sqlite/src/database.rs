//! From a file to a database of ours: who it belongs to is looked at before anything is written.
//!
//! The state of the client is one such database; the ledger of `gocardless-bank-data-sync` is another.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use crate::file;
pub use crate::file::Access;

/// What a database holds.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    /// Marks a file as one of these, in a field of the header that SQLite keeps for this.
    pub application: i32,
    /// The scripts that make the schema: the first makes version 1 in an empty file, each of the others the next version of the
    /// one before. A released script never changes.
    pub steps: &'static [&'static str],
}

impl Schema {
    fn version(&self) -> i32 {
        i32::try_from(self.steps.len()).unwrap_or(i32::MAX)
    }
}

/// The largest file that is checked as a whole when it is opened, which takes some milliseconds. Damage in a larger one is
/// found when it is read.
const LARGEST_CHECKED: u64 = 8 * 1024 * 1024;

/// How much of the file is kept in memory, in KiB, with a minus as SQLite has it: the inner pages of a file with a million
/// accounts. A small file takes less.
const CACHE: i32 = -16 * 1024;

/// SQLite counts milliseconds in 32 bits.
const LONGEST_TIMEOUT: Duration = Duration::from_millis(i32::MAX as u64);

/// How long to wait before a lock is asked for again that SQLite does not wait for itself.
const LOCK_PAUSE: Duration = Duration::from_millis(5);

/// What a file turns out to be.
#[derive(Debug, PartialEq, Eq)]
enum Content {
    Ours,
    /// Empty, or of this older version.
    Older(i32),
    OfNewer,
    Foreign,
}

/// Opens the database in a file, which is created if it does not exist, and brings its schema up to date. Gives the connection, and
/// the path without links.
///
/// # Errors
/// A sentence, without the path: the file cannot be created or opened, others can read it, it belongs to another program or to a
/// newer version, or it is damaged. It is left as it is.
pub fn open(
    path: &Path,
    schema: &Schema,
    access: Access,
    timeout: Duration,
) -> Result<(Connection, PathBuf), String> {
    // One at a time: a new file is closed once after it was created, which would cost another thread's locks on it.
    static OPENING: Mutex<()> = Mutex::new(());
    let _opening = OPENING.lock().unwrap_or_else(PoisonError::into_inner);
    let path = file::prepare(path, access).map_err(|why| format!("the file is refused: {why}"))?;
    let connection = connect(&path, schema, timeout).map_err(|error| explain(&*error))?;
    Ok((connection, path))
}

/// An error of SQLite in words that say what to do.
#[must_use]
pub fn explain(error: &(dyn Error + Send + Sync + 'static)) -> String {
    let code = error.downcast_ref::<rusqlite::Error>().and_then(rusqlite::Error::sqlite_error_code);
    match code {
        Some(ErrorCode::NotADatabase) => "it is not a file of this library; choose another path".to_owned(),
        Some(ErrorCode::DatabaseCorrupt) => DAMAGED.to_owned(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "another process holds its lock for too long".to_owned()
        }
        Some(ErrorCode::DiskFull) => "its disk is full; free some space".to_owned(),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            "it, or its directory, cannot be written".to_owned()
        }
        _ => error.to_string(),
    }
}

fn connect(
    path: &Path,
    schema: &Schema,
    timeout: Duration,
) -> Result<Connection, Box<dyn Error + Send + Sync>> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(timeout.min(LONGEST_TIMEOUT))?;
    if let Content::Older(_) = content(&connection, schema)? {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have been faster.
        if let Content::Older(version) = content(&transaction, schema)? {
            for step in schema.steps.iter().skip(usize::try_from(version)?) {
                transaction.execute_batch(step)?;
            }
            transaction.pragma_update(None, "application_id", schema.application)?;
            transaction.pragma_update(None, "user_version", schema.version())?;
        }
        transaction.commit()?;
    }
    match content(&connection, schema)? {
        Content::Ours => {}
        Content::OfNewer => {
            return Err("it was written by a newer version of this library; update this program".into());
        }
        Content::Older(_) | Content::Foreign => {
            return Err("it is a database of another program; choose another path".into());
        }
    }
    if std::fs::metadata(path)?.len() <= LARGEST_CHECKED {
        let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if found != "ok" {
            return Err(DAMAGED.into());
        }
    }
    // Readers and a writer do not wait for each other, and a write is one append.
    if !switch_to_wal(&connection, timeout)? {
        return Err("its file system cannot share memory between processes; put it on a local disk".into());
    }
    // A power failure may lose the last writes and never damages the file; a killed process loses nothing.
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "cache_size", CACHE)?;
    Ok(connection)
}

/// What to say of a file with broken content.
const DAMAGED: &str = "it is damaged; move it away, and a new one is created";

fn content(connection: &Connection, schema: &Schema) -> rusqlite::Result<Content> {
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    Ok(match (number("application_id")?, number("user_version")?) {
        (0, 0) => {
            let objects =
                connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0));
            if objects? == 0 { Content::Older(0) } else { Content::Foreign }
        }
        (application, _) if application != schema.application => Content::Foreign,
        (_, version) if version > schema.version() => Content::OfNewer,
        (_, version) if version < schema.version() => Content::Older(version),
        _ => Content::Ours,
    })
}

/// Whether the file is in WAL mode now. Its setting lasts, so only the first processes have to change it; SQLite does not
/// wait for the lock that this takes.
fn switch_to_wal(connection: &Connection, timeout: Duration) -> rusqlite::Result<bool> {
    let begin = Instant::now();
    loop {
        let mode =
            connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0));
        match mode {
            Err(error) if is_busy(&error) && begin.elapsed() < timeout => thread::sleep(LOCK_PAUSE),
            mode => return Ok(mode?.eq_ignore_ascii_case("wal")),
        }
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked)
    )
}
