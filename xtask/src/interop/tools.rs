//! Puts the judges in place below `target/interop`, once for each lock, with the npm and the Python of the machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::Context as _;

use super::process::succeed;
use super::versions::{Judge, PRISM, SCHEMATHESIS};

/// Packages come from far away.
const INSTALLING: Duration = Duration::from_secs(600);

/// A judge that can be called, or one sentence on why there is none.
pub(crate) enum Found {
    /// The program and its first argument, if it has one.
    Ready(PathBuf, Option<PathBuf>),
    Missing(String),
}

impl Found {
    /// The command that calls the judge.
    pub(crate) fn command(program: &Path, first: Option<&PathBuf>) -> Command {
        let mut command = Command::new(program);
        command.args(first).env("NO_PROXY", "127.0.0.1").env("no_proxy", "127.0.0.1");
        command
    }
}

/// Prism, by npm.
pub(crate) fn prism(folder: &Path) -> anyhow::Result<Found> {
    let Some(node) = runtime(&PRISM, &["node"]) else { return Ok(missing(&PRISM)) };
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    if version_of(npm).is_none() {
        return Ok(Found::Missing(format!(
            "npm is not on this machine, so {} cannot be installed",
            PRISM.name
        )));
    }
    let place = folder.join("prism");
    let entry = place.join("node_modules/@stoplight/prism-cli/dist/index.js");
    install(&PRISM, &place, &entry, || {
        let manifest =
            serde_json::json!({ "name": "interop", "dependencies": { PRISM.package: PRISM.version } });
        write(&place.join("package.json"), &manifest.to_string())?;
        write(&place.join("package-lock.json"), PRISM.lock)?;
        // No package's own scripts: Prism needs none, and they could do anything.
        let mut command = Command::new(npm);
        command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&place);
        succeed(&mut command, &folder.join("npm.log"), INSTALLING)
    })?;
    Ok(Found::Ready(PathBuf::from(node), Some(entry)))
}

/// Schemathesis, by pip in an environment of its own.
pub(crate) fn schemathesis(folder: &Path) -> anyhow::Result<Found> {
    let Some(python) = runtime(&SCHEMATHESIS, &["python3", "python"]) else {
        return Ok(missing(&SCHEMATHESIS));
    };
    let place = folder.join("schemathesis");
    let programs = place.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let entry = programs.join("schemathesis").with_extension(std::env::consts::EXE_EXTENSION);
    install(&SCHEMATHESIS, &place, &entry, || {
        let log = folder.join("pip.log");
        succeed(Command::new(python).args(["-m", "venv"]).arg(&place), &log, INSTALLING)?;
        let lock = folder.join("requirements.txt");
        write(&lock, SCHEMATHESIS.lock)?;
        let pip =
            ["-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--require-hashes", "-r"];
        let python = programs.join("python").with_extension(std::env::consts::EXE_EXTENSION);
        succeed(Command::new(python).args(pip).arg(&lock), &log, INSTALLING)
    })?;
    Ok(Found::Ready(entry, None))
}

/// Installs a judge anew, unless what is there was made from the same lock.
fn install(
    judge: &Judge,
    place: &Path,
    entry: &Path,
    work: impl FnOnce() -> anyhow::Result<String>,
) -> anyhow::Result<()> {
    let stamp = place.join("installed");
    if entry.is_file() && fs::read_to_string(&stamp).is_ok_and(|lock| lock == judge.lock) {
        return Ok(());
    }
    println!("  installing {} {} …", judge.name, judge.version);
    if place.exists() {
        fs::remove_dir_all(place).with_context(|| format!("removing {}", place.display()))?;
    }
    fs::create_dir_all(place).with_context(|| format!("making {}", place.display()))?;
    work().with_context(|| format!("installing {} {}", judge.name, judge.version))?;
    write(&stamp, judge.lock)
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}

/// The first of these programs that is there and new enough.
fn runtime<'n>(judge: &Judge, names: &[&'n str]) -> Option<&'n str> {
    names.iter().copied().find(|name| version_of(name).is_some_and(|version| version >= judge.least))
}

fn missing(judge: &Judge) -> Found {
    let [major, minor, _] = judge.least;
    Found::Missing(format!(
        "{} {major}.{minor} or newer is not on this machine, so {} does not judge",
        judge.runtime, judge.name
    ))
}

fn version_of(program: &str) -> Option<[u32; 3]> {
    let output = Command::new(program).arg("--version").stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| version(&String::from_utf8_lossy(&output.stdout))).flatten()
}

/// The version in what a program says of itself, such as `v20.20.2` or `Python 3.11.7`.
fn version(said: &str) -> Option<[u32; 3]> {
    let digits = said.trim().trim_start_matches(|first: char| !first.is_ascii_digit());
    let mut parts = digits.split('.').map(|part| {
        let end = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        part.get(..end).and_then(|number| number.parse().ok())
    });
    Some([parts.next()??, parts.next()??, parts.next().flatten().unwrap_or(0)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_in_what_programs_say() {
        assert_eq!(version("v20.20.2\n"), Some([20, 20, 2]));
        assert_eq!(version("Python 3.11.7\n"), Some([3, 11, 7]));
        assert_eq!(version("Python 3.13.0rc1"), Some([3, 13, 0]));
        assert_eq!(version("11.19.1"), Some([11, 19, 1]));
        assert_eq!(version("no version"), None);
    }

    #[test]
    fn a_runtime_that_is_missing_or_too_old_is_told_in_one_sentence() {
        assert!(runtime(&PRISM, &["no-such-program-anywhere"]).is_none());
        let never = Judge { least: [u32::MAX, 0, 0], ..SCHEMATHESIS };
        assert!(runtime(&never, &["rustc"]).is_none());
        let Found::Missing(told) = missing(&SCHEMATHESIS) else { panic!("it is missing") };
        assert_eq!(told, "Python 3.11 or newer is not on this machine, so Schemathesis does not judge");
    }
}
