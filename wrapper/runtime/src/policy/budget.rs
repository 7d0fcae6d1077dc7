//! The company's budgets: how many calls of a group of operations all of its programs send in a minute or an hour.
//!
//! Each is an exact log of the calls within the window. The service allows 100 calls of accounts a minute; 90 of them are
//! used, because shared state may lose its last writes. What counts is when calls arrive, which nobody here knows: a call
//! that ends within [`LATENESS`] is counted by when it could be sent, in a window that is longer by as much; one that takes
//! longer is counted again by when it ended. Facts: `docs/api.md#company-limits`.

use std::time::Duration;

use gocardless_bank_data_types::{Operation, OperationClass};
use serde::{Deserialize, Serialize};

use super::retry::LONGEST_DELAY;
use crate::state::{Form, Moment, Recovery, StateRecord, stored};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);

/// How much later than its place in the budget a call may end without being counted again.
pub(crate) const LATENESS: Duration = Duration::from_secs(1);

/// Token pairs that a company obtains in any hour. The service allows 100.
const OBTAINS_AN_HOUR: u32 = 60;

/// How calls are spread over time, so that the limits of the company are kept.
///
/// A call for which the current minute has no place left waits for one, up to ten seconds and within its deadline; one that
/// would wait longer fails at once with [`Error::Budget`](gocardless_bank_data_types::Error::Budget), which says when there
/// is a place. Reads of an account beyond its four a day fail in the same way.
///
/// ```
/// use gocardless_bank_data_runtime::policy::Pacing;
///
/// // Another program of the company needs half of its calls.
/// let pacing = Pacing::per_minute(45);
/// // Without shared state, four processes get a quarter each.
/// let alone = Pacing::default().processes(4);
/// # let _ = (pacing, alone);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pacing {
    per_minute: Option<u32>,
    processes: u32,
    fails_in_outages: bool,
}

impl Default for Pacing {
    /// 90 calls of accounts a minute, for one process, or for all that share their state.
    fn default() -> Self {
        Self::per_minute(90)
    }
}

impl Pacing {
    /// Allows this many calls of accounts a minute, of the 100 that the service allows a company; at least one. The other groups of
    /// operations get the same share of their limits.
    #[must_use]
    pub fn per_minute(calls: u32) -> Self {
        Self { per_minute: Some(calls.max(1)), processes: 1, fails_in_outages: false }
    }

    /// Turns off pacing and the quotas of reads: the service refuses what is beyond its limits. The hourly limit of token pairs
    /// and the circuit breakers stay.
    #[must_use]
    pub fn off() -> Self {
        Self { per_minute: None, ..Self::default() }
    }

    /// How many processes there are, at least one; 1 by default. Each takes its part of the budget for itself while it
    /// shares no state with the others: because it has none that is shared, or because that cannot be reached. With more
    /// than one, shared state that is found empty counts as lost, and not as new: for 70 seconds all processes together send
    /// five calls a minute, because they cannot know of those before.
    #[must_use]
    pub fn processes(self, processes: u32) -> Self {
        Self { processes: processes.max(1), ..self }
    }

    /// Fails calls while shared state cannot be reached, instead of going on in memory.
    #[must_use]
    pub fn fail_in_outages(self) -> Self {
        Self { fails_in_outages: true, ..self }
    }

    pub(crate) fn fails_in_outages(self) -> bool {
        self.fails_in_outages
    }

    /// Whether there are no other processes, as far as the client is configured.
    pub(crate) fn is_alone(self) -> bool {
        self.processes == 1
    }

    pub(crate) fn is_on(self) -> bool {
        self.per_minute.is_some()
    }

    /// How many calls of a group are sent within its window; `None` if any number is.
    pub(crate) fn limit(self, group: Group, is_shared: bool) -> Option<Limit> {
        let (calls, window) = match group {
            Group::Obtains => (OBTAINS_AN_HOUR, HOUR),
            Group::Institutions | Group::Reads => (self.per_minute?.saturating_mul(3), MINUTE),
            _ => (self.per_minute?, MINUTE),
        };
        let calls = if is_shared { calls } else { (calls / self.processes).max(1) };
        Some(Limit { calls, window: window + LATENESS })
    }
}

/// Operations that share one limit of the company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    Accounts,
    Institutions,
    Creates,
    Reads,
    Accepts,
    Deletes,
    Obtains,
    Refreshes,
}

impl Group {
    /// All of them, in their order.
    pub(crate) const ALL: &[Self] = &[
        Self::Accounts,
        Self::Institutions,
        Self::Creates,
        Self::Reads,
        Self::Accepts,
        Self::Deletes,
        Self::Obtains,
        Self::Refreshes,
    ];

    pub(crate) fn of(operation: Operation) -> Self {
        let path = operation.path().strip_prefix("/api/v2/").unwrap_or_default();
        match operation.method() {
            _ if operation.class() == OperationClass::Token && path.starts_with("token/refresh/") => {
                Self::Refreshes
            }
            _ if operation.class() == OperationClass::Token => Self::Obtains,
            "GET" if path.starts_with("accounts/") => Self::Accounts,
            "GET" if path.starts_with("institutions/") => Self::Institutions,
            "GET" => Self::Reads,
            "PUT" => Self::Accepts,
            "DELETE" => Self::Deletes,
            _ => Self::Creates,
        }
    }

    /// Its name in the key of its log.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Accounts => "calls-accounts",
            Self::Institutions => "calls-institutions",
            Self::Creates => "calls-creates",
            Self::Reads => "calls-reads",
            Self::Accepts => "calls-accepts",
            Self::Deletes => "calls-deletes",
            Self::Obtains => "calls-obtains",
            Self::Refreshes => "calls-refreshes",
        }
    }
}

/// So many calls in any window of this length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit {
    pub(crate) calls: u32,
    pub(crate) window: Duration,
}

impl Limit {
    /// How many calls all processes together send within a window while not all earlier ones are known: five beside 90.
    /// That is half of what the budget leaves free of the service's 100; the other half is for calls that arrive late.
    fn in_recovery(self) -> usize {
        usize::try_from((self.calls / 18).max(1)).unwrap_or(usize::MAX)
    }
}

/// When the last calls of a group were sent, or will be.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct CallLog {
    #[serde(rename = "v")]
    form: Form,
    /// In order; the last ones may lie ahead, because a call that waits has its place already.
    #[serde(with = "stored::gaps")]
    calls: Vec<Moment>,
    /// Until when the service said that there is no call left.
    #[serde(default, skip_serializing_if = "stored::is_default")]
    closed_until: Moment,
}

impl StateRecord for CallLog {
    const TTL: Duration = Duration::from_secs(2 * 60 * 60);

    // Two calls of the same millisecond write the same log.
    const IS_UNIQUE: bool = false;

    fn merge(&mut self, learned: Self) {
        merge_in_order(&mut self.calls, learned.calls);
        self.closed_until = self.closed_until.max(learned.closed_until);
    }
}

/// Adds what only `learned` knows; both are in order. A call that both know of is one call.
pub(super) fn merge_in_order(known: &mut Vec<Moment>, learned: Vec<Moment>) {
    let mut others = learned.into_iter().peekable();
    for call in std::mem::take(known) {
        while let Some(other) = others.next_if(|other| *other < call) {
            known.push(other);
        }
        let _ = others.next_if_eq(&call);
        known.push(call);
    }
    known.extend(others);
}

impl CallLog {
    /// The place of a call that can wait for as long as `patience`, or else the instant at which there is one.
    ///
    /// # Errors
    /// The instant, if it is too far away; then no place is taken.
    pub(crate) fn take(
        &mut self,
        limit: Limit,
        recovery: Option<Recovery>,
        now: Moment,
        patience: Duration,
    ) -> Result<Moment, Moment> {
        self.forget(limit.window, now);
        let calls = usize::try_from(limit.calls).unwrap_or(usize::MAX);
        let in_turn = self.calls.len().checked_sub(calls).and_then(|before| self.calls.get(before));
        let in_turn = in_turn.map_or(now, |at| at.plus(limit.window));
        // Never before a place that is taken already, so that callers are served in the order in which they came.
        let last = self.calls.last().copied().unwrap_or_default();
        let mut place = now.max(in_turn).max(self.closed_until).max(last);
        if let Some(recovery) = recovery {
            let known = self.calls.partition_point(|call| *call < recovery.from);
            if self.calls.len() - known >= limit.in_recovery() {
                place = place.max(recovery.until);
            }
        }
        if place.since(now) > patience {
            return Err(place);
        }
        self.calls.push(place);
        Ok(place)
    }

    /// Counts further calls at `now` that were sent already.
    pub(crate) fn add(&mut self, calls: usize, now: Moment) {
        self.calls.extend(std::iter::repeat_n(now, calls));
        self.calls.sort_unstable();
    }

    /// Gives back the place of a call that was not sent.
    pub(crate) fn give_back(&mut self, place: Moment) {
        if let Some(at) = self.calls.iter().rposition(|call| *call == place) {
            self.calls.remove(at);
        }
    }

    /// Counts a call that took long by when it ended, since it arrived after its place and no later than that.
    pub(crate) fn ended_late(&mut self, place: Moment, now: Moment) {
        self.give_back(place);
        self.add(1, now);
    }

    /// Lets no call through before this instant, because the service said so; at most for an hour, the longest window.
    pub(crate) fn close(&mut self, until: Moment, now: Moment) {
        self.closed_until = self.closed_until.max(until.min(now.plus(HOUR)));
    }

    /// Whether a call lies further ahead than one waits: the clock was set back since.
    pub(crate) fn is_ahead_of(&self, now: Moment) -> bool {
        self.calls.last().is_some_and(|last| *last > now.plus(LONGEST_DELAY))
    }

    fn forget(&mut self, window: Duration, now: Moment) {
        // What lies ahead of a clock that was set back counts as just sent.
        if self.is_ahead_of(now) {
            let furthest = now.plus(LONGEST_DELAY);
            for call in &mut self.calls {
                *call = if *call > furthest { now } else { *call };
            }
            self.calls.sort_unstable();
        }
        self.closed_until = self.closed_until.min(now.plus(window));
        // Nearly every call finds nothing to forget.
        if self.calls.first().is_some_and(|first| first.plus(window) <= now) {
            let kept = self.calls.partition_point(|call| call.plus(window) <= now);
            self.calls.drain(..kept);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gocardless_bank_data_generated::operation;

    const SECOND: Duration = Duration::from_secs(1);
    const NINETY: Limit = Limit { calls: 90, window: MINUTE };
    const NOW: Moment = Moment(1_700_000_000_000);

    #[test]
    fn every_operation_has_the_group_that_its_limit_counts() {
        let groups: Vec<_> = operation::ALL.iter().map(|it| (it.id(), Group::of(*it))).collect();
        let of = |group| groups.iter().filter(|(_, of)| *of == group).map(|(id, _)| *id).collect::<Vec<_>>();
        let accounts: Vec<_> =
            operation::ALL.iter().map(Operation::id).filter(|id| id.starts_with("get_account")).collect();
        assert_eq!(of(Group::Accounts), accounts);
        assert_eq!(of(Group::Institutions), ["list_institutions", "get_institution"]);
        assert_eq!(of(Group::Creates), ["create_agreement", "create_reconfirmation", "create_requisition"]);
        assert_eq!(of(Group::Accepts), ["accept_agreement"]);
        assert_eq!(of(Group::Deletes), ["delete_agreement", "delete_requisition"]);
        assert_eq!(
            (of(Group::Obtains), of(Group::Refreshes)),
            (vec!["obtain_token_pair"], vec!["refresh_access_token"])
        );
        assert_eq!(of(Group::Reads).len(), 5);
    }

    #[test]
    fn each_group_gets_the_same_share_and_a_process_alone_its_part_of_it() {
        let limit = |pacing: Pacing, group, shared| pacing.limit(group, shared).map(|limit| limit.calls);
        let usual = Pacing::default();
        assert_eq!(limit(usual, Group::Accounts, true), Some(90));
        assert_eq!(limit(usual, Group::Institutions, false), Some(270));
        assert_eq!(limit(usual.processes(4), Group::Accounts, false), Some(22));
        assert_eq!(limit(usual.processes(4), Group::Accounts, true), Some(90));
        assert_eq!(limit(usual.processes(1_000), Group::Accounts, false), Some(1));
        assert_eq!(limit(Pacing::off(), Group::Accounts, true), None);
        assert_eq!(limit(Pacing::off(), Group::Obtains, true), Some(60), "tokens are always limited");
    }

    #[test]
    fn ninety_calls_go_at_once_and_the_next_waits_until_the_first_is_a_minute_old() {
        let mut log = CallLog::default();
        for _ in 0..90 {
            assert_eq!(log.take(NINETY, None, NOW, Duration::ZERO), Ok(NOW));
        }
        let free = NOW.plus(MINUTE);
        assert_eq!(log.take(NINETY, None, NOW, 10 * SECOND), Err(free));
        let soon = NOW.plus(51 * SECOND);
        for _ in 0..90 {
            assert_eq!(log.take(NINETY, None, soon, 10 * SECOND), Ok(free));
        }
        assert_eq!(log.take(NINETY, None, soon, 10 * SECOND), Err(free.plus(MINUTE)));
        log.give_back(free);
        assert_eq!(log.take(NINETY, None, soon, 10 * SECOND), Ok(free));
    }

    #[test]
    fn what_the_service_says_closes_the_log_for_a_window_at_most() {
        let mut log = CallLog::default();
        log.close(NOW.plus(37 * SECOND), NOW);
        assert_eq!(log.take(NINETY, None, NOW, Duration::ZERO), Err(NOW.plus(37 * SECOND)));
        log.close(Moment(u64::MAX), NOW);
        assert_eq!(log.take(NINETY, None, NOW, Duration::ZERO), Err(NOW.plus(MINUTE)));
        assert_eq!(log.take(NINETY, None, NOW.plus(MINUTE), Duration::ZERO), Ok(NOW.plus(MINUTE)));
    }

    #[test]
    fn a_clock_that_was_set_back_by_a_day_costs_a_minute() {
        let mut log = CallLog::default();
        for _ in 0..90 {
            log.take(NINETY, None, NOW, Duration::ZERO).unwrap();
        }
        let before = NOW.minus(24 * HOUR);
        assert_eq!(log.take(NINETY, None, before, Duration::ZERO), Err(before.plus(MINUTE)));
        assert_eq!(log.take(NINETY, None, before.plus(MINUTE), Duration::ZERO), Ok(before.plus(MINUTE)));
    }

    #[test]
    fn a_call_that_both_logs_know_of_is_counted_once_when_they_are_merged() {
        let log = |calls: &[u64]| {
            let calls = calls.iter().map(|ms| NOW.plus(Duration::from_millis(*ms))).collect();
            CallLog { calls, ..CallLog::default() }
        };
        for (one, other, both) in [
            (&[1, 3, 3, 9][..], &[2, 3, 9, 9, 10][..], &[1, 2, 3, 3, 9, 9, 10][..]),
            (&[], &[1, 1], &[1, 1]),
            (&[4], &[], &[4]),
        ] {
            let mut merged = log(one);
            merged.merge(log(other));
            assert_eq!(merged, log(both));
        }
    }

    #[test]
    fn a_log_is_stored_as_gaps_and_comes_back_as_it_was() {
        let mut log = CallLog::default();
        for ms in [0, 5, 5, 1_000] {
            log.calls.push(Moment(NOW.0 + ms));
        }
        let text = serde_json::to_string(&log).unwrap();
        assert_eq!(text, r#"{"v":2,"calls":[1700000000000,5,0,995]}"#);
        assert_eq!(serde_json::from_str::<CallLog>(&text).unwrap(), log);
        assert!(serde_json::from_str::<CallLog>(r#"{"v":1,"calls":[]}"#).is_err());
    }

    /// Calls that arrive at some time between their place and their end, which is up to 30 seconds later.
    #[test]
    fn no_lateness_makes_more_calls_arrive_in_a_minute_than_allowed() {
        let mut random = crate::policy::histories::Random(11);
        let mut millis = |below: u32| Duration::from_millis(u64::from(random.below(below)));
        for history in 0..crate::policy::histories::histories() / 20 {
            let limit = Limit { calls: 5, window: MINUTE + LATENESS };
            let (mut log, mut now) = (CallLog::default(), NOW);
            let (mut in_flight, mut arrived) = (Vec::<(Moment, Moment)>::new(), Vec::new());
            for _ in 0..200 {
                now = now.plus(millis(9_000));
                in_flight.sort_unstable();
                let ended = in_flight.partition_point(|(end, _)| *end <= now);
                for (end, place) in in_flight.drain(..ended) {
                    if end.since(place) > LATENESS {
                        log.ended_late(place, end);
                    }
                }
                let Ok(place) = log.take(limit, None, now, millis(10_000)) else { continue };
                let lasts = if millis(2).is_zero() { millis(30_000) } else { millis(1_000) };
                in_flight.push((place.plus(lasts), place));
                arrived.push(place.plus(lasts.mul_f64(millis(1_001).as_secs_f64())));
            }
            arrived.sort_unstable();
            for (first, at) in arrived.iter().enumerate() {
                let within = arrived[first..].partition_point(|call| *call < at.plus(MINUTE));
                assert!(within <= 5, "history {history}: {within} calls in a minute");
            }
        }
    }

    /// Random histories against a list of all calls ever sent.
    #[test]
    fn no_history_has_more_calls_in_a_window_than_allowed_or_leaves_a_free_place_unused() {
        let mut random = crate::policy::histories::Random(7);
        for history in 0..crate::policy::histories::histories() {
            let limit = Limit { calls: 1 + random.below(5), window: 10 * SECOND };
            let (mut log, mut sent, mut now) = (CallLog::default(), Vec::<Moment>::new(), NOW);
            for _ in 0..20 {
                now = now.plus(Duration::from_millis(u64::from(random.below(6_000))));
                let patience = Duration::from_millis(u64::from(random.below(10_000)));
                let fits = |at: Moment| {
                    let within = sent.iter().filter(|call| call.plus(limit.window) > at && **call <= at);
                    within.count() < usize::try_from(limit.calls).unwrap()
                };
                // The simple model: the first instant, at or after the last call, at which the window has a place.
                let earliest = now.max(sent.last().copied().unwrap_or_default());
                let ends = sent.iter().map(|call| call.plus(limit.window)).filter(|end| *end > earliest);
                let place = std::iter::once(earliest).chain(ends).find(|at| fits(*at)).unwrap();
                let expected = if place.since(now) > patience { Err(place) } else { Ok(place) };
                assert_eq!(log.take(limit, None, now, patience), expected, "history {history}");
                sent.extend(expected.ok());
            }
        }
    }
}
