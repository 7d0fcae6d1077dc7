//! How a command fails: the message for the user and the exit code of the process.

use std::fmt;
use std::process::ExitCode;

/// Why a command failed. Each variant has its own exit code.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The input cannot be used: a lower-case sentence for each fault, with the place and what to do, one a line. Exit code 2.
    BadInput(String),
    /// Something differs, which has been printed: generated files from what would be written, one document from another, or
    /// the contract from what it was before an import. Exit code 4.
    Stale(String),
    /// The documents differ in a way that breaks callers; the changes have been printed. Exit code 5.
    Breaking(String),
    /// A step failed: a program that could not be run, a file that could not be written, a check. Exit code 1.
    Failed(anyhow::Error),
}

impl Failure {
    /// Rejects the input at `place` (a JSON pointer or `METHOD /path`).
    pub(crate) fn at(place: impl fmt::Display, sentence: impl fmt::Display) -> Self {
        Self::BadInput(format!("{place}: {sentence}"))
    }

    /// The same with each sentence about the input changed.
    pub(crate) fn each(self, change: impl Fn(&str) -> String) -> Self {
        match self {
            Self::BadInput(sentences) => {
                Self::BadInput(sentences.lines().map(change).collect::<Vec<_>>().join("\n"))
            }
            other => other,
        }
    }

    /// The exit code of the process.
    pub(crate) fn code(&self) -> ExitCode {
        match self {
            Self::Failed(_) => ExitCode::from(1),
            Self::BadInput(_) => ExitCode::from(2),
            Self::Stale(_) => ExitCode::from(4),
            Self::Breaking(_) => ExitCode::from(5),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadInput(sentence) | Self::Stale(sentence) | Self::Breaking(sentence) => {
                f.write_str(sentence)
            }
            Self::Failed(error) => write!(f, "{error:#}"),
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}
