//! Where the measured programs are built, and how programs are run and asked for what they used.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use anyhow::{Context as _, bail};

pub(crate) use crate::cargo::cargo;
use crate::cargo::target;

/// The folders of one run.
#[derive(Debug)]
pub(crate) struct Workshop {
    /// The repository.
    pub(crate) root: PathBuf,
    /// Where cargo builds, which is where everybody else's builds go too.
    pub(crate) target: PathBuf,
}

impl Workshop {
    pub(crate) fn new(root: PathBuf) -> Self {
        let target = target(&root);
        Self { root, target }
    }

    /// The workspace of the benches.
    pub(crate) fn benches(&self) -> PathBuf {
        self.root.join("tests/bench")
    }

    /// A folder of our own for `purpose`, empty.
    pub(crate) fn empty(&self, purpose: &str) -> anyhow::Result<PathBuf> {
        let folder = self.target.join("bench").join(purpose);
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("emptying {}", folder.display()))?;
        }
        fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        Ok(folder)
    }

    /// `cargo` in the workspace of the benches. Its lock file is what was committed.
    pub(crate) fn cargo<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Command {
        let mut cargo = cargo();
        cargo
            .args(arguments)
            .arg("--locked")
            .env("CARGO_TARGET_DIR", &self.target)
            .current_dir(self.benches());
        cargo
    }

    /// Builds the measured program and its server, and gives the first.
    pub(crate) fn case(&self) -> anyhow::Result<PathBuf> {
        output(self.cargo(["build", "--release", "--bins"]))?;
        Ok(self.target.join("release").join("case"))
    }
}

/// Whether a program can be started at all.
pub(crate) fn has(program: impl AsRef<OsStr>) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Runs to the end, and gives what was written.
pub(crate) fn output(mut command: Command) -> anyhow::Result<Output> {
    let shown = format!("{command:?}");
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("running {shown}"))?;
    if !output.status.success() {
        bail!("{shown} failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(output)
}

/// What one run of a program took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Took {
    /// Seconds on the wall.
    pub(crate) wall: f64,
    /// Seconds of all processors, where the system tells: other work on the machine does not count here.
    pub(crate) processor: Option<f64>,
}

/// Runs to the end, and takes the time.
pub(crate) fn timed(command: Command) -> anyhow::Result<Took> {
    let (begin, before) = (Instant::now(), processor_seconds());
    output(command)?;
    let wall = begin.elapsed().as_secs_f64();
    let processor = processor_seconds().zip(before).map(|(after, before)| after - before);
    Ok(Took { wall, processor })
}

/// What all children that ended have used, as Linux tells it.
fn processor_seconds() -> Option<f64> {
    // Hundredths of a second, whatever the kernel's own clock is.
    const TICKS: f64 = 100.0;
    let text = fs::read_to_string(Path::new("/proc/self/stat")).ok()?;
    // After the name, which may hold blanks; the two times of the children are the 16th and 17th of all.
    let (_, rest) = text.rsplit_once(") ")?;
    let mut fields = rest.split(' ').skip(13);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((user + system) / TICKS)
}
