//! Requisitions: links between a person's accounts and you.

use std::num::NonZeroU64;

use gocardless_bank_data_core::error::InvalidRequestError;
use gocardless_bank_data_core::{AgreementId, RequisitionId, Secret};
use gocardless_bank_data_generated::{operation, types};

use crate::client::BankData;
use crate::funnel::Call;
use crate::model::{Deletion, Requisition, RequisitionPage};
use crate::operation_future::operation_builder;
use crate::pages::{List, Page};
use crate::reference::InstitutionRef;

/// The requisitions of a company. Reads: 300 a minute; creates and deletes: 100 a minute each.
#[derive(Clone, Debug)]
pub struct Requisitions {
    bank: BankData,
}

impl Requisitions {
    pub(crate) fn new(bank: BankData) -> Self {
        Self { bank }
    }

    /// Lists the requisitions: awaited, one page; as a [`stream`](List::stream), all of them.
    ///
    /// ```no_run
    /// # async fn run(bank: gocardless_bank_data::BankData) -> gocardless_bank_data::Result<()> {
    /// let page = bank.requisitions().list().await?;
    /// println!("{} of {}", page.results.len(), page.count);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias(
        "retrieve_all_requisitions",
        "retrieveAllRequisitions",
        "get_requisitions",
        "getRequisitions"
    ))]
    pub fn list(&self) -> ListRequisitions {
        List::new(self.bank.clone())
    }

    /// Creates a requisition: a [`link`](Requisition::link) for the person to follow, who comes back to `redirect`.
    ///
    /// It is not sent again once the server may have it. Where its outcome is unknown the error's advice is to look
    /// first: give it a [`reference`](CreateRequisition::reference) of your own to find it by.
    ///
    /// ```no_run
    /// # async fn run(bank: gocardless_bank_data::BankData) -> gocardless_bank_data::Result<()> {
    /// # let institution = bank.institutions().list().country("GB").await?.remove(0);
    /// let requisition =
    ///     bank.requisitions().create(&institution, "https://example.org/back").reference("customer-17").await?;
    /// println!("send the person to {}", requisition.link.unwrap_or_default());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// 400 where a field is refused, with [`fields`](crate::Error::fields); 402 where the free quota is spent; 404 where
    /// the agreement does not exist.
    #[doc(alias(
        "create_requisition",
        "requisitionCreated",
        "createRequisition",
        "init_session",
        "initSession"
    ))]
    pub fn create(&self, institution: impl InstitutionRef, redirect: impl Into<String>) -> CreateRequisition {
        self.create_without_redirect(institution).redirect(redirect.into())
    }

    /// As [`create`](Self::create), for a person who does not come back to a page of yours.
    pub fn create_without_redirect(&self, institution: impl InstitutionRef) -> CreateRequisition {
        let body = types::RequisitionRequest {
            institution_id: institution.institution_id(),
            redirect: None,
            agreement: None,
            reference: None,
            user_language: None,
            ssn: None,
            account_selection: None,
            redirect_immediate: None,
        };
        CreateRequisition { bank: self.bank.clone(), body, refused: None }
    }

    /// Retrieves a requisition, with its status and, once it is linked, its accounts.
    ///
    /// ```no_run
    /// use gocardless_bank_data::RequisitionStatus;
    ///
    /// # async fn run(bank: gocardless_bank_data::BankData, id: gocardless_bank_data::RequisitionId) -> gocardless_bank_data::Result<()> {
    /// let requisition = bank.requisitions().get(id).await?;
    /// if requisition.status == Some(RequisitionStatus::Linked) {
    ///     for account in &requisition.accounts {
    ///         println!("{account}");
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias("requisition_by_id", "requisitionById", "get_requisition_by_id", "getRequisitionById"))]
    pub fn get(&self, id: impl Into<RequisitionId>) -> Call<Requisition> {
        self.bank.call_by_id(operation::GET_REQUISITION, id.into(), |client, id| async move {
            client.get_requisition().id(id).send().await
        })
    }

    /// Deletes a requisition, and with it its end-user agreement.
    ///
    /// ```no_run
    /// # async fn run(bank: gocardless_bank_data::BankData, id: gocardless_bank_data::RequisitionId) -> gocardless_bank_data::Result<()> {
    /// println!("{}", bank.requisitions().delete(id).await?.summary);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias(
        "delete_requisition_by_id",
        "deleteRequisitionByIdV2",
        "delete_requisition",
        "deleteRequisition"
    ))]
    pub fn delete(&self, id: impl Into<RequisitionId>) -> Call<Deletion> {
        self.bank.call_by_id(operation::DELETE_REQUISITION, id.into(), |client, id| async move {
            client.delete_requisition().id(id).send().await
        })
    }
}

/// Lists requisitions; see [`Requisitions::list`].
pub type ListRequisitions = List<RequisitionPage>;

impl Page for RequisitionPage {
    type Item = Requisition;

    fn call(bank: &BankData, limit: Option<NonZeroU64>, offset: Option<u64>) -> Call<Self> {
        bank.call(operation::LIST_REQUISITIONS, move |client| async move {
            let mut call = client.list_requisitions();
            if let Some(limit) = limit {
                call = call.limit(limit);
            }
            if let Some(offset) = offset {
                call = call.offset(offset);
            }
            call.send().await
        })
    }

    fn into_parts(self) -> (Vec<Requisition>, i64) {
        (self.results, self.count)
    }
}

/// Creates a requisition; see [`Requisitions::create`].
#[derive(Clone, Debug)]
#[must_use = "a call does nothing before it is awaited or sent"]
pub struct CreateRequisition {
    bank: BankData,
    body: types::RequisitionRequest,
    refused: Option<String>,
}

impl CreateRequisition {
    fn redirect(mut self, redirect: String) -> Self {
        let parsed = checked(redirect, "redirect", &mut self.refused);
        self.body.redirect = parsed;
        self
    }

    /// Under this agreement, which can be used once; without one the API makes one with its defaults.
    pub fn agreement(mut self, agreement: impl Into<Option<AgreementId>>) -> Self {
        self.body.agreement = agreement.into();
        self
    }

    /// With this reference of your own, unique in the company, 1 to 256 characters. It comes back as `?ref=` on the
    /// redirect; without one the API makes one up.
    pub fn reference(mut self, reference: impl Into<String>) -> Self {
        self.body.reference = checked(reference.into(), "reference", &mut self.refused);
        self
    }

    /// In this language, such as `EN`: 1 to 5 characters.
    pub fn user_language(mut self, language: impl Into<String>) -> Self {
        self.body.user_language = checked(language.into(), "user_language", &mut self.refused);
        self
    }

    /// With this social security number, which some institutions verify.
    pub fn ssn(mut self, ssn: impl Into<Secret>) -> Self {
        self.body.ssn = Some(ssn.into());
        self
    }

    /// Whether the person shall choose accounts on a page of the service.
    pub fn account_selection(mut self, wanted: bool) -> Self {
        self.body.account_selection = Some(wanted);
        self
    }

    /// Whether the person shall come back at once, while the accounts are still being processed.
    pub fn redirect_immediate(mut self, wanted: bool) -> Self {
        self.body.redirect_immediate = Some(wanted);
        self
    }

    /// The call itself, for a time limit, a deadline or [`optional`](Call::optional) of its own.
    pub fn call(self) -> Call<Requisition> {
        let Self { bank, body, refused } = self;
        let refused =
            refused.map(|why| InvalidRequestError::in_operation(operation::CREATE_REQUISITION, why));
        let reference = body.reference.clone().map(String::from);
        bank.call(operation::CREATE_REQUISITION, move |client| {
            let body = body.clone();
            async move { client.create_requisition().body(body).send().await }
        })
        .with_reference(reference)
        .unless(refused)
    }
}

/// A text as the contract bounds it, or the reason why it is refused.
fn checked<T>(text: String, field: &str, refused: &mut Option<String>) -> Option<T>
where
    T: TryFrom<String, Error: std::fmt::Display>,
{
    text.try_into().map_err(|error| *refused = Some(format!("{field}: {error}"))).ok()
}

operation_builder!(ListRequisitions => RequisitionPage);
operation_builder!(CreateRequisition => Requisition);
