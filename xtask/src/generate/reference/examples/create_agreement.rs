//! Creates an agreement on balances and transactions, half a year back.

use gocardless_bank_data::{AccessScope, BankData, InstitutionId, Result};

async fn example(bank: &BankData, institution: &InstitutionId) -> Result<()> {
    let scopes = [AccessScope::Balances, AccessScope::Transactions];
    let agreement =
        bank.agreements().create(institution).max_historical_days(180).access_scope(scopes).await?;
    println!("{:?}", agreement.id);
    Ok(())
}
