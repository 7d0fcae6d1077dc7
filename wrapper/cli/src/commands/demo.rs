//! `demo`: every step in one command, against the sandbox.

use std::collections::HashSet;

use chrono::Days;
use futures_util::StreamExt as _;
use gocardless_bank_data_sync::{EntryFilter, Ledger as _, State};
use serde::Serialize;

use crate::app::App;
use crate::args::{DEFAULT_PERSON, Demo, Format, Link, LinkOptions};
use crate::exit::Failure;
use crate::output::{Output, replace};
use crate::sandbox::BANK;

/// How far back the demo looks.
const DAYS: u32 = 90;
/// How many entries it shows.
const NEWEST: usize = 10;

#[derive(Serialize)]
struct Shown {
    file: String,
}

pub(crate) async fn run(app: &App, args: &Demo) -> Result<(), Failure> {
    if app.sandbox.is_none() {
        return Err(Failure::usage(
            "the demo shows made-up money only; run it as `bank-data --sandbox demo`",
        ));
    }
    let title = |text: &str| app.output.say(&format!("\n{}", app.output.style().bold().apply_to(text)));
    app.output.say(&app.output.wrap(
        "This is a sandbox: a made-up bank in this process. Nothing leaves this machine, and nothing is kept but one file.",
    ))?;
    title("Link: bank-data link SANDBOXFINANCE_SFIN0000")?;
    let is_watched = app.output.is_terminal && !args.no_browser;
    let options = LinkOptions { no_callback: !is_watched, no_browser: !is_watched, qr: false, wait: 600 };
    let link = Link {
        institution: Some(BANK.to_owned()),
        requisition: None,
        days: Some(DAYS),
        once: false,
        access_days: None,
        person: DEFAULT_PERSON.to_owned(),
        options,
    };
    super::link::run(app, &link).await?;
    title("Sync: bank-data sync")?;
    let ledger = app.ledger()?;
    let sync = app.sync(&app.bank()?, &ledger, false);
    super::sync::follow(app, sync.run().boxed(), HashSet::new()).await?;
    let accounts = ledger.accounts()?;
    title("Balances: bank-data balances --chart")?;
    super::balances::show(app, &ledger, &accounts)?;
    if !app.output.json {
        for account in &accounts {
            super::balances::draw(app, &ledger, account)?;
        }
    }
    title("Newest transactions: bank-data transactions --limit 10")?;
    super::transactions::show(app, &ledger, &EntryFilter::default(), Some(NEWEST))?;
    title("File: bank-data export --format csv --output bank-data-demo.csv")?;
    let file = args.file.clone().unwrap_or_else(default_file);
    let since = app.now().date_naive().checked_sub_days(Days::new(DAYS.into()));
    let filter = EntryFilter { since, states: vec![State::Booked], ..EntryFilter::default() };
    let statements = super::export::statements(&ledger, &filter)?;
    let settings = crate::export::Settings {
        numbers: app.output.numbers,
        now: app.now(),
        suspense: String::new(),
        earlier: String::new(),
    };
    replace(&file, &crate::export::write(Format::Csv, &statements, &settings)?)?;
    let count: usize = statements.iter().map(|statement| statement.entries.len()).sum();
    app.output.say(&format!("{count} transactions are in {}", file.display()))?;
    if app.output.json {
        return Output::value(&Shown { file: file.display().to_string() });
    }
    app.output.say(&app.output.wrap(
        "\nWith your own accounts it is the same three commands without --sandbox: store your secrets with `bank-data login`, then \
         link, sync, export.",
    ))
}

/// In the current folder, or in that for temporary files where that one cannot be written.
fn default_file() -> std::path::PathBuf {
    let name = "bank-data-demo.csv";
    let is_writable = tempfile::Builder::new().prefix(".bank-data").tempfile_in(".").is_ok();
    if is_writable { name.into() } else { std::env::temp_dir().join(name) }
}
