//! The programs of this repository that are judged: built once, and sent on their way.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, anyhow, bail};
use serde_json::Value;

use super::process::succeed;
use super::sandbox::Sandbox;

/// The longest that a journey may take; it takes a second.
const LIMIT: Duration = Duration::from_secs(120);

/// An example of the wrapper.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Journey {
    Quickstart,
    EveryOperation,
}

impl Journey {
    /// The name of the example.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Quickstart => "quickstart",
            Self::EveryOperation => "every_operation",
        }
    }
}

/// Where the programs are.
pub(crate) struct Programs {
    pub(crate) sandbox: PathBuf,
    quickstart: PathBuf,
    every_operation: PathBuf,
}

const SANDBOX: &str = "gocardless-bank-data-sandbox";

/// Builds them; cargo shows its progress.
pub(crate) fn build(root: &Path) -> anyhow::Result<Programs> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["build", "--message-format", "json-render-diagnostics"]);
    command.args(["--package", SANDBOX, "--bin", SANDBOX, "--package", "gocardless-bank-data"]);
    for journey in [Journey::Quickstart, Journey::EveryOperation] {
        command.args(["--example", journey.name()]);
    }
    let output =
        command.current_dir(root).stderr(Stdio::inherit()).output().context("running `cargo build`")?;
    if !output.status.success() {
        bail!("`cargo build` of the sandbox and the examples failed: mend what it says above");
    }
    let said = String::from_utf8_lossy(&output.stdout);
    let program = |name: &str| {
        executable(&said, name).ok_or_else(|| anyhow!("`cargo build` did not say where it put {name}"))
    };
    Ok(Programs {
        sandbox: program(SANDBOX)?,
        quickstart: program(Journey::Quickstart.name())?,
        every_operation: program(Journey::EveryOperation.name())?,
    })
}

/// Where cargo put a target, by its JSON messages.
fn executable(said: &str, name: &str) -> Option<PathBuf> {
    said.lines().find_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        let target = message.pointer("/target/name")?.as_str()?;
        let path = message.get("executable")?.as_str()?;
        (target == name).then(|| PathBuf::from(path))
    })
}

/// Runs a journey against the sandbox, by way of `proxy`.
pub(crate) fn take(
    journey: Journey,
    programs: &Programs,
    sandbox: &Sandbox,
    proxy: &str,
    institution: Option<&str>,
    log: &Path,
) -> anyhow::Result<()> {
    let program = match journey {
        Journey::Quickstart => &programs.quickstart,
        Journey::EveryOperation => &programs.every_operation,
    };
    let mut command = Command::new(program);
    command
        .env("GOCARDLESS_BASE_URL", proxy)
        .env("GOCARDLESS_SECRET_ID", &sandbox.secret_id)
        .env("GOCARDLESS_SECRET_KEY", &sandbox.secret_key)
        .env("NO_PROXY", "127.0.0.1")
        .env_remove("GOCARDLESS_INSTITUTION")
        .envs(institution.map(|institution| ("GOCARDLESS_INSTITUTION", institution)));
    succeed(&mut command, log, LIMIT).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_says_where_a_program_is() {
        let said = r#"{"reason":"compiler-artifact","target":{"name":"quickstart"},"executable":null}
{"reason":"compiler-artifact","target":{"name":"quickstart"},"executable":"target/debug/examples/quickstart"}
warning: not JSON
{"reason":"build-finished","success":true}"#;
        assert_eq!(executable(said, "quickstart"), Some(PathBuf::from("target/debug/examples/quickstart")));
        assert_eq!(executable(said, "errors"), None);
    }
}
