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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Class;

    const LIST: Operation = Operation::new("list_requisitions", "GET", "/", Class::PlainRead);

    fn page(body: &'static str) -> Bytes {
        Bytes::from_static(body.as_bytes())
    }

    #[test]
    fn a_list_is_over_once_as_many_entries_came_as_it_counts() {
        for (start, entries, count, over) in [
            (None, 2, 3, false),
            (None, 3, 3, true),
            (None, 4, 3, true),
            (Some(1), 2, 3, true),
            (Some(1), 1, 3, false),
            (None, 0, 0, true),
            // Of a count that cannot be right the entries tell.
            (None, 2, -1, false),
            (None, 0, -1, true),
        ] {
            let mut list = Paging::new(LIST, start);
            assert_eq!((list.goes_on().unwrap(), list.offset()), (true, start));
            list.read(&page("a"), entries, count).unwrap();
            assert_eq!(list.goes_on().unwrap(), !over, "{start:?} {entries} {count}");
            assert_eq!(list.offset(), Some(start.unwrap_or_default() + entries as u64));
        }
    }

    #[test]
    fn a_page_that_brings_nothing_new_of_a_list_that_has_more_is_an_error_at_its_offset() {
        let mut list = Paging::new(LIST, Some(10));
        list.read(&page("a"), 2, 20).unwrap();
        let repeated = list.read(&page("a"), 2, 20).unwrap_err();
        assert_eq!((repeated.reason(), repeated.offset()), (ListReason::RepeatedPage, 12));
        let empty = list.read(&page("b"), 0, 20).unwrap_err();
        assert_eq!((empty.reason(), empty.offset()), (ListReason::EmptyPage, 12));
        assert_eq!(empty.operation(), LIST);
        // Two empty pages are alike, and the second is as empty as the first.
        let mut ended = Paging::new(LIST, None);
        ended.read(&page(""), 0, 0).unwrap();
        ended.read(&page(""), 0, 0).unwrap();
    }

    #[test]
    fn ten_thousand_pages_are_read_and_a_list_that_goes_on_is_an_error() {
        let (mut list, pages) = (Paging::new(LIST, None), [page("a"), page("b")]);
        for body in pages.iter().cycle().take(9_999) {
            list.read(body, 1, i64::MAX).unwrap();
        }
        assert!(list.goes_on().unwrap());
        list.read(&page("b"), 1, i64::MAX).unwrap();
        let endless = list.goes_on().unwrap_err();
        assert_eq!((endless.reason(), endless.offset()), (ListReason::TooManyPages, 10_000));
        list.read(&page("a"), 1, 10_001).unwrap();
        assert!(!list.goes_on().unwrap(), "this was its last page");
    }
}
