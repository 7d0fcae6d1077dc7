//! What both programs watch: an account whose bank is out of order at first. It has nothing to do with observability.

use gocardless_bank_data::{AccountId, BankData, BankDataBuilder, Credentials, InstitutionId};
use gocardless_bank_data_sandbox::{Fault, Operation, Preset, Sandbox};

/// A failure of any part.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// A sandbox with one linked account, whose metadata fail once and whose transactions may not be read any more.
///
/// # Errors
/// If the sandbox does not start or link.
pub async fn sandbox() -> Result<(Sandbox, AccountId), Error> {
    let sandbox = Sandbox::start().await?;
    let bank = builder(&sandbox).build()?;
    let institution: InstitutionId = "SANDBOXFINANCE_SFIN0000".parse()?;
    let requisition = bank.requisitions().create(&institution, "https://example.org/back").await?;
    let account = sandbox.link(&requisition.id.ok_or("no id")?)?.pop().ok_or("no account")?;
    sandbox.faults().add(Fault::preset(Preset::EdgeUnavailable).on(Operation::AccountMetadata).times(1));
    sandbox.faults().add(Fault::preset(Preset::AccountLimit).on(Operation::AccountTransactions));
    Ok((sandbox, account.parse()?))
}

/// The settings of a client of this sandbox.
pub fn builder(sandbox: &Sandbox) -> BankDataBuilder {
    let credentials = Credentials::new(sandbox.secret_id(), sandbox.secret_key());
    BankData::builder(credentials).base_url(sandbox.base_url())
}

/// Reads the account, and returns why its transactions could not be read. The metadata are asked for twice.
///
/// # Errors
/// If anything else fails.
pub async fn read(bank: &BankData, account: &AccountId) -> Result<String, Error> {
    let account = bank.account(account);
    account.metadata().await?;
    account.balances().await?;
    match account.transactions().await {
        Ok(_) => Err("the sandbox was told to refuse this".into()),
        Err(error) => Ok(error.to_string()),
    }
}
