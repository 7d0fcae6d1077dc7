//! How far a list in pages was read, and whether that is its end. A part of a list is never taken for the whole.

use bytes::Bytes;

use gocardless_bank_data_types::Operation;
use gocardless_bank_data_types::error::{ListError, ListReason};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// The most pages that one stream requests, in case a server always announces one more.
const MOST_PAGES: u32 = 10_000;

/// How far a list was read.
#[derive(Debug)]
pub struct Paging {
    operation: Operation,
    offset: Option<u64>,
    pages: u32,
    last: Bytes,
    is_done: bool,
}

impl Paging {
    /// Starts reading the list of `operation` after `offset` entries.
    #[must_use]
    pub fn new(operation: Operation, offset: Option<u64>) -> Self {
        Self { operation, offset, pages: 0, last: Bytes::new(), is_done: false }
    }

    /// The operation that lists.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// Whether another page has to be requested.
    ///
    /// # Errors
    /// [`ListError`] if the list continues after as many pages as one stream requests.
    pub fn has_more(&self) -> Result<bool, ListError> {
        if !self.is_done && self.pages >= MOST_PAGES {
            return Err(self.incomplete(ListReason::TooManyPages));
        }
        Ok(!self.is_done)
    }

    /// The offset of the next page; `None` if the first is requested without one.
    #[must_use]
    pub fn offset(&self) -> Option<u64> {
        self.offset
    }

    /// Records a page: its body, how many entries it has, and how many it states for the whole list.
    ///
    /// # Errors
    /// [`ListError`] if the list has more entries and this page has none of them.
    pub fn record(&mut self, body: &Bytes, entries: usize, count: Option<i64>) -> Result<(), ListError> {
        // Entries have ids, so no two pages of a list are equal. The count is in the body too, which distinguishes a list
        // that grew while it was read, so that the same entries come again, from a server that ignores the offset.
        if entries > 0 && *body == self.last {
            return Err(self.incomplete(ListReason::RepeatedPage));
        }
        let reached = self.offset.unwrap_or_default().saturating_add(entries as u64);
        // The count and `next` each may be wrong, so the list goes on if either says so. A count that is missing or cannot
        // be right says nothing: then the list ends with a `next` that is null, or with its first empty page.
        let count = count.and_then(|count| u64::try_from(count).ok());
        // The body is read a second time for `next` only where the count does not say that there is more.
        let has_more = count.is_some_and(|count| reached < count)
            || entries > 0 && is_announced(&Position::of(body), count.is_some());
        if has_more && entries == 0 {
            return Err(self.incomplete(ListReason::EmptyPage));
        }
        self.is_done = !has_more;
        self.offset = Some(reached);
        self.pages += 1;
        self.last = body.clone();
        Ok(())
    }

    fn incomplete(&self, reason: ListReason) -> ListError {
        ListError::new(self.operation, reason, self.offset.unwrap_or_default())
    }
}

/// What a page says of the one after it. A `next` that is null says something, and one that is missing nothing.
#[derive(Default, Deserialize)]
struct Position {
    #[serde(default, deserialize_with = "present")]
    next: Option<Value>,
}

/// Whether a page with entries says that there is another one, by its `next` alone.
fn is_announced(Position { next }: &Position, has_count: bool) -> bool {
    match next {
        Some(Value::String(next)) if has_count => !next.is_empty(),
        _ if has_count => false,
        next => *next != Some(Value::Null),
    }
}

impl Position {
    fn of(body: &[u8]) -> Self {
        serde_json::from_slice(body).unwrap_or_default()
    }
}

fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use gocardless_bank_data_types::OperationClass;

    const LIST: Operation = Operation::new(&("list_requisitions", "GET", "/", OperationClass::PlainRead));

    fn page(body: &'static str) -> Bytes {
        Bytes::from_static(body.as_bytes())
    }

    #[test]
    fn a_list_is_done_once_as_many_entries_came_as_it_counts() {
        for (start, entries, count, over) in [
            (None, 2, 3, false),
            (None, 3, 3, true),
            (None, 4, 3, true),
            (Some(1), 2, 3, true),
            (Some(1), 1, 3, false),
            (None, 0, 0, true),
            // Where the count cannot be right, the entries decide.
            (None, 2, -1, false),
            (None, 0, -1, true),
        ] {
            let mut list = Paging::new(LIST, start);
            assert_eq!((list.has_more().unwrap(), list.offset()), (true, start));
            list.record(&page("a"), entries, Some(count)).unwrap();
            assert_eq!(list.has_more().unwrap(), !over, "{start:?} {entries} {count}");
            assert_eq!(list.offset(), Some(start.unwrap_or_default() + entries as u64));
        }
    }

    #[test]
    fn next_ends_a_list_without_a_usable_count_and_goes_on_where_the_count_ends_too_early() {
        let (null, absent) = (r#"{"next":null}"#, r#"{"results":[]}"#);
        let (text, empty) = (r#"{"next":"https://example.org/"}"#, r#"{"next":""}"#);
        for (body, entries, count, over) in [
            (null, 2, None, true),
            (null, 2, Some(-1), true),
            (absent, 2, None, false),
            (text, 2, None, false),
            (null, 2, Some(3), false),
            (null, 2, Some(2), true),
            (absent, 2, Some(2), true),
            (text, 2, Some(2), false),
            (empty, 2, Some(2), true),
            (text, 0, Some(0), true),
            (text, 0, None, true),
        ] {
            let mut list = Paging::new(LIST, None);
            list.record(&page(body), entries, count).unwrap();
            assert_eq!(list.has_more().unwrap(), !over, "{body} {entries} {count:?}");
        }
    }

    #[test]
    fn a_page_that_brings_nothing_new_of_a_list_that_has_more_is_an_error_at_its_offset() {
        let mut list = Paging::new(LIST, Some(10));
        list.record(&page("a"), 2, Some(20)).unwrap();
        let repeated = list.record(&page("a"), 2, Some(20)).unwrap_err();
        assert_eq!((repeated.reason(), repeated.offset()), (ListReason::RepeatedPage, 12));
        let empty = list.record(&page("b"), 0, Some(20)).unwrap_err();
        assert_eq!((empty.reason(), empty.offset()), (ListReason::EmptyPage, 12));
        assert_eq!(empty.operation(), LIST);
        // Two empty pages are alike, and the second is as empty as the first.
        let mut ended = Paging::new(LIST, None);
        ended.record(&page(""), 0, Some(0)).unwrap();
        ended.record(&page(""), 0, Some(0)).unwrap();
    }

    #[test]
    fn ten_thousand_pages_are_read_and_a_list_that_goes_on_is_an_error() {
        let (mut list, pages) = (Paging::new(LIST, None), [page("a"), page("b")]);
        for body in pages.iter().cycle().take(9_999) {
            list.record(body, 1, Some(i64::MAX)).unwrap();
        }
        assert!(list.has_more().unwrap());
        list.record(&page("b"), 1, Some(i64::MAX)).unwrap();
        let endless = list.has_more().unwrap_err();
        assert_eq!((endless.reason(), endless.offset()), (ListReason::TooManyPages, 10_000));
        list.record(&page("a"), 1, Some(10_001)).unwrap();
        assert!(!list.has_more().unwrap(), "this was its last page");
    }
}
