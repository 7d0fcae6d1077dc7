//! A ledger in a SQLite file.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use gocardless_bank_data_sqlite::database::{self, Access, Schema};
use rusqlite::types::Type;
use rusqlite::{
    Connection, OptionalExtension as _, Row, Statement, Transaction, TransactionBehavior, params,
};
use rust_decimal::Decimal;

use crate::accounts::AccountFacts;
use crate::answer::{Answer, Answered, UnreadEntry};
use crate::consent::{Consent, ConsentEnd};
use crate::entry::{Entry, Status, read_amount};
use crate::identity::{Ids, digest};
use crate::ledger::{
    AccountKey, Edges, Failure, Ledger, LedgerAccount, LedgerBalance, LedgerChange, LedgerEntry, LedgerError,
    LedgerUnread, ReadRecord, Standing,
};
use crate::plan::Kind;
use crate::reconcile::{Booked, Certainty, Known, Reconciliation, State};
use crate::window::Gap;

/// `gcbl` marks the file.
const SCHEMA: Schema =
    Schema { application: 0x6763_626c, steps: &[include_str!("schema.sql"), include_str!("schema_2.sql")] };

/// How long a write waits for another process.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The standing of an account that the person wants no more of.
const FORGOTTEN: &str = "forgotten";

/// The columns of an account, in the order in which they are written and read.
const ACCOUNT: &str = "person, api_id, institution, iban, number, currency, resource, name, product, owner, requisition, \
     agreement, consent_begins, access_days, history_days, covers, bank_days, standing, gap_from, gap_to, undated";

/// The columns of an entry that a read needs.
const ENTRY: &str = "key, state, day, amount, currency, counterparty, counterparty_account, description, transaction_id, \
     internal_id, reference, first_seen, since, was_pending, missing, beside, fingerprint";

/// A ledger in a SQLite file, which `src/schema.sql` of this package describes, with what `schema_2.sql` adds; any program for SQLite reads it.
///
/// The file holds bank data: it is created for its owner alone, and refused if others can read it. Any number of processes can
/// use it. A process that is killed leaves it as it was before its last step.
///
/// ```no_run
/// use gocardless_bank_data_sync::SqliteLedger;
///
/// let ledger = SqliteLedger::open("/var/lib/my-program/ledger.sqlite")?;
/// # drop(ledger);
/// # Ok::<(), gocardless_bank_data_sync::LedgerError>(())
/// ```
pub struct SqliteLedger {
    path: PathBuf,
    connection: Mutex<Connection>,
}

impl fmt::Debug for SqliteLedger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteLedger").field("path", &self.path).finish_non_exhaustive()
    }
}

/// Which entries of a ledger to give.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryFilter {
    /// Of this account only.
    pub account: Option<AccountKey>,
    /// From this day on.
    pub since: Option<NaiveDate>,
    /// Up to this day, which is included.
    pub until: Option<NaiveDate>,
    /// In these states; empty is booked and pending.
    pub states: Vec<State>,
}

impl SqliteLedger {
    /// Opens a file, which need not exist yet; its directory must. A file of an older version is brought up to date.
    ///
    /// # Errors
    /// [`LedgerError`] if the file cannot be created or opened, others can read it, it belongs to another program or to a
    /// newer version, or it is damaged. It is left as it is.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, LedgerError> {
        let path = path.as_ref();
        let (connection, path) = database::open(path, &SCHEMA, Access::Owner, TIMEOUT).map_err(|why| {
            LedgerError::new(format!("the ledger {} cannot be opened: {why}", path.display()))
        })?;
        Ok(Self { path, connection: Mutex::new(connection) })
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run<T>(&self, work: impl FnOnce(&mut Connection) -> rusqlite::Result<T>) -> Result<T, LedgerError> {
        work(&mut self.connection()).map_err(|error| {
            let why = database::explain(&error);
            LedgerError::new(format!("the ledger {} cannot be used: {why}", self.path.display()))
        })
    }

    /// The entries that a filter lets through, the newest first.
    ///
    /// # Errors
    /// [`LedgerError`] if they cannot be read.
    pub fn entries(&self, filter: &EntryFilter) -> Result<Vec<LedgerEntry>, LedgerError> {
        let states = match filter.states.as_slice() {
            [] => vec![State::Booked, State::Pending],
            states => states.to_vec(),
        };
        self.run(|connection| {
            let mut statement = connection.prepare(&format!(
                "SELECT {ENTRY}, account, json FROM entry \
                 WHERE (?1 IS NULL OR account = ?1) AND (?2 IS NULL OR coalesce(day, first_seen) >= ?2) \
                 AND (?3 IS NULL OR coalesce(day, first_seen) <= ?3) AND instr(?4, state) > 0 \
                 ORDER BY coalesce(day, first_seen) DESC, account, key"
            ))?;
            let words: Vec<&str> = states.iter().map(|state| state.as_str()).collect();
            let rows = statement.query_map(
                params![
                    filter.account.map(|account| account.0),
                    filter.since.map(|day| day.to_string()),
                    filter.until.map(|day| day.to_string()),
                    words.join(" "),
                ],
                |row| {
                    let known = read_known(row)?;
                    let day = known.entry.day.unwrap_or(known.first_seen);
                    Ok(LedgerEntry { account: AccountKey(row.get(17)?), known, day, json: row.get(18)? })
                },
            )?;
            rows.collect()
        })
    }

    /// The balances of an account as they were last read.
    ///
    /// # Errors
    /// [`LedgerError`] if they cannot be read.
    pub fn balances(&self, account: AccountKey) -> Result<Vec<LedgerBalance>, LedgerError> {
        self.run(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT kind, amount, currency, reference_day, read_at FROM balance WHERE account = ?1 ORDER BY rowid",
            )?;
            let rows = statement.query_map([account.0], |row| {
                Ok(LedgerBalance {
                    account,
                    kind: row.get(0)?,
                    amount: parse(row, 1)?,
                    currency: row.get(2)?,
                    reference_day: parse_option(row, 3)?,
                    read_at: parse(row, 4)?,
                })
            })?;
            rows.collect()
        })
    }

    /// The entries of an account that could not be read, the newest first.
    ///
    /// # Errors
    /// [`LedgerError`] if they cannot be read.
    pub fn unread(&self, account: AccountKey) -> Result<Vec<LedgerUnread>, LedgerError> {
        self.run(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT seen_at, path, reason, json FROM unread WHERE account = ?1 ORDER BY seen_at DESC, path",
            )?;
            let rows = statement.query_map([account.0], |row| {
                let entry = UnreadEntry { path: row.get(1)?, reason: row.get(2)?, json: row.get(3)? };
                Ok(LedgerUnread { account, seen_at: parse(row, 0)?, entry })
            })?;
            rows.collect()
        })
    }
}

impl Ledger for SqliteLedger {
    fn accounts(&self) -> Result<Vec<LedgerAccount>, LedgerError> {
        self.run(|connection| read_accounts(connection, None))
    }

    fn account(&self, key: AccountKey) -> Result<Option<LedgerAccount>, LedgerError> {
        self.run(|connection| Ok(read_accounts(connection, Some(key))?.pop()))
    }

    fn add_account(&self, account: &LedgerAccount) -> Result<AccountKey, LedgerError> {
        self.run(|connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            if let Some(key) = key_of(&transaction, account)? {
                return Ok(key);
            }
            transaction.execute(
                &format!("INSERT INTO account (version, {ACCOUNT}) VALUES (1{})", ", ?".repeat(21)),
                rusqlite::params_from_iter(account_values(account)),
            )?;
            let key = AccountKey(transaction.last_insert_rowid());
            write_api_id(&transaction, key, account, Utc::now())?;
            write_reads(&transaction, key, account)?;
            transaction.commit()?;
            Ok(key)
        })
    }

    fn remove_account(&self, account: AccountKey) -> Result<(), LedgerError> {
        self.run(|connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for table in ["api_id", "read", "balance", "unread"] {
                transaction.execute(&format!("DELETE FROM {table} WHERE account = ?1"), [account.0])?;
            }
            transaction.execute("DELETE FROM account WHERE key = ?1", [account.0])?;
            transaction.commit()
        })
    }

    fn edges(&self, account: AccountKey) -> Result<Edges, LedgerError> {
        self.run(|connection| {
            let mut newest = connection.prepare_cached(
                "SELECT day FROM entry WHERE account = ?1 AND day IS NOT NULL AND state = 'booked' \
                 ORDER BY day DESC LIMIT 1",
            )?;
            let mut oldest = connection.prepare_cached(
                "SELECT min(day) FROM entry WHERE account = ?1 AND state = 'pending' AND day IS NOT NULL",
            )?;
            Ok(Edges {
                newest_booked: newest
                    .query_row([account.0], |row| parse_option(row, 0))
                    .optional()?
                    .flatten(),
                oldest_pending: oldest.query_row([account.0], |row| parse_option(row, 0))?,
            })
        })
    }

    fn known(&self, account: AccountKey, from: Option<NaiveDate>) -> Result<Vec<Known>, LedgerError> {
        let from = from.map(|day| day.to_string()).unwrap_or_default();
        self.run(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {ENTRY} FROM entry WHERE account = ?1 AND day >= ?2 \
                 UNION ALL SELECT {ENTRY} FROM entry WHERE account = ?1 AND (state = 'pending' OR day IS NULL) \
                 AND (day IS NULL OR day < ?2)"
            ))?;
            statement.query_map(params![account.0, from], read_known)?.collect()
        })
    }

    fn write(&self, change: &LedgerChange<'_>) -> Result<bool, LedgerError> {
        self.run(|connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = write_change(&transaction, change)?;
            if done {
                transaction.commit()?;
            }
            Ok(done)
        })
    }
}

/// The account that a person has under this id: another process may have added it a moment ago.
fn key_of(transaction: &Transaction<'_>, account: &LedgerAccount) -> rusqlite::Result<Option<AccountKey>> {
    let Some(id) = account.id() else { return Ok(None) };
    let mut statement =
        transaction.prepare_cached("SELECT key FROM account WHERE person = ?1 AND api_id = ?2")?;
    statement.query_row(params![account.person, id.to_string()], |row| row.get(0).map(AccountKey)).optional()
}

fn write_change(transaction: &Transaction<'_>, change: &LedgerChange<'_>) -> rusqlite::Result<bool> {
    let account = change.account;
    let columns: Vec<String> =
        ACCOUNT.split(", ").zip(3..).map(|(column, place)| format!("{column} = ?{place}")).collect();
    let mut statement = transaction.prepare_cached(&format!(
        "UPDATE account SET version = version + 1, {} WHERE key = ?1 AND version = ?2",
        columns.join(", ")
    ))?;
    let mut values: Vec<rusqlite::types::Value> = vec![account.key.0.into(), account.version.into()];
    values.extend(account_values(account));
    if statement.execute(rusqlite::params_from_iter(values))? == 0 {
        return Ok(false);
    }
    write_api_id(transaction, account.key, account, change.at)?;
    write_reads(transaction, account.key, account)?;
    if let Some((answer, reconciliation)) = change.entries {
        write_entries(transaction, account.key, answer, reconciliation, change.at.date_naive())?;
        let mut statement = transaction.prepare_cached(
            "INSERT OR IGNORE INTO unread (account, fingerprint, seen_at, path, reason, json) VALUES (?, ?, ?, ?, ?, ?)",
        )?;
        for entry in answer.unread() {
            let fingerprint = digest(&entry.json);
            statement.execute(params![
                account.key.0,
                fingerprint,
                instant(change.at),
                entry.path,
                entry.reason,
                entry.json
            ])?;
        }
    }
    if let Some(balances) = change.balances {
        transaction.execute("DELETE FROM balance WHERE account = ?1", [account.key.0])?;
        let mut statement = transaction.prepare_cached(
            "INSERT INTO balance (account, kind, amount, currency, reference_day, read_at) VALUES (?, ?, ?, ?, ?, ?)",
        )?;
        for balance in balances {
            let money = &balance.balance_amount;
            let Some(amount) = read_amount(&money.amount) else { continue };
            statement.execute(params![
                account.key.0,
                balance.balance_type.as_ref().map(ToString::to_string).unwrap_or_default(),
                amount.to_string(),
                money.currency.as_str().trim(),
                balance
                    .reference_date
                    .as_ref()
                    .and_then(gocardless_bank_data::Date::day)
                    .map(|day| day.to_string()),
                instant(change.at),
            ])?;
        }
    }
    Ok(true)
}

fn write_entries(
    transaction: &Transaction<'_>,
    account: AccountKey,
    answer: &Answer,
    reconciliation: &Reconciliation,
    today: NaiveDate,
) -> rusqlite::Result<()> {
    let found = |index: usize| answer.entries().get(index);
    for added in &reconciliation.added {
        if let Some(found) = found(added.index) {
            insert(transaction, account, &added.key, found, today)?;
        }
    }
    for changed in &reconciliation.changed {
        if let Some(found) = found(changed.index) {
            update(transaction, account, &changed.key, found, today, None)?;
        }
    }
    for settled in &reconciliation.settled {
        match &settled.as_booked {
            Booked::Answered(index) => {
                if let Some(found) = found(*index) {
                    update(transaction, account, &settled.key, found, today, Some(settled.certainty))?;
                }
            }
            Booked::Known(booked) => {
                transaction.execute(
                    "DELETE FROM entry WHERE account = ?1 AND key = ?2",
                    params![account.0, settled.key],
                )?;
                transaction.execute(
                    "UPDATE entry SET was_pending = 1, certainty = ?3 WHERE account = ?1 AND key = ?2",
                    params![account.0, booked, settled.certainty.as_str()],
                )?;
            }
        }
    }
    for key in &reconciliation.vanished {
        transaction.execute(
            "UPDATE entry SET state = 'vanished', since = ?3, beside = NULL WHERE account = ?1 AND key = ?2",
            params![account.0, key, today.to_string()],
        )?;
    }
    for key in &reconciliation.missing {
        transaction.execute(
            "UPDATE entry SET missing = 1 WHERE account = ?1 AND key = ?2",
            params![account.0, key],
        )?;
    }
    for (key, beside) in &reconciliation.beside {
        transaction.execute(
            "UPDATE entry SET beside = ?3 WHERE account = ?1 AND key = ?2",
            params![account.0, key, beside],
        )?;
    }
    Ok(())
}

fn insert(
    transaction: &Transaction<'_>,
    account: AccountKey,
    key: &str,
    found: &Answered,
    today: NaiveDate,
) -> rusqlite::Result<()> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO entry (account, key, state, day, amount, currency, counterparty, counterparty_account, description, \
         transaction_id, internal_id, reference, first_seen, since, missing, fingerprint, json, was_pending, certainty) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?13, 0, ?14, ?15, ?16, ?17) \
         ON CONFLICT (account, key) DO NOTHING",
    )?;
    // An entry that is too old to be known now may have the key.
    let mut candidate = key.to_owned();
    for number in 2_u32.. {
        if execute(&mut statement, account, &candidate, found, today, None)? == 1 {
            break;
        }
        candidate = format!("{key}~{number}");
    }
    Ok(())
}

fn update(
    transaction: &Transaction<'_>,
    account: AccountKey,
    key: &str,
    found: &Answered,
    today: NaiveDate,
    settled: Option<Certainty>,
) -> rusqlite::Result<()> {
    let mut statement = transaction.prepare_cached(
        "UPDATE entry SET since = CASE state WHEN ?3 THEN since ELSE ?13 END, state = ?3, day = ?4, amount = ?5, \
         currency = ?6, counterparty = ?7, counterparty_account = ?8, description = ?9, transaction_id = ?10, \
         internal_id = ?11, reference = ?12, missing = 0, fingerprint = ?14, json = ?15, \
         was_pending = max(was_pending, ?16), certainty = coalesce(?17, certainty), \
         beside = CASE ?3 WHEN 'pending' THEN beside END \
         WHERE account = ?1 AND key = ?2",
    )?;
    execute(&mut statement, account, key, found, today, settled).map(drop)
}

/// Executes the statement of [`insert`] or [`update`], and gives the number of rows that it wrote.
fn execute(
    statement: &mut Statement<'_>,
    account: AccountKey,
    key: &str,
    found: &Answered,
    today: NaiveDate,
    settled: Option<Certainty>,
) -> rusqlite::Result<usize> {
    let entry = &found.entry;
    statement.execute(params![
        account.0,
        key,
        entry.status.as_str(),
        entry.day.map(|day| day.to_string()),
        entry.amount.to_string(),
        entry.currency,
        entry.counterparty,
        entry.counterparty_account,
        entry.description,
        found.ids.transaction,
        found.ids.internal,
        found.ids.reference,
        today.to_string(),
        found.fingerprint(),
        found.json,
        settled.is_some(),
        settled.map(Certainty::as_str),
    ])
}

fn write_api_id(
    transaction: &Transaction<'_>,
    key: AccountKey,
    account: &LedgerAccount,
    at: DateTime<Utc>,
) -> rusqlite::Result<()> {
    let Some(id) = account.id() else { return Ok(()) };
    let mut statement = transaction.prepare_cached(
        "INSERT INTO api_id (id, account, since) VALUES (?1, ?2, ?3) \
         ON CONFLICT (id) DO UPDATE SET account = ?2 WHERE account <> ?2",
    )?;
    statement.execute(params![id.to_string(), key.0, instant(at)])?;
    Ok(())
}

fn write_reads(
    transaction: &Transaction<'_>,
    key: AccountKey,
    account: &LedgerAccount,
) -> rusqlite::Result<()> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO read (account, kind, last_success, failed_at, failing_since, failure, wait_until) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (account, kind) DO UPDATE SET last_success = ?3, \
         failed_at = ?4, failing_since = ?5, failure = ?6, wait_until = ?7",
    )?;
    for kind in Kind::ALL {
        let record = account.read(kind);
        let failure = record.failure.as_ref();
        statement.execute(params![
            key.0,
            kind.as_str(),
            record.last_success.map(instant),
            failure.map(|failure| instant(failure.at)),
            failure.map(|failure| instant(failure.since)),
            failure.map(|failure| failure.sentence.as_str()),
            failure.and_then(|failure| failure.wait_until).map(instant),
        ])?;
    }
    Ok(())
}

fn account_values(account: &LedgerAccount) -> Vec<rusqlite::types::Value> {
    let facts = &account.facts;
    let covers: Vec<&str> = Kind::ALL
        .iter()
        .zip(account.covers)
        .filter(|(_, covered)| *covered)
        .map(|(kind, _)| kind.as_str())
        .collect();
    vec![
        account.person.clone().into(),
        facts.id.as_ref().map(ToString::to_string).into(),
        facts.institution.as_ref().map(ToString::to_string).into(),
        facts.iban.clone().into(),
        facts.number.clone().into(),
        facts.currency.clone().into(),
        facts.resource.clone().into(),
        facts.name.clone().into(),
        facts.product.clone().into(),
        facts.owner.clone().into(),
        account.requisition.as_ref().map(ToString::to_string).into(),
        account.consent.agreement.as_ref().map(ToString::to_string).into(),
        account.consent.begins.map(instant).into(),
        account.consent.access_days.into(),
        account.consent.history_days.into(),
        covers.join(" ").into(),
        account.bank_days.into(),
        standing_text(&account.standing).into(),
        account.gap.map(|gap| gap.from.to_string()).into(),
        account.gap.map(|gap| gap.to.to_string()).into(),
        account.undated.into(),
    ]
}

/// All accounts, or this one.
fn read_accounts(connection: &Connection, key: Option<AccountKey>) -> rusqlite::Result<Vec<LedgerAccount>> {
    let (which, which_reads) = match key {
        Some(_) => ("WHERE key = ?1", "WHERE account = ?1"),
        None => ("WHERE ?1 IS NULL", "WHERE ?1 IS NULL"),
    };
    let key = params![key.map(|key| key.0)];
    let mut statement = connection
        .prepare_cached(&format!("SELECT {ACCOUNT}, key, version FROM account {which} ORDER BY key"))?;
    let mut accounts: Vec<LedgerAccount> =
        statement.query_map(key, read_account)?.collect::<rusqlite::Result<_>>()?;
    let mut statement = connection.prepare_cached(&format!(
        "SELECT account, kind, last_success, failed_at, failing_since, failure, wait_until FROM read {which_reads}"
    ))?;
    let mut rows = statement.query(key)?;
    while let Some(row) = rows.next()? {
        let (key, word): (i64, String) = (row.get(0)?, row.get(1)?);
        let account = accounts.binary_search_by_key(&AccountKey(key), |account| account.key);
        let account = account.ok().and_then(|place| accounts.get_mut(place));
        if let Some((account, kind)) = account.zip(kind_of(&word)) {
            *account.read_mut(kind) = read_record(row)?;
        }
    }
    Ok(accounts)
}

fn read_account(row: &Row<'_>) -> rusqlite::Result<LedgerAccount> {
    let covers: String = row.get(15)?;
    let gap = parse_option(row, 18)?.zip(parse_option(row, 19)?).map(|(from, to)| Gap { from, to });
    Ok(LedgerAccount {
        key: AccountKey(row.get(21)?),
        version: row.get(22)?,
        person: row.get(0)?,
        facts: AccountFacts {
            id: parse_option(row, 1)?,
            institution: parse_option(row, 2)?,
            iban: row.get(3)?,
            number: row.get(4)?,
            currency: row.get(5)?,
            resource: row.get(6)?,
            name: row.get(7)?,
            product: row.get(8)?,
            owner: row.get(9)?,
        },
        requisition: parse_option(row, 10)?,
        consent: Consent {
            agreement: parse_option(row, 11)?,
            begins: parse_option(row, 12)?,
            access_days: row.get(13)?,
            history_days: row.get(14)?,
        },
        covers: Kind::ALL.map(|kind| covers.split(' ').any(|word| word == kind.as_str())),
        bank_days: row.get(16)?,
        standing: standing_of(&row.get::<_, String>(17)?),
        reads: Default::default(),
        gap,
        undated: row.get(20)?,
    })
}

fn read_record(row: &Row<'_>) -> rusqlite::Result<ReadRecord> {
    let failed = parse_option(row, 3)?.zip(parse_option(row, 4)?).zip(row.get::<_, Option<String>>(5)?);
    let wait_until = parse_option(row, 6)?;
    Ok(ReadRecord {
        last_success: parse_option(row, 2)?,
        failure: failed.map(|((at, since), sentence)| Failure { at, since, sentence, wait_until }),
    })
}

fn read_known(row: &Row<'_>) -> rusqlite::Result<Known> {
    let word: String = row.get(1)?;
    let state = State::parse(&word).ok_or_else(|| wrong(1, "an unknown state"))?;
    Ok(Known {
        key: row.get(0)?,
        entry: Entry {
            status: if state == State::Booked { Status::Booked } else { Status::Pending },
            day: parse_option(row, 2)?,
            amount: parse::<Decimal>(row, 3)?,
            currency: row.get(4)?,
            counterparty: row.get(5)?,
            counterparty_account: row.get(6)?,
            description: row.get(7)?,
        },
        ids: Ids { transaction: row.get(8)?, internal: row.get(9)?, reference: row.get(10)? },
        state,
        first_seen: parse(row, 11)?,
        since: parse(row, 12)?,
        was_pending: row.get(13)?,
        missing: row.get(14)?,
        beside: row.get(15)?,
        fingerprint: row.get(16)?,
    })
}

fn kind_of(word: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| kind.as_str() == word)
}

fn standing_text(standing: &Standing) -> String {
    match standing {
        Standing::Active => "active".to_owned(),
        Standing::Ended(end) => end.as_str().to_owned(),
        Standing::Forgotten => FORGOTTEN.to_owned(),
        Standing::Undecided(keys) => {
            keys.iter().fold("undecided".to_owned(), |text, key| format!("{text} {key}"))
        }
    }
}

fn standing_of(text: &str) -> Standing {
    if let Some(keys) = text.strip_prefix("undecided") {
        return Standing::Undecided(
            keys.split_whitespace().filter_map(|key| key.parse().ok()).map(AccountKey).collect(),
        );
    }
    if text == FORGOTTEN {
        return Standing::Forgotten;
    }
    ConsentEnd::parse(text).map_or(Standing::Active, Standing::Ended)
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn parse<T: FromStr>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    text.parse().map_err(|_| wrong(column, "a text in an unknown form"))
}

fn parse_option<T: FromStr>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    match row.get::<_, Option<String>>(column)? {
        None => Ok(None),
        Some(_) => parse(row, column).map(Some),
    }
}

fn wrong(column: usize, what: &'static str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, what.into())
}
