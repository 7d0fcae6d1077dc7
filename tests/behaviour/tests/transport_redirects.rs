//! Is every redirect an error, and its target never asked for anything? (E9; goal 13)

#![forbid(unsafe_code)]
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "clippy.toml allows it in tests, but not in their helpers"
)]

use std::sync::{Arc, OnceLock};

use behaviour::{Answer, Authority, FaultServer, Reply, Request, Subject, TlsFront, builder, figure};
use gocardless_bank_data::reqwest::{ClientBuilder, redirect};
use gocardless_bank_data::{ApiErrorKind, Error};

const STATUSES: [u16; 5] = [301, 302, 303, 307, 308];

/// Where a redirect leads, and whether somebody came.
struct Targets {
    other: FaultServer,
    front: TlsFront,
    root: gocardless_bank_data::reqwest::Certificate,
}

impl Targets {
    async fn start() -> Self {
        let other = FaultServer::start(|_| Answer::new(200, "{}").reply()).await;
        let authority = Authority::default();
        let front = TlsFront::start(&other, authority.peer("localhost")).await;
        Self { other, front, root: authority.root() }
    }

    /// All targets, seen from a server at `url`.
    fn of(&self, url: &str) -> [(&'static str, String); 4] {
        [
            ("same host", format!("{url}/taken/?q=1")),
            ("other host", format!("{}/taken/", url.replace("127.0.0.1", "localhost"))),
            ("other port", format!("{}/taken/", self.other.url())),
            ("other scheme", format!("{}/taken/", self.front.url("localhost"))),
        ]
    }

    fn visitors(&self) -> usize {
        self.other.requests().len() + self.front.connections()
    }

    /// Tells how many combinations were tried from `server`, and how many bytes came of them to where they led.
    fn tell(&self, combinations: usize, server: &FaultServer) {
        let taken = server.requests().into_iter().filter(|request| request.path.contains("taken"));
        let bytes = |request: &Request| request.path.len() + request.query.len() + request.body.len();
        let led: usize = taken.chain(self.other.requests()).map(|request| bytes(&request)).sum();
        figure("G13", "combinations", combinations);
        figure("G13", "bytes at a target", led + self.front.bytes());
        figure("G13", "connections to a target over TLS", self.front.connections());
    }

    /// A client that would follow, and could.
    fn eager(&self) -> ClientBuilder {
        let policy = redirect::Policy::limited(10);
        ClientBuilder::new().redirect(policy).referer(true).tls_certs_only([self.root.clone()])
    }
}

fn redirecting(status: u16, location: &str) -> Reply {
    Answer::new(status, "{}").header("location", location).reply()
}

fn is_redirect(error: &Error, status: u16, case: &str) {
    assert_eq!(error.kind(), Some(ApiErrorKind::Redirect), "{case}: {error:?}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(status), "{case}");
}

/// The prefix under which every call is redirected like this.
fn place(status: u16, target: usize) -> String {
    format!("/{status}/{target}")
}

/// A server that redirects each path below `/STATUS/TARGET` as it says, but for tokens where `but_tokens`.
async fn server(targets: &Targets, but_tokens: bool) -> FaultServer {
    let leads = Arc::new(OnceLock::<[(&'static str, String); 4]>::new());
    let known = Arc::clone(&leads);
    let server = FaultServer::start(move |request| {
        if but_tokens && request.path.ends_with("/token/new/") {
            let body = serde_json::json!({ "access": "access-1", "access_expires": 86_400 });
            return Answer::json(200, &body).reply();
        }
        let mut parts = request.path.split('/').skip(1);
        let status = parts.next().and_then(|part| part.parse().ok());
        let target = parts.next().and_then(|part| part.parse::<usize>().ok());
        match (status, target, known.get()) {
            (Some(status), Some(target), Some(targets)) => redirecting(status, &targets[target].1),
            _ => Answer::new(200, "{}").reply(),
        }
    })
    .await;
    leads.set(targets.of(&server.url())).unwrap();
    server
}

#[tokio::test]
async fn e09_no_redirect_is_followed_by_a_read_wherever_it_leads() {
    let targets = Targets::start().await;
    let server = server(&targets, true).await;
    for status in STATUSES {
        for (at, (case, _)) in targets.of(&server.url()).into_iter().enumerate() {
            let base_url = format!("{}{}", server.url(), place(status, at));
            let bank = builder(&server).base_url(base_url).http_client(targets.eager()).build().unwrap();
            let before = server.hits();
            let error = Subject::Transactions.call(&bank).await.unwrap_err();
            is_redirect(&error, status, case);
            // The token, for it is asked under this prefix, and the read: nothing else came here either.
            assert_eq!(server.hits() - before, 2, "{case}");
        }
    }
    targets.tell(STATUSES.len() * 4, &server);
    assert_eq!(targets.visitors(), 0);
    assert!(server.requests().iter().all(|request| !request.path.contains("taken")));
}

#[tokio::test]
async fn e09_no_redirect_carries_the_secret_key_of_a_token_request_anywhere() {
    let targets = Targets::start().await;
    let server = server(&targets, false).await;
    for status in STATUSES {
        for (at, (case, _)) in targets.of(&server.url()).into_iter().enumerate() {
            let base_url = format!("{}{}", server.url(), place(status, at));
            let bank = builder(&server).base_url(base_url).http_client(targets.eager()).build().unwrap();
            let before = server.hits();
            is_redirect(&bank.tokens().obtain().await.unwrap_err(), status, case);
            is_redirect(&Subject::Balances.call(&bank).await.unwrap_err(), status, case);
            assert_eq!(server.hits() - before, 2, "{case}");
        }
    }
    targets.tell(STATUSES.len() * 4, &server);
    assert_eq!(targets.visitors(), 0);
    assert!(server.requests().iter().all(|request| !request.path.contains("taken")));
}

#[tokio::test]
async fn e09_a_create_that_is_redirected_is_sent_once() {
    let targets = Targets::start().await;
    let server = server(&targets, true).await;
    for status in STATUSES {
        let base_url = format!("{}{}", server.url(), place(status, 2));
        let bank = builder(&server).base_url(base_url).http_client(targets.eager()).build().unwrap();
        let error = Subject::CreateRequisition.call(&bank).await.unwrap_err();
        is_redirect(&error, status, "create");
        assert_eq!(error.attempts(), 1);
    }
    assert_eq!(targets.visitors(), 0);
}

#[tokio::test]
async fn e09_the_target_of_a_redirect_is_not_shown_since_it_may_hold_what_was_sent() {
    let server = FaultServer::api(|_| redirecting(302, "https://evil.example/?token=canary-access")).await;
    let error = Subject::Balances.call(&behaviour::client(&server)).await.unwrap_err();
    assert!(!format!("{error} {error:#?}").contains("canary"));
    assert_eq!(error.headers().unwrap()["location"], "https://evil.example/?token=canary-access");
}
