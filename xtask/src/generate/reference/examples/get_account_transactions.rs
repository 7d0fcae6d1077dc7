//! Prints the booked transactions of an account from a day on.

use gocardless_bank_data::{AccountId, BankData, Result, chrono::NaiveDate};

async fn example(bank: &BankData, id: AccountId, day: NaiveDate) -> Result<()> {
    for transaction in &bank.account(id).transactions().from(day).await?.transactions.booked {
        println!(
            "{} {:?}",
            transaction.transaction_amount.amount, transaction.remittance_information_unstructured
        );
    }
    Ok(())
}
