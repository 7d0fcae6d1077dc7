//! Lists the institutions of a country that give pending transactions.

use gocardless_bank_data::{BankData, Result};

async fn example(bank: &BankData) -> Result<()> {
    for institution in bank.institutions().list().country("GB").pending_transactions_supported(true).await? {
        println!("{}: {}", institution.id, institution.name);
    }
    Ok(())
}
