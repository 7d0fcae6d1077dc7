//! Runs the programs that measure: the tests, at the scale that the goals ask for, and the load program.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::Context as _;

use super::goal::Goal;
use super::table::RUNS;
use crate::cargo::{cargo, target};

/// The variable by which `tests/support` knows where to tell figures.
const FIGURES: &str = "GOALS_FIGURES";

/// How much the tests try when it is the goals that ask, by the variables that they know.
const SCALES: &[(&str, &str)] = &[
    // Goals 1 and 2: a hundred runs.
    ("BEHAVIOUR_RUNS", "100"),
    // Goal 3: mixtures of failures, of three hours each.
    ("BEHAVIOUR_OUTAGES", "100"),
    // Goal 7: of these schedules, two in nine are creates, and ten thousand of those are asked for.
    ("BEHAVIOUR_SEEDS", "50000"),
];

/// The tests that are the fuzzer.
const FUZZ: &str = "d22_";
/// How many inputs the fuzzer makes of each type of an answer.
const INPUTS: &str = "BEHAVIOUR_INPUTS";

/// What the load program and its log are called.
const LOAD: &str = "load";
/// Where the load program is, by the places at which Cargo looks for it.
const LOAD_SOURCES: [&str; 2] = ["tests/behaviour/src/bin/load.rs", "tests/behaviour/src/bin/load/main.rs"];
/// The goals whose figures it tells.
const LOAD_GOALS: [u32; 3] = [1, 2, 17];

/// What the programs left: the file of the figures, and the names of tests that failed.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) figures: String,
    pub(crate) failed: Vec<String>,
    /// Sentences about whole programs that did not end well. Each makes every goal doubtful that it tells figures of.
    pub(crate) broken: Vec<String>,
}

/// The programs of one run.
#[derive(Debug)]
pub(crate) struct Programs<'a> {
    root: &'a Path,
    folder: PathBuf,
    full: bool,
}

impl<'a> Programs<'a> {
    /// With a folder of their own, whose figures of an earlier run are gone.
    pub(crate) fn new(root: &'a Path, full: bool) -> anyhow::Result<Self> {
        let folder = target(root).join("goals");
        fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        let programs = Self { root, folder, full };
        fs::write(programs.figures(), "").context("emptying the file of the figures")?;
        Ok(programs)
    }

    fn figures(&self) -> PathBuf {
        self.folder.join("figures.tsv")
    }

    /// Runs what these goals need.
    pub(crate) fn run(&self, goals: &[&Goal]) -> anyhow::Result<Outcome> {
        let (mut failed, mut broken) = (Vec::new(), Vec::new());
        let tests: BTreeSet<_> = goals.iter().flat_map(|goal| goal.tests).copied().collect();
        let (fuzz, others): (Vec<_>, Vec<_>) = tests.into_iter().partition(|test| *test == FUZZ);
        for (name, mut command, tests) in [("tests", tests_of_cases(), others), ("fuzz", self.fuzz(), fuzz)] {
            if tests.is_empty() {
                continue;
            }
            let before = failed.len();
            let ended_well = self.watch(command.args(tests), name, &mut failed)?;
            if !ended_well && failed.len() == before {
                broken.push(format!(
                    "{name}: could not be built, or took its program down: see what cargo says above"
                ));
            }
        }
        if goals.iter().any(|goal| LOAD_GOALS.contains(&goal.number)) {
            broken.extend(self.load()?);
        }
        let figures = fs::read_to_string(self.figures()).context("reading the figures")?;
        Ok(Outcome { figures, failed, broken })
    }

    /// The fuzzer, but for the names of its tests. Optimised, since its goal is a number of runs.
    fn fuzz(&self) -> Command {
        let mut command = cargo();
        command.args(["test", "--release", "--package", "behaviour", "--test", "bounded_fuzz"]);
        command.args(["--no-fail-fast", "--"]);
        command.env(INPUTS, if self.full { RUNS.1 } else { RUNS.0 }.to_string());
        command
    }

    /// The load program, if there is one. What went wrong with it, if anything did.
    fn load(&self) -> anyhow::Result<Option<String>> {
        if !LOAD_SOURCES.iter().any(|path| self.root.join(path).is_file()) {
            return Ok(Some("there is no load program".to_owned()));
        }
        let mut command = cargo();
        command.args(["run", "--release", "--package", "behaviour", "--bin", "load"]);
        let ended_well = self.watch(&mut command, LOAD, &mut Vec::new())?;
        Ok((!ended_well).then(|| "the load program failed".to_owned()))
    }

    /// Runs a program to its end, shows how it gets on, and keeps everything that it said. Whether it ended well.
    fn watch(&self, command: &mut Command, name: &str, failed: &mut Vec<String>) -> anyhow::Result<bool> {
        let (begin, path) = (Instant::now(), self.folder.join(format!("{name}.log")));
        eprintln!("running: {name}; all that it says is in {}", path.display());
        command
            .current_dir(self.root)
            .env(FIGURES, self.figures())
            .env("CARGO_TARGET_DIR", target(self.root));
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("starting {command:?}"))?;
        let mut log = fs::File::create(&path).with_context(|| format!("writing {}", path.display()))?;
        if let Some(output) = child.stdout.take() {
            for line in BufReader::new(output).split(b'\n') {
                let line = line.with_context(|| format!("reading what {name} says"))?;
                let line = String::from_utf8_lossy(&line);
                writeln!(log, "{line}").with_context(|| format!("writing {}", path.display()))?;
                if let Some((test, passed)) = result(&line) {
                    let verdict = if passed { "" } else { ": FAILED" };
                    eprintln!("{:6.1} s  {test}{verdict}", begin.elapsed().as_secs_f64());
                    failed.extend((!passed).then(|| test.to_owned()));
                } else if name == LOAD {
                    eprintln!("{line}");
                }
            }
        }
        let status = child.wait().with_context(|| format!("waiting for {name}"))?;
        Ok(status.success())
    }
}

/// The tests, but for their names, as `cargo test` builds them anyway. One after the other: what is timed shall not wait for
/// its neighbours.
fn tests_of_cases() -> Command {
    let mut command = cargo();
    command.args(["test", "--package", "behaviour", "--package", "conformance", "--tests"]);
    command.args(["--no-fail-fast", "--", "--test-threads", "1"]).envs(SCALES.iter().copied());
    command
}

/// The test that a line of libtest's is about, and whether it passed.
fn result(line: &str) -> Option<(&str, bool)> {
    let (test, result) = line.strip_prefix("test ")?.split_once(" ... ")?;
    // What a test wrote to the terminal itself may stand before its result.
    let is = |word: &str| result.trim_end().ends_with(word);
    (is("ok") || is("FAILED")).then(|| (test.trim_end_matches(" - should panic"), is("ok")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_about_a_test_is_told_from_what_it_says() {
        assert_eq!(result("test a01_cold ... ok"), Some(("a01_cold", true)));
        assert_eq!(result("test inner::a01_cold ... FAILED"), Some(("inner::a01_cold", false)));
        assert_eq!(result("test a01_cold ... it says FAILED"), Some(("a01_cold", false)));
        for line in ["test result: ok. 3 passed", "running 3 tests", "", "tests ... ok", "test a ... ignored"]
        {
            assert_eq!(result(line), None, "{line}");
        }
    }
}
