//! The formats of other programs: each a function from accounts and their entries to a text.
//!
//! Each entry carries its id, the number of its account and its key, so that what a file has is known and a second import
//! adds nothing.

mod beancount;
mod csv;
mod hledger;
mod jsonl;
mod ofx;

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use gocardless_bank_data_sync::{LedgerAccount, LedgerBalance, LedgerEntry};

use crate::args::Format;
use crate::exit::Failure;
use crate::output::Numbers;

/// The name of the tag or metadata of a journal that has the id.
const TAG: &str = "bank-data-id";

/// An account with its entries, the oldest first, and its balances.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    pub(crate) account: LedgerAccount,
    pub(crate) entries: Vec<LedgerEntry>,
    pub(crate) balances: Vec<LedgerBalance>,
}

/// How to write.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) numbers: Numbers,
    /// When it is written.
    pub(crate) now: DateTime<Utc>,
    /// The account on the other side of each posting.
    pub(crate) suspense: String,
    /// What the file has already.
    pub(crate) earlier: String,
}

impl Settings {
    /// Whether the settings fit the format.
    ///
    /// # Errors
    /// [`Failure`] if the name of the suspense account does not.
    pub(crate) fn check(&self, format: Format) -> Result<(), Failure> {
        let is_fit = match format {
            Format::Beancount => beancount::is_account(&self.suspense),
            Format::Hledger => hledger::is_account(&self.suspense),
            _ => true,
        };
        if is_fit {
            return Ok(());
        }
        Err(Failure::usage(
            "the name of the --suspense account does not fit this format; name one such as Expenses:Unsorted",
        ))
    }

    fn text(&self, text: &str) -> String {
        // One line, whatever the bank sends.
        self.numbers
            .text(text)
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect::<String>()
            .trim()
            .to_owned()
    }
}

/// Writes statements in a format.
///
/// # Errors
/// [`Failure`] if they cannot be written in it.
pub(crate) fn write(
    format: Format,
    statements: &[Statement],
    settings: &Settings,
) -> Result<String, Failure> {
    match format {
        Format::Csv => csv::write(statements, settings),
        Format::Jsonl => jsonl::write(statements, settings),
        Format::Ofx => Ok(ofx::write(statements, settings)),
        Format::Hledger => Ok(hledger::write(statements, settings)),
        Format::Beancount => Ok(beancount::write(statements, settings)),
    }
}

/// The ids of the entries that a file has.
pub(crate) fn ids(format: Format, text: &str) -> HashSet<String> {
    match format {
        Format::Csv => csv::ids(text),
        Format::Jsonl => jsonl::ids(text),
        Format::Ofx => HashSet::new(),
        Format::Hledger | Format::Beancount => {
            // On a line of its own: a text of a bank that looks like it is not an id.
            let value = |line: &str| {
                let value =
                    line.trim_start().trim_start_matches("; ").strip_prefix(TAG)?.strip_prefix(':')?;
                Some(value.trim().trim_matches('"').to_owned())
            };
            text.lines().filter_map(value).collect()
        }
    }
}

/// The id of an entry within the ledger.
fn id(entry: &LedgerEntry) -> String {
    format!("{}-{}", entry.account, entry.known.key)
}

/// The currency of an entry; that of the account where the bank left it out.
fn currency(entry: &LedgerEntry, account: &LedgerAccount) -> String {
    let stated = [entry.known.entry.currency.as_str(), account.facts.currency.as_deref().unwrap_or_default()];
    let is_code = |text: &&str| text.len() == 3 && text.chars().all(|c| c.is_ascii_uppercase());
    stated.into_iter().find(is_code).unwrap_or("XXX").to_owned()
}

/// The bank of an account in a word, such as `Sandboxfinance`.
fn bank(account: &LedgerAccount) -> String {
    let id = account.facts.institution.as_ref().map_or("Bank", gocardless_bank_data::InstitutionId::as_str);
    let name = id.rsplit_once('_').map_or(id, |(name, _)| name);
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let (head, rest) = letters.split_at(letters.len().min(1));
    format!("{}{}", head.to_ascii_uppercase(), rest.to_ascii_lowercase())
}
