//! The client itself: what all calls share, and a handle for each resource.

use std::sync::Arc;

use gocardless_bank_data_core::error::Result;
use gocardless_bank_data_core::{AccountId, Credentials, Custody};

use crate::accounts::AccountData;
use crate::agreements::Agreements;
use crate::builder::BankDataBuilder;
use crate::funnel::Link;
use crate::institutions::Institutions;
use crate::requisitions::Requisitions;
use crate::tokens::Tokens;

/// A client for the Bank Account Data API.
///
/// Cloning it is cheap, and all clones share one access token and one pool of connections: make one, and clone it.
///
/// ```no_run
/// use gocardless_bank_data::{BankData, Credentials};
///
/// # async fn run() -> gocardless_bank_data::Result<()> {
/// let bank = BankData::builder(Credentials::new("secret id", "secret key")).build()?;
/// let institution = bank.institutions().get("SANDBOXFINANCE_SFIN0000".parse::<gocardless_bank_data::InstitutionId>().expect("an id")).await?;
/// println!("{}", institution.name);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct BankData(pub(crate) Arc<Shared>);

/// What all clones of a client share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) link: Arc<Link>,
    pub(crate) custody: Arc<Custody>,
    pub(crate) credentials: Credentials,
}

impl BankData {
    /// A client of the live API with the settings that suit nearly everyone, and credentials from the environment.
    ///
    /// Reads `GOCARDLESS_SECRET_ID`, `GOCARDLESS_SECRET_KEY` and, if set, `GOCARDLESS_BASE_URL`. Nothing is sent before
    /// the first call.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`](crate::Error::InvalidRequest) where a variable is missing or cannot be right.
    pub fn from_env() -> Result<Self> {
        let builder = Self::builder(Credentials::from_env()?);
        match std::env::var("GOCARDLESS_BASE_URL") {
            Ok(base_url) => builder.base_url(base_url).build(),
            Err(_) => builder.build(),
        }
    }

    /// Starts to make a client with settings of your own. For other [`Credentials`], make another client.
    pub fn builder(credentials: Credentials) -> BankDataBuilder {
        BankDataBuilder::new(credentials)
    }

    /// The two token operations, for those who want the tokens themselves. All other calls take care of theirs.
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

    /// One linked account, by an id from [`accounts`](crate::model::Requisition::accounts) of a requisition.
    #[must_use]
    pub fn account(&self, id: impl Into<AccountId>) -> AccountData {
        AccountData::new(self.clone(), id.into())
    }
}
