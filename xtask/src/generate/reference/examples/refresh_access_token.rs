//! Gets a new access token with a refresh token that was kept.

use gocardless_bank_data::{BankData, Result, Secret};

async fn example(bank: &BankData, refresh: Secret) -> Result<()> {
    let refreshed = bank.tokens().refresh(refresh).await?;
    println!("access for {:?} s", refreshed.access_expires);
    Ok(())
}
