//! Counts instructions and bytes of the measured program with valgrind.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, anyhow};

use super::cases::Case;
use super::workshop::{self, Workshop};
use crate::failure::Failure;

/// The function whose instructions count; the rest is connecting, warming up and making bodies.
const MEASURED: &str = "*measured*";

/// What is needed besides Rust.
pub(crate) fn check() -> Result<(), Failure> {
    if workshop::has("valgrind") {
        return Ok(());
    }
    Err(Failure::at(
        "bench",
        "counts instructions with valgrind, which is not here: install it, it is a package of every system",
    ))
}

/// The program that is measured.
#[derive(Debug)]
pub(crate) struct Counter {
    program: PathBuf,
    folder: PathBuf,
}

/// Bytes of the heap.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heap {
    /// The most that was held at once.
    pub(crate) peak: f64,
    /// What was held at the end: the decoded values, which the program never drops.
    pub(crate) end: f64,
    /// The body that was decoded, where the program holds one from the beginning.
    pub(crate) body: f64,
}

impl Heap {
    /// The peak without the body.
    pub(crate) fn beyond(self) -> f64 {
        self.peak - self.body
    }
}

impl Counter {
    pub(crate) fn new(workshop: &Workshop) -> anyhow::Result<Self> {
        Ok(Self { program: workshop.case()?, folder: workshop.empty("valgrind")? })
    }

    /// Instructions of a case for a subject, for each of the case's units.
    pub(crate) fn instructions(&self, case: &Case, subject: &str) -> anyhow::Result<f64> {
        let out = self.folder.join("callgrind.out");
        let mut command = self.valgrind("callgrind");
        command.arg(option("callgrind-out-file", &out)).arg(format!("--toggle-collect={MEASURED}"));
        workshop::output(self.with_case(command, case, subject))?;
        let text = fs::read_to_string(&out).context("reading what callgrind wrote")?;
        let total = text.lines().find_map(|line| line.strip_prefix("totals: "));
        let total: f64 =
            total.and_then(|total| total.trim().parse().ok()).context("callgrind wrote no total")?;
        if total == 0.0 {
            return Err(anyhow!("callgrind found no function {MEASURED} in {}", self.program.display()));
        }
        Ok(total / case.units())
    }

    /// The heap of a case for a subject.
    pub(crate) fn heap(&self, case: &Case, subject: &str) -> anyhow::Result<Heap> {
        let mut command = self.valgrind("dhat");
        command.arg(option("dhat-out-file", &self.folder.join("dhat.out")));
        let output = workshop::output(self.with_case(command, case, subject))?;
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let at = |moment: &str| {
            let line = text.lines().find(|line| line.contains(moment))?;
            let number = line.split_once(moment)?.1.trim().split(' ').next()?;
            number.replace(',', "").parse::<f64>().ok()
        };
        let body = text.lines().find_map(|line| line.strip_prefix("body ")?.parse().ok()).unwrap_or_default();
        let (peak, end) = (at("At t-gmax:"), at("At t-end:"));
        peak.zip(end).map(|(peak, end)| Heap { peak, end, body }).context("dhat told no bytes")
    }

    fn valgrind(&self, tool: &str) -> Command {
        let mut command = Command::new("valgrind");
        command.arg(format!("--tool={tool}")).current_dir(&self.folder);
        // The server is on this machine, and no proxy of the user's shall stand between.
        command.env("NO_PROXY", "127.0.0.1").env("no_proxy", "127.0.0.1");
        command
    }

    fn with_case(&self, mut command: Command, case: &Case, subject: &str) -> Command {
        command.arg(&self.program).arg(case.id).arg(subject).arg(case.count.to_string());
        command
    }
}

fn option(name: &str, path: &Path) -> String {
    format!("--{name}={}", path.display())
}
