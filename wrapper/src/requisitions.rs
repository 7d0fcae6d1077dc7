//! Requisitions: links between a person's accounts and you.

use std::num::NonZeroU64;

use gocardless_bank_data_generated::operation;
use gocardless_bank_data_generated::types::NewRequisition;
use gocardless_bank_data_runtime::Call;
use gocardless_bank_data_types::{AgreementId, Entries, InstitutionId, PathId as _, RequisitionId, Secret};

use crate::client::BankData;
use crate::into_id::IntoId;
use crate::model::{Deletion, Requisition, RequisitionPage};
use crate::operation_builder::operation_builder;
use crate::pages::{List, Page, sealed};

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
    /// println!("{} of {}", page.results.len(), page.count.unwrap_or_default());
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
    pub fn create(
        &self,
        institution: impl IntoId<InstitutionId>,
        redirect: impl Into<String>,
    ) -> CreateRequisition {
        let mut create = self.create_without_redirect(institution);
        create.body.redirect = Some(redirect.into().into());
        create
    }

    /// As [`create`](Self::create), for a person who does not come back to a page of yours.
    pub fn create_without_redirect(&self, institution: impl IntoId<InstitutionId>) -> CreateRequisition {
        let body = NewRequisition {
            institution_id: institution.into_id(),
            redirect: None,
            agreement: None,
            reference: None,
            user_language: None,
            ssn: None,
            account_selection: None,
            redirect_immediate: None,
        };
        CreateRequisition { bank: self.bank.clone(), body }
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
    pub fn get(&self, id: impl IntoId<RequisitionId>) -> Call<Requisition> {
        self.bank.call_by_id(operation::GET_REQUISITION, id.into_id(), async move |client, id| {
            client.get_requisition(id).await
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
    pub fn delete(&self, id: impl IntoId<RequisitionId>) -> Call<Deletion> {
        self.bank.call_by_id(operation::DELETE_REQUISITION, id.into_id(), async move |client, id| {
            client.delete_requisition(id).await
        })
    }
}

/// Lists requisitions; see [`Requisitions::list`].
pub type ListRequisitions = List<RequisitionPage>;

impl sealed::Sealed for RequisitionPage {}

impl Page for RequisitionPage {
    type Item = Requisition;
    type Parameters = ();

    fn call(bank: &BankData, limit: Option<NonZeroU64>, offset: Option<u64>, (): ()) -> Call<Self> {
        bank.call(operation::LIST_REQUISITIONS, async move |client| {
            client.list_requisitions(limit, offset).await
        })
    }

    fn into_parts(self) -> (Entries<Requisition>, Option<i64>) {
        (self.results, self.count)
    }
}

/// Creates a requisition; see [`Requisitions::create`].
#[derive(Clone, Debug)]
#[must_use = "a call does nothing before it is awaited or sent"]
pub struct CreateRequisition {
    bank: BankData,
    body: NewRequisition,
}

impl CreateRequisition {
    /// Under this agreement, which can be used once; without one the API makes one with its defaults.
    pub fn agreement(mut self, agreement: impl IntoId<Option<AgreementId>>) -> Self {
        self.body.agreement = agreement.into_id();
        self
    }

    /// With this reference of your own, unique in the company, 1 to 256 characters. It comes back as `?ref=` on the
    /// redirect; without one the API makes one up.
    pub fn reference(mut self, reference: impl Into<String>) -> Self {
        self.body.reference = Some(reference.into().into());
        self
    }

    /// In this language, such as `EN`: 1 to 5 characters.
    pub fn user_language(mut self, language: impl Into<String>) -> Self {
        self.body.user_language = Some(language.into().into());
        self
    }

    /// With this social security number, which some institutions verify.
    pub fn ssn(mut self, ssn: impl Into<Secret>) -> Self {
        self.body.ssn = Some(ssn.into());
        self
    }

    /// Whether the end user selects accounts on a page of the service.
    pub fn account_selection(mut self, wanted: bool) -> Self {
        self.body.account_selection = Some(wanted);
        self
    }

    /// Whether the end user comes back at once, while the accounts are still being processed.
    pub fn redirect_immediate(mut self, wanted: bool) -> Self {
        self.body.redirect_immediate = Some(wanted);
        self
    }

    /// The call itself, for a timeout, a deadline or [`optional`](Call::optional).
    pub fn call(self) -> Call<Requisition> {
        let Self { bank, body } = self;
        let agreement = body.agreement.as_ref().map_or(Ok(()), AgreementId::check);
        if let Err(invalid) = body.institution_id.check().and(agreement) {
            return bank.rejected(operation::CREATE_REQUISITION, &invalid.to_string());
        }
        let reference = body.reference.as_ref().map(ToString::to_string);
        bank.call(operation::CREATE_REQUISITION, async move |client| client.create_requisition(&body).await)
            .with_reference(reference)
    }
}

operation_builder!(ListRequisitions => RequisitionPage);
operation_builder!(CreateRequisition => Requisition);
