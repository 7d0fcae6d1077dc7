//! A store in a file that only its owner can read, replaced as a whole, locked against other processes.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::error::StoreError;
use super::saved::Saved;
use super::store::{Store, StoreLock};

/// The largest file that is read. A file with the tokens and a thousand accounts has some 300 KiB.
const LARGEST: u64 = 4 * 1024 * 1024;

/// How long another process may hold the lock: a token operation with its retries.
const LONGEST_LOCK: Duration = Duration::from_secs(60);

/// How often a lock that is held is asked for again.
const LOCK_PAUSE: Duration = Duration::from_millis(25);

/// A store in a file, for programs that start often or in several processes: they share one token.
///
/// On Unix the file is created readable and writable by its owner alone; a file that others can read, that belongs to
/// somebody else, or that is a symbolic link is refused. On other systems put it where only you can read.
///
/// ```no_run
/// use gocardless_bank_data_runtime::state::FileStore;
///
/// let store = FileStore::open("bank-data-tokens.json")?;
/// # let _ = store;
/// # Ok::<(), gocardless_bank_data_runtime::state::StoreError>(())
/// ```
#[derive(Debug)]
pub struct FileStore {
    path: PathBuf,
    owner: Option<u32>,
}

impl FileStore {
    /// Uses this file, which need not exist yet; its directory must.
    ///
    /// # Errors
    /// [`StoreError`] where the directory cannot be written, or an existing file is refused.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let path = path.into();
        // A file that this process creates belongs to its user, which the standard library has no other way to find out.
        let probe = sibling(&path, "probe");
        let owner = owner(
            &create(&probe)
                .and_then(|file| file.metadata())
                .map_err(|error| StoreError::io("write to its directory", error))?,
        );
        let _ = fs::remove_file(&probe);
        let store = Self { path, owner };
        store.open_checked()?;
        store.remove_leftovers();
        Ok(store)
    }

    /// Removes what processes left behind that died while writing. Writers hold the lock, so whatever is found while
    /// holding it was left behind. If anything fails, the next process tries again.
    fn remove_leftovers(&self) {
        let Ok(lock) = self.open_lock() else { return };
        if lock.try_lock().is_err() {
            return;
        }
        let directory = self.path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let Ok(entries) = fs::read_dir(directory.unwrap_or(Path::new("."))) else { return };
        let name = self.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for entry in entries.flatten() {
            if is_sibling(&entry.file_name().to_string_lossy(), &name) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn open_lock(&self) -> io::Result<File> {
        private(OpenOptions::new().create(true).truncate(false).write(true)).open(sibling_of_all(&self.path))
    }

    fn lock_within(&self, longest: Duration) -> Result<StoreLock, StoreError> {
        let file = self.open_lock().map_err(|error| StoreError::io("open its lock", error))?;
        let end = Instant::now() + longest;
        loop {
            match file.try_lock() {
                // The operating system releases it when the file is closed, also when the process dies.
                Ok(()) => return Ok(Box::new(file)),
                Err(TryLockError::WouldBlock) if Instant::now() < end => std::thread::sleep(LOCK_PAUSE),
                Err(TryLockError::WouldBlock) => {
                    return Err(StoreError::other("token file: another process holds its lock"));
                }
                Err(TryLockError::Error(error)) => return Err(StoreError::io("be locked", error)),
            }
        }
    }

    /// The file, if there is one and it is safe to use. The opened file itself is checked, so that whatever takes its
    /// place afterwards is not read.
    fn open_checked(&self) -> Result<Option<File>, StoreError> {
        if cfg!(not(unix)) {
            // Opening follows a link there, so that one can only be looked for beforehand.
            fs::symlink_metadata(&self.path).map_or(Ok(()), |found| self.verify(&found))?;
        }
        match private(OpenOptions::new().read(true)).open(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => {
                // Nothing will be read: this only finds the reason.
                fs::symlink_metadata(&self.path).map_or(Ok(()), |found| self.verify(&found))?;
                Err(StoreError::io("be opened", error))
            }
            Ok(file) => {
                let found = file.metadata().map_err(|error| StoreError::io("be looked at", error))?;
                self.verify(&found).map(|()| Some(file))
            }
        }
    }

    fn verify(&self, found: &fs::Metadata) -> Result<(), StoreError> {
        Err(StoreError::insecure(match found {
            found if found.is_symlink() => "it is a symbolic link",
            found if !found.is_file() => "it is not a file",
            found if is_open_to_others(found) => "others can read or write it",
            found if owner(found) != self.owner => "it belongs to somebody else",
            _ => return Ok(()),
        }))
    }
}

impl Store for FileStore {
    fn load(&self) -> Result<Option<Saved>, StoreError> {
        let Some(file) = self.open_checked()? else { return Ok(None) };
        let mut text = Vec::new();
        file.take(LARGEST + 1).read_to_end(&mut text).map_err(|error| StoreError::io("be read", error))?;
        if text.len() as u64 > LARGEST {
            return Ok(None);
        }
        // A file that is torn or of another version counts as none.
        Ok(serde_json::from_slice(&text).ok())
    }

    fn save(&self, saved: &Saved) -> Result<(), StoreError> {
        self.open_checked()?;
        let text = serde_json::to_vec_pretty(saved)
            .map_err(|_| StoreError::other("token file: could not be encoded"))?;
        let new = sibling(&self.path, "new");
        let written = create(&new).and_then(|mut file| {
            file.write_all(&text)?;
            file.sync_all()?;
            fs::rename(&new, &self.path)
        });
        written.map_err(|error| {
            let _ = fs::remove_file(&new);
            StoreError::io("be written", error)
        })
    }

    fn lock(&self) -> Result<StoreLock, StoreError> {
        self.lock_within(LONGEST_LOCK)
    }
}

/// A new file that only its owner can read, from its creation on. What a dead process of the same id left under the name
/// is removed.
fn create(path: &Path) -> io::Result<File> {
    let _ = fs::remove_file(path);
    private(OpenOptions::new().create_new(true).write(true)).open(path)
}

/// A name beside `path` that no other process and no other thread has.
fn sibling(path: &Path, what: &str) -> PathBuf {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}-{}.{what}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
    path.with_file_name(name)
}

/// Whether `found` is a name that [`sibling`] gives for a file of this name.
fn is_sibling(found: &str, name: &str) -> bool {
    let middle = found.strip_prefix(name).and_then(|rest| rest.strip_prefix('.'));
    let middle = middle.and_then(|rest| rest.strip_suffix(".new").or_else(|| rest.strip_suffix(".probe")));
    middle
        .and_then(|rest| rest.split_once('-'))
        .is_some_and(|(process, number)| [process, number].iter().all(|part| part.parse::<u64>().is_ok()))
}

/// The name of the lock that all processes share.
fn sibling_of_all(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".lock");
    path.with_file_name(name)
}

/// A file that is created is readable by its owner only. A link is not followed, and a pipe in its place is not waited
/// for.
#[cfg(unix)]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600).custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK)
}

#[cfg(unix)]
fn is_open_to_others(found: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    found.mode() & 0o077 != 0
}

#[cfg(unix)]
#[allow(clippy::unnecessary_wraps, reason = "other systems have no owner to name")]
fn owner(found: &fs::Metadata) -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    Some(found.uid())
}

#[cfg(not(unix))]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

#[cfg(not(unix))]
fn is_open_to_others(_: &fs::Metadata) -> bool {
    false
}

#[cfg(not(unix))]
fn owner(_: &fs::Metadata) -> Option<u32> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_that_another_holds_is_waited_for_and_given_up_in_time() {
        let directory = std::env::temp_dir().join(format!("bank-data-lock-{}", std::process::id()));
        fs::create_dir(&directory).unwrap();
        let (ours, theirs) = (directory.join("tokens"), directory.join("tokens"));
        let (ours, theirs) = (FileStore::open(ours).unwrap(), FileStore::open(theirs).unwrap());
        let held = theirs.lock_within(Duration::ZERO).unwrap();
        let (longest, begin) = (LOCK_PAUSE, Instant::now());
        let given_up = ours.lock_within(longest).map(drop).unwrap_err();
        assert_eq!(given_up.to_string(), "token file: another process holds its lock");
        assert!(begin.elapsed() >= longest);
        drop(held);
        assert!(ours.lock_within(Duration::ZERO).is_ok());
        fs::remove_dir_all(&directory).unwrap();
    }

    #[test]
    fn only_names_of_its_own_are_taken_for_what_a_dead_process_left() {
        for (name, is_ours) in [
            ("tokens.17-0.new", true),
            ("tokens.17-4.probe", true),
            ("tokens", false),
            ("tokens.lock", false),
            ("tokens.17-0.old", false),
            ("tokens.17.new", false),
            ("tokens.17-a.new", false),
            ("tokens.a-0.new", false),
            ("other.17-0.new", false),
        ] {
            assert_eq!(is_sibling(name, "tokens"), is_ours, "{name}");
        }
    }
}
