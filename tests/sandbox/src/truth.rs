//! What really happened on an account, beside what its bank showed of it: so that a ledger can be judged.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};

use crate::clock::text;
use crate::data::{Movement, decimal, own_cents, own_day, sums, view};
use crate::state::{BankAccount, Form, Mark, Own, Shown};

/// The truth about one bank account at the sandbox's present instant.
///
/// A ledger that has read everything holds, of the transactions whose state is [`Booked`](TrueState::Booked) or
/// [`Pending`](TrueState::Pending), each [`shown`](TrueTransaction::shown) exactly once.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Truth {
    /// What the member `iban` holds, if there is such a member.
    pub iban: Option<String>,
    /// Currency, three letters.
    pub currency: String,
    /// The person who has the account.
    pub person: String,
    /// The id of the bank account: the same for all ids that the API gives it.
    pub bank_account: String,
    /// The balance before the first transaction, as decimal text.
    pub opening: String,
    /// The booked balance, as decimal text: the opening balance and all that is booked.
    pub balance: String,
    /// The same with what is pending.
    pub expected: String,
    /// All that was done so far, oldest first.
    pub transactions: Vec<TrueTransaction>,
}

/// One transaction, whatever forms it takes.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TrueTransaction {
    /// The same for ever.
    pub id: String,
    /// The day on which it was made.
    pub made: NaiveDate,
    /// The booking day, if it is booked.
    pub booked: Option<NaiveDate>,
    /// Decimal text: the amount as booked, or as pending for now. For one of a test's own, what its JSON says; `0.00` if that
    /// cannot be read.
    pub amount: String,
    /// Currency, three letters.
    pub currency: String,
    /// What it is now.
    pub state: TrueState,
    /// The JSON exactly as it stood in the last answer of the transactions operation that it was in, under any id of the
    /// account; the booked form if both stood there. Faults that change or cut an answer change nothing here, and an answer that
    /// a fault keeps back does not count.
    pub shown: Option<Value>,
    /// The list that it stood in: `booked` or `pending`.
    pub shown_as: Option<&'static str>,
    /// When that answer was given.
    pub shown_at: Option<DateTime<Utc>>,
}

/// What a transaction is at present.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TrueState {
    /// `not_shown_yet`: made, and the bank shows it later.
    NotShownYet,
    /// `pending`: made, and not booked yet.
    Pending,
    /// `booked`: part of the balance.
    Booked,
    /// `vanished`: was pending, and will never be booked.
    Vanished,
}

impl TrueState {
    /// Its word in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotShownYet => "not_shown_yet",
            Self::Pending => "pending",
            Self::Booked => "booked",
            Self::Vanished => "vanished",
        }
    }
}

impl Truth {
    /// As `GET /_sandbox/accounts/{id}/truth` gives it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let one = |it: &TrueTransaction| {
            json!({
                "id": it.id,
                "made": it.made.to_string(),
                "booked": it.booked.map(|day| day.to_string()),
                "amount": it.amount,
                "currency": it.currency,
                "state": it.state.as_str(),
                "shown": it.shown,
                "shown_as": it.shown_as,
                "shown_at": it.shown_at.map(text),
            })
        };
        json!({
            "iban": self.iban,
            "currency": self.currency,
            "person": self.person,
            "bank_account": self.bank_account,
            "opening": self.opening,
            "balance": self.balance,
            "expected": self.expected,
            "transactions": self.transactions.iter().map(one).collect::<Vec<_>>(),
        })
    }

    /// The truth about an account.
    pub(crate) fn of(account: &BankAccount, now: DateTime<Utc>) -> Self {
        let (booked, pending) = sums(account, now);
        let mut history = account.history();
        let opening = history.opening();
        let mut transactions: Vec<TrueTransaction> =
            history.made(now).map(|(number, movement)| made_up(account, number, movement, now)).collect();
        drop(history);
        let mut own: BTreeMap<&str, Vec<&Own>> = BTreeMap::new();
        for one in &account.own {
            own.entry(&one.id).or_default().push(one);
        }
        transactions.extend(own.into_values().filter_map(|forms| put_in(account, &forms, now)));
        transactions.sort_by_key(|one| one.made);
        Self {
            iban: account.facts.iban.clone(),
            currency: account.facts.currency.clone(),
            person: account.person.clone(),
            bank_account: account.id.clone(),
            opening: decimal(opening),
            balance: decimal(booked),
            expected: decimal(booked + pending),
            transactions,
        }
    }
}

fn made_up(account: &BankAccount, number: usize, movement: &Movement, now: DateTime<Utc>) -> TrueTransaction {
    let state = if movement.is_booked(now) {
        TrueState::Booked
    } else if movement.is_pending(now) {
        TrueState::Pending
    } else if movement.posted.is_none() && movement.pending_until.is_none_or(|until| until <= now) {
        TrueState::Vanished
    } else {
        TrueState::NotShownYet
    };
    let cents = if state == TrueState::Booked { movement.entry.cents } else { movement.pending_cents };
    let shown = account.shown.get(&Mark::Made(number));
    TrueTransaction {
        id: movement.id(),
        made: movement.entry.date,
        booked: (state == TrueState::Booked).then_some(movement.booking_day),
        amount: decimal(cents),
        currency: account.facts.currency.clone(),
        state,
        shown: shown.map(|shown| view(&account.facts, movement, shown.form, &shown.reading)),
        shown_as: shown.map(|shown| shown.form.as_str()),
        shown_at: shown.map(|shown| shown.at),
    }
}

/// A transaction that a test put in, in one or more forms.
fn put_in(account: &BankAccount, forms: &[&Own], now: DateTime<Utc>) -> Option<TrueTransaction> {
    let now_in = |form: Form| forms.iter().rfind(|own| own.form == form && own.is_shown(now));
    let booked = now_in(Form::Booked);
    let (state, form) = match (booked, now_in(Form::Pending)) {
        (Some(own), _) => (TrueState::Booked, own),
        (None, Some(own)) => (TrueState::Pending, own),
        (None, None) if forms.iter().all(|own| own.from.is_some_and(|from| now < from)) => {
            (TrueState::NotShownYet, forms.first()?)
        }
        (None, None) => (TrueState::Vanished, forms.last()?),
    };
    let shown: Option<&Shown> = account.shown.get(&Mark::Own(form.id.clone()));
    let amount = form.entry.pointer("/transactionAmount/amount").and_then(Value::as_str);
    let currency = form.entry.pointer("/transactionAmount/currency").and_then(Value::as_str);
    let first = forms.iter().filter_map(|own| own_day(&own.entry)).min();
    Some(TrueTransaction {
        id: form.id.clone(),
        made: first.or(form.from.map(|from| from.date_naive())).unwrap_or(now.date_naive()),
        booked: booked.and_then(|own| own_day(&own.entry)),
        amount: amount.map_or_else(|| decimal(own_cents(&form.entry)), str::to_owned),
        currency: currency.unwrap_or(&account.facts.currency).to_owned(),
        state,
        shown: shown.and_then(|shown| shown.entry.clone()),
        shown_as: shown.map(|shown| shown.form.as_str()),
        shown_at: shown.map(|shown| shown.at),
    })
}
