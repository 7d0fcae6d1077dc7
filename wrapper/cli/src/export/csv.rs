//! Comma-separated values: RFC 4180, UTF-8, a header, ISO 8601 days, a decimal point.

use std::collections::HashSet;

use csv::{ReaderBuilder, WriterBuilder};

use super::{Settings, Statement, currency};
use crate::commands::Transaction;
use crate::exit::{Code, Failure};

const HEADER: [&str; 11] = [
    "id",
    "account",
    "account_name",
    "institution",
    "day",
    "status",
    "amount",
    "currency",
    "counterparty",
    "counterparty_account",
    "description",
];

/// # Errors
/// [`Failure`] if the text cannot be made.
pub(super) fn write(statements: &[Statement], settings: &Settings) -> Result<String, Failure> {
    let fail = |error: &dyn std::fmt::Display| {
        Failure::new(Code::Other, format!("the file cannot be made: {error}"))
    };
    let mut writer = WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    if settings.earlier.is_empty() {
        writer.write_record(HEADER).map_err(|error| fail(&error))?;
    }
    for statement in statements {
        let name = settings.numbers.label(&statement.account);
        let institution =
            statement.account.facts.institution.as_ref().map(ToString::to_string).unwrap_or_default();
        for entry in &statement.entries {
            let one = Transaction::of(entry, &name, settings.numbers);
            let row = [
                one.id,
                one.account.to_string(),
                plain(&one.account_name),
                plain(&institution),
                one.day.to_string(),
                one.status.to_owned(),
                one.amount,
                currency(entry, &statement.account),
                plain(&one.counterparty.unwrap_or_default()),
                plain(&one.counterparty_account.unwrap_or_default()),
                plain(&one.description),
            ];
            writer.write_record(row).map_err(|error| fail(&error))?;
        }
    }
    let bytes = writer.into_inner().map_err(|error| fail(&error))?;
    String::from_utf8(bytes).map_err(|error| fail(&error))
}

/// A text that no spreadsheet takes for a formula: what begins like one gets an apostrophe, as OWASP's page on CSV injection says.
fn plain(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

/// Whether a text begins with the header, so that what is added stands in its columns.
pub(super) fn is_own(text: &str) -> bool {
    text.lines().next().is_some_and(|line| line == HEADER.join(","))
}

pub(super) fn ids(text: &str) -> HashSet<String> {
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    reader.records().filter_map(|row| Some(row.ok()?.get(0)?.to_owned())).collect()
}
