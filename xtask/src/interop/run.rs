//! The command: builds, installs, lets each judge judge, and says what came of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, anyhow};

use super::tools::{self, Found};
use super::versions::{PRISM, SCHEMATHESIS};
use super::{contract, journeys, prism, schemathesis};
use crate::failure::Failure;

/// What was asked for.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) root: PathBuf,
    /// What the cases of Schemathesis follow from.
    pub(crate) seed: u32,
}

/// Runs every judge, also when one complains; fails if any does, or if one is missing in CI.
pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let (root, begin) = (options.root.as_path(), Instant::now());
    let folder = root.join("target/interop");
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    println!("building the sandbox and the journeys …");
    let programs = journeys::build(root)?;
    let contract = contract::write(root, &folder)?;

    println!("\n{} {}: a validating proxy between wrapper and sandbox", PRISM.name, PRISM.version);
    let mut ends =
        vec![hear(tools::prism(&folder), |judge| prism::run(judge, &programs, &contract, &folder))];
    let (name, version, seed) = (SCHEMATHESIS.name, SCHEMATHESIS.version, options.seed);
    println!("\n{name} {version}: cases from the contract against the sandbox, all checks, seed {seed}");
    ends.push(hear(tools::schemathesis(&folder), |judge| {
        schemathesis::run(judge, &programs.sandbox, &contract, &folder, seed).map(|line| vec![line])
    }));

    println!("\n{:.0} s; logs in {}", begin.elapsed().as_secs_f64(), shown(root, &folder));
    conclude(ends, std::env::var("CI").is_ok_and(|ci| ci == "true"))
}

/// How it ended with one judge.
#[derive(Debug)]
enum End {
    Good,
    Missing(String),
    Bad(anyhow::Error),
}

/// Lets one judge judge, and prints what it says for us.
fn hear(
    found: anyhow::Result<Found>,
    work: impl FnOnce(&dyn Fn() -> std::process::Command) -> anyhow::Result<Vec<String>>,
) -> End {
    let begin = Instant::now();
    match found {
        Err(error) => End::Bad(error),
        Ok(Found::Missing(why)) => {
            println!("  skipped: {why}");
            End::Missing(why)
        }
        Ok(Found::Ready(program, first)) => match work(&|| Found::command(&program, first.as_ref())) {
            Ok(lines) => {
                for line in lines {
                    println!("  {line}");
                }
                println!("  {:.1} s", begin.elapsed().as_secs_f64());
                End::Good
            }
            Err(error) => {
                println!("  failed, see below");
                End::Bad(error)
            }
        },
    }
}

/// All is good, or everything that is not.
fn conclude(ends: Vec<End>, ci: bool) -> Result<(), Failure> {
    let complaints: Vec<String> = ends
        .into_iter()
        .filter_map(|end| match end {
            End::Good => None,
            End::Missing(why) => ci.then(|| format!("{why}: in CI every judge must")),
            End::Bad(error) => Some(format!("{error:#}")),
        })
        .collect();
    if complaints.is_empty() { Ok(()) } else { Err(anyhow!("{}", complaints.join("\n\n")).into()) }
}

fn shown(root: &Path, folder: &Path) -> String {
    folder.strip_prefix(root).unwrap_or(folder).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(ends: Vec<End>, ci: bool) -> String {
        conclude(ends, ci).err().map(|failure| failure.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_judge_may_be_missing_but_not_in_ci() {
        let ends = || vec![End::Good, End::Missing("npm is not on this machine".to_owned())];
        assert_eq!(told(ends(), false), "");
        assert_eq!(told(ends(), true), "npm is not on this machine: in CI every judge must");
    }

    #[test]
    fn every_complaint_is_told() {
        let ends = vec![End::Bad(anyhow!("first")), End::Good, End::Bad(anyhow!("second"))];
        assert_eq!(told(ends, false), "first\n\nsecond");
        assert_eq!(told(vec![End::Good, End::Good], true), "");
    }
}
