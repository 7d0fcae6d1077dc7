//! Says until when the person can reconfirm.

use gocardless_bank_data::{AgreementId, BankData, Result};

async fn example(bank: &BankData, id: AgreementId) -> Result<()> {
    println!("{:?}", bank.agreements().reconfirmation(id).await?.url_valid_to);
    Ok(())
}
