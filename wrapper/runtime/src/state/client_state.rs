//! What a client remembers: its token, the circuit breakers and quotas of its accounts, and the store that shares them.

use std::time::{Duration, SystemTime};

use gocardless_bank_data_types::error::{CircuitOpenError, Error, Result};
use gocardless_bank_data_types::{AccountId, Operation, OperationClass, RateLimit, RateLimits};
use tokio::sync::OnceCell;

use super::saved::{Saved, fingerprint};
use super::shared_store::SharedStore;
use super::store::Store;
use crate::auth::{Timing, TokenCache, TokenSource};
use crate::policy::AccountTracker;

/// How long a response is held back until what it says about the account is saved.
const LONGEST_SAVE: Duration = Duration::from_secs(1);

/// The token, the accounts and the store of one client.
#[derive(Debug)]
pub struct ClientState {
    /// The access token that all calls share.
    pub tokens: TokenCache,
    accounts: AccountTracker,
    store: SharedStore,
    loaded: OnceCell<()>,
}

impl ClientState {
    /// State in memory, and in `store` if there is one. `address` and `secret_id` identify the owner of what is saved.
    pub fn new(
        source: impl TokenSource,
        timing: Timing,
        store: Option<Box<dyn Store>>,
        address: &str,
        secret_id: &str,
    ) -> Self {
        let store = SharedStore::new(store, fingerprint([address, secret_id]));
        let tokens = TokenCache::with_store(source, timing, store.clone());
        Self { tokens, accounts: AccountTracker::default(), store, loaded: OnceCell::new() }
    }

    /// Whether data of this account may be requested.
    ///
    /// # Errors
    /// [`CircuitOpenError`] after too many failures in a row.
    pub async fn check(&self, operation: Operation, account: &AccountId) -> Result<(), CircuitOpenError> {
        self.load_once().await;
        self.accounts.check(operation, account)
    }

    /// Records how a call for this account ended.
    pub async fn record(
        &self,
        operation: Operation,
        account: &AccountId,
        outcome: Result<&RateLimits, &Error>,
    ) {
        if operation.class() == OperationClass::MeteredRead {
            self.accounts.record(operation, account, outcome);
            self.save(account).await;
        }
    }

    /// The known quota of `operation` for this account.
    pub async fn quota(&self, operation: Operation, account: &AccountId) -> Option<RateLimit> {
        self.load_once().await;
        self.accounts.quota(operation, account, SystemTime::now())
    }

    /// Closes the circuit of an account again.
    pub async fn reset_circuit(&self, account: &AccountId) {
        self.load_once().await;
        self.accounts.reset(account);
        self.save(account).await;
    }

    /// Adopts, once, what the store knows about accounts.
    async fn load_once(&self) {
        self.loaded
            .get_or_init(|| async {
                if let Some(saved) = self.store.load().await {
                    self.accounts.adopt(&saved);
                }
            })
            .await;
    }

    async fn save(&self, account: &AccountId) {
        if self.store.is_some() {
            let mut changed = Saved::default();
            self.accounts.save(account, &mut changed);
            let store = self.store.clone();
            // Spawned, so a slow store cannot delay the response and a cancelled caller cannot lose the update.
            let saving = tokio::spawn(async move {
                store.lock_and_update(move |saved| saved.take_accounts(changed)).await;
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
    use crate::auth::IssuingTokens;
    use crate::state::{StoreError, StoreLock};
    use gocardless_bank_data_types::Secret;
    use gocardless_bank_data_types::error::ApiError;

    const BALANCES: Operation =
        Operation::new("get_account_balances", "GET", "/", OperationClass::MeteredRead);

    #[derive(Debug)]
    struct NoTokens;

    impl TokenSource for NoTokens {
        fn obtain(&self) -> IssuingTokens {
            Box::pin(std::future::pending())
        }

        fn refresh(&self, _: Secret) -> IssuingTokens {
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

    fn state(store: Option<&Memory>, secret_id: &str) -> ClientState {
        let store = store.map(|store| Box::new(store.clone()) as Box<dyn Store>);
        ClientState::new(NoTokens, Timing::default(), store, "https://example.org", secret_id)
    }

    async fn fails(state: &ClientState) {
        let headers = [("http_x_ratelimit_account_success_remaining".parse().unwrap(), 2.into())];
        let (status, body) = (http::StatusCode::INTERNAL_SERVER_ERROR, r#"{"type":"UnknownRequestError"}"#);
        let headers = headers.into_iter().collect();
        let error = ApiError::read(BALANCES, status, headers, body.into(), SystemTime::now()).into();
        state.record(BALANCES, &account(), Err(&error)).await;
    }

    // The paused clock does not move while a store is at work, so that no wait for it ends early.
    #[tokio::test(start_paused = true)]
    async fn what_one_run_learned_of_an_account_the_next_one_knows_until_it_is_reset() {
        let store = Memory::default();
        let first = state(Some(&store), "ours");
        for _ in 0..5 {
            fails(&first).await;
        }
        let second = state(Some(&store), "ours");
        assert_eq!(second.check(BALANCES, &account()).await.unwrap_err().failures(), 5);
        let third = state(Some(&store), "ours");
        assert_eq!(third.quota(BALANCES, &account()).await.unwrap().remaining, Some(2));
        assert!(state(Some(&store), "another's").check(BALANCES, &account()).await.is_ok());

        state(Some(&store), "ours").reset_circuit(&account()).await;
        assert!(state(Some(&store), "ours").check(BALANCES, &account()).await.is_ok());
    }

    #[tokio::test]
    async fn without_a_store_nothing_is_waited_for() {
        let state = state(None, "ours");
        let mut context = Context::from_waker(Waker::noop());
        let mut recording = std::pin::pin!(fails(&state));
        assert_eq!(recording.as_mut().poll(&mut context), Poll::Ready(()));
        let mut resetting = std::pin::pin!(async { state.reset_circuit(&account()).await });
        assert_eq!(resetting.as_mut().poll(&mut context), Poll::Ready(()));
    }

    #[tokio::test]
    async fn debug_shows_how_many_accounts_there_are_and_not_which() {
        let state = state(None, "canary");
        fails(&state).await;
        let shown = format!("{state:?}");
        assert!(shown.contains("TokenCache(..)") && shown.contains("AccountTracker(1 accounts)"), "{shown}");
        assert!(!shown.contains("canary"), "{shown}");
    }
}
