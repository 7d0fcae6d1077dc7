//! Creates a requisition under an agreement and prints the link for the person.

use gocardless_bank_data::{AgreementId, BankData, InstitutionId, Result};

async fn example(bank: &BankData, institution: &InstitutionId, agreement: AgreementId) -> Result<()> {
    let requisition = bank
        .requisitions()
        .create(institution, "https://example.org/back")
        .agreement(agreement)
        .reference("customer-17")
        .await?;
    println!("{}", requisition.link.unwrap_or_default());
    Ok(())
}
