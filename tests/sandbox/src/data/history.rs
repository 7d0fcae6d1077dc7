//! What became of each movement of a bank account, day after day: when it was pending, when it was booked, as what, and
//! the balance after it.
//!
//! All of it follows from the account and its bank's profile. It is kept only so that it is worked out once.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::entries::{Entry, Kind, of_day};
use crate::profile::{AccountKind, BankProfile};
use crate::random::Random;

/// Days from pending to gone, at most: `pending_days`, `late_days`, and a day beside the booked twin.
const LONGEST_DAYS: u64 = 28 + 28 + 2;
/// Days from booked to the value date, at most.
pub(crate) const VALUE_DAYS: u64 = 3 + 28;

/// A movement and what becomes of it.
#[derive(Clone, Debug)]
pub(crate) struct Movement {
    pub(crate) entry: Entry,
    pub(crate) made: DateTime<Utc>,
    /// Until when it is pending; `None`: it never is.
    pub(crate) pending_until: Option<DateTime<Utc>>,
    /// Until when it is shown as pending, which may be longer.
    pub(crate) shown_pending_until: Option<DateTime<Utc>>,
    /// When it is booked; `None`: never.
    pub(crate) posted: Option<DateTime<Utc>>,
    pub(crate) booking_day: NaiveDate,
    pub(crate) value_day: NaiveDate,
    /// The amount while pending.
    pub(crate) pending_cents: i64,
    /// Whether the booked form has other texts than the pending one.
    pub(crate) other_text: bool,
    /// The booked balance after it; 0 until it is booked.
    pub(crate) balance: i64,
}

impl Movement {
    /// The text by which it is known for ever.
    pub(crate) fn id(&self) -> String {
        format!("{}-{:016x}", self.entry.date.format("%Y%m%d"), self.entry.key)
    }

    fn new(entry: Entry, profile: &BankProfile) -> Self {
        let midnight = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc();
        let later = |day: NaiveDate, days: u64| day.checked_add_days(Days::new(days)).unwrap_or(day);
        let made = midnight(entry.date) + TimeDelta::seconds(i64::from(entry.second));
        let mut random = Random::stream(entry.key, "fate");
        // All draws are made for all movements, so that one setting never changes what another means.
        let mut share = |percent: u8| random.chance(u64::from(percent));
        let vanishes = share(profile.vanishing);
        let beside = share(profile.stays_beside);
        let other_text = share(profile.other_text);
        let other_day = share(profile.other_day);
        let other_amount = share(profile.other_amount);
        let late = share(profile.late);
        let far = share(profile.far_value_days);
        let days = |random: &mut Random, least, most| random.between(least, most).unsigned_abs();
        let late_days = days(&mut random, 1, i64::from(profile.late_days.max(1)));
        let other_days = days(&mut random, 1, 3);
        let far_days = days(&mut random, 14, 28);
        let wait = u64::from(profile.pending_days);
        let pends = wait > 0 && matches!(entry.kind, Kind::Card | Kind::Abroad { .. });
        let booking_day = if pends { later(entry.date, wait) } else { entry.date };
        let mut posted = if pends { midnight(booking_day) } else { made };
        if late {
            posted += TimeDelta::days(i64::try_from(late_days).unwrap_or(1));
        }
        let mut value_day = entry.date;
        if other_day && pends {
            value_day = later(value_day, other_days);
        }
        if far {
            value_day = later(value_day, far_days);
        }
        let pending_cents = if other_amount && pends { authorised(&entry, &mut random) } else { entry.cents };
        let shown_pending_until = posted + TimeDelta::days(i64::from(beside && !vanishes));
        Self {
            made,
            pending_until: pends.then_some(posted),
            shown_pending_until: (pends && profile.pending).then_some(shown_pending_until),
            posted: (!(pends && vanishes)).then_some(posted),
            booking_day,
            value_day,
            pending_cents,
            other_text: other_text && pends,
            balance: 0,
            entry,
        }
    }

    /// Whether it is pending, to be booked later or not, and not hidden until then.
    pub(crate) fn is_pending(&self, now: DateTime<Utc>) -> bool {
        self.is_shown_pending(now) && self.pending_until.is_some_and(|until| now < until)
    }

    /// Whether it is among what is shown as pending.
    pub(crate) fn is_shown_pending(&self, now: DateTime<Utc>) -> bool {
        self.made <= now && self.shown_pending_until.is_some_and(|until| now < until)
    }

    pub(crate) fn is_booked(&self, now: DateTime<Utc>) -> bool {
        self.posted.is_some_and(|posted| posted <= now)
    }
}

/// What a shop asked the bank to hold before it knew the amount.
fn authorised(entry: &Entry, random: &mut Random) -> i64 {
    match &entry.kind {
        // The rate of the day of settlement is another one.
        Kind::Abroad { .. } => entry.cents * random.between(970, 1_030) / 1_000,
        // Fuel: a round sum before the pump is used.
        _ if random.chance(30) => -10_000,
        // A tip is added later.
        _ => entry.cents * 100 / random.between(105, 120),
    }
}

/// The profiles of an institution in the order in which they came, each with the first day whose movements follow it.
pub(crate) type Profiles = Vec<(NaiveDate, Arc<BankProfile>)>;

/// What the movements of an account follow from.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) kind: AccountKind,
    pub(crate) currency: String,
    pub(crate) key: u64,
    pub(crate) opened: NaiveDate,
    /// Whether there are made-up movements at all.
    pub(crate) made_up: bool,
    /// The balance before all of them.
    pub(crate) opening: i64,
}

/// The movements of an account up to a day.
#[derive(Clone, Debug)]
pub(crate) struct History {
    source: Source,
    profiles: Profiles,
    /// The first day whose movements are not made yet.
    next: NaiveDate,
    /// By the moment they were made.
    movements: Vec<Movement>,
    /// Places in `movements`, by the moment they were booked.
    posted: Vec<(DateTime<Utc>, usize)>,
    /// What will be booked after the days made so far.
    waiting: BTreeSet<(DateTime<Utc>, usize)>,
    balance: i64,
}

impl History {
    pub(crate) fn new(source: Source, profiles: Profiles) -> Self {
        let (next, balance) = (source.opened, source.opening);
        Self {
            source,
            profiles,
            next,
            movements: Vec::new(),
            posted: Vec::new(),
            waiting: BTreeSet::new(),
            balance,
        }
    }

    /// Begins again with other profiles.
    pub(crate) fn restart(&mut self, profiles: Profiles) {
        *self = Self::new(self.source.clone(), profiles);
    }

    fn profile(&self, day: NaiveDate) -> Arc<BankProfile> {
        let of_day = self.profiles.iter().rfind(|(from, _)| *from <= day).or(self.profiles.first());
        of_day.map_or_else(|| Arc::new(BankProfile::calm()), |(_, profile)| Arc::clone(profile))
    }

    /// Makes the days up to that of `now`.
    fn advance(&mut self, now: DateTime<Utc>) {
        let today = now.date_naive();
        while self.source.made_up && self.next <= today {
            let (day, profile) = (self.next, self.profile(self.next));
            let source = &self.source;
            for entry in of_day(source.kind, &source.currency, source.key, day, profile.twins) {
                let movement = Movement::new(entry, &profile);
                if let Some(posted) = movement.posted {
                    self.waiting.insert((posted, self.movements.len()));
                }
                self.movements.push(movement);
            }
            let Some(next) = day.checked_add_days(Days::new(1)) else { return };
            self.next = next;
            // Nothing that is made later is booked before that.
            let end = next.and_time(NaiveTime::MIN).and_utc();
            let later = self.waiting.split_off(&(end, 0));
            for (posted, at) in std::mem::replace(&mut self.waiting, later) {
                if let Some(movement) = self.movements.get_mut(at) {
                    self.balance += movement.entry.cents;
                    movement.balance = self.balance;
                }
                self.posted.push((posted, at));
            }
        }
    }

    /// All movements that were made up to now, oldest first, each with its number.
    pub(crate) fn made(&mut self, now: DateTime<Utc>) -> impl DoubleEndedIterator<Item = (usize, &Movement)> {
        self.advance(now);
        let end = self.movements.partition_point(|movement| movement.made <= now);
        self.movements.iter().take(end).enumerate()
    }

    /// Those made lately enough to be pending now.
    pub(crate) fn recent(
        &mut self,
        now: DateTime<Utc>,
    ) -> impl DoubleEndedIterator<Item = (usize, &Movement)> {
        self.advance(now);
        let first = now.checked_sub_days(Days::new(LONGEST_DAYS)).unwrap_or(now);
        let start = self.movements.partition_point(|movement| movement.made < first);
        let end = self.movements.partition_point(|movement| movement.made <= now);
        self.movements.iter().enumerate().take(end).skip(start)
    }

    /// Those booked up to now and not before a day, in the order of booking, each with its number.
    pub(crate) fn posted(
        &mut self,
        first: NaiveDate,
        now: DateTime<Utc>,
    ) -> impl DoubleEndedIterator<Item = (usize, &Movement)> {
        self.advance(now);
        let start = self.posted.partition_point(|posted| posted.0.date_naive() < first);
        let end = self.posted.partition_point(|posted| posted.0 <= now);
        let posted = self.posted.get(start..end.max(start)).unwrap_or_default();
        posted.iter().filter_map(|(_, at)| Some((*at, self.movements.get(*at)?)))
    }

    /// The balance before the first movement.
    pub(crate) const fn opening(&self) -> i64 {
        self.source.opening
    }

    /// The booked balance.
    pub(crate) fn balance(&mut self, now: DateTime<Utc>) -> i64 {
        self.advance(now);
        let end = self.posted.partition_point(|posted| posted.0 <= now);
        let last = end.checked_sub(1).and_then(|at| self.posted.get(at));
        let last = last.and_then(|(_, at)| self.movements.get(*at));
        last.map_or(self.source.opening, |movement| movement.balance)
    }

    /// The sum of what is pending and not booked yet. What the bank never shows as pending is not part of it.
    pub(crate) fn pending(&mut self, now: DateTime<Utc>) -> i64 {
        let pending = self.recent(now).filter(|(_, movement)| movement.is_pending(now));
        pending.map(|(_, movement)| movement.pending_cents).sum()
    }
}
