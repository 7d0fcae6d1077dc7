//! What an answer of the bank changes in what is known about an account.
//!
//! Identifiers change, texts are cut, days move, and pending entries settle as something else. So entries are matched in passes,
//! the surest evidence first, and each entry at most once. What matters is that their *number* is right: an entry of the answer
//! that is matched is not added, and one that is not matched is.

use std::collections::{HashMap, HashSet};
use std::fmt;

use chrono::{Days, NaiveDate, TimeDelta};

use crate::answer::Answer;
use crate::entry::{Entry, Status};
use crate::identity::Ids;
use crate::matching::{Alike, Pairs, Slot};
use crate::window::Window;

/// How far a booked entry that kept its identifier may move.
const MOVED_DAYS: i64 = 10;
/// How far a booked entry without a usable identifier may move.
const MOVED_DAYS_BY_CONTENT: i64 = 3;
/// How many days after the day of a pending entry its booked one may be dated.
const SETTLES_WITHIN_DAYS: i64 = 10;
/// How long a pending entry that has gone can still come back or settle.
const REMEMBERED_DAYS: u64 = 14;

/// The state of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Booked.
    Booked,
    /// Pending.
    Pending,
    /// Was pending, and the bank no longer lists it.
    Vanished,
}

impl State {
    /// `booked`, `pending` or `vanished`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Pending => "pending",
            Self::Vanished => "vanished",
        }
    }

    /// The state of this name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Booked, Self::Pending, Self::Vanished].into_iter().find(|state| state.as_str() == text)
    }
}

/// An entry that is known from earlier answers.
#[derive(Clone, PartialEq, Eq)]
pub struct Known {
    /// Its key: that of the [`Identity`](crate::Identity) under which it was first seen.
    pub key: String,
    /// As it was last seen.
    pub entry: Entry,
    /// Its identifiers as they were last seen.
    pub ids: Ids,
    /// Its state.
    pub state: State,
    /// [`Answered::fingerprint`](crate::Answered::fingerprint) as it was last seen.
    pub fingerprint: String,
    /// The day on which it was first seen.
    pub first_seen: NaiveDate,
    /// The day on which its state last changed.
    pub since: NaiveDate,
    /// Whether it is the booked form of an entry that was known as pending.
    pub was_pending: bool,
    /// Whether an answer that should contain it did not.
    pub missing: bool,
    /// The key of the booked entry that is perhaps the same, while the bank lists both.
    pub beside: Option<String>,
}

/// Shows the key and the state, and no bank data.
impl fmt::Debug for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Known")
            .field("key", &self.key)
            .field("state", &self.state)
            .field("entry", &self.entry)
            .finish_non_exhaustive()
    }
}

/// How sure it is that a booked entry is the pending one that was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// Amount or text differ, and nothing else fits better.
    Possible,
    /// Equal amount, a like text, and the days fit.
    Likely,
    /// The bank gave both the same identifier.
    Certain,
}

impl Certainty {
    /// `certain`, `likely` or `possible`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
            Self::Possible => "possible",
        }
    }
}

/// An entry that was not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// The key that it gets: that of its identity, followed by `~2` and so on if a known entry has that key.
    pub key: String,
    /// Its place in [`Answer::entries`].
    pub index: usize,
}

/// What is new about an entry that was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// It was missing or had vanished, and is listed again.
    State,
    /// The day.
    Day,
    /// The amount or its currency.
    Amount,
    /// The counterparty or its account.
    Counterparty,
    /// The description.
    Description,
    /// Something else that the bank sends, such as an identifier.
    Other,
}

/// An entry that was known and has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The key of the known entry.
    pub key: String,
    /// Its place in [`Answer::entries`].
    pub index: usize,
    /// What is new about it.
    pub fields: Vec<Field>,
}

impl Changed {
    /// Whether people see the difference.
    #[must_use]
    pub fn is_visible(&self) -> bool {
        self.fields.iter().any(|field| *field != Field::Other)
    }
}

/// A pending entry that has settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The key of the pending entry, which the booked one keeps.
    pub key: String,
    /// The booked entry.
    pub as_booked: Booked,
    /// How sure that is.
    pub certainty: Certainty,
}

/// Where the booked form of a pending entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Booked {
    /// New in the answer, at this place in [`Answer::entries`].
    Answered(usize),
    /// Known under this key: the bank listed it beside the pending one for a while. The pending entry is to be removed.
    Known(String),
}

/// What an answer changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reconciliation {
    /// Entries that were not known.
    pub added: Vec<Added>,
    /// Entries that were known and have changed.
    pub changed: Vec<Changed>,
    /// Pending entries that have settled.
    pub settled: Vec<Settled>,
    /// Keys of pending entries that the bank no longer lists, and of which no booked one was found.
    pub vanished: Vec<String>,
    /// Keys of booked entries that the answer should contain and does not. They stay: banks do not take bookings back, but some
    /// leave them out.
    pub missing: Vec<String>,
    /// Keys of pending entries, each with that of a booked entry that is perhaps the same: the bank lists both. `None`: no longer.
    pub beside: Vec<(String, Option<String>)>,
    /// Keys of entries that have not changed.
    pub unchanged: Vec<String>,
}

impl Reconciliation {
    /// Whether there is nothing to write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.changed.is_empty()
            && self.settled.is_empty()
            && self.vanished.is_empty()
            && self.missing.is_empty()
            && self.beside.is_empty()
    }
}

/// The first day of the entries that [`reconcile`] wants to know, for this answer to this question: some days before its window, so
/// that an entry whose day has moved is found. An answer may begin before its window, with entries whose other date is within it
/// (`docs/api.md#either-date`).
#[must_use]
pub fn known_from(window: &Window, answer: &Answer) -> Option<NaiveDate> {
    let days = answer.entries().iter().filter_map(|found| found.entry.day);
    let first = days.chain([window.from?]).min()?;
    first.checked_sub_days(Days::new(MOVED_DAYS.unsigned_abs()))
}

/// Compares an answer with what is known of the account.
///
/// `known` has all entries from [`known_from`] on, and pending ones whatever their day. `window` is what was asked for, `today` the
/// day of the answer.
///
/// Works in time that grows with the number of entries, not with its square.
#[must_use]
pub fn reconcile(known: &[Known], answer: &Answer, window: &Window, today: NaiveDate) -> Reconciliation {
    let mut work = Work::new(known, answer, window, today);
    work.match_booked();
    work.settle_by_id();
    work.match_pending();
    work.settle_by_content();
    work.absorb();
    work.outcome()
}

struct Work<'a> {
    known: &'a [Known],
    answer: &'a Answer,
    window: &'a Window,
    today: NaiveDate,
    pairs: Pairs<'a>,
    /// Pending entries of the answer whose booked form is there too, by identifier.
    stale: HashSet<usize>,
    /// Known pending entries that settled, and how sure that is.
    settled: HashMap<usize, Certainty>,
    /// Known pending entries whose booked form was known, and how sure that is.
    absorbed: HashMap<usize, (usize, Certainty)>,
}

impl<'a> Work<'a> {
    fn new(known: &'a [Known], answer: &'a Answer, window: &'a Window, today: NaiveDate) -> Self {
        let known_slots =
            known.iter().map(|known| Slot::new(&known.entry, &known.ids, known.first_seen)).collect();
        let answered =
            answer.entries().iter().map(|found| Slot::new(&found.entry, &found.ids, today)).collect();
        Self {
            known,
            answer,
            window,
            today,
            pairs: Pairs::new(known_slots, answered),
            stale: HashSet::new(),
            settled: HashMap::new(),
            absorbed: HashMap::new(),
        }
    }

    fn state(&self, index: usize) -> Option<State> {
        self.known.get(index).map(|known| known.state)
    }

    /// The known entries of a state, without those that vanished long ago.
    fn of_state(&self, state: State) -> Vec<usize> {
        let remembered = |known: &Known| state != State::Vanished || !self.is_long_ago(known.since);
        let all = self.known.iter().enumerate();
        all.filter(|(_, known)| known.state == state && remembered(known)).map(|(index, _)| index).collect()
    }

    fn of_status(&self, status: Status) -> Vec<usize> {
        let all = self.answer.entries().iter().enumerate();
        all.filter(|(_, found)| found.entry.status == status).map(|(index, _)| index).collect()
    }

    /// From when to when the answer shows all that the bank has: entries of the day of its oldest booked one may be left out.
    fn covered(&self) -> Option<(NaiveDate, NaiveDate)> {
        let booked = self.answer.entries().iter().filter(|found| found.entry.status == Status::Booked);
        // Before the window are those whose other date is within it, and no others.
        let is_asked_for = |day: &NaiveDate| self.window.from.is_none_or(|from| from <= *day);
        let days = booked.filter_map(|found| found.entry.day).filter(is_asked_for);
        let (oldest, newest) = days.fold(None, |range, day| match range {
            None => Some((day, day)),
            Some((oldest, newest)) => Some((day.min(oldest), day.max(newest))),
        })?;
        let after = oldest.checked_add_days(Days::new(1))?;
        Some((self.window.from.map_or(after, |from| from.max(after)), newest))
    }

    fn match_booked(&mut self) {
        let (known, answered) = (self.of_state(State::Booked), self.of_status(Status::Booked));
        let covered = self.covered();
        let is_covered = |day: Option<NaiveDate>| match (covered, day) {
            (Some((first, last)), Some(day)) => first <= day && day <= last,
            _ => false,
        };
        self.pairs.by_id(&known, &answered, 0);
        self.pairs.by_id(&known, &answered, MOVED_DAYS);
        // Identifiers that come again are reliable: then an unknown one at the edge of the answer is a new entry.
        let stable = if self.keeps_keys(&known, is_covered) {
            self.pairs.stable_ids(&known, |slot| is_covered(slot.day))
        } else {
            Default::default()
        };
        let fits = |known: &Slot<'_>, found: &Slot<'_>, moved: i64, alike: Alike| {
            if is_covered(known.day) {
                moved == 0 || alike <= Alike::Shared
            } else {
                moved <= 1 && alike <= Alike::Part && !known.contradicts(found, stable)
            }
        };
        let by_content: Vec<usize> =
            known.iter().copied().filter(|index| !self.pairs.is_matched(*index)).collect();
        self.pairs.by_day_and_text(&known, &answered, &fits);
        self.pairs.by_day(&known, &answered, 0, &fits);
        for moved in 1..=MOVED_DAYS_BY_CONTENT {
            self.pairs.by_day(&known, &answered, moved, &fits);
            self.pairs.by_day(&known, &answered, -moved, &fits);
        }
        // At a bank that moves days an entry may also have moved over the edge of the answer. At another one those beyond the edge
        // are not in the answer, and must not take the place of a new one that is.
        let near = |slot: &Slot<'_>, days: i64| slot.day?.checked_add_signed(TimeDelta::days(days));
        let edge = if self.pairs.has_moved(&known) { MOVED_DAYS_BY_CONTENT } else { 0 };
        let is_expected = |slot: &Slot<'_>| [0, edge, -edge].iter().any(|days| is_covered(near(slot, *days)));
        self.pairs.augment(&by_content, &answered, MOVED_DAYS_BY_CONTENT, is_expected, &fits);
        // The bank has corrected the amount.
        self.pairs.by_id_alone(&known, &answered, |known, found| {
            known.days_to(found).is_some_and(|days| days.abs() <= MOVED_DAYS_BY_CONTENT)
                && known.alike(found) <= Alike::Part
        });
    }

    /// Whether at least half of the entries that came again have the identity under which they were first seen. If not, the bank
    /// has given new identifiers since then, and that of an entry which the last answers did not show may be an old one.
    fn keeps_keys(&self, known: &[usize], is_covered: impl Fn(Option<NaiveDate>) -> bool) -> bool {
        let (mut all, mut same) = (0_usize, 0_usize);
        for (index, known) in known.iter().filter_map(|index| Some((*index, self.known.get(*index)?))) {
            let found = self.pairs.answered_of(index).and_then(|found| self.answer.entries().get(found));
            if let Some(found) = found.filter(|_| !known.was_pending && is_covered(known.entry.day)) {
                all += 1;
                same += usize::from(known.key.split('~').next() == Some(&*found.identity.key));
            }
        }
        2 * same >= all
    }

    /// A booked entry that has the identifier of a pending one is the pending one.
    fn settle_by_id(&mut self) {
        let answered = self.of_status(Status::Booked);
        for state in [State::Pending, State::Vanished] {
            let known = self.of_state(state);
            let before = self.pairs.matched(&known);
            self.pairs.by_id_alone(&known, &answered, plausible);
            self.note_settled(&known, &before, Certainty::Certain);
        }
        // The bank may continue to list the pending form for a while.
        let booked: Vec<usize> = self.of_state(State::Booked);
        let pending = self.of_status(Status::Pending);
        // What is pending since after that was booked is another one: some banks give the number of a contract as the identifier.
        let is_form_of = |pending: &Slot<'_>, booked: &Slot<'_>| {
            plausible(pending, booked) && pending.day.is_none_or(|day| day <= booked.seen)
        };
        self.stale = self.pairs.same_id_as_booked(&booked, &answered, &pending, is_form_of);
    }

    fn match_pending(&mut self) {
        let answered: Vec<usize> =
            self.of_status(Status::Pending).into_iter().filter(|index| !self.stale.contains(index)).collect();
        for state in [State::Pending, State::Vanished] {
            let known = self.of_state(state);
            let fits =
                |_: &Slot<'_>, _: &Slot<'_>, moved: i64, alike: Alike| moved == 0 || alike <= Alike::Part;
            self.pairs.by_id(&known, &answered, MOVED_DAYS);
            self.pairs.by_day_and_text(&known, &answered, &fits);
            self.pairs.by_day(&known, &answered, 0, &fits);
            for moved in 1..=MOVED_DAYS_BY_CONTENT {
                self.pairs.by_day(&known, &answered, moved, &fits);
                self.pairs.by_day(&known, &answered, -moved, &fits);
            }
            self.pairs.undated(&known, &answered);
            self.pairs.by_id_alone(&known, &answered, plausible);
        }
    }

    /// Pending entries that are no longer listed, and new booked ones.
    fn settle_by_content(&mut self) {
        let answered = self.of_status(Status::Booked);
        for state in [State::Pending, State::Vanished] {
            let known = self.of_state(state);
            let before = self.pairs.matched(&known);
            self.pairs.settle(&known, &answered, SETTLES_WITHIN_DAYS, Alike::Part);
            self.note_settled(&known, &before, Certainty::Likely);
            // Rather the booked form of what is listed beside it.
            let taken = self.pairs.listed_beside(&self.of_status(Status::Pending), &answered);
            let rest: Vec<usize> = answered.iter().copied().filter(|index| !taken.contains(index)).collect();
            let before = self.pairs.matched(&known);
            self.pairs.settle(&known, &rest, SETTLES_WITHIN_DAYS, Alike::Not);
            self.pairs.settle_with_another_amount(&known, &rest, SETTLES_WITHIN_DAYS);
            self.note_settled(&known, &before, Certainty::Possible);
        }
    }

    fn note_settled(&mut self, known: &[usize], before: &HashSet<usize>, certainty: Certainty) {
        for index in self.pairs.matched(known).difference(before) {
            self.settled.insert(*index, certainty);
        }
    }

    /// Pending entries that are no longer listed, and booked ones that were listed beside them before.
    fn absorb(&mut self) {
        let gone: Vec<usize> = self
            .of_state(State::Pending)
            .into_iter()
            .filter(|index| !self.pairs.is_matched(*index))
            .collect();
        let free: Vec<usize> = self
            .of_state(State::Booked)
            .into_iter()
            .filter(|index| {
                let known = self.known.get(*index);
                known.is_some_and(|known| !known.was_pending && !self.is_long_ago(known.first_seen))
            })
            .collect();
        let first_seen: Vec<NaiveDate> = self.known.iter().map(|known| known.first_seen).collect();
        // A booked entry that was there before the pending one is another.
        let in_order = |pending: usize, booked: usize| first_seen.get(booked) >= first_seen.get(pending);
        for (alike, certainty) in [(Alike::Part, Certainty::Likely), (Alike::Not, Certainty::Possible)] {
            for (pending, booked) in self.pairs.twins(&gone, &free, SETTLES_WITHIN_DAYS, alike, in_order) {
                if !self.absorbed.contains_key(&pending)
                    && !self.absorbed.values().any(|(taken, _)| *taken == booked)
                {
                    self.absorbed.insert(pending, (booked, certainty));
                }
            }
        }
    }

    fn outcome(self) -> Reconciliation {
        let mut outcome = Reconciliation::default();
        let mut keys: HashSet<String> = self.known.iter().map(|known| known.key.clone()).collect();
        let mut new_keys: Vec<Option<String>> = vec![None; self.answer.entries().len()];
        for (index, found) in self.answer.entries().iter().enumerate() {
            if self.pairs.known_of(index).is_some() || self.stale.contains(&index) {
                continue;
            }
            let mut key = found.identity.key.clone();
            let mut number = 1;
            while !keys.insert(key.clone()) {
                number += 1;
                key = format!("{}~{number}", found.identity.key);
            }
            if let Some(slot) = new_keys.get_mut(index) {
                *slot = Some(key.clone());
            }
            outcome.added.push(Added { key, index });
        }
        let covered = self.covered();
        for (index, known) in self.known.iter().enumerate() {
            match self.pairs.answered_of(index) {
                Some(found) if self.settled.contains_key(&index) => outcome.settled.push(Settled {
                    key: known.key.clone(),
                    as_booked: Booked::Answered(found),
                    certainty: self.settled.get(&index).copied().unwrap_or(Certainty::Possible),
                }),
                Some(found) => self.compare(known, found, &mut outcome),
                None => self.not_answered(index, known, covered, &mut outcome),
            }
        }
        self.beside(&new_keys, &mut outcome);
        outcome
    }

    fn compare(&self, known: &Known, index: usize, outcome: &mut Reconciliation) {
        let Some(found) = self.answer.entries().get(index) else { return };
        let (old, new) = (&known.entry, &found.entry);
        let mut fields = Vec::new();
        let mut note = |field, differs| {
            if differs {
                fields.push(field);
            }
        };
        note(Field::State, known.state == State::Vanished || known.missing);
        note(Field::Day, old.day != new.day);
        note(Field::Amount, old.amount != new.amount || old.currency != new.currency);
        note(
            Field::Counterparty,
            old.counterparty != new.counterparty || old.counterparty_account != new.counterparty_account,
        );
        note(Field::Description, old.description != new.description);
        note(Field::Other, known.fingerprint != found.fingerprint());
        if fields.is_empty() {
            outcome.unchanged.push(known.key.clone());
        } else {
            outcome.changed.push(Changed { key: known.key.clone(), index, fields });
        }
    }

    fn is_long_ago(&self, day: NaiveDate) -> bool {
        self.today.checked_sub_days(Days::new(REMEMBERED_DAYS)).is_some_and(|recent| day <= recent)
    }

    fn not_answered(
        &self,
        index: usize,
        known: &Known,
        covered: Option<(NaiveDate, NaiveDate)>,
        outcome: &mut Reconciliation,
    ) {
        let day = self.pairs.day_of_known(index);
        // One without a date is left out where a day is asked for.
        let has_date = known.entry.day.is_some();
        let was_asked_for = self.window.from.is_none_or(|from| has_date && day.is_none_or(|day| from <= day));
        match known.state {
            State::Pending => {
                if let Some((booked, certainty)) = self.absorbed.get(&index)
                    && let Some(booked) = self.known.get(*booked)
                {
                    outcome.settled.push(Settled {
                        key: known.key.clone(),
                        as_booked: Booked::Known(booked.key.clone()),
                        certainty: *certainty,
                    });
                } else if (was_asked_for || day.is_some_and(|day| self.is_long_ago(day)))
                    && (self.answer.unread().is_empty() || self.is_long_ago(known.first_seen))
                {
                    outcome.vanished.push(known.key.clone());
                }
            }
            State::Booked => {
                let is_covered = covered
                    .zip(known.entry.day)
                    .is_some_and(|((first, last), day)| first <= day && day < last);
                if is_covered && !known.missing && self.answer.unread().is_empty() {
                    outcome.missing.push(known.key.clone());
                }
            }
            State::Vanished => {}
        }
    }

    /// Marks pending entries that are listed beside a new booked one that is perhaps the same.
    fn beside(&self, new_keys: &[Option<String>], outcome: &mut Reconciliation) {
        let taken: HashSet<usize> = self.absorbed.values().map(|(booked, _)| *booked).collect();
        let marks =
            self.pairs.beside(&self.of_status(Status::Pending), &self.of_status(Status::Booked), |booked| {
                match self.pairs.known_of(booked) {
                    None => true,
                    // A booked entry that was pending before has had its pending form.
                    Some(known) => {
                        !taken.contains(&known)
                            && self.state(known) == Some(State::Booked)
                            && self.known.get(known).is_some_and(|known| {
                                !known.was_pending
                                    && self
                                        .today
                                        .checked_sub_days(Days::new(5))
                                        .is_none_or(|day| known.first_seen > day)
                            })
                    }
                }
            });
        let key_of = |answered: usize| match self.pairs.known_of(answered) {
            Some(known) => self.known.get(known).map(|known| known.key.clone()),
            None => new_keys.get(answered).cloned().flatten(),
        };
        for pending in self.of_status(Status::Pending) {
            let now = marks.get(&pending).and_then(|booked| key_of(*booked));
            let before = self
                .pairs
                .known_of(pending)
                .and_then(|known| self.known.get(known))
                .and_then(|known| known.beside.clone());
            if let Some(key) = key_of(pending)
                && now != before
            {
                outcome.beside.push((key, now));
            }
        }
    }
}

/// Whether two entries with the same identifier can be the same at all: identifiers such as `1` are given again.
fn plausible(pending: &Slot<'_>, booked: &Slot<'_>) -> bool {
    let days = pending.days_to(booked);
    days.is_none_or(|days| (-MOVED_DAYS..=2 * SETTLES_WITHIN_DAYS).contains(&days))
        && (pending.amount == booked.amount
            || pending.amount == -booked.amount
            || pending.alike(booked) <= Alike::Shared
            || pending.amount_is_near(booked))
}
