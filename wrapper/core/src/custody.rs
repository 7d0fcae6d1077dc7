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

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};
    use std::task::{Context, Poll, Waker};

    use super::*;
    use crate::Secret;
    use crate::error::ApiError;
    use crate::store::{Saved, StoreError, StoreLock};
    use crate::token::Fetching;

    const BALANCES: Operation = Operation::new("get_account_balances", "GET", "/", Class::ScarceRead);

    #[derive(Debug)]
    struct NoTokens;

    impl Fetch for NoTokens {
        fn obtain(&self) -> Fetching {
            Box::pin(std::future::pending())
        }

        fn refresh(&self, _: Secret) -> Fetching {
            Box::pin(std::future::pending())
        }
    }

    #[derive(Clone, Debug, Default)]
    struct Memory(Arc<Mutex<Option<Saved>>>);

    impl Store for Memory {
        fn load(&self) -> Result<Option<Saved>, StoreError> {
            Ok(self.0.lock().unwrap().clone())
        }

        fn save(&self, saved: &Saved) -> Result<(), StoreError> {
            *self.0.lock().unwrap() = Some(saved.clone());
            Ok(())
        }

        fn lock(&self) -> Result<StoreLock, StoreError> {
            Ok(Box::new(()))
        }
    }

    fn account() -> AccountId {
        "a".parse().unwrap()
    }

    fn custody(store: Option<&Memory>, secret_id: &str) -> Custody {
        let store = store.map(|store| Box::new(store.clone()) as Box<dyn Store>);
        Custody::new(NoTokens, Timing::default(), store, "https://example.org", secret_id)
    }

    async fn fails(custody: &Custody) {
        let headers = [("http_x_ratelimit_account_success_remaining".parse().unwrap(), 2.into())];
        let (status, body) = (http::StatusCode::INTERNAL_SERVER_ERROR, r#"{"type":"UnknownRequestError"}"#);
        let headers = headers.into_iter().collect();
        let error = ApiError::read(BALANCES, status, headers, body.into(), SystemTime::now()).into();
        custody.note(BALANCES, &account(), Err(&error)).await;
    }

    // The paused clock does not move while a store is at work, so that no wait for it ends early.
    #[tokio::test(start_paused = true)]
    async fn what_one_run_learned_of_an_account_the_next_one_knows_until_it_is_reopened() {
        let store = Memory::default();
        let first = custody(Some(&store), "ours");
        for _ in 0..5 {
            fails(&first).await;
        }
        let second = custody(Some(&store), "ours");
        assert_eq!(second.admit(BALANCES, &account()).await.unwrap_err().failures(), 5);
        let third = custody(Some(&store), "ours");
        assert_eq!(third.quota(BALANCES, &account()).await.unwrap().remaining, Some(2));
        assert!(custody(Some(&store), "another's").admit(BALANCES, &account()).await.is_ok());

        custody(Some(&store), "ours").reopen(&account()).await;
        assert!(custody(Some(&store), "ours").admit(BALANCES, &account()).await.is_ok());
    }

    #[tokio::test]
    async fn without_a_store_nothing_is_waited_for() {
        let custody = custody(None, "ours");
        let mut context = Context::from_waker(Waker::noop());
        let mut noting = std::pin::pin!(fails(&custody));
        assert_eq!(noting.as_mut().poll(&mut context), Poll::Ready(()));
        let mut reopening = std::pin::pin!(async { custody.reopen(&account()).await });
        assert_eq!(reopening.as_mut().poll(&mut context), Poll::Ready(()));
    }

    #[tokio::test]
    async fn debug_tells_what_there_is_and_of_no_account_which() {
        let custody = custody(None, "canary");
        fails(&custody).await;
        let shown = format!("{custody:?}");
        assert!(shown.contains("TokenKeeper(..)") && shown.contains("AccountBook(1 accounts)"), "{shown}");
        assert!(!shown.contains("canary"), "{shown}");
    }
}
