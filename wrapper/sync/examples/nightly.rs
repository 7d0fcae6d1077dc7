//! A nightly job: reads what is due of all accounts of a ledger, and says who has to connect again and what else is wrong.
//!
//! `nightly ledger.sqlite state.sqlite`, with `GOCARDLESS_SECRET_ID` and `GOCARDLESS_SECRET_KEY` in the environment. Ends with 0 if
//! all went well, 3 if some accounts could not be read, 4 if a person has to do something. `connect.rs` takes accounts into the
//! ledger.

use std::process::ExitCode;

use futures_util::StreamExt as _;
use gocardless_bank_data::BankData;
use gocardless_bank_data_sqlite::SqliteState;
use gocardless_bank_data_sync::{Event, Finding, LedgerSync, SqliteLedger};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let ledger = SqliteLedger::open(arguments.next().ok_or("name a file for the ledger")?)?;
    let state = SqliteState::open(arguments.next().ok_or("name a file for tokens and limits")?)?;
    let sync = LedgerSync::new(BankData::builder_from_env()?.state(state).build()?, ledger);

    let mut code = 0;
    let mut events = sync.run().boxed();
    while let Some(event) = events.next().await {
        println!("{event}");
        match event {
            Event::Stopped(error) => return Err(error.into()),
            Event::Done(summary) if summary.failed > 0 => code = 3,
            _ => {}
        }
    }
    for account in sync.health().await? {
        for finding in &account.findings {
            println!("{}: {finding}", account.label);
            if let Finding::ConsentEnded(_) | Finding::ConsentNearEnd(_) | Finding::Undecided(_) = finding {
                code = 4;
            }
        }
    }
    Ok(ExitCode::from(code))
}
