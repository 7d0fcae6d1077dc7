//! Counts calls against the limits: fixed windows for the company, a rolling day per account and scope.
//!
//! Only counting: the figures are in `limits.rs`, the refusals in `api/`.

use std::collections::{HashMap, VecDeque};

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::limits::{DAY, LimitGroup, Limits};

/// The state of a limit: the values of its three headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Usage {
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    /// Seconds, rounded up: who waits that long is let through.
    pub(crate) reset: u64,
    pub(crate) refused: bool,
}

/// The counters.
#[derive(Clone, Debug, Default)]
pub(crate) struct Quota {
    windows: HashMap<LimitGroup, (DateTime<Utc>, u32)>,
    reads: HashMap<(Uuid, String), VecDeque<DateTime<Utc>>>,
}

impl Quota {
    /// Counts one call of a group. `None`: there is no limit.
    pub(crate) fn call(&mut self, limits: &Limits, group: LimitGroup, now: DateTime<Utc>) -> Option<Usage> {
        let limit = limits.of(group)?;
        let length = TimeDelta::seconds(i64::from(group.period().0));
        let window = self.windows.entry(group).or_insert((now, 0));
        if now >= window.0 + length {
            *window = (now, 0);
        }
        let refused = window.1 >= limit;
        if !refused {
            window.1 += 1;
        }
        let remaining = limit.saturating_sub(window.1);
        Some(Usage { limit, remaining, reset: seconds_up(window.0 + length - now), refused })
    }

    /// The state of the daily limit of an account and scope before a read.
    pub(crate) fn reads(
        &mut self,
        limits: &Limits,
        account: Uuid,
        scope: &str,
        now: DateTime<Utc>,
    ) -> Option<Usage> {
        let limit = limits.account_reads()?;
        let day = TimeDelta::seconds(i64::from(DAY));
        let reads = self.reads.entry((account, scope.to_owned())).or_default();
        while reads.front().is_some_and(|oldest| *oldest + day <= now) {
            reads.pop_front();
        }
        let used = u32::try_from(reads.len()).unwrap_or(u32::MAX);
        let reset = reads.front().map_or(u64::from(DAY), |oldest| seconds_up(*oldest + day - now));
        Some(Usage { limit, remaining: limit.saturating_sub(used), reset, refused: used >= limit })
    }

    /// Counts a successful read.
    pub(crate) fn count_read(&mut self, account: Uuid, scope: &str, now: DateTime<Utc>) {
        self.reads.entry((account, scope.to_owned())).or_default().push_back(now);
    }
}

/// Whole seconds, never less than the span.
fn seconds_up(span: TimeDelta) -> u64 {
    let part = u64::from(span.subsec_nanos() > 0);
    u64::try_from(span.num_seconds()).unwrap_or(0) + part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_refuses_until_it_is_over() {
        let limits = Limits::documented().company(LimitGroup::Accounts, 2);
        let start: DateTime<Utc> = "2026-01-01T00:00:00Z".parse().unwrap();
        let mut quota = Quota::default();
        let mut at = |seconds| quota.call(&limits, LimitGroup::Accounts, start + TimeDelta::seconds(seconds));
        assert_eq!(at(0).unwrap(), Usage { limit: 2, remaining: 1, reset: 60, refused: false });
        assert_eq!(at(10).unwrap(), Usage { limit: 2, remaining: 0, reset: 50, refused: false });
        assert_eq!(at(59).unwrap(), Usage { limit: 2, remaining: 0, reset: 1, refused: true });
        assert_eq!(at(60).unwrap(), Usage { limit: 2, remaining: 1, reset: 60, refused: false });
    }

    #[test]
    fn the_daily_limit_rolls_read_by_read() {
        let limits = Limits::documented();
        let start: DateTime<Utc> = "2026-01-01T00:00:00Z".parse().unwrap();
        let (mut quota, account) = (Quota::default(), Uuid::nil());
        for hour in 0..4 {
            quota.count_read(account, "details", start + TimeDelta::hours(hour));
        }
        let full = quota.reads(&limits, account, "details", start + TimeDelta::hours(10)).unwrap();
        assert_eq!(full, Usage { limit: 4, remaining: 0, reset: 14 * 3_600, refused: true });
        let later = quota.reads(&limits, account, "details", start + TimeDelta::hours(24)).unwrap();
        assert_eq!(later, Usage { limit: 4, remaining: 1, reset: 3_600, refused: false });
        assert!(quota.reads(&Limits::off(), account, "details", start).is_none());
    }
}
