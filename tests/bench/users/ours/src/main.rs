//! From the secrets to the transactions of the first account of a requisition, at a fixed address.

use gocardless_bank_data::{BankData, Credentials, InstitutionId};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let bank = BankData::builder(Credentials::new("secret id", "secret key"))
        .base_url("http://127.0.0.1:1")
        .build()?;
    let institutions = bank.institutions().list().country("GB").await?;
    println!("{} institutions", institutions.len());
    let institution = bank.institutions().get("SANDBOXFINANCE_SFIN0000".parse::<InstitutionId>()?).await?.id;
    let agreement = bank.agreements().create(&institution).max_historical_days(90).await?;
    let created =
        bank.requisitions().create(&institution, "https://example.org/back").agreement(agreement.id).await?;
    println!("{}", created.link.unwrap_or_default());
    let Some(id) = created.id else { return Ok(()) };
    for account in bank.requisitions().get(&id).await?.accounts.iter() {
        let account = bank.account(account);
        println!("{}", account.details().await?.account.iban.unwrap_or_default());
        for balance in account.balances().await?.balances {
            println!("{} {}", balance.balance_amount.amount, balance.balance_amount.currency);
        }
        for transaction in account.transactions().await?.transactions.booked.iter() {
            let money = &transaction.transaction_amount;
            println!("{} {}", money.amount, money.currency);
        }
    }
    Ok(())
}
