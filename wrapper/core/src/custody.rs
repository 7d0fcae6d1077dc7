//! What a client remembers: its token, what it knows of accounts, and the store that shares both.

use std::time::{Duration, SystemTime};

use tokio::sync::OnceCell;

use crate::AccountId;
use crate::book::AccountBook;
use crate::error::{AuthError, Error, GuardError, Result};
use crate::limits::{RateLimit, RateLimits};
use crate::operation::{Class, Operation};
use crate::store::{Store, Vault, fingerprint};
use crate::token::{AccessToken, Fetch, Timing, TokenKeeper};

/// How long an answer is held back until what it says of the account is saved.
const LONGEST_SAVE: Duration = Duration::from_secs(1);

/// The token, the account book and the store of one client.
#[derive(Debug)]
pub struct Custody {
    tokens: TokenKeeper,
    book: AccountBook,
    vault: Vault,
    adopted: OnceCell<()>,
}

impl Custody {
    /// Remembers in memory, and in `store` if there is one. `address` and `secret_id` say whose the stored values are.
    pub fn new(
        fetch: impl Fetch,
        timing: Timing,
        store: Option<Box<dyn Store>>,
        address: &str,
        secret_id: &str,
    ) -> Self {
        let vault = Vault::new(store, fingerprint([address, secret_id]));
        let tokens = TokenKeeper::with_vault(fetch, timing, vault.clone());
        Self { tokens, book: AccountBook::default(), vault, adopted: OnceCell::new() }
    }

    /// A usable access token.
    ///
    /// # Errors
    /// [`AuthError`] where none can be had.
    pub async fn token(&self) -> Result<AccessToken, AuthError> {
        self.tokens.token().await
    }

    /// Notes that the API refused a token. `true`: another one can be tried.
    #[must_use]
    pub fn rejected(&self, token: &AccessToken) -> bool {
        self.tokens.rejected(token)
    }

    /// Whether data of this account may be asked for.
    ///
    /// # Errors
    /// [`GuardError`] after too many failures in a row.
    pub async fn admit(&self, operation: Operation, account: &AccountId) -> Result<(), GuardError> {
        self.adopt().await;
        self.book.admit(operation, account)
    }

    /// Notes how a call for this account ended.
    pub async fn note(
        &self,
        operation: Operation,
        account: &AccountId,
        outcome: Result<&RateLimits, &Error>,
    ) {
        if operation.class() != Class::ScarceRead {
            return;
        }
        match outcome {
            Ok(limits) => self.book.succeeded(operation, account, limits),
            Err(error) => self.book.failed(operation, account, error),
        }
        self.save(account).await;
    }

    /// What is known of the calls left for `operation` on this account.
    pub async fn quota(&self, operation: Operation, account: &AccountId) -> Option<RateLimit> {
        self.adopt().await;
        self.book.quota(operation, account, SystemTime::now())
    }

    /// Opens an account again that was closed after too many failures.
    pub async fn reopen(&self, account: &AccountId) {
        self.adopt().await;
        self.book.reopen(account);
        self.save(account).await;
    }

    /// Takes over, once, what the store knows of accounts.
    async fn adopt(&self) {
        self.adopted
            .get_or_init(|| async {
                if let Some(saved) = self.vault.load().await {
                    self.book.adopt(&saved);
                }
            })
            .await;
    }

    async fn save(&self, account: &AccountId) {
        if self.vault.is_open() {
            // Taken out before the store's own thread runs, since the book stays here.
            let mut changed = crate::store::Saved::default();
            self.book.save(account, &mut changed);
            let vault = self.vault.clone();
            // On its own, so that neither a slow store nor a caller that goes away costs the answer or the note.
            let saving = tokio::spawn(async move {
                vault.lock_and_update(move |saved| saved.take_accounts(changed)).await;
            });
            let _ = tokio::time::timeout(LONGEST_SAVE, saving).await;
        }
    }
}
