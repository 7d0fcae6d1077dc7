//! From which day on to ask for transactions.

use chrono::{Days, NaiveDate};

/// No bank shows more than ten years.
const LONGEST: u64 = 3_660;

/// How far a window reaches back before the last success. Banks date entries back by some days, and move days; the length of
/// a window costs no read, so it is twice the week that most programs take.
const OVERLAP_DAYS: u32 = 14;
/// A bank whose newest entry is older than this is not slow: the account is quiet.
const SLOW_DAYS: u64 = 30;
/// A pending entry that is older than this is not waited for.
const PENDING_DAYS: u64 = 45;

/// What a [`Window`] follows from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WindowFacts {
    /// The day of the last successful read of transactions. `None`: no read has succeeded.
    pub last_success: Option<NaiveDate>,
    /// The day of the newest booked entry that is known.
    pub newest_booked: Option<NaiveDate>,
    /// The day of the oldest entry that is known as pending.
    pub oldest_pending: Option<NaiveDate>,
    /// The first day that the consent covers.
    pub consent_from: Option<NaiveDate>,
    /// Whether no read has succeeded since the consent began. It may reach further back than the one before.
    pub is_new_consent: bool,
    /// How many days back the bank's own history reaches, the institution's `transaction_total_days`.
    pub bank_days: Option<u32>,
    /// How many days before the last success the window begins; `None` is 14.
    pub overlap_days: Option<u32>,
    /// Whether the account has had entries without a date. The API lists them only if no day is asked for
    /// (`docs/api.md#either-date`).
    pub undated: bool,
}

/// Days of which transactions can no longer be had: the last success was before them, and consent and bank reach back to the day
/// after them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

/// From which day on to ask for transactions. It has no end: banks date entries ahead, too.
///
/// ```
/// use gocardless_bank_data_sync::{Window, WindowFacts};
///
/// let day = |day| chrono::NaiveDate::from_ymd_opt(2026, 3, day).expect("a day");
/// let facts = WindowFacts { last_success: Some(day(20)), newest_booked: Some(day(19)), ..WindowFacts::default() };
/// let window = Window::of(&facts, day(21));
/// assert_eq!(window.from, Some(day(5)));
/// assert_eq!(window.gap, None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// The first day to ask for. `None`: all that there is, for the first read and where entries have no date.
    pub from: Option<NaiveDate>,
    /// What can no longer be had.
    pub gap: Option<Gap>,
}

impl Window {
    /// The window of a read on this day.
    #[must_use]
    pub fn of(facts: &WindowFacts, today: NaiveDate) -> Self {
        let back =
            |day: NaiveDate, days: u64| day.checked_sub_days(Days::new(days.min(LONGEST))).unwrap_or(day);
        // A clock that was ahead may have written a day that has not come.
        let Some(last) = facts.last_success.map(|day| day.min(today)) else { return Self::default() };
        let reached = facts.newest_booked.map_or(last, |newest| newest.clamp(back(last, SLOW_DAYS), last));
        let mut from = back(reached, u64::from(facts.overlap_days.unwrap_or(OVERLAP_DAYS)));
        if let Some(pending) = facts.oldest_pending.filter(|day| *day > back(today, PENDING_DAYS)) {
            from = from.min(back(pending, 1));
        }
        if facts.is_new_consent {
            from = facts.consent_from.map_or(from, |first| first.min(from));
        }
        let of_bank = facts.bank_days.map(|days| back(today, u64::from(days)));
        let earliest = facts.consent_from.into_iter().chain(of_bank).max();
        let gap = earliest.filter(|day| *day > last).map(|day| Gap { from: last, to: back(day, 1) });
        let from = earliest.map_or(from, |earliest| from.max(earliest));
        Self { from: (!facts.undated).then_some(from), gap }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_first_read_asks_for_all_that_there_is() {
        assert_eq!(Window::of(&WindowFacts::default(), day("2026-03-01")), Window::default());
    }

    #[test]
    fn a_window_begins_before_the_last_success_and_earlier_if_the_bank_is_slow_or_an_entry_is_pending() {
        let facts = WindowFacts {
            last_success: Some(day("2026-03-20")),
            newest_booked: Some(day("2026-03-20")),
            ..WindowFacts::default()
        };
        let of = |facts: &WindowFacts| Window::of(facts, day("2026-03-21")).from;
        assert_eq!(of(&facts), Some(day("2026-03-06")));
        let slow = WindowFacts { newest_booked: Some(day("2026-03-10")), ..facts.clone() };
        assert_eq!(of(&slow), Some(day("2026-02-24")));
        let quiet = WindowFacts { newest_booked: Some(day("2024-03-10")), ..facts.clone() };
        assert_eq!(of(&quiet), Some(day("2026-02-04")));
        let pending = WindowFacts { oldest_pending: Some(day("2026-03-02")), ..facts.clone() };
        assert_eq!(of(&pending), Some(day("2026-03-01")));
        let forgotten = WindowFacts { oldest_pending: Some(day("2025-03-02")), ..facts.clone() };
        assert_eq!(of(&forgotten), Some(day("2026-03-06")));
        let undated = WindowFacts { undated: true, ..facts.clone() };
        assert_eq!(of(&undated), None);
        let dated_ahead = WindowFacts { newest_booked: Some(day("2026-04-10")), ..facts };
        assert_eq!(of(&dated_ahead), Some(day("2026-03-06")));
    }

    #[test]
    fn a_gap_that_neither_consent_nor_bank_reach_is_reported() {
        let facts = WindowFacts {
            last_success: Some(day("2026-01-10")),
            consent_from: Some(day("2026-02-01")),
            bank_days: Some(90),
            ..WindowFacts::default()
        };
        let window = Window::of(&facts, day("2026-05-02"));
        assert_eq!(window.from, Some(day("2026-02-01")));
        assert_eq!(window.gap, Some(Gap { from: day("2026-01-10"), to: day("2026-01-31") }));
        let reached = Window::of(&facts, day("2026-02-03"));
        assert_eq!(reached.from, Some(day("2026-02-01")));
        let all = WindowFacts { consent_from: Some(day("2025-12-01")), ..facts };
        assert_eq!(Window::of(&all, day("2026-03-02")).gap, None);
    }

    #[test]
    fn the_first_window_of_a_new_consent_begins_with_its_history_as_far_as_the_bank_has_it() {
        let facts = WindowFacts {
            last_success: Some(day("2026-03-20")),
            newest_booked: Some(day("2026-03-20")),
            consent_from: Some(day("2025-03-21")),
            is_new_consent: true,
            ..WindowFacts::default()
        };
        let from = |facts: &WindowFacts| Window::of(facts, day("2026-03-21")).from;
        assert_eq!(from(&facts), Some(day("2025-03-21")));
        assert_eq!(from(&WindowFacts { bank_days: Some(90), ..facts.clone() }), Some(day("2025-12-21")));
        assert_eq!(from(&WindowFacts { is_new_consent: false, ..facts }), Some(day("2026-03-06")));
    }
}
