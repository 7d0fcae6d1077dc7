//! What cargo knows of the packages: members, their dependencies, and the Rust that each dependency needs.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, bail};
use serde_json::Value;

/// The packages of the workspace and all that they depend on.
#[derive(Debug, Default)]
pub(crate) struct Metadata {
    pub(crate) members: Vec<Member>,
    pub(crate) packages: Vec<Package>,
}

/// A member of the workspace.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    /// Names of all dependencies, whatever they are for.
    pub(crate) dependencies: Vec<String>,
}

/// A package that is not a member.
#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) rust_version: Option<String>,
}

/// Asks cargo.
pub(crate) fn read(root: &Path) -> anyhow::Result<Metadata> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--all-features"])
        .current_dir(root)
        .output()
        .context("running `cargo metadata`")?;
    if !output.status.success() {
        bail!("`cargo metadata` failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    let answer: Value =
        serde_json::from_slice(&output.stdout).context("reading the answer of `cargo metadata`")?;
    Ok(parse(&answer))
}

fn parse(answer: &Value) -> Metadata {
    let text =
        |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let list =
        |value: &Value, key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let members = list(answer, "workspace_members");
    let mut metadata = Metadata::default();
    for package in list(answer, "packages") {
        let name = text(&package, "name");
        if package.get("id").is_some_and(|id| members.contains(id)) {
            let dependencies =
                list(&package, "dependencies").iter().map(|dependency| text(dependency, "name")).collect();
            metadata.members.push(Member { name, dependencies });
        } else {
            let rust_version = package.get("rust_version").and_then(Value::as_str).map(str::to_owned);
            metadata.packages.push(Package { name, version: text(&package, "version"), rust_version });
        }
    }
    metadata
}
