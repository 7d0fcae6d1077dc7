//! One file for each command.

mod accounts;
mod balances;
mod completions;
mod consents;
#[cfg(feature = "sandbox")]
mod demo;
mod doctor;
mod export;
mod institutions;
mod link;
mod login;
mod quota;
mod raw;
mod renew;
mod sync;
mod transactions;

pub(crate) use accounts::ask;
pub(crate) use transactions::Transaction;

use crate::app::App;
use crate::args::{Args, Command};
use crate::exit::Failure;

/// Runs the command.
///
/// # Errors
/// [`Failure`], which has the exit code.
pub(crate) async fn run(args: Args) -> Result<(), Failure> {
    // What needs neither folders nor secrets.
    match &args.command {
        Command::Completions(completions) => return completions::completions(completions),
        Command::Man => return completions::manual(),
        _ => {}
    }
    let app = App::new(&args.global)?;
    #[cfg(feature = "sandbox")]
    if app.sandbox.is_some() && needs_accounts(&args.command) {
        // What `sync` is there to show is the first read.
        crate::sandbox::fill(&app, !matches!(args.command, Command::Sync(_))).await?;
    }
    match args.command {
        #[cfg(feature = "sandbox")]
        Command::Demo(demo) => demo::run(&app, &demo).await,
        Command::Login(login) => login::run(&app, &login).await,
        Command::Institutions(institutions) => institutions::run(&app, &institutions).await,
        Command::Link(link) => link::run(&app, &link).await,
        Command::Accounts(accounts) => accounts::run(&app, &accounts).await,
        Command::Sync(sync) => sync::run(&app, &sync).await,
        Command::Balances(balances) => balances::run(&app, &balances),
        Command::Transactions(transactions) => transactions::run(&app, &transactions),
        Command::Export(export) => export::run(&app, &export),
        Command::Consents => consents::run(&app),
        Command::Renew(renew) => renew::run(&app, &renew).await,
        Command::Quota => quota::run(&app).await,
        Command::Doctor(doctor) => doctor::run(&app, &doctor).await,
        Command::Raw(raw) => raw::run(&app, &raw).await,
        Command::Completions(_) | Command::Man => Ok(()),
    }
}

/// Whether a command has something to do only where the ledger has accounts.
#[cfg(feature = "sandbox")]
fn needs_accounts(command: &Command) -> bool {
    !matches!(
        command,
        Command::Demo(_)
            | Command::Login(_)
            | Command::Institutions(_)
            | Command::Link(_)
            | Command::Raw(_)
            | Command::Completions(_)
            | Command::Man
    )
}
