//! A file of beancount: one posting to the account, one to the suspense account, the id as metadata.

use std::fmt::Write as _;

use gocardless_bank_data_sync::LedgerAccount;

use super::{Settings, Statement, TAG, bank, currency, id};

/// Accounts are open since long before any entry.
const OPENED: &str = "1970-01-01";

/// What a file begins with.
pub(super) const HEAD: &str = "; Written by bank-data export --format beancount.\n";

pub(super) fn write(statements: &[Statement], settings: &Settings) -> String {
    let mut text = String::new();
    if settings.earlier.is_empty() {
        text.push_str(HEAD);
    }
    let open = |text: &mut String, name: &str| {
        if !opens(&settings.earlier, name) && !opens(text, name) {
            let _ = writeln!(text, "{OPENED} open {name}");
        }
    };
    if statements.iter().any(|statement| !statement.entries.is_empty()) {
        text.push('\n');
        open(&mut text, &settings.suspense);
    }
    for statement in statements.iter().filter(|statement| !statement.entries.is_empty()) {
        let name = account_name(&statement.account);
        open(&mut text, &name);
        for entry in &statement.entries {
            let seen = &entry.known.entry;
            let payee = settings.text(seen.counterparty.as_deref().unwrap_or_default());
            let narration = settings.text(&seen.description);
            let code = currency(entry, &statement.account);
            let _ = write!(
                text,
                "\n{} * {} {}\n  {TAG}: {}\n  {name}  {} {code}\n  {}  {} {code}\n",
                entry.day,
                quoted(&payee),
                quoted(if payee == narration { "" } else { &narration }),
                quoted(&id(entry)),
                seen.amount,
                settings.suspense,
                -seen.amount
            );
        }
    }
    text
}

/// Whether a text opens an account, be it on another day, with currencies or with a comment: beancount takes a second time for an
/// error.
fn opens(text: &str, name: &str) -> bool {
    text.lines().any(|line| {
        let mut words = line.split(';').next().unwrap_or_default().split_whitespace();
        let is_dated = words.next().is_some_and(|day| day.starts_with(|c: char| c.is_ascii_digit()));
        is_dated && words.next() == Some("open") && words.next() == Some(name)
    })
}

/// A root that beancount knows, then parts that begin with a capital letter or a digit.
pub(super) fn is_account(name: &str) -> bool {
    let mut parts = name.split(':');
    let is_root = matches!(parts.next(), Some("Assets" | "Liabilities" | "Equity" | "Income" | "Expenses"));
    let rest: Vec<&str> = parts.collect();
    let is_part = |part: &&str| {
        part.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit())
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    is_root && !rest.is_empty() && rest.iter().all(is_part)
}

fn account_name(account: &LedgerAccount) -> String {
    format!("Assets:{}:{}", bank(account), account.key)
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
