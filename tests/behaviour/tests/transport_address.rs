//! Can a client only be pointed at addresses that may receive a secret, and is no redirect followed?

use gocardless_bank_data::reqwest::{ClientBuilder, redirect};
use gocardless_bank_data::{ApiErrorKind, BankData, Credentials, Error};
use std::sync::{Arc, OnceLock};
use test_support::{
    Answer, Authority, FaultServer, Reply, SECRET_ID, SECRET_KEY, Subject, TlsFront, builder,
};

fn build(base_url: &str) -> Result<BankData, Error> {
    BankData::builder(Credentials::new(SECRET_ID, SECRET_KEY)).base_url(base_url).build()
}

/// Asserts that no client can be built for this address, and that the error does not repeat the address.
fn is_refused(base_url: &str) {
    let Err(error) = build(base_url) else { panic!("{base_url} is taken") };
    assert!(matches!(error, Error::InvalidRequest(_)), "{base_url}: {error:?}");
    let shown = format!("{error} {error:#?}");
    assert!(error.to_string().starts_with("base url: "), "{base_url}: {error}");
    assert!(!shown.contains("canary"), "{shown}");
}

#[test]
fn e10_an_address_that_a_secret_must_not_go_to_is_refused_at_build() {
    for base_url in [
        "http://example.org",
        "HTTP://EXAMPLE.ORG",
        "http:\\\\example.org",
        "http:example.org",
        "ftp://example.org",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "ws://127.0.0.1",
        "data:text/plain,x",
        "javascript:alert(1)",
        "https://canary@example.org",
        "https://u:canary@example.org",
        "https://:canary@example.org",
        "http://127.0.0.1@example.org",
        "https://example.org?canary",
        "https://example.org/#canary",
        "https://",
        "https:///",
        "//example.org",
        "example.org",
        "/api",
        "",
        " ",
        "https://exa mple.org",
        "https://[::1",
        "https://example.org:99999",
    ] {
        is_refused(base_url);
    }
}

#[test]
fn e10_a_host_that_only_looks_like_another_is_refused_unless_it_is_written_as_it_is() {
    for base_url in [
        // A Cyrillic letter instead of a Latin one, literally and escaped, and other non-ASCII names.
        "https://b\u{430}nkaccountdata.gocardless.com",
        "https://b%D0%B0nkaccountdata.gocardless.com",
        "https://bankaccountdata.gocardle\u{455}s.com",
        "https://b\u{fc}cher.example",
    ] {
        is_refused(base_url);
    }
    build("https://xn--bcher-kva.example").unwrap();
    build("https://XN--BCHER-KVA.example").unwrap();
    // A path may contain anything.
    build("https://example.org/b\u{fc}cher").unwrap();
}

#[test]
fn e10_https_goes_anywhere() {
    for base_url in [
        "https://bankaccountdata.gocardless.com",
        "https://ob.nordigen.com/",
        "https://example.org:8443/gocardless/",
        "https://192.0.2.1",
        "https://[2001:db8::1]:8443",
    ] {
        build(base_url).unwrap();
    }
}

#[test]
fn e11_http_is_allowed_to_this_machine_alone_judged_by_the_host_as_it_is_read() {
    for base_url in [
        "http://127.0.0.1",
        "http://127.0.0.1:8099/",
        "http://127.8.9.10:1",
        "http://[::1]:1",
        "http://[0:0:0:0:0:0:0:1]",
        "http://localhost",
        "http://LOCALHOST:8099/prefix",
        // The same address in other notations.
        "http://2130706433",
        "http://0x7f000001",
        "http://0177.0.0.1",
        "http://127.1",
    ] {
        build(base_url).unwrap_or_else(|error| panic!("{base_url}: {error}"));
    }
    for base_url in [
        "http://127.0.0.1.evil.org",
        "http://localhost.evil.org",
        "http://localhost@evil.org",
        "http://evil.org/localhost",
        "http://notlocalhost",
        "http://localhost.",
        "http://0.0.0.0",
        "http://0",
        "http://[::]",
        "http://[::ffff:192.0.2.1]",
        "http://128.0.0.1",
        "http://2130706432.evil.org",
        "http://2147483648",
        "http://10.0.0.1",
        "http://192.168.0.1",
        "http://169.254.169.254",
    ] {
        is_refused(base_url);
    }
}

#[tokio::test]
async fn e11_a_client_of_this_machine_connects_to_it_under_each_of_its_names() {
    let server = FaultServer::api(|_| Subject::Balances.success().reply()).await;
    let port = server.address().port();
    for (calls, host) in ["127.0.0.1", "localhost", "2130706433", "0x7f.1"].into_iter().enumerate() {
        let bank = builder(&server).base_url(format!("http://{host}:{port}")).build().unwrap();
        Subject::Balances.call(&bank).await.unwrap();
        assert_eq!(server.hits(), calls + 1, "{host}");
    }
}

#[tokio::test]
async fn e11_another_machine_is_spoken_to_by_http_only_if_it_is_named_as_a_test_server() {
    let server = FaultServer::api(|_| Subject::Balances.success().reply()).await;
    let url = format!("http://sandbox:{}", server.address().port());
    let named = || {
        let resolved = ClientBuilder::new().resolve("sandbox", server.address());
        builder(&server).http_client(resolved).test_server(&url)
    };
    Subject::Balances.call(&named().build().unwrap()).await.unwrap();
    assert_eq!(server.hits(), 1);
    // The last of the two counts.
    assert!(named().base_url(&url).build().is_err());
    for live in ["http://bankaccountdata.gocardless.com", "https://ob.nordigen.com"] {
        let error = named().test_server(live).build().unwrap_err().to_string();
        assert!(error.starts_with("base url: is the live api"), "{error}");
    }
}

#[tokio::test]
async fn e11_a_prefix_of_a_path_stays_in_front_of_every_call() {
    let server = FaultServer::start(|request| {
        let answer = match request.path.as_str() {
            "/gate/way/api/v2/token/new/" => test_support::token_answer(request),
            _ => Subject::Balances.success(),
        };
        answer.reply()
    })
    .await;
    let bank = builder(&server).base_url(format!("{}/gate/way/", server.url())).build().unwrap();
    Subject::Balances.call(&bank).await.unwrap();
    let paths: Vec<_> = server.requests().into_iter().map(|request| request.path).collect();
    assert_eq!(paths.len(), 2);
    assert!(paths.iter().all(|path| path.starts_with("/gate/way/api/v2/")), "{paths:?}");
}

const STATUSES: [u16; 5] = [301, 302, 303, 307, 308];

/// The targets of redirects, and whether they were contacted.
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

    /// All targets, relative to a server at `url`.
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

    /// Settings of a client that would follow redirects, and could.
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

/// The prefix under which every call is redirected this way.
fn place(status: u16, target: usize) -> String {
    format!("/{status}/{target}")
}

/// A server that redirects each path below `/STATUS/TARGET`, except token requests if `but_tokens`.
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
            // The token request, which is under this prefix too, and the read: nothing else arrived here either.
            assert_eq!(server.hits() - before, 2, "{case}");
        }
    }
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
    let error = Subject::Balances.call(&test_support::client(&server)).await.unwrap_err();
    assert!(!format!("{error} {error:#?}").contains("canary"));
    assert_eq!(error.headers().unwrap()["location"], "https://evil.example/?token=canary-access");
}
