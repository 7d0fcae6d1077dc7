//! Bodies that come piece by piece: huge ones made while they are sent, and slow ones.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use tokio::time::{Sleep, sleep};

/// The most that a huge body sends at a time.
const PIECE: u64 = 64 * 1_024;

/// A JSON string of so many bytes, quotes included (two at least), of which one piece only is in memory.
#[derive(Debug)]
pub(crate) struct Huge {
    left: u64,
    begun: bool,
}

impl Huge {
    pub(crate) const fn new(bytes: u64) -> Self {
        Self { left: if bytes < 2 { 2 } else { bytes }, begun: false }
    }
}

impl Stream for Huge {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let size = self.left.min(PIECE);
        let mut piece = vec![b'x'; usize::try_from(size).unwrap_or(0)];
        if let Some(first) = piece.first_mut()
            && !self.begun
        {
            *first = b'"';
        }
        self.begun = true;
        self.left -= size;
        if let Some(last) = piece.last_mut()
            && self.left == 0
        {
            *last = b'"';
        }
        Poll::Ready(Some(Ok(piece.into())))
    }
}

/// A body of which some bytes come after each pause.
#[derive(Debug)]
pub(crate) struct Drip {
    rest: Bytes,
    size: usize,
    pause: Duration,
    sleep: Pin<Box<Sleep>>,
}

impl Drip {
    pub(crate) fn new(body: Bytes, size: usize, pause: Duration) -> Self {
        Self { rest: body, size: size.max(1), pause, sleep: Box::pin(sleep(pause)) }
    }
}

impl Stream for Drip {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        if self.sleep.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        let (size, pause) = (self.size.min(self.rest.len()), self.pause);
        let piece = self.rest.split_to(size);
        self.sleep.set(sleep(pause));
        Poll::Ready(Some(Ok(piece)))
    }
}
