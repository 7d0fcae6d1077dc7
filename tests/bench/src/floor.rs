//! The floor: `reqwest` and plain structs, written by hand to do the same work and nothing else.

#![allow(dead_code, reason = "an error has what a caller needs, whether or not it is read")]

use std::collections::HashMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use reqwest::{Client, Response, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::sync::{Mutex, Semaphore};

use crate::answers::{ACCOUNT, LIMITED, PER_PAGE};
use crate::body::account_with;
use crate::plain;
use crate::subject::Subject;

/// As our client allows by default.
pub const CONNECTIONS: usize = 64;
/// Deadline of a call.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The client, the token that all callers share, and the bound on connections.
pub struct Floor {
    http: Client,
    base: String,
    token: Mutex<Option<Held>>,
    sockets: Semaphore,
}

/// An access token, its refresh token, and when it expires.
struct Held {
    access: String,
    refresh: String,
    until: Instant,
}

/// A response with a non-success status, as far as a caller can act on it.
#[derive(Debug)]
pub struct Failed {
    /// The status.
    pub status: StatusCode,
    /// Seconds until the limit resets.
    pub reset: Option<u64>,
    /// What the service said.
    pub said: Said,
    /// The body as it came.
    pub body: String,
}

/// What the service says about an error.
#[derive(Debug, Default, Deserialize)]
pub struct Said {
    pub summary: Option<String>,
    pub detail: Option<String>,
    /// What it says about single fields.
    #[serde(flatten)]
    pub fields: HashMap<String, serde_json::Value>,
}

impl Floor {
    async fn bearer(&self) -> String {
        let mut token = self.token.lock().await;
        match &mut *token {
            Some(held) if held.until > Instant::now() => held.access.clone(),
            Some(held) => {
                let body = serde_json::json!({ "refresh": held.refresh });
                let answer =
                    self.http.post(format!("{}/api/v2/token/refresh/", self.base)).json(&body).send();
                let new: plain::Refreshed = answer.await.expect("an answer").json().await.expect("a token");
                held.until = Instant::now() + Duration::from_secs(new.access_expires);
                held.access = new.access;
                held.access.clone()
            }
            None => {
                let body = serde_json::json!({ "secret_id": "id", "secret_key": "key" });
                let answer = self.http.post(format!("{}/api/v2/token/new/", self.base)).json(&body).send();
                let pair: plain::Pair = answer.await.expect("an answer").json().await.expect("a pair");
                let until = Instant::now() + Duration::from_secs(pair.access_expires);
                token.insert(Held { access: pair.access, refresh: pair.refresh, until }).access.clone()
            }
        }
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failed> {
        let token = self.bearer().await;
        let _permit = self.sockets.acquire().await.expect("a permit");
        let request = self.http.get(format!("{}/api/v2/{path}", self.base)).bearer_auth(token);
        let request = request.header("accept", "application/json");
        read(request.send().await.expect("an answer")).await
    }

    async fn post<T: DeserializeOwned>(&self, path: &str, body: &plain::Requested) -> Result<T, Failed> {
        let token = self.bearer().await;
        let _permit = self.sockets.acquire().await.expect("a permit");
        let request = self.http.post(format!("{}/api/v2/{path}", self.base)).bearer_auth(token);
        let request = request.header("accept", "application/json").json(body);
        read(request.send().await.expect("an answer")).await
    }
}

async fn read<T: DeserializeOwned>(answer: Response) -> Result<T, Failed> {
    let status = answer.status();
    if status.is_success() {
        return Ok(answer.json().await.expect("what was promised"));
    }
    let reset = answer.headers().get("http_x_ratelimit_reset");
    let reset = reset.and_then(|value| value.to_str().ok()?.parse().ok());
    let body = answer.text().await.expect("a body");
    let said = serde_json::from_str(&body).unwrap_or_default();
    Err(Failed { status, reset, said, body })
}

impl Subject for Floor {
    fn connect(port: u16) -> Self {
        let http = Client::builder().timeout(TIMEOUT).no_proxy().user_agent("floor/1.0");
        let http = http.redirect(reqwest::redirect::Policy::none()).referer(false).build().expect("settings");
        let base = format!("http://127.0.0.1:{port}");
        Self { http, base, token: Mutex::default(), sockets: Semaphore::new(CONNECTIONS) }
    }

    async fn token(&self) {
        self.bearer().await;
        self.metadata().await;
    }

    async fn metadata(&self) {
        black_box(self.get::<plain::Account>(&format!("accounts/{ACCOUNT}/")).await.expect("an account"));
    }

    async fn balances(&self) {
        black_box(
            self.get::<plain::Balances>(&format!("accounts/{ACCOUNT}/balances/")).await.expect("balances"),
        );
    }

    async fn transactions(&self, count: usize) -> usize {
        let path = format!("accounts/{}/transactions/", account_with(count));
        let answer = black_box(self.get::<plain::Transactions>(&path).await.expect("transactions"));
        answer.transactions.booked.len()
    }

    async fn requisitions(&self) -> usize {
        let mut count = 0;
        loop {
            let mut path = format!("requisitions/?limit={PER_PAGE}");
            if count > 0 {
                path.push_str(&format!("&offset={count}"));
            }
            let page = self.get::<plain::Requisitions>(&path).await.expect("requisitions");
            for requisition in page.results {
                black_box(requisition);
                count += 1;
            }
            if count >= page.count {
                return count;
            }
        }
    }

    async fn limited(&self) {
        let failed = self.get::<plain::Account>(&format!("accounts/{LIMITED}/")).await.expect_err("a limit");
        assert_eq!(failed.reset, Some(59));
        black_box(failed);
    }

    async fn refused(&self) {
        let body = plain::Requested {
            institution_id: "NO_BANK".to_owned(),
            redirect: Some("https://example.org/back".to_owned()),
        };
        let failed = self.post::<plain::Requisition>("requisitions/", &body).await.expect_err("a refusal");
        assert!(failed.said.fields.contains_key("institution_id"));
        black_box(failed);
    }

    async fn broken(&self) {
        let body = plain::Requested { institution_id: "NO_BANK".to_owned(), redirect: None };
        let failed = self.post::<plain::Account>("agreements/enduser/", &body).await.expect_err("a page");
        assert_eq!(failed.status, StatusCode::BAD_GATEWAY);
        black_box(failed);
    }
}
