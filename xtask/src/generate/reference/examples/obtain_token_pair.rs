//! Obtains a token pair and says how long its halves live.

use gocardless_bank_data::{BankData, Result};

async fn example(bank: &BankData) -> Result<()> {
    let pair = bank.tokens().obtain().await?;
    println!("access for {:?} s, refresh for {:?} s", pair.access_expires, pair.refresh_expires);
    Ok(())
}
