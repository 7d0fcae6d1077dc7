//! What can go wrong, and what a program does about it: `cargo run --example errors`.
//!
//! Each error is made by the sandbox on request, so this example always runs against it.

mod support;

use std::process::ExitCode;

use gocardless_bank_data::{Advice, BankData, Credentials, Error, InstitutionId};
use gocardless_bank_data_sandbox::{Fault, Operation, Preset, Sandbox};
use support::finish;

#[tokio::main]
async fn main() -> ExitCode {
    finish(run().await)
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    let credentials = Credentials::new(sandbox.secret_id(), sandbox.secret_key());
    let bank = BankData::builder(credentials).base_url(sandbox.base_url()).build()?;
    let institution: InstitutionId = "SANDBOXFINANCE_SFIN0000".parse()?;
    let requisition = bank.requisitions().create(&institution, "https://example.org/back").await?;
    let id = requisition.id.ok_or("no id")?;
    let account = sandbox.link(&id)?.into_iter().next().ok_or("no account")?;
    let account = bank.account(account.parse::<gocardless_bank_data::AccountId>()?);

    for preset in Preset::all() {
        sandbox.faults().add(Fault::preset(preset).on(Operation::AccountBalances).times(1));
        if let Err(error) = account.balances().await {
            handle(&error);
        }
    }
    // What is wrong with a request is reported field by field, and what the contract forbids is never sent.
    for wrong in [
        bank.agreements().create(&institution).max_historical_days(400),
        bank.agreements().create(&institution).max_historical_days(731),
    ] {
        if let Err(error) = wrong.await {
            handle(&error);
        }
    }
    Ok(())
}

/// The one place of a program that decides what an error means for the person.
fn handle(error: &Error) {
    println!("{error}");
    for field in error.fields() {
        println!("    field {}: {}", field.field(), field.detail().or(field.summary()).unwrap_or("is wrong"));
    }
    match error.advice() {
        Advice::WaitUntil(at) => {
            let wait = at.duration_since(std::time::SystemTime::now()).unwrap_or_default();
            println!("    -> sync again in {} min", wait.as_secs().div_ceil(60));
        }
        Advice::WaitLonger => println!("    -> sync again with the next nightly run"),
        Advice::Reconnect => println!("    -> ask the person to connect the account again"),
        Advice::Retry | Advice::PollAccount => println!("    -> sync again in a while"),
        Advice::FixRequest => println!("    -> a fault of this program"),
        Advice::FixCredentials | Advice::AllowIp | Advice::RaiseQuota => println!("    -> tell the operator"),
        other => println!("    -> {other}"),
    }
}
