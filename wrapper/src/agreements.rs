//! End-user agreements: for how long and how far back a person gives access to what.

use std::num::NonZeroU64;

use gocardless_bank_data_core::error::InvalidRequestError;
use gocardless_bank_data_core::{AccessScope, AgreementId};
use gocardless_bank_data_generated::{operation, types};

use crate::client::BankData;
use crate::funnel::Call;
use crate::model::{Agreement, AgreementPage, Deletion, Reconfirmation};
use crate::operation_future::operation_builder;
use crate::pages::{List, Page};
use crate::reference::InstitutionRef;

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
    /// println!("{} of {}", page.results.len(), page.count);
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

    /// Creates an agreement with an institution: 90 days of access to 90 days of history, unless told otherwise.
    ///
    /// ```no_run
    /// # async fn run(bank: gocardless_bank_data::BankData) -> gocardless_bank_data::Result<()> {
    /// let institution = bank.institutions().list().country("GB").await?.remove(0);
    /// let agreement = bank.agreements().create(&institution).max_historical_days(180).await?;
    /// println!("{:?}", agreement.id);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// 400 where the institution does not allow so many days or these scopes, 402 where the free quota is spent.
    #[doc(alias("create_eua", "createEUAV2", "createEUA", "create_agreement", "createAgreement"))]
    pub fn create(&self, institution: impl InstitutionRef) -> CreateAgreement {
        let body = types::EndUserAgreementRequest {
            institution_id: institution.institution_id(),
            max_historical_days: None,
            access_valid_for_days: None,
            access_scope: Vec::new(),
            reconfirmation: None,
        };
        CreateAgreement { bank: self.bank.clone(), body, refused: None }
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
    pub fn get(&self, id: impl Into<AgreementId>) -> Call<Agreement> {
        self.bank.call_by_id(operation::GET_AGREEMENT, id.into(), |client, id| async move {
            client.get_agreement().id(id).send().await
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
    pub fn delete(&self, id: impl Into<AgreementId>) -> Call<Deletion> {
        self.bank.call_by_id(operation::DELETE_AGREEMENT, id.into(), |client, id| async move {
            client.delete_agreement().id(id).send().await
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
        id: impl Into<AgreementId>,
        user_agent: impl Into<String>,
        ip_address: impl Into<String>,
    ) -> Call<Agreement> {
        let (user_agent, ip_address) = (user_agent.into(), ip_address.into());
        self.bank.call_by_id(operation::ACCEPT_AGREEMENT, id.into(), move |client, id| {
            let (user_agent, ip_address) = (user_agent.clone(), ip_address.clone());
            async move {
                let call = client.accept_agreement().id(id);
                call.body_map(|body| body.user_agent(user_agent).ip_address(ip_address)).send().await
            }
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
    pub fn reconfirmation(&self, id: impl Into<AgreementId>) -> Call<Reconfirmation> {
        self.bank.call_by_id(operation::GET_RECONFIRMATION, id.into(), |client, id| async move {
            client.get_reconfirmation().id(id).send().await
        })
    }

    /// Creates a reconfirmation of an agreement: a URL where the person prolongs the access.
    ///
    /// Possible from 14 days before to 14 days after the ninetieth day (contract, 7.3).
    ///
    /// ```no_run
    /// # async fn run(bank: gocardless_bank_data::BankData, id: gocardless_bank_data::AgreementId) -> gocardless_bank_data::Result<()> {
    /// let reconfirmation = bank.agreements().reconfirm(id).redirect("https://example.org/back").await?;
    /// println!("{:?}", reconfirmation.reconfirmation_url);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias("create_eua_reconfirmation", "createEUAReconfirmation"))]
    pub fn reconfirm(&self, id: impl Into<AgreementId>) -> CreateReconfirmation {
        let body = types::ReconfirmationRetrieveRequest { redirect: None };
        CreateReconfirmation { bank: self.bank.clone(), id: id.into(), body, refused: None }
    }
}

/// Lists agreements; see [`Agreements::list`].
pub type ListAgreements = List<AgreementPage>;

impl Page for AgreementPage {
    type Item = Agreement;

    fn call(bank: &BankData, limit: Option<NonZeroU64>, offset: Option<u64>) -> Call<Self> {
        bank.call(operation::LIST_AGREEMENTS, move |client| async move {
            let mut call = client.list_agreements();
            if let Some(limit) = limit {
                call = call.limit(limit);
            }
            if let Some(offset) = offset {
                call = call.offset(offset);
            }
            call.send().await
        })
    }

    fn into_parts(self) -> (Vec<Agreement>, i64) {
        (self.results, self.count)
    }
}

/// Creates an agreement; see [`Agreements::create`].
#[derive(Clone, Debug)]
#[must_use = "a call does nothing before it is awaited or sent"]
pub struct CreateAgreement {
    bank: BankData,
    body: types::EndUserAgreementRequest,
    refused: Option<String>,
}

impl CreateAgreement {
    /// So many days of transaction history, 1 to 730 and no more than the institution's `transaction_total_days`.
    pub fn max_historical_days(mut self, days: u32) -> Self {
        match days.try_into() {
            Ok(days) => self.body.max_historical_days = Some(days),
            Err(error) => self.refused = Some(format!("max_historical_days: {error}")),
        }
        self
    }

    /// So many days of access from the day the person consents, 1 to 730 and no more than the institution's
    /// `max_access_valid_for_days`.
    pub fn access_valid_for_days(mut self, days: u32) -> Self {
        match days.try_into() {
            Ok(days) => self.body.access_valid_for_days = Some(days),
            Err(error) => self.refused = Some(format!("access_valid_for_days: {error}")),
        }
        self
    }

    /// Access to these kinds of data; to all three unless told otherwise. Some institutions want certain ones together.
    pub fn access_scope(mut self, scopes: impl IntoIterator<Item = AccessScope>) -> Self {
        self.body.access_scope = scopes.into_iter().collect();
        if self.body.access_scope.is_empty() {
            self.refused = Some("access_scope: an agreement must cover something".to_owned());
        }
        self
    }

    /// Whether the access shall be prolonged by reconfirmation; only for institutions of the United Kingdom.
    pub fn reconfirmation(mut self, wanted: bool) -> Self {
        self.body.reconfirmation = Some(wanted);
        self
    }

    /// The call itself, for a time limit, a deadline or [`optional`](Call::optional) of its own.
    pub fn call(self) -> Call<Agreement> {
        let Self { bank, body, refused } = self;
        let refused = refused.map(|why| InvalidRequestError::in_operation(operation::CREATE_AGREEMENT, why));
        bank.call(operation::CREATE_AGREEMENT, move |client| {
            let body = body.clone();
            async move { client.create_agreement().body(body).send().await }
        })
        .unless(refused)
    }
}

/// Creates a reconfirmation; see [`Agreements::reconfirm`].
#[derive(Clone, Debug)]
#[must_use = "a call does nothing before it is awaited or sent"]
pub struct CreateReconfirmation {
    bank: BankData,
    id: AgreementId,
    body: types::ReconfirmationRetrieveRequest,
    refused: Option<String>,
}

impl CreateReconfirmation {
    /// Where the person is sent after confirming, at most 1,024 characters.
    pub fn redirect(mut self, redirect: impl Into<String>) -> Self {
        match redirect.into().try_into() {
            Ok(redirect) => self.body.redirect = Some(redirect),
            Err(error) => self.refused = Some(format!("redirect: {error}")),
        }
        self
    }

    /// The call itself, for a time limit, a deadline or [`optional`](Call::optional) of its own.
    pub fn call(self) -> Call<Reconfirmation> {
        let Self { bank, id, body, refused } = self;
        let refused =
            refused.map(|why| InvalidRequestError::in_operation(operation::CREATE_RECONFIRMATION, why));
        bank.call_by_id(operation::CREATE_RECONFIRMATION, id, move |client, id| {
            let body = body.clone();
            async move { client.create_reconfirmation().id(id).body(body).send().await }
        })
        .unless(refused)
    }
}

operation_builder!(ListAgreements => AgreementPage);
operation_builder!(CreateAgreement => Agreement);
operation_builder!(CreateReconfirmation => Reconfirmation);
