//! How far a list in pages was read, and whether that is its end. A part of a list is never taken for all of it.

use bytes::Bytes;

use crate::error::{ListError, ListReason};
use crate::operation::Operation;

/// The most pages that one reading asks for, against a server that always promises one more.
const MOST_PAGES: u32 = 10_000;

/// How far a list was read.
#[derive(Debug)]
pub struct Paging {
    operation: Operation,
    offset: Option<u64>,
    pages: u32,
    last: Bytes,
    is_over: bool,
}

impl Paging {
    /// Begins to read what `operation` lists, after `offset` entries.
    #[must_use]
    pub fn new(operation: Operation, offset: Option<u64>) -> Self {
        Self { operation, offset, pages: 0, last: Bytes::new(), is_over: false }
    }

    /// Whether another page is to be asked for.
    ///
    /// # Errors
    /// [`ListError`] where the list goes on and as many pages were read as one reading asks for.
    pub fn goes_on(&self) -> Result<bool, ListError> {
        if !self.is_over && self.pages >= MOST_PAGES {
            return Err(self.unfinished(ListReason::TooManyPages));
        }
        Ok(!self.is_over)
    }

    /// The offset of the next page; none where the first is asked for without one.
    #[must_use]
    pub fn offset(&self) -> Option<u64> {
        self.offset
    }

    /// Takes note of a page: its body, how many entries it has, and how many it says that the whole list has.
    ///
    /// # Errors
    /// [`ListError`] where the list has more and this page brings none of it.
    pub fn read(&mut self, body: &Bytes, entries: usize, count: i64) -> Result<(), ListError> {
        // Entries have ids, so no two pages of a list are alike. The count is in the body too: a list that grew while
        // it was read, so that the same entries come again, is told from a server that looks at no offset.
        if entries > 0 && *body == self.last {
            return Err(self.unfinished(ListReason::RepeatedPage));
        }
        let reached = self.offset.unwrap_or_default().saturating_add(entries as u64);
        // A count that cannot be right says nothing, so the list ends with its first empty page.
        let has_more = u64::try_from(count).map_or(entries > 0, |count| reached < count);
        if has_more && entries == 0 {
            return Err(self.unfinished(ListReason::EmptyPage));
        }
        self.is_over = !has_more;
        self.offset = Some(reached);
        self.pages += 1;
        self.last = body.clone();
        Ok(())
    }

    fn unfinished(&self, reason: ListReason) -> ListError {
        ListError::new(self.operation, reason, self.offset.unwrap_or_default())
    }
}
