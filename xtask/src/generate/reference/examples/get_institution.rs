//! Retrieves one institution and prints what it can do.

use gocardless_bank_data::{BankData, InstitutionId, Result};

async fn example(bank: &BankData, id: InstitutionId) -> Result<()> {
    let institution = bank.institutions().get(id).await?;
    println!("{}: {:?}", institution.name, institution.supported_features);
    Ok(())
}
