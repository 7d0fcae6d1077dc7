//! A transaction as people see it: day, amount, counterparty, description.

use std::fmt;

use chrono::NaiveDate;
use gocardless_bank_data::model::{CounterpartyAccount, Transaction};
use gocardless_bank_data::{Amount, Date, OrOther, Private, Text, Timestamp};
use rust_decimal::Decimal;

/// Whether the bank has booked a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Booked: it counts in the booked balance and stays.
    Booked,
    /// Pending: it may still change, settle as a booked one, or vanish.
    Pending,
}

impl Status {
    /// `booked` or `pending`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Pending => "pending",
        }
    }
}

/// A transaction as people see it.
///
/// `Debug` shows the status and the day, and no bank data.
///
/// ```
/// use gocardless_bank_data::model::Transaction;
/// use gocardless_bank_data_sync::{Entry, EntrySettings, Status};
///
/// let transaction: Transaction = serde_json::from_str(
///     r#"{"bookingDate": "2026-03-02", "transactionAmount": {"amount": "-4.20", "currency": "EUR"},
///         "creditorName": "Corner Cafe", "remittanceInformationUnstructured": "CARD 1234 CORNER CAFE"}"#,
/// )?;
/// let entry = Entry::read(&transaction, Status::Booked, &EntrySettings::default())?;
/// assert_eq!(entry.amount.to_string(), "-4.20");
/// assert_eq!(entry.counterparty.as_deref(), Some("Corner Cafe"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// Whether the bank has booked it.
    pub status: Status,
    /// The day, of the account's own calendar. A pending entry may have none.
    pub day: Option<NaiveDate>,
    /// What it changes on the account, in [`currency`](Self::currency): a negative amount leaves it.
    pub amount: Decimal,
    /// The currency of the amount, three capital letters. Empty if the bank left it out.
    pub currency: String,
    /// Who is on the other side, or the text in place of a name.
    pub counterparty: Option<String>,
    /// The account on the other side: IBAN, BBAN or a masked number.
    pub counterparty_account: Option<String>,
    /// What it was for; empty if the bank says nothing.
    pub description: String,
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").field("status", &self.status).field("day", &self.day).finish_non_exhaustive()
    }
}

/// Which of the two dates is the day of an entry. The other one is used where it is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum DayOrder {
    /// The booking date, as nearly all programs have it.
    #[default]
    BookingFirst,
    /// The value date.
    ValueFirst,
}

/// Which name is the counterparty of an entry. The others are used where it is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum CounterpartyOrder {
    /// The creditor of money that leaves the account, the debtor of money that arrives.
    #[default]
    BySign,
    /// The creditor.
    CreditorFirst,
    /// The debtor.
    DebtorFirst,
}

/// Which identifier of the bank is taken first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdOrder {
    /// `transactionId`, which comes from the bank.
    #[default]
    TransactionFirst,
    /// `internalTransactionId`, which comes from the service.
    InternalFirst,
}

/// How a transaction becomes an [`Entry`]. The defaults are what most programs on this API agree on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EntrySettings {
    /// Which date is the day.
    pub day: DayOrder,
    /// Which name is the counterparty.
    pub counterparty: CounterpartyOrder,
    /// Whether a text is used in place of the counterparty where there is no name; true by default.
    pub counterparty_from_text: bool,
    /// What the parts of a description are joined with; a blank by default.
    pub separator: String,
    /// Whether pending transactions are read at all; true by default.
    pub pending: bool,
    /// Whether the sign of pending transactions is turned, for banks that send pending debits without a minus; false by
    /// default.
    pub negate_pending: bool,
    /// Which identifier is taken first.
    pub ids: IdOrder,
}

impl Default for EntrySettings {
    fn default() -> Self {
        Self {
            day: DayOrder::default(),
            counterparty: CounterpartyOrder::default(),
            counterparty_from_text: true,
            separator: " ".to_owned(),
            pending: true,
            negate_pending: false,
            ids: IdOrder::default(),
        }
    }
}

/// The amount of a transaction is not a number, so it cannot become an [`Entry`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnreadableAmount;

impl fmt::Display for UnreadableAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the amount of a transaction is not a number; look at the transaction as the bank sent it",
        )
    }
}

impl std::error::Error for UnreadableAmount {}

impl Entry {
    /// Reads a transaction.
    ///
    /// # Errors
    /// [`UnreadableAmount`] if its amount is not a number in any form that [`read_amount`] knows.
    pub fn read(
        transaction: &Transaction,
        status: Status,
        settings: &EntrySettings,
    ) -> Result<Self, UnreadableAmount> {
        let money = &transaction.transaction_amount;
        let mut amount = read_amount(&money.amount).ok_or(UnreadableAmount)?;
        if settings.negate_pending && status == Status::Pending {
            amount = -amount;
        }
        let description = description(transaction, &settings.separator);
        let (creditor, debtor) = (
            [&transaction.creditor_name, &transaction.ultimate_creditor],
            [&transaction.debtor_name, &transaction.ultimate_debtor],
        );
        let creditor_first = match settings.counterparty {
            CounterpartyOrder::BySign => amount < Decimal::ZERO,
            CounterpartyOrder::CreditorFirst => true,
            CounterpartyOrder::DebtorFirst => false,
        };
        let names = if creditor_first { [creditor, debtor] } else { [debtor, creditor] };
        let mut counterparty = names.iter().flatten().find_map(|name| trimmed(name.as_ref()));
        if counterparty.is_none() && settings.counterparty_from_text {
            counterparty = Some(description.clone()).filter(|text| !text.is_empty());
        }
        let (creditor, debtor) = (&transaction.creditor_account, &transaction.debtor_account);
        let accounts = if creditor_first { [creditor, debtor] } else { [debtor, creditor] };
        let counterparty_account = accounts.into_iter().flatten().find_map(account_number);
        Ok(Self {
            status,
            day: day(transaction, settings.day),
            amount,
            currency: money.currency.as_str().trim().to_owned(),
            counterparty,
            counterparty_account,
            description,
        })
    }
}

/// Reads an amount, also in forms that are not JSON decimals but unambiguous: a minus after the digits, a typographic minus,
/// parentheses, a decimal comma with one or two digits after it. `None` if it is not a number.
///
/// ```
/// use gocardless_bank_data_sync::read_amount;
///
/// for text in ["-5.00", "5.00-", "(5.00)", "\u{2212}5.00", "-5,00"] {
///     assert_eq!(read_amount(&text.into()).map(|amount| amount.to_string()), Some("-5.00".to_owned()));
/// }
/// assert_eq!(read_amount(&"1_000".into()), None);
/// ```
#[must_use]
pub fn read_amount(amount: &Amount) -> Option<Decimal> {
    if let Some(decimal) = amount.to_decimal() {
        return Some(decimal);
    }
    let text = amount.as_str().trim().replace('\u{2212}', "-");
    let inner = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let (negative, digits) = match (inner, text.strip_suffix('-')) {
        (Some(inner), _) => (true, inner.trim()),
        (None, Some(rest)) => (true, rest.trim()),
        (None, None) => (false, text.as_str()),
    };
    if negative && digits.starts_with(['-', '+']) {
        return None;
    }
    let digits = match digits.split_once(',') {
        Some((whole, cents)) if (1..=2).contains(&cents.len()) && !whole.contains('.') => {
            format!("{whole}.{cents}")
        }
        _ => digits.to_owned(),
    };
    let decimal = Amount::from(digits).to_decimal()?;
    Some(if negative { -decimal } else { decimal })
}

/// The text without blanks around it, or `None` if nothing is left: some banks send a name of 54 blanks.
fn trimmed(text: Option<&Text>) -> Option<String> {
    text.map(|text| text.as_str().trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Unstructured information before its array, before structured: the single text is whole where the array is cut in mid word.
fn description(transaction: &Transaction, separator: &str) -> String {
    let join = |texts: &[Text]| {
        let parts: Vec<&str> =
            texts.iter().map(|text| text.as_str().trim()).filter(|t| !t.is_empty()).collect();
        Some(parts.join(separator)).filter(|text| !text.is_empty())
    };
    trimmed(transaction.remittance_information_unstructured.as_ref())
        .or_else(|| join(&transaction.remittance_information_unstructured_array))
        .or_else(|| trimmed(transaction.remittance_information_structured.as_ref()))
        .or_else(|| join(&transaction.remittance_information_structured_array))
        .or_else(|| trimmed(transaction.additional_information.as_ref()))
        .unwrap_or_default()
}

fn day(transaction: &Transaction, order: DayOrder) -> Option<NaiveDate> {
    let read = |date: &Option<Date>, time: &Option<Private<Timestamp>>| {
        let of_time = || time.as_ref().and_then(|time| time.wall_clock()).map(|time| time.date());
        date.as_ref().and_then(Date::day).or_else(of_time)
    };
    let booking = read(&transaction.booking_date, &transaction.booking_date_time);
    let value = read(&transaction.value_date, &transaction.value_date_time);
    match order {
        DayOrder::BookingFirst => booking.or(value),
        DayOrder::ValueFirst => value.or(booking),
    }
}

/// The earliest day that a transaction names, which is nearest to when it was made and changes least when it settles.
pub(crate) fn earliest_day(transaction: &Transaction) -> Option<NaiveDate> {
    let (booking, value) = (day(transaction, DayOrder::BookingFirst), day(transaction, DayOrder::ValueFirst));
    booking.into_iter().chain(value).min()
}

fn account_number(account: &OrOther<CounterpartyAccount>) -> Option<String> {
    let account = account.known()?;
    [&account.iban, &account.bban, &account.masked_pan]
        .into_iter()
        .find_map(|number| trimmed(number.as_ref()))
}
