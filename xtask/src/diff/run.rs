//! The command `cargo xtask diff`: its options, what it prints, and its exit code.

use std::path::PathBuf;

use super::change::Verdict;
use super::compare::differences;
use super::{document, pointers, read, report};
use crate::failure::Failure;

/// What the command line asks for.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The document before: OpenAPI 3.0 in JSON or YAML, or `-` for standard input.
    old: PathBuf,
    /// The document after: OpenAPI 3.0 in JSON or YAML, or `-` for standard input.
    new: PathBuf,
    /// Print breaking changes only; exit with 5 if there are any, and else with 0.
    #[arg(long)]
    breaking: bool,
    /// Leave out changes of descriptions, titles and examples: they are neither printed nor counted.
    #[arg(long)]
    no_text: bool,
    /// Print the changes as JSON.
    #[arg(long)]
    json: bool,
}

/// Prints what changed. The failure says that something did, for the exit code.
pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let ((old_written, old), (new_written, new)) =
        (read::document(&options.old)?, read::document(&options.new)?);
    let least = match (options.breaking, options.no_text) {
        (true, _) => Verdict::Breaking,
        (false, true) => Verdict::Compatible,
        (false, false) => Verdict::TextOnly,
    };
    let mut changes = differences(&old, &new);
    changes.extend(document::unused_parts(&old_written, &new_written));
    pointers::settle(&mut changes, &old_written, &new_written);
    changes.retain(|change| change.verdict >= least);
    for change in changes.iter_mut().filter(|_| options.no_text) {
        change.consequences.retain(|change| change.verdict > Verdict::TextOnly);
    }
    match (options.json, options.breaking && changes.is_empty()) {
        (true, _) => print!("{}", report::json(&changes)?),
        (false, true) => println!("no breaking change"),
        (false, false) => print!("{}", report::text(&changes)),
    }
    let differs = || format!("{} differs from {}", options.new.display(), options.old.display());
    match changes.is_empty() {
        true => Ok(()),
        false if options.breaking => Err(Failure::Breaking(differs())),
        false => Err(Failure::Stale(differs())),
    }
}
