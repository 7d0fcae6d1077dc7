//! Pairs of known and answered entries, found pass by pass. Each pass looks entries up by what must be equal, so that it takes
//! time in proportion to their number.

use std::collections::{HashMap, HashSet};

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use crate::entry::{Entry, Status};
use crate::identity::Ids;

/// The kinds of identifiers.
const KINDS: usize = 3;
/// The length from which on a text that is a part of another one shows that both are alike.
const MIN_SHARED_TEXT: usize = 5;
/// The length from which on a word that two texts share shows that they are alike.
const MIN_SHARED_WORD: usize = 4;
/// How many characters at the start of a text a pending entry whose amount has changed is looked up by.
const START: usize = 5;
/// Within how many days an entry settles whose text becomes another one.
const SETTLES_UNLIKE_DAYS: i64 = 7;
/// How many pairs an augmenting path has at most. Of payments that are made each day, a new one is not taken for the last of a long
/// row that has moved.
const MAX_PATH_LENGTH: usize = 3;
/// How many answered entries the search for an augmenting path visits at most.
const MAX_PATH_WIDTH: usize = 200;
/// How many days an entry is pending at most.
const MAX_PENDING_DAYS: i64 = 60;
/// How many days a bank lists a booked entry beside its pending form at most.
const BESIDE_DAYS: i64 = 5;

/// How alike the texts of two entries are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Alike {
    /// Equal but for case, blanks and punctuation.
    Same,
    /// One is a part of the other, or the counterparty is the same.
    Part,
    /// They share a word.
    Shared,
    /// They have nothing in common.
    Not,
}

impl Alike {
    fn up_to(self) -> impl Iterator<Item = Self> {
        [Self::Same, Self::Part, Self::Shared, Self::Not].into_iter().filter(move |alike| *alike <= self)
    }
}

/// What two entries are compared by.
pub(crate) struct Slot<'a> {
    pub(crate) amount: Decimal,
    pub(crate) day: Option<NaiveDate>,
    /// Capital letters and digits only.
    text: String,
    party: String,
    /// The words that are long enough to compare.
    words: Vec<String>,
    entry: &'a Entry,
    ids: &'a Ids,
    /// The day on which the bank first showed it.
    pub(crate) seen: NaiveDate,
}

impl<'a> Slot<'a> {
    /// `seen` is the day on which the bank first showed it. A pending entry of long before then has the wrong day, and counts
    /// as one without.
    pub(crate) fn new(entry: &'a Entry, ids: &'a Ids, seen: NaiveDate) -> Self {
        let party = entry.counterparty.as_deref().unwrap_or_default();
        let is_pending = entry.status == Status::Pending;
        let is_wrong = |day: NaiveDate| is_pending && (seen - day).num_days() > MAX_PENDING_DAYS;
        Self {
            amount: entry.amount.normalize(),
            day: entry.day.filter(|day| !is_wrong(*day)),
            text: letters(&entry.description),
            party: letters(party),
            words: words_of(entry),
            entry,
            ids,
            seen,
        }
    }

    pub(crate) fn alike(&self, other: &Self) -> Alike {
        let is_part =
            |long: &str, short: &str| short.chars().count() >= MIN_SHARED_TEXT && long.contains(short);
        if self.text == other.text && (!self.text.is_empty() || self.party == other.party) {
            Alike::Same
        } else if is_part(&self.text, &other.text)
            || is_part(&other.text, &self.text)
            || (!self.party.is_empty() && self.party == other.party)
        {
            Alike::Part
        } else if self.words.iter().any(|word| other.words.contains(word)) {
            Alike::Shared
        } else {
            Alike::Not
        }
    }

    /// How many days the other one is later. `None` if one of them has no day.
    pub(crate) fn days_to(&self, other: &Self) -> Option<i64> {
        Some((other.day? - self.day?).num_days())
    }

    /// Whether both are of one currency, as far as the bank states it.
    pub(crate) fn has_currency_of(&self, other: &Self) -> bool {
        let (mine, theirs) = (&self.entry.currency, &other.entry.currency);
        mine == theirs || mine.is_empty() || theirs.is_empty()
    }

    /// Whether both have an identifier of the same stable kind, and the two differ.
    pub(crate) fn contradicts(&self, other: &Self, stable: [bool; KINDS]) -> bool {
        let pairs = self.ids.each().into_iter().zip(other.ids.each()).zip(stable);
        pairs
            .into_iter()
            .any(|((mine, theirs), stable)| stable && mine.is_some() && theirs.is_some() && mine != theirs)
    }

    /// Whether the amount may have become the other one on settlement: a tip, a fuel hold, a rate of exchange.
    pub(crate) fn amount_is_near(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.amount.abs(), other.amount.abs());
        self.amount.is_sign_negative() == other.amount.is_sign_negative()
            && mine.checked_mul(Decimal::TWO).is_none_or(|twice| theirs <= twice)
            && theirs.checked_mul(Decimal::TWO).is_none_or(|twice| mine <= twice)
    }

    /// How far the amount of a booked entry is from that of this pending one. `None`: they cannot be the same.
    fn cost_of_another_amount(&self, booked: &Self, days: std::ops::RangeInclusive<i64>) -> Option<i64> {
        let difference = (self.amount - booked.amount).abs().checked_mul(Decimal::ONE_HUNDRED)?;
        let fits = days.contains(&self.days_to(booked).unwrap_or(0)) && self.amount_is_near(booked);
        fits.then(|| i64::try_from(difference.trunc()).unwrap_or(i64::MAX))
    }

    fn id(&self, kind: usize) -> Option<&str> {
        self.ids.each().into_iter().nth(kind).flatten()
    }
}

/// Known entries and answered ones, and which belong together.
pub(crate) struct Pairs<'a> {
    known: Vec<Slot<'a>>,
    answered: Vec<Slot<'a>>,
    of_known: Vec<Option<usize>>,
    of_answered: Vec<Option<usize>>,
}

/// Whether a known and an answered entry, this many days apart and this alike, can be the same.
pub(crate) type Fits<'a> = &'a dyn Fn(&Slot<'_>, &Slot<'_>, i64, Alike) -> bool;

impl<'s> Pairs<'s> {
    pub(crate) fn new(known: Vec<Slot<'s>>, answered: Vec<Slot<'s>>) -> Self {
        let (of_known, of_answered) = (vec![None; known.len()], vec![None; answered.len()]);
        Self { known, answered, of_known, of_answered }
    }

    /// The day of a known entry, as far as it can be right.
    pub(crate) fn day_of_known(&self, known: usize) -> Option<NaiveDate> {
        self.known.get(known)?.day
    }

    pub(crate) fn is_matched(&self, known: usize) -> bool {
        self.answered_of(known).is_some()
    }

    /// The answered entry of a known one.
    pub(crate) fn answered_of(&self, known: usize) -> Option<usize> {
        self.of_known.get(known).copied().flatten()
    }

    /// The known entry of an answered one.
    pub(crate) fn known_of(&self, answered: usize) -> Option<usize> {
        self.of_answered.get(answered).copied().flatten()
    }

    /// Those of the known entries that are matched.
    pub(crate) fn matched(&self, known: &[usize]) -> HashSet<usize> {
        known.iter().copied().filter(|index| self.is_matched(*index)).collect()
    }

    fn join(&mut self, known: usize, answered: usize) {
        if let Some((of_known, of_answered)) =
            self.of_known.get_mut(known).zip(self.of_answered.get_mut(answered))
        {
            *of_known = Some(answered);
            *of_answered = Some(known);
        }
    }

    fn free_known<'a>(&'a self, known: &'a [usize]) -> impl Iterator<Item = (usize, &'a Slot<'s>)> {
        let free = known.iter().copied().filter(|index| !self.is_matched(*index));
        free.filter_map(|index| Some((index, self.known.get(index)?)))
    }

    fn free_answered<'a>(&'a self, answered: &'a [usize]) -> impl Iterator<Item = (usize, &'a Slot<'s>)> {
        let free = answered.iter().copied().filter(|index| self.known_of(*index).is_none());
        free.filter_map(|index| Some((index, self.answered.get(index)?)))
    }

    /// Matches free entries that have the same key: to each answered one the known one of the least cost, of several the first, so
    /// that the same answer again changes nothing.
    fn pass<K: std::hash::Hash + Eq>(
        &mut self,
        known: &[usize],
        answered: &[usize],
        key_of_known: impl Fn(&Slot<'_>) -> Option<K>,
        key_of_answered: impl Fn(&Slot<'_>) -> Option<K>,
        cost: impl Fn(&Slot<'_>, &Slot<'_>) -> Option<i64>,
    ) {
        let mut places: HashMap<K, Vec<usize>> = HashMap::new();
        for (index, slot) in self.free_known(known) {
            if let Some(key) = key_of_known(slot) {
                places.entry(key).or_default().push(index);
            }
        }
        // From the back it is taken without moving the others.
        for candidates in places.values_mut() {
            candidates.reverse();
        }
        if places.is_empty() {
            return;
        }
        let mut found = Vec::new();
        for (index, slot) in self.free_answered(answered) {
            let Some(candidates) = key_of_answered(slot).and_then(|key| places.get_mut(&key)) else {
                continue;
            };
            let mut best: Option<(i64, usize)> = None;
            for (place, candidate) in candidates.iter().enumerate().rev() {
                if let Some(cost) = self.known.get(*candidate).and_then(|known| cost(known, slot))
                    && best.is_none_or(|(least, _)| cost < least)
                {
                    best = Some((cost, place));
                    if cost == 0 {
                        break;
                    }
                }
            }
            if let Some((_, place)) = best {
                found.push((candidates.swap_remove(place), index));
            }
        }
        for (known, answered) in found {
            self.join(known, answered);
        }
    }

    /// Whether one of the known entries has come with another day.
    pub(crate) fn has_moved(&self, known: &[usize]) -> bool {
        known.iter().any(|index| {
            let pair =
                self.known.get(*index).zip(self.answered_of(*index).and_then(|it| self.answered.get(it)));
            pair.and_then(|(known, found)| known.days_to(found)).is_some_and(|days| days != 0)
        })
    }

    /// By identifier and amount, at most this many days apart.
    pub(crate) fn by_id(&mut self, known: &[usize], answered: &[usize], most_days: i64) {
        for kind in 0..KINDS {
            let key = |slot: &Slot<'_>| Some((slot.id(kind)?.to_owned(), slot.amount));
            self.pass(known, answered, key, key, |known, found| match known.days_to(found) {
                _ if !known.has_currency_of(found) => None,
                Some(days) => (days.abs() <= most_days).then_some(days.abs()),
                None => (most_days > 0 || known.day == found.day).then_some(most_days),
            });
        }
    }

    /// By identifier, whatever the amount, where `accept` allows it.
    pub(crate) fn by_id_alone(
        &mut self,
        known: &[usize],
        answered: &[usize],
        accept: impl Fn(&Slot<'_>, &Slot<'_>) -> bool,
    ) {
        for kind in 0..KINDS {
            let key = |slot: &Slot<'_>| slot.id(kind).map(str::to_owned);
            self.pass(known, answered, key, key, |known, found| {
                accept(known, found).then(|| known.days_to(found).map_or(i64::MAX, i64::abs))
            });
        }
    }

    /// Which kinds of identifiers came again for at least half of the known entries that were expected.
    pub(crate) fn stable_ids(
        &self,
        known: &[usize],
        is_expected: impl Fn(&Slot<'_>) -> bool,
    ) -> [bool; KINDS] {
        let mut stable = [false; KINDS];
        for (kind, stable) in stable.iter_mut().enumerate() {
            let (mut all, mut same) = (0_usize, 0_usize);
            for (index, slot) in known.iter().filter_map(|index| Some((*index, self.known.get(*index)?))) {
                let Some(id) = slot.id(kind).filter(|_| is_expected(slot)) else { continue };
                all += 1;
                let found = self.answered_of(index).and_then(|found| self.answered.get(found));
                same += usize::from(found.is_some_and(|found| found.id(kind) == Some(id)));
            }
            *stable = all > 0 && 2 * same >= all;
        }
        stable
    }

    /// By day, amount and text.
    pub(crate) fn by_day_and_text(&mut self, known: &[usize], answered: &[usize], fits: Fits<'_>) {
        let key = |slot: &Slot<'_>| Some((slot.day, slot.amount, slot.text.clone()));
        self.pass(known, answered, key, key, |known, found| {
            let fits = known.has_currency_of(found) && fits(known, found, 0, Alike::Same);
            (fits && known.alike(found) == Alike::Same).then_some(0)
        });
    }

    /// By amount, and a day that is `moved` days later in the answer; the most alike first.
    pub(crate) fn by_day(&mut self, known: &[usize], answered: &[usize], moved: i64, fits: Fits<'_>) {
        for alike in Alike::Not.up_to() {
            self.pass(
                known,
                answered,
                |slot| Some((shifted(slot.day?, moved)?, slot.amount)),
                |slot| Some((slot.day?, slot.amount)),
                |known, found| {
                    let fits = known.has_currency_of(found) && fits(known, found, moved.abs(), alike);
                    (fits && known.alike(found) == alike).then_some(0)
                },
            );
        }
    }

    /// Matches known entries that are expected and still free along augmenting paths, on which entries that were matched by content
    /// get another partner: of three like payments whose days have all moved by one, each must find its own. `known` are those
    /// whose partner may change.
    pub(crate) fn augment(
        &mut self,
        known: &[usize],
        answered: &[usize],
        most_days: i64,
        is_expected: impl Fn(&Slot<'_>) -> bool,
        fits: Fits<'_>,
    ) {
        let waiting: Vec<usize> =
            self.free_known(known).filter(|(_, slot)| is_expected(slot)).map(|(index, _)| index).collect();
        let amounts: HashSet<Decimal> = self.free_answered(answered).map(|(_, slot)| slot.amount).collect();
        let movable: HashSet<usize> = known.iter().copied().collect();
        let mut places: HashMap<(Decimal, NaiveDate), Vec<usize>> = HashMap::new();
        for index in answered.iter().copied() {
            if self.known_of(index).is_none_or(|known| movable.contains(&known))
                && let Some(slot) = self.answered.get(index).filter(|slot| amounts.contains(&slot.amount))
                && let Some(day) = slot.day
            {
                places.entry((slot.amount, day)).or_default().push(index);
            }
        }
        for start in waiting {
            for (known, answered) in self.augmenting_path(start, &places, most_days, fits) {
                self.join(known, answered);
            }
        }
    }

    /// The shortest augmenting path from a free known entry to a free answered one, found breadth first: the new pairs.
    fn augmenting_path(
        &self,
        start: usize,
        places: &HashMap<(Decimal, NaiveDate), Vec<usize>>,
        most_days: i64,
        fits: Fits<'_>,
    ) -> Vec<(usize, usize)> {
        let mut days: Vec<i64> = (-most_days..=most_days).collect();
        days.sort_by_key(|days| days.abs());
        let mut reached_from: HashMap<usize, usize> = HashMap::new();
        let mut reached = vec![start];
        for _ in 0..MAX_PATH_LENGTH {
            let mut next = Vec::new();
            for index in reached {
                let Some(slot) = self.known.get(index) else { continue };
                let near = days.iter().filter_map(|moved| {
                    let day = shifted(slot.day?, *moved)?;
                    Some((moved.abs(), places.get(&(slot.amount, day))?))
                });
                for (moved, found) in
                    near.flat_map(|(moved, all)| all.iter().map(move |found| (moved, *found)))
                {
                    let Some(other) = self.answered.get(found).filter(|_| !reached_from.contains_key(&found))
                    else {
                        continue;
                    };
                    let alike = slot.alike(other);
                    if alike > Alike::Part || !slot.has_currency_of(other) || !fits(slot, other, moved, alike)
                    {
                        continue;
                    }
                    reached_from.insert(found, index);
                    match self.known_of(found) {
                        Some(known) => next.push(known),
                        None => return self.path_to(found, &reached_from),
                    }
                    if reached_from.len() >= MAX_PATH_WIDTH {
                        return Vec::new();
                    }
                }
            }
            reached = next;
        }
        Vec::new()
    }

    /// The pairs on the path that ends at this answered entry.
    fn path_to(&self, end: usize, reached_from: &HashMap<usize, usize>) -> Vec<(usize, usize)> {
        let mut path = Vec::new();
        let mut next = Some(end);
        while let Some(found) = next
            && let Some(known) = reached_from.get(&found)
        {
            path.push((*known, found));
            next = self.answered_of(*known);
        }
        path
    }

    /// By amount and a like text, where one of them has no day.
    pub(crate) fn undated(&mut self, known: &[usize], answered: &[usize]) {
        let key = |slot: &Slot<'_>| Some(slot.amount);
        for alike in Alike::Part.up_to() {
            self.pass(known, answered, key, key, |known, found| {
                let fits = known.days_to(found).is_none() && known.has_currency_of(found);
                (fits && known.alike(found) == alike).then_some(0)
            });
        }
    }

    /// Pending entries and booked ones of the same amount, or of the opposite one: some banks send pending debits without a minus.
    pub(crate) fn settle(&mut self, known: &[usize], answered: &[usize], most_days: i64, least: Alike) {
        let pairs = {
            let (left, right) = (
                self.free_known(known).collect::<Vec<_>>(),
                self.free_answered(answered).collect::<Vec<_>>(),
            );
            nearest(&left, &right, &settling_days(most_days, least), least, |_, _| true)
        };
        for (known, answered) in pairs {
            self.join(known, answered);
        }
    }

    /// Pending entries and booked ones of a near amount and the same start of their texts.
    pub(crate) fn settle_with_another_amount(&mut self, known: &[usize], answered: &[usize], most_days: i64) {
        let cost = |known: &Slot<'_>, found: &Slot<'_>| known.cost_of_another_amount(found, -1..=most_days);
        self.pass(known, answered, |slot| start(&slot.text), |slot| start(&slot.text), cost);
        self.pass(known, answered, |slot| start(&slot.party), |slot| start(&slot.party), cost);
    }

    /// Known pending entries, each with a known booked one that fits.
    pub(crate) fn twins(
        &self,
        pending: &[usize],
        booked: &[usize],
        most_days: i64,
        least: Alike,
        accept: impl Fn(usize, usize) -> bool,
    ) -> Vec<(usize, usize)> {
        let slots = |indices: &[usize]| {
            indices.iter().filter_map(|index| Some((*index, self.known.get(*index)?))).collect::<Vec<_>>()
        };
        nearest(&slots(pending), &slots(booked), &settling_days(most_days, least), least, accept)
    }

    /// The free booked ones that an answered pending entry is listed beside: of the same amount and a like text.
    pub(crate) fn listed_beside(&self, pending: &[usize], booked: &[usize]) -> HashSet<usize> {
        let pending: Vec<_> =
            pending.iter().filter_map(|index| Some((*index, self.answered.get(*index)?))).collect();
        let booked: Vec<_> = self.free_answered(booked).collect();
        let days: Vec<i64> = (0..=BESIDE_DAYS).collect();
        nearest(&pending, &booked, &days, Alike::Part, |_, _| true).into_iter().map(|(_, at)| at).collect()
    }

    /// Answered pending entries, each with an answered booked one of the same amount, or of a near one and a like text, of
    /// the same day or a few days later.
    pub(crate) fn beside(
        &self,
        pending: &[usize],
        booked: &[usize],
        is_free: impl Fn(usize) -> bool,
    ) -> HashMap<usize, usize> {
        let slots = |indices: &[usize]| {
            indices.iter().filter_map(|index| Some((*index, self.answered.get(*index)?))).collect::<Vec<_>>()
        };
        let booked: Vec<usize> = booked.iter().copied().filter(|index| is_free(*index)).collect();
        let (pending, booked) = (slots(pending), slots(&booked));
        let days: Vec<i64> = (0..=BESIDE_DAYS).collect();
        let mut marks: HashMap<usize, usize> =
            nearest(&pending, &booked, &days, Alike::Not, |_, _| true).into_iter().collect();
        // And those whose amount has changed.
        let mut taken: HashSet<usize> = marks.values().copied().collect();
        let mut places: HashMap<String, Vec<(usize, &Slot<'_>)>> = HashMap::new();
        for (index, slot) in &booked {
            for key in [start(&slot.text), start(&slot.party)].into_iter().flatten() {
                places.entry(key).or_default().push((*index, slot));
            }
        }
        for (index, slot) in pending {
            if marks.contains_key(&index) {
                continue;
            }
            let keys = [start(&slot.text), start(&slot.party)].into_iter().flatten();
            let candidates = keys.filter_map(|key| places.get(&key)).flatten();
            let fits = candidates.filter(|(other, found)| {
                // The first letters of a text are often the same at a whole bank.
                !taken.contains(other)
                    && slot.alike(found) <= Alike::Part
                    && slot.cost_of_another_amount(found, 0..=BESIDE_DAYS).is_some()
            });
            if let Some((other, _)) = fits.min_by_key(|(_, found)| (slot.amount - found.amount).abs()) {
                taken.insert(*other);
                marks.insert(index, *other);
            }
        }
        marks
    }

    /// The answered pending entries that have the identifier of a booked entry, known or answered.
    pub(crate) fn same_id_as_booked(
        &self,
        known: &[usize],
        booked: &[usize],
        pending: &[usize],
        accept: impl Fn(&Slot<'_>, &Slot<'_>) -> bool,
    ) -> HashSet<usize> {
        let mut stale = HashSet::new();
        let of_booked: HashSet<usize> = known.iter().copied().collect();
        for kind in 0..KINDS {
            let mut slots: HashMap<&str, &Slot<'_>> = HashMap::new();
            let known = known.iter().filter_map(|index| self.known.get(*index));
            // What has come again is among the known ones, with the day on which it was first seen.
            let is_new =
                |index: &&usize| self.known_of(**index).is_none_or(|known| !of_booked.contains(&known));
            let new = booked.iter().filter(is_new);
            let booked = new.filter_map(|index| self.answered.get(*index));
            for slot in known.chain(booked) {
                if let Some(id) = slot.id(kind) {
                    slots.insert(id, slot);
                }
            }
            for (index, slot) in pending.iter().filter_map(|index| Some((*index, self.answered.get(*index)?)))
            {
                let twin = slot.id(kind).and_then(|id| slots.get(id));
                if twin.is_some_and(|booked| accept(slot, booked)) {
                    stale.insert(index);
                }
            }
        }
        stale
    }
}

/// Its letters and digits, in capitals.
fn letters(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    for character in text.chars().filter(|character| character.is_alphanumeric()) {
        if character.is_ascii() {
            letters.push(character.to_ascii_uppercase());
        } else {
            letters.extend(character.to_uppercase());
        }
    }
    letters
}

/// The start of a text, if it is long enough to look an entry up by.
fn start(text: &str) -> Option<String> {
    let start: String = text.chars().take(START).collect();
    (start.chars().count() == START).then_some(start)
}

fn shifted(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    let by = Days::new(days.unsigned_abs());
    if days < 0 { day.checked_sub_days(by) } else { day.checked_add_days(by) }
}

/// From the day of a pending entry to that of its booked one: the nearest first. Some banks date a pending entry with the latest
/// day on which it may be booked, so the booked one can be earlier.
fn settling_days(most: i64, least: Alike) -> Vec<i64> {
    let (back, on) = if least == Alike::Not { (1, SETTLES_UNLIKE_DAYS.min(most)) } else { (most, most) };
    let mut days: Vec<i64> = (-back..=on).collect();
    days.sort_by_key(|days| (days.abs(), *days < 0));
    days
}

/// Entries by amount and day.
type Places<'a> = HashMap<(Decimal, Option<NaiveDate>), Vec<(usize, &'a Slot<'a>)>>;

/// Pairs of equal or opposite amount: the most alike first, then the nearest days. Each is in one pair at most.
fn nearest(
    left: &[(usize, &Slot<'_>)],
    right: &[(usize, &Slot<'_>)],
    days: &[i64],
    least: Alike,
    accept: impl Fn(usize, usize) -> bool,
) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    if left.is_empty() || right.is_empty() {
        return pairs;
    }
    let mut places: Places<'_> = HashMap::new();
    for (index, slot) in right.iter().rev() {
        places.entry((slot.amount, slot.day)).or_default().push((*index, slot));
        // For those without a day of their own.
        places.entry((slot.amount, None)).or_default().push((*index, slot));
    }
    let (mut used_left, mut used_right) = (HashSet::new(), HashSet::new());
    for alike in least.up_to() {
        for opposite in [false, true] {
            // `None` is for those that have no day.
            for day in days.iter().map(|day| Some(*day)).chain([None]) {
                for (index, slot) in
                    left.iter().filter(|(index, _)| !used_left.contains(index)).collect::<Vec<_>>()
                {
                    let at = match (slot.day, day) {
                        (Some(from), Some(days)) => shifted(from, days),
                        (None, None) => None,
                        _ => continue,
                    };
                    let amount = if opposite { -slot.amount } else { slot.amount };
                    let Some(candidates) = places.get_mut(&(amount, at)) else {
                        continue;
                    };
                    candidates.retain(|(index, _)| !used_right.contains(index));
                    let fits = candidates.iter().rev().find(|(other, found)| {
                        slot.has_currency_of(found) && slot.alike(found) == alike && accept(*index, *other)
                    });
                    if let Some((other, _)) = fits {
                        used_left.insert(*index);
                        used_right.insert(*other);
                        pairs.push((*index, *other));
                    }
                }
            }
        }
    }
    pairs
}

/// The words of an entry that are long enough to compare.
fn words_of(entry: &Entry) -> Vec<String> {
    let texts = [entry.description.as_str(), entry.counterparty.as_deref().unwrap_or_default()];
    let words = texts.into_iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    words.filter(|word| word.chars().count() >= MIN_SHARED_WORD).map(letters).collect()
}
