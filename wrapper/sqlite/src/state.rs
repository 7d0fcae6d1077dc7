//! The engine: one connection, used on blocking threads and for a bounded time.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use gocardless_bank_data_runtime::state::{Change, Key, Loaded, StateError, StateFuture, StateStore};
use rusqlite::Connection;
use tokio::sync::Mutex;

use crate::database::{self, Access, Schema};
use crate::records;

/// The index finds what has expired; nothing else reads by time. `gcbd` marks the file.
pub(crate) const SCHEMA: Schema = Schema {
    application: 0x6763_6264,
    steps: &["
        CREATE TABLE record (
            key TEXT NOT NULL PRIMARY KEY,
            version INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            value BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX record_expires_at ON record (expires_at);
    "],
};

/// How long an operation may take. An ordinary one takes a fraction of a millisecond, so that only a lock that is held by
/// a process which was stopped, or a disk that hangs, takes as long.
const TIMEOUT: Duration = Duration::from_secs(2);

/// State that the processes of one machine share, in a SQLite file.
///
/// Any number of processes and of companies can use one file. Tokens in it are sealed by the client, and accounts have no
/// readable name. Records end by themselves, so the file does not grow without end.
///
/// - The file is created for its owner alone. A link, a file of another user, and a file that others can read are refused;
///   [`allow_group`](SqliteStateBuilder::allow_group) is for volumes that are shared by a group. On Windows, put it where
///   only you can read.
/// - A file that is damaged, or that belongs to another program, is refused and left as it is.
/// - It must be on a local disk: SQLite cannot share a file over a network. Beside it are two more, `-wal` and `-shm`,
///   that belong to it.
/// - A process that is killed loses nothing that was written; a power failure can lose the last writes.
///
/// ```no_run
/// use gocardless_bank_data_sqlite::SqliteState;
///
/// let state = SqliteState::open("/var/lib/my-program/bank-data.sqlite")?;
/// # drop(state);
/// # Ok::<(), gocardless_bank_data_runtime::state::StateError>(())
/// ```
pub struct SqliteState {
    path: PathBuf,
    // Asked for before a blocking thread is, so that those who wait need none, and can stop waiting.
    connection: Arc<Mutex<Connection>>,
    timeout: Duration,
}

impl SqliteState {
    /// Uses this file, which need not exist yet; its directory must. Blocks for some milliseconds.
    ///
    /// # Errors
    /// [`StateError`] if the file cannot be created or opened, or if it is refused.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StateError> {
        Self::builder().open(path)
    }

    /// Settings other than the usual ones.
    pub fn builder() -> SqliteStateBuilder {
        SqliteStateBuilder { access: Access::Owner, timeout: TIMEOUT }
    }

    fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> StateFuture<'_, T> {
        Box::pin(async move {
            let done = async {
                let mut connection = Arc::clone(&self.connection).lock_owned().await;
                tokio::task::spawn_blocking(move || work(&mut connection)).await
            };
            match tokio::time::timeout(self.timeout, done).await {
                Ok(Ok(Ok(value))) => Ok(value),
                Ok(Ok(Err(error))) => {
                    Err(StateError::new(self.path.display().to_string(), database::explain(&error)))
                }
                Ok(Err(_)) => Err(StateError::new(self.path.display().to_string(), "its thread ended early")),
                Err(_) => Err(StateError::new(self.path.display().to_string(), "it did not answer in time")),
            }
        })
    }
}

impl StateStore for SqliteState {
    fn load<'a>(&'a self, keys: &'a [Key]) -> StateFuture<'a, Loaded> {
        let keys = keys.to_vec();
        self.run(move |connection| records::load(connection, &keys))
    }

    fn compare_and_swap<'a>(&'a self, changes: &'a [Change]) -> StateFuture<'a, bool> {
        let changes = changes.to_vec();
        self.run(move |connection| records::compare_and_swap(connection, &changes))
    }

    fn timeout(&self) -> Option<Duration> {
        None
    }
}

impl fmt::Debug for SqliteState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteState").field("path", &self.path).finish_non_exhaustive()
    }
}

/// Settings of a [`SqliteState`].
///
/// ```no_run
/// use std::time::Duration;
/// use gocardless_bank_data_sqlite::SqliteState;
///
/// let state = SqliteState::builder()
///     .allow_group()
///     .timeout(Duration::from_secs(5))
///     .open("/data/bank-data.sqlite")?;
/// # drop(state);
/// # Ok::<(), gocardless_bank_data_runtime::state::StateError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct SqliteStateBuilder {
    access: Access,
    timeout: Duration,
}

impl SqliteStateBuilder {
    /// Lets the group of the file read and write it. A new file is created so, and an existing one may be so; it may also
    /// belong to another user if its group is the one that new files get in its directory.
    ///
    /// For volumes that several users share on purpose. Kubernetes makes the files of a volume readable and writable by
    /// its group where a pod has an `fsGroup`.
    pub fn allow_group(mut self) -> Self {
        self.access = Access::Group;
        self
    }

    /// How long an operation may take, and how long another process may hold the lock; two seconds unless set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Uses this file, which need not exist yet; its directory must. Blocks for some milliseconds.
    ///
    /// # Errors
    /// [`StateError`] if the file cannot be created or opened, or if it is refused.
    pub fn open(self, path: impl AsRef<Path>) -> Result<SqliteState, StateError> {
        let path = path.as_ref();
        let (connection, path) = database::open(path, &SCHEMA, self.access, self.timeout)
            .map_err(|why| StateError::new(path.display().to_string(), why))?;
        Ok(SqliteState { path, connection: Arc::new(Mutex::new(connection)), timeout: self.timeout })
    }
}
