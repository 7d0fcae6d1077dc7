//! Lists that come in pages, as one stream.

use std::vec::IntoIter;

use futures_core::Stream;
use futures_util::stream::try_unfold;
use gocardless_bank_data_core::error::Result;
use serde::de::DeserializeOwned;

use crate::funnel::Call;

/// The most pages that one stream asks for, against a server that always promises one more.
const MOST_PAGES: u32 = 10_000;

/// A page of a list: its entries, and how many the whole list has.
pub(crate) trait Page: DeserializeOwned + Send + 'static {
    type Item: Send + 'static;

    fn into_parts(self) -> (Vec<Self::Item>, i64);
}

struct Position<T> {
    ready: IntoIter<T>,
    offset: u64,
    pages: u32,
    is_last: bool,
}

/// All entries from `offset` on, page by page as they are asked for.
///
/// The next page follows from the count, never from the answer's `next`: that names another host whenever a proxy or a
/// test stands in for the API, and the token must not go there.
pub(crate) fn stream<P: Page>(
    offset: u64,
    page: impl Fn(u64) -> Call<P> + Send,
) -> impl Stream<Item = Result<P::Item>> + Send {
    let start = Position { ready: Vec::new().into_iter(), offset, pages: 0, is_last: false };
    try_unfold((start, page), async |(mut position, page)| {
        loop {
            if let Some(item) = position.ready.next() {
                return Ok(Some((item, (position, page))));
            }
            if position.is_last || position.pages >= MOST_PAGES {
                return Ok(None);
            }
            let (items, count) = page(position.offset).await?.into_parts();
            position.pages += 1;
            position.offset = position.offset.saturating_add(items.len() as u64);
            position.is_last =
                items.is_empty() || u64::try_from(count).unwrap_or_default() <= position.offset;
            position.ready = items.into_iter();
        }
    })
}
