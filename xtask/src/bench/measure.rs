//! Runs the measured programs: under valgrind for instructions and bytes, and by the clock.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, bail};

use crate::failure::Failure;
use crate::repository::{cargo, output, program};

/// The function whose instructions count; everything else is connecting, warming up and preparing bodies.
const MEASURED: &str = "*measured*";

/// The folders of one run.
#[derive(Debug)]
pub(super) struct Bench {
    root: PathBuf,
    target: PathBuf,
}

/// Bytes on the heap.
#[derive(Debug)]
pub(super) struct Heap {
    /// The most at any time.
    pub(super) peak: f64,
    /// At the end: the decoded values, which the program never drops.
    pub(super) end: f64,
    /// The body, if the program has it from the beginning.
    pub(super) body: f64,
}

impl Heap {
    pub(super) fn beyond_body(&self) -> f64 {
        self.peak - self.body
    }
}

impl Bench {
    pub(super) fn new(root: &Path) -> Self {
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        // Absolute, because programs run in other folders.
        Self { root: root.to_owned(), target: std::path::absolute(&target).unwrap_or(target) }
    }

    /// Builds the measured program, and fails if valgrind is missing.
    pub(super) fn build(&self) -> Result<(), Failure> {
        if output(program("valgrind").arg("--version")).is_err() {
            return Err(Failure::at("bench", "valgrind is not installed: it is a package of every system"));
        }
        output(&mut self.cargo(&["build", "--release"]))?;
        self.empty_folder("valgrind")?;
        Ok(())
    }

    /// Instructions of a case for a client.
    pub(super) fn instructions(&self, case: &str, client: &str, count: u32) -> anyhow::Result<f64> {
        let file = self.folder("valgrind").join("callgrind.out");
        let collect = format!("--toggle-collect={MEASURED}");
        let out = format!("--callgrind-out-file={}", file.display());
        self.valgrind(&["--tool=callgrind", &collect, &out], case, client, count)?;
        let text = fs::read_to_string(&file).context("reading the output of callgrind")?;
        let total = text.lines().find_map(|line| line.strip_prefix("totals: ")?.trim().parse().ok());
        match total {
            Some(0.0) => bail!("callgrind found no function {MEASURED}"),
            total => total.context("callgrind wrote no total"),
        }
    }

    /// The heap of a case for a client.
    pub(super) fn heap(&self, case: &str, client: &str, count: u32) -> anyhow::Result<Heap> {
        let out = format!("--dhat-out-file={}", self.folder("valgrind").join("dhat.out").display());
        let text = self.valgrind(&["--tool=dhat", &out], case, client, count)?;
        let bytes = |words: &str| {
            let (_, number) = text.lines().find_map(|line| line.split_once(words))?;
            number.trim().split(' ').next()?.replace(',', "").parse::<f64>().ok()
        };
        let (peak, end) = bytes("At t-gmax:").zip(bytes("At t-end:")).context("dhat wrote no bytes")?;
        Ok(Heap { peak, end, body: bytes("body of").unwrap_or_default() })
    }

    /// Runs a case under valgrind and returns what it wrote to standard error.
    fn valgrind(&self, options: &[&str], case: &str, client: &str, count: u32) -> anyhow::Result<String> {
        let mut command = program("valgrind");
        command.args(options).arg(self.target.join("release/gocardless-bank-data-bench"));
        command.args([case, client, &count.to_string()]).current_dir(self.folder("valgrind"));
        // The server is on this machine.
        command.env("NO_PROXY", "127.0.0.1").env("no_proxy", "127.0.0.1");
        Ok(String::from_utf8_lossy(&output(&mut command)?.stderr).into_owned())
    }

    /// Times what only the clock shows; it takes half a minute.
    pub(super) fn time(&self) -> anyhow::Result<()> {
        output(self.cargo(&["bench", "--bench", "wall"]).env("CRITERION_HOME", self.folder("criterion")))?;
        Ok(())
    }

    /// The median in seconds, as criterion found it.
    pub(super) fn median(&self, group: &str, client: &str) -> anyhow::Result<f64> {
        let file = self.folder("criterion").join(group).join(client).join("new/estimates.json");
        let text = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
        let estimates: serde_json::Value = serde_json::from_slice(&text)?;
        let nanoseconds = estimates.pointer("/median/point_estimate").and_then(serde_json::Value::as_f64);
        Ok(nanoseconds.context("criterion wrote no median")? / 1e9)
    }

    /// The number of crates below a program that uses a client, the client included and the program not.
    pub(super) fn crates(&self, user: &str) -> anyhow::Result<f64> {
        let mut tree =
            self.cargo(&["tree", "-p", user, "-e", "normal", "--prefix", "none", "--format", "{p}"]);
        let text = String::from_utf8_lossy(&output(&mut tree)?.stdout).into_owned();
        let crates: BTreeSet<_> = text.lines().map(|line| line.trim_end_matches(" (*)")).collect();
        let others = crates.iter().filter(|name| !name.is_empty() && !name.starts_with(user)).count();
        Ok(u32::try_from(others)?.into())
    }

    /// Seconds of a clean check of a program that uses a client: of all processors where the system says, because other work
    /// on the machine does not count in these, or else by the clock.
    pub(super) fn clean_check(&self, user: &str) -> anyhow::Result<f64> {
        let target = self.empty_folder(&format!("check-{user}"))?;
        let before = processor_seconds();
        let seconds = timed(self.cargo(&["check", "-p", user]).env("CARGO_TARGET_DIR", target))?;
        Ok(processor_seconds().zip(before).map_or(seconds, |(after, before)| after - before))
    }

    /// Seconds of `cargo xtask generate` into another folder.
    pub(super) fn generate(&self) -> anyhow::Result<f64> {
        let out = self.empty_folder("generated")?;
        let mut command = cargo();
        command.args(["xtask", "generate", "--out"]).arg(out);
        timed(command.env("CARGO_TARGET_DIR", &self.target).current_dir(&self.root))
    }

    /// Seconds that openapi-generator takes to make its Rust client of the same document, if it is installed.
    pub(super) fn openapi_generator(&self) -> anyhow::Result<Option<f64>> {
        let generator: OsString =
            std::env::var_os("OPENAPI_GENERATOR").unwrap_or_else(|| "openapi-generator-cli".into());
        if output(program(&generator).arg("version")).is_err() {
            return Ok(None);
        }
        let mut command = program(generator);
        command.args([
            "generate",
            "--generator-name",
            "rust",
            "--input-spec",
            "openapi/contract.json",
            "--output",
        ]);
        timed(command.arg(self.empty_folder("openapi-generator")?).current_dir(&self.root)).map(Some)
    }

    /// `cargo` in the workspace of the benchmarks, with the lock file that was committed.
    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = cargo();
        command.args(arguments).arg("--locked").env("CARGO_TARGET_DIR", &self.target);
        command.current_dir(self.root.join("tests/bench"));
        command
    }

    fn folder(&self, purpose: &str) -> PathBuf {
        self.target.join("bench").join(purpose)
    }

    fn empty_folder(&self, purpose: &str) -> anyhow::Result<PathBuf> {
        let folder = self.folder(purpose);
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("emptying {}", folder.display()))?;
        }
        fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
        Ok(folder)
    }
}

/// Runs a program to its end, and returns the seconds by the clock.
fn timed(command: &mut Command) -> anyhow::Result<f64> {
    let begin = Instant::now();
    output(command)?;
    Ok(begin.elapsed().as_secs_f64())
}

/// Processor time of all child processes that have ended, on Linux.
fn processor_seconds() -> Option<f64> {
    // The unit is a hundredth of a second on every machine.
    const TICKS: f64 = 100.0;
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    // The name may contain blanks; the two times of the children are fields 16 and 17.
    let mut fields = text.rsplit_once(") ")?.1.split(' ').skip(13);
    let (user, system): (f64, f64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some((user + system) / TICKS)
}
