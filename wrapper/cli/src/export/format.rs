//! Writing in a format by its name, and reading which entries a file in it has.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::{Statement, beancount, csv, hledger, jsonl, ofx};
use crate::args::Format;
use crate::exit::Failure;
use crate::output::{Numbers, harmless};

/// The name of the tag or metadata of a journal that has the id.
pub(super) const TAG: &str = "bank-data-id";

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

    pub(super) fn text(&self, text: &str) -> String {
        // One line, whatever the bank sends.
        harmless(&self.numbers.text(text)).trim().to_owned()
    }
}

/// The account on the other side of each posting unless another one is named. Names in hledger are lower case by custom.
pub(crate) fn default_suspense(format: Format) -> &'static str {
    if format == Format::Hledger { "expenses:unsorted" } else { "Expenses:Unsorted" }
}

/// Whether more can be added behind a text: it is empty, or looks like a file in this format.
pub(crate) fn is_fit_to_append(format: Format, text: &str) -> bool {
    text.is_empty()
        || match format {
            Format::Csv => csv::is_own(text),
            Format::Jsonl => jsonl::is_own(text),
            Format::Ofx => false,
            Format::Hledger => is_journal(text, beancount::HEAD),
            Format::Beancount => is_journal(text, hledger::HEAD),
        }
}

/// Whether the amounts of this format, with a decimal point, would be read as other ones behind a text.
pub(crate) fn misreads_points(format: Format, text: &str) -> bool {
    format == Format::Hledger && hledger::has_decimal_comma(text)
}

/// The directives of hledger and beancount whose line may have a comma or a semicolon.
const DIRECTIVES: &[&str] = &[
    "account",
    "alias",
    "apply",
    "assert",
    "check",
    "comment",
    "commodity",
    "D",
    "decimal-mark",
    "define",
    "end",
    "eval",
    "expr",
    "include",
    "option",
    "P",
    "payee",
    "plugin",
    "popmeta",
    "poptag",
    "pushmeta",
    "pushtag",
    "tag",
    "value",
    "Y",
    "year",
];

/// Whether a text may be a journal, which a person may have begun: not a table, JSON, XML, or a journal of the other program.
fn is_journal(text: &str, other: &str) -> bool {
    // A spreadsheet writes a byte order mark.
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    !is_table(first) && !first.starts_with(['{', '[', '<']) && !text.starts_with(other)
}

/// Whether the first line of a text is that of a table: a name or a day, and what separates columns.
fn is_table(line: &str) -> bool {
    let separators = [',', ';', '\t'];
    let word = line.split_whitespace().next().unwrap_or_default();
    if line.starts_with(|c: char| c.is_ascii_digit()) {
        // The payee of a transaction may have any of them, its day has none.
        return word.contains(separators);
    }
    let is_name = line.starts_with(|c: char| c.is_alphabetic() || c == '"');
    is_name && line.contains(separators) && !DIRECTIVES.contains(&word)
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
