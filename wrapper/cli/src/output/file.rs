//! Files, written whole.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use crate::exit::Failure;

/// Writes a file whole or not at all: a full disk leaves the earlier one as it was.
pub(crate) fn replace(file: &Path, text: &str) -> Result<(), Failure> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.exists() {
        return Err(Failure::file(format!(
            "{} cannot be written: the folder {} does not exist; create it, or choose another place",
            file.display(),
            folder.display()
        )));
    }
    let write = || {
        // What is not a plain file, such as a pipe, cannot be replaced.
        let is_special = fs::metadata(file).is_ok_and(|metadata| !metadata.is_file());
        if is_special {
            return fs::File::options().write(true).open(file)?.write_all(text.as_bytes());
        }
        // Readable by its owner alone from the start, so that it is never open to others, not even half written.
        let mut new = tempfile::Builder::new().prefix(".bank-data").tempfile_in(folder)?;
        new.write_all(text.as_bytes())?;
        new.as_file().sync_all()?;
        new.persist(file).map(drop).map_err(|error| error.error)
    };
    write().map_err(|error| {
        Failure::file(format!(
            "{} cannot be written: {error}; free some space or choose another place",
            file.display()
        ))
    })
}
