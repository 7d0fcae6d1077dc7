//! The report on each attempt, for a program to count and to alert on.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use gocardless_bank_data_types::error::Result;
use gocardless_bank_data_types::{Operation, RateLimits, Response};
use http::StatusCode;
use tokio::time::Instant;

/// One request that was sent and how it ended. It holds no id, no secret and no bank data, so all of it may become a metric.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// The operation that was called.
    pub operation: Operation,
    /// 1 for the first attempt of a call, 2 for its first retry.
    pub number: u32,
    /// The status, if a response arrived.
    pub status: Option<StatusCode>,
    /// Why it failed: [`Error::error_type`](gocardless_bank_data_types::Error::error_type), or `cancelled` if the caller
    /// dropped the call before its response arrived. `None` after a success.
    pub error: Option<&'static str>,
    /// From sending to the decoded response.
    pub duration: Duration,
    /// The limits that the response stated, if one arrived.
    pub rate_limits: Option<&'a RateLimits>,
}

/// A function that is called once for each attempt, or none.
#[derive(Clone, Default)]
pub struct Observer(Option<Arc<Observe>>);

type Observe = dyn Fn(&Attempt<'_>) + Send + Sync;

impl Observer {
    /// Calls `observe` once for each attempt.
    pub fn new(observe: impl Fn(&Attempt<'_>) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(observe)))
    }

    /// Begins to watch an attempt. Without an observer nothing is done, and no clock is read.
    pub(crate) fn watch(&self, operation: Operation, number: u32) -> Option<Watch<'_>> {
        let observe = self.0.as_deref()?;
        Some(Watch { observe, operation, number, begin: Instant::now(), has_ended: false })
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Observer(handed in)" } else { "Observer(none)" })
    }
}

/// An attempt that is under way. If it is dropped before it ended, the caller cancelled the call.
pub(crate) struct Watch<'a> {
    observe: &'a Observe,
    operation: Operation,
    number: u32,
    begin: Instant,
    has_ended: bool,
}

impl Watch<'_> {
    /// The attempt ended like this.
    pub(crate) fn end<T>(mut self, result: &Result<Response<T>>) {
        self.has_ended = true;
        match result {
            Ok(response) => self.report(Some(response.status()), None, Some(&response.rate_limits())),
            Err(error) => self.report(error.status(), Some(error.error_type()), error.rate_limits()),
        }
    }

    fn report(
        &self,
        status: Option<StatusCode>,
        error: Option<&'static str>,
        rate_limits: Option<&RateLimits>,
    ) {
        let (operation, number, duration) = (self.operation, self.number, self.begin.elapsed());
        (self.observe)(&Attempt { operation, number, status, error, duration, rate_limits });
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        if !self.has_ended {
            self.report(None, Some("cancelled"), None);
        }
    }
}
