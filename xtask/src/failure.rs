//! How a command fails: what the user reads and what the process answers.
//!
//! Nothing here prints or exits; `main` alone does.

use std::fmt;
use std::process::ExitCode;

/// Why a command did not succeed. Each kind has an exit code of its own.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The input cannot be taken: one lower-case sentence with the place and the mend. Exit 2.
    BadInput(String),
    /// Files in the tree are not what the tool would write; the differences have been printed. Exit 4.
    Stale(String),
    /// A task failed: a program that could not be run, a file that could not be written, a rule broken. Exit 1.
    Failed(anyhow::Error),
}

impl Failure {
    /// A refusal of the input at `place` (a JSON pointer or `METHOD /path`).
    pub(crate) fn at(place: impl fmt::Display, sentence: impl fmt::Display) -> Self {
        Self::BadInput(format!("{place}: {sentence}"))
    }

    /// The exit code of the process.
    pub(crate) fn code(&self) -> ExitCode {
        match self {
            Self::Failed(_) => ExitCode::from(1),
            Self::BadInput(_) => ExitCode::from(2),
            Self::Stale(_) => ExitCode::from(4),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadInput(sentence) | Self::Stale(sentence) => f.write_str(sentence),
            Self::Failed(error) => write!(f, "{error:#}"),
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}
