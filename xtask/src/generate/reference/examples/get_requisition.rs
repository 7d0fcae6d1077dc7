//! Prints the accounts of a requisition once it is linked.

use gocardless_bank_data::{BankData, RequisitionId, RequisitionStatus, Result};

async fn example(bank: &BankData, id: RequisitionId) -> Result<()> {
    let requisition = bank.requisitions().get(id).await?;
    if requisition.status == Some(RequisitionStatus::Linked) {
        for account in &requisition.accounts {
            println!("{account}");
        }
    }
    Ok(())
}
