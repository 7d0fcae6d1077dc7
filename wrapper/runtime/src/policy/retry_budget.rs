//! How many calls a client may retry in a minute, whatever fails: a burst of failures must not become two.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Calls that one client retries in one minute.
pub const RETRIES_A_MINUTE: usize = 10;

const WINDOW: Duration = Duration::from_secs(60);

/// The retries of a client in the last minute.
#[derive(Debug, Default)]
pub struct RetryBudget(Mutex<VecDeque<Instant>>);

impl RetryBudget {
    /// Whether one more call may be retried at `now`; if so, it is counted.
    pub fn take(&self, now: Instant) -> bool {
        let mut spent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while spent.front().is_some_and(|at| now.duration_since(*at) >= WINDOW) {
            spent.pop_front();
        }
        let is_left = spent.len() < RETRIES_A_MINUTE;
        if is_left {
            spent.push_back(now);
        }
        is_left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_retries_a_minute_are_allowed_and_more_only_when_the_first_has_aged() {
        let (budget, start) = (RetryBudget::default(), Instant::now());
        assert_eq!((0..20).filter(|_| budget.take(start)).count(), RETRIES_A_MINUTE);
        assert!(!budget.take(start + Duration::from_millis(59_999)));
        assert!(budget.take(start + WINDOW));
    }
}
