//! Connects a person's accounts: prints the link, waits for the person to come back, and takes the accounts into a ledger. Run it
//! again to reconnect: accounts that are known keep their keys.
//!
//! `connect ledger.sqlite INSTITUTION`, with `GOCARDLESS_SECRET_ID` and `GOCARDLESS_SECRET_KEY` in the environment.

use gocardless_bank_data::{Advice, BankData, SafeHistory as _};
use gocardless_bank_data_sync::{
    LedgerSync, Patience, Recognised, Redirect, SqliteLedger, find_by_reference, wait_until_linked,
};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let ledger = SqliteLedger::open(arguments.next().ok_or("name a file for the ledger")?)?;
    let institution = arguments.next().ok_or("name an institution, such as SANDBOXFINANCE_SFIN0000")?;
    let bank = BankData::from_env()?;

    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let redirect = format!("http://{}/back", listener.local_addr()?);
    let institution = bank.institutions().get(institution).await?;
    let days = institution.safe_history_days();
    let agreement = bank.agreements().create(&institution).max_historical_days(days).await?;
    let reference = format!("connect-{}", chrono::Utc::now().timestamp_micros());
    let create =
        bank.requisitions().create(&institution, redirect).agreement(agreement.id).reference(&reference);
    let requisition = match create.await {
        // It may have been made, so look before making another.
        Err(error) if error.advice() == Advice::CheckFirst => {
            find_by_reference(&bank, &reference).await?.ok_or(error)?
        }
        created => created?,
    };
    println!("open {}", requisition.link.unwrap_or_default());

    let redirected = come_back(&listener, &reference).await?;
    if let Some(error) = redirected.error {
        return Err(error.to_string().into());
    }
    let id = requisition.id.ok_or("the requisition has no id")?;
    wait_until_linked(&bank, &id, Patience::default()).await?;
    for account in LedgerSync::new(bank, ledger).track(&id, "me").await? {
        match account.recognised {
            Recognised::New => println!("{}: new", account.label),
            Recognised::Same(reason) => println!("{}: known ({reason})", account.label),
            Recognised::Undecided { reason, .. } => println!("{}: which is it? {reason}", account.label),
        }
    }
    Ok(())
}

/// Waits for the browser that comes back with the reference of the link.
async fn come_back(listener: &TcpListener, reference: &str) -> std::io::Result<Redirect> {
    loop {
        let (mut socket, _) = listener.accept().await?;
        let mut request = String::new();
        BufReader::new(&mut socket).read_line(&mut request).await?;
        let back = Redirect::parse(request.split(' ').nth(1).unwrap_or_default());
        socket.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nYou can close this page.").await?;
        if back.reference.as_deref() == Some(reference) {
            return Ok(back);
        }
    }
}
