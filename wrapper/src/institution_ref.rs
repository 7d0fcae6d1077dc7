//! What can stand for an institution in a call: its id, or the institution itself.

use gocardless_bank_data_types::{InstitutionId, OrEmpty};

use crate::model::{Institution, InstitutionDetails};

mod sealed {
    pub trait Sealed {}
}

/// An institution by its id, or as it was listed or retrieved.
///
/// ```no_run
/// # async fn run(bank: gocardless_bank_data::BankData) -> gocardless_bank_data::Result<()> {
/// let institution = bank.institutions().list().country("GB").await?.remove(0);
/// let agreement = bank.agreements().create(&institution).await?;
/// let requisition = bank.requisitions().create(&institution.id, "https://example.org/back").await?;
/// # let _ = (agreement, requisition);
/// # Ok(())
/// # }
/// ```
pub trait InstitutionRef: sealed::Sealed {
    /// The id of the institution.
    fn institution_id(self) -> InstitutionId;
}

macro_rules! refers {
    ($($type:ty: |$it:ident| $id:expr;)+) => {$(
        impl sealed::Sealed for $type {}

        impl InstitutionRef for $type {
            fn institution_id(self) -> InstitutionId {
                let $it = self;
                $id
            }
        }
    )+};
}

refers! {
    InstitutionId: |id| id;
    &InstitutionId: |id| id.clone();
    &OrEmpty<InstitutionId>: |id| (*id).clone().into_inner();
    &Institution: |institution| institution.id.clone();
    &InstitutionDetails: |institution| institution.id.clone().into_inner();
}
