//! Files, written whole.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use crate::exit::Failure;

/// Writes a file whole or not at all: a full disk leaves the earlier one as it was.
pub(crate) fn replace(file: &Path, text: &str) -> Result<(), Failure> {
    // A link stays one: what it leads to is replaced.
    let target = fs::canonicalize(file);
    let file = target.as_deref().unwrap_or(file);
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

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_a_link_leads_to_is_replaced_and_the_link_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file.csv"), folder.path().join("link.csv"));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink("file.csv", &link).unwrap();
        assert!(replace(&link, "new").is_ok());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
