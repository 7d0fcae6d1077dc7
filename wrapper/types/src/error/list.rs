//! A list in pages that was not read to its end.

use std::fmt;

use crate::operation::Operation;

/// Why a list was not read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ListReason {
    /// It continues after as many pages as one stream requests.
    TooManyPages,
    /// A page was empty although its count announces more entries.
    EmptyPage,
    /// A page was the same as the one before: the server ignores the offset.
    RepeatedPage,
}

/// A list in pages could not be read to its end: what came so far is a part of it.
#[derive(Clone, Debug)]
pub struct ListError {
    operation: Operation,
    reason: ListReason,
    offset: u64,
}

impl ListError {
    #[doc(hidden)]
    #[must_use]
    pub fn new(operation: Operation, reason: ListReason, offset: u64) -> Self {
        Self { operation, reason, offset }
    }

    /// The operation that lists.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// Why it was not read to its end.
    #[must_use]
    pub fn reason(&self) -> ListReason {
        self.reason
    }

    /// How many entries precede the first missing one, including those that you skipped.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.offset
    }
}

impl fmt::Display for ListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (list, offset) = (self.operation.words(), self.offset);
        match self.reason {
            ListReason::TooManyPages => write!(
                f,
                "{list}: it continues after as many pages as one stream reads; continue with another stream from offset {offset}"
            ),
            ListReason::EmptyPage => {
                write!(
                    f,
                    "{list}: the page from offset {offset} is empty although its count announces more entries"
                )
            }
            ListReason::RepeatedPage => {
                write!(
                    f,
                    "{list}: the page from offset {offset} repeats the page before it, so entries are missing"
                )
            }
        }
    }
}

impl std::error::Error for ListError {}
