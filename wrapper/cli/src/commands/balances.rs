//! `balances`: as they were last read; and a chart of the last 90 days.

use chrono::{DateTime, Days, NaiveDate, Utc};
use gocardless_bank_data_sync::{
    EntryFilter, Ledger as _, LedgerAccount, LedgerBalance, SqliteLedger, State,
};
use serde::Serialize;

use crate::app::{self, App};
use crate::args::Balances;
use crate::exit::Failure;
use crate::output::{Align, Column, Table, chart, instant};

/// How many days a chart shows.
const CHART_DAYS: u64 = 90;
/// How wide a chart is where there is no terminal.
const CHART_WIDTH: usize = 80;

#[derive(Serialize)]
struct Shown {
    balances: Vec<Balance>,
}

#[derive(Serialize)]
struct Balance {
    account: i64,
    label: String,
    /// What it counts, in the API's word, such as `interimAvailable`.
    kind: String,
    amount: String,
    currency: String,
    day: Option<NaiveDate>,
    read_at: DateTime<Utc>,
}

pub(crate) fn run(app: &App, args: &Balances) -> Result<(), Failure> {
    let ledger = app.existing_ledger()?;
    let accounts = match args.account {
        Some(number) => vec![app::account(&ledger, number)?],
        None => ledger.accounts()?,
    };
    show(app, &ledger, &accounts)?;
    if args.chart {
        for account in &accounts {
            draw(app, &ledger, account)?;
        }
    }
    Ok(())
}

/// Shows the balances of some accounts.
pub(crate) fn show(app: &App, ledger: &SqliteLedger, accounts: &[LedgerAccount]) -> Result<(), Failure> {
    let mut table = Table::new(
        &[
            Column::new("#", Align::Right),
            Column::new("Account", Align::Left).cut(12),
            Column::new("Amount", Align::Point),
            Column::new("", Align::Left),
            Column::new("Balance", Align::Left).cut(8),
            Column::new("Read", Align::Left).spare(1),
        ],
        "No balance has been read; run `bank-data sync`.",
    );
    let mut shown = Vec::new();
    for account in accounts {
        let name = app.output.numbers.label(account);
        for balance in ledger.balances(account.key)? {
            table.row([
                account.key.to_string(),
                name.clone(),
                balance.amount.to_string(),
                balance.currency.clone(),
                balance.kind.clone(),
                instant(balance.read_at),
            ]);
            shown.push(Balance {
                account: account.key.0,
                label: name.clone(),
                kind: balance.kind,
                amount: balance.amount.to_string(),
                currency: balance.currency,
                day: balance.reference_day,
                read_at: balance.read_at,
            });
        }
    }
    app.output.show(&table, &Shown { balances: shown })
}

/// Draws the balance of the last days, from the newest balance backwards.
pub(crate) fn draw(app: &App, ledger: &SqliteLedger, account: &LedgerAccount) -> Result<(), Failure> {
    let Some(balance) = best(&ledger.balances(account.key)?) else { return Ok(()) };
    let today = balance.read_at.date_naive();
    let since = today.checked_sub_days(Days::new(CHART_DAYS - 1)).unwrap_or(today);
    // A booked balance has nothing of what is pending.
    let states = if balance.kind.contains("ooked") { vec![State::Booked] } else { Vec::new() };
    let filter = EntryFilter { account: Some(account.key), since: Some(since), until: None, states };
    let entries = ledger.entries(&filter)?;
    let (mut values, mut left, mut day) = (Vec::new(), balance.amount, today);
    let mut entries =
        entries.iter().filter(|entry| entry.known.entry.currency == balance.currency).peekable();
    loop {
        values.push(left);
        while let Some(entry) = entries.next_if(|entry| entry.day >= day) {
            left -= entry.known.entry.amount;
        }
        match day.pred_opt().filter(|day| *day >= since) {
            Some(earlier) => day = earlier,
            None => break,
        }
    }
    values.reverse();
    let width = app.output.width.unwrap_or(CHART_WIDTH).min(CHART_DAYS_WIDTH);
    let name = app.output.numbers.label(account);
    let title = format!("\n{name}, {} in {}", balance.kind, balance.currency);
    app.output.say(&app.output.wrap(&title))?;
    app.output.say(chart(&values, &since.to_string(), &today.to_string(), width).trim_end())
}

/// One column a day, and the margin.
const CHART_DAYS_WIDTH: usize = 110;

/// The balance that a chart ends at: what is there now, as the bank books it.
fn best(balances: &[LedgerBalance]) -> Option<LedgerBalance> {
    let kinds = ["interimBooked", "closingBooked", "interimAvailable", "expected"];
    let found = kinds.iter().find_map(|kind| balances.iter().find(|balance| balance.kind == *kind));
    found.or(balances.first()).cloned()
}
