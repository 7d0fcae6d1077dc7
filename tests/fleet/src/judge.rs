//! Whether the requests in the sandbox's log keep the limits.

use std::collections::HashMap;
use std::fmt;

use gocardless_bank_data_sandbox::{Operation, RecordedRequest};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The requests of a run, in the sandbox's time.
#[derive(Debug, Default)]
pub struct Judge {
    obtains: Vec<i64>,
    refreshes: Vec<i64>,
    account_calls: Vec<i64>,
    /// Reads that succeeded, by account and kind.
    reads: HashMap<String, Vec<i64>>,
    /// The failures of an account since its last success.
    rows: HashMap<String, Vec<i64>>,
    most_failures: usize,
    limited: usize,
}

/// The largest numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Most {
    /// Obtains in any hour.
    pub obtains: usize,
    /// Calls of accounts in any minute.
    pub account_calls: usize,
    /// Reads of an account and kind in any 24 hours.
    pub reads: usize,
    /// Failures of an account in a row within any 24 hours.
    pub failures: usize,
    /// Answers with 429 because of the company's limit or the account's.
    pub limited: usize,
}

impl Judge {
    /// Takes these requests into account, which follow those before.
    pub fn record(&mut self, requests: &[RecordedRequest]) {
        for request in requests {
            let at = request.at.timestamp_millis();
            self.limited += usize::from(request.status == Some(429));
            match request.operation {
                Some(Operation::ObtainToken) => self.obtains.push(at),
                Some(Operation::RefreshToken) => self.refreshes.push(at),
                Some(Operation::AccountMetadata) => self.account_calls.push(at),
                Some(
                    Operation::AccountBalances | Operation::AccountDetails | Operation::AccountTransactions,
                ) => {
                    self.account_calls.push(at);
                    self.read(request, at);
                }
                _ => {}
            }
        }
    }

    fn read(&mut self, request: &RecordedRequest, at: i64) {
        let account = request.path.split('/').nth(4).unwrap_or_default().to_owned();
        match request.status {
            Some(200) | None => {
                self.reads.entry(request.path.clone()).or_default().push(at);
                if request.status == Some(200) {
                    self.rows.remove(&account);
                }
            }
            Some(500) => {
                let row = self.rows.entry(account).or_default();
                row.push(at);
                let recent = row.iter().filter(|before| at - **before < DAY).count();
                self.most_failures = self.most_failures.max(recent);
            }
            Some(_) => {}
        }
    }

    /// The largest numbers so far.
    #[must_use]
    pub fn most(&self) -> Most {
        Most {
            obtains: most_within(&self.obtains, HOUR),
            account_calls: most_within(&self.account_calls, MINUTE),
            reads: self.reads.values().map(|at| most_within(at, DAY)).max().unwrap_or(0),
            failures: self.most_failures,
            limited: self.limited,
        }
    }

    /// How many tokens were obtained, and how many refreshed.
    #[must_use]
    pub fn tokens(&self) -> (usize, usize) {
        (self.obtains.len(), self.refreshes.len())
    }

    /// Panics if a limit was not kept.
    pub fn assert_limits(&self, what: &dyn fmt::Display) {
        let most = self.most();
        assert!(
            most.obtains <= 60 && most.account_calls <= 100 && most.reads <= 4 && most.failures <= 5,
            "{what}: {most:?}"
        );
    }
}

/// The largest number of these instants in a window of this length.
fn most_within(at: &[i64], window: i64) -> usize {
    let mut at = at.to_vec();
    at.sort_unstable();
    let (mut from, mut most) = (0, 0);
    for (to, last) in at.iter().enumerate() {
        while at.get(from).is_some_and(|first| last - first >= window) {
            from += 1;
        }
        most = most.max(to + 1 - from);
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_does_not_include_its_end() {
        assert_eq!(most_within(&[0, 1, 59_999], MINUTE), 3);
        assert_eq!(most_within(&[0, 1, 60_000], MINUTE), 2);
        assert_eq!(most_within(&[], MINUTE), 0);
    }
}
