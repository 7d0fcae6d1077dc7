//! JSON Lines: one object a transaction, with all that is known of it and the transaction as the bank sent it.

use std::collections::HashSet;

use serde::Serialize;
use serde_json::Value;

use super::{Settings, Statement};
use crate::commands::Transaction;
use crate::exit::{Code, Failure};

#[derive(Serialize)]
struct Line {
    #[serde(flatten)]
    transaction: Transaction,
    institution: Option<String>,
    /// The transaction as the bank sent it; account numbers only with `--full-numbers`.
    bank: Value,
}

/// # Errors
/// [`Failure`] if the text cannot be made.
pub(super) fn write(statements: &[Statement], settings: &Settings) -> Result<String, Failure> {
    let mut text = String::new();
    for statement in statements {
        let name = settings.numbers.label(&statement.account);
        for entry in &statement.entries {
            let line = Line {
                transaction: Transaction::of(entry, &name, settings.numbers),
                institution: statement.account.facts.institution.as_ref().map(ToString::to_string),
                bank: settings.numbers.json(serde_json::from_str(&entry.json).unwrap_or_default()),
            };
            let line = serde_json::to_string(&line)
                .map_err(|error| Failure::new(Code::Other, format!("the file cannot be made: {error}")))?;
            text.push_str(&line);
            text.push('\n');
        }
    }
    Ok(text)
}

/// Whether the first line of a text is an object.
pub(super) fn is_own(text: &str) -> bool {
    let first = text.lines().next().map(serde_json::from_str::<Value>);
    first.is_some_and(|line| line.is_ok_and(|value| value.is_object()))
}

pub(super) fn ids(text: &str) -> HashSet<String> {
    let id = |line: &str| Some(serde_json::from_str::<Value>(line).ok()?.get("id")?.as_str()?.to_owned());
    text.lines().filter_map(id).collect()
}
