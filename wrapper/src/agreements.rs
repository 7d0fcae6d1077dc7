//! End-user agreements: for how long and how far back a person gives access to what.

use std::num::NonZeroU64;

use gocardless_bank_data_generated::operation;
use gocardless_bank_data_generated::types::{AcceptAgreementRequest, NewAgreement, NewReconfirmation};
use gocardless_bank_data_runtime::Call;
use gocardless_bank_data_types::{AccessScope, AgreementId, Entries, InstitutionId, PathId as _};

use crate::client::BankData;
use crate::into_id::IntoId;
use crate::model::{Agreement, AgreementPage, Deletion, Reconfirmation};
use crate::operation_builder::operation_builder;
use crate::pages::{List, Page, sealed};

/// The end-user agreements of a company. Reads: 300 a minute; creates, deletes and accepts: 100 a minute each.
#[derive(Clone, Debug)]
pub struct Agreements {
    bank: BankData,
}

impl Agreements {
    pub(crate) fn new(bank: BankData) -> Self {
        Self { bank }
    }

    /// Lists the agreements: awaited, one page; as a [`stream`](List::stream), all of them.
    ///
    /// ```no_run
    /// # async fn run(bank: gocardless_bank_data::BankData) -> gocardless_bank_data::Result<()> {
    /// let page = bank.agreements().list().await?;
    /// println!("{} of {}", page.results.len(), page.count.unwrap_or_default());
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias(
        "retrieve_all_agreements",
        "retrieveAllEUAsForAnEndUserV2",
        "get_agreements",
        "getAgreements"
    ))]
    pub fn list(&self) -> ListAgreements {
        List::new(self.bank.clone())
    }

    /// Creates an agreement with an institution: 90 days of access to 90 days of history by default.
    ///
    /// ```no_run
    /// # async fn run(bank: gocardless_bank_data::BankData) -> gocardless_bank_data::Result<()> {
    /// let institution = bank.institutions().list().country("GB").await?.remove(0);
    /// let agreement = bank.agreements().create(&institution).access_valid_for_days(90).await?;
    /// println!("{:?}", agreement.id);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// For more than 90 days of history, see [`SafeHistory`](crate::SafeHistory) first: at some institutions it stops new
    /// transactions from coming.
    ///
    /// # Errors
    /// 400 where the institution does not allow so many days or these scopes, 402 where the free quota is spent.
    #[doc(alias("create_eua", "createEUAV2", "createEUA", "create_agreement", "createAgreement"))]
    pub fn create(&self, institution: impl IntoId<InstitutionId>) -> CreateAgreement {
        let body = NewAgreement {
            institution_id: institution.into_id(),
            max_historical_days: None,
            access_valid_for_days: None,
            access_scope: Vec::new(),
            reconfirmation: None,
        };
        CreateAgreement { bank: self.bank.clone(), body, covers_nothing: false }
    }

    /// Retrieves an agreement.
    ///
    /// ```no_run
    /// # async fn run(bank: gocardless_bank_data::BankData, id: gocardless_bank_data::AgreementId) -> gocardless_bank_data::Result<()> {
    /// let agreement = bank.agreements().get(id).await?;
    /// println!("accepted: {:?}", agreement.accepted.and_then(|at| at.instant()));
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias("retrieve_eua_by_id", "retrieveEUAByIdV2", "get_agreement_by_id", "getAgreementById"))]
    pub fn get(&self, id: impl IntoId<AgreementId>) -> Call<Agreement> {
        self.bank.call_by_id(operation::GET_AGREEMENT, id.into_id(), async move |client, id| {
            client.get_agreement(id).await
        })
    }

    /// Deletes an agreement.
    ///
    /// ```no_run
    /// # async fn run(bank: gocardless_bank_data::BankData, id: gocardless_bank_data::AgreementId) -> gocardless_bank_data::Result<()> {
    /// println!("{}", bank.agreements().delete(id).await?.summary);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias("delete_eua_by_id", "deleteEUAByIdV2", "delete_agreement", "deleteAgreement"))]
    pub fn delete(&self, id: impl IntoId<AgreementId>) -> Call<Deletion> {
        self.bank.call_by_id(operation::DELETE_AGREEMENT, id.into_id(), async move |client, id| {
            client.delete_agreement(id).await
        })
    }

    /// Accepts an agreement on behalf of a person, whose user agent and IP address are on record with it.
    ///
    /// Most companies may not do this and get a 403: the person accepts by following the requisition's link.
    ///
    /// ```no_run
    /// # async fn run(bank: gocardless_bank_data::BankData, id: gocardless_bank_data::AgreementId) -> gocardless_bank_data::Result<()> {
    /// let agreement = bank.agreements().accept(id, "Mozilla/5.0", "192.0.2.1").await?;
    /// # let _ = agreement;
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias("accept_eua", "acceptEUA", "accept_agreement", "acceptAgreement"))]
    pub fn accept(
        &self,
        id: impl IntoId<AgreementId>,
        user_agent: impl Into<String>,
        ip_address: impl Into<String>,
    ) -> Call<Agreement> {
        let body = AcceptAgreementRequest {
            user_agent: user_agent.into().into(),
            ip_address: ip_address.into().into(),
        };
        self.bank.call_by_id(operation::ACCEPT_AGREEMENT, id.into_id(), async move |client, id| {
            client.accept_agreement(id, &body).await
        })
    }

    /// Retrieves the reconfirmation of an agreement: where the person confirms, and what has been confirmed.
    ///
    /// Only for institutions of the United Kingdom, and only for companies that may.
    ///
    /// ```no_run
    /// # async fn run(bank: gocardless_bank_data::BankData, id: gocardless_bank_data::AgreementId) -> gocardless_bank_data::Result<()> {
    /// println!("{:?}", bank.agreements().reconfirmation(id).await?.url_valid_to);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias("retrieve_eua_reconfirmation", "retrieveEUAReconfirmation"))]
    pub fn reconfirmation(&self, id: impl IntoId<AgreementId>) -> Call<Reconfirmation> {
        self.bank.call_by_id(operation::GET_RECONFIRMATION, id.into_id(), async move |client, id| {
            client.get_reconfirmation(id).await
        })
    }

    /// Creates a reconfirmation of an agreement: a URL where the person prolongs the access.
    ///
    /// Possible from 14 days before to 14 days after the ninetieth day (`docs/api.md#reconfirmation`).
    ///
    /// ```no_run
    /// # async fn run(bank: gocardless_bank_data::BankData, id: gocardless_bank_data::AgreementId) -> gocardless_bank_data::Result<()> {
    /// let reconfirmation = bank.agreements().reconfirm(id).redirect("https://example.org/back").await?;
    /// println!("{:?}", reconfirmation.reconfirmation_url);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias("create_eua_reconfirmation", "createEUAReconfirmation"))]
    pub fn reconfirm(&self, id: impl IntoId<AgreementId>) -> CreateReconfirmation {
        let body = NewReconfirmation { redirect: None };
        CreateReconfirmation { bank: self.bank.clone(), id: id.into_id(), body }
    }
}

/// Lists agreements; see [`Agreements::list`].
pub type ListAgreements = List<AgreementPage>;

impl sealed::Sealed for AgreementPage {}

impl Page for AgreementPage {
    type Item = Agreement;
    type Parameters = ();

    fn call(bank: &BankData, limit: Option<NonZeroU64>, offset: Option<u64>, (): ()) -> Call<Self> {
        bank.call(operation::LIST_AGREEMENTS, async move |client| client.list_agreements(limit, offset).await)
    }

    fn into_parts(self) -> (Entries<Agreement>, Option<i64>) {
        (self.results, self.count)
    }
}

/// Creates an agreement; see [`Agreements::create`].
#[derive(Clone, Debug)]
#[must_use = "a call does nothing before it is awaited or sent"]
pub struct CreateAgreement {
    bank: BankData,
    body: NewAgreement,
    covers_nothing: bool,
}

impl CreateAgreement {
    /// How many days of transaction history to ask for: at least 1, and no more than the institution's `transaction_total_days`; 90 by
    /// default.
    ///
    /// With more than 90, some institutions give the transactions once and never a new one:
    /// [`safe_history_days`](crate::SafeHistory::safe_history_days) says how many are safe.
    pub fn max_historical_days(mut self, days: u32) -> Self {
        self.body.max_historical_days = Some(days.into());
        self
    }

    /// How many days access lasts from the day the end user consents: at least 1, and no more than the institution's
    /// `max_access_valid_for_days`.
    pub fn access_valid_for_days(mut self, days: u32) -> Self {
        self.body.access_valid_for_days = Some(days.into());
        self
    }

    /// Access to these kinds of data; to all three by default. Some institutions want certain ones together.
    pub fn access_scope(mut self, scopes: impl IntoIterator<Item = AccessScope>) -> Self {
        self.body.access_scope = scopes.into_iter().collect();
        // An empty list is not sent, and the API would then grant everything.
        self.covers_nothing = self.body.access_scope.is_empty();
        self
    }

    /// Whether access can be extended by reconfirmation; only for institutions of the United Kingdom.
    pub fn reconfirmation(mut self, wanted: bool) -> Self {
        self.body.reconfirmation = Some(wanted);
        self
    }

    /// The call itself, for a timeout, a deadline or [`optional`](Call::optional).
    pub fn call(self) -> Call<Agreement> {
        let Self { bank, body, covers_nothing } = self;
        if covers_nothing {
            return bank
                .rejected(operation::CREATE_AGREEMENT, "access_scope: name at least one kind of data");
        }
        if let Err(invalid) = body.institution_id.check() {
            return bank.rejected(operation::CREATE_AGREEMENT, &invalid.to_string());
        }
        bank.call(operation::CREATE_AGREEMENT, async move |client| client.create_agreement(&body).await)
    }
}

/// Creates a reconfirmation; see [`Agreements::reconfirm`].
#[derive(Clone, Debug)]
#[must_use = "a call does nothing before it is awaited or sent"]
pub struct CreateReconfirmation {
    bank: BankData,
    id: AgreementId,
    body: NewReconfirmation,
}

impl CreateReconfirmation {
    /// Where the person is sent after confirming, at most 1,024 characters.
    pub fn redirect(mut self, redirect: impl Into<String>) -> Self {
        self.body.redirect = Some(redirect.into().into());
        self
    }

    /// The call itself, for a timeout, a deadline or [`optional`](Call::optional).
    pub fn call(self) -> Call<Reconfirmation> {
        let Self { bank, id, body } = self;
        bank.call_by_id(operation::CREATE_RECONFIRMATION, id, async move |client, id| {
            client.create_reconfirmation(id, &body).await
        })
    }
}

operation_builder!(ListAgreements => AgreementPage);
operation_builder!(CreateAgreement => Agreement);
operation_builder!(CreateReconfirmation => Reconfirmation);
