//! What blocks the thread besides calls: all entries of a list, and what the client knows of an account.

use std::fmt;
use std::pin::Pin;

use futures_core::Stream;
use futures_util::StreamExt as _;
use gocardless_bank_data_runtime::block_on;
use gocardless_bank_data_types::error::{CircuitOpenError, Result};
use gocardless_bank_data_types::{AccessScope, Operation, RateLimit};

use crate::accounts::AccountHandle;
use crate::pages::{List, Page};

impl<P: Page> List<P> {
    /// As [`stream`](Self::stream), blocking the thread: an iterator over all entries, which requests each page when it is
    /// needed.
    ///
    /// ```no_run
    /// # fn run(bank: gocardless_bank_data::BankData) -> gocardless_bank_data::Result<()> {
    /// for requisition in bank.requisitions().list().blocking_iter() {
    ///     println!("{:?}", requisition?.id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The iterator ends with the first error. Errors are those of [`stream`](Self::stream), and
    /// [`Error::InvalidRequest`](crate::Error::InvalidRequest) from async code.
    #[doc(alias = "blocking_stream")]
    pub fn blocking_iter(self) -> BlockingIter<P> {
        let operation = self.clone().call().operation();
        BlockingIter { operation, stream: Some(Box::pin(self.stream())) }
    }
}

/// All entries of a list; see [`List::blocking_iter`].
#[must_use = "an iterator does nothing before it is used"]
pub struct BlockingIter<P: Page> {
    operation: Operation,
    stream: Option<Entries<P>>,
}

/// The stream that an iterator asks for its entries.
type Entries<P> = Pin<Box<dyn Stream<Item = Result<<P as Page>::Item>> + Send>>;

impl<P: Page> Iterator for BlockingIter<P> {
    type Item = Result<P::Item>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = block_on(&self.operation.words(), self.stream.as_mut()?.next());
        let item = next.and_then(Option::transpose).transpose();
        if !matches!(item, Some(Ok(_))) {
            self.stream = None;
        }
        item
    }
}

impl<P: Page> fmt::Debug for BlockingIter<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingIter").field("operation", &self.operation.id()).finish_non_exhaustive()
    }
}

impl AccountHandle {
    /// As [`quota`](Self::quota), blocking the thread while shared [`state`](crate::BankDataBuilder::state) is read.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`](crate::Error::InvalidRequest) from async code.
    pub fn blocking_quota(&self, scope: &AccessScope) -> Result<Option<RateLimit>> {
        block_on("quota", self.quota(scope))
    }

    /// As [`open_circuit`](Self::open_circuit), blocking the thread.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`](crate::Error::InvalidRequest) from async code.
    pub fn blocking_open_circuit(&self) -> Result<Option<CircuitOpenError>> {
        block_on("open circuit", self.open_circuit())
    }

    /// As [`reset_circuit`](Self::reset_circuit), blocking the thread.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`](crate::Error::InvalidRequest) from async code.
    pub fn blocking_reset_circuit(&self) -> Result<()> {
        block_on("reset circuit", self.reset_circuit())
    }
}
