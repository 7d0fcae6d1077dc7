//! Retrieves an agreement and says when it was accepted.

use gocardless_bank_data::{AgreementId, BankData, Result};

async fn example(bank: &BankData, id: AgreementId) -> Result<()> {
    let agreement = bank.agreements().get(id).await?;
    println!("{:?}", agreement.accepted);
    Ok(())
}
