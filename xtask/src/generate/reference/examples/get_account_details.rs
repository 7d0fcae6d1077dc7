//! Prints the product that an account is.

use gocardless_bank_data::{AccountId, BankData, Result};

async fn example(bank: &BankData, id: AccountId) -> Result<()> {
    let details = bank.account(id).details().await?;
    println!("{}", details.account.product.unwrap_or_default());
    Ok(())
}
