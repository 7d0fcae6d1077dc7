//! Where the repository is, and which files git tracks in it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};

use crate::failure::Failure;

/// The folder of the repository: the one asked for, or the nearest above the current one.
pub(crate) fn root(asked: Option<PathBuf>) -> Result<PathBuf, Failure> {
    if let Some(root) = asked {
        return Ok(root);
    }
    let here = std::env::current_dir().context("finding the current folder")?;
    let found = here.ancestors().find(|folder| folder.join("xtask/Cargo.toml").is_file());
    found.map(Path::to_owned).ok_or_else(|| {
        Failure::at(
            here.display(),
            "is not inside the repository: run this in the folder that has `xtask` or below it",
        )
    })
}

/// The tracked files, and those that would be tracked if they were added, relative to `root`.
pub(crate) fn files(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .context("running `git ls-files`")?;
    if !output.status.success() {
        bail!("`git ls-files` failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    let names = String::from_utf8(output.stdout).context("reading the answer of `git ls-files`")?;
    let mut files: Vec<PathBuf> = names.split_terminator('\0').map(PathBuf::from).collect();
    files.retain(|file| root.join(file).is_file());
    files.sort();
    files.dedup();
    Ok(files)
}
