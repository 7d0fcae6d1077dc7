//! Prints the balances of an account, and how many reads of them the day has left.

use gocardless_bank_data::{AccountId, BankData, Result};

async fn example(bank: &BankData, id: AccountId) -> Result<()> {
    let response = bank.account(id).balances().send().await?;
    for balance in &response.value().balances {
        println!("{} {}", balance.balance_amount.amount, balance.balance_amount.currency);
    }
    println!("{:?}", response.rate_limits().account);
    Ok(())
}
