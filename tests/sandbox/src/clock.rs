//! The sandbox's time: token lifetimes, consents and limits all read it, so a test can move a day in no time.
//!
//! It never sleeps and never goes backwards.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Datelike as _, TimeDelta, Utc};

/// The last year the clock reaches: later dates no longer have four digits.
const LAST_YEAR: i32 = 9000;

/// The clock of one sandbox; clones show the same time.
///
/// ```
/// # use gocardless_bank_data_sandbox::Sandbox;
/// # use std::time::{Duration, SystemTime};
/// # let sandbox = Sandbox::start_blocking()?;
/// let before = sandbox.clock().now();
/// sandbox.clock().advance(Duration::from_secs(86_400));
/// assert!((sandbox.clock().now() - before).num_hours() >= 24);
/// # Ok::<(), gocardless_bank_data_sandbox::SandboxError>(())
/// ```
#[derive(Clone)]
pub struct Clock(Arc<Mutex<Hands>>);

#[derive(Clone, Copy)]
struct Hands {
    /// `Some`: the clock is stopped at this instant and moves only by `advance`.
    fixed: Option<DateTime<Utc>>,
    /// How far the clock has been moved.
    ahead: TimeDelta,
}

impl Clock {
    /// Follows the machine's clock.
    pub(crate) fn running() -> Self {
        Self(Arc::new(Mutex::new(Hands { fixed: None, ahead: TimeDelta::zero() })))
    }

    /// Stands still at `instant` until it is moved.
    pub(crate) fn fixed(instant: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new(Hands { fixed: Some(instant), ahead: TimeDelta::zero() })))
    }

    /// What time it is in the sandbox.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        let hands = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let base = hands.fixed.unwrap_or_else(Utc::now);
        base.checked_add_signed(hands.ahead).unwrap_or(base)
    }

    /// The sandbox's time for a client's own clock: with it a program that honours quotas and pauses can be tested without
    /// waiting, because the client's time moves with the sandbox's.
    ///
    /// ```
    /// # use gocardless_bank_data_sandbox::Sandbox;
    /// # use std::time::{Duration, SystemTime};
    /// # let sandbox = Sandbox::start_blocking()?;
    /// // BankData::builder(credentials).base_url(sandbox.base_url()).clock(sandbox.clock().as_client_clock())
    /// let clock = sandbox.clock().as_client_clock();
    /// sandbox.clock().advance(Duration::from_secs(86_400));
    /// assert!(clock() > SystemTime::now() + Duration::from_secs(86_000));
    /// # Ok::<(), gocardless_bank_data_sandbox::SandboxError>(())
    /// ```
    pub fn as_client_clock(&self) -> impl Fn() -> SystemTime + Send + Sync + 'static + use<> {
        let clock = self.clone();
        move || clock.now().into()
    }

    /// Moves time forward. A move that would pass the year 9000 is not made.
    pub fn advance(&self, by: Duration) {
        let mut hands = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let moved = TimeDelta::from_std(by).ok().and_then(|by| hands.ahead.checked_add(&by));
        let base = hands.fixed.unwrap_or_else(Utc::now);
        if let Some(ahead) = moved
            && base.checked_add_signed(ahead).is_some_and(|then| then.year() <= LAST_YEAR)
        {
            hands.ahead = ahead;
        }
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Clock").field(&self.now()).finish()
    }
}

/// A moment as the API writes it: six digits of a second, and `Z`.
pub(crate) fn text(moment: DateTime<Utc>) -> String {
    moment.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

/// A moment as the service writes it inside messages.
pub(crate) fn spaced(moment: DateTime<Utc>) -> String {
    moment.format("%Y-%m-%d %H:%M:%S%.6f").to_string()
}

/// A moment as HTTP writes it.
pub(crate) fn http_date(moment: DateTime<Utc>) -> String {
    moment.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_stands_still_until_it_is_moved() {
        let start: DateTime<Utc> = "2026-01-02T03:04:05Z".parse().unwrap();
        let clock = Clock::fixed(start);
        assert_eq!(text(clock.now()), "2026-01-02T03:04:05.000000Z");
        clock.clone().advance(Duration::from_millis(1_500));
        assert_eq!(text(clock.now()), "2026-01-02T03:04:06.500000Z");
    }

    #[test]
    fn an_absurd_move_is_not_made() {
        let clock = Clock::fixed("2026-01-02T03:04:05Z".parse().unwrap());
        clock.advance(Duration::MAX);
        clock.advance(Duration::from_secs(400_000_000_000));
        assert_eq!(text(clock.now()), "2026-01-02T03:04:05.000000Z");
    }
}
