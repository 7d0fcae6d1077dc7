//! One life of the shared state, from its first write until it is lost.
//!
//! An engine that comes back empty does not know the calls of the last minute, and neither does the process that writes
//! first: it knows its own, and those of the others only up to its last decision. So the first write into an empty engine
//! begins an epoch. A process that knew another epoch tells the new one what it knows, and for a little more than a minute
//! all processes together send a few calls only, out of what the budget leaves free. Every call of the old epoch is a
//! minute old by then.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::clock::Moment;
use super::record::{Form, StateRecord};

/// How long the calls before a loss count: their minute, and the ten seconds that some of them still waited when it came.
const BLIND: Duration = Duration::from_secs(70);

/// The record of an epoch.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Epoch {
    #[serde(rename = "v")]
    form: Form,
    /// Differs from epoch to epoch, and is never 0.
    id: u64,
    since: Moment,
    #[serde(default)]
    blind: Blind,
}

/// A time in which the records do not know of all calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Blind {
    /// Calls from here on are known.
    pub(crate) from: Moment,
    /// Calls before `from` no longer count here.
    pub(crate) until: Moment,
}

/// What a process knows that meets an epoch.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Witness {
    /// The epoch that it knew.
    pub(crate) epoch: Option<u64>,
    /// Whether there are no other processes, as far as it was told.
    pub(crate) is_alone: bool,
    /// Whether it went on in memory for a while.
    pub(crate) was_cut_off: bool,
}

impl StateRecord for Epoch {
    const TTL: Duration = Duration::from_secs(365 * 24 * 60 * 60);

    fn merge(&mut self, _: Self) {}
}

impl Epoch {
    /// The epoch that goes on from what is stored, or begins with `id` if nothing is.
    pub(crate) fn goes_on(stored: Self, witness: Witness, id: u64, now: Moment) -> Self {
        let is_new = stored.id == 0;
        let mut epoch = if is_new { Self { id: id.max(1), since: now, ..Self::default() } } else { stored };
        // A process that finds nothing and never knew anything may be the first of all, or follow a loss. Alone it is the first.
        if epoch.is_another_than(witness) || is_new && !witness.is_alone {
            epoch.is_blind_from(epoch.since);
        }
        // The others may have sent their parts of the budget meanwhile.
        if witness.was_cut_off && !witness.is_alone {
            epoch.is_blind_from(now);
        }
        epoch
    }

    pub(crate) fn id(&self) -> u64 {
        self.id
    }

    /// Whether the one that this process knew was lost.
    pub(crate) fn is_another_than(&self, witness: Witness) -> bool {
        witness.epoch.is_some_and(|known| known != self.id)
    }

    /// The time in which not all calls are known, if it is now.
    pub(crate) fn blind(&self, now: Moment) -> Option<Blind> {
        (self.blind.from <= now && now < self.blind.until).then_some(self.blind)
    }

    fn is_blind_from(&mut self, at: Moment) {
        if self.blind.until <= at {
            self.blind.from = at;
        }
        self.blind.until = self.blind.until.max(at.plus(BLIND));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_700_000_000_000);
    const SECOND: Duration = Duration::from_secs(1);

    fn witness(epoch: Option<u64>, is_alone: bool, was_cut_off: bool) -> Witness {
        Witness { epoch, is_alone, was_cut_off }
    }

    #[test]
    fn a_program_that_is_alone_begins_at_once_and_one_of_several_in_little_more_than_a_minute() {
        let begun = |witness| Epoch::goes_on(Epoch::default(), witness, 7, NOW);
        assert_eq!(begun(witness(None, true, false)).blind(NOW), None);
        for witness in [witness(None, false, false), witness(Some(6), true, false)] {
            let epoch = begun(witness);
            assert_eq!(epoch.blind(NOW), Some(Blind { from: NOW, until: NOW.plus(BLIND) }), "{witness:?}");
            assert_eq!(epoch.blind(NOW.plus(BLIND)), None);
        }
    }

    #[test]
    fn whoever_knew_another_epoch_or_was_cut_off_says_so_and_only_until_that_no_longer_counts() {
        let begun = Epoch::goes_on(Epoch::default(), witness(None, true, false), 7, NOW);
        let soon = NOW.plus(5 * SECOND);
        let same = Epoch::goes_on(begun.clone(), witness(Some(7), true, true), 8, soon);
        assert_eq!(same, begun, "it is alone and knew it");
        let lost = Epoch::goes_on(begun.clone(), witness(Some(6), true, false), 8, soon);
        assert_eq!((lost.id(), lost.blind(soon).map(|it| it.until)), (7, Some(NOW.plus(BLIND))));
        let cut = Epoch::goes_on(lost, witness(Some(7), false, true), 8, soon);
        assert_eq!(cut.blind(soon), Some(Blind { from: NOW, until: soon.plus(BLIND) }));
        let late = NOW.plus(600 * SECOND);
        assert_eq!(Epoch::goes_on(begun, witness(Some(6), false, false), 8, late).blind(late), None);
    }
}
