//! Creates a reconfirmation and sends the person to it.

use gocardless_bank_data::{AgreementId, BankData, Result};

async fn example(bank: &BankData, id: AgreementId) -> Result<()> {
    let reconfirmation = bank.agreements().reconfirm(id).redirect("https://example.org/back").await?;
    println!("{}", reconfirmation.reconfirmation_url.unwrap_or_default());
    Ok(())
}
