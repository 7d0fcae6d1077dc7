//! `export`: the booked transactions in a format of another program, to standard output or a file.

use std::collections::HashSet;
use std::fs;
use std::io;

use gocardless_bank_data_sync::{Ledger as _, SqliteLedger, State};
use serde::Serialize;

use super::transactions::filter;
use crate::app::App;
use crate::args::{Export, Format};
use crate::exit::Failure;
use crate::export::{Settings, Statement, default_suspense, ids, is_fit_to_append, misreads_points, write};
use crate::output::{Output, replace};

/// What `--json` says about a file that was written.
#[derive(Serialize)]
struct Shown {
    file: String,
    written: usize,
}

pub(crate) fn run(app: &App, args: &Export) -> Result<(), Failure> {
    let ledger = app.existing_ledger()?;
    let is_rows = matches!(args.format, Format::Csv | Format::Jsonl);
    if args.pending && !is_rows {
        return Err(Failure::usage(
            "pending transactions may still change, and only csv and jsonl can say so; leave out --pending",
        ));
    }
    if args.append.is_some() && args.format == Format::Ofx {
        return Err(Failure::usage(
            "an OFX file is one document; write a new one each time: importers detect duplicates by FITID",
        ));
    }
    if args.pending && args.append.is_some() {
        return Err(Failure::usage(
            "a pending transaction would stay pending in the file once it is booked; leave out --pending, or write a whole file \
             each time with --output",
        ));
    }
    let file = args.output.as_deref().or(args.append.as_deref());
    if app.output.json && file.is_none() {
        return Err(Failure::usage(
            "--json says what was written to a file; name one with --output, or choose --format jsonl",
        ));
    }
    let states = if args.pending { vec![State::Booked, State::Pending] } else { vec![State::Booked] };
    let filter = filter(&ledger, &args.range, states)?;
    let mut statements = statements(&ledger, &filter)?;
    let mut settings = Settings {
        numbers: app.output.numbers,
        now: app.now(),
        suspense: args.suspense.clone().unwrap_or_else(|| default_suspense(args.format).to_owned()),
        earlier: String::new(),
    };
    settings.check(args.format)?;
    if let Some(file) = &args.append {
        settings.earlier = match fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Failure::file(format!("{} cannot be read: {error}", file.display()))),
        };
        if !is_fit_to_append(args.format, &settings.earlier) {
            return Err(Failure::file(format!(
                "{} is not a file in this format that can be added to; name another file, or the --format that it has",
                file.display()
            )));
        }
        if misreads_points(args.format, &settings.earlier) {
            return Err(Failure::file(format!(
                "{} declares a comma as decimal mark, with which hledger would misread what is added; export to a file of its own \
                 and `include` that at the end of this one",
                file.display()
            )));
        }
        // A last line that somebody wrote without its end.
        if !settings.earlier.is_empty() && !settings.earlier.ends_with('\n') {
            settings.earlier.push('\n');
        }
        let known: HashSet<String> = ids(args.format, &settings.earlier);
        for statement in &mut statements {
            let account = statement.account.key;
            statement.entries.retain(|entry| !known.contains(&format!("{account}-{}", entry.known.key)));
        }
    }
    let count: usize = statements.iter().map(|statement| statement.entries.len()).sum();
    let text = write(args.format, &statements, &settings)?;
    let Some(file) = file else { return Output::write_bytes(text.as_bytes()) };
    if args.append.is_some() {
        if count > 0 {
            replace(file, &format!("{}{text}", settings.earlier))?;
        }
    } else {
        replace(file, &text)?;
    }
    if app.output.json {
        return Output::value(&Shown { file: file.display().to_string(), written: count });
    }
    app.output.note(&format!("{count} transactions written to {}.", file.display()));
    Ok(())
}

/// The accounts with their entries, the oldest first.
pub(crate) fn statements(
    ledger: &SqliteLedger,
    filter: &gocardless_bank_data_sync::EntryFilter,
) -> Result<Vec<Statement>, Failure> {
    let mut statements = Vec::new();
    let accounts = ledger.accounts()?;
    for account in
        accounts.into_iter().filter(|account| filter.account.is_none_or(|only| only == account.key))
    {
        let filter = gocardless_bank_data_sync::EntryFilter { account: Some(account.key), ..filter.clone() };
        let mut entries = ledger.entries(&filter)?;
        entries.reverse();
        let balances = ledger.balances(account.key)?;
        statements.push(Statement { account, entries, balances });
    }
    Ok(statements)
}
