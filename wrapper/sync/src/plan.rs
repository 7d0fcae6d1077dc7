//! Which reads to make now, which later, and which not.

use chrono::{DateTime, TimeDelta, Utc};
use gocardless_bank_data::AccessScope;

/// A kind of data that is read from an account, and counts against its own four reads a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Transactions.
    Transactions,
    /// Balances.
    Balances,
    /// Details, which hardly change.
    Details,
}

impl Kind {
    /// All kinds, the most important first.
    pub const ALL: [Self; 3] = [Self::Transactions, Self::Balances, Self::Details];

    /// `transactions`, `balances` or `details`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Transactions => "transactions",
            Self::Balances => "balances",
            Self::Details => "details",
        }
    }

    /// The part of a consent that covers it.
    #[must_use]
    pub const fn scope(self) -> AccessScope {
        match self {
            Self::Transactions => AccessScope::Transactions,
            Self::Balances => AccessScope::Balances,
            Self::Details => AccessScope::Details,
        }
    }
}

/// What a plan needs to know about one kind of data of an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadFacts {
    /// When it was last read with success.
    pub last_success: Option<DateTime<Utc>>,
    /// When there is a read left, if there is none now.
    pub no_read_until: Option<DateTime<Utc>>,
    /// Whether the consent covers it.
    pub is_covered: bool,
}

/// What a plan needs to know about an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanFacts {
    /// When the consent ends.
    pub consent_ends: Option<DateTime<Utc>>,
    /// Whether the consent has ended for another reason, or the account awaits a decision.
    pub is_stopped: bool,
    /// Until when its circuit breaker is open, or an earlier failure asks to wait.
    pub wait_until: Option<DateTime<Utc>>,
    /// In the order of [`Kind::ALL`].
    pub reads: [ReadFacts; 3],
}

/// When a read is to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// As soon as the budget of the company has a place: at this instant at the latest.
    Now(DateTime<Utc>),
    /// At this instant, for this reason.
    At(DateTime<Utc>, Reason),
    /// Not at all, for this reason.
    Never(Reason),
}

/// Why a read is not made now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// It was read not long ago: within the interval of the settings.
    Fresh,
    /// The account's reads of this kind are used up.
    NoReadLeft,
    /// The account's circuit breaker is open, or a failure asks to wait.
    Waiting,
    /// The consent has ended, or a person must decide something.
    Stopped,
    /// The consent does not cover it.
    NotCovered,
}

impl Reason {
    /// The reason in words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fresh => "it is fresh enough",
            Self::NoReadLeft => "its reads are used up",
            Self::Waiting => "an earlier failure asks to wait",
            Self::Stopped => "the consent has ended or a person must decide",
            Self::NotCovered => "the consent does not cover it",
        }
    }
}

/// One read of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedRead {
    /// The place of the account among those that were given.
    pub account: usize,
    /// The kind of data.
    pub kind: Kind,
    /// When.
    pub when: When,
}

/// How often data is wanted, and how many calls the company has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanSettings {
    /// Transactions and balances are not read again within this time; five hours by default. What is left of an account's four
    /// reads a day counts beside it.
    pub interval: TimeDelta,
    /// Details are not read again within this time; 30 days by default.
    pub details_interval: TimeDelta,
    /// How many calls of accounts a minute this program may make; 90 by default.
    pub calls_per_minute: u32,
}

impl PlanSettings {
    /// How long what was read of this kind is fresh.
    pub(crate) fn interval(&self, kind: Kind) -> TimeDelta {
        if kind == Kind::Details { self.details_interval } else { self.interval }
    }
}

impl Default for PlanSettings {
    fn default() -> Self {
        Self { interval: TimeDelta::hours(5), details_interval: TimeDelta::days(30), calls_per_minute: 90 }
    }
}

/// Which reads to make now, which later, and which not: each kind of each account once.
///
/// The account that has waited longest comes first, and all reads of an account together.
///
/// ```
/// use chrono::{TimeDelta, Utc};
/// use gocardless_bank_data_sync::{Plan, PlanFacts, PlanSettings, ReadFacts, When};
///
/// let now = Utc::now();
/// let covered = ReadFacts { is_covered: true, ..ReadFacts::default() };
/// let account = PlanFacts { consent_ends: Some(now + TimeDelta::days(80)), reads: [covered; 3], ..PlanFacts::default() };
/// let plan = Plan::of(&[account], now, &PlanSettings::default());
/// assert_eq!(plan.now().count(), 3);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The reads: those to be made now in their order, then the others.
    pub reads: Vec<PlannedRead>,
}

impl Plan {
    /// A plan for these accounts at an instant.
    #[must_use]
    pub fn of(accounts: &[PlanFacts], now: DateTime<Utc>, settings: &PlanSettings) -> Self {
        let mut order: Vec<usize> = (0..accounts.len()).collect();
        // `None`, never read, comes first. The sort is stable, so equal ones keep their order.
        let longest_waiting = |index: &usize| {
            accounts.get(*index).and_then(|account| account.reads.first()).and_then(|read| read.last_success)
        };
        order.sort_by_key(longest_waiting);
        let (mut now_reads, mut others) = (Vec::new(), Vec::new());
        for account in order {
            let Some(facts) = accounts.get(account) else { continue };
            for (kind, read) in Kind::ALL.into_iter().zip(&facts.reads) {
                match decide(facts, read, kind, now, settings) {
                    None => now_reads.push((account, kind)),
                    Some(when) => others.push(PlannedRead { account, kind, when }),
                }
            }
        }
        let per_minute = i64::from(settings.calls_per_minute.max(1));
        let place = |number: usize| {
            let number = i64::try_from(number).unwrap_or(i64::MAX);
            now.checked_add_signed(TimeDelta::minutes(number / per_minute)).unwrap_or(now)
        };
        let mut reads: Vec<PlannedRead> = now_reads
            .into_iter()
            .enumerate()
            .map(|(number, (account, kind))| PlannedRead { account, kind, when: When::Now(place(number)) })
            .collect();
        reads.extend(others);
        Self { reads }
    }

    /// The reads to be made now, in their order.
    pub fn now(&self) -> impl Iterator<Item = &PlannedRead> {
        self.reads.iter().filter(|read| matches!(read.when, When::Now(_)))
    }

    /// When the next read is due that is not due now.
    #[must_use]
    pub fn next(&self) -> Option<DateTime<Utc>> {
        let later = self.reads.iter().filter_map(|read| match read.when {
            When::At(at, _) => Some(at),
            _ => None,
        });
        later.min()
    }
}

/// `None`: now.
fn decide(
    facts: &PlanFacts,
    read: &ReadFacts,
    kind: Kind,
    now: DateTime<Utc>,
    settings: &PlanSettings,
) -> Option<When> {
    if facts.is_stopped || facts.consent_ends.is_some_and(|ends| ends <= now) {
        return Some(When::Never(Reason::Stopped));
    }
    if !read.is_covered {
        return Some(When::Never(Reason::NotCovered));
    }
    // A clock that was ahead may have written an instant that has not come, which says nothing.
    let last_success = read.last_success.filter(|last| *last <= now);
    let fresh_until = last_success.and_then(|last| last.checked_add_signed(settings.interval(kind)));
    let waits = [
        (facts.wait_until, Reason::Waiting),
        (read.no_read_until, Reason::NoReadLeft),
        (fresh_until, Reason::Fresh),
    ];
    let waits =
        waits.into_iter().filter_map(|(until, reason)| Some((until.filter(|until| *until > now)?, reason)));
    let (until, reason) = waits.max_by_key(|(until, _)| *until)?;
    // The consent ends before then.
    if facts.consent_ends.is_some_and(|ends| ends <= until) {
        return Some(When::Never(Reason::Stopped));
    }
    Some(When::At(until, reason))
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;

    fn now() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 3, 1, 2, 0, 0).unwrap()
    }

    fn account(hours_ago: Option<i64>) -> PlanFacts {
        let read = ReadFacts {
            last_success: hours_ago.map(|hours| now() - TimeDelta::hours(hours)),
            no_read_until: None,
            is_covered: true,
        };
        PlanFacts {
            consent_ends: Some(now() + TimeDelta::days(30)),
            reads: [read; 3],
            ..PlanFacts::default()
        }
    }

    #[test]
    fn a_night_of_ten_thousand_accounts_keeps_to_the_budget_forgets_none_and_reads_none_twice() {
        let accounts: Vec<PlanFacts> = (0..10_000).map(|index| account(Some(20 + index % 7))).collect();
        let plan = Plan::of(&accounts, now(), &PlanSettings::default());
        let due: Vec<&PlannedRead> = plan.now().collect();
        assert_eq!(due.len(), 20_000, "transactions and balances of each; details are fresh");
        let mut pairs: Vec<(usize, Kind)> = plan.reads.iter().map(|read| (read.account, read.kind)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        assert_eq!(pairs.len(), 30_000);
        let mut minutes = std::collections::BTreeMap::new();
        for read in &due {
            let When::Now(at) = read.when else { unreachable!() };
            *minutes.entry(at).or_insert(0) += 1;
        }
        assert!(minutes.values().all(|calls| *calls <= 90));
        assert_eq!(minutes.len(), 223);
        // Fair: an account that has waited longer is not after one that has waited less.
        let waited: Vec<i64> = due.iter().map(|read| i64::try_from(20 + read.account % 7).unwrap()).collect();
        assert!(waited.is_sorted_by(|one, next| one >= next));
    }

    #[test]
    fn each_read_that_is_not_made_has_its_reason() {
        let settings = PlanSettings::default();
        let first = |facts: PlanFacts| {
            let plan = Plan::of(&[facts], now(), &settings);
            plan.reads.iter().find(|read| read.kind == Kind::Transactions).unwrap().when
        };
        assert_eq!(first(account(None)), When::Now(now()));
        assert_eq!(first(account(Some(2))), When::At(now() + TimeDelta::hours(3), Reason::Fresh));
        let mut spent = account(Some(6));
        spent.reads[0].no_read_until = Some(now() + TimeDelta::hours(18));
        assert_eq!(first(spent), When::At(now() + TimeDelta::hours(18), Reason::NoReadLeft));
        let failing = PlanFacts { wait_until: Some(now() + TimeDelta::days(1)), ..account(Some(6)) };
        assert_eq!(first(failing), When::At(now() + TimeDelta::days(1), Reason::Waiting));
        let of_a_clock_that_was_ahead = account(Some(-240));
        assert_eq!(first(of_a_clock_that_was_ahead), When::Now(now()));
        let ended = PlanFacts { consent_ends: Some(now()), ..account(Some(6)) };
        assert_eq!(first(ended), When::Never(Reason::Stopped));
        let mut uncovered = account(Some(6));
        uncovered.reads[0].is_covered = false;
        assert_eq!(first(uncovered), When::Never(Reason::NotCovered));
        let too_late = PlanFacts { consent_ends: Some(now() + TimeDelta::hours(1)), ..account(Some(2)) };
        assert_eq!(first(too_late), When::Never(Reason::Stopped));
    }
}
