//! From a file to a database of ours: who it belongs to is looked at before anything is written.

use std::error::Error;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

/// Marks a file as ours, in a field of the header that SQLite keeps for this: `gcbd`.
const APPLICATION: i32 = 0x6763_6264;

/// The version of the schema, in SQLite's `user_version`.
const VERSION: i32 = 1;

/// The index finds what has expired; nothing else reads by time.
const SCHEMA: &str = "
    CREATE TABLE record (
        key TEXT NOT NULL PRIMARY KEY,
        version INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        value BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX record_expires_at ON record (expires_at);
";

/// The largest file that is checked as a whole when it is opened, which takes some milliseconds. Damage in a larger one is
/// found when it is read.
const LARGEST_CHECKED: u64 = 8 * 1024 * 1024;

/// How much of the file is kept in memory, in KiB, with a minus as SQLite has it: the inner pages of a file with a million
/// accounts. A small file takes less.
const CACHE: i32 = -16 * 1024;

/// How long to wait before a lock is asked for again that SQLite does not wait for itself.
const LOCK_PAUSE: Duration = Duration::from_millis(5);

/// What a file turns out to be.
#[derive(Debug, PartialEq, Eq)]
enum Content {
    Nothing,
    Ours,
    OfNewer,
    Foreign,
}

/// Opens the database in this file, which exists and may be empty.
pub(crate) fn open(path: &Path, timeout: Duration) -> Result<Connection, Box<dyn Error + Send + Sync>> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(timeout)?;
    if content(&connection)? == Content::Nothing {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have been faster.
        if content(&transaction)? == Content::Nothing {
            transaction.execute_batch(SCHEMA)?;
            transaction.pragma_update(None, "application_id", APPLICATION)?;
            transaction.pragma_update(None, "user_version", VERSION)?;
        }
        transaction.commit()?;
    }
    match content(&connection)? {
        Content::Ours => {}
        Content::OfNewer => {
            return Err("it was written by a newer version of this library; update this program".into());
        }
        Content::Nothing | Content::Foreign => {
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
pub(crate) const DAMAGED: &str = "it is damaged; move it away, and a new one is created";

fn content(connection: &Connection) -> rusqlite::Result<Content> {
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    Ok(match (number("application_id")?, number("user_version")?) {
        (APPLICATION, VERSION) => Content::Ours,
        // The place to bring an older schema up to date, once there is one.
        (APPLICATION, newer) if newer > VERSION => Content::OfNewer,
        (0, 0) => {
            let objects =
                connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0));
            if objects? == 0 { Content::Nothing } else { Content::Foreign }
        }
        _ => Content::Foreign,
    })
}

/// Whether the file is in WAL mode now. Its setting lasts, so only the first processes have to change it; SQLite does not
/// wait for the lock that this takes.
fn switch_to_wal(connection: &Connection, timeout: Duration) -> rusqlite::Result<bool> {
    let end = Instant::now() + timeout;
    loop {
        let mode =
            connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0));
        match mode {
            Err(error) if is_busy(&error) && Instant::now() < end => thread::sleep(LOCK_PAUSE),
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
