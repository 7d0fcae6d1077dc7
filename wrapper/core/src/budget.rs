//! How many calls a client may send again in a minute, whatever fails. A burst of failures must not become two.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Calls sent again in one minute by one client.
pub const REPLAYS_A_MINUTE: usize = 10;

const WINDOW: Duration = Duration::from_secs(60);

/// The replays of a client in the last minute.
#[derive(Debug, Default)]
pub struct ReplayBudget(Mutex<VecDeque<Instant>>);

impl ReplayBudget {
    /// Whether one more call may be sent again at `now`; if so, it is counted.
    pub fn take(&self, now: Instant) -> bool {
        let mut spent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while spent.front().is_some_and(|at| now.duration_since(*at) >= WINDOW) {
            spent.pop_front();
        }
        let is_left = spent.len() < REPLAYS_A_MINUTE;
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
    fn ten_replays_a_minute_are_granted_and_more_only_when_the_first_has_aged() {
        let (budget, start) = (ReplayBudget::default(), Instant::now());
        assert_eq!((0..20).filter(|_| budget.take(start)).count(), REPLAYS_A_MINUTE);
        assert!(!budget.take(start + Duration::from_millis(59_999)));
        assert!(budget.take(start + WINDOW));
    }
}
