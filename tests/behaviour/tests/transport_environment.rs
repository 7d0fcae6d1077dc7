//! Do environment variables, proxies and cookies expose nothing, and does a broken proxy fail a call with a clear error?

use futures_util::future::join_all;
use gocardless_bank_data::error::Sent;
use gocardless_bank_data::reqwest::{ClientBuilder, Proxy};
use gocardless_bank_data::{BankData, Credentials, Error, Timeouts};
use std::fmt::Write;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;
use test_support::{
    Answer, Authority, Directory, FaultServer, Reply, SECRET_ID, SECRET_KEY, Step, Subject, TlsFront,
    TunnelProxy, builder, ends, token_answer,
};

#[tokio::test]
async fn e14_no_variable_of_the_environment_writes_keys_or_secrets_even_where_the_caller_asked_for_it() {
    let (authority, directory) = (Authority::default(), Directory::default());
    let server = FaultServer::api(|_| Subject::Balances.success().reply()).await;
    let front = TlsFront::start(&server, authority.peer("localhost")).await;
    std::fs::write(directory.file("root"), authority.root_der()).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_lone_call"));
    command
        .env("SSLKEYLOGFILE", directory.file("keys"))
        .env("RUST_LOG", "trace")
        .env("RUST_BACKTRACE", "full");
    command.arg(front.url("localhost")).arg(directory.file("root")).arg(front.address().to_string());
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(said.starts_with("succeeded"), "{said}");
    for secret in [SECRET_ID, SECRET_KEY, "access-1", "refresh-1"] {
        assert!(!said.contains(secret), "{said}");
    }
    assert_eq!(directory.names(), ["root"]);
}

#[tokio::test]
async fn e15_a_cookie_is_neither_kept_nor_sent_whatever_the_caller_asked_for() {
    let cookies = ["a=b", "c=d; Path=/; Secure", "e=f; Domain=127.0.0.1; Max-Age=86400; HttpOnly"];
    let server = FaultServer::start(move |request| {
        let answer = if request.is_token() { token_answer(request) } else { Subject::Metadata.success() };
        cookies.iter().fold(answer, |answer, cookie| answer.header("set-cookie", *cookie)).reply()
    })
    .await;
    let jar = Arc::new(reqwest::cookie::Jar::default());
    jar.add_cookie_str("g=h", &server.url().parse().unwrap());
    let settings: [(&str, ClientBuilder); 3] = [
        ("nothing", ClientBuilder::new()),
        ("a store", ClientBuilder::new().cookie_store(true)),
        ("a jar", ClientBuilder::new().cookie_provider(jar)),
    ];
    for (asked_for, http) in settings {
        let before = server.requests().len();
        let bank = builder(&server).http_client(http).build().unwrap();
        for _ in 0..3 {
            Subject::Metadata.call(&bank).await.unwrap();
        }
        let requests = server.requests().split_off(before);
        assert_eq!(requests.len(), 4, "{asked_for}");
        assert!(requests.iter().all(|request| !request.headers.contains_key("cookie")), "{asked_for}");
    }
}

#[tokio::test]
async fn e15_the_same_library_keeps_cookies_where_it_is_asked_to() {
    // This shows that the test above means something: the feature is compiled in.
    let server =
        FaultServer::start(|_| Subject::Metadata.success().header("set-cookie", "a=b").reply()).await;
    gocardless_bank_data::install_cryptography();
    let http = reqwest::Client::builder().cookie_store(true).build().unwrap();
    for _ in 0..2 {
        http.get(server.url()).send().await.unwrap();
    }
    assert_eq!(server.requests()[1].headers["cookie"], "a=b");
}

const HOST: &str = "api.example.org";

/// The API behind TLS under the name of another host, and a file with the authority that signed its certificate.
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

    /// The output of one call in a process with only these environment variables.
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
async fn e12_a_host_that_needs_no_proxy_is_connected_to_directly() {
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
    // Not even if the caller asks for it.
    let http = ClientBuilder::new().proxy(Proxy::all(proxy.url()).unwrap());
    let bank = test_support::builder(&api.server).http_client(http).build().unwrap();
    Subject::Balances.call(&bank).await.unwrap();
    assert_eq!((proxy.asked().len(), api.server.hits()), (0, 2));
}

/// A client whose proxy needs a password.
fn over(proxy: &FaultServer) -> BankData {
    let url = proxy.url().replace("http://", "http://canary-user:canary-password@");
    BankData::builder(Credentials::new(SECRET_ID, SECRET_KEY))
        .base_url(format!("https://{HOST}"))
        .http_client(ClientBuilder::new().proxy(Proxy::all(url).unwrap()))
        .timeouts(Timeouts { connect: Duration::from_millis(300), ..Timeouts::default() })
        .build()
        .unwrap()
}

/// The error of one token request. A proxy that hangs is part of connecting, so the connect timeout ends it.
async fn obtain(bank: &BankData) -> Error {
    ends(bank.tokens().obtain().send()).await.unwrap_err()
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
    let outcomes = replies.map(|(case, reply)| async move {
        let proxy = FaultServer::start(move |_| reply.clone()).await;
        let error = obtain(&over(&proxy)).await;
        assert!(matches!(error, Error::Transport(_) | Error::Timeout(_)), "{case}: {error:?}");
        assert_eq!(error.sent(), Sent::No, "{case}: {error:?}");
        // Nothing was sent, so it may be retried, and only the tunnel is.
        assert!(proxy.requests().iter().all(|request| request.method == "CONNECT"), "{case}");
    });
    join_all(outcomes).await;
}

#[tokio::test]
async fn e13_the_password_of_a_proxy_is_in_no_error() {
    let proxy = FaultServer::start(|_| Answer::new(407, "").reply()).await;
    let error = obtain(&over(&proxy)).await;
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
