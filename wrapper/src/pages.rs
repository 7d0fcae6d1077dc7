//! Lists that come in pages: one page, or all entries as one stream.

use std::marker::PhantomData;
use std::num::NonZeroU64;
use std::vec::IntoIter;

use futures_core::Stream;
use futures_util::stream::try_unfold;
use gocardless_bank_data_core::error::Result;
use serde::de::DeserializeOwned;

use crate::client::BankData;
use crate::funnel::Call;

/// The most pages that one stream asks for, against a server that always promises one more.
const MOST_PAGES: u32 = 10_000;

/// A page of a list.
pub trait Page: DeserializeOwned + Send + 'static {
    /// What the list is of.
    type Item: Send + 'static;

    /// The call for the page that begins after `offset` entries and has at most `limit`.
    fn call(bank: &BankData, limit: Option<NonZeroU64>, offset: Option<u64>) -> Call<Self>;

    /// The entries of the page, and how many the whole list has.
    fn into_parts(self) -> (Vec<Self::Item>, i64);
}

/// A list that comes in pages: awaited, one page; as a [`stream`](List::stream), all entries.
#[must_use = "a call does nothing before it is awaited or sent"]
pub struct List<P> {
    bank: BankData,
    limit: Option<NonZeroU64>,
    offset: Option<u64>,
    page: PhantomData<fn() -> P>,
}

impl<P: Page> List<P> {
    pub(crate) fn new(bank: BankData) -> Self {
        Self { bank, limit: None, offset: None, page: PhantomData }
    }

    /// At most so many entries in a page; 100 unless told otherwise.
    pub fn limit(mut self, limit: NonZeroU64) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Leaves out so many entries at the start.
    pub fn offset(mut self, offset: u64) -> Self {
        self.offset = Some(offset);
        self
    }

    /// The call itself, for a time limit, a deadline or [`optional`](Call::optional) of its own.
    pub fn call(self) -> Call<P> {
        P::call(&self.bank, self.limit, self.offset)
    }

    /// All entries from the offset on, page by page as they are asked for.
    ///
    /// The list may change while it is read: an entry that moves across the border of a page can then come twice or
    /// not at all. The next page follows from the count, never from the answer's `next`: that names the live host
    /// whenever a proxy or a test stands in for it, and the token must not go there.
    ///
    /// ```no_run
    /// use futures_util::TryStreamExt;
    ///
    /// # async fn run(bank: gocardless_bank_data::BankData) -> gocardless_bank_data::Result<()> {
    /// let mut requisitions = std::pin::pin!(bank.requisitions().list().stream());
    /// while let Some(requisition) = requisitions.try_next().await? {
    ///     println!("{:?}", requisition.id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn stream(self) -> impl Stream<Item = Result<P::Item>> + Send {
        let start = Position { ready: Vec::new().into_iter(), offset: self.offset, pages: 0, is_last: false };
        try_unfold((start, self), async |(mut position, list)| {
            loop {
                if let Some(item) = position.ready.next() {
                    return Ok(Some((item, (position, list))));
                }
                if position.is_last || position.pages >= MOST_PAGES {
                    return Ok(None);
                }
                let (items, count) = P::call(&list.bank, list.limit, position.offset).await?.into_parts();
                let reached = position.offset.unwrap_or_default().saturating_add(items.len() as u64);
                position.is_last = items.is_empty() || u64::try_from(count).unwrap_or_default() <= reached;
                position.offset = Some(reached);
                position.pages += 1;
                position.ready = items.into_iter();
            }
        })
    }
}

struct Position<T> {
    ready: IntoIter<T>,
    offset: Option<u64>,
    pages: u32,
    is_last: bool,
}

impl<P> Clone for List<P> {
    fn clone(&self) -> Self {
        Self { bank: self.bank.clone(), limit: self.limit, offset: self.offset, page: PhantomData }
    }
}

impl<P> std::fmt::Debug for List<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("List")
            .field("limit", &self.limit)
            .field("offset", &self.offset)
            .finish_non_exhaustive()
    }
}
