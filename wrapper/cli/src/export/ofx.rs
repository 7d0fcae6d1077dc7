//! OFX 2.2, the bank statements of it: what `GnuCash`, `KMyMoney`, Quicken and others read. `FITID` is the key of the entry
//! within its account, by which they know what they have.

use std::fmt::Write as _;

use chrono::NaiveDate;
use gocardless_bank_data_sync::LedgerAccount;
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
            one(&mut text, statement, settings);
        }
        text.push_str("</BANKMSGSRSV1>\n");
    }
    text.push_str("</OFX>\n");
    text
}

fn one(text: &mut String, statement: &Statement, settings: &Settings) {
    let (account, entries) = (&statement.account, &statement.entries);
    let today = settings.now.date_naive();
    let first = entries.first().map_or(today, |entry| entry.day);
    let last = entries.last().map_or(today, |entry| entry.day);
    let default = default_currency(statement);
    let _ = write!(
        text,
        "<STMTTRNRS><TRNUID>0</TRNUID><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS><STMTRS>\
         <CURDEF>{default}</CURDEF>\n<BANKACCTFROM><BANKID>{}</BANKID><ACCTID>{}</ACCTID><ACCTTYPE>CHECKING</ACCTTYPE></BANKACCTFROM>\n\
         <BANKTRANLIST><DTSTART>{}</DTSTART><DTEND>{}</DTEND>\n",
        bank_id(account),
        account_id(account, settings.numbers),
        date(first),
        date(last)
    );
    for entry in entries {
        let (seen, code) = (&entry.known.entry, currency(entry, account));
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
        if code != default {
            let _ = write!(text, "<CURRENCY><CURRATE>1</CURRATE><CURSYM>{code}</CURSYM></CURRENCY>");
        }
        text.push_str("</STMTTRN>\n");
    }
    text.push_str("</BANKTRANLIST>\n");
    // OFX requires a balance; where none was read, it is zero on the day on which the file begins.
    let kinds = ["closingBooked", "interimBooked", "expected", "interimAvailable"];
    let mut balances =
        kinds.iter().filter_map(|kind| statement.balances.iter().find(|balance| balance.kind == *kind));
    let balance = balances.next().or(statement.balances.first());
    let (amount, at) =
        balance.map_or((Decimal::ZERO, first), |balance| (balance.amount, balance.read_at.date_naive()));
    let _ = writeln!(
        text,
        "<LEDGERBAL><BALAMT>{amount}</BALAMT><DTASOF>{}</DTASOF></LEDGERBAL></STMTRS></STMTTRNRS>",
        date(at)
    );
}

fn default_currency(statement: &Statement) -> String {
    let known = statement.account.facts.currency.clone().filter(|code| code.len() == 3);
    known
        .or_else(|| statement.entries.first().map(|entry| currency(entry, &statement.account)))
        .unwrap_or_else(|| "XXX".to_owned())
}

/// At most nine letters: the end of the institution's id, which is a BIC or the like.
fn bank_id(account: &LedgerAccount) -> String {
    let id = account.facts.institution.as_ref().map(ToString::to_string).unwrap_or_default();
    let end = id.rsplit('_').next().unwrap_or_default();
    let letters: String = end.chars().filter(char::is_ascii_alphanumeric).take(9).collect();
    if letters.is_empty() { "BANK".to_owned() } else { letters }
}

/// At most 22 characters. Without whole numbers, that of the account in the ledger and the end of its own.
fn account_id(account: &LedgerAccount, numbers: Numbers) -> String {
    let number = account.facts.iban.as_deref().or(account.facts.number.as_deref()).unwrap_or_default();
    let letters: Vec<char> = number.chars().filter(char::is_ascii_alphanumeric).collect();
    let most = if numbers.are_whole { 22 } else { 4 };
    let end: String = letters.iter().skip(letters.len().saturating_sub(most)).collect();
    if numbers.are_whole && !end.is_empty() { end } else { format!("account-{}-{end}", account.key) }
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
