//! Everything a new user does: from a secret to the transactions of an account.
//!
//! `cargo run --example quickstart` runs it against a sandbox in this process, or against the live API when
//! `GOCARDLESS_SECRET_ID` and `GOCARDLESS_SECRET_KEY` are set. `GOCARDLESS_BASE_URL` names another address and
//! `GOCARDLESS_INSTITUTION` another institution than the vendor's test bank.

mod support;

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use gocardless_bank_data::model::{Requisition, Transaction};
use gocardless_bank_data::{
    AccountId, BankData, InstitutionId, OrOther, RequisitionId, RequisitionStatus, Text,
};
use support::{Connection, connect, finish, follow, short, table};

#[tokio::main]
async fn main() -> ExitCode {
    finish(run().await)
}

async fn run() -> Result<(), Box<dyn Error>> {
    let connection = connect().await?;
    let bank = &connection.bank;
    tokens(bank).await?;
    let institution = institution(bank).await?;
    let requisition = requisition(&connection, institution).await?;
    println!("\n5. Accounts");
    for account in &requisition.accounts {
        self::account(bank, account).await?;
    }
    match (&connection.sandbox, requisition.id) {
        (None, Some(id)) => println!("\nDone. Read them again with: cargo run --example resume -- {id}"),
        _ => println!("\nDone. Next: cargo run --example resume, cargo run --example errors"),
    }
    Ok(())
}

/// The token operations. No program needs them: every other call gets its token by itself.
async fn tokens(bank: &BankData) -> Result<(), Box<dyn Error>> {
    println!("\n1. Tokens");
    let pair = bank.tokens().obtain().await?;
    let hours =
        |seconds: Option<i64>| seconds.map_or("?".to_owned(), |seconds| format!("{} h", seconds / 3600));
    println!(
        "  obtained a pair: access for {}, refresh for {}",
        hours(pair.access_expires),
        hours(pair.refresh_expires)
    );
    if let Some(refresh) = pair.refresh {
        let refreshed = bank.tokens().refresh(refresh).await?;
        println!("  refreshed: access for {}", hours(refreshed.access_expires));
    }
    Ok(())
}

async fn institution(bank: &BankData) -> Result<InstitutionId, Box<dyn Error>> {
    println!("\n2. Institutions of the United Kingdom");
    let institutions = bank.institutions().list().country("GB").await?;
    let rows: Vec<_> = institutions
        .iter()
        .take(5)
        .map(|institution| {
            let days =
                institution.transaction_total_days.as_ref().map_or("90".to_owned(), ToString::to_string);
            [institution.id.to_string(), short(&institution.name, 30), days]
        })
        .collect();
    table(["id", "name", "days of history"], &rows);
    println!("  … {} in all", institutions.len());
    let wanted =
        std::env::var("GOCARDLESS_INSTITUTION").unwrap_or_else(|_| "SANDBOXFINANCE_SFIN0000".to_owned());
    let chosen = bank.institutions().get(wanted.parse::<InstitutionId>()?).await?;
    println!("  taking {}", chosen.name);
    Ok(chosen.id.into_inner())
}

/// An agreement, a requisition under it, and the person's consent.
async fn requisition(
    connection: &Connection,
    institution: InstitutionId,
) -> Result<Requisition, Box<dyn Error>> {
    let bank = &connection.bank;
    println!("\n3. Agreement");
    let agreement =
        bank.agreements().create(&institution).max_historical_days(90).access_valid_for_days(90).await?;
    let scope: Vec<_> = agreement.access_scope.iter().map(ToString::to_string).collect();
    println!("  90 days of access to 90 days of {}", scope.join(", "));

    println!("\n4. Requisition");
    let requisition =
        bank.requisitions().create(&institution, "https://example.org/back").agreement(agreement.id).await?;
    let (Some(id), Some(link)) = (requisition.id, requisition.link) else {
        return Err("the requisition came without an id or a link".into());
    };
    println!("  {id} is {}", status(requisition.status.as_ref()));
    follow(&link).await?;
    linked(bank, id).await
}

/// Waits until the requisition is linked or cannot be any more.
async fn linked(bank: &BankData, id: RequisitionId) -> Result<Requisition, Box<dyn Error>> {
    let mut before = None;
    for _ in 0..60 {
        let requisition = bank.requisitions().get(&id).await?;
        match &requisition.status {
            Some(RequisitionStatus::Linked) => {
                println!("  linked, with {} accounts", requisition.accounts.len());
                return Ok(requisition);
            }
            Some(RequisitionStatus::Rejected | RequisitionStatus::Expired | RequisitionStatus::Suspended) => {
                return Err(format!("the requisition is {}", status(requisition.status.as_ref())).into());
            }
            other if *other != before => println!("  {} …", status(other.as_ref())),
            _ => {}
        }
        before = requisition.status;
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
    Err("the requisition was not linked within two minutes".into())
}

fn status(status: Option<&RequisitionStatus>) -> String {
    status.map_or("of unknown status".to_owned(), |status| format!("{status:?}").to_lowercase())
}

async fn account(bank: &BankData, id: &AccountId) -> Result<(), Box<dyn Error>> {
    let account = bank.account(id);
    let details = account.details().await?.account.into_inner();
    let name = details.name.or(details.product).unwrap_or_else(|| "Account".into());
    println!("\n  {name}, {}", details.iban.or(details.bban).unwrap_or_else(|| id.as_str().into()));
    for balance in account.balances().await?.balances {
        let kind = balance.balance_type.map_or("balance".to_owned(), |kind| kind.to_string());
        println!("  {kind}: {} {}", balance.balance_amount.amount, balance.balance_amount.currency);
    }
    let response = account.transactions().send().await?;
    let left = response.rate_limits().account.and_then(|account| account.remaining);
    let transactions = response.into_value().transactions.into_inner();
    println!("  {} booked, {} pending", transactions.booked.len(), transactions.pending.len());
    let newest = transactions.pending.iter().take(2).chain(transactions.booked.iter().take(8));
    table(["booked", "amount", "", "who", "what"], &newest.map(row).collect::<Vec<_>>());
    if let Some(left) = left {
        println!("  transactions of this account can be read {left} more times today");
    }
    Ok(())
}

fn row(transaction: &Transaction) -> [String; 5] {
    let Transaction { transaction_amount: money, creditor_name, debtor_name, .. } = transaction;
    // Of a payment abroad, the currency that was paid in.
    let exchanges = transaction.currency_exchange.iter().flat_map(|exchange| exchange.iter());
    let currencies =
        exchanges.flat_map(|exchange| [&exchange.source_currency, &exchange.target_currency]).flatten();
    let currency = match currencies.into_iter().find(|currency| **currency != *money.currency) {
        Some(paid) => format!("{} ({paid})", money.currency),
        None => money.currency.to_string(),
    };
    let account = [&transaction.creditor_account, &transaction.debtor_account];
    let iban =
        account.into_iter().flatten().filter_map(OrOther::known).find_map(|account| account.iban.clone());
    let who = creditor_name.clone().or_else(|| debtor_name.clone()).or(iban).unwrap_or_default();
    let lines = transaction.remittance_information_unstructured_array.iter().map(Text::as_str);
    let what = transaction.remittance_information_unstructured.clone();
    let what = what.unwrap_or_else(|| lines.collect::<Vec<_>>().join(" ").into());
    let booked = transaction.booking_date.as_ref().map_or("pending".to_owned(), ToString::to_string);
    [booked, money.amount.to_string(), currency, short(&who, 26), short(&what, 40)]
}
