//! Syncs accounts into a ledger: which reads to make, what they change, and what became of those that failed.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, TimeDelta, Utc};
use futures_core::Stream;
use futures_util::StreamExt as _;
use futures_util::stream;
use gocardless_bank_data::model::Balances;
use gocardless_bank_data::{AccountId, Advice, ApiErrorKind, BankData, Call, Error, RateLimitScope};

use crate::accounts::AccountFacts;
use crate::answer::Answer;
use crate::consent::ConsentEnd;
use crate::entry::EntrySettings;
use crate::event::{Event, ReadOutcome, SyncError, SyncSummary};
use crate::ledger::{
    AccountKey, Failure, Ledger, LedgerAccount, LedgerChange, LedgerError, ReadRecord, Standing,
};
use crate::plan::{Kind, Plan, PlanFacts, PlanSettings, ReadFacts, Reason, When};
use crate::reconcile::{Reconciliation, known_from, reconcile};
use crate::track::merged;
use crate::unknown::{Links, is_unknown};
use crate::window::{Window, WindowFacts};

/// How often a read waits for a place in the budget of the company before it is left to the next run, and how long at most.
const MOST_WAITS: u32 = 30;
const LONGEST_WAIT: Duration = Duration::from_secs(120);
/// How long to wait after a failure that does not say until when.
const AFTER_FAILURE: TimeDelta = TimeDelta::hours(6);
/// How long to wait after a failure that passes soon.
const AFTER_SHORT_FAILURE: TimeDelta = TimeDelta::minutes(10);

/// How a [`LedgerSync`] works. The defaults suit a run each night and some by hand in between.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SyncSettings {
    /// How transactions become entries.
    pub entries: EntrySettings,
    /// How often data is read, and how many calls the company has.
    pub plan: PlanSettings,
    /// How many days before the last success a window begins; `None` is 14.
    pub overlap_days: Option<u32>,
    /// How many accounts are read at once; 4 by default.
    pub at_once: usize,
}

impl Default for SyncSettings {
    fn default() -> Self {
        Self {
            entries: EntrySettings::default(),
            plan: PlanSettings::default(),
            overlap_days: None,
            at_once: 4,
        }
    }
}

type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// What the accounts of a run share.
struct Run {
    /// Whether it ends early.
    stop: AtomicBool,
    links: Links,
}

/// Syncs accounts into a [`Ledger`].
///
/// Cloning it is cheap. It can be killed at any point, and the next run continues, without a duplicate or a gap; and two
/// processes can run on one ledger at once.
///
/// ```no_run
/// use futures_util::StreamExt as _;
/// use gocardless_bank_data::BankData;
/// use gocardless_bank_data_sync::{LedgerSync, SqliteLedger};
///
/// # async fn run(requisition: gocardless_bank_data::RequisitionId) -> Result<(), Box<dyn std::error::Error>> {
/// let sync = LedgerSync::new(BankData::from_env()?, SqliteLedger::open("ledger.sqlite")?);
/// sync.track(requisition, "anna").await?; // once, when the person has linked
/// let mut events = sync.run().boxed();
/// while let Some(event) = events.next().await {
///     println!("{event}");
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct LedgerSync {
    bank: BankData,
    ledger: Arc<dyn Ledger>,
    settings: SyncSettings,
    clock: Clock,
}

impl fmt::Debug for LedgerSync {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LedgerSync").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl LedgerSync {
    /// Syncs into a ledger with the accounts of this client.
    pub fn new(bank: BankData, ledger: impl Ledger) -> Self {
        Self {
            bank,
            ledger: Arc::new(ledger),
            settings: SyncSettings::default(),
            clock: Arc::new(SystemTime::now),
        }
    }

    /// Other settings than the default ones.
    #[must_use]
    pub fn settings(mut self, settings: SyncSettings) -> Self {
        self.settings = settings;
        self
    }

    /// Another clock than the machine's, for tests that move time; give the client the same one.
    #[must_use]
    pub fn clock(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(now);
        self
    }

    pub(crate) fn bank(&self) -> &BankData {
        &self.bank
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        (self.clock)().into()
    }

    pub(crate) async fn with_ledger<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Ledger) -> Result<T, LedgerError> + Send + 'static,
    ) -> Result<T, LedgerError> {
        let ledger = Arc::clone(&self.ledger);
        let done = tokio::task::spawn_blocking(move || work(&*ledger)).await;
        done.unwrap_or_else(|_| {
            Err(LedgerError::new("the thread that used the ledger ended early; try again"))
        })
    }

    /// Changes an account, and does so again if another process was faster.
    pub(crate) async fn update(
        &self,
        key: AccountKey,
        balances: Option<Balances>,
        change: impl Fn(&mut LedgerAccount) + Clone + Send + 'static,
    ) -> Result<(), SyncError> {
        let at = self.now();
        let done = self.with_ledger(move |ledger| {
            loop {
                let mut account = find(ledger, key)?;
                change(&mut account);
                // Balances that another run has read since then stay.
                let is_newest = account.read(Kind::Balances).last_success.is_none_or(|newer| newer <= at);
                let balances = balances.as_ref().filter(|_| is_newest);
                let balances = balances.map(|balances| balances.balances.as_slice());
                if ledger.write(&LedgerChange { account: &account, at, entries: None, balances })? {
                    return Ok(());
                }
            }
        });
        Ok(done.await?)
    }

    /// Which reads are due, and why the others are not. What was forgotten is left out.
    ///
    /// # Errors
    /// [`LedgerError`] if the ledger cannot be read.
    pub async fn plan(&self) -> Result<(Vec<LedgerAccount>, Plan), LedgerError> {
        let mut accounts = self.with_ledger(Ledger::accounts).await?;
        accounts.retain(|account| account.standing != Standing::Forgotten);
        let mut facts = Vec::with_capacity(accounts.len());
        for account in &accounts {
            facts.push(self.plan_facts(account).await);
        }
        let plan = Plan::of(&facts, self.now(), &self.settings.plan);
        Ok((accounts, plan))
    }

    async fn plan_facts(&self, account: &LedgerAccount) -> PlanFacts {
        let now = self.now();
        let mut facts = PlanFacts {
            consent_ends: account.consent.ends(),
            is_stopped: account.standing != Standing::Active || account.id().is_none(),
            wait_until: None,
            reads: [ReadFacts::default(); 3],
        };
        for ((kind, covered), read) in Kind::ALL.into_iter().zip(account.covers).zip(&mut facts.reads) {
            let record = account.read(kind);
            read.last_success = record.last_success;
            read.is_covered = covered;
            let failed = record.failure.as_ref().filter(|failure| failure.at <= now);
            let failed = failed.and_then(|failure| failure.wait_until);
            facts.wait_until = facts.wait_until.max(failed);
            // What is known without a call; only worth asking where the read could be made.
            if let Some(id) = account.id().filter(|_| !facts.is_stopped && covered) {
                let quota = self.bank.account(id).quota(&kind.scope()).await;
                let spent = quota.filter(|quota| quota.remaining == Some(0));
                let until = spent.and_then(|quota| quota.resets_at).map(DateTime::<Utc>::from);
                read.no_read_until = until.filter(|until| *until > now);
            }
        }
        facts
    }

    /// Makes the reads that are due and reports what happens.
    ///
    /// Nothing is read before the stream is polled; dropping it ends the run. What was read by then is in the ledger.
    pub fn run(&self) -> impl Stream<Item = Event> + Send + 'static {
        self.run_some(None)
    }

    /// As [`run`](Self::run), for these accounts only.
    pub fn run_accounts(&self, accounts: Vec<AccountKey>) -> impl Stream<Item = Event> + Send + 'static {
        self.run_some(Some(accounts))
    }

    fn run_some(&self, only: Option<Vec<AccountKey>>) -> impl Stream<Item = Event> + Send + 'static {
        let sync = self.clone();
        let planned = async move {
            match sync.plan().await {
                Ok((accounts, plan)) => sync.carry_out(&accounts, &plan, only.as_deref()).boxed(),
                Err(error) => {
                    stream::iter([Event::Stopped(error.into()), Event::Done(SyncSummary::default())]).boxed()
                }
            }
        };
        stream::once(planned).flatten()
    }

    fn carry_out(
        self,
        accounts: &[LedgerAccount],
        plan: &Plan,
        only: Option<&[AccountKey]>,
    ) -> impl Stream<Item = Event> + Send + 'static + use<> {
        let (mut due, mut until, mut first) = (Vec::<(usize, Vec<Kind>)>::new(), None, Vec::new());
        for read in &plan.reads {
            let Some(account) = accounts.get(read.account) else { continue };
            if only.is_some_and(|only| !only.contains(&account.key)) {
                continue;
            }
            match read.when {
                When::Now(at) => {
                    until = until.max(Some(at));
                    match due.last_mut().filter(|(place, _)| *place == read.account) {
                        Some((_, kinds)) => kinds.push(read.kind),
                        None => due.push((read.account, vec![read.kind])),
                    }
                }
                when => first.push(Event::NotRead {
                    account: account.key,
                    label: account.label(),
                    kind: read.kind,
                    when,
                }),
            }
        }
        let count = due.iter().map(|(_, kinds)| kinds.len()).sum();
        first.insert(0, Event::Planned { due: count, until });
        let run = Arc::new(Run { stop: AtomicBool::new(false), links: Links::of(accounts) });
        let at_once = self.settings.at_once.max(1);
        let due: Vec<(LedgerAccount, Vec<Kind>)> = due
            .into_iter()
            .filter_map(|(place, kinds)| Some((accounts.get(place)?.clone(), kinds)))
            .collect();
        let reads = stream::iter(due)
            .map(move |(account, kinds)| {
                let (sync, run) = (self.clone(), Arc::clone(&run));
                async move { sync.sync_account(account, kinds, &run).await }
            })
            .buffer_unordered(at_once)
            .flat_map(stream::iter);
        let all = stream::iter(first).chain(reads).map(Some).chain(stream::iter([None]));
        all.scan(SyncSummary::default(), |summary, event| {
            let event = match event {
                Some(event) => {
                    summary.count(&event);
                    event
                }
                None => Event::Done(*summary),
            };
            futures_util::future::ready(Some(event))
        })
    }

    async fn sync_account(&self, planned: LedgerAccount, kinds: Vec<Kind>, run: &Run) -> Vec<Event> {
        let mut events = Vec::new();
        let key = planned.key;
        let mut account = match self.with_ledger(move |ledger| find(ledger, key)).await {
            Ok(account) => account,
            Err(error) => return stopped(&run.stop, error.into()).into_iter().collect(),
        };
        // The consent may have ended since the plan was made, or the account has got another id with a new one.
        let id = account.id().filter(|_| account.standing == Standing::Active).cloned();
        for kind in kinds {
            let Some(id) = &id else {
                let when = When::Never(Reason::Stopped);
                events.push(Event::NotRead { account: key, label: account.label(), kind, when });
                continue;
            };
            if run.stop.load(Ordering::Relaxed) {
                break;
            }
            // Another run may have read it since the plan was made.
            let last_success = account.read(kind).last_success;
            if last_success > planned.read(kind).last_success {
                let fresh_until =
                    last_success.and_then(|at| at.checked_add_signed(self.settings.plan.interval(kind)));
                let when = When::At(fresh_until.unwrap_or_else(|| self.now()), Reason::Fresh);
                events.push(Event::NotRead { account: key, label: account.label(), kind, when });
                continue;
            }
            let outcome = match kind {
                Kind::Transactions => self.sync_transactions(&mut account, id).await,
                Kind::Balances => self.sync_balances(&account, id).await,
                Kind::Details => self.sync_details(&account, id).await,
            };
            let outcome = match outcome {
                Err(SyncError::Call(error)) => {
                    let (event, goes_on) = self.failed(&account, kind, error, run).await;
                    events.extend(event);
                    if goes_on {
                        continue;
                    }
                    break;
                }
                outcome => outcome,
            };
            match outcome {
                Ok(outcome) => {
                    events.push(Event::Read { account: account.key, label: account.label(), outcome });
                }
                Err(error) => {
                    events.extend(stopped(&run.stop, error));
                    break;
                }
            }
        }
        events
    }

    /// Notes a read that failed. `false`: the other reads of the account would fail, too.
    async fn failed(
        &self,
        account: &LedgerAccount,
        kind: Kind,
        error: Box<Error>,
        run: &Run,
    ) -> (Option<Event>, bool) {
        if stops_all(&error) {
            return (stopped(&run.stop, SyncError::Call(error)), false);
        }
        let (key, label) = (account.key, account.label());
        if let Error::Budget(budget) = &*error
            && budget.scope() == Some(RateLimitScope::Account)
        {
            // Nothing was sent: another run, or another program, has used the reads.
            let when = When::At(budget.retry_at().into(), Reason::NoReadLeft);
            return (Some(Event::NotRead { account: key, label, kind, when }), true);
        }
        let consent_end = if is_unknown(&error) {
            self.end_of_unknown(account, &run.links).await
        } else {
            ConsentEnd::of_error(&error)
        };
        let (now, sentence) = (self.now(), error.to_string());
        let wait_until = wait_after(&error, now);
        let is_not_covered = error.kind() == Some(ApiErrorKind::ConsentScope) && consent_end.is_none();
        let before = account.read(kind).last_success;
        let read = account.id().cloned();
        let noted = self.update(key, None, move |account| {
            // The person has connected again meanwhile: that the old link fails says nothing about the new one.
            if account.id() != read.as_ref() {
                return;
            }
            // One that was forgotten during the read stays so.
            if let Some(end) = consent_end.filter(|_| account.standing != Standing::Forgotten) {
                account.standing = Standing::Ended(end);
            }
            if let Some((_, covers)) =
                Kind::ALL.iter().zip(&mut account.covers).find(|(known, _)| is_not_covered && **known == kind)
            {
                *covers = false;
            }
            let record = account.read_mut(kind);
            if record.last_success > before {
                // Another run has read it meanwhile.
                return;
            }
            let since = record.failure.as_ref().map_or(now, |earlier| earlier.since);
            record.failure = Some(Failure { at: now, since, sentence: sentence.clone(), wait_until });
        });
        match noted.await {
            Ok(()) => {
                let goes_on = consent_end.is_none() && !is_unknown(&error);
                let outcome = ReadOutcome::Failed { kind, error, consent_end };
                (Some(Event::Read { account: key, label, outcome }), goes_on)
            }
            Err(error) => (stopped(&run.stop, error), false),
        }
    }

    async fn sync_transactions(
        &self,
        account: &mut LedgerAccount,
        id: &AccountId,
    ) -> Result<ReadOutcome, SyncError> {
        let key = account.key;
        let edges = self.with_ledger(move |ledger| ledger.edges(key)).await?;
        let today = self.now().date_naive();
        let last_success = account.read(Kind::Transactions).last_success;
        let window = Window::of(
            &WindowFacts {
                last_success: last_success.map(|at| at.date_naive()),
                newest_booked: edges.newest_booked,
                oldest_pending: edges.oldest_pending,
                consent_from: account.consent.history_from(),
                is_new_consent: account.consent.begins >= last_success,
                bank_days: account.bank_days,
                overlap_days: self.settings.overlap_days,
                undated: account.undated,
            },
            today,
        );
        let transactions = self
            .within_budget(|| {
                let read = self.bank.account(id).transactions();
                match window.from {
                    Some(from) => read.from(from).call(),
                    None => read.call(),
                }
            })
            .await?;
        let at = self.now();
        let answer = Answer::read(&transactions, &self.settings.entries);
        let (unread, gap) = (answer.unread().len(), window.gap);
        let (mut now, link) = (account.clone(), (Some(id.clone()), account.consent.clone()));
        let done = self.with_ledger(move |ledger| {
            loop {
                let known = ledger.known(now.key, known_from(&window, &answer))?;
                let changes = reconcile(&known, &answer, &window, at.date_naive());
                *now.read_mut(Kind::Transactions) = ReadRecord { last_success: Some(at), failure: None };
                now.gap = gap.or(now.gap);
                now.undated |= answer.entries().iter().any(|found| found.entry.day.is_none());
                let entries = Some((&answer, &changes));
                if ledger.write(&LedgerChange { account: &now, at, entries, balances: None })? {
                    return Ok(changes);
                }
                // Another run was faster: what it wrote is known now. If its answer is newer, this one has nothing to add.
                now = find(ledger, now.key)?;
                // Of a new link, all that it shows is left to the next run.
                let is_of_old_link = (&now.facts.id, &now.consent) != (&link.0, &link.1);
                if is_of_old_link || newer_success(now.read(Kind::Transactions), last_success, at).is_some() {
                    return Ok(Reconciliation::default());
                }
            }
        });
        let changes = done.await?;
        Ok(ReadOutcome::Transactions { changes, unread, gap })
    }

    async fn sync_balances(&self, account: &LedgerAccount, id: &AccountId) -> Result<ReadOutcome, SyncError> {
        let balances = self.within_budget(|| self.bank.account(id).balances()).await?;
        let (at, count) = (self.now(), balances.balances.len());
        let before = account.read(Kind::Balances).last_success;
        self.update(account.key, Some(balances), move |account| {
            let newer = newer_success(account.read(Kind::Balances), before, at);
            let last_success = newer.or(Some(at));
            *account.read_mut(Kind::Balances) = ReadRecord { last_success, failure: None };
        })
        .await?;
        Ok(ReadOutcome::Balances(count))
    }

    async fn sync_details(&self, account: &LedgerAccount, id: &AccountId) -> Result<ReadOutcome, SyncError> {
        // First what costs no read: if it fails, none is lost.
        let metadata = self.within_budget(|| self.bank.account(id).metadata()).await?;
        let details = self.within_budget(|| self.bank.account(id).details()).await?.account.into_inner();
        let (at, facts) = (self.now(), AccountFacts::read(&metadata, Some(&details)));
        self.update(account.key, None, move |account| {
            account.facts = merged(&account.facts, &facts);
            *account.read_mut(Kind::Details) = ReadRecord { last_success: Some(at), failure: None };
        })
        .await?;
        Ok(ReadOutcome::Details)
    }

    /// Makes a call, and waits where the budget of the company is used up and it is known that there is more soon. A limit that
    /// does not say when it ends is left to a later run.
    pub(crate) async fn within_budget<T: serde::de::DeserializeOwned + Send + 'static>(
        &self,
        call: impl Fn() -> Call<T>,
    ) -> Result<T, Error> {
        let mut waits = 0;
        loop {
            let error = match call().await {
                Err(error) if error.rate_limit_scope() == Some(RateLimitScope::Company) => error,
                outcome => return outcome,
            };
            let now: SystemTime = (self.clock)();
            let pause = error.retry_at().map(|at| at.duration_since(now).unwrap_or_default());
            match pause.filter(|pause| waits < MOST_WAITS && *pause <= LONGEST_WAIT) {
                Some(pause) => tokio::time::sleep(pause.max(Duration::from_secs(1))).await,
                None => return Err(error),
            }
            waits += 1;
        }
    }
}

fn find(ledger: &dyn Ledger, key: AccountKey) -> Result<LedgerAccount, LedgerError> {
    ledger
        .account(key)?
        .ok_or_else(|| LedgerError::new(format!("the ledger has no account {key}; list the accounts")))
}

/// The success that another run has had since this one read its own at an instant. One that was there before and is later was
/// written by a clock that was ahead.
fn newer_success(
    record: &ReadRecord,
    before: Option<DateTime<Utc>>,
    at: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    record.last_success.filter(|last| *last > at && Some(*last) != before)
}

/// Ends the run. Says so once, whatever else fails for the same reason.
fn stopped(stop: &AtomicBool, error: SyncError) -> Option<Event> {
    (!stop.swap(true, Ordering::Relaxed)).then_some(Event::Stopped(error))
}

/// Whether every other call would fail, too.
pub(crate) fn stops_all(error: &Error) -> bool {
    matches!(error.advice(), Advice::FixCredentials | Advice::AllowIp | Advice::RaiseQuota)
}

/// Until when no read of an account is made after one failed.
fn wait_after(error: &Error, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    // The quota knows when there are more of this kind; the other kinds have reads of their own.
    if error.rate_limit_scope() == Some(RateLimitScope::Account) {
        return None;
    }
    match error.advice() {
        Advice::WaitUntil(at) => Some(at.into()),
        Advice::Retry | Advice::PollAccount => now.checked_add_signed(AFTER_SHORT_FAILURE),
        _ => now.checked_add_signed(AFTER_FAILURE),
    }
}
