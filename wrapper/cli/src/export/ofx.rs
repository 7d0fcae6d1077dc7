//! OFX 2.2, the bank statements of it: what `GnuCash`, `KMyMoney`, Quicken and others read. `FITID` is the key of the entry
//! within its account, by which they know what they have.

use std::fmt::Write as _;

use chrono::NaiveDate;
use gocardless_bank_data_sync::{LedgerAccount, LedgerBalance, LedgerEntry};
use rust_decimal::Decimal;

use super::{Settings, Statement, currency};
use crate::output::Numbers;

/// The longest texts that OFX allows.
const LONGEST_NAME: usize = 32;
const LONGEST_MEMO: usize = 255;

pub(super) fn write(statements: &[Statement], settings: &Settings) -> String {
    let now = settings.now.format("%Y%m%d%H%M%S");
    let mut text = String::new();
    let _ = write!(
        text,
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n\
         <?OFX OFXHEADER=\"200\" VERSION=\"220\" SECURITY=\"NONE\" OLDFILEUID=\"NONE\" NEWFILEUID=\"NONE\"?>\n\
         <OFX>\n<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>\
         <DTSERVER>{now}</DTSERVER><LANGUAGE>ENG</LANGUAGE></SONRS></SIGNONMSGSRSV1>\n"
    );
    // A message set must have a statement.
    if !statements.is_empty() {
        text.push_str("<BANKMSGSRSV1>\n");
        for statement in statements {
            // One for each currency: a reader books what is in another one than CURDEF at the rate that the file states, and the
            // bank says none.
            for code in currencies(statement) {
                one(&mut text, statement, &code, settings);
            }
        }
        text.push_str("</BANKMSGSRSV1>\n");
    }
    text.push_str("</OFX>\n");
    text
}

/// The entries and the balance of an account in one currency.
fn one(text: &mut String, statement: &Statement, code: &str, settings: &Settings) {
    let account = &statement.account;
    let entries: Vec<&LedgerEntry> =
        statement.entries.iter().filter(|entry| currency(entry, account) == code).collect();
    let today = settings.now.date_naive();
    let first = entries.first().map_or(today, |entry| entry.day);
    let last = entries.last().map_or(today, |entry| entry.day);
    let own = (code != default_currency(statement)).then_some(code);
    let _ = write!(
        text,
        "<STMTTRNRS><TRNUID>0</TRNUID><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS><STMTRS>\
         <CURDEF>{code}</CURDEF>\n<BANKACCTFROM><BANKID>{}</BANKID><ACCTID>{}</ACCTID><ACCTTYPE>CHECKING</ACCTTYPE></BANKACCTFROM>\n\
         <BANKTRANLIST><DTSTART>{}</DTSTART><DTEND>{}</DTEND>\n",
        bank_id(account),
        account_id(account, own, settings.numbers),
        date(first),
        date(last)
    );
    for entry in entries {
        let seen = &entry.known.entry;
        let kind = if seen.amount < Decimal::ZERO { "DEBIT" } else { "CREDIT" };
        let name = cut(&settings.text(seen.counterparty.as_deref().unwrap_or_default()), LONGEST_NAME);
        let memo = cut(&settings.text(&seen.description), LONGEST_MEMO);
        let _ = write!(
            text,
            "<STMTTRN><TRNTYPE>{kind}</TRNTYPE><DTPOSTED>{}</DTPOSTED><TRNAMT>{}</TRNAMT><FITID>{}</FITID>",
            date(entry.day),
            seen.amount,
            escape(&entry.known.key)
        );
        for (tag, value) in [("NAME", name), ("MEMO", memo)] {
            if !value.is_empty() {
                let _ = write!(text, "<{tag}>{}</{tag}>", escape(&value));
            }
        }
        text.push_str("</STMTTRN>\n");
    }
    text.push_str("</BANKTRANLIST>\n");
    // OFX requires a balance; where none was read in this currency, it is zero on the day on which the file begins.
    let balances: Vec<&LedgerBalance> =
        statement.balances.iter().filter(|balance| balance.currency == code).collect();
    let kinds = ["closingBooked", "interimBooked", "expected", "interimAvailable"];
    let mut best = kinds.iter().filter_map(|kind| balances.iter().find(|balance| balance.kind == *kind));
    let balance = best.next().or(balances.first());
    let (amount, at) =
        balance.map_or((Decimal::ZERO, first), |balance| (balance.amount, balance.read_at.date_naive()));
    let _ = writeln!(
        text,
        "<LEDGERBAL><BALAMT>{amount}</BALAMT><DTASOF>{}</DTASOF></LEDGERBAL></STMTRS></STMTTRNRS>",
        date(at)
    );
}

/// The currency of an account, and the others that its entries have, each of which begins where it is first seen.
fn currencies(statement: &Statement) -> Vec<String> {
    let mut found = vec![default_currency(statement)];
    for entry in &statement.entries {
        let code = currency(entry, &statement.account);
        if !found.contains(&code) {
            found.push(code);
        }
    }
    found
}

fn default_currency(statement: &Statement) -> String {
    let known = statement.account.facts.currency.clone();
    let of_entry = || statement.entries.first().map(|entry| currency(entry, &statement.account));
    let of_balance = || statement.balances.first().map(|balance| balance.currency.clone());
    let is_code = |code: &String| code.len() == 3;
    known
        .filter(is_code)
        .or_else(of_entry)
        .or_else(of_balance)
        .filter(is_code)
        .unwrap_or_else(|| "XXX".to_owned())
}

/// At most nine letters: the end of the institution's id, which is a BIC or the like.
fn bank_id(account: &LedgerAccount) -> String {
    let id = account.facts.institution.as_ref().map(ToString::to_string).unwrap_or_default();
    let end = id.rsplit('_').next().unwrap_or_default();
    let letters: String = end.chars().filter(char::is_ascii_alphanumeric).take(9).collect();
    if letters.is_empty() { "BANK".to_owned() } else { letters }
}

/// The longest number of an account that the specification allows.
const LONGEST_ID: usize = 22;

/// Without whole numbers, that of the account in the ledger and the end of its own. A currency that is not the account's own is in
/// it, since importers recognise accounts by it.
fn account_id(account: &LedgerAccount, other: Option<&str>, numbers: Numbers) -> String {
    let number = account.facts.iban.as_deref().or(account.facts.number.as_deref()).unwrap_or_default();
    let letters: Vec<char> = number.chars().filter(char::is_ascii_alphanumeric).collect();
    let suffix = other.map(|code| format!("-{code}")).unwrap_or_default();
    let most = if numbers.are_whole { LONGEST_ID.saturating_sub(suffix.len()) } else { 4 };
    let end: String = letters.iter().skip(letters.len().saturating_sub(most)).collect();
    if numbers.are_whole && !end.is_empty() {
        format!("{end}{suffix}")
    } else {
        format!("account-{}-{end}{suffix}", account.key)
    }
}

/// Noon, so that no time zone makes it another day.
fn date(day: NaiveDate) -> String {
    day.format("%Y%m%d120000").to_string()
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect::<String>().trim().to_owned()
}

/// XML, and without what XML 1.0 does not allow.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\u{fffe}' | '\u{ffff}' => {}
            other => escaped.push(other),
        }
    }
    escaped
}
