//! A file that nobody else can read: created so, and refused if it is not.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// What SQLite keeps beside a database. Whoever can read one of these files can read the database.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Who may read and write the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Its owner alone.
    Owner,
    /// Its group too.
    Group,
}

/// Creates the file if it does not exist, checks it and what is beside it, and returns its path without links.
///
/// A file that exists is looked at and not opened: when a process closes any descriptor of a file, it loses the locks that
/// SQLite holds on it for another connection.
pub(crate) fn prepare(path: &Path, access: Access) -> Result<PathBuf, String> {
    let name = path.file_name().ok_or("the path names no file")?;
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    // Only the file itself must not be a link: directories often are, and SQLite follows none when told to follow none.
    let directory = directory.unwrap_or(Path::new(".")).canonicalize();
    let path = directory.map_err(|error| format!("its directory cannot be used: {error}"))?.join(name);
    match create(&path, access) {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(format!("it cannot be created: {error}")),
    }
    let ours = new_file_beside(&path).map_err(|error| format!("its directory cannot be written: {error}"))?;
    let found = fs::symlink_metadata(&path).map_err(|error| format!("it cannot be looked at: {error}"))?;
    verify(&found, &ours, access)?;
    for suffix in BESIDE {
        let mut beside = path.clone().into_os_string();
        beside.push(suffix);
        if let Ok(found) = fs::symlink_metadata(beside) {
            verify(&found, &ours, access).map_err(|why| format!("{why} (its file {suffix})"))?;
        }
    }
    Ok(path)
}

/// What a file looks like that this process creates there: the standard library has no other way to learn its user.
fn new_file_beside(path: &Path) -> io::Result<Metadata> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}-{}.probe", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
    let probe = path.with_file_name(name);
    // A dead process of the same id may have left one.
    let _ = fs::remove_file(&probe);
    let file = create(&probe, Access::Owner)?;
    let _ = fs::remove_file(&probe);
    file.metadata()
}

#[cfg(unix)]
fn create(path: &Path, access: Access) -> io::Result<File> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    let mut options = OpenOptions::new();
    let file = options.create_new(true).write(true).mode(0o600).custom_flags(libc::O_NOFOLLOW).open(path)?;
    // The umask takes rights away, from the group above all; sometimes from the owner too.
    let mode = if access == Access::Group { 0o660 } else { 0o600 };
    file.set_permissions(fs::Permissions::from_mode(mode))?;
    Ok(file)
}

#[cfg(unix)]
fn verify(found: &Metadata, ours: &Metadata, access: Access) -> Result<(), String> {
    use std::os::unix::fs::MetadataExt;
    let shared = access == Access::Group && found.mode() & 0o060 == 0o060 && found.gid() == ours.gid();
    Err(match found {
        found if found.is_symlink() => "it is a symbolic link; give the path of the file itself",
        found if !found.is_file() => "it is not a file; choose another path",
        found if found.nlink() > 1 => "it has a second name (a hard link); remove the other name",
        found if found.mode() & 0o007 != 0 => {
            "everybody on this machine can read or write it; make it its owner's alone (chmod 600)"
        }
        found if found.mode() & 0o070 != 0 && access == Access::Owner => {
            "its group can read or write it; make it its owner's alone (chmod 600), or allow the group with `allow_group`"
        }
        found if found.uid() != ours.uid() && !shared => "it belongs to another user; choose another path",
        _ => return Ok(()),
    }
    .to_owned())
}

#[cfg(not(unix))]
fn create(path: &Path, _: Access) -> io::Result<File> {
    OpenOptions::new().create_new(true).write(true).open(path)
}

#[cfg(not(unix))]
fn verify(found: &Metadata, _: &Metadata, _: Access) -> Result<(), String> {
    Err(match found {
        found if found.is_symlink() => "it is a symbolic link; give the path of the file itself",
        found if !found.is_file() => "it is not a file; choose another path",
        _ => return Ok(()),
    }
    .to_owned())
}
