//! A bank of a profile, a person, and a program that syncs: what a simulation is made of.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use futures_util::StreamExt as _;
use gocardless_bank_data::{BankData, Credentials, Pacing, RequisitionId, Timing};
use gocardless_bank_data_sandbox::{BankProfile, LimitGroup, Limits, Operation, Sandbox};
use gocardless_bank_data_sync::{
    AccountKey, Certainty, Decision, EntryFilter, Event, Finding, Ledger as _, LedgerEntry, LedgerSync,
    ReadOutcome, Recognised, SqliteLedger, Standing, State,
};
use rust_decimal::Decimal;
use serde_json::Value;
use test_support::Random;

pub const INSTITUTION: &str = "FERNWICKBANK_FRNWGB22";

/// One bank, one person, one program.
pub struct World {
    pub sandbox: Sandbox,
    pub random: Random,
    directory: test_support::Directory,
    pub ledger: Arc<SqliteLedger>,
    sync: LedgerSync,
    bank: BankData,
    /// The bank account of each account of the ledger.
    pub owned: BTreeMap<AccountKey, String>,
    /// How often a sync was run.
    pub syncs: usize,
    /// How many accounts were recognised for certain, and how many needed a person.
    pub certain: usize,
    pub decided: usize,
    pub wrong: usize,
    /// When runs were dropped or killed: what the bank showed then may not have reached the ledger.
    dropped: BTreeSet<DateTime<Utc>>,
    /// When the last process was killed: this one has not counted its reads.
    killed: Option<DateTime<Utc>>,
    /// How many processes were to be killed, and how many of them were before they had ended by themselves.
    pub processes: usize,
    pub killed_early: usize,
    profile: BankProfile,
    /// Since when the ledger has had which pending entries beside what is perhaps their booked form.
    beside: BTreeMap<String, DateTime<Utc>>,
    /// Entries that settled, by certainty.
    pub settled: BTreeMap<Certainty, usize>,
}

impl World {
    pub async fn new(profile: BankProfile, seed: u64) -> Self {
        Self::starting(start(), profile, seed).await
    }

    pub async fn starting(at: DateTime<Utc>, profile: BankProfile, seed: u64) -> Self {
        // Four reads a day, and no limit of the company: the clock stands still while a run lasts.
        let limits = LimitGroup::ALL
            .iter()
            .fold(Limits::documented(), |limits, group| limits.company(*group, u32::MAX));
        let sandbox = Sandbox::builder()
            .seed(seed)
            .fixed_clock(at)
            .limits(limits)
            .profile(INSTITUTION, profile.clone())
            .start()
            .await
            .unwrap();
        let directory = test_support::Directory::default();
        let ledger = Arc::new(SqliteLedger::open(directory.file("ledger.sqlite")).unwrap());
        let bank = client(
            sandbox.base_url(),
            sandbox.secret_id(),
            sandbox.secret_key(),
            sandbox.clock().as_client_clock(),
        );
        let sync =
            LedgerSync::new(bank.clone(), Arc::clone(&ledger)).clock(sandbox.clock().as_client_clock());
        Self {
            sandbox,
            random: Random::new(seed ^ 0x5eed),
            directory,
            ledger,
            sync,
            bank,
            owned: BTreeMap::new(),
            syncs: 0,
            certain: 0,
            decided: 0,
            wrong: 0,
            dropped: BTreeSet::new(),
            killed: None,
            processes: 0,
            killed_early: 0,
            profile,
            beside: BTreeMap::new(),
            settled: BTreeMap::new(),
        }
    }

    pub fn engine(&self) -> &LedgerSync {
        &self.sync
    }

    pub fn bank(&self) -> &BankData {
        &self.bank
    }

    pub fn path(&self) -> PathBuf {
        self.directory.file("ledger.sqlite")
    }

    /// The person connects, for the first time or again, and decides which account is which where that is not certain.
    pub async fn connect(&mut self) {
        let requisition =
            self.bank.requisitions().create(INSTITUTION, "https://example.org/back").await.unwrap();
        let id: RequisitionId = requisition.id.unwrap();
        self.sandbox.link(&id).unwrap();
        let tracked = self.sync.track(&id, "anna").await.unwrap();
        let ids: BTreeMap<AccountKey, String> = self
            .ledger
            .accounts()
            .unwrap()
            .iter()
            .map(|account| (account.key, account.id().unwrap().to_string()))
            .collect();
        for account in tracked {
            let truth = self.sandbox.truth(&ids[&account.key]).unwrap().bank_account;
            match account.recognised {
                Recognised::New => {
                    self.wrong += usize::from(self.owned.values().any(|known| *known == truth));
                    self.owned.insert(account.key, truth);
                }
                Recognised::Same(_) => {
                    self.certain += 1;
                    self.wrong += usize::from(self.owned[&account.key] != truth);
                }
                Recognised::Undecided { .. } => {
                    self.decided += 1;
                    let known = self.owned.iter().find(|(_, known)| **known == truth).map(|(key, _)| *key);
                    let decision = known.map_or(Decision::New, Decision::Same);
                    self.sync.decide(account.key, decision).await.unwrap();
                    if known.is_none() {
                        self.owned.insert(account.key, truth);
                    }
                }
            }
        }
    }

    /// A sync; gives how many entries it changed.
    pub async fn sync(&mut self) -> usize {
        self.syncs += 1;
        let mut events = self.sync.run().boxed();
        let mut changed = 0;
        while let Some(event) = events.next().await {
            match event {
                Event::Stopped(error) => panic!("{error}"),
                Event::Read { outcome: ReadOutcome::Transactions { changes, .. }, .. } => {
                    changed += changes.added.len() + changes.settled.len() + changes.vanished.len();
                    for settled in &changes.settled {
                        *self.settled.entry(settled.certainty).or_default() += 1;
                    }
                }
                Event::Read { outcome: ReadOutcome::Failed { error, consent_end, .. }, .. } => {
                    let now = self.sandbox.clock().now();
                    let may_be_used_up = self.killed.is_some_and(|killed| now - killed <= TimeDelta::days(1));
                    assert!(consent_end.is_some() || may_be_used_up && error.is_rate_limited(), "{error}");
                }
                _ => {}
            }
        }
        changed
    }

    /// A sync that is dropped after it was polled so many times: what was written by then stays.
    pub async fn sync_in_part(&mut self, polls: usize) {
        self.syncs += 1;
        self.dropped.insert(self.sandbox.clock().now());
        let mut events = self.sync.run().boxed();
        test_support::drop_after(polls, async { while events.next().await.is_some() {} }).await;
    }

    /// A sync by a process of its own, which is killed (`kill -9`) after a random number of its requests and a random time.
    pub fn sync_killed(&mut self) {
        self.syncs += 1;
        let now = self.sandbox.clock().now();
        self.dropped.insert(now);
        self.killed = Some(now);
        let requests = || Operation::ALL.iter().map(|operation| self.sandbox.hits(*operation)).sum::<usize>();
        // A token, and transactions and balances of each account.
        let enough = requests() + 1 + self.random.below(2 * self.owned.len() + 1);
        let moment = Duration::from_micros(u64::try_from(self.random.below(2_000)).unwrap());
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "world::a_sync_that_is_killed", "--ignored"])
            .env("SYNC_LEDGER", self.path())
            .env("SYNC_API", self.sandbox.base_url())
            .env("SYNC_SECRET_ID", self.sandbox.secret_id())
            .env("SYNC_SECRET_KEY", self.sandbox.secret_key())
            .env("SYNC_NOW", now.to_rfc3339())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut ended = false;
        let mut reached = None;
        test_support::block_until(|| {
            ended = process.try_wait().unwrap().is_some();
            if reached.is_none() && requests() >= enough {
                reached = Some(Instant::now());
            }
            ended || reached.is_some_and(|reached| reached.elapsed() >= moment)
        });
        process.kill().unwrap();
        process.wait().unwrap();
        self.processes += 1;
        self.killed_early += usize::from(!ended);
    }

    /// Whether the person has to connect again.
    pub async fn has_to_connect(&self) -> bool {
        let health = self.sync.health().await.unwrap();
        health
            .iter()
            .flat_map(|account| &account.findings)
            .any(|finding| matches!(finding, Finding::ConsentEnded(_) | Finding::ConsentNearEnd(0..=1)))
    }

    pub fn advance_to(&self, at: DateTime<Utc>) {
        if let Ok(by) = (at - self.sandbox.clock().now()).to_std() {
            self.sandbox.clock().advance(by);
        }
    }

    /// How many reads of transactions the API has seen.
    pub fn reads(&self, operation: Operation) -> usize {
        self.sandbox.hits(operation)
    }

    /// What is wrong with the ledger, one line for each fault.
    pub fn faults(&mut self) -> Vec<String> {
        let accounts = self.ledger.accounts().unwrap();
        let (mut faults, mut beside, now) = (Vec::new(), BTreeMap::new(), self.sandbox.clock().now());
        for account in accounts.iter().filter(|account| account.standing == Standing::Active) {
            let truth = self.sandbox.truth(account.id().unwrap()).unwrap();
            if self.owned[&account.key] != truth.bank_account {
                faults.push(format!("account {} is another one", account.key));
            }
            let last = truth.transactions.iter().filter_map(|transaction| transaction.shown_at).max();
            // What the bank has shown and not taken back. Amounts that nobody can read are not entries.
            let mut expected: BTreeMap<Line, isize> = BTreeMap::new();
            let mut of_any_day: BTreeMap<Line, isize> = BTreeMap::new();
            for transaction in &truth.transactions {
                let is_live = transaction.shown_as == Some("booked") || transaction.shown_at == last;
                let shown = transaction.shown.as_ref().filter(|_| is_live);
                let Some(mut line) = shown.and_then(|shown| line_of_json(shown, transaction.shown_as)) else {
                    continue;
                };
                if transaction.shown_at.is_some_and(|at| self.dropped.contains(&at))
                    && transaction.shown_at != last
                {
                    // The ledger may have the day of the read before.
                    line.1 = None;
                    *of_any_day.entry(line).or_default() += 1;
                } else {
                    *expected.entry(line).or_default() += 1;
                }
            }
            let filter = EntryFilter { account: Some(account.key), ..EntryFilter::default() };
            let mut rest = Vec::new();
            for entry in self.ledger.entries(&filter).unwrap() {
                // While the bank lists both forms so does a ledger: a pending one that is marked as perhaps the same is not counted, and
                // one whose text and amount have both changed must be gone some days later.
                // A bank that no longer shows the account can remove nothing.
                let read_at = last.unwrap_or(now);
                let since = self.beside.get(&entry.known.key).copied().unwrap_or(read_at);
                let is_twin = self.profile.stays_beside > 0
                    && entry.known.state == State::Pending
                    && (entry.known.beside.is_some() || read_at - since < TimeDelta::days(3));
                // A pending one that is missing may be one that cannot be read, for two weeks.
                let may_be_odd = self.profile.odd_amounts > 0
                    && entry.known.state == State::Pending
                    && now.date_naive() - entry.known.first_seen < TimeDelta::days(14);
                let line = line_of_entry(&entry);
                match expected.get_mut(&line).filter(|count| **count > 0) {
                    Some(count) => *count -= 1,
                    None => rest.push((line, entry.known.key, since, is_twin, may_be_odd)),
                }
            }
            // Of like payments whose days the bank moves, nobody can know which one has moved.
            if self.profile.moved_days > 0 {
                rest.retain(|(line, ..)| {
                    let near = expected.iter_mut().filter(|(other, count)| {
                        **count > 0 && (other.0, other.2, &other.3) == (line.0, line.2, &line.3)
                    });
                    let days = |other: &Line| Some((other.1? - line.1?).num_days().abs());
                    let nearest = near.filter_map(|(other, count)| Some((days(other)?, count)));
                    match nearest.min_by_key(|(days, _)| *days).filter(|(days, _)| *days <= 7) {
                        Some((_, count)) => *count -= 1,
                        None => return true,
                    }
                    false
                });
            }
            for (line, key, since, is_twin, may_be_odd) in rest {
                let any_day = (line.0, None, line.2, line.3.clone());
                match of_any_day.get_mut(&any_day).filter(|count| **count > 0) {
                    Some(count) => *count -= 1,
                    None if may_be_odd => {}
                    None if is_twin => drop(beside.insert(key, since)),
                    None => faults.push(format!("duplicate or wrong: {line:?}, key {key}")),
                }
            }
            if self.profile.moved_days > 0 {
                // Shown by a read that was dropped, and moved out of the window before the next one.
                of_any_day.clear();
            }
            for (line, count) in expected.into_iter().chain(of_any_day) {
                if count > 0 {
                    faults.push(format!("lost {count}: {line:?}"));
                }
            }
        }
        self.beside = beside;
        faults
    }
}

fn client(
    api: &str,
    secret_id: &str,
    secret_key: &str,
    clock: impl Fn() -> SystemTime + Send + Sync + 'static,
) -> BankData {
    let mut timing = Timing::default();
    timing.youngest_eviction = Duration::ZERO;
    BankData::builder(Credentials::new(secret_id, secret_key))
        .base_url(api)
        .clock(clock)
        .pacing(Pacing::off())
        .timing(timing)
        .build()
        .unwrap()
}

#[test]
#[ignore = "the process that the simulation starts and kills"]
fn a_sync_that_is_killed() {
    let Ok(ledger) = std::env::var("SYNC_LEDGER") else { return };
    let given = |name: &str| std::env::var(name).unwrap();
    let now: SystemTime = given("SYNC_NOW").parse::<DateTime<Utc>>().unwrap().into();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let bank =
            client(&given("SYNC_API"), &given("SYNC_SECRET_ID"), &given("SYNC_SECRET_KEY"), move || now);
        let ledger = SqliteLedger::open(ledger).unwrap();
        let mut events = LedgerSync::new(bank, ledger).clock(move || now).run().boxed();
        while events.next().await.is_some() {}
    });
}

pub fn start() -> DateTime<Utc> {
    "2026-01-05T06:00:00Z".parse().unwrap()
}

/// What a ledger must have right of an entry: list, day, amount, currency.
type Line = (&'static str, Option<NaiveDate>, Decimal, String);

fn line_of_json(shown: &Value, list: Option<&'static str>) -> Option<Line> {
    let money = &shown["transactionAmount"];
    let amount = match &money["amount"] {
        Value::String(text) => text.as_str().into(),
        Value::Number(number) => gocardless_bank_data::Amount::from(number.to_string()),
        _ => return None,
    };
    let day = |name: &str| shown[name].as_str().and_then(|text| text.get(..10)?.parse::<NaiveDate>().ok());
    let day = ["bookingDate", "bookingDateTime", "valueDate", "valueDateTime"].into_iter().find_map(day);
    let currency = match &money["currency"] {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    Some((list?, day, gocardless_bank_data_sync::read_amount(&amount)?.normalize(), currency))
}

fn line_of_entry(entry: &LedgerEntry) -> Line {
    let known = &entry.known;
    (known.state.as_str(), known.entry.day, known.entry.amount.normalize(), known.entry.currency.clone())
}
