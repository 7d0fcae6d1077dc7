//! Reads one page of requisitions; `stream` reads all of them.

use gocardless_bank_data::{BankData, Result};

async fn example(bank: &BankData) -> Result<()> {
    let page = bank.requisitions().list().await?;
    println!("{} of {}", page.results.len(), page.count);
    Ok(())
}
