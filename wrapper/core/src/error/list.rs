//! A list in pages that was not read to its end.

use std::fmt;

use crate::operation::Operation;

/// Why a list was not read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ListReason {
    /// It goes on after as many pages as one stream asks for.
    TooManyPages,
    /// A page was empty, and its count says that there are more entries.
    EmptyPage,
    /// A page was the one before it once more: the server pays no heed to the offset.
    RepeatedPage,
}

/// A list in pages ended before its end was reached: what came so far is a part of it.
#[derive(Clone, Debug)]
pub struct ListError {
    operation: Operation,
    reason: ListReason,
    offset: u64,
}

impl ListError {
    pub(crate) fn new(operation: Operation, reason: ListReason, offset: u64) -> Self {
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

    /// How many entries lie before the first that is missing, those that you left out included.
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
                "{list}: it goes on after as many pages as one stream reads; go on in another one from offset {offset}"
            ),
            ListReason::EmptyPage => {
                write!(
                    f,
                    "{list}: the page from offset {offset} is empty although its count promises more entries"
                )
            }
            ListReason::RepeatedPage => {
                write!(
                    f,
                    "{list}: the page from offset {offset} is the one before it once more, so entries are missing"
                )
            }
        }
    }
}

impl std::error::Error for ListError {}
