//! An epoch of the shared state: from its first write until it is lost.
//!
//! An engine that comes back empty does not know the calls of the last minute, and neither does the process that writes
//! first: it knows its own, and those of the others only up to its last decision. So the first write into an empty engine
//! begins an epoch. A process that knew another epoch writes what it knows into the new one, and for a little more than a minute
//! all processes together send a few calls only, out of what the budget leaves free. Every call of the old epoch is a
//! minute old by then.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::clock::Moment;
use super::record::{Form, StateRecord};

/// How long the calls before a loss count: their minute, and the ten seconds that some of them still waited when it came.
const RECOVERY: Duration = Duration::from_secs(70);

/// The record of an epoch.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Epoch {
    #[serde(rename = "v")]
    form: Form,
    /// Differs from epoch to epoch, and is never 0.
    id: u64,
    since: Moment,
    #[serde(default)]
    recovery: Recovery,
}

/// The time after a loss in which the records do not have all calls that still count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Recovery {
    /// Calls from here on are in the records.
    pub(crate) from: Moment,
    /// Calls before `from` no longer count here.
    pub(crate) until: Moment,
}

/// What a process knows of the shared state when it next uses it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LastSeen {
    /// The epoch that it last saw.
    pub(crate) epoch: Option<u64>,
    /// Whether there are no other processes, as far as it is configured.
    pub(crate) is_alone: bool,
    /// Whether it went on in memory for a while.
    pub(crate) was_cut_off: bool,
}

impl StateRecord for Epoch {
    /// Long, because it is written when it changes and a healthy one never does.
    const TTL: Duration = Duration::from_secs(20 * 365 * 24 * 60 * 60);

    fn merge(&mut self, _: Self) {}
}

impl Epoch {
    /// The stored epoch, or a new one with `id` if none is stored.
    pub(crate) fn continued(stored: Self, last_seen: LastSeen, id: u64, now: Moment) -> Self {
        let is_new = stored.id == 0;
        let mut epoch = if is_new { Self { id: id.max(1), since: now, ..Self::default() } } else { stored };
        // A process that finds nothing and never knew anything may be the first of all, or follow a loss. Alone it is the first.
        if epoch.differs_from(last_seen) || is_new && !last_seen.is_alone {
            epoch.recover_from(epoch.since);
        }
        // The others may have sent their parts of the budget meanwhile.
        if last_seen.was_cut_off && !last_seen.is_alone {
            epoch.recover_from(now);
        }
        epoch
    }

    pub(crate) fn id(&self) -> u64 {
        self.id
    }

    /// Whether the epoch that this process last saw was lost.
    pub(crate) fn differs_from(&self, last_seen: LastSeen) -> bool {
        last_seen.epoch.is_some_and(|known| known != self.id)
    }

    /// The time after a loss, if it is now.
    pub(crate) fn recovery(&self, now: Moment) -> Option<Recovery> {
        (self.recovery.from <= now && now < self.recovery.until).then_some(self.recovery)
    }

    fn recover_from(&mut self, at: Moment) {
        if self.recovery.until <= at {
            self.recovery.from = at;
        }
        self.recovery.until = self.recovery.until.max(at.plus(RECOVERY));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_700_000_000_000);
    const SECOND: Duration = Duration::from_secs(1);

    fn last_seen(epoch: Option<u64>, is_alone: bool, was_cut_off: bool) -> LastSeen {
        LastSeen { epoch, is_alone, was_cut_off }
    }

    #[test]
    fn a_program_that_is_alone_begins_at_once_and_one_of_several_in_little_more_than_a_minute() {
        let begun = |last_seen| Epoch::continued(Epoch::default(), last_seen, 7, NOW);
        assert_eq!(begun(last_seen(None, true, false)).recovery(NOW), None);
        for last_seen in [last_seen(None, false, false), last_seen(Some(6), true, false)] {
            let epoch = begun(last_seen);
            assert_eq!(
                epoch.recovery(NOW),
                Some(Recovery { from: NOW, until: NOW.plus(RECOVERY) }),
                "{last_seen:?}"
            );
            assert_eq!(epoch.recovery(NOW.plus(RECOVERY)), None);
        }
    }

    #[test]
    fn whoever_knew_another_epoch_or_was_cut_off_says_so_and_only_until_that_no_longer_counts() {
        let begun = Epoch::continued(Epoch::default(), last_seen(None, true, false), 7, NOW);
        let soon = NOW.plus(5 * SECOND);
        let same = Epoch::continued(begun.clone(), last_seen(Some(7), true, true), 8, soon);
        assert_eq!(same, begun, "it is alone and knew it");
        let lost = Epoch::continued(begun.clone(), last_seen(Some(6), true, false), 8, soon);
        assert_eq!((lost.id(), lost.recovery(soon).map(|it| it.until)), (7, Some(NOW.plus(RECOVERY))));
        let cut = Epoch::continued(lost, last_seen(Some(7), false, true), 8, soon);
        assert_eq!(cut.recovery(soon), Some(Recovery { from: NOW, until: soon.plus(RECOVERY) }));
        let late = NOW.plus(600 * SECOND);
        assert_eq!(Epoch::continued(begun, last_seen(Some(6), false, false), 8, late).recovery(late), None);
    }
}
