//! The peer, `gocardless-bankaccountdata`, with what its users must add: tokens, pages, and a bound on connections.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use gocardless_bankaccountdata::apis::accounts_api::{
    AccountsApi as _, AccountsApiClient, RetrieveAccountBalancesParams, RetrieveAccountMetadataParams,
    RetrieveAccountTransactionsParams,
};
use gocardless_bankaccountdata::apis::agreements_api::{
    AgreementsApi as _, AgreementsApiClient, CreateEuaParams,
};
use gocardless_bankaccountdata::apis::configuration::Configuration;
use gocardless_bankaccountdata::apis::requisitions_api::{
    CreateRequisitionParams, RequisitionsApi as _, RequisitionsApiClient, RetrieveAllRequisitionsParams,
};
use gocardless_bankaccountdata::apis::token_api::{
    GetANewAccessTokenParams, ObtainNewAccessSlashRefreshTokenPairParams, TokenApi as _, TokenApiClient,
};
use gocardless_bankaccountdata::apis::{Error, ResponseContent};
use gocardless_bankaccountdata::models;
use tokio::sync::{Mutex, Semaphore};

use crate::answers::{ACCOUNT, LIMITED, PER_PAGE};
use crate::body::account_with;
use crate::floor::CONNECTIONS;
use crate::subject::Subject;

/// The settings, which contain the token, and what all callers share.
pub struct Peer {
    plain: Arc<Configuration>,
    token: Mutex<Option<Held>>,
    sockets: Semaphore,
}

/// Settings with an access token, its refresh token, and when it expires.
struct Held {
    settings: Arc<Configuration>,
    refresh: String,
    until: Instant,
}

fn seconds(number: Option<i32>) -> Duration {
    Duration::from_secs(number.unwrap_or_default().unsigned_abs().into())
}

impl Peer {
    fn with(&self, access: Option<String>) -> Arc<Configuration> {
        Arc::new(Configuration { bearer_access_token: access, ..Configuration::clone(&self.plain) })
    }

    async fn settings(&self) -> Arc<Configuration> {
        let mut token = self.token.lock().await;
        let api = || TokenApiClient::new(Arc::clone(&self.plain));
        match &mut *token {
            Some(held) if held.until > Instant::now() => Arc::clone(&held.settings),
            Some(held) => {
                let request = models::JwtRefreshRequest::new(held.refresh.clone());
                let params = GetANewAccessTokenParams { jwt_refresh_request: request };
                let new = api().get_a_new_access_token(params).await.expect("a token");
                held.until = Instant::now() + seconds(new.access_expires);
                held.settings = self.with(new.access);
                Arc::clone(&held.settings)
            }
            None => {
                let request = models::JwtObtainPairRequest::new("id".to_owned(), "key".to_owned());
                let params = ObtainNewAccessSlashRefreshTokenPairParams { jwt_obtain_pair_request: request };
                let pair = api().obtain_new_access_slash_refresh_token_pair(params).await.expect("a pair");
                let until = Instant::now() + seconds(pair.access_expires);
                let settings = self.with(pair.access);
                let refresh = pair.refresh.unwrap_or_default();
                *token = Some(Held { settings: Arc::clone(&settings), refresh, until });
                settings
            }
        }
    }

    async fn account(&self, id: &str) -> Result<models::Account, Option<ResponseContent<()>>> {
        let api = AccountsApiClient::new(self.settings().await);
        let _permit = self.sockets.acquire().await.expect("a permit");
        let params = RetrieveAccountMetadataParams { id: id.to_owned() };
        api.retrieve_account_metadata(params).await.map_err(content)
    }
}

/// The response behind an error.
fn content<T>(error: Error<T>) -> Option<ResponseContent<()>> {
    match error {
        Error::ResponseError(ResponseContent { status, content, .. }) => {
            Some(ResponseContent { status, content, entity: None })
        }
        _ => None,
    }
}

impl Subject for Peer {
    fn connect(port: u16) -> Self {
        let base_path = format!("http://127.0.0.1:{port}");
        let plain = Arc::new(Configuration { base_path, ..Configuration::default() });
        Self { plain, token: Mutex::default(), sockets: Semaphore::new(CONNECTIONS) }
    }

    async fn token(&self) {
        self.metadata().await;
    }

    async fn metadata(&self) {
        black_box(self.account(ACCOUNT).await.expect("an account"));
    }

    async fn balances(&self) {
        let api = AccountsApiClient::new(self.settings().await);
        let _permit = self.sockets.acquire().await.expect("a permit");
        let params = RetrieveAccountBalancesParams { id: ACCOUNT.to_owned() };
        black_box(api.retrieve_account_balances(params).await.expect("balances"));
    }

    async fn transactions(&self, count: usize) -> usize {
        let api = AccountsApiClient::new(self.settings().await);
        let _permit = self.sockets.acquire().await.expect("a permit");
        let params =
            RetrieveAccountTransactionsParams { id: account_with(count), date_from: None, date_to: None };
        black_box(api.retrieve_account_transactions(params).await.expect("transactions"))
            .transactions
            .booked
            .len()
    }

    async fn requisitions(&self) -> usize {
        let mut count = 0;
        loop {
            let api = RequisitionsApiClient::new(self.settings().await);
            let _permit = self.sockets.acquire().await.expect("a permit");
            let offset = i32::try_from(count).ok().filter(|offset| *offset > 0);
            let params = RetrieveAllRequisitionsParams { limit: i32::try_from(PER_PAGE).ok(), offset };
            let page = api.retrieve_all_requisitions(params).await.expect("requisitions");
            for requisition in page.results {
                black_box(requisition);
                count += 1;
            }
            if count >= usize::try_from(page.count).unwrap_or_default() {
                return count;
            }
        }
    }

    // The peer drops the headers: only the text of the body says when the limit resets.
    async fn limited(&self) {
        let failed = self.account(LIMITED).await.expect_err("a limit").expect("an answer");
        assert_eq!(failed.status.as_u16(), 429);
        black_box(failed);
    }

    async fn refused(&self) {
        let api = RequisitionsApiClient::new(self.settings().await);
        let _permit = self.sockets.acquire().await.expect("a permit");
        let redirect = Some("https://example.org/back".to_owned());
        let request = models::RequisitionRequest::new(redirect, "NO_BANK".to_owned());
        let params = CreateRequisitionParams { requisition_request: request };
        let failed = api.create_requisition(params).await.map_err(content).expect_err("a refusal");
        assert!(failed.as_ref().is_some_and(|failed| failed.status.as_u16() == 400));
        black_box(failed);
    }

    async fn broken(&self) {
        let api = AgreementsApiClient::new(self.settings().await);
        let _permit = self.sockets.acquire().await.expect("a permit");
        let request = models::EndUserAgreementRequest::new("NO_BANK".to_owned());
        let params = CreateEuaParams { end_user_agreement_request: request };
        let failed = api.create_eua(params).await.map_err(content).expect_err("a page of a proxy");
        assert!(failed.as_ref().is_some_and(|failed| failed.status.as_u16() == 502));
        black_box(failed);
    }
}
