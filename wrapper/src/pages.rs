//! Lists that come in pages: one page, or all entries as one stream.

use std::num::NonZeroU64;
use std::vec::IntoIter;

use futures_core::Stream;
use futures_util::stream::try_unfold;
use gocardless_bank_data_runtime::{Call, Paging};
use gocardless_bank_data_types::Entries;
use gocardless_bank_data_types::error::Result;
use serde::de::DeserializeOwned;

use crate::client::BankData;

pub(crate) mod sealed {
    pub trait Sealed {}
}

/// A page of a list. Implemented by the types that the lists of this client return, and by no others.
pub trait Page: DeserializeOwned + Send + sealed::Sealed + 'static {
    /// What the list is of.
    type Item: Send + 'static;

    /// The parameters that this list has beside those of every page. What sets them is in an `impl` of its `List`.
    #[doc(hidden)]
    type Parameters: Clone + Default + Send;

    /// The call for the page that starts after `offset` entries and has at most `limit`.
    #[doc(hidden)]
    fn call(
        bank: &BankData,
        limit: Option<NonZeroU64>,
        offset: Option<u64>,
        parameters: Self::Parameters,
    ) -> Call<Self>;

    /// The entries of the page, and how many the whole list has.
    #[doc(hidden)]
    fn into_parts(self) -> (Entries<Self::Item>, Option<i64>);
}

/// The size of a page, if one was set.
type Limit = Result<Option<NonZeroU64>, NoPageSize>;

/// A page of this size would have no entry.
#[derive(Clone, Copy, Debug)]
struct NoPageSize;

/// A list that comes in pages: awaited, one page; as a [`stream`](List::stream), all entries.
#[must_use = "a call does nothing before it is awaited or sent"]
pub struct List<P: Page> {
    bank: BankData,
    limit: Limit,
    offset: Option<u64>,
    pub(crate) parameters: P::Parameters,
}

impl<P: Page> List<P> {
    pub(crate) fn new(bank: BankData) -> Self {
        Self { bank, limit: Ok(None), offset: None, parameters: P::Parameters::default() }
    }

    /// The page size, at least 1; 100 by default.
    ///
    /// ```no_run
    /// # async fn run(bank: gocardless_bank_data::BankData) -> gocardless_bank_data::Result<()> {
    /// let page = bank.requisitions().list().limit(50).await?;
    /// # let _ = page;
    /// # Ok(())
    /// # }
    /// ```
    pub fn limit(mut self, limit: impl TryInto<u64>) -> Self {
        self.limit = limit.try_into().ok().and_then(NonZeroU64::new).map(Some).ok_or(NoPageSize);
        self
    }

    /// Skips this many entries at the start.
    pub fn offset(mut self, offset: u64) -> Self {
        self.offset = Some(offset);
        self
    }

    /// The call itself, for a timeout, a deadline or [`optional`](Call::optional).
    pub fn call(self) -> Call<P> {
        if let Ok(limit) = self.limit {
            return P::call(&self.bank, limit, self.offset, self.parameters);
        }
        let operation = P::call(&self.bank, None, None, self.parameters).operation();
        self.bank.rejected(operation, "limit: a page has at least 1 entry")
    }

    /// All entries from the offset on; each page is requested when it is needed.
    ///
    /// The list may change while it is read: an entry that moves across a page boundary can then come twice or not at all.
    /// The next page is asked for by its number. The address in `next` is never requested: it names the live host even if
    /// a proxy or a test server stands in for it, and the token must not be sent there.
    ///
    /// An entry that cannot be read is left out, with a warning in the log; a page that is awaited has it in
    /// [`unread`](crate::Entries::unread).
    ///
    /// # Errors
    /// Those of a call for a page, and [`Error::List`](crate::Error::List) if the list has more entries than the server
    /// returns. The stream ends with the error; no list ends early without one.
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
        let first = self.clone().call();
        let start = (Vec::new().into_iter(), Paging::new(first.operation(), self.offset), self);
        try_unfold(start, async |(mut ready, mut paging, list): (IntoIter<P::Item>, _, _)| {
            loop {
                if let Some(item) = ready.next() {
                    return Ok(Some((item, (ready, paging, list))));
                }
                if !paging.has_more()? {
                    return Ok(None);
                }
                let page = List { offset: paging.offset(), ..list.clone() }.call().send().await?;
                let body = page.body().clone();
                let (items, count) = page.into_value().into_parts();
                // Entries that could not be read have a place in the list too.
                let unread = items.unread().iter().filter(|part| is_entry(part.path())).count();
                if unread > 0 {
                    tracing::warn!(
                        unread,
                        operation = paging.operation().id(),
                        "entries of a page could not be read"
                    );
                }
                paging.record(&body, items.len() + unread, count)?;
                ready = items.into_iter();
            }
        })
    }
}

/// Whether the place is that of an entry itself: a list inside an entry has entries as well.
fn is_entry(path: &str) -> bool {
    let index = path.strip_prefix("results[").and_then(|rest| rest.strip_suffix(']'));
    index.is_some_and(|index| index.bytes().all(|byte| byte.is_ascii_digit()))
}

impl<P: Page> Clone for List<P> {
    fn clone(&self) -> Self {
        Self {
            bank: self.bank.clone(),
            limit: self.limit,
            offset: self.offset,
            parameters: self.parameters.clone(),
        }
    }
}

impl<P: Page> std::fmt::Debug for List<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("List")
            .field("limit", &self.limit.unwrap_or_default())
            .field("offset", &self.offset)
            .finish_non_exhaustive()
    }
}
