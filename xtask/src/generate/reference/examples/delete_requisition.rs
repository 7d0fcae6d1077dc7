//! Deletes a requisition together with its agreement.

use gocardless_bank_data::{BankData, RequisitionId, Result};

async fn example(bank: &BankData, id: RequisitionId) -> Result<()> {
    println!("{}", bank.requisitions().delete(id).await?.summary);
    Ok(())
}
