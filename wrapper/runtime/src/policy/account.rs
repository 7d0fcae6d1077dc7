//! The circuit breaker and the reads of each account.
//!
//! **Circuit breaker.** The service suspends an account after ten failures in a row, and only a new requisition restores
//! it. So a read goes only while failures in a row and reads in flight are fewer than five together. From the third failure
//! on the account's metadata decides, which costs no read: one that is in error is left alone, one that is ready is read by
//! one call at a time. After the fifth the account rests for a day, then two, four and eight, with one try after each;
//! after the ninth the circuit stays open until it is reset. Facts: `docs/api.md#suspension`.
//!
//! **Reads.** Each account has four successful reads of a kind in any 24 hours. A call reserves one before it is sent, and
//! settles it after: a success counts, a failure does not, and a call without an answer counts until the service says
//! otherwise. What the service says in its headers wins where it is newer or stricter. Facts: `docs/api.md#account-limits`.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use gocardless_bank_data_types::error::{ApiErrorKind, CircuitOpenError};
use gocardless_bank_data_types::{AccountStatus, Operation, RateLimit};
use serde::{Deserialize, Serialize};

use super::budget::merge_in_order;
use crate::state::{Form, Moment, StateRecord, stored};

/// How many failures in a row open the circuit of an account: half of what suspends it.
pub const TRIP_AFTER: u32 = 5;

/// From how many failures in a row on the account's metadata decides.
const ASK_AFTER: u32 = 3;

/// The last failure that is risked: the next one would suspend the account.
const LAST_FAILURE: u32 = 9;

/// How long what the metadata said is believed.
const ASK_AGAIN: Duration = Duration::from_secs(15 * 60);

/// How long one call asks for the metadata, while others wait for it.
const ASKING: Duration = Duration::from_secs(30);

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The reads of a kind that are assumed until the service says how many there are.
const READS_A_DAY: u64 = 4;

/// More reads than any bank allows in a day: a larger number is a mistake and would only make records large.
const MOST_READS: usize = 100;

/// After how long a limit without a reset is tried again.
const UNKNOWN_RESET: Duration = Duration::from_secs(60 * 60);

/// What is known of one account. There may be a million of them, so it is written in few bytes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct AccountRecord {
    #[serde(rename = "v")]
    form: Form,
    /// Failures in a row of the kind that leads to suspension.
    #[serde(rename = "f", default, skip_serializing_if = "stored::is_default")]
    failures: u32,
    /// The last of them.
    #[serde(rename = "l", default, skip_serializing_if = "stored::is_default")]
    last: Option<String>,
    #[serde(rename = "a", default, skip_serializing_if = "stored::is_default")]
    failed_at: Moment,
    /// What the metadata said since, and when.
    #[serde(rename = "s", default, skip_serializing_if = "stored::is_default")]
    status: Option<String>,
    #[serde(rename = "q", default, skip_serializing_if = "stored::is_default")]
    asked_at: Moment,
    /// Until when another call asks for it.
    #[serde(rename = "u", default, skip_serializing_if = "stored::is_default")]
    asking_until: Moment,
    /// The reads in flight.
    #[serde(rename = "h", default, skip_serializing_if = "stored::is_default")]
    held: Vec<Held>,
    /// By kind of data.
    #[serde(rename = "r", default, skip_serializing_if = "stored::is_default")]
    reads: BTreeMap<String, Reads>,
    /// The reads that ended while the engine was out of order, which may have them as still in flight.
    #[serde(rename = "e", default, skip_serializing_if = "stored::is_default")]
    ended: Vec<u64>,
}

/// One read, from its admission to its end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Read<'a> {
    /// The kind of data.
    pub(crate) kind: &'a str,
    /// A number of its own.
    pub(crate) id: u64,
    /// When it was admitted.
    pub(crate) at: Moment,
    /// Whether the engine is out of order now, so that it has to learn of this later.
    pub(crate) is_in_outage: bool,
}

/// A read in flight.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Held {
    #[serde(rename = "i")]
    id: u64,
    #[serde(rename = "k")]
    kind: String,
    #[serde(rename = "a")]
    at: Moment,
    /// When it ends by itself, because nobody settled it.
    #[serde(rename = "u")]
    until: Moment,
    /// Whether the engine does not know of it yet.
    #[serde(rename = "n", default, skip_serializing_if = "stored::is_default")]
    is_new: bool,
}

/// The reads of one kind in the last 24 hours.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Reads {
    /// How many the service allows, if it said so. Not written if it is the usual number.
    #[serde(rename = "l", default = "usual", skip_serializing_if = "is_usual")]
    limit: Option<u64>,
    /// Whether the service answered without saying how many it allows.
    #[serde(rename = "n", default, skip_serializing_if = "stored::is_default")]
    unstated: bool,
    /// Those that counted, in order.
    #[serde(rename = "c", default, skip_serializing_if = "Vec::is_empty", with = "stored::gaps_of_seconds")]
    counted: Vec<Moment>,
    /// Those that may have counted, because no answer came, in order.
    #[serde(rename = "m", default, skip_serializing_if = "Vec::is_empty", with = "stored::gaps")]
    maybe: Vec<Moment>,
    /// When the service last said how many are left.
    #[serde(rename = "h", default, skip_serializing_if = "stored::is_default")]
    heard_at: Moment,
    /// When the window ends, as the service last said.
    #[serde(rename = "e", default, skip_serializing_if = "stored::is_default", with = "stored::seconds")]
    resets_at: Moment,
    /// Until when the service said that none is left.
    #[serde(rename = "u", default, skip_serializing_if = "stored::is_default", with = "stored::seconds")]
    closed_until: Moment,
}

#[allow(clippy::unnecessary_wraps, reason = "as serde calls it")]
fn usual() -> Option<u64> {
    Some(READS_A_DAY)
}

#[allow(clippy::ref_option, reason = "as serde calls it")]
fn is_usual(limit: &Option<u64>) -> bool {
    *limit == usual()
}

/// The kind of data that an operation reads, by its name in records.
pub(crate) fn kind_of_data(operation: Operation) -> &'static str {
    match operation.id() {
        "get_account_balances" => "b",
        "get_account_details" => "d",
        "get_account_transactions" => "t",
        other => other,
    }
}

/// Whether a read may go now.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Gate {
    /// It has its reservation.
    Admitted,
    /// Other reads of the account must end first, or the answer of its metadata must come: at this instant at the latest.
    Busy(Moment),
    /// The account's metadata has to be asked first, by this call.
    AskMetadata,
    /// The circuit is open.
    Open(OpenCircuit),
    /// No read of this kind is left before this instant.
    Spent(Moment),
}

/// Why a circuit is open.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OpenCircuit {
    failures: u32,
    last: Option<ApiErrorKind>,
    status: Option<AccountStatus>,
    retry_at: Option<Moment>,
}

impl OpenCircuit {
    /// The error of a call of `operation`, for a clock that shows `local` when the engine's shows `now`.
    pub(crate) fn error(self, operation: Operation, now: Moment, local: SystemTime) -> CircuitOpenError {
        let retry_at = self.retry_at.map(|at| at.by(now, local));
        CircuitOpenError::new(operation, self.failures, self.last).until(self.status, retry_at)
    }
}

/// How a read ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Settled {
    /// It succeeded, with what the service said about the reads left.
    Succeeded(Option<RateLimit>),
    /// It was answered by an error, which does not count as a read.
    Failed {
        said: Option<RateLimit>,
        /// The failure, if it is of the kind that leads to suspension.
        strike: Option<ApiErrorKind>,
        /// When there is a read again, if this failed because there was none.
        closed_for: Option<Duration>,
    },
    /// Nothing was sent.
    NotSent,
    /// It was sent and no answer came, or none that could be read.
    Unknown,
}

impl StateRecord for AccountRecord {
    const TTL: Duration = Duration::from_secs(31 * 24 * 60 * 60);

    fn merge(&mut self, learned: Self) {
        self.failures = if learned.failed_at == self.failed_at {
            // After the same failure only a success or a reset makes a difference, and either ends the row.
            self.failures.min(learned.failures)
        } else {
            self.failures.max(learned.failures)
        };
        if learned.failed_at >= self.failed_at {
            (self.last, self.failed_at) = (learned.last, learned.failed_at);
        }
        self.held.retain(|held| !learned.ended.contains(&held.id));
        self.held.extend(learned.held.into_iter().filter(|held| held.is_new));
        self.held.iter_mut().for_each(|held| held.is_new = false);
        for (kind, learned) in learned.reads {
            let reads = self.reads.entry(kind).or_default();
            reads.limit = reads.limit.or(learned.limit);
            for (known, learned) in [(&mut reads.counted, learned.counted), (&mut reads.maybe, learned.maybe)]
            {
                merge_in_order(known, learned);
            }
            reads.closed_until = reads.closed_until.max(learned.closed_until);
        }
    }
}

impl AccountRecord {
    /// Whether a read may go now; if so, it is reserved until `until`.
    pub(crate) fn admit(&mut self, read: Read<'_>, until: Moment, is_limited: bool) -> Gate {
        let Read { kind, id, at: now, is_in_outage: is_new } = read;
        self.forget(now);
        let gate = self.circuit(now).or_else(|| is_limited.then(|| self.spent(kind, now))?);
        if let Some(gate) = gate {
            return gate;
        }
        self.held.push(Held { id, kind: kind.to_owned(), at: now, until, is_new });
        Gate::Admitted
    }

    /// What the circuit breaker says against a read.
    fn circuit(&mut self, now: Moment) -> Option<Gate> {
        let in_flight = u32::try_from(self.held.len()).unwrap_or(u32::MAX);
        if self.failures < ASK_AFTER {
            return (self.failures.saturating_add(in_flight) >= TRIP_AFTER).then(|| self.busy(now));
        }
        let rested = match self.failures {
            LAST_FAILURE.. => return Some(self.open(None)),
            failures => {
                let rests = failures.checked_sub(TRIP_AFTER).map_or(0, |over| 2_u32.saturating_pow(over));
                self.failed_at.plus(DAY.saturating_mul(rests))
            }
        };
        if now < rested {
            return Some(self.open(Some(rested)));
        }
        let known = self.asked_at > Moment::default() && now < self.asked_at.plus(ASK_AGAIN);
        match self.status() {
            _ if in_flight > 0 => Some(self.busy(now)),
            _ if !known && now < self.asking_until => Some(self.busy(now)),
            _ if !known => {
                self.asking_until = now.plus(ASKING);
                Some(Gate::AskMetadata)
            }
            Some(AccountStatus::Error | AccountStatus::Suspended | AccountStatus::Expired) => {
                Some(self.open(Some(self.asked_at.plus(ASK_AGAIN))))
            }
            _ => None,
        }
    }

    /// Why its circuit is open, if it is.
    pub(crate) fn open_circuit(mut self, now: Moment) -> Option<OpenCircuit> {
        self.forget(now);
        match self.circuit(now) {
            Some(Gate::Open(open)) => Some(open),
            _ => None,
        }
    }

    fn busy(&self, now: Moment) -> Gate {
        let ends = self.held.iter().map(|held| held.until).chain([self.asking_until]);
        Gate::Busy(ends.filter(|until| now < *until).min().unwrap_or(now))
    }

    fn open(&self, retry_at: Option<Moment>) -> Gate {
        let last = self.last.as_deref().and_then(kind_of);
        Gate::Open(OpenCircuit { failures: self.failures, last, status: self.status(), retry_at })
    }

    fn status(&self) -> Option<AccountStatus> {
        self.status.as_deref().map(AccountStatus::from)
    }

    /// What the number of reads says against another one of this kind.
    fn spent(&self, kind: &str, now: Moment) -> Option<Gate> {
        let reads = self.reads.get(kind);
        if let Some(reads) = reads.filter(|reads| now < reads.closed_until) {
            return Some(Gate::Spent(reads.closed_until));
        }
        let limit = match reads {
            Some(reads) if reads.limit.is_none() && reads.unstated => return None,
            reads => reads.and_then(|reads| reads.limit).unwrap_or(READS_A_DAY),
        };
        if self.used(kind) < limit {
            return None;
        }
        let past = reads.into_iter().flat_map(|reads| reads.counted.iter().chain(&reads.maybe));
        let held = self.held.iter().filter(|held| held.kind == kind).map(|held| held.until);
        // Those in flight may turn out not to count.
        if u64::try_from(past.clone().count()).is_ok_and(|past| past < limit)
            && let Some(ends) = held.min()
        {
            return Some(Gate::Busy(ends));
        }
        // The first instant at which one of them no longer counts. A bank that allows none at all is asked once a day.
        Some(Gate::Spent(past.min().unwrap_or(&now).plus(DAY)))
    }

    /// How many reads of this kind count, or may count, or are in flight.
    fn used(&self, kind: &str) -> u64 {
        let held = self.held.iter().filter(|held| held.kind == kind).count();
        let past = self.reads.get(kind).map_or(0, |reads| reads.counted.len() + reads.maybe.len());
        u64::try_from(held + past).unwrap_or(u64::MAX)
    }

    /// Records how a read ended.
    pub(crate) fn settle(&mut self, read: Read<'_>, now: Moment, how: Settled) {
        let Read { kind, id, .. } = read;
        self.forget(now);
        let held = self.held.iter().position(|held| held.id == id).map(|at| self.held.remove(at));
        if read.is_in_outage {
            self.ended.push(id);
        }
        let reads = self.reads.entry(kind.to_owned()).or_default();
        // Others may have been counted since the answer was made, which it does not know of then. One that came so late that
        // its reservation had ended was counted as one without an answer until now, and is believed only where it is stricter.
        if held.is_none()
            && let Some(counted) = reads.maybe.iter().position(|at| *at == read.at)
        {
            reads.maybe.remove(counted);
        }
        let began = held.map_or(Moment::default(), |held| held.at);
        let in_flight = self.held.iter().filter(|held| held.kind == kind && held.at <= began).count();
        match how {
            Settled::Succeeded(said) => {
                // A failure that came meanwhile may be younger than this success.
                if began >= self.failed_at {
                    (self.failures, self.last, self.status) = (0, None, None);
                }
                reads.succeeded(said, began, now, in_flight);
            }
            Settled::Failed { said, strike, closed_for } => {
                if let Some(said) = said {
                    reads.apply_stated(said, began, now, in_flight, false);
                }
                if let Some(time) = closed_for {
                    reads.closed_until = now.plus(time.min(DAY));
                }
                if let Some(kind) = strike {
                    self.failures = self.failures.saturating_add(1);
                    self.last = Some(name_of(kind).to_owned());
                    self.failed_at = now;
                    // What the metadata said before is no longer true.
                    (self.status, self.asked_at) = (None, Moment::default());
                }
            }
            Settled::NotSent => {}
            Settled::Unknown => reads.maybe.push(now),
        }
        if *reads == Reads::default() {
            self.reads.remove(kind);
        }
    }

    /// Records what the account's metadata said: its status, or that none came.
    pub(crate) fn metadata_came(&mut self, status: Option<&AccountStatus>, now: Moment) {
        self.status = status.map(ToString::to_string);
        (self.asked_at, self.asking_until) = (now, Moment::default());
    }

    /// Closes the circuit.
    pub(crate) fn reset(&mut self) {
        (self.failures, self.last, self.status) = (0, None, None);
    }

    /// How many reads of this kind there are, how many are left, and when there are more.
    pub(crate) fn quota(
        &mut self,
        kind: &str,
        now: Moment,
    ) -> Option<(Option<u64>, Option<u64>, Option<Moment>)> {
        self.forget(now);
        let reads = self.reads.get(kind);
        let limit = reads.and_then(|reads| reads.limit);
        let used = self.used(kind);
        if limit.is_none() && used == 0 {
            return None;
        }
        let closed = reads.map(|reads| reads.closed_until).filter(|until| now < *until);
        let left = if closed.is_some() { 0 } else { limit.unwrap_or(READS_A_DAY).saturating_sub(used) };
        let stated = reads.map(|reads| reads.resets_at).filter(|at| now < *at);
        let ages = reads.into_iter().flat_map(|reads| reads.counted.iter().chain(&reads.maybe)).min();
        let resets_at = closed.or(stated).or(ages.map(|at| at.plus(DAY)));
        Some((limit, Some(left), resets_at))
    }

    /// Whether something that has happened lies ahead: the clock was set back since. Records have whole seconds, rounded up.
    pub(crate) fn is_ahead_of(&self, now: Moment) -> bool {
        let soon = now.plus(Duration::from_secs(1));
        self.failed_at > soon
            || self.asked_at > soon
            || self.asking_until > soon.plus(ASKING)
            || self.held.iter().any(|held| held.at > soon)
            || self.reads.values().any(|reads| reads.is_ahead_of(soon))
    }

    /// Drops what no longer counts.
    fn forget(&mut self, now: Moment) {
        let Self { held, reads, .. } = self;
        held.retain_mut(|held| {
            // After the clock was set back it ends as if just made.
            if held.at > now {
                (held.at, held.until) = (now, now.plus(held.until.since(held.at)));
            }
            // A reservation that ended by itself had no answer.
            let is_alive = now < held.until && held.until <= now.plus(DAY);
            if !is_alive {
                let maybe = &mut reads.entry(held.kind.clone()).or_default().maybe;
                maybe.insert(maybe.partition_point(|at| *at <= held.at), held.at);
            }
            is_alive
        });
        for reads in reads.values_mut() {
            reads.forget(now);
        }
        reads.retain(|_, reads| *reads != Reads::default());
        self.failed_at = self.failed_at.min(now);
        self.asked_at = self.asked_at.min(now);
        self.asking_until = self.asking_until.min(now.plus(ASKING));
    }
}

impl Reads {
    /// Counts a read that succeeded, as the service says if it does.
    fn succeeded(&mut self, said: Option<RateLimit>, began: Moment, now: Moment, in_flight: usize) {
        match said {
            Some(said) if said.remaining.is_some() => self.apply_stated(said, began, now, in_flight, true),
            said => {
                self.unstated |= said.is_none();
                self.counted.push(now);
            }
        }
    }

    /// Takes over how many reads the service says are left after a call that began then. `counts`: this call is one of them.
    /// `in_flight`: how many others the service may have counted already.
    fn apply_stated(&mut self, said: RateLimit, began: Moment, now: Moment, in_flight: usize, counts: bool) {
        let Some(remaining) = said.remaining else {
            self.limit = said.limit.or(self.limit);
            return;
        };
        let limit = said.limit.or(self.limit).unwrap_or_else(|| remaining.max(READS_A_DAY));
        let used = usize::try_from(limit.saturating_sub(remaining)).unwrap_or(usize::MAX).min(MOST_READS);
        if began >= self.heard_at {
            // The newest answer knows of every read that was settled before it began: no more of them counted than it says.
            let others = used.saturating_sub(usize::from(counts));
            self.counted.drain(..self.counted.len().saturating_sub(others));
            let earlier = self.maybe.partition_point(|at| *at < began);
            self.maybe.drain(..(earlier + self.counted.len()).saturating_sub(others).min(earlier));
            if counts && used > 0 {
                self.counted.push(now);
            }
        } else if counts {
            // Of two answers that overlap this may be the older one, so only what is stricter is believed.
            self.counted.push(now);
        }
        // Reads that nobody here made, and none is making, end with the window.
        let resets_in = said.resets_in.filter(|time| !time.is_zero() && *time <= DAY);
        let lacking = used.saturating_sub(self.counted.len() + self.maybe.len() + in_flight);
        let made = now.plus(resets_in.unwrap_or(UNKNOWN_RESET)).minus(DAY);
        self.counted.extend(std::iter::repeat_n(made, lacking));
        self.counted.sort_unstable();
        (self.limit, self.unstated, self.heard_at) = (Some(limit), false, now);
        // Either says when there are reads again.
        let resets_at = resets_in.map(|time| now.plus(time));
        if remaining == 0 {
            self.closed_until = resets_at.unwrap_or_else(|| now.plus(UNKNOWN_RESET));
            self.resets_at = Moment::default();
        } else {
            self.resets_at = resets_at.unwrap_or_default();
        }
    }

    fn is_ahead_of(&self, soon: Moment) -> bool {
        self.counted.iter().chain(&self.maybe).any(|at| *at > soon) || self.closed_until > soon.plus(DAY)
    }

    fn forget(&mut self, now: Moment) {
        for list in [&mut self.counted, &mut self.maybe] {
            for at in list.iter_mut() {
                *at = (*at).min(now);
            }
            list.retain(|at| now < at.plus(DAY));
        }
        self.closed_until = self.closed_until.min(now.plus(DAY));
        self.heard_at = self.heard_at.min(now);
        if self.closed_until <= now {
            self.closed_until = Moment::default();
        }
        if self.resets_at <= now {
            self.resets_at = Moment::default();
        }
    }
}

/// The kinds of failure that lead to suspension. Records have their words.
const KINDS: &[ApiErrorKind] = &[
    ApiErrorKind::InstitutionFailed,
    ApiErrorKind::InstitutionUnavailable,
    ApiErrorKind::ConsentExpired,
    ApiErrorKind::ConsentScope,
    ApiErrorKind::AccountInactive,
    ApiErrorKind::AccountAccess,
    ApiErrorKind::AccountSuspended,
    ApiErrorKind::AccountState,
    ApiErrorKind::Server,
    ApiErrorKind::InvalidInput,
    ApiErrorKind::Other,
];

fn name_of(kind: ApiErrorKind) -> &'static str {
    if KINDS.contains(&kind) { kind.as_str() } else { ApiErrorKind::Other.as_str() }
}

fn kind_of(name: &str) -> Option<ApiErrorKind> {
    KINDS.iter().copied().find(|kind| kind.as_str() == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::histories::{Random, histories};

    const NOW: Moment = Moment(1_700_000_000_000);
    const SECOND: Duration = Duration::from_secs(1);
    const MINUTE: Duration = Duration::from_secs(60);
    const BALANCES: &str = "balances";

    fn one(kind: &str, id: u64, at: Moment) -> Read<'_> {
        Read { kind, id, at, is_in_outage: false }
    }

    fn failed() -> Settled {
        let strike = Some(ApiErrorKind::InstitutionFailed);
        Settled::Failed { said: None, strike, closed_for: None }
    }

    #[allow(clippy::unnecessary_wraps, reason = "what the service says, or `None`")]
    fn said(limit: u64, remaining: u64, resets_in: Option<Duration>) -> Option<RateLimit> {
        let mut limit_said = RateLimit::default();
        (limit_said.limit, limit_said.remaining, limit_said.resets_in) =
            (Some(limit), Some(remaining), resets_in);
        Some(limit_said)
    }

    /// A read at `now`, which ends as `how` says if it is admitted.
    fn read(account: &mut AccountRecord, now: Moment, how: Settled) -> Gate {
        let gate = account.admit(one(BALANCES, 1, now), now.plus(150 * SECOND), true);
        if gate == Gate::Admitted {
            account.settle(one(BALANCES, 1, now), now, how);
        }
        gate
    }

    /// The same, by a caller that asks for the metadata where it has to.
    fn ask_and_read(account: &mut AccountRecord, now: Moment, status: &AccountStatus, how: Settled) -> Gate {
        match read(account, now, how) {
            Gate::AskMetadata => {
                account.metadata_came(Some(status), now);
                read(account, now, how)
            }
            gate => gate,
        }
    }

    #[test]
    fn from_the_third_failure_on_the_metadata_decides() {
        let mut account = AccountRecord::default();
        for _ in 0..3 {
            assert_eq!(read(&mut account, NOW, failed()), Gate::Admitted);
        }
        assert_eq!(read(&mut account, NOW, failed()), Gate::AskMetadata);
        assert!(matches!(read(&mut account, NOW, failed()), Gate::Busy(_)), "one call asks");
        let late = NOW.plus(ASKING);
        assert_eq!(read(&mut account, late, failed()), Gate::AskMetadata, "it never came back");
        account.metadata_came(Some(&AccountStatus::Error), late);
        let Gate::Open(OpenCircuit { failures: 3, last, status, retry_at }) =
            read(&mut account, late, failed())
        else {
            panic!("an account in error is not read")
        };
        assert_eq!((last, status), (Some(ApiErrorKind::InstitutionFailed), Some(AccountStatus::Error)));
        assert_eq!(retry_at, Some(late.plus(ASK_AGAIN)));
        let again = late.plus(ASK_AGAIN);
        assert_eq!(ask_and_read(&mut account, again, &AccountStatus::Ready, failed()), Gate::Admitted);
        assert_eq!(read(&mut account, again, failed()), Gate::AskMetadata, "each failure asks again");
    }

    #[test]
    fn an_account_that_is_ready_is_read_by_one_call_at_a_time() {
        let mut account = AccountRecord::default();
        for _ in 0..3 {
            read(&mut account, NOW, failed());
        }
        assert_eq!(read(&mut account, NOW, failed()), Gate::AskMetadata);
        account.metadata_came(Some(&AccountStatus::Ready), NOW);
        let until = NOW.plus(MINUTE);
        assert_eq!(account.admit(one(BALANCES, 1, NOW), until, true), Gate::Admitted);
        assert!(matches!(account.admit(one("details", 2, NOW), until, true), Gate::Busy(_)));
        account.settle(one(BALANCES, 1, NOW), NOW, Settled::Succeeded(None));
        for id in 2..6 {
            assert_eq!(
                account.admit(one("details", id, NOW), until, true),
                Gate::Admitted,
                "the row has ended"
            );
        }
    }

    #[test]
    fn failures_and_reads_in_flight_are_never_five_together() {
        let mut account = AccountRecord::default();
        read(&mut account, NOW, failed());
        let kinds = ["a", "b", "c", "d", "e"];
        let gates = kinds.map(|kind| account.admit(one(kind, 2, NOW), NOW.plus(MINUTE), true));
        assert_eq!(gates.map(|gate| gate == Gate::Admitted), [true, true, true, true, false]);
    }

    #[test]
    fn after_the_fifth_failure_the_account_rests_for_days_and_after_the_ninth_until_it_is_reset() {
        let (mut account, mut now) = (AccountRecord::default(), NOW);
        for _ in 0..5 {
            assert_eq!(ask_and_read(&mut account, now, &AccountStatus::Ready, failed()), Gate::Admitted);
        }
        for days in [1, 2, 4, 8] {
            let rested = now.plus(days * DAY);
            for at in [now, rested.minus(SECOND)] {
                let gate = ask_and_read(&mut account, at, &AccountStatus::Ready, failed());
                assert!(matches!(&gate, Gate::Open(open) if open.retry_at == Some(rested)), "{gate:?}");
            }
            now = rested;
            assert_eq!(ask_and_read(&mut account, now, &AccountStatus::Ready, failed()), Gate::Admitted);
        }
        let gate = ask_and_read(&mut account, now.plus(365 * DAY), &AccountStatus::Ready, failed());
        assert!(matches!(&gate, Gate::Open(OpenCircuit { failures: 9, retry_at: None, .. })), "{gate:?}");
        account.reset();
        assert_eq!(read(&mut account, now, failed()), Gate::Admitted);
    }

    #[test]
    fn metadata_that_cannot_be_had_does_not_keep_an_account_closed() {
        let mut account = AccountRecord::default();
        for _ in 0..3 {
            read(&mut account, NOW, failed());
        }
        assert_eq!(read(&mut account, NOW, failed()), Gate::AskMetadata);
        account.metadata_came(None, NOW);
        assert_eq!(read(&mut account, NOW, failed()), Gate::Admitted);
    }

    #[test]
    fn four_reads_of_a_kind_go_in_a_day_and_the_fifth_waits_for_the_first_to_age() {
        let mut account = AccountRecord::default();
        for hour in 0..4 {
            let at = NOW.plus(hour * 60 * MINUTE);
            let remaining = 3 - u64::from(hour);
            assert_eq!(read(&mut account, at, Settled::Succeeded(said(4, remaining, None))), Gate::Admitted);
        }
        let mut account = AccountRecord::default();
        for hour in 0..4 {
            let gate = read(&mut account, NOW.plus(hour * 60 * MINUTE), Settled::Unknown);
            assert_eq!(gate, Gate::Admitted);
        }
        let late = NOW.plus(DAY).minus(SECOND);
        assert_eq!(read(&mut account, late, Settled::Unknown), Gate::Spent(NOW.plus(DAY)));
        assert_eq!(read(&mut account, NOW.plus(DAY), Settled::Unknown), Gate::Admitted);
        assert_eq!(
            account.admit(one("details", 1, late), late, true),
            Gate::Admitted,
            "each kind has its own"
        );
    }

    #[test]
    fn a_failure_costs_no_read_and_one_without_an_answer_counts_until_the_service_says_otherwise() {
        let mut account = AccountRecord::default();
        let busy = Settled::Failed { said: None, strike: None, closed_for: None };
        for _ in 0..9 {
            assert_eq!(read(&mut account, NOW, busy), Gate::Admitted);
            assert_eq!(read(&mut account, NOW, Settled::NotSent), Gate::Admitted);
        }
        for _ in 0..3 {
            assert_eq!(read(&mut account, NOW, Settled::Unknown), Gate::Admitted);
        }
        assert_eq!(account.quota(BALANCES, NOW), Some((None, Some(1), Some(NOW.plus(DAY)))));
        let later = NOW.plus(SECOND);
        assert_eq!(read(&mut account, later, Settled::Succeeded(said(4, 3, None))), Gate::Admitted);
        assert_eq!(account.quota(BALANCES, later).unwrap().1, Some(3), "none of them had counted");
    }

    #[test]
    fn what_the_service_says_wins_where_it_is_newer_or_stricter() {
        let mut account = AccountRecord::default();
        let end = Some(60 * MINUTE);
        read(&mut account, NOW, Settled::Succeeded(said(4, 1, end)));
        assert_eq!(account.quota(BALANCES, NOW), Some((Some(4), Some(1), Some(NOW.plus(60 * MINUTE)))));
        // Two reads that overlap: the answer that was made first comes last.
        let mut account = AccountRecord::default();
        for id in [1, 2] {
            assert_eq!(account.admit(one(BALANCES, id, NOW), NOW.plus(MINUTE), true), Gate::Admitted);
        }
        account.settle(one(BALANCES, 2, NOW), NOW.plus(SECOND), Settled::Succeeded(said(4, 2, None)));
        account.settle(one(BALANCES, 1, NOW), NOW.plus(2 * SECOND), Settled::Succeeded(said(4, 3, None)));
        assert_eq!(account.quota(BALANCES, NOW.plus(2 * SECOND)).unwrap().1, Some(2));
        // A bank that allows fewer, or more.
        for limit in [1, 10] {
            let mut account = AccountRecord::default();
            let admitted = (0..limit).all(|nth| {
                let at = NOW.plus(SECOND.saturating_mul(u32::try_from(nth).unwrap()));
                read(&mut account, at, Settled::Succeeded(said(limit, limit - nth - 1, end)))
                    == Gate::Admitted
            });
            assert!(admitted);
            assert!(
                matches!(read(&mut account, NOW.plus(MINUTE), Settled::Unknown), Gate::Spent(_)),
                "{limit}"
            );
        }
    }

    #[test]
    fn a_service_that_says_nothing_of_reads_is_not_limited() {
        let mut account = AccountRecord::default();
        for _ in 0..9 {
            assert_eq!(read(&mut account, NOW, Settled::Succeeded(None)), Gate::Admitted);
        }
    }

    #[test]
    fn a_refusal_closes_until_its_reset_and_one_without_for_an_hour() {
        for (reset, closed) in [
            (Some(MINUTE), MINUTE),
            (None, UNKNOWN_RESET),
            (Some(Duration::ZERO), UNKNOWN_RESET),
            (Some(99 * DAY), UNKNOWN_RESET),
        ] {
            let mut account = AccountRecord::default();
            let refused = Settled::Failed { said: said(4, 0, reset), strike: None, closed_for: None };
            assert_eq!(read(&mut account, NOW, refused), Gate::Admitted);
            assert_eq!(read(&mut account, NOW, refused), Gate::Spent(NOW.plus(closed)), "{reset:?}");
            assert_eq!(read(&mut account, NOW.plus(closed), refused), Gate::Admitted, "{reset:?}");
        }
    }

    #[test]
    fn a_reservation_ends_by_itself_and_counts_as_one_without_an_answer() {
        let mut account = AccountRecord::default();
        let until = NOW.plus(MINUTE);
        for id in 0..4 {
            assert_eq!(account.admit(one(BALANCES, id, NOW), until, true), Gate::Admitted);
        }
        assert_eq!(
            account.admit(one(BALANCES, 8, NOW), until, true),
            Gate::Busy(until),
            "one of them may fail"
        );
        assert!(matches!(account.admit(one("details", 9, NOW), until, true), Gate::Admitted));
        assert!(
            matches!(account.admit(one("transactions", 9, NOW), until, true), Gate::Busy(_)),
            "five are in flight"
        );
        assert_eq!(account.admit(one("transactions", 9, until), until.plus(MINUTE), true), Gate::Admitted);
        assert_eq!(
            account.admit(one(BALANCES, 9, until), until.plus(MINUTE), true),
            Gate::Spent(NOW.plus(DAY))
        );
        // Its answer comes all the same.
        let (read, failed) =
            (one(BALANCES, 0, NOW), Settled::Failed { said: None, strike: None, closed_for: None });
        account.settle(read, until, failed);
        assert_eq!(account.quota(BALANCES, until).unwrap().1, Some(1), "it did not count");
        account.settle(one(BALANCES, 1, NOW), until, Settled::Unknown);
        assert_eq!(account.quota(BALANCES, until).unwrap().1, Some(1), "it is no second one");
    }

    #[test]
    fn reads_of_an_outage_are_in_flight_and_end_for_the_others_too() {
        let (mut engine, until) = (AccountRecord::default(), NOW.plus(MINUTE));
        engine.admit(one(BALANCES, 1, NOW), until, true);
        engine.admit(one(BALANCES, 2, NOW), until, true);
        let mut memory = engine.clone();
        memory.settle(Read { is_in_outage: true, ..one(BALANCES, 1, NOW) }, NOW, Settled::Succeeded(None));
        for id in 3..6 {
            let read = Read { is_in_outage: true, ..one("details", id, NOW) };
            assert_eq!(memory.admit(read, until, true), Gate::Admitted);
        }
        // Meanwhile another process settles one that both know of.
        engine.settle(one(BALANCES, 2, NOW), NOW, Settled::NotSent);
        engine.merge(memory);
        assert_eq!(engine.held.iter().map(|held| held.id).collect::<Vec<_>>(), [3, 4, 5]);
        assert!(engine.ended.is_empty() && engine.held.iter().all(|held| !held.is_new));
        assert_eq!(engine.quota(BALANCES, NOW).unwrap().1, Some(3));
    }

    #[test]
    fn a_success_of_an_outage_ends_the_row_of_failures_and_equal_instants_are_several_reads() {
        let mut engine = AccountRecord::default();
        for _ in 0..2 {
            read(&mut engine, NOW, Settled::Succeeded(None));
            read(&mut engine, NOW, failed());
        }
        let mut memory = engine.clone();
        read(&mut memory, NOW.plus(SECOND), Settled::Succeeded(None));
        engine.merge(memory);
        assert_eq!(engine.failures, 0);
        assert_eq!(engine.quota(BALANCES, NOW.plus(MINUTE)).unwrap().1, Some(1), "two, and one since");
    }

    #[test]
    fn a_read_in_flight_lasts_as_long_as_before_if_the_clock_is_set_back() {
        let mut account = AccountRecord::default();
        for _ in 0..3 {
            read(&mut account, NOW, failed());
        }
        assert_eq!(account.admit(one(BALANCES, 1, NOW), NOW, true), Gate::AskMetadata);
        account.metadata_came(None, NOW);
        assert_eq!(account.admit(one(BALANCES, 1, NOW), NOW.plus(MINUTE), true), Gate::Admitted);
        let before = NOW.minus(60 * MINUTE);
        assert!(account.is_ahead_of(before));
        assert_eq!(account.admit(one("details", 2, before), before, true), Gate::Busy(before.plus(MINUTE)));
        assert!(!account.is_ahead_of(before));
    }

    #[test]
    fn a_record_has_a_version_and_comes_back_as_it_was() {
        let mut account = AccountRecord::default();
        read(&mut account, NOW, failed());
        read(&mut account, NOW, Settled::Succeeded(said(4, 3, Some(MINUTE))));
        account.admit(one("details", 7, NOW), NOW.plus(MINUTE), true);
        account.metadata_came(Some(&AccountStatus::Ready), NOW.plus(MINUTE));
        account.admit(one("b", 8, NOW.plus(2 * DAY)), NOW.plus(2 * DAY), true);
        let text = serde_json::to_string(&account).unwrap();
        assert!(text.starts_with(r#"{"v":2,"#), "{text}");
        assert_eq!(serde_json::from_str::<AccountRecord>(&text).unwrap(), account);
        assert!(serde_json::from_str::<AccountRecord>(r#"{"v":1,"failures":0}"#).is_err());
        assert!(KINDS.iter().all(|kind| kind_of(name_of(*kind)) == Some(*kind)));
        assert_eq!(kind_of(name_of(ApiErrorKind::NotFound)), Some(ApiErrorKind::Other));
        // Words that stored records have.
        assert_eq!(name_of(ApiErrorKind::InstitutionUnavailable), "institution_unavailable");
    }

    #[test]
    fn an_account_that_is_read_as_often_as_it_can_be_takes_some_two_hundred_bytes() {
        let mut account = AccountRecord::default();
        let begin = NOW.plus(Duration::from_millis(123));
        for (nth, hours) in [0, 6, 12, 18].into_iter().enumerate() {
            let at = begin.plus(SECOND * 60 * 60 * hours);
            for kind in ["b", "d", "t"] {
                let left = 3 - u64::try_from(nth).unwrap();
                assert_eq!(account.admit(one(kind, 1, at), at.plus(MINUTE), true), Gate::Admitted);
                account.settle(
                    one(kind, 1, at),
                    at,
                    Settled::Succeeded(said(4, left, Some(DAY.saturating_sub(SECOND * 60 * 60 * hours)))),
                );
            }
            let text = serde_json::to_string(&account).unwrap();
            assert!(text.len() <= [181, 199, 217, 235][nth], "{}: {text}", text.len());
        }
    }

    #[test]
    fn an_instant_that_is_kept_in_whole_seconds_never_ends_earlier() {
        let mut account = AccountRecord::default();
        let at = NOW.plus(Duration::from_millis(1));
        let closed = Settled::Failed { said: None, strike: None, closed_for: Some(MINUTE) };
        read(&mut account, at, Settled::Succeeded(said(4, 3, Some(MINUTE))));
        read(&mut account, at, closed);
        let text = serde_json::to_string(&account).unwrap();
        let mut again: AccountRecord = serde_json::from_str(&text).unwrap();
        let later = at.plus(MINUTE);
        assert_eq!(read(&mut again, later, closed), Gate::Spent(NOW.plus(61 * SECOND)));
        assert_eq!(
            serde_json::from_str::<AccountRecord>(&serde_json::to_string(&again).unwrap()).unwrap(),
            again
        );
        assert_eq!(again.quota(BALANCES, at.plus(DAY)).unwrap().1, Some(3), "it counts for a second more");
        assert_eq!(again.quota(BALANCES, NOW.plus(DAY + SECOND)).unwrap().1, Some(4));
    }

    /// A service with its own account of reads and failures, which answers at random; calls overlap for some seconds, and
    /// some get no answer.
    #[test]
    fn no_history_reads_more_than_four_a_day_or_fails_more_than_five_times_within_a_day() {
        let mut random = Random(11);
        for history in 0..histories() {
            let (mut account, mut now) = (AccountRecord::default(), NOW);
            let (mut reads, mut row) = (Vec::<Moment>::new(), Vec::<Moment>::new());
            let mut flying: Vec<(u64, Moment, Settled)> = Vec::new();
            for id in 0..40 {
                let longest = [2, 10, 7_200, 40_000][usize::try_from(random.below(4)).unwrap()];
                let most = if longest > 10 { 0 } else { usize::try_from(random.below(4)).unwrap() };
                while flying.len() > most {
                    let at = random.below(u32::try_from(flying.len()).unwrap());
                    let (id, at, how) = flying.remove(usize::try_from(at).unwrap());
                    account.settle(one(BALANCES, id, at), now, how);
                }
                now = now.plus(SECOND * (1 + random.below(longest)));
                reads.retain(|at| now < at.plus(DAY));
                match account.admit(one(BALANCES, id, now), now.plus(200 * SECOND), true) {
                    // The service sees the call at once; what it says may come later.
                    Gate::Admitted if random.below(3) == 0 => {
                        row.push(now);
                        flying.push((id, now, failed()));
                    }
                    Gate::Admitted => {
                        assert!(
                            reads.len() < 4,
                            "history {history}: a fifth read at {now:?} after {reads:?}"
                        );
                        reads.push(now);
                        row.clear();
                        let left = 4 - u64::try_from(reads.len()).unwrap();
                        let reset = reads.first().map(|first| first.plus(DAY).since(now));
                        let lost = random.below(8) == 0;
                        let how =
                            if lost { Settled::Unknown } else { Settled::Succeeded(said(4, left, reset)) };
                        flying.push((id, now, how));
                    }
                    Gate::AskMetadata => account.metadata_came(Some(&AccountStatus::Ready), now),
                    _ => {}
                }
                let recent = row.iter().filter(|at| now < at.plus(DAY)).count();
                assert!(recent <= 5 && row.len() <= 9, "history {history}: {row:?}");
            }
        }
    }
}
