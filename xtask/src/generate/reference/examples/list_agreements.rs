//! Reads one page of agreements; `stream` reads all of them.

use gocardless_bank_data::{BankData, Result};

async fn example(bank: &BankData) -> Result<()> {
    let page = bank.agreements().list().offset(100).await?;
    println!("{} of {}", page.results.len(), page.count);
    Ok(())
}
