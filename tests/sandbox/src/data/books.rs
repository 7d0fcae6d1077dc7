//! What a bank shows of an account's books in one read: balances, and transactions in the forms that its profile gives them.
//!
//! Which days a caller may see is decided in `api/accounts.rs`; what happened to the money, in `history.rs`.

use std::cmp::Reverse;
use std::sync::Arc;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, Utc};
use serde_json::{Map, Value, json};

use super::entries::Kind;
use super::history::{Movement, VALUE_DAYS};
use super::{iban, odd};
use crate::clock;
use crate::profile::{AccountKind, BankProfile, EntryReferences, InternalIds, TransactionIds};
use crate::random::Random;
use crate::state::{BankAccount, Facts, Form, Mark, Own, Reading, Shown};

/// Where some banks cut a text.
const CUT_AT: usize = 35;

/// To this many characters some banks fill a text with blanks.
const PADDED_TO: usize = 54;

/// The body of the balances operation.
pub(crate) fn balances(account: &BankAccount, profile: &BankProfile, now: DateTime<Utc>) -> Value {
    let (booked, pending) = sums(account, now);
    let date = now.date_naive().to_string();
    let one = |kind: &String| {
        let cents = if kind.contains("ooked") { booked } else { booked + pending };
        let amount = json!({ "amount": decimal(cents), "currency": account.facts.currency });
        json!({ "balanceAmount": amount, "balanceType": kind, "referenceDate": date })
    };
    let mut balances: Vec<Value> = profile.balance_types.iter().map(one).collect();
    if profile.odd_members > 0 {
        odd::balances(&mut balances);
    }
    json!({ "balances": balances })
}

/// The booked balance and what is pending, in hundredths.
pub(crate) fn sums(account: &BankAccount, now: DateTime<Utc>) -> (i64, i64) {
    let own = |form: Form| -> i64 {
        let shown = account.own.iter().filter(|own| own.form == form && own.is_shown(now));
        // What is booked is no longer pending, though it may be shown so.
        let settled = |own: &Own| {
            account
                .own
                .iter()
                .any(|other| other.form == Form::Booked && other.id == own.id && other.is_shown(now))
        };
        shown.filter(|own| form == Form::Booked || !settled(own)).map(|own| own_cents(&own.entry)).sum()
    };
    let mut history = account.history();
    (history.balance(now) + own(Form::Booked), history.pending(now) + own(Form::Pending))
}

/// The body of the transactions operation, and which transactions are in it.
pub(crate) struct Listed {
    pub(crate) body: Value,
    pub(crate) shown: Vec<(Mark, Form, Option<Value>)>,
}

/// A row of one of the two lists: its day, which transaction it is, and its JSON.
type Row = (NaiveDate, Mark, Value);

/// The days of which transactions are listed. The service looks at both dates of a transaction, and one within them is enough
/// (`docs/api.md#transactions`).
pub(crate) struct Range {
    pub(crate) first: NaiveDate,
    /// `None`: no end, as dates may lie in the future.
    pub(crate) last: Option<NaiveDate>,
    /// Whether those without a date are listed, too: only if no day is asked for.
    pub(crate) undated: bool,
}

impl Range {
    fn has(&self, day: NaiveDate) -> bool {
        self.first <= day && self.last.is_none_or(|last| day <= last)
    }
}

/// The transactions of a range of days, newest first.
pub(crate) fn transactions(account: &BankAccount, reading: &Reading, mut range: Range) -> Listed {
    let (profile, now, facts) = (&reading.profile, reading.now, &*account.facts);
    let window =
        profile.window_days.and_then(|days| now.date_naive().checked_sub_days(Days::new(days.into())));
    range.first = window.map_or(range.first, |start| range.first.max(start));
    let has = |own: &Own| {
        let mut days = own_days(&own.entry).peekable();
        if days.peek().is_none() { range.undated } else { days.any(|day| range.has(day)) }
    };
    let own = |form: Form| -> Vec<Row> {
        let shown = account.own.iter().rev().filter(|own| own.form == form && own.is_shown(now) && has(own));
        let day = |own: &Own| own_day(&own.entry).unwrap_or_else(|| now.date_naive());
        shown.map(|own| (day(own), Mark::Own(own.id.clone()), own.entry.clone())).collect()
    };

    let mut history = account.history();
    let mut booked = own(Form::Booked);
    let posted = range.first.checked_sub_days(Days::new(VALUE_DAYS)).unwrap_or(range.first);
    let posted = history.posted(posted, now).map(|(number, it)| (number, it, booking_day(it, reading)));
    let posted = posted.filter(|(_, it, day)| range.has(*day) || range.has(it.value_day));
    for (number, movement, day) in posted.rev() {
        let view = booked_view(facts, movement, reading);
        let repeats = profile.repeated > 0
            && Random::stream(movement.entry.key, "repeated").chance(profile.repeated.into());
        if repeats {
            booked.push((day, Mark::Made(number), view.clone()));
        }
        booked.push((day, Mark::Made(number), view));
    }
    booked.sort_by_key(|row| Reverse(row.0));
    if let Some(most) = profile.most_entries {
        booked.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    }

    let mut pending = own(Form::Pending);
    for (number, movement) in history.recent(now).rev().filter(|(_, it)| it.is_shown_pending(now)) {
        let is_asked_for = range.undated || !is_undated(movement, profile);
        if is_asked_for && range.has(movement.entry.date) {
            let view = pending_view(facts, movement, reading);
            pending.push((movement.entry.date, Mark::Made(number), view));
        }
    }

    let mut shown = Vec::with_capacity(booked.len() + pending.len());
    let mut values = |rows: Vec<Row>, form: Form| -> Value {
        let entries = rows.into_iter().map(|(_, mark, value)| {
            let entry = matches!(mark, Mark::Own(_)).then(|| value.clone());
            shown.push((mark, form, entry));
            value
        });
        entries.collect::<Vec<Value>>().into()
    };
    let mut lists = Map::new();
    lists.insert("pending".to_owned(), values(pending, Form::Pending));
    // Last, so that of both forms the booked one is remembered.
    lists.insert("booked".to_owned(), values(booked, Form::Booked));
    let mut body = Map::new();
    body.insert("transactions".to_owned(), lists.into());
    body.insert("last_updated".to_owned(), clock::text(now).into());
    Listed { body: body.into(), shown }
}

/// A movement in one of its forms, as a read shows it.
pub(crate) fn view(facts: &Facts, movement: &Movement, form: Form, reading: &Reading) -> Value {
    match form {
        Form::Booked => booked_view(facts, movement, reading),
        Form::Pending => pending_view(facts, movement, reading),
    }
}

/// The booking day that a read shows.
fn booking_day(movement: &Movement, reading: &Reading) -> NaiveDate {
    let share = reading.profile.moved_days;
    let moves = share > 0
        && Random::stream(movement.entry.key, "moves").chance(share.into())
        && Random::stream(movement.entry.key ^ reading.number, "moved").chance(50);
    if moves { movement.booking_day.pred_opt().unwrap_or(movement.booking_day) } else { movement.booking_day }
}

/// Whether the pending form has no date.
fn is_undated(movement: &Movement, profile: &BankProfile) -> bool {
    let share = u64::from(profile.undated_pending);
    share > 0 && Random::stream(movement.entry.key, "undated").chance(share)
}

/// What both forms have.
fn common(facts: &Facts, movement: &Movement, form: Form, reading: &Reading) -> Map<String, Value> {
    let (entry, profile, currency) = (&movement.entry, &reading.profile, facts.currency.as_str());
    let mut view = Map::new();
    let mut put = |name: &str, value: Value| view.insert(name.to_owned(), value);
    let booked = form == Form::Booked;
    let share =
        |percent: u8, purpose: &str| percent > 0 && Random::stream(entry.key, purpose).chance(percent.into());
    let mut cents = if booked { entry.cents } else { movement.pending_cents };
    if !booked && share(profile.positive_pending, "positive") {
        cents = cents.abs();
    }
    put("transactionAmount", json!({ "amount": decimal(cents), "currency": currency }));
    let undated = !booked && is_undated(movement, profile);
    let mut text = entry.remittance.clone();
    let mut party = entry.party.to_owned();
    if booked && movement.other_text {
        party = party.to_uppercase();
        text = format!("{party} KARTE 5359 {}", entry.date.format("%d.%m."));
    }
    if undated {
        text = format!("{} {text}", entry.date.format("%d.%m."));
    }
    if profile.cut_texts > 0 {
        let time = entry.second / 60;
        text = format!(
            "{text} /{} {:02}:{:02} NUUK GL REF {:08X}",
            entry.date,
            time / 60,
            time % 60,
            entry.key & 0xffff_ffff
        );
    }
    put("remittanceInformationUnstructured", varied(text, entry.key, reading).into());
    if !undated {
        let day = if booked { movement.value_day } else { entry.date };
        put("valueDate", day.to_string().into());
    }
    let side = if entry.cents < 0 { "creditorName" } else { "debtorName" };
    put(side, varied(party, entry.key.rotate_left(7), reading).into());
    let code = match entry.kind {
        _ if !booked && profile.code_changes => "AUTHORISATION",
        Kind::Card | Kind::Abroad { .. } => "PURCHASE",
        Kind::Refund => "REFUND",
        Kind::Debit { .. } => "DIRECT_DEBIT",
        Kind::Salary => "SALARY",
        Kind::Transfer => "TRANSFER",
        Kind::Fee => "FEE",
    };
    put("proprietaryBankTransactionCode", code.into());
    if let Kind::Abroad { currency: foreign, rate, .. } = &entry.kind {
        put(
            "currencyExchange",
            json!([{
                "sourceCurrency": currency,
                "exchangeRate": rate,
                "unitCurrency": currency,
                "targetCurrency": foreign,
                "quotationDate": entry.date.to_string(),
            }]),
        );
    }
    view
}

/// A text as one read shows it.
fn varied(text: String, key: u64, reading: &Reading) -> String {
    let profile = &reading.profile;
    if profile.cut_texts == 0 && profile.padded_texts == 0 && profile.capital_texts == 0 {
        return text;
    }
    let mut random = Random::stream(key ^ reading.number.wrapping_mul(0x9e37_79b9), "text");
    let (cut, padded) = (random.chance(profile.cut_texts.into()), random.chance(profile.padded_texts.into()));
    let mut text = if cut { text.chars().take(CUT_AT).collect() } else { text };
    if padded {
        text = format!("{text:PADDED_TO$} ");
    }
    if random.chance(profile.capital_texts.into()) { text.to_uppercase() } else { text }
}

/// A pending movement: the contract promises it no identifier and no booking date.
fn pending_view(facts: &Facts, movement: &Movement, reading: &Reading) -> Value {
    let key = movement.entry.key;
    let mut view = common(facts, movement, Form::Pending, reading);
    let id = match reading.profile.transaction_id {
        TransactionIds::Kept => Some(number(movement, &mut Random::new(key))),
        TransactionIds::ChangedOnSettlement => {
            Some(format!("P{}", Random::stream(key, "pending id").digits(14)))
        }
        _ => None,
    };
    if let Some(id) = id {
        view.insert("transactionId".to_owned(), id.into());
    }
    odd::transaction(view, key, &reading.profile)
}

/// The bank's number of a movement.
fn number(movement: &Movement, random: &mut Random) -> String {
    format!("{}{}-1", movement.entry.date.format("%Y%m%d"), random.digits(8))
}

/// In which period of so many days a read is.
fn period(reading: &Reading, days: u16) -> u64 {
    let day = u64::from(reading.now.date_naive().num_days_from_ce().unsigned_abs());
    day / u64::from(days.max(1))
}

/// The same number in one of three forms.
fn in_form(number: &str, period: u64) -> String {
    match period % 3 {
        0 => number.to_owned(),
        1 => format!("TX/{number}"),
        _ => number.replace('-', "").chars().rev().collect(),
    }
}

fn transaction_id(number: String, key: u64, reading: &Reading) -> Option<String> {
    let share = |percent: u8| Random::stream(key, "placeholder").chance(percent.into());
    match reading.profile.transaction_id {
        TransactionIds::Absent => None,
        TransactionIds::ChangingForm(days) => Some(in_form(&number, period(reading, days))),
        TransactionIds::Regenerated(days) => {
            Some(Random::stream(key ^ period(reading, days), "regenerated").hex(24))
        }
        TransactionIds::NotProvided(percent) if share(percent) => Some("NOTPROVIDED".to_owned()),
        TransactionIds::Placeholder(percent) if share(percent) => Some("0".repeat(20)),
        _ => Some(number),
    }
}

fn internal_id(stable: String, key: u64, reading: &Reading) -> Option<String> {
    let other = |salt: u64| Some(Random::stream(key ^ (salt << 1), "internal").hex(32));
    match reading.profile.internal_id {
        InternalIds::Stable => Some(stable),
        InternalIds::Absent => None,
        InternalIds::EachRead => other(reading.number),
        InternalIds::EachLink => other(reading.link.into()),
        InternalIds::Regenerated(days) => other(period(reading, days)),
    }
}

fn booked_view(facts: &Facts, movement: &Movement, reading: &Reading) -> Value {
    let (entry, currency) = (&movement.entry, facts.currency.as_str());
    let mut random = Random::new(entry.key);
    let mut view = common(facts, movement, Form::Booked, reading);
    let mut put = |name: &str, value: Value| view.insert(name.to_owned(), value);
    if let Some(id) = transaction_id(number(movement, &mut random), entry.key, reading) {
        put("transactionId", id.into());
    }
    if let Some(id) = internal_id(random.hex(32), entry.key, reading) {
        put("internalTransactionId", id.into());
    }
    let day = booking_day(movement, reading);
    put("bookingDate", day.to_string().into());
    if reading.profile.booking_times {
        let time =
            format!("{:02}:{:02}:{:02}", entry.second / 3_600, entry.second / 60 % 60, entry.second % 60);
        put("bookingDateTime", format!("{day}T{time}Z").into());
    }
    if facts.kind == AccountKind::Current && reading.profile.balance_after {
        put(
            "balanceAfterTransaction",
            json!({
                "balanceAmount": { "amount": decimal(movement.balance), "currency": currency },
                "balanceType": "interimBooked",
            }),
        );
    }
    let mut reference = None;
    match &entry.kind {
        Kind::Card | Kind::Refund => {
            put("bankTransactionCode", "PMNT-CCRD-POSD".into());
            reference = Some(random.digits(12));
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
            put("debtorAccount", json!({ "iban": iban(1), "currency": currency }));
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
    let reference = match reading.profile.entry_reference {
        EntryReferences::Stable => reference,
        EntryReferences::Absent => None,
        EntryReferences::ChangingForm(days) => {
            let number = Random::stream(entry.key, "reference").digits(12);
            Some(in_form(&format!("{}-{number}", entry.date.format("%y%m%d")), period(reading, days)))
        }
    };
    if let Some(reference) = reference {
        put("entryReference", reference.into());
    }
    odd::transaction(view, entry.key, &reading.profile)
}

/// The days by which a transaction of a test's own is chosen.
fn own_days(entry: &Value) -> impl Iterator<Item = NaiveDate> {
    let date = |name: &str| entry.get(name)?.as_str()?.get(..10)?.parse().ok();
    ["bookingDate", "valueDate"].into_iter().filter_map(date)
}

/// The day of a transaction of a test's own.
pub(crate) fn own_day(entry: &Value) -> Option<NaiveDate> {
    own_days(entry).next()
}

/// What a transaction of a test's own moves, in hundredths; 0 if its amount cannot be read.
pub(crate) fn own_cents(entry: &Value) -> i64 {
    let amount = entry.pointer("/transactionAmount/amount").and_then(Value::as_str);
    amount.and_then(cents).unwrap_or(0)
}

/// An amount in text, in hundredths; further digits are left out.
pub(crate) fn cents(text: &str) -> Option<i64> {
    let text = text.trim();
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let numeric = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !numeric(whole) || !numeric(part) {
        return None;
    }
    let part: String = part.chars().chain("00".chars()).take(2).collect();
    let cents: i64 = format!("{whole}{part}").parse().ok()?;
    Some(sign * cents)
}

/// Hundredths as the API writes an amount.
pub(crate) fn decimal(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.unsigned_abs() / 100, cents.unsigned_abs() % 100)
}

/// Remembers what an answer showed.
pub(crate) fn remember(
    account: &mut BankAccount,
    reading: &Arc<Reading>,
    shown: Vec<(Mark, Form, Option<Value>)>,
    at: DateTime<Utc>,
) {
    for (mark, form, entry) in shown {
        account.shown.insert(mark, Shown { form, reading: Arc::clone(reading), at, entry });
    }
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

    #[test]
    fn amounts_are_read_as_they_are_written() {
        for (text, read) in [("-0.05", -5), ("7", 700), ("-3899", -389_900), ("1.5", 150), ("2.0009", 200)] {
            assert_eq!(cents(text), Some(read), "{text}");
        }
        for text in ["", "-", "1,5", "one", ".5", "1e3"] {
            assert_eq!(cents(text), None, "{text}");
        }
    }
}
