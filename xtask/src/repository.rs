//! Where the repository is, the files that git tracks in it, and how programs are run in it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context as _, bail};

use crate::failure::Failure;

/// The folder of the repository: `asked`, or the nearest above the current folder.
pub(crate) fn root(asked: Option<PathBuf>) -> Result<PathBuf, Failure> {
    if let Some(root) = asked {
        return Ok(root);
    }
    let here = std::env::current_dir().context("finding the current folder")?;
    let found = here.ancestors().find(|folder| folder.join("xtask/Cargo.toml").is_file());
    found.map(Path::to_owned).ok_or_else(|| {
        Failure::at(here.display(), "is not inside the repository: run this in the folder that has `xtask`")
    })
}

/// The files that git tracks or would track, relative to `root` and separated by `/`.
pub(crate) fn files(root: &Path) -> anyhow::Result<Vec<String>> {
    let mut git = program("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root);
    let names =
        String::from_utf8(output(&mut git)?.stdout).context("reading the output of `git ls-files`")?;
    let mut files: Vec<String> = names.split_terminator('\0').map(str::to_owned).collect();
    // A file that is deleted and not yet committed is still listed.
    files.retain(|file| root.join(file).is_file());
    files.sort();
    files.dedup();
    Ok(files)
}

/// The cargo that runs this program, so that a toolchain chosen with `+` applies to what it starts as well.
pub(crate) fn cargo() -> Command {
    program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// A program, without the variables about this package that `cargo run` sets: ring, and all that depends on it, would be
/// compiled again by every cargo that sees other ones.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    for (name, _) in std::env::vars_os() {
        if ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|ours| name.to_string_lossy().starts_with(ours)) {
            command.env_remove(name);
        }
    }
    command
}

/// Runs a program to its end and returns what it wrote; an error if it fails.
pub(crate) fn output(command: &mut Command) -> anyhow::Result<Output> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("running {command:?}"))?;
    if !output.status.success() {
        bail!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(output)
}
