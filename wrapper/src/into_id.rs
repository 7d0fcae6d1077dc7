//! What can stand for an id in a call: the id itself, a text, or a thing that has the id.

use gocardless_bank_data_types::{AccountId, AgreementId, InstitutionId, OrEmpty, PathId, RequisitionId};

use crate::model::{Institution, InstitutionDetails};

mod sealed {
    pub trait Sealed {}
}

/// Anything accepted where a call needs an id: the id, a string, and for institutions the institution as it was listed or
/// retrieved.
///
/// A string is checked before anything is sent: with one that cannot be an id, the call fails with
/// [`Error::InvalidRequest`](crate::Error::InvalidRequest).
///
/// ```no_run
/// # async fn run(bank: gocardless_bank_data::BankData) -> gocardless_bank_data::Result<()> {
/// let institution = bank.institutions().list().country("GB").await?.remove(0);
/// let agreement = bank.agreements().create(&institution).await?;
/// let requisition = bank.requisitions().create("SANDBOXFINANCE_SFIN0000", "https://example.org/back").await?;
/// let balances = bank.account("3fa85f64-5717-4562-b3fc-2c963f66afa6").balances().await?;
///
/// let error = bank.account("../token").balances().await.expect_err("no id has a slash");
/// assert!(error.to_string().starts_with("get account balances: not an account id: "));
/// # let _ = (agreement, requisition, balances);
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as `{Id}`",
    note = "pass the id or a string, owned or borrowed; with `.parse()?`, name the type of the id, or leave `.parse()?` out"
)]
pub trait IntoId<Id>: sealed::Sealed {
    /// The id, which each call checks before it is sent.
    #[doc(hidden)]
    fn into_id(self) -> Id;
}

macro_rules! stands_for {
    ($id:ty: $($from:ty => |$it:ident| $value:expr;)+) => {$(
        impl IntoId<$id> for $from {
            fn into_id(self) -> $id {
                let $it = self;
                $value
            }
        }
    )+};
}

macro_rules! ids {
    ($($id:ty),+) => {$(
        impl sealed::Sealed for $id {}
        impl sealed::Sealed for &$id {}
        impl sealed::Sealed for &OrEmpty<$id> {}

        stands_for! { $id:
            $id => |id| id;
            &$id => |id| id.clone();
            &OrEmpty<$id> => |id| (*id).clone().into_inner();
            &str => |text| <$id>::unchecked(text);
            &String => |text| <$id>::unchecked(text);
            String => |text| <$id>::unchecked(&text);
        }
    )+};
}

impl sealed::Sealed for &str {}
impl sealed::Sealed for &String {}
impl sealed::Sealed for String {}
impl sealed::Sealed for &Institution {}
impl sealed::Sealed for &InstitutionDetails {}
impl sealed::Sealed for Option<AgreementId> {}

ids!(InstitutionId, AccountId, AgreementId, RequisitionId);

stands_for! { InstitutionId:
    &Institution => |institution| institution.id.clone();
    &InstitutionDetails => |institution| institution.id.clone().into_inner();
}

// The agreement of a requisition, which need not have one.
stands_for! { Option<AgreementId>:
    Option<AgreementId> => |id| id;
    AgreementId => |id| Some(id);
    &AgreementId => |id| Some(id.clone());
    &str => |text| Some(AgreementId::unchecked(text));
    &String => |text| Some(AgreementId::unchecked(text));
    String => |text| Some(AgreementId::unchecked(&text));
}
