//! Members as no document declares them and banks send them all the same: other types, other structures, null.

use serde_json::{Map, Value, json};

use crate::profile::BankProfile;
use crate::random::Random;

/// How one transaction is odd.
type Oddity = fn(&mut Map<String, Value>);

/// Odd, and its amount can be read.
const MEMBERS: &[Oddity] = &[
    |view| set(view, "mandateId", json!(9)),
    |view| set(view, "bankTransactionCode", json!({ "domain": "PMNT" })),
    |view| set(view, "proprietaryBankTransactionCode", Value::Null),
    |view| set(view, "creditorName", json!({ "name": "X" })),
    |view| set(view, "debtorName", json!(" ".repeat(54))),
    |view| set(view, "remittanceInformationUnstructuredArray", json!("one text")),
    |view| set(view, "remittanceInformationStructured", json!({ "reference": null, "referenceType": null })),
    |view| set(view, "balanceAfterTransaction", json!({ "balanceAmount": "12.30", "balanceType": "x" })),
    |view| set(view, "currencyExchange", json!([null])),
    |view| set(view, "currencyExchange", json!({ "sourceCurrency": "EUR", "exchangeRate": 1.0831 })),
    |view| set(view, "additionalDataStructured", json!({ "cardInstrument": { "name": "X" } })),
    |view| set(view, "creditorAccount", json!({ "iban": "", "bban": "" })),
    |view| set(view, "bookingDateTime", json!(1_706_659_200)),
    |view| set(view, "valueDateTime", json!("2024-12-01T03:30Z")),
    |view| set(view, "endToEndId", Value::Null),
    // "-24.00" as "-24.0", "-24" or "-24.0000".
    |view| {
        let text =
            view.get("transactionAmount").and_then(|amount| amount.get("amount")).and_then(Value::as_str);
        let other =
            text.map(|text| text.strip_suffix(".00").map_or_else(|| format!("{text}00"), str::to_owned));
        if let (Some(amount), Some(other)) = (view.get_mut("transactionAmount"), other) {
            *amount = json!({ "amount": other, "currency": amount.get("currency") });
        }
    },
];

/// Odd, and its amount or currency cannot be read.
const AMOUNTS: &[Oddity] = &[
    |view| drop(view.remove("transactionAmount")),
    |view| set_amount(view, "amount", Some(Value::Null)),
    |view| set_amount(view, "amount", Some(json!({}))),
    |view| set_amount(view, "currency", None),
    |view| set_amount(view, "currency", Some(json!(978))),
    |view| set_amount(view, "amount", Some(json!("1_0.5_0"))),
];

fn set(view: &mut Map<String, Value>, name: &str, value: Value) {
    view.insert(name.to_owned(), value);
}

fn set_amount(view: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    let amount = view.get_mut("transactionAmount").and_then(Value::as_object_mut);
    match (amount, value) {
        (Some(amount), Some(value)) => drop(amount.insert(name.to_owned(), value)),
        (Some(amount), None) => drop(amount.remove(name)),
        (None, _) => {}
    }
}

/// A transaction as the bank of a profile sends it.
pub(crate) fn transaction(mut view: Map<String, Value>, key: u64, profile: &BankProfile) -> Value {
    if profile.odd_members == 0 && profile.odd_amounts == 0 {
        return Value::Object(view);
    }
    let mut random = Random::stream(key, "odd");
    let (member, amount) =
        (random.chance(profile.odd_members.into()), random.chance(profile.odd_amounts.into()));
    if let Some(oddity) = random.pick(MEMBERS).filter(|_| member) {
        oddity(&mut view);
    }
    // One in seven of those is not an object at all.
    if amount && random.between(0, 6) == 0 {
        return Value::Null;
    }
    if let Some(oddity) = random.pick(AMOUNTS).filter(|_| amount) {
        oddity(&mut view);
    }
    Value::Object(view)
}

/// One balance says a flag in text, and one has no type.
pub(crate) fn balances(balances: &mut Vec<Value>) {
    let first = balances.first_mut().and_then(Value::as_object_mut);
    let Some(first) = first else { return };
    first.insert("creditLimitIncluded".to_owned(), "true".into());
    let mut without = first.clone();
    without.remove("balanceType");
    balances.push(Value::Object(without));
}

/// A telephone number as a number, and a list where a text is declared.
pub(crate) fn details(details: &mut Map<String, Value>) {
    set(details, "msisdn", json!(491_700_000_000_u64));
    set(details, "linkedAccounts", json!(["a"]));
}
