//! Where accounts and their entries are kept: what the engine needs of such a place.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use gocardless_bank_data::model::Balance;
use gocardless_bank_data::{AccountId, RequisitionId};
use rust_decimal::Decimal;

use crate::accounts::AccountFacts;
use crate::answer::{Answer, UnreadEntry};
use crate::consent::{Consent, ConsentEnd};
use crate::plan::Kind;
use crate::reconcile::{Known, Reconciliation};
use crate::window::Gap;

/// The key of an account in a ledger. It stays when the person connects again and the account gets another id in the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountKey(pub i64);

impl fmt::Display for AccountKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A place where accounts and entries are kept.
///
/// Its methods block, so the engine calls them on threads that may block. Each one is a single step: all of it is done, or
/// nothing. [`SqliteLedger`](crate::SqliteLedger) is one in a file.
pub trait Ledger: Send + Sync + 'static {
    /// All accounts, by key.
    ///
    /// # Errors
    /// [`LedgerError`] if they cannot be read.
    fn accounts(&self) -> Result<Vec<LedgerAccount>, LedgerError>;

    /// One account. `None`: no account has this key.
    ///
    /// # Errors
    /// [`LedgerError`] if it cannot be read.
    fn account(&self, key: AccountKey) -> Result<Option<LedgerAccount>, LedgerError>;

    /// Adds an account and gives its key; the key and version that it has do not matter. If the person has an account with this
    /// id in the API, nothing is added, and that account's key is given: another process may have been faster.
    ///
    /// # Errors
    /// [`LedgerError`] if it cannot be written.
    fn add_account(&self, account: &LedgerAccount) -> Result<AccountKey, LedgerError>;

    /// Removes an account that has no entries, such as one that turned out to be another.
    ///
    /// # Errors
    /// [`LedgerError`] if it has entries or cannot be removed.
    fn remove_account(&self, account: AccountKey) -> Result<(), LedgerError>;

    /// The days that the next [`Window`](crate::Window) of an account follows from.
    ///
    /// # Errors
    /// [`LedgerError`] if they cannot be read.
    fn edges(&self, account: AccountKey) -> Result<Edges, LedgerError>;

    /// The entries of an account from this day on, and those without a day or still pending whatever their day. `None`: all.
    ///
    /// # Errors
    /// [`LedgerError`] if they cannot be read.
    fn known(&self, account: AccountKey, from: Option<NaiveDate>) -> Result<Vec<Known>, LedgerError>;

    /// Writes what a read has brought, and the account as it is now. `false`, and nothing is written, if the account was
    /// changed since it was read, as its [`version`](LedgerAccount::version) shows.
    ///
    /// # Errors
    /// [`LedgerError`] if it cannot be written.
    fn write(&self, change: &LedgerChange<'_>) -> Result<bool, LedgerError>;
}

/// The days of an account that a [`Window`](crate::Window) follows from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Edges {
    /// The day of the newest booked entry.
    pub newest_booked: Option<NaiveDate>,
    /// The day of the oldest entry that is pending.
    pub oldest_pending: Option<NaiveDate>,
}

/// What one read changes in a ledger.
#[derive(Clone, Copy, Debug)]
pub struct LedgerChange<'a> {
    /// The account as it is to be; its version is the one under which it was read.
    pub account: &'a LedgerAccount,
    /// When it was read.
    pub at: DateTime<Utc>,
    /// The answer to a read of transactions, and what it changes.
    pub entries: Option<(&'a Answer, &'a Reconciliation)>,
    /// The answer to a read of balances.
    pub balances: Option<&'a [Balance]>,
}

/// An account in a ledger. `Debug` shows keys and ids, and no bank data.
#[derive(Clone, PartialEq, Eq)]
pub struct LedgerAccount {
    /// Its key.
    pub key: AccountKey,
    /// Grows with each change.
    pub version: i64,
    /// Whose it is: a name of your own choice. Accounts are recognised among those of one person.
    pub person: String,
    /// What it is recognised by, with its present id in the API.
    pub facts: AccountFacts,
    /// The requisition that it is linked by.
    pub requisition: Option<RequisitionId>,
    /// The consent that it is read under.
    pub consent: Consent,
    /// Which kinds of data the consent covers, in the order of [`Kind::ALL`].
    pub covers: [bool; 3],
    /// How many days back the bank's own history reaches.
    pub bank_days: Option<u32>,
    /// Whether it can be read.
    pub standing: Standing,
    /// What became of the reads of each kind, in the order of [`Kind::ALL`].
    pub reads: [ReadRecord; 3],
    /// The last days of which the bank no longer has the transactions, if there are any.
    pub gap: Option<Gap>,
    /// Whether it has had entries without a date, which the API lists only if no day is asked for.
    pub undated: bool,
}

impl LedgerAccount {
    /// Its present id in the API.
    #[must_use]
    pub fn id(&self) -> Option<&AccountId> {
        self.facts.id.as_ref()
    }

    /// What became of the reads of a kind.
    #[must_use]
    pub fn read(&self, kind: Kind) -> &ReadRecord {
        let [transactions, balances, details] = &self.reads;
        match kind {
            Kind::Transactions => transactions,
            Kind::Balances => balances,
            Kind::Details => details,
        }
    }

    pub(crate) fn read_mut(&mut self, kind: Kind) -> &mut ReadRecord {
        let [transactions, balances, details] = &mut self.reads;
        match kind {
            Kind::Transactions => transactions,
            Kind::Balances => balances,
            Kind::Details => details,
        }
    }

    /// A name for people: that of the bank or the product, and the end of its number.
    #[must_use]
    pub fn label(&self) -> String {
        let facts = &self.facts;
        let name = facts.name.as_deref().or(facts.product.as_deref()).unwrap_or("account");
        let number = facts.iban.as_deref().or(facts.number.as_deref()).unwrap_or_default();
        let skipped = number.chars().count().saturating_sub(4);
        let end: String = number.chars().skip(skipped).collect();
        let mut label = name.to_owned();
        for part in [
            if end.is_empty() { String::new() } else { format!("…{end}") },
            facts.currency.clone().unwrap_or_default(),
        ] {
            if !part.is_empty() {
                label.push(' ');
                label.push_str(&part);
            }
        }
        label
    }
}

impl fmt::Debug for LedgerAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LedgerAccount")
            .field("key", &self.key)
            .field("facts", &self.facts)
            .field("standing", &self.standing)
            .finish_non_exhaustive()
    }
}

/// Whether an account can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It can.
    Active,
    /// Its consent has ended: the person must connect again.
    Ended(ConsentEnd),
    /// It came with a new link and may be one of these: a person must decide.
    Undecided(Vec<AccountKey>),
    /// The person wants no more of it, such as of one that is closed: it is not read, and nothing is asked about it. Its entries
    /// stay, and a link that has it again makes it active.
    Forgotten,
}

/// What became of the reads of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadRecord {
    /// The last read with success.
    pub last_success: Option<DateTime<Utc>>,
    /// The failure since then.
    pub failure: Option<Failure>,
}

/// A read that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// When it failed.
    pub at: DateTime<Utc>,
    /// Since when reads have failed.
    pub since: DateTime<Utc>,
    /// What happened and what to do, in one sentence without bank data.
    pub sentence: String,
    /// Until when to make no further read.
    pub wait_until: Option<DateTime<Utc>>,
}

/// An entry as a ledger gives it to people and exports. `Debug` shows no bank data.
#[derive(Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    /// The account.
    pub account: AccountKey,
    /// The entry and what is known of it.
    pub known: Known,
    /// The day that it is sorted by: its own, or that on which it was first seen.
    pub day: NaiveDate,
    /// The transaction as the bank sent it.
    pub json: String,
}

impl fmt::Debug for LedgerEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LedgerEntry")
            .field("account", &self.account)
            .field("known", &self.known)
            .field("day", &self.day)
            .finish_non_exhaustive()
    }
}

/// A balance in a ledger.
#[derive(Clone, PartialEq, Eq)]
pub struct LedgerBalance {
    /// The account.
    pub account: AccountKey,
    /// What it counts, such as `interimAvailable`.
    pub kind: String,
    /// The amount.
    pub amount: Decimal,
    /// Its currency.
    pub currency: String,
    /// The day that the bank names.
    pub reference_day: Option<NaiveDate>,
    /// When it was read.
    pub read_at: DateTime<Utc>,
}

impl fmt::Debug for LedgerBalance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LedgerBalance")
            .field("kind", &self.kind)
            .field("read_at", &self.read_at)
            .finish_non_exhaustive()
    }
}

/// An entry that could not be read, as a ledger keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerUnread {
    /// The account.
    pub account: AccountKey,
    /// When it was first seen.
    pub seen_at: DateTime<Utc>,
    /// The entry.
    pub entry: UnreadEntry,
}

/// A ledger could not be read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerError(String);

impl LedgerError {
    /// With this sentence, which holds no bank data.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for LedgerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for LedgerError {}

/// A ledger with several owners, such as one that is also read from while it is synced into.
impl<L: Ledger> Ledger for std::sync::Arc<L> {
    fn accounts(&self) -> Result<Vec<LedgerAccount>, LedgerError> {
        (**self).accounts()
    }

    fn account(&self, key: AccountKey) -> Result<Option<LedgerAccount>, LedgerError> {
        (**self).account(key)
    }

    fn add_account(&self, account: &LedgerAccount) -> Result<AccountKey, LedgerError> {
        (**self).add_account(account)
    }

    fn remove_account(&self, account: AccountKey) -> Result<(), LedgerError> {
        (**self).remove_account(account)
    }

    fn edges(&self, account: AccountKey) -> Result<Edges, LedgerError> {
        (**self).edges(account)
    }

    fn known(&self, account: AccountKey, from: Option<NaiveDate>) -> Result<Vec<Known>, LedgerError> {
        (**self).known(account, from)
    }

    fn write(&self, change: &LedgerChange<'_>) -> Result<bool, LedgerError> {
        (**self).write(change)
    }
}
