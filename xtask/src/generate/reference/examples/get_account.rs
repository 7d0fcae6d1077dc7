//! Says whether an account is ready to be read.

use gocardless_bank_data::{AccountId, AccountStatus, BankData, Result};

async fn example(bank: &BankData, id: AccountId) -> Result<()> {
    let account = bank.account(id).metadata().await?;
    println!("ready: {}", account.status == Some(AccountStatus::Ready));
    Ok(())
}
