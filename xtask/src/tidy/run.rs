//! The command `cargo xtask tidy`: reads the files, and prints each violation.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::anyhow;

use super::{cases, links, packages, text};
use crate::failure::Failure;
use crate::repository;

/// A broken rule. Displayed as `file:line: sentence`, which editors can open.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Violation {
    pub(super) file: String,
    /// Counted from 1.
    pub(super) line: usize,
    pub(super) sentence: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.sentence)
    }
}

/// A text file: its path relative to the repository, with `/`, and its text.
#[derive(Debug)]
pub(super) struct File {
    pub(super) path: String,
    pub(super) text: String,
}

impl File {
    pub(super) fn is(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|found| found == extension)
    }

    /// Lines with their numbers.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    pub(super) fn violation(&self, line: usize, sentence: impl Into<String>) -> Violation {
        Violation { file: self.path.clone(), line, sentence: sentence.into() }
    }
}

/// Fails if any rule is broken.
pub(crate) fn run(root: &Path) -> Result<(), Failure> {
    let paths = repository::files(root)?;
    // What is not UTF-8 is not text.
    let read =
        |path: &String| Some(File { text: fs::read_to_string(root.join(path)).ok()?, path: path.clone() });
    let files: Vec<File> = paths.iter().filter_map(read).collect();
    let mut violations = text::forbidden(root)?;
    violations.extend(files.iter().filter_map(text::begins_with_documentation));
    violations.extend(files.iter().flat_map(text::sleeping_tests));
    violations.extend(links::violations(&files, &paths));
    violations.extend(cases::violations(&files));
    violations.extend(packages::violations(&files, &paths));
    violations.sort();
    for violation in &violations {
        println!("{violation}");
    }
    if violations.is_empty() {
        println!("{} files, no violation", files.len());
        return Ok(());
    }
    Err(anyhow!("{} violations, see above", violations.len()).into())
}
