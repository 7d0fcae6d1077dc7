//! The transactions of one answer, read as entries with their identities.

use std::collections::{HashMap, HashSet};
use std::fmt;

use chrono::NaiveDate;
use gocardless_bank_data::model::Transactions;

use crate::entry::{Entry, EntrySettings, Status, earliest_day};
use crate::identity::{Basis, Identity, Ids, digest, identify};

/// One transaction of an answer.
///
/// `Debug` shows no bank data.
#[derive(Clone, PartialEq, Eq)]
pub struct Answered {
    /// As people see it.
    pub entry: Entry,
    /// The identifiers that came with it and can be used: those that occur twice in the answer cannot.
    pub ids: Ids,
    /// Its name within the account, if it is new.
    pub identity: Identity,
    /// The transaction as the bank sent it, as JSON.
    pub json: String,
}

impl Answered {
    /// A digest of the transaction as the bank sent it: two are equal only if nothing has changed.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        digest(&self.json)
    }
}

impl fmt::Debug for Answered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answered")
            .field("entry", &self.entry)
            .field("ids", &self.ids)
            .field("identity", &self.identity)
            .finish_non_exhaustive()
    }
}

/// An entry of an answer that could not be read. `Debug` shows where and why, and no bank data.
#[derive(Clone, PartialEq, Eq)]
pub struct UnreadEntry {
    /// Where it is in the answer, such as `transactions.booked[3]`.
    pub path: String,
    /// Why it could not be read.
    pub reason: String,
    /// The entry as the bank sent it.
    pub json: String,
}

impl fmt::Debug for UnreadEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

/// The transactions of one answer, booked ones first, each in the order of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    entries: Vec<Answered>,
    unread: Vec<UnreadEntry>,
}

impl Answer {
    /// Reads an answer.
    ///
    /// ```no_run
    /// use gocardless_bank_data_sync::{Answer, EntrySettings};
    ///
    /// # async fn run(bank: gocardless_bank_data::BankData) -> gocardless_bank_data::Result<()> {
    /// let transactions = bank.account("3fa85f64-5717-4562-b3fc-2c963f66afa6").transactions().await?;
    /// let answer = Answer::read(&transactions, &EntrySettings::default());
    /// println!("{} entries, and {} that could not be read", answer.entries().len(), answer.unread().len());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn read(transactions: &Transactions, settings: &EntrySettings) -> Self {
        let lists = &transactions.transactions;
        let mut read: Vec<Reading> = Vec::new();
        let whole = transactions.unread.iter().filter(|part| is_entry_or_list(part.path()));
        let mut unread: Vec<UnreadEntry> = whole
            .map(|part| UnreadEntry {
                path: part.path().to_owned(),
                reason: part.reason().to_owned(),
                json: part.json().to_string(),
            })
            .collect();
        for (status, list) in [(Status::Booked, &lists.booked), (Status::Pending, &lists.pending)] {
            if status == Status::Pending && !settings.pending {
                continue;
            }
            let start = read.len();
            for (index, transaction) in list.iter().enumerate() {
                let json = serde_json::to_string(transaction).unwrap_or_default();
                match Entry::read(transaction, status, settings) {
                    Ok(entry) => read.push((entry, Ids::read(transaction), json, earliest_day(transaction))),
                    Err(error) => unread.push(UnreadEntry {
                        path: format!("transactions.{}[{index}]", status.as_str()),
                        reason: error.to_string(),
                        json,
                    }),
                }
            }
            let rest = read.split_off(start);
            read.extend(without_repeated(rest));
        }
        leave_out_row_numbers(&mut read);
        let bases: Vec<Basis<'_>> =
            read.iter().map(|(entry, ids, _, earliest)| Basis { ids, entry, earliest: *earliest }).collect();
        let identities = identify(&bases, settings.ids);
        let entries = read
            .into_iter()
            .zip(identities)
            .map(|((entry, ids, json, _), identity)| Answered { entry, ids, identity, json })
            .collect();
        Self { entries, unread }
    }

    /// The entries.
    #[must_use]
    pub fn entries(&self) -> &[Answered] {
        &self.entries
    }

    /// The entries that could not be read. While there are some, an entry that is missing has not vanished: it may be one of
    /// them.
    #[must_use]
    pub fn unread(&self) -> &[UnreadEntry] {
        &self.unread
    }
}

/// Whether a part that could not be decoded is a whole entry, or a whole list, and not a member of an entry.
fn is_entry_or_list(path: &str) -> bool {
    ["transactions.booked", "transactions.pending"].iter().any(|list| match path.strip_prefix(list) {
        Some(rest) => rest.is_empty() || (rest.ends_with(']') && rest.matches(['[', '.']).count() == 1),
        None => path == "transactions",
    })
}

/// Some banks number the rows of an answer, and give the same numbers to other entries the next day. They identify nothing.
fn leave_out_row_numbers(read: &mut [Reading]) {
    let number = |id: &str| -> Option<u64> {
        id.trim_start_matches(|character: char| !character.is_ascii_digit()).parse().ok()
    };
    for kind in 0..Ids::default().each().len() {
        let booked = read.iter().filter(|(entry, ..)| entry.status == Status::Booked);
        let row = |(entry, ids, ..): &Reading| {
            Some((ids.each().into_iter().nth(kind).flatten().and_then(number)?, entry.day?))
        };
        let rows: Option<Vec<(u64, NaiveDate)>> = booked.map(row).collect();
        if rows.is_some_and(are_numbered) {
            for (_, ids, ..) in read.iter_mut() {
                ids.retain(|other, _| other != kind);
            }
        }
    }
}

/// Whether the newest entry has the number 0 or 1 and each older one the next. Where the oldest one has it, the bank may count
/// the entries of the account, which is an identifier.
fn are_numbered(mut rows: Vec<(u64, NaiveDate)>) -> bool {
    rows.sort_unstable_by_key(|(number, _)| *number);
    let is_next =
        |pair: &[(u64, NaiveDate)]| matches!(pair, [one, next] if one.0 + 1 == next.0 && one.1 >= next.1);
    let Some((first, last)) = rows.first().zip(rows.last()) else { return false };
    first.0 <= 1 && first.1 > last.1 && rows.windows(2).all(is_next)
}

/// What is read of a transaction: the entry, its identifiers, its JSON, and the earliest day that it names.
type Reading = (Entry, Ids, String, Option<NaiveDate>);

/// Some banks list a transaction twice: those that are equal in all that the bank sends, an identifier included, are one. An
/// identifier that different ones have is a placeholder, or the number of a contract, and is left out; then equal entries are several.
fn without_repeated(read: Vec<Reading>) -> Vec<Reading> {
    let id_of = |ids: &Ids| ids.transaction.clone().or_else(|| ids.internal.clone());
    let mut sent: HashMap<String, &str> = HashMap::new();
    let mut placeholders = HashSet::new();
    for (_, ids, json, _) in &read {
        if let Some(id) = id_of(ids)
            && *sent.entry(id.clone()).or_insert(json) != json
        {
            placeholders.insert(id);
        }
    }
    let mut counts: [HashMap<String, u32>; 3] = Default::default();
    let mut seen = HashSet::new();
    let mut kept: Vec<Reading> = Vec::with_capacity(read.len());
    for reading in read {
        let (_, ids, ..) = &reading;
        if let Some(id) = id_of(ids)
            && !placeholders.contains(&id)
            && !seen.insert(id)
        {
            continue;
        }
        for (kind, id) in ids.each().into_iter().enumerate() {
            if let Some((counts, id)) = counts.get_mut(kind).zip(id) {
                *counts.entry(id.to_owned()).or_default() += 1;
            }
        }
        kept.push(reading);
    }
    for (_, ids, ..) in &mut kept {
        ids.retain(|kind, id| counts.get(kind).and_then(|counts| counts.get(id)) == Some(&1));
    }
    kept
}
