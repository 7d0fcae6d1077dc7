//! Reading accounts that were linked before: `cargo run --example resume -- REQUISITION_ID`.
//!
//! A program stores the id of the requisition, or its own reference, and nothing else; the accounts come from the
//! requisition. Without an id, a sandbox is started, an account is linked in it, and found again by its reference.

mod support;

use std::error::Error;
use std::process::ExitCode;

use futures_util::TryStreamExt;
use gocardless_bank_data::model::Requisition;
use gocardless_bank_data::{BankData, InstitutionId, RequisitionId, RequisitionStatus};
use support::{connect, finish, follow};

#[tokio::main]
async fn main() -> ExitCode {
    finish(run().await)
}

async fn run() -> Result<(), Box<dyn Error>> {
    let connection = connect().await?;
    let bank = &connection.bank;
    let requisition = match std::env::args().nth(1) {
        Some(id) => bank.requisitions().get(id.parse::<RequisitionId>()?).await?,
        None if connection.sandbox.is_some() => {
            // Earlier, in another run of the program:
            let institution: InstitutionId = "SANDBOXFINANCE_SFIN0000".parse()?;
            let created =
                bank.requisitions().create(institution, "https://example.org/back").reference("customer-17");
            follow(&created.await?.link.unwrap_or_default()).await?;
            // Now:
            by_reference(bank, "customer-17").await?.ok_or("no requisition has the reference customer-17")?
        }
        None => return Err("name the requisition: cargo run --example resume -- REQUISITION_ID".into()),
    };
    show(bank, &requisition).await
}

/// The newest requisition with this reference of your own. The list is read page by page, and no further than needed.
async fn by_reference(bank: &BankData, reference: &str) -> gocardless_bank_data::Result<Option<Requisition>> {
    let mut requisitions = std::pin::pin!(bank.requisitions().list().stream());
    while let Some(requisition) = requisitions.try_next().await? {
        if requisition.reference.as_deref() == Some(reference) {
            return Ok(Some(requisition));
        }
    }
    Ok(None)
}

async fn show(bank: &BankData, requisition: &Requisition) -> Result<(), Box<dyn Error>> {
    match requisition.status {
        Some(RequisitionStatus::Linked) => {}
        Some(RequisitionStatus::Expired) => return Err("the consent ended: create a new requisition".into()),
        _ => return Err("the person has not finished linking: send them to the link again".into()),
    }
    for id in &requisition.accounts {
        // One account that fails, such as a closed one, must not hide the others.
        match bank.account(id).balances().await {
            Ok(answer) => {
                for balance in answer.balances.iter().take(1) {
                    println!("{id}: {} {}", balance.balance_amount.amount, balance.balance_amount.currency);
                }
            }
            Err(error) => println!("{id}: {error}"),
        }
    }
    Ok(())
}
