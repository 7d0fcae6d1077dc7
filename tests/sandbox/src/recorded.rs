//! What was asked: every request but those to the sandbox's own control endpoints.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::{HeaderMap, Method};

use crate::operation_table::Operation;

/// Only so many last requests are kept, so that a sandbox can run for days. Hits are counted for ever.
const KEPT: usize = 50_000;

/// A request that the sandbox received.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// When it came, by the sandbox's clock.
    pub at: DateTime<Utc>,
    /// The operation that method and path belong to, if any.
    pub operation: Option<Operation>,
    /// The method.
    pub method: Method,
    /// The path as it came, still escaped.
    pub path: String,
    /// The query as it came, without the question mark; empty if there was none.
    pub query: String,
    /// The headers, `Authorization` included: its token is a fake.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// The status of the answer; `None` while there is none, and for ever if the connection was broken instead.
    pub status: Option<u16>,
}

impl RecordedRequest {
    /// A header as text; `None` if it is missing or not text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// The list of requests.
#[derive(Debug, Default)]
pub(crate) struct Log(Mutex<Entries>);

#[derive(Debug, Default)]
struct Entries {
    /// The number of the first entry.
    first: u64,
    list: VecDeque<RecordedRequest>,
    hits: HashMap<Operation, usize>,
}

impl Log {
    /// Adds a request and gives its number, for [`answered`](Self::answered).
    pub(crate) fn add(&self, request: RecordedRequest) -> u64 {
        self.with(|entries| {
            if let Some(operation) = request.operation {
                *entries.hits.entry(operation).or_default() += 1;
            }
            entries.list.push_back(request);
            if entries.list.len() > KEPT {
                entries.list.pop_front();
                entries.first += 1;
            }
            entries.first + u64::try_from(entries.list.len()).unwrap_or(0) - 1
        })
    }

    /// Notes the status of the answer to a request.
    pub(crate) fn answered(&self, number: u64, status: u16) {
        self.with(|entries| {
            let at = number.checked_sub(entries.first).and_then(|at| usize::try_from(at).ok());
            if let Some(request) = at.and_then(|at| entries.list.get_mut(at)) {
                request.status = Some(status);
            }
        });
    }

    pub(crate) fn list(&self) -> Vec<RecordedRequest> {
        self.with(|entries| entries.list.iter().cloned().collect())
    }

    pub(crate) fn hits(&self, operation: Operation) -> usize {
        self.with(|entries| entries.hits.get(&operation).copied().unwrap_or(0))
    }

    /// Forgets all requests. Their numbers are not used again: a late answer must not mark a newer request.
    pub(crate) fn clear(&self) {
        self.with(|entries| {
            entries.first += u64::try_from(entries.list.len()).unwrap_or(0);
            entries.list.clear();
            entries.hits.clear();
        });
    }

    fn with<T>(&self, act: impl FnOnce(&mut Entries) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
