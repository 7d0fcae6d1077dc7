//! Institutions: the banks whose accounts can be linked.

use gocardless_bank_data_generated::operation;
use gocardless_bank_data_runtime::Call;
use gocardless_bank_data_types::{Entries, InstitutionId};

use crate::client::BankData;
use crate::into_id::IntoId;
use crate::model::{Institution, InstitutionDetails};
use crate::operation_builder::operation_builder;

/// The institutions whose accounts can be linked. All calls together: 300 a minute for a company.
#[derive(Clone, Debug)]
pub struct Institutions {
    bank: BankData,
}

impl Institutions {
    pub(crate) fn new(bank: BankData) -> Self {
        Self { bank }
    }

    /// Lists the institutions of a country, or of all 31.
    ///
    /// ```no_run
    /// # async fn run(bank: gocardless_bank_data::BankData) -> gocardless_bank_data::Result<()> {
    /// for institution in bank.institutions().list().country("GB").pending_transactions_supported(true).await? {
    ///     println!("{}: {} days of history", institution.name, institution.transaction_total_days.and_then(|days| days.get()).unwrap_or(90));
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias(
        "retrieve_all_supported_institutions_in_a_given_country",
        "get_institutions",
        "getInstitutions"
    ))]
    #[doc(alias("retrieveAllSupportedInstitutionsInAGivenCountry"))]
    pub fn list(&self) -> ListInstitutions {
        ListInstitutions::new(self.bank.clone())
    }

    /// Retrieves one institution, with the features it supports.
    ///
    /// ```no_run
    /// # async fn run(bank: gocardless_bank_data::BankData) -> gocardless_bank_data::Result<()> {
    /// let institution = bank.institutions().get("SANDBOXFINANCE_SFIN0000").await?;
    /// println!("{:?}", institution.supported_features);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias(
        "retrieve_institution",
        "retrieveInstitution",
        "get_institution_by_id",
        "getInstitutionById"
    ))]
    pub fn get(&self, institution: impl IntoId<InstitutionId>) -> Call<InstitutionDetails> {
        self.bank.call_by_id(operation::GET_INSTITUTION, institution.into_id(), async move |client, id| {
            client.get_institution(id).await
        })
    }
}

/// Declares the list of institutions with its filters, each of which is a query parameter of the same name.
macro_rules! list_institutions {
    ($($(#[$doc:meta])+ $flag:ident,)+) => {
        /// Lists institutions; see [`Institutions::list`]. Each filter that is set must hold.
        #[derive(Clone, Debug)]
        #[must_use = "a call does nothing before it is awaited or sent"]
        pub struct ListInstitutions {
            bank: BankData,
            country: Option<String>,
            $($flag: Option<bool>,)+
        }

        impl ListInstitutions {
            fn new(bank: BankData) -> Self {
                Self { bank, country: None, $($flag: None,)+ }
            }

            /// Only institutions of this country: two letters of ISO 3166, in either case.
            pub fn country(mut self, country: impl Into<String>) -> Self {
                self.country = Some(country.into());
                self
            }

            $(
                $(#[$doc])+
                pub fn $flag(mut self, supported: bool) -> Self {
                    self.$flag = Some(supported);
                    self
                }
            )+
        }
    };
}

list_institutions! {
    /// Only those that do (or do not) let an agreement cover some scopes and not others.
    access_scopes_supported,
    /// Only those that do (or do not) let the person choose accounts.
    account_selection_supported,
    /// Only those that do (or do not) give business accounts.
    business_accounts_supported,
    /// Only those that do (or do not) give card accounts.
    card_accounts_supported,
    /// Only those that do (or do not) give corporate accounts.
    corporate_accounts_supported,
    /// Only those that do (or do not) give pending transactions.
    pending_transactions_supported,
    /// Only those that do (or do not) give private accounts.
    private_accounts_supported,
    /// Only those that do (or do not) give the debtor's account.
    read_debtor_account_supported,
    /// Only those that do (or do not) give the account that a refund goes to.
    read_refund_account_supported,
    /// Only those that do (or do not) want separate agreements for full history and for continuous access.
    separate_continuous_history_consent_supported,
    /// Only those that do (or do not) verify the social security number.
    ssn_verification_supported,
}

impl ListInstitutions {
    /// The call itself, for a timeout, a deadline or [`optional`](Call::optional).
    pub fn call(self) -> Call<Entries<Institution>> {
        // The filters are strings in the contract, even those that mean a boolean.
        let flag =
            |supported: Option<bool>| supported.map(|supported| if supported { "true" } else { "false" });
        self.bank.call(operation::LIST_INSTITUTIONS, async move |client| {
            client
                .list_institutions(
                    flag(self.access_scopes_supported),
                    flag(self.account_selection_supported),
                    flag(self.business_accounts_supported),
                    flag(self.card_accounts_supported),
                    flag(self.corporate_accounts_supported),
                    self.country.as_deref(),
                    flag(self.pending_transactions_supported),
                    flag(self.private_accounts_supported),
                    flag(self.read_debtor_account_supported),
                    flag(self.read_refund_account_supported),
                    flag(self.separate_continuous_history_consent_supported),
                    flag(self.ssn_verification_supported),
                )
                .await
        })
    }
}

operation_builder!(ListInstitutions => Entries<Institution>);
