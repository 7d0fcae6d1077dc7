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
use gocardless_bank_data::{
    AccessScope, AccountId, Advice, ApiErrorKind, BankData, Call, Error, IntoId, RateLimitScope,
    RequisitionId, RequisitionStatus,
};

use crate::accounts::{AccountFacts, AccountMatch, match_accounts};
use crate::answer::Answer;
use crate::consent::{Consent, ConsentEnd};
use crate::entry::EntrySettings;
use crate::ledger::{
    AccountKey, Failure, Ledger, LedgerAccount, LedgerChange, LedgerError, ReadRecord, Standing,
};
use crate::plan::{Kind, Plan, PlanFacts, PlanSettings, ReadFacts, When};
use crate::reconcile::{Reconciliation, known_from, reconcile};
use crate::window::{Gap, Window, WindowFacts};

/// How often a read waits for a place in the budget of the company before it is left to the next run.
const MOST_WAITS: u32 = 30;
/// How long to wait after a failure that says no instant.
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

/// Syncs accounts into a [`Ledger`].
///
/// Cloning it is cheap. It can be killed at any point and goes on with the next run, without a duplicate or a gap; and two
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

/// Something that happened in a run.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event {
    /// The run begins: so many reads are due now.
    Planned {
        /// Reads that are due.
        due: usize,
        /// When the last of them can be expected, as far as the budget of the company goes.
        until: Option<DateTime<Utc>>,
    },
    /// A read that is not made in this run.
    NotRead {
        /// The account.
        account: AccountKey,
        /// Its name for people.
        label: String,
        /// The kind of data.
        kind: Kind,
        /// When it is due, or why it is not.
        when: When,
    },
    /// A read that was made.
    Read {
        /// The account.
        account: AccountKey,
        /// Its name for people.
        label: String,
        /// What it brought.
        outcome: ReadOutcome,
    },
    /// The run ends early, since no other read could succeed: the credentials are wrong, this machine may not call, or the
    /// ledger cannot be written.
    Stopped(SyncError),
    /// The run is over.
    Done(SyncSummary),
}

/// What a read brought.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReadOutcome {
    /// Transactions.
    Transactions {
        /// What they changed in the ledger.
        changes: Reconciliation,
        /// How many of them could not be read.
        odd: usize,
        /// Days whose transactions can no longer be had.
        gap: Option<Gap>,
    },
    /// So many balances.
    Balances(usize),
    /// Details.
    Details,
    /// It failed.
    Failed {
        /// The kind of data.
        kind: Kind,
        /// Why.
        error: Box<Error>,
        /// What ended the consent, if it has ended.
        consent_end: Option<ConsentEnd>,
    },
}

/// What a run has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SyncSummary {
    /// Reads that succeeded.
    pub succeeded: usize,
    /// Reads that failed.
    pub failed: usize,
    /// Entries that are new.
    pub added: usize,
    /// Entries that people see otherwise than before.
    pub changed: usize,
    /// Pending entries that have settled.
    pub settled: usize,
    /// Pending entries that have vanished.
    pub vanished: usize,
}

impl SyncSummary {
    fn count(&mut self, event: &Event) {
        let Event::Read { outcome, .. } = event else { return };
        match outcome {
            ReadOutcome::Failed { .. } => self.failed += 1,
            ReadOutcome::Transactions { changes, .. } => {
                self.succeeded += 1;
                self.added += changes.added.len();
                self.changed += changes.changed.iter().filter(|changed| changed.is_visible()).count();
                self.settled += changes.settled.len();
                self.vanished += changes.vanished.len();
            }
            ReadOutcome::Balances(_) | ReadOutcome::Details => self.succeeded += 1,
        }
    }
}

/// One line for people; it holds the end of an account number and no other bank data.
impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Planned { due, until: Some(until) } => {
                write!(f, "{due} reads are due, the last of them at {}", until.format("%H:%M:%S UTC"))
            }
            Self::Planned { due, until: None } => write!(f, "{due} reads are due"),
            Self::NotRead { label, kind, when, .. } => match when {
                When::At(at, reason) => {
                    let at = at.format("%Y-%m-%d %H:%M UTC");
                    write!(f, "{label}: {} are due at {at}: {}", kind.as_str(), reason.as_str())
                }
                When::Never(reason) => {
                    write!(f, "{label}: {} are not read: {}", kind.as_str(), reason.as_str())
                }
                When::Now(_) => write!(f, "{label}: {} are due", kind.as_str()),
            },
            Self::Read { label, outcome, .. } => write!(f, "{label}: {outcome}"),
            Self::Stopped(error) => write!(f, "stopped: {error}"),
            Self::Done(summary) => write!(
                f,
                "done: {} reads, {} failed; {} new entries, {} changed, {} settled, {} vanished",
                summary.succeeded + summary.failed,
                summary.failed,
                summary.added,
                summary.changed,
                summary.settled,
                summary.vanished
            ),
        }
    }
}

impl fmt::Display for ReadOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transactions { changes, odd, gap } => {
                let changed = changes.changed.iter().filter(|changed| changed.is_visible()).count();
                write!(f, "{} new entries, {changed} changed", changes.added.len())?;
                write!(f, ", {} settled, {} vanished", changes.settled.len(), changes.vanished.len())?;
                if *odd > 0 {
                    write!(f, "; {odd} could not be read and are kept as they came")?;
                }
                if let Some(gap) = gap {
                    write!(f, "; the bank no longer has those from {} to {}", gap.from, gap.to)?;
                }
                Ok(())
            }
            Self::Balances(count) => write!(f, "{count} balances"),
            Self::Details => f.write_str("details"),
            Self::Failed { error, .. } => error.fmt(f),
        }
    }
}

/// Why something could not be done with a ledger or the API.
#[derive(Debug)]
#[non_exhaustive]
pub enum SyncError {
    /// A call failed.
    Call(Box<Error>),
    /// The ledger could not be read or written.
    Ledger(LedgerError),
    /// The requisition is not linked; this is its status. Wait until it is.
    NotLinked(Option<RequisitionStatus>),
    /// The ledger has no such account, or it awaits no decision.
    NoDecision(AccountKey),
}

impl fmt::Display for SyncError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::Ledger(error) => error.fmt(f),
            Self::NotLinked(status) => {
                let status = status.as_ref().map_or_else(|| "unknown".to_owned(), ToString::to_string);
                write!(
                    f,
                    "the requisition is not linked (its status is {status}); wait until the person has linked it"
                )
            }
            Self::NoDecision(account) => {
                write!(
                    f,
                    "account {account} awaits no decision, or cannot be the one that was named; list the accounts"
                )
            }
        }
    }
}

impl std::error::Error for SyncError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => error.source(),
            _ => None,
        }
    }
}

impl From<Error> for SyncError {
    fn from(error: Error) -> Self {
        Self::Call(Box::new(error))
    }
}

impl From<LedgerError> for SyncError {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

/// An account of a requisition that was taken into a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tracked {
    /// Its key.
    pub key: AccountKey,
    /// Its name for people.
    pub label: String,
    /// How it was recognised.
    pub recognised: Recognised,
}

/// How an account was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recognised {
    /// It is a new one.
    New,
    /// It is one that the ledger has, for this reason.
    Same(&'static str),
    /// It may be one of these: it is not read until [`LedgerSync::decide`] says which.
    Undecided {
        /// The accounts that it may be.
        candidates: Vec<AccountKey>,
        /// Why that is not certain.
        reason: &'static str,
    },
}

/// What a person says of an account that was not recognised for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is a new one.
    New,
    /// It is this one.
    Same(AccountKey),
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

    /// Takes the accounts of a linked requisition into the ledger. `person` is whose they are, in your own words, such as a user
    /// id: accounts are recognised among those of one person at one institution.
    ///
    /// Call it once the person has linked, and again for each new requisition of theirs: an account that is known goes on
    /// under its key, whatever its id. It reads the details of each account whose details are not known, which is one of the four a
    /// day. It can be repeated.
    ///
    /// # Errors
    /// [`SyncError::NotLinked`] if the person has not linked it yet; else if a call or the ledger fails.
    pub async fn track(
        &self,
        requisition: impl IntoId<RequisitionId>,
        person: &str,
    ) -> Result<Vec<Tracked>, SyncError> {
        let requisition = self.bank.requisitions().get(requisition.into_id()).await?;
        if requisition.status != Some(RequisitionStatus::Linked) {
            return Err(SyncError::NotLinked(requisition.status));
        }
        let agreement = match &requisition.agreement {
            Some(id) => Some(self.bank.agreements().get(id).await?),
            None => None,
        };
        let institution = self.bank.institutions().get(&requisition.institution_id).await?;
        let scopes = agreement.as_ref().map(|agreement| agreement.access_scope.to_vec()).unwrap_or_default();
        let covers = [AccessScope::Transactions, AccessScope::Balances, AccessScope::Details]
            .map(|scope| scopes.is_empty() || scopes.contains(&scope));
        let mut template = LedgerAccount {
            key: AccountKey(0),
            version: 0,
            person: person.to_owned(),
            facts: AccountFacts {
                institution: Some((*requisition.institution_id).clone()),
                ..AccountFacts::default()
            },
            requisition: requisition.id.clone(),
            consent: agreement
                .as_ref()
                .map_or_else(|| Consent::of(&gocardless_bank_data::model::Agreement::default()), Consent::of),
            covers,
            bank_days: institution.transaction_total_days.as_ref().and_then(gocardless_bank_data::Days::get),
            standing: Standing::Active,
            reads: [ReadRecord::default(), ReadRecord::default(), ReadRecord::default()],
            gap: None,
        };
        // A requisition without an agreement of its own was linked just now, with the defaults.
        if template.consent.begins.is_none() {
            template.consent.begins = Some(self.now());
        }
        let known = self.with_ledger(Ledger::accounts).await?;
        let mut found = Vec::with_capacity(requisition.accounts.len());
        for id in &requisition.accounts {
            found.push(self.look_at(id, &template, &known).await?);
        }
        self.recognise(found, known).await
    }

    /// Reads what an account is recognised by.
    async fn look_at(
        &self,
        id: &AccountId,
        template: &LedgerAccount,
        known: &[LedgerAccount],
    ) -> Result<LedgerAccount, SyncError> {
        let metadata = self.bank.account(id).metadata().await?;
        let mut account = template.clone();
        let mut details = None;
        let has_details = known
            .iter()
            .any(|known| known.id() == Some(id) && known.read(Kind::Details).last_success.is_some());
        if account.covers[2] && !has_details {
            match self.bank.account(id).details().await {
                Ok(answer) => {
                    details = Some(answer.account.into_inner());
                    account.read_mut(Kind::Details).last_success = Some(self.now());
                }
                Err(error) if stops_all(&error) => return Err(error.into()),
                // Without details there is no currency, and perhaps a decision to make; the next run reads them.
                Err(_) => {}
            }
        }
        account.facts = AccountFacts::read(&metadata, details.as_ref());
        account.facts.id = Some(id.clone());
        if account.facts.institution.is_none() {
            account.facts.institution.clone_from(&template.facts.institution);
        }
        Ok(account)
    }

    async fn recognise(
        &self,
        found: Vec<LedgerAccount>,
        known: Vec<LedgerAccount>,
    ) -> Result<Vec<Tracked>, SyncError> {
        let person = found.first().map(|account| account.person.clone()).unwrap_or_default();
        let old: Vec<LedgerAccount> = known.into_iter().filter(|known| known.person == person).collect();
        let mut tracked = Vec::with_capacity(found.len());
        let is_waiting = |known: &&LedgerAccount| matches!(known.standing, Standing::Undecided(_));
        let candidates: Vec<&LedgerAccount> = old.iter().filter(|known| !is_waiting(known)).collect();
        let old_facts: Vec<AccountFacts> = candidates.iter().map(|known| known.facts.clone()).collect();
        // One that awaits a decision goes on waiting.
        let (waiting, found): (Vec<_>, Vec<_>) = found
            .into_iter()
            .partition(|account| old.iter().filter(is_waiting).any(|known| known.id() == account.id()));
        for account in waiting {
            if let Some(known) = old.iter().find(|known| known.id() == account.id())
                && let Standing::Undecided(candidates) = &known.standing
            {
                let reason = "a decision is awaited";
                let recognised = Recognised::Undecided { candidates: candidates.clone(), reason };
                tracked.push(Tracked { key: known.key, label: account.label(), recognised });
            }
        }
        let new_facts: Vec<AccountFacts> = found.iter().map(|account| account.facts.clone()).collect();
        for (mut account, verdict) in found.into_iter().zip(match_accounts(&old_facts, &new_facts)) {
            let label = account.label();
            let (key, recognised) = match verdict {
                AccountMatch::Certain { old, reason } => {
                    let Some(known) = candidates.get(old) else { continue };
                    self.take_over(known, &account).await?;
                    (known.key, Recognised::Same(reason))
                }
                AccountMatch::Open { candidates, .. } if candidates.is_empty() => {
                    (self.with_ledger(move |ledger| ledger.add_account(&account)).await?, Recognised::New)
                }
                AccountMatch::Likely { .. } | AccountMatch::Open { .. } => {
                    let (places, reason) = match verdict {
                        AccountMatch::Likely { old, reason } => (vec![old], reason),
                        AccountMatch::Open { candidates, reason } => (candidates, reason),
                        AccountMatch::Certain { .. } => continue,
                    };
                    let keys: Vec<AccountKey> = places
                        .iter()
                        .filter_map(|place| candidates.get(*place))
                        .map(|known| known.key)
                        .collect();
                    account.standing = Standing::Undecided(keys.clone());
                    let key = self.with_ledger(move |ledger| ledger.add_account(&account)).await?;
                    (key, Recognised::Undecided { candidates: keys, reason })
                }
            };
            tracked.push(Tracked { key, label, recognised });
        }
        Ok(tracked)
    }

    /// A known account goes on under the id and the consent of a new link.
    async fn take_over(&self, known: &LedgerAccount, new: &LedgerAccount) -> Result<(), SyncError> {
        let new = new.clone();
        self.update(known.key, None, move |account| {
            account.facts = merged(&account.facts, &new.facts);
            account.requisition.clone_from(&new.requisition);
            account.consent = new.consent.clone();
            account.covers = new.covers;
            account.bank_days = new.bank_days;
            account.standing = Standing::Active;
            for kind in Kind::ALL {
                let read = new.read(kind).last_success;
                let record = account.read_mut(kind);
                record.failure = None;
                record.last_success = record.last_success.max(read);
            }
        })
        .await
    }

    /// Says what an account is that was not recognised for certain.
    ///
    /// # Errors
    /// [`SyncError::NoDecision`] if it awaits none, or if it is decided to be an account that the ledger does not have.
    pub async fn decide(&self, account: AccountKey, decision: Decision) -> Result<(), SyncError> {
        let accounts = self.with_ledger(Ledger::accounts).await?;
        let find = |key: AccountKey| accounts.iter().find(|known| known.key == key);
        let waiting = find(account).filter(|known| matches!(known.standing, Standing::Undecided(_)));
        let waiting = waiting.ok_or(SyncError::NoDecision(account))?;
        match decision {
            Decision::New => self.update(account, None, |account| account.standing = Standing::Active).await,
            Decision::Same(key) => {
                let is_decided = |known: &&LedgerAccount| !matches!(known.standing, Standing::Undecided(_));
                let known = find(key).filter(is_decided).ok_or(SyncError::NoDecision(account))?;
                self.with_ledger(move |ledger| ledger.remove_account(account)).await?;
                self.take_over(known, waiting).await
            }
        }
    }

    /// Changes an account, again if another process was faster.
    async fn update(
        &self,
        key: AccountKey,
        read: Option<Arc<Answered>>,
        change: impl Fn(&mut LedgerAccount) + Clone + Send + 'static,
    ) -> Result<(), SyncError> {
        let at = self.now();
        let done = self.with_ledger(move |ledger| {
            loop {
                let mut account = find(ledger, key)?;
                change(&mut account);
                let balances =
                    read.as_deref().map(|Answered::Balances(balances)| balances.balances.as_slice());
                if ledger.write(&LedgerChange { account: &account, at, entries: None, balances })? {
                    return Ok(());
                }
            }
        });
        Ok(done.await?)
    }

    /// Which reads are due, and why the others are not.
    ///
    /// # Errors
    /// [`LedgerError`] if the ledger cannot be read.
    pub async fn plan(&self) -> Result<(Vec<LedgerAccount>, Plan), LedgerError> {
        let accounts = self.with_ledger(Ledger::accounts).await?;
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
            let failed = record.failure.as_ref().and_then(|failure| failure.wait_until);
            facts.wait_until = facts.wait_until.max(failed);
            // What is known without a call; only worth asking where the read could be made.
            if let Some(id) = account.id().filter(|_| !facts.is_stopped && covered) {
                let quota = self.bank.account(id).quota(&scope(kind)).await;
                let spent = quota.filter(|quota| quota.remaining == Some(0));
                let until = spent.and_then(|quota| quota.resets_at).map(DateTime::<Utc>::from);
                read.no_read_until = until.filter(|until| *until > now);
            }
        }
        facts
    }

    /// Makes the reads that are due, those of all accounts or of some, and tells what happens.
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
                Ok((accounts, plan)) => sync.carry_out(accounts, &plan, only).boxed(),
                Err(error) => {
                    stream::iter([Event::Stopped(error.into()), Event::Done(SyncSummary::default())]).boxed()
                }
            }
        };
        stream::once(planned).flatten()
    }

    fn carry_out(
        self,
        accounts: Vec<LedgerAccount>,
        plan: &Plan,
        only: Option<Vec<AccountKey>>,
    ) -> impl Stream<Item = Event> + Send + 'static {
        let (mut due, mut until, mut first) = (Vec::<(usize, Vec<Kind>)>::new(), None, Vec::new());
        for read in &plan.reads {
            let Some(account) = accounts.get(read.account) else { continue };
            if only.as_ref().is_some_and(|only| !only.contains(&account.key)) {
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
        let (stop, at_once) = (Arc::new(AtomicBool::new(false)), self.settings.at_once.max(1));
        let due: Vec<(LedgerAccount, Vec<Kind>)> = due
            .into_iter()
            .filter_map(|(place, kinds)| Some((accounts.get(place)?.clone(), kinds)))
            .collect();
        let reads = stream::iter(due)
            .map(move |(account, kinds)| {
                let (sync, stop) = (self.clone(), Arc::clone(&stop));
                async move { sync.sync_account(account, kinds, &stop).await }
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

    async fn sync_account(
        &self,
        mut account: LedgerAccount,
        kinds: Vec<Kind>,
        stop: &AtomicBool,
    ) -> Vec<Event> {
        let mut events = Vec::new();
        let Some(id) = account.id().cloned() else { return events };
        for kind in kinds {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            let outcome = match kind {
                Kind::Transactions => self.sync_transactions(&mut account, &id).await,
                Kind::Balances => self.sync_balances(&account, &id).await,
                Kind::Details => self.sync_details(&account, &id).await,
            };
            let outcome = match outcome {
                Err(SyncError::Call(error)) => {
                    let (event, goes_on) = self.failed(&account, kind, error, stop).await;
                    events.push(event);
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
                    stop.store(true, Ordering::Relaxed);
                    events.push(Event::Stopped(error));
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
        stop: &AtomicBool,
    ) -> (Event, bool) {
        if stops_all(&error) {
            stop.store(true, Ordering::Relaxed);
            return (Event::Stopped(SyncError::Call(error)), false);
        }
        let consent_end = ConsentEnd::of_error(&error);
        let (now, sentence) = (self.now(), error.to_string());
        let wait_until = wait_after(&error, now);
        let noted = self.update(account.key, None, move |account| {
            if let Some(end) = consent_end {
                account.standing = Standing::Ended(end);
            }
            let record = account.read_mut(kind);
            let since = record.failure.as_ref().map_or(now, |earlier| earlier.since);
            record.failure = Some(Failure { at: now, since, sentence: sentence.clone(), wait_until });
        });
        match noted.await {
            Ok(()) => {
                let goes_on = consent_end.is_none();
                let outcome = ReadOutcome::Failed { kind, error, consent_end };
                (Event::Read { account: account.key, label: account.label(), outcome }, goes_on)
            }
            Err(error) => {
                stop.store(true, Ordering::Relaxed);
                (Event::Stopped(error), false)
            }
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
        let window = Window::of(
            &WindowFacts {
                last_success: account.read(Kind::Transactions).last_success.map(|at| at.date_naive()),
                newest_booked: edges.newest_booked,
                oldest_pending: edges.oldest_pending,
                consent_from: account.consent.history_from(),
                bank_days: account.bank_days,
                overlap_days: self.settings.overlap_days,
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
        let (odd, gap) = (answer.odd().len(), window.gap);
        let mut now = account.clone();
        let done = self.with_ledger(move |ledger| {
            loop {
                let known = ledger.known(now.key, known_from(&window))?;
                let changes = reconcile(&known, &answer, &window, at.date_naive());
                *now.read_mut(Kind::Transactions) = ReadRecord { last_success: Some(at), failure: None };
                now.gap = gap.or(now.gap);
                let entries = Some((&answer, &changes));
                if ledger.write(&LedgerChange { account: &now, at, entries, balances: None })? {
                    return Ok(changes);
                }
                // Another process was faster: what it wrote is known now.
                now = find(ledger, now.key)?;
            }
        });
        let changes = done.await?;
        Ok(ReadOutcome::Transactions { changes, odd, gap })
    }

    async fn sync_balances(&self, account: &LedgerAccount, id: &AccountId) -> Result<ReadOutcome, SyncError> {
        let balances = self.within_budget(|| self.bank.account(id).balances()).await?;
        let (at, count) = (self.now(), balances.balances.len());
        let answer = Arc::new(Answered::Balances(balances));
        self.update(account.key, Some(answer), move |account| {
            *account.read_mut(Kind::Balances) = ReadRecord { last_success: Some(at), failure: None };
        })
        .await?;
        Ok(ReadOutcome::Balances(count))
    }

    async fn sync_details(&self, account: &LedgerAccount, id: &AccountId) -> Result<ReadOutcome, SyncError> {
        let details = self.within_budget(|| self.bank.account(id).details()).await?.account.into_inner();
        let metadata = self.bank.account(id).metadata().await?;
        let (at, facts) = (self.now(), AccountFacts::read(&metadata, Some(&details)));
        self.update(account.key, None, move |account| {
            account.facts = merged(&account.facts, &facts);
            *account.read_mut(Kind::Details) = ReadRecord { last_success: Some(at), failure: None };
        })
        .await?;
        Ok(ReadOutcome::Details)
    }

    /// Makes a call, and waits where the budget of the company is used up.
    async fn within_budget<T: serde::de::DeserializeOwned + Send + 'static>(
        &self,
        call: impl Fn() -> Call<T>,
    ) -> Result<T, Error> {
        let mut waits = 0;
        loop {
            let error = match call().await {
                Err(error) if waits < MOST_WAITS && is_budget_of_company(&error) => error,
                outcome => return outcome,
            };
            waits += 1;
            let now: SystemTime = (self.clock)();
            let pause = error.retry_at().and_then(|at| at.duration_since(now).ok());
            tokio::time::sleep(pause.unwrap_or(Duration::from_secs(1)).min(Duration::from_secs(120))).await;
        }
    }
}

/// What a read brought that is written with its account.
enum Answered {
    Balances(Balances),
}

fn find(ledger: &dyn Ledger, key: AccountKey) -> Result<LedgerAccount, LedgerError> {
    ledger
        .account(key)?
        .ok_or_else(|| LedgerError::new(format!("the ledger has no account {key}; list the accounts")))
}

fn scope(kind: Kind) -> AccessScope {
    match kind {
        Kind::Transactions => AccessScope::Transactions,
        Kind::Balances => AccessScope::Balances,
        Kind::Details => AccessScope::Details,
    }
}

fn is_budget_of_company(error: &Error) -> bool {
    match error {
        Error::Budget(budget) => budget.scope() == Some(RateLimitScope::Company),
        error => error.kind() == Some(ApiErrorKind::RateLimited(RateLimitScope::Company)),
    }
}

/// Whether no other call can succeed either.
fn stops_all(error: &Error) -> bool {
    matches!(error.advice(), Advice::FixCredentials | Advice::AllowIp | Advice::RaiseQuota)
}

/// Until when to leave a read alone after it failed.
fn wait_after(error: &Error, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    match error.advice() {
        Advice::WaitUntil(at) => Some(at.into()),
        Advice::Retry | Advice::PollAccount => now.checked_add_signed(AFTER_SHORT_FAILURE),
        _ => now.checked_add_signed(AFTER_FAILURE),
    }
}

/// The newer facts, and the earlier ones where these say nothing.
fn merged(earlier: &AccountFacts, newer: &AccountFacts) -> AccountFacts {
    AccountFacts {
        id: newer.id.clone().or_else(|| earlier.id.clone()),
        institution: newer.institution.clone().or_else(|| earlier.institution.clone()),
        iban: newer.iban.clone().or_else(|| earlier.iban.clone()),
        number: newer.number.clone().or_else(|| earlier.number.clone()),
        currency: newer.currency.clone().or_else(|| earlier.currency.clone()),
        resource: newer.resource.clone().or_else(|| earlier.resource.clone()),
        name: newer.name.clone().or_else(|| earlier.name.clone()),
        product: newer.product.clone().or_else(|| earlier.product.clone()),
        owner: newer.owner.clone().or_else(|| earlier.owner.clone()),
    }
}
