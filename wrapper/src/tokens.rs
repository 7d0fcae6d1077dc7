//! The token operations.

use gocardless_bank_data_runtime::Call;
use gocardless_bank_data_types::Secret;

use crate::client::BankData;
use crate::model::{RefreshedToken, TokenPair};

/// The token operations, for those who want the tokens themselves.
///
/// Both call the API each time. `token/new/` may be called 100 times an hour by a whole company
/// (`docs/api.md#company-limits`), and all other calls of this client share one token on their own, so most programs need neither.
#[derive(Clone, Debug)]
pub struct Tokens {
    bank: BankData,
}

impl Tokens {
    pub(crate) fn new(bank: BankData) -> Self {
        Self { bank }
    }

    /// Obtains a new pair of access and refresh token with the secret id and key of this client.
    ///
    /// The access token is valid for 24 hours, the refresh token for 30 days; both lifetimes are given in seconds.
    ///
    /// ```no_run
    /// # async fn run(bank: gocardless_bank_data::BankData) -> gocardless_bank_data::Result<()> {
    /// let pair = bank.tokens().obtain().await?;
    /// println!("valid for {:?} s", pair.access_expires);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// 401 where the credentials are wrong, 403 where this machine's address is not allowed, 429 past the limit; and
    /// every way a connection can fail.
    #[doc(alias("jWTObtain", "jwt_obtain", "j_wt_obtain", "obtain_new_accessrefresh_token_pair"))]
    #[doc(alias(
        "obtain_new_access_slash_refresh_token_pair",
        "obtainNewAccessRefreshTokenPair",
        "generate_token"
    ))]
    #[doc(alias("generateToken"))]
    pub fn obtain(&self) -> Call<TokenPair> {
        Call::new(&self.bank.0, self.bank.0.obtain_token_pair())
    }

    /// Gets a new access token with a refresh token. The refresh token stays the same and lasts no longer.
    ///
    /// ```no_run
    /// # async fn run(bank: gocardless_bank_data::BankData) -> gocardless_bank_data::Result<()> {
    /// let pair = bank.tokens().obtain().await?;
    /// if let Some(refresh) = pair.refresh {
    ///     let refreshed = bank.tokens().refresh(refresh).await?;
    ///     println!("valid for {:?} s", refreshed.access_expires);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// 401 where the refresh token is invalid or expired: obtain a new pair. 403 and 429 as for obtaining; and every
    /// way a connection can fail.
    #[doc(alias(
        "jWTRefresh",
        "jwt_refresh",
        "j_wt_refresh",
        "get_a_new_access_token",
        "getANewAccessToken"
    ))]
    #[doc(alias("exchange_token", "exchangeToken"))]
    pub fn refresh(&self, refresh: impl Into<Secret>) -> Call<RefreshedToken> {
        Call::new(&self.bank.0, self.bank.0.refresh_access_token(refresh.into()))
    }
}
