//! From a link to accounts in the ledger, for `link` and `renew`.

use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::time::Duration;

use gocardless_bank_data::model::Requisition;
use gocardless_bank_data::{Advice, BankData, CreateAgreement, InstitutionId, RequisitionId};
use gocardless_bank_data_sync::{
    Patience, Recognised, RedirectError, Tracked, WaitError, find_by_reference, wait_until_linked,
    wait_until_ready,
};
use qrcode::render::unicode::Dense1x2;
use serde::Serialize;

use crate::app::App;
use crate::args::{DEFAULT_PERSON, LinkOptions};
use crate::callback::Callback;
use crate::commands::ask;
use crate::exit::{Code, Failure};
use crate::output::{Numbers, Output};

/// How long to wait for accounts that are still being processed.
const READY_WITHIN: Duration = Duration::from_secs(30);

/// What is written first, since it is needed while the program waits.
#[derive(Serialize)]
struct Begun<'a> {
    requisition: String,
    link: &'a str,
}

/// What is written once the person has linked.
#[derive(Serialize)]
struct Done {
    accounts: Vec<Linked>,
}

#[derive(Serialize)]
struct Linked {
    account: i64,
    label: String,
    recognised: Verdict,
    reason: Option<String>,
    may_be: Vec<i64>,
}

/// How an account was recognised.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Verdict {
    New,
    Same,
    Undecided,
}

/// Creates agreement and requisition, sends the person to the bank, waits for them, and takes their accounts into the ledger.
///
/// # Errors
/// [`Failure`]; that of a decision that is needed comes after the accounts are in the ledger.
pub(crate) async fn link(
    app: &App,
    bank: &BankData,
    create: CreateAgreement,
    institution: &InstitutionId,
    person: &str,
    options: &LinkOptions,
) -> Result<(), Failure> {
    let agreement = create.await?;
    // Without it no request can make this program accept that the person is back.
    let state = uuid::Uuid::new_v4().simple().to_string();
    let callback = if options.no_callback { None } else { Some(Callback::listen().await?) };
    let requisitions = bank.requisitions();
    let created = match &callback {
        Some(callback) => requisitions.create(institution, callback.url()),
        None => requisitions.create_without_redirect(institution),
    };
    let requisition = match created.agreement(agreement.id).reference(&state).await {
        Err(error) if error.advice() == Advice::CheckFirst => {
            find_by_reference(bank, &state).await?.ok_or(error)?
        }
        outcome => outcome?,
    };
    let lacks = || {
        Failure::new(Code::Other, "the API returned a requisition without an id or a link; try again later")
    };
    let id = requisition.id.clone().ok_or_else(lacks)?;
    let link = requisition.link.as_ref().map(|link| link.as_str().to_owned()).ok_or_else(lacks)?;
    present(app, &id, &link, person, options)?;
    let linked = wait(bank, &id, callback.as_ref(), &state, person, options).await?;
    finish(app, bank, &linked, &id, person).await
}

/// Continues with an earlier link: waits for the person, and takes their accounts into the ledger.
///
/// # Errors
/// As [`link`].
pub(crate) async fn resume(
    app: &App,
    bank: &BankData,
    id: &RequisitionId,
    person: &str,
    options: &LinkOptions,
) -> Result<(), Failure> {
    let linked = wait(bank, id, None, "", person, options).await?;
    finish(app, bank, &linked, id, person).await
}

/// The failure of a wait, and how to continue where the person may still come.
fn late(error: WaitError, id: &RequisitionId, person: &str) -> Failure {
    let may_come = matches!(&error, WaitError::TimedOut(_))
        || matches!(&error, WaitError::Call(error) if error.is_transient());
    let failure = match &error {
        WaitError::Call(error) if error.is_not_found() => Failure::usage(format!(
            "there is no requisition {id}; list them with `bank-data raw GET /api/v2/requisitions/`"
        )),
        WaitError::TimedOut(status) => Failure::new(
            Code::Consent,
            format!("the person has not come back in time, and the status is {status}"),
        ),
        _ => Failure::from(error),
    };
    if may_come { with_next_command(failure, id, person) } else { failure }
}

/// The failure with the command that continues with the link.
fn with_next_command(mut failure: Failure, id: &RequisitionId, person: &str) -> Failure {
    let _ = write!(failure.message, "; {} continues with it", next_command(id, person));
    failure
}

/// The command that continues with a link.
fn next_command(id: &RequisitionId, person: &str) -> String {
    let person = if person == DEFAULT_PERSON { String::new() } else { format!(" --person '{person}'") };
    format!("`bank-data link --requisition {id}{person}`")
}

/// Whether a link is still there after this run.
#[cfg(feature = "sandbox")]
fn is_kept(app: &App) -> bool {
    app.sandbox.is_none()
}

#[cfg(not(feature = "sandbox"))]
fn is_kept(_: &App) -> bool {
    true
}

/// Shows the link, and opens it where there is a browser.
fn present(
    app: &App,
    id: &RequisitionId,
    link: &str,
    person: &str,
    options: &LinkOptions,
) -> Result<(), Failure> {
    // Only a link of the service is opened.
    if !(link.starts_with("https://")
        || link.starts_with("http://127.0.0.1")
        || link.starts_with("http://localhost"))
    {
        return Err(Failure::new(
            Code::Other,
            "the link is neither https nor on this machine; check GOCARDLESS_BASE_URL",
        ));
    }
    if app.output.json {
        Output::value(&Begun { requisition: id.to_string(), link })?;
    } else {
        app.output.say(&format!("Open this link and give consent:\n{link}"))?;
        // A telephone cannot reach a sandbox on this machine.
        if (options.qr || (app.output.is_terminal && link.starts_with("https://")))
            && let Some(picture) = qr(link, app.output.width)
        {
            app.output.say(&picture)?;
        }
        if is_kept(app) {
            let next = next_command(id, person);
            app.output.say(&app.output.wrap(&format!("If this program exits first, resume with {next}.")))?;
        }
    }
    if !options.no_browser && has_browser() && open::that_detached(link).is_ok() {
        app.output.note("It is now open in your browser.");
        return Ok(());
    }
    #[cfg(feature = "sandbox")]
    if let Some(sandbox) = &app.sandbox {
        app.output.note("There is no browser, so the sandbox gives consent by itself.");
        sandbox.link(id.as_str())?;
    }
    Ok(())
}

/// Whether a browser would open where the person sees it.
pub(crate) fn has_browser() -> bool {
    let variable = |name| std::env::var_os(name).is_some_and(|text| !text.is_empty());
    let has_screen =
        cfg!(any(windows, target_os = "macos")) || variable("DISPLAY") || variable("WAYLAND_DISPLAY");
    has_screen && !variable("SSH_CONNECTION") && std::io::stderr().is_terminal()
}

/// The link as a QR code, if it fits the width.
fn qr(link: &str, width: Option<usize>) -> Option<String> {
    let code = qrcode::QrCode::with_error_correction_level(link, qrcode::EcLevel::L).ok()?;
    if width.is_some_and(|width| width < code.width() + 8) {
        return None;
    }
    // Light on dark, as most terminals are; telephones read both.
    Some(code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build())
}

/// Waits until the person has linked: until the browser comes back, or the API says so.
async fn wait(
    bank: &BankData,
    id: &RequisitionId,
    callback: Option<&Callback>,
    state: &str,
    person: &str,
    options: &LinkOptions,
) -> Result<Requisition, Failure> {
    let patience = Patience { total: Duration::from_secs(options.wait), ..Patience::default() };
    let polled = wait_until_linked(bank, id, patience);
    let Some(callback) = callback else { return polled.await.map_err(|error| late(error, id, person)) };
    let redirect = tokio::select! {
        linked = polled => return linked.map_err(|error| late(error, id, person)),
        redirect = callback.wait(state) => redirect,
    };
    match redirect.error {
        // It may be linked; the API says so at once.
        None | Some(RedirectError::LinkReused) => {
            let patience =
                Patience { total: Duration::from_secs(options.wait.min(60)), ..Patience::default() };
            wait_until_linked(bank, id, patience).await.map_err(|error| late(error, id, person))
        }
        Some(error) => Err(Failure::new(Code::Consent, error)),
    }
}

/// Takes the accounts into the ledger and reports how they were recognised.
async fn finish(
    app: &App,
    bank: &BankData,
    linked: &Requisition,
    id: &RequisitionId,
    person: &str,
) -> Result<(), Failure> {
    let ledger = app.ledger()?;
    // While an account is being processed its details cannot be read, by which it is recognised. One that takes longer, or is
    // in error, is taken as it is.
    let patience = Patience { total: READY_WITHIN, ..Patience::default() };
    let ready = linked.accounts.iter().map(|account| wait_until_ready(bank, account, patience));
    drop(futures_util::future::join_all(ready).await);
    // The consent is given; it need not be given again.
    let tracked = app.sync(bank, &ledger, false).track(id, person).await;
    let tracked = tracked.map_err(|error| with_next_command(Failure::from(error), id, person))?;
    let shown: Vec<Linked> = tracked.iter().map(|tracked| describe(tracked, app.output.numbers)).collect();
    let mut is_undecided = false;
    for one in &shown {
        let line = match one.recognised {
            Verdict::New => format!("Account {}: {}, new", one.account, one.label),
            Verdict::Same => format!(
                "Account {}: {}, recognised: {}",
                one.account,
                one.label,
                one.reason.as_deref().unwrap_or_default()
            ),
            Verdict::Undecided => {
                is_undecided = true;
                format!(
                    "Account {}: {}, may be known: {}\n{}",
                    one.account,
                    one.label,
                    one.reason.as_deref().unwrap_or_default(),
                    ask(one.account, &one.may_be)
                )
            }
        };
        app.output.say(&app.output.wrap(&line))?;
    }
    if app.output.json {
        Output::value(&Done { accounts: shown })?;
    }
    if linked.accounts.is_empty() {
        return Err(Failure::new(
            Code::Consent,
            "the bank shared no accounts; link again and select at least one",
        ));
    }
    if is_undecided {
        return Err(Failure::already_reported(Code::Consent));
    }
    app.output.note("`bank-data sync` reads them.");
    Ok(())
}

fn describe(tracked: &Tracked, numbers: Numbers) -> Linked {
    let (recognised, reason, may_be) = match &tracked.recognised {
        Recognised::New => (Verdict::New, None, Vec::new()),
        Recognised::Same(reason) => (Verdict::Same, Some((*reason).to_owned()), Vec::new()),
        Recognised::Undecided { candidates, reason } => {
            (Verdict::Undecided, Some((*reason).to_owned()), candidates.iter().map(|key| key.0).collect())
        }
    };
    Linked { account: tracked.key.0, label: numbers.text(&tracked.label), recognised, reason, may_be }
}
