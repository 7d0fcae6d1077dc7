//! Deletes an agreement and prints the server's word on it.

use gocardless_bank_data::{AgreementId, BankData, Result};

async fn example(bank: &BankData, id: AgreementId) -> Result<()> {
    println!("{}", bank.agreements().delete(id).await?.summary);
    Ok(())
}
