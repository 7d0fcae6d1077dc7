//! `transactions`: the entries of the ledger, the newest first.

use std::collections::HashMap;

use chrono::NaiveDate;
use gocardless_bank_data_sync::{AccountKey, EntryFilter, Ledger as _, LedgerEntry, SqliteLedger, State};
use serde::Serialize;

use crate::app::{self, App};
use crate::args::{Range, Transactions};
use crate::exit::Failure;
use crate::output::{Align, Column, Numbers, Table};

#[derive(Serialize)]
struct Shown {
    transactions: Vec<Transaction>,
}

/// One entry for programs; the same members as in JSON Lines.
#[derive(Serialize)]
pub(crate) struct Transaction {
    /// The number of the account and the key of the entry: it stays whatever the bank changes.
    pub(crate) id: String,
    pub(crate) account: i64,
    pub(crate) account_name: String,
    /// `booked`, `pending` or `vanished`.
    pub(crate) status: &'static str,
    /// The day of the bank, or the one on which a pending one without a day was first seen.
    pub(crate) day: NaiveDate,
    pub(crate) amount: String,
    pub(crate) currency: String,
    pub(crate) counterparty: Option<String>,
    /// As [`Numbers`] shows it.
    pub(crate) counterparty_account: Option<String>,
    pub(crate) description: String,
    pub(crate) first_seen: NaiveDate,
}

impl Transaction {
    pub(crate) fn of(found: &LedgerEntry, account_name: &str, numbers: Numbers) -> Self {
        let entry = &found.known.entry;
        Self {
            id: format!("{}-{}", found.account, found.known.key),
            account: found.account.0,
            account_name: account_name.to_owned(),
            status: found.known.state.as_str(),
            day: found.day,
            amount: entry.amount.to_string(),
            currency: entry.currency.clone(),
            counterparty: entry.counterparty.as_deref().map(|text| numbers.text(text)),
            counterparty_account: entry.counterparty_account.as_deref().map(|number| numbers.number(number)),
            description: numbers.text(&entry.description),
            first_seen: found.known.first_seen,
        }
    }
}

/// The filter of a range of days.
///
/// # Errors
/// [`Failure`] if it is reversed, or there is no such account.
pub(crate) fn filter(
    ledger: &SqliteLedger,
    range: &Range,
    states: Vec<State>,
) -> Result<EntryFilter, Failure> {
    if let Some((since, until)) = range.since.zip(range.until).filter(|(since, until)| since > until) {
        return Err(Failure::usage(format!("--since {since} is later than --until {until}; exchange them")));
    }
    if let Some(number) = range.account {
        app::account(ledger, number)?;
    }
    Ok(EntryFilter { account: range.account.map(AccountKey), since: range.since, until: range.until, states })
}

pub(crate) fn run(app: &App, args: &Transactions) -> Result<(), Failure> {
    let ledger = app.existing_ledger()?;
    let mut states = Vec::new();
    if args.vanished {
        states = vec![State::Booked, State::Pending, State::Vanished];
    }
    let filter = filter(&ledger, &args.range, states)?;
    show(app, &ledger, &filter, args.limit)
}

/// Shows the entries that a filter lets through.
pub(crate) fn show(
    app: &App,
    ledger: &SqliteLedger,
    filter: &EntryFilter,
    limit: Option<usize>,
) -> Result<(), Failure> {
    let names: HashMap<AccountKey, String> =
        ledger.accounts()?.iter().map(|account| (account.key, app.output.numbers.label(account))).collect();
    let mut entries = ledger.entries(filter)?;
    entries.truncate(limit.unwrap_or(usize::MAX));
    let shown: Vec<Transaction> = entries
        .iter()
        .map(|entry| {
            let name = names.get(&entry.account).map_or("", String::as_str);
            Transaction::of(entry, name, app.output.numbers)
        })
        .collect();
    app.output.show(&table(&shown), &Shown { transactions: shown })
}

fn table(shown: &[Transaction]) -> Table {
    let mut table = Table::new(
        &[
            Column::new("Day", Align::Left),
            Column::new("Amount", Align::Point),
            Column::new("", Align::Left),
            Column::new("Counterparty", Align::Left).cut(16),
            Column::new("Description", Align::Left).cut(16).spare(1),
            Column::new("#", Align::Right),
            Column::new("Status", Align::Left).cut(4),
        ],
        "The ledger has no such transactions; `bank-data sync` reads new ones.",
    );
    for one in shown {
        let counterparty = one.counterparty.clone().unwrap_or_default();
        // A text in place of a name is not shown twice.
        let description =
            if counterparty == one.description { String::new() } else { one.description.clone() };
        let status = if one.status == "booked" { "" } else { one.status };
        table.row([
            one.day.to_string(),
            one.amount.clone(),
            one.currency.clone(),
            counterparty,
            description,
            one.account.to_string(),
            status.to_owned(),
        ]);
    }
    table
}
