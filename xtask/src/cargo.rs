//! The cargo that runs this, and where it builds.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The cargo that runs this, so that a toolchain chosen with `+` holds for what is started too.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The folder of everybody's builds. A relative one is meant from where the command was given, and programs run elsewhere.
pub(crate) fn target(root: &Path) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    std::path::absolute(&target).unwrap_or(target)
}
