//! The client itself: what all calls share, and a handle for each resource.

use std::sync::Arc;

use gocardless_bank_data_generated::{Client, Error as GeneratedError, ResponseValue};
use gocardless_bank_data_runtime::Call;
use gocardless_bank_data_runtime::net::PreparedRequest;
use gocardless_bank_data_types::error::Result;
use gocardless_bank_data_types::{AccountId, Credentials, Operation, PathId};

use crate::accounts::AccountHandle;
use crate::agreements::Agreements;
use crate::builder::BankDataBuilder;
use crate::institutions::Institutions;
use crate::into_id::IntoId;
use crate::requisitions::Requisitions;
use crate::tokens::Tokens;

/// A client for the Bank Account Data API.
///
/// Cloning it is cheap, and all clones share one access token and one pool of connections: make one, and clone it. It is
/// `Send` and `Sync`, so a web framework holds it as it is, such as axum as `State<BankData>`; an `Arc` around it is not
/// needed.
///
/// ```no_run
/// use gocardless_bank_data::{BankData, Credentials};
///
/// # async fn run() -> gocardless_bank_data::Result<()> {
/// let bank = BankData::builder(Credentials::new("secret id", "secret key")).build()?;
/// let institution = bank.institutions().get("SANDBOXFINANCE_SFIN0000").await?;
/// println!("{}", institution.name);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct BankData(pub(crate) Arc<gocardless_bank_data_runtime::Client>);

impl BankData {
    /// A client with default settings; credentials and address come from the environment, as
    /// [`builder_from_env`](Self::builder_from_env) reads them. Nothing is sent before the first call.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`](crate::Error::InvalidRequest) if a variable is missing or cannot be right.
    pub fn from_env() -> Result<Self> {
        Self::builder_from_env()?.build()
    }

    /// Starts building a client with settings of your own, and credentials and address from the environment:
    /// `GOCARDLESS_SECRET_ID`, `GOCARDLESS_SECRET_KEY` and, if set, `GOCARDLESS_BASE_URL`.
    ///
    /// ```no_run
    /// use gocardless_bank_data::{BankData, Pacing};
    ///
    /// # fn run() -> gocardless_bank_data::Result<()> {
    /// let bank = BankData::builder_from_env()?.pacing(Pacing::per_minute(45)).build()?;
    /// # drop(bank);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::InvalidRequest`](crate::Error::InvalidRequest) if a secret is missing.
    pub fn builder_from_env() -> Result<BankDataBuilder> {
        let builder = Self::builder(Credentials::from_env()?);
        Ok(match std::env::var("GOCARDLESS_BASE_URL") {
            Ok(base_url) => builder.base_url(base_url),
            Err(_) => builder,
        })
    }

    /// Starts building a client with settings of your own. For other [`Credentials`], build another client.
    ///
    /// It calls the live API unless [`base_url`](BankDataBuilder::base_url) or
    /// [`test_server`](BankDataBuilder::test_server) says otherwise: the environment is read by
    /// [`builder_from_env`](Self::builder_from_env) alone.
    pub fn builder(credentials: Credentials) -> BankDataBuilder {
        BankDataBuilder::new(credentials)
    }

    /// The token operations, for those who want the tokens themselves. All other calls take care of theirs.
    #[must_use]
    pub fn tokens(&self) -> Tokens {
        Tokens::new(self.clone())
    }

    /// The institutions whose accounts can be linked.
    #[must_use]
    pub fn institutions(&self) -> Institutions {
        Institutions::new(self.clone())
    }

    /// The end-user agreements: for how long and how far back a person gives access to what.
    #[must_use]
    pub fn agreements(&self) -> Agreements {
        Agreements::new(self.clone())
    }

    /// The requisitions: links between a person's accounts and you.
    #[must_use]
    pub fn requisitions(&self) -> Requisitions {
        Requisitions::new(self.clone())
    }

    /// One linked account, by an id from [`accounts`](crate::model::Requisition::accounts) of a requisition, or its text.
    #[must_use]
    pub fn account(&self, id: impl IntoId<AccountId>) -> AccountHandle {
        AccountHandle::new(self.clone(), id.into_id())
    }

    /// A call whose request the generated `function` builds.
    pub(crate) fn call<T>(
        &self,
        operation: Operation,
        function: impl AsyncFn(&Client) -> Result<ResponseValue<T>, GeneratedError<()>> + Send + Sync + 'static,
    ) -> Call<T> {
        Call::new(&self.0, PreparedRequest::new(operation, function))
    }

    /// A call with an id in its path, which is rejected if the id would change the path.
    pub(crate) fn call_by_id<T, I: PathId>(
        &self,
        operation: Operation,
        id: I,
        function: impl AsyncFn(&Client, &I) -> Result<ResponseValue<T>, GeneratedError<()>>
        + Send
        + Sync
        + 'static,
    ) -> Call<T> {
        match id.check() {
            Ok(()) => self.call(operation, async move |client| function(client, &id).await),
            Err(invalid) => self.rejected(operation, &invalid.to_string()),
        }
    }

    /// A call that fails for this reason before anything is sent.
    pub(crate) fn rejected<T>(&self, operation: Operation, reason: &str) -> Call<T> {
        Call::new(&self.0, PreparedRequest::rejected(operation, reason))
    }
}
