//! An account's books on a day: which movements are booked, which pending, and what that leaves.
//!
//! Shows them as the API does. Which days a caller may see is decided in `api/accounts.rs`.

use chrono::{DateTime, Days, NaiveDate, Timelike as _, Utc};
use serde_json::{Map, Value, json};

use super::entries::{Entry, Kind, of_day};
use super::iban;
use crate::clock;
use crate::random::Random;
use crate::state::{Account, Role};

/// Card payments of this many last days are still pending.
const PENDING_DAYS: u64 = 2;

/// One movement with the balance after it, and whether it is booked.
struct Line {
    entry: Entry,
    balance: i64,
    booked: bool,
}

/// All movements up to now, oldest first. What is pending does not change the balance yet.
fn lines(account: &Account, now: DateTime<Utc>) -> (i64, Vec<Line>) {
    let (today, second) = (now.date_naive(), now.time().num_seconds_from_midnight());
    let mut balance = Random::stream(account.key, "opening").between(180_000, 420_000);
    let pending_from = today.checked_sub_days(Days::new(PENDING_DAYS - 1)).unwrap_or(today);
    let mut lines = Vec::new();
    for date in account.since.iter_days().take_while(|date| *date <= today) {
        // What happens later today has not happened yet.
        let entries = of_day(account.role, account.key, date).into_iter();
        for entry in entries.filter(|entry| date < today || entry.second <= second) {
            let booked = date < pending_from || !matches!(entry.kind, Kind::Card | Kind::Abroad { .. });
            if booked {
                balance += entry.cents;
            }
            lines.push(Line { entry, balance, booked });
        }
    }
    (balance, lines)
}

/// The body of the balances operation: what is expected and what is available, as the sandbox bank says it.
pub(crate) fn balances(account: &Account, now: DateTime<Utc>) -> Value {
    let (booked, lines) = lines(account, now);
    let pending: i64 = lines.iter().filter(|line| !line.booked).map(|line| line.entry.cents).sum();
    let amount = json!({ "amount": decimal(booked + pending), "currency": account.role.currency() });
    let date = now.date_naive().to_string();
    json!({ "balances": [
        { "balanceAmount": amount, "balanceType": "expected", "referenceDate": date },
        { "balanceAmount": amount, "balanceType": "interimAvailable", "referenceDate": date },
    ] })
}

/// The body of the transactions operation for the days from `first` to `last`, newest first.
pub(crate) fn transactions(
    account: &Account,
    first: NaiveDate,
    last: NaiveDate,
    now: DateTime<Utc>,
) -> Value {
    let (_, lines) = lines(account, now);
    let (mut booked, mut pending) = (Vec::new(), Vec::new());
    for line in lines.iter().rev().filter(|line| first <= line.entry.date && line.entry.date <= last) {
        if line.booked {
            booked.push(booked_view(account, line));
        } else {
            pending.push(pending_view(account, &line.entry));
        }
    }
    json!({
        "transactions": { "booked": booked, "pending": pending },
        "last_updated": clock::text(now),
    })
}

/// What both views have.
fn common(account: &Account, entry: &Entry) -> Map<String, Value> {
    let mut view = Map::new();
    let mut put = |name: &str, value: Value| view.insert(name.to_owned(), value);
    put("transactionAmount", json!({ "amount": decimal(entry.cents), "currency": account.role.currency() }));
    put("remittanceInformationUnstructured", entry.remittance.as_str().into());
    put("valueDate", entry.date.to_string().into());
    put(if entry.cents < 0 { "creditorName" } else { "debtorName" }, entry.party.into());
    let code = match entry.kind {
        Kind::Card | Kind::Abroad { .. } => "PURCHASE",
        Kind::Refund => "REFUND",
        Kind::Debit { .. } => "DIRECT_DEBIT",
        Kind::Salary => "SALARY",
        Kind::Transfer => "TRANSFER",
        Kind::Fee => "FEE",
    };
    put("proprietaryBankTransactionCode", code.into());
    if let Kind::Abroad { currency, rate, .. } = &entry.kind {
        put(
            "currencyExchange",
            json!([{
                "sourceCurrency": account.role.currency(),
                "exchangeRate": rate,
                "unitCurrency": account.role.currency(),
                "targetCurrency": currency,
                "quotationDate": entry.date.to_string(),
            }]),
        );
    }
    view
}

/// A pending movement: the contract promises it no identifier and no booking date.
fn pending_view(account: &Account, entry: &Entry) -> Value {
    Value::Object(common(account, entry))
}

fn booked_view(account: &Account, line: &Line) -> Value {
    let entry = &line.entry;
    let mut random = Random::new(entry.key);
    let mut view = common(account, entry);
    let mut put = |name: &str, value: Value| view.insert(name.to_owned(), value);
    put("transactionId", format!("{}{}-1", entry.date.format("%Y%m%d"), random.digits(8)).into());
    put("internalTransactionId", random.hex(32).into());
    put("bookingDate", entry.date.to_string().into());
    let time = format!("{:02}:{:02}:{:02}", entry.second / 3_600, entry.second / 60 % 60, entry.second % 60);
    put("bookingDateTime", format!("{}T{time}Z", entry.date).into());
    if account.role == Role::Main {
        put(
            "balanceAfterTransaction",
            json!({
                "balanceAmount": { "amount": decimal(line.balance), "currency": account.role.currency() },
                "balanceType": "interimBooked",
            }),
        );
    }
    match &entry.kind {
        Kind::Card | Kind::Refund => {
            put("bankTransactionCode", "PMNT-CCRD-POSD".into());
            put("entryReference", random.digits(12).into());
        }
        Kind::Abroad { currency, cents, .. } => {
            put("bankTransactionCode", "PMNT-CCRD-POSD".into());
            let text = format!("{} {currency}", decimal(*cents));
            put("additionalInformation", text.clone().into());
            put("remittanceInformationUnstructuredArray", json!([entry.remittance, text]));
        }
        Kind::Debit { mandate } => {
            put("bankTransactionCode", "PMNT-RDDT-ESDD".into());
            put("mandateId", (*mandate).into());
            put("creditorId", format!("DE98ZZZ{}", random.digits(11)).into());
            put("endToEndId", format!("E2E-{}", random.digits(10)).into());
            put(
                "creditorAccount",
                json!({ "iban": iban(u64::from(mandate.bytes().map(u32::from).sum::<u32>())) }),
            );
        }
        Kind::Salary => {
            put("bankTransactionCode", "PMNT-RCDT-SALA".into());
            put("purposeCode", "SALA".into());
            put("endToEndId", format!("PAYROLL-{}", entry.date.format("%Y%m")).into());
            put("debtorAccount", json!({ "iban": iban(1), "currency": account.role.currency() }));
        }
        Kind::Transfer => {
            put("bankTransactionCode", "PMNT-IRCT-ESCT".into());
            put("endToEndId", "NOTPROVIDED".into());
            let side = if entry.cents < 0 { "creditorAccount" } else { "debtorAccount" };
            put(side, json!({ "iban": iban(u64::from(entry.party.bytes().map(u32::from).sum::<u32>())) }));
        }
        Kind::Fee => {
            put("bankTransactionCode", "PMNT-MDOP-CHRG".into());
        }
    }
    Value::Object(view)
}

/// Hundredths as the API writes an amount.
fn decimal(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.unsigned_abs() / 100, cents.unsigned_abs() % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_a_point_and_two_decimals() {
        assert_eq!(decimal(-5), "-0.05");
        assert_eq!(decimal(0), "0.00");
        assert_eq!(decimal(123_456), "1234.56");
    }
}
