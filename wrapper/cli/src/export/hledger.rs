//! A journal of hledger: one posting to the account, one to the suspense account, the id as a tag.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use gocardless_bank_data_sync::LedgerAccount;
use rust_decimal::Decimal;

use super::{Settings, Statement, TAG, bank, currency, id};

/// What a file begins with.
pub(super) const HEAD: &str = "; Written by bank-data export --format hledger.\n";

pub(super) fn write(statements: &[Statement], settings: &Settings) -> String {
    let mut text = String::new();
    if settings.earlier.is_empty() {
        text.push_str(HEAD);
        // A file that is included takes over the mark of the one that includes it, unless it has its own.
        text.push_str("decimal-mark .\n");
    }
    for (code, decimals) in commodities(statements) {
        let is_declared =
            |line: &str| line.starts_with("commodity ") && line.split_whitespace().any(|word| word == code);
        if !settings.earlier.lines().any(is_declared) {
            let zeros = "0".repeat(decimals);
            let _ = write!(text, "\ncommodity 1000.{zeros} {code}\n");
        }
    }
    let suspense = &settings.suspense;
    if !declares(&settings.earlier, suspense) {
        let _ = write!(text, "\naccount {suspense}\n");
    }
    for statement in statements {
        let name = account_name(&statement.account);
        if !declares(&settings.earlier, &name) && !statement.entries.is_empty() {
            let _ = write!(text, "\naccount {name}\n");
        }
        for entry in &statement.entries {
            let seen = &entry.known.entry;
            let payee =
                plain(&settings.text(seen.counterparty.as_deref().unwrap_or_default())).replace('|', "/");
            let note = plain(&settings.text(&seen.description));
            let code = currency(entry, &statement.account);
            let title = if payee == note || note.is_empty() { payee } else { format!("{payee} | {note}") };
            let _ = write!(
                text,
                "\n{} * {}\n    ; {TAG}: {}\n    {name}  {}\n    {suspense}  {}\n",
                entry.day,
                title.trim(),
                id(entry),
                amount(seen.amount, &code),
                amount(-seen.amount, &code)
            );
        }
    }
    text
}

/// Whether a text declares an account, be it with a comment.
fn declares(text: &str, name: &str) -> bool {
    text.lines().any(|line| {
        let declared = line.split(';').next().and_then(|line| line.strip_prefix("account "));
        declared.is_some_and(|declared| declared.trim() == name)
    })
}

/// The currencies of the entries, each with the decimal places that its amounts have at most: `hledger check --strict` wants them
/// declared.
fn commodities(statements: &[Statement]) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for statement in statements {
        for entry in &statement.entries {
            let decimals = usize::try_from(entry.known.entry.amount.scale()).unwrap_or_default();
            let most: &mut usize = found.entry(currency(entry, &statement.account)).or_default();
            *most = decimals.max(*most);
        }
    }
    found
}

pub(super) fn is_account(name: &str) -> bool {
    let is_fit = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    !name.contains("  ") && name.split(':').all(|part| !part.trim().is_empty() && part.chars().all(is_fit))
}

/// Whether a journal declares a comma as its decimal mark. hledger would then take the point in what is added for a mark between
/// groups of digits, as in `1.000,00`.
pub(super) fn has_decimal_comma(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.split(';').next().unwrap_or_default();
        let mut words = line.split_whitespace();
        let directive = words.next();
        // A format is on a line of its own below its commodity.
        let is_directive = line.starts_with(char::is_whitespace) == (directive == Some("format"));
        match directive {
            Some("decimal-mark") if is_directive => words.next() == Some(","),
            Some("commodity" | "D" | "format") if is_directive => words.any(is_decimal_comma),
            _ => false,
        }
    })
}

/// Whether a word is an amount whose last mark is a comma, and its only one. hledger wants a decimal mark in these directives.
fn is_decimal_comma(word: &str) -> bool {
    let marks: String = word.chars().filter(|c| matches!(c, '.' | ',')).collect();
    let has_digit = word.contains(|c: char| c.is_ascii_digit());
    has_digit && marks.ends_with(',') && marks.matches(',').count() == 1
}

fn account_name(account: &LedgerAccount) -> String {
    format!("assets:{}:{}", bank(account).to_lowercase(), account.key)
}

fn amount(amount: Decimal, currency: &str) -> String {
    format!("{amount} {currency}")
}

/// Without what begins a comment, a code or a status.
fn plain(text: &str) -> String {
    text.replace(';', ",").trim_start_matches(['(', '*', '!', ' ']).to_owned()
}
