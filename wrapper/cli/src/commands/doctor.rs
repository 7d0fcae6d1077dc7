//! `doctor`: looks for what is wrong, and says what to do about it.

use chrono::{DateTime, Utc};
use gocardless_bank_data::{BankData, Response};
use gocardless_bank_data_sync::{AccountKey, Finding, Kind, Ledger as _, LedgerChange, SqliteLedger};
use serde::Serialize;

use crate::app::{self, App};
use crate::args::Doctor;
use crate::exit::{Code, Failure};
use crate::output::{Output, instant};
use crate::sentence::at_terminal;

/// A clock that is off by more than this makes tokens and limits go wrong.
const MOST_SKEW: i64 = 30;

#[derive(Serialize)]
struct Shown<'a> {
    findings: &'a [Found],
}

/// One thing that was looked at.
#[derive(Serialize)]
struct Found {
    /// `secrets`, `network`, `clock`, `limits`, `account` or `ledger`.
    area: &'static str,
    /// `fine`, `warning` or `wrong`.
    state: &'static str,
    /// The account that it is about.
    account: Option<i64>,
    /// What is so, and what to do.
    sentence: String,
    #[serde(skip)]
    code: Option<Code>,
}

#[derive(Default)]
struct Report(Vec<Found>);

impl Report {
    fn add(&mut self, area: &'static str, state: &'static str, sentence: String) {
        self.0.push(Found { area, state, account: None, sentence, code: None });
    }

    fn wrong(&mut self, area: &'static str, failure: Failure) {
        let Failure { code, message, .. } = failure;
        self.0.push(Found { area, state: "wrong", account: None, sentence: message, code: Some(code) });
    }

    fn account(&mut self, account: i64, state: &'static str, code: Option<Code>, sentence: String) {
        self.0.push(Found { area: "account", state, account: Some(account), sentence, code });
    }
}

pub(crate) async fn run(app: &App, args: &Doctor) -> Result<(), Failure> {
    if let Some(number) = args.reset_circuit {
        return reset(app, number).await;
    }
    let mut report = Report::default();
    // Without secrets no call can be made.
    let bank = match app.credentials() {
        Ok((credentials, place)) => {
            report.add("secrets", "fine", format!("the secrets are in {}", place.as_str()));
            app.bank_to_look(credentials).map_err(|failure| report.wrong("ledger", failure)).ok()
        }
        Err(failure) => {
            report.wrong("secrets", failure);
            None
        }
    };
    if let Some(bank) = &bank {
        network(app, bank, &mut report).await;
    }
    match app.existing_ledger() {
        Ok(ledger) => accounts(app, bank.as_ref(), &ledger, &mut report).await?,
        // There is none before the first link, which is nothing wrong.
        Err(failure) if failure.code == Code::Usage => report.add("ledger", "warning", failure.message),
        Err(failure) => report.wrong("ledger", failure),
    }
    show(app, &report.0)?;
    match report.0.iter().find_map(|found| found.code) {
        Some(code) => Err(Failure::already_reported(code)),
        None => Ok(()),
    }
}

/// Closes a circuit breaker, and ends what earlier failures ask the next runs to wait for.
async fn reset(app: &App, number: i64) -> Result<(), Failure> {
    let ledger = app.existing_ledger()?;
    let account = app::account(&ledger, number)?;
    let Some(id) = account.id() else {
        return Err(Failure::usage(format!("account {number} has no id in the API; link its bank again")));
    };
    app.bank()?.account(id).reset_circuit().await;
    end_waits(app, &ledger, number)?;
    app.output.note(&format!(
        "The circuit breaker of account {number} is closed. Failures are counted from zero again."
    ));
    if app.output.json { Output::value(&serde_json::json!({ "reset": number })) } else { Ok(()) }
}

fn end_waits(app: &App, ledger: &SqliteLedger, number: i64) -> Result<(), Failure> {
    loop {
        let mut account = app::account(ledger, number)?;
        let failures = account.reads.iter_mut().filter_map(|read| read.failure.as_mut());
        if failures.filter_map(|failure| failure.wait_until.take()).count() == 0 {
            return Ok(());
        }
        // Another process may have changed the account meanwhile.
        let change = LedgerChange { account: &account, at: app.now(), entries: None, balances: None };
        if ledger.write(&change)? {
            return Ok(());
        }
    }
}

/// One call shows whether the network, the secrets, the address of this machine and its clock are right.
async fn network(app: &App, bank: &BankData, report: &mut Report) {
    match bank.agreements().list().limit(1_u64).send().await {
        Ok(response) => {
            report.add("network", "fine", "the API answers, and takes the secrets".to_owned());
            clock(app, &response, report);
            let limits = response.rate_limits().general;
            if let Some((limit, left)) = limits.and_then(|limits| limits.limit.zip(limits.remaining)) {
                report.add(
                    "limits",
                    "fine",
                    format!("{left} of {limit} reads of agreements are left to the company for now; other calls have limits of their own"),
                );
            }
        }
        Err(error) => {
            let is_unreachable =
                ["connection_", "timeout_"].iter().any(|word| error.error_type().starts_with(word));
            let mut failure = Failure::from(error);
            if is_unreachable {
                failure
                    .message
                    .push_str("; look at the network, at a proxy, and at GOCARDLESS_BASE_URL if it is set");
            }
            let area = match failure.code {
                Code::Credentials => "secrets",
                Code::Limit => "limits",
                _ => "network",
            };
            report.wrong(area, failure);
        }
    }
}

fn clock<T>(app: &App, response: &Response<T>, report: &mut Report) {
    let date = response.headers().get("date").and_then(|date| date.to_str().ok());
    let Some(theirs) = date.and_then(|date| httpdate::parse_http_date(date).ok()).map(DateTime::<Utc>::from)
    else {
        return;
    };
    let skew = (app.now() - theirs).num_seconds();
    if skew.abs() <= MOST_SKEW {
        report.add("clock", "fine", "the clock of this machine agrees with that of the API".to_owned());
    } else {
        let direction = if skew > 0 { "ahead of" } else { "behind" };
        let sentence = format!(
            "the clock of this machine is {} seconds {direction} that of the API; let the system set it by the network",
            skew.abs()
        );
        report.wrong("clock", Failure::new(Code::Other, sentence));
    }
}

async fn accounts(
    app: &App,
    bank: Option<&BankData>,
    ledger: &std::sync::Arc<SqliteLedger>,
    report: &mut Report,
) -> Result<(), Failure> {
    let all = app.offline(ledger)?.health().await?;
    let count = ledger.accounts()?.len();
    let place = ledger.path().display().to_string();
    report.add("ledger", "fine", format!("the ledger has {count} accounts and is at {place}"));
    for health in &all {
        let label = app.output.numbers.text(&health.label);
        for finding in &health.findings {
            let (state, code) = match finding {
                Finding::ConsentEnded(_) | Finding::Undecided(_) => ("wrong", Some(Code::Consent)),
                Finding::Failing(..) => ("wrong", Some(Code::SomeFailed)),
                _ => ("warning", None),
            };
            let finding = at_terminal(&finding.to_string());
            report.account(health.account.0, state, code, format!("{label}: {finding}"));
        }
        if health.findings.is_empty() {
            let since = health.last_success.map_or_else(|| "never".to_owned(), instant);
            report.account(health.account.0, "fine", None, format!("{label}: last synced {since}"));
        }
        let unread = ledger.unread(health.account)?.len();
        if unread > 0 {
            let sentence = format!(
                "{label}: {unread} transactions of the bank cannot be read and are kept as they came; look at them with \
                 `bank-data raw`, and compare the balance"
            );
            report.account(health.account.0, "warning", None, sentence);
        }
        // Where a person must do something first, no read is made, and ending a wait changes nothing.
        let needs_person =
            |finding: &Finding| matches!(finding, Finding::ConsentEnded(_) | Finding::Undecided(_));
        if !health.findings.iter().any(needs_person) {
            waiting(app, bank, ledger, health.account, report).await?;
        }
    }
    Ok(())
}

/// Whether reads of an account wait after failures, and until when.
async fn waiting(
    app: &App,
    bank: Option<&BankData>,
    ledger: &SqliteLedger,
    key: AccountKey,
    report: &mut Report,
) -> Result<(), Failure> {
    let Some(account) = ledger.account(key)? else { return Ok(()) };
    // Without a client the state of the circuit breaker is unknown; the report has the reason.
    let open = match (account.id(), bank) {
        (Some(id), Some(bank)) => bank.account(id).open_circuit().await,
        _ => None,
    };
    let waits = Kind::ALL.iter().filter_map(|kind| account.read(*kind).failure.as_ref()?.wait_until);
    let (sentence, effect) = match (open, waits.filter(|until| *until > app.now()).max()) {
        (Some(open), _) => {
            let failures = open.failures();
            let sentence =
                format!("its circuit breaker is open after {failures} failures in a row: {}", open.advice());
            (sentence, "closes it")
        }
        (None, Some(until)) => {
            (format!("reads wait until {} after the failures", instant(until)), "ends the wait")
        }
        (None, None) => return Ok(()),
    };
    let reset = format!("once their cause has gone, `bank-data doctor --reset-circuit {key}` {effect}");
    report.account(key.0, "warning", None, format!("{sentence}; {reset}"));
    Ok(())
}

fn show(app: &App, findings: &[Found]) -> Result<(), Failure> {
    if app.output.json {
        return Output::value(&Shown { findings });
    }
    for found in findings {
        let style = app.output.style();
        let (mark, style) = match found.state {
            "fine" => ("ok     ", style.green()),
            "warning" => ("warning", style.yellow()),
            _ => ("wrong  ", style.red()),
        };
        let account = found.account.map(|account| format!(" {account}")).unwrap_or_default();
        let text = app.output.wrap(&format!("{mark} {}{account}: {}", found.area, found.sentence));
        let mark = mark.trim_end();
        app.output.say(&text.replacen(mark, &style.apply_to(mark).to_string(), 1))?;
    }
    Ok(())
}
