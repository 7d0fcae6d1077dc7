//! Accepts an agreement for a person, if the company may do that.

use gocardless_bank_data::{AgreementId, BankData, Result};

async fn example(bank: &BankData, id: AgreementId) -> Result<()> {
    let agreement = bank.agreements().accept(id, "Mozilla/5.0", "192.0.2.1").await?;
    println!("{:?}", agreement.accepted);
    Ok(())
}
