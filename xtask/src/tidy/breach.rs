//! One breach of a rule: where, what, and how to mend it.

use std::fmt;

/// Printed as `file:line: what: mend`, which editors know how to open.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Breach {
    file: String,
    line: usize,
    sentence: String,
}

impl Breach {
    /// A breach at a line, counted from 1.
    pub(crate) fn new(file: &str, line: usize, sentence: impl fmt::Display) -> Self {
        Self { file: file.to_owned(), line, sentence: sentence.to_string() }
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.sentence)
    }
}
