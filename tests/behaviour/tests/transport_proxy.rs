//! Does a proxy see nothing but the host, and does a bad one fail a call with an error of its own kind? (E12, E13)

#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, reason = "clippy.toml allows it in tests, but not in their helpers")]

use std::fmt::Write;
use std::process::Command;
use std::time::{Duration, Instant};

use behaviour::{
    Answer, Authority, Directory, FaultServer, Reply, SECRET_ID, SECRET_KEY, Step, Subject, TlsFront,
    TunnelProxy,
};
use futures_util::future::join_all;
use gocardless_bank_data::error::Sent;
use gocardless_bank_data::reqwest::{ClientBuilder, Proxy};
use gocardless_bank_data::{BankData, Credentials, Error, Timeouts};

const HOST: &str = "api.example.org";

/// The API behind TLS under a name that is not of this machine, and a file with the authority that vouches for it.
struct Api {
    server: FaultServer,
    front: TlsFront,
    directory: Directory,
}

impl Api {
    async fn start() -> Self {
        let (authority, directory) = (Authority::default(), Directory::default());
        let server = FaultServer::api(|_| Subject::Balances.success().reply()).await;
        let front = TlsFront::start(&server, authority.peer(HOST)).await;
        std::fs::write(directory.file("root"), authority.root_der()).unwrap();
        Self { server, front, directory }
    }

    /// What a process with these variables and no other says to one call.
    async fn call(&self, base_url: &str, variables: &[(&str, &str)]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lone_call"));
        command.env_clear().envs(variables.iter().copied());
        command.arg(base_url).arg(self.directory.file("root")).arg(self.front.address().to_string());
        let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
        let (said, complained) = (output.stdout, output.stderr);
        String::from_utf8(said).unwrap() + &String::from_utf8(complained).unwrap()
    }
}

#[tokio::test]
async fn e12_a_proxy_of_the_environment_learns_the_host_and_nothing_else() {
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
        let api = Api::start().await;
        let proxy = TunnelProxy::start(api.front.address()).await;
        let said = api.call(&format!("https://{HOST}"), &[(variable, &proxy.url())]).await;
        assert!(said.starts_with("succeeded"), "{variable}: {said}");
        let asked = proxy.asked();
        assert!(!asked.is_empty(), "{variable}");
        for head in asked {
            assert!(head.starts_with(&format!("CONNECT {HOST}:443 HTTP/1.1\r\n")), "{head}");
            for secret in ["Bearer", "access-1", "authorization", SECRET_ID, SECRET_KEY, "/api/"] {
                assert!(!head.to_ascii_lowercase().contains(&secret.to_ascii_lowercase()), "{head}");
            }
        }
        assert_eq!(api.server.hits(), 1);
    }
}

#[tokio::test]
async fn e12_a_host_that_needs_no_proxy_is_spoken_to_directly() {
    let api = Api::start().await;
    let proxy = TunnelProxy::start(api.front.address()).await;
    let url = format!("https://{HOST}:{}", api.front.address().port());
    let said = api.call(&url, &[("ALL_PROXY", &proxy.url()), ("NO_PROXY", HOST)]).await;
    assert!(said.starts_with("succeeded"), "{said}");
    assert_eq!((proxy.asked().len(), api.server.hits()), (0, 1));
}

#[tokio::test]
async fn e12_this_machine_is_never_spoken_to_through_a_proxy() {
    let api = Api::start().await;
    let proxy = TunnelProxy::start(api.server.address()).await;
    let variables = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"].map(|name| (name, proxy.url()));
    let variables: Vec<_> = variables.iter().map(|(name, url)| (*name, url.as_str())).collect();
    let said = api.call(&api.server.url(), &variables).await;
    assert!(said.starts_with("succeeded"), "{said}");
    // Not even where the caller asks for it.
    let http = ClientBuilder::new().proxy(Proxy::all(proxy.url()).unwrap());
    let bank = behaviour::builder(&api.server).http_client(http).build().unwrap();
    Subject::Balances.call(&bank).await.unwrap();
    assert_eq!((proxy.asked().len(), api.server.hits()), (0, 2));
}

/// A client that needs a password for its proxy.
fn over(proxy: &FaultServer) -> BankData {
    let url = proxy.url().replace("http://", "http://canary-user:canary-password@");
    BankData::builder(Credentials::new(SECRET_ID, SECRET_KEY))
        .base_url(format!("https://{HOST}"))
        .http_client(ClientBuilder::new().proxy(Proxy::all(url).unwrap()))
        .timeouts(Timeouts { connect: Duration::from_millis(300), ..Timeouts::default() })
        .build()
        .unwrap()
}

/// What one token request comes to, and how long it took.
async fn obtain(bank: &BankData) -> (Error, Duration) {
    let started = Instant::now();
    let error = bank.tokens().obtain().deadline(Duration::from_millis(500)).await.unwrap_err();
    (error, started.elapsed())
}

#[tokio::test]
async fn e13_a_proxy_that_refuses_babbles_or_hangs_is_an_error_before_anything_was_sent() {
    let replies = [
        ("407", Answer::new(407, "").header("proxy-authenticate", "Basic realm=\"canary-realm\"").reply()),
        ("403", Answer::new(403, "canary-page").reply()),
        ("502", Answer::new(502, "").reply()),
        ("garbage", Reply::steps([Step::Send(b"\x00\xffgarbage\r\n\r\n".to_vec()), Step::Close])),
        ("no end", Reply::steps([Step::Send(vec![b'x'; 1 << 20]), Step::Stall])),
        ("closed", Reply::close()),
        ("reset", Reply::reset()),
        ("hangs", Reply::stall()),
        ("half a head", Reply::steps([Step::Send(b"HTTP/1.1 200 OK\r\n".to_vec()), Step::Stall])),
    ];
    // All clients are made before the first is timed: making one takes a while, and they share this thread.
    let mut proxies = Vec::new();
    for (case, reply) in replies {
        let proxy = FaultServer::start(move |_| reply.clone()).await;
        proxies.push((case, over(&proxy), proxy));
    }
    let outcomes = proxies.iter().map(|(case, bank, proxy)| async move {
        let (error, took) = obtain(bank).await;
        assert!(matches!(error, Error::Transport(_) | Error::Timeout(_)), "{case}: {error:?}");
        assert_eq!(error.sent(), Sent::No, "{case}: {error:?}");
        assert!(took < Duration::from_millis(1_500), "{case}: {took:?}");
        // Nothing was sent, so it may be tried again, and what is tried is the tunnel alone.
        assert!(proxy.requests().iter().all(|request| request.method == "CONNECT"), "{case}");
    });
    join_all(outcomes).await;
}

#[tokio::test]
async fn e13_the_password_of_a_proxy_is_in_no_error() {
    let proxy = FaultServer::start(|_| Answer::new(407, "").reply()).await;
    let (error, _) = obtain(&over(&proxy)).await;
    let sent = proxy.requests()[0].headers["proxy-authorization"].to_str().unwrap().to_owned();
    let mut shown = format!("{error} {error:#} {error:?} {error:#?}");
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        let _ = write!(shown, "{cause} {cause:?} {cause:#?}");
        source = cause.source();
    }
    let encoded = sent.strip_prefix("Basic ").unwrap();
    assert!(!shown.contains("canary") && !shown.contains(encoded), "{shown}");
}
