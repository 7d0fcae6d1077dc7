//! What time it is, and instants as records hold them.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// The clock of a client: the machine's, or one that was handed in.
///
/// A clock that was handed in takes the place of the engine's clock too, so that a test can move time for everything.
#[derive(Clone, Default)]
pub struct Clock(Option<Arc<dyn Fn() -> SystemTime + Send + Sync>>);

impl Clock {
    /// A clock that shows what `now` returns.
    pub fn new(now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(now)))
    }

    /// A clock that starts at the machine's time and goes as tokio's does, which tests can pause.
    #[must_use]
    pub fn tokio() -> Self {
        let (start, since) = (SystemTime::now(), tokio::time::Instant::now());
        Self::new(move || start + since.elapsed())
    }

    /// This clock if it was handed in, and `other` in place of the machine's.
    pub(crate) fn unless_handed_in(self, other: impl FnOnce() -> Self) -> Self {
        if self.0.is_some() { self } else { other() }
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        self.0.as_ref().map_or_else(SystemTime::now, |now| now())
    }

    /// The instant that a decision goes by, if the engine's clock shows `engine`.
    pub(crate) fn over(&self, engine: SystemTime) -> Moment {
        Moment::from(self.0.as_ref().map_or(engine, |now| now()))
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Clock(handed in)" } else { "Clock(machine)" })
    }
}

/// An instant in a record: milliseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Moment(pub(crate) u64);

impl Moment {
    /// The instant this long after it.
    pub(crate) fn plus(self, time: Duration) -> Self {
        Self(self.0.saturating_add(millis(time)))
    }

    /// The instant this long before it.
    pub(crate) fn minus(self, time: Duration) -> Self {
        Self(self.0.saturating_sub(millis(time)))
    }

    /// How long after `earlier` it is; zero if it is not.
    pub(crate) fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }

    /// The same instant by a clock that shows `local` when the engine's shows `now`.
    pub(crate) fn by(self, now: Self, local: SystemTime) -> SystemTime {
        let shown =
            if self >= now { local.checked_add(self.since(now)) } else { local.checked_sub(now.since(self)) };
        shown.unwrap_or(local)
    }
}

impl From<SystemTime> for Moment {
    fn from(at: SystemTime) -> Self {
        Self(millis(at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()))
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_the_same_by_two_clocks_that_differ() {
        let local = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000);
        let second = Duration::from_secs(1);
        assert_eq!(Moment(7_000).by(Moment(5_000), local), local + 2 * second);
        assert_eq!(Moment(4_000).by(Moment(5_000), local), local - second);
        assert_eq!(Moment(u64::MAX).minus(Duration::MAX), Moment(0));
        assert_eq!(Moment(5).plus(Duration::MAX), Moment(u64::MAX));
    }

    #[test]
    fn a_clock_that_was_handed_in_takes_the_place_of_the_engines() {
        let engine = SystemTime::UNIX_EPOCH + Duration::from_secs(9);
        assert_eq!(Clock::default().over(engine), Moment(9_000));
        assert_eq!(Clock::new(|| SystemTime::UNIX_EPOCH).over(engine), Moment(0));
    }
}
