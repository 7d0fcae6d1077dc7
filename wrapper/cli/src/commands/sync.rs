//! `sync`: reads what is due into the ledger, and reports what came of it.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use futures_util::StreamExt as _;
use gocardless_bank_data_sync::{
    AccountKey, Event, Kind, LedgerAccount, PlanSettings, ReadOutcome, Reason, SyncSummary, When,
};
use serde::Serialize;

use super::consents::{Consent, note_near_end};
use crate::app::{self, App};
use crate::args::Sync;
use crate::exit::{Code, Failure};
use crate::output::{Numbers, Output, Progress, from_then_on, instant};
use crate::sentence::{self, at_terminal};

#[derive(Serialize)]
struct Shown {
    reads: Vec<Read>,
    summary: Summary,
}

/// One read, made or not.
#[derive(Default, Serialize)]
struct Read {
    account: i64,
    label: String,
    kind: &'static str,
    /// `read`, `failed`, `later` or `never`.
    outcome: &'static str,
    added: Option<usize>,
    changed: Option<usize>,
    settled: Option<usize>,
    vanished: Option<usize>,
    /// Entries that could not be read and are kept as they came.
    unread: Option<usize>,
    /// Why it failed or was not made.
    reason: Option<String>,
    /// When it can be made.
    due_at: Option<DateTime<Utc>>,
}

#[derive(Default, Serialize)]
struct Summary {
    succeeded: usize,
    failed: usize,
    added: usize,
    changed: usize,
    settled: usize,
    vanished: usize,
    interrupted: bool,
}

/// What the exit code follows from.
#[derive(Default)]
struct Tally {
    succeeded: usize,
    failed: usize,
    /// Of the failures, those that a person ends by consenting again.
    of_consent: usize,
    /// Of the failures, those at a limit.
    of_limit: usize,
    /// Accounts that a person must do something about.
    stopped: HashSet<i64>,
    /// Accounts whose reads are not due yet.
    fresh: HashSet<i64>,
    /// Reads that are wanted and used up.
    spent: usize,
    retry_at: Option<DateTime<Utc>>,
    stopped_by: Option<Failure>,
}

impl Tally {
    fn earliest(&mut self, at: Option<DateTime<Utc>>) {
        self.retry_at = match (self.retry_at, at) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }

    fn count(&mut self, event: &Event) {
        match event {
            // Details are not read either where the consent ends before they are due again.
            Event::NotRead {
                account, kind: Kind::Transactions, when: When::Never(Reason::Stopped), ..
            } => {
                self.stopped.insert(account.0);
            }
            Event::NotRead { account, when: When::At(at, Reason::NoReadLeft), .. }
                if !self.fresh.contains(&account.0) =>
            {
                self.spent += 1;
                self.earliest(Some(*at));
            }
            Event::Read { outcome: ReadOutcome::Failed { error, consent_end, .. }, .. } => {
                self.failed += 1;
                let failure = Failure::from(&**error);
                if consent_end.is_some() || failure.code == Code::Consent {
                    self.of_consent += 1;
                } else if failure.code == Code::Limit {
                    self.of_limit += 1;
                    self.earliest(failure.retry_at);
                }
            }
            Event::Read { .. } => self.succeeded += 1,
            Event::Stopped(error) => self.stopped_by = Some(Failure::from(error)),
            _ => {}
        }
    }

    /// The outcome of the run.
    fn outcome(self) -> Result<(), Failure> {
        if let Some(failure) = self.stopped_by {
            return Err(failure);
        }
        let others = self.failed - self.of_consent - self.of_limit;
        if others > 0 && others == self.failed && self.succeeded == 0 {
            return Err(Failure::new(
                Code::Other,
                "no read succeeded; each has its reason above, and `bank-data doctor` says what to do",
            ));
        }
        if others > 0 || (self.of_limit > 0 && self.succeeded > 0) {
            let failed = self.failed;
            return Err(Failure::new(
                Code::SomeFailed,
                format!(
                    "{failed} {} failed, the others are in the ledger; `bank-data doctor` says what to do",
                    if failed == 1 { "read" } else { "reads" }
                ),
            )
            .until(self.retry_at));
        }
        if self.of_consent > 0 || !self.stopped.is_empty() {
            return Err(Failure::new(
                Code::Consent,
                "some accounts need attention: run `bank-data renew`, or see `bank-data accounts`",
            ));
        }
        if self.succeeded == 0 && (self.of_limit > 0 || self.spent > 0) {
            let until = self.retry_at.map_or_else(|| "later".to_owned(), |at| format!("at {}", instant(at)));
            return Err(Failure::new(Code::Limit, format!("no read is left; the next one is {until}"))
                .until(self.retry_at));
        }
        Ok(())
    }
}

pub(crate) async fn run(app: &App, args: &Sync) -> Result<(), Failure> {
    let ledger = app.existing_ledger()?;
    for number in &args.accounts {
        app::account_in_use(&ledger, *number)?;
    }
    let accounts = app::accounts_in_use(&ledger)?;
    if accounts.is_empty() {
        return Err(Failure::usage(
            "the ledger has no accounts to read; link a bank with `bank-data link`, or try `bank-data --sandbox demo`",
        ));
    }
    let sync = app.sync(&app.bank()?, &ledger, args.again);
    let events = if args.accounts.is_empty() {
        sync.run().boxed()
    } else {
        sync.run_accounts(args.accounts.iter().copied().map(AccountKey).collect()).boxed()
    };
    // What was read a short while ago is not wanted, also where no read of it is left.
    let interval = PlanSettings::default().interval;
    let is_fresh = |account: &&LedgerAccount| {
        account.read(Kind::Transactions).last_success.is_some_and(|last| app.now() - last < interval)
    };
    let fresh =
        accounts.iter().filter(|_| !args.again).filter(is_fresh).map(|account| account.key.0).collect();
    follow(app, events, fresh).await?;
    note_near_end(app, &Consent::all(&ledger, app.now())?);
    Ok(())
}

/// Follows a run to its end, or until Ctrl-C.
pub(crate) async fn follow(
    app: &App,
    mut events: futures_util::stream::BoxStream<'static, Event>,
    fresh: HashSet<i64>,
) -> Result<(), Failure> {
    let progress = Progress::start(&app.output, "reading");
    let mut tally = Tally { fresh, ..Tally::default() };
    let (mut lines, mut summary) = (Lines::default(), Summary::default());
    let mut reads = Vec::new();
    let stop = tokio::signal::ctrl_c();
    let mut stop = std::pin::pin!(stop);
    let is_interrupted = loop {
        let event = tokio::select! {
            event = events.next() => event,
            _ = &mut stop => break true,
        };
        let Some(event) = event else { break false };
        tally.count(&event);
        match &event {
            Event::Planned { due, .. } => progress.length(*due),
            Event::Read { .. } => progress.step(),
            Event::Done(done) => summary = Summary::of(*done),
            _ => {}
        }
        reads.extend(Read::of(&event, app.output.numbers));
        if let Some(line) = lines.next(&event, app.output.numbers) {
            progress.aside(|| app.output.say(&app.output.wrap(&line)))?;
        }
    };
    // Dropping the run ends the read in flight; what has been read is in the ledger.
    drop(events);
    if let Some(line) = lines.rest() {
        progress.aside(|| app.output.say(&app.output.wrap(&line)))?;
    }
    drop(progress);
    summary.interrupted = is_interrupted;
    if app.output.json {
        // Accounts are read at once, so their order differs from run to run.
        reads.sort_by_key(|read| read.account);
        Output::value(&Shown { reads, summary })?;
    }
    if is_interrupted {
        return Err(Failure::new(Code::Interrupted, "stopped; what was read by then is in the ledger"));
    }
    tally.outcome()
}

impl Summary {
    fn of(done: SyncSummary) -> Self {
        let SyncSummary { succeeded, failed, added, changed, settled, vanished } = done;
        Self { succeeded, failed, added, changed, settled, vanished, interrupted: false }
    }
}

impl Read {
    fn of(event: &Event, numbers: Numbers) -> Option<Self> {
        match event {
            Event::NotRead { account, label, kind, when } => {
                let (outcome, due_at, reason) = match when {
                    When::At(at, reason) => ("later", Some(*at), reason.as_str()),
                    When::Never(reason) => ("never", None, reason.as_str()),
                    When::Now(_) => return None,
                };
                let (account, label, kind) = (account.0, numbers.text(label), kind.as_str());
                Some(Self {
                    account,
                    label,
                    kind,
                    outcome,
                    due_at: due_at.map(from_then_on),
                    reason: Some(at_terminal(reason)),
                    ..Self::default()
                })
            }
            Event::Read { account, label, outcome } => {
                let base = Self {
                    account: account.0,
                    label: numbers.text(label),
                    outcome: "read",
                    ..Self::default()
                };
                Some(match outcome {
                    ReadOutcome::Transactions { changes, unread, .. } => Self {
                        kind: Kind::Transactions.as_str(),
                        added: Some(changes.added.len()),
                        changed: Some(changes.changed.iter().filter(|changed| changed.is_visible()).count()),
                        settled: Some(changes.settled.len()),
                        vanished: Some(changes.vanished.len()),
                        unread: Some(*unread),
                        ..base
                    },
                    ReadOutcome::Balances(_) => Self { kind: Kind::Balances.as_str(), ..base },
                    ReadOutcome::Failed { kind, error, .. } => Self {
                        kind: kind.as_str(),
                        outcome: "failed",
                        reason: Some(sentence::of(error)),
                        due_at: error.retry_at().map(DateTime::from).map(from_then_on),
                        ..base
                    },
                    _ => Self { kind: Kind::Details.as_str(), ..base },
                })
            }
            _ => None,
        }
    }
}

/// One line for each account.
#[derive(Default)]
struct Lines {
    /// The account whose reads are coming, and what its line says so far.
    current: Option<(AccountKey, String)>,
}

impl Lines {
    fn next(&mut self, event: &Event, numbers: Numbers) -> Option<String> {
        match event {
            // Details are hardly ever due, and what a consent does not cover never is.
            Event::NotRead {
                kind: Kind::Transactions,
                when: When::At(..) | When::Never(Reason::Stopped),
                account,
                label,
            } => {
                let line = at_terminal(&event.to_string());
                Some(format!("{account} {}", line.replacen(label.as_str(), &numbers.text(label), 1)))
            }
            Event::Read { account, label, outcome } => {
                let outcome = match outcome {
                    ReadOutcome::Failed { error, .. } => {
                        outcome.to_string().replacen(&error.to_string(), &sentence::of(error), 1)
                    }
                    outcome => outcome.to_string(),
                };
                if let Some((key, line)) = &mut self.current
                    && key == account
                {
                    line.push_str("; ");
                    line.push_str(&outcome);
                    return None;
                }
                // Two people at one bank may have accounts with the same label.
                let line = format!("{account} {}: {outcome}", numbers.text(label));
                self.current.replace((*account, line)).map(|(_, line)| line)
            }
            Event::Done(_) => {
                let done = event.to_string();
                Some(self.rest().map_or_else(|| done.clone(), |line| format!("{line}\n{done}")))
            }
            _ => None,
        }
    }

    fn rest(&mut self) -> Option<String> {
        self.current.take().map(|(_, line)| line)
    }
}
