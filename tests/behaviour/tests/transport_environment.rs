//! Do the variables of a process, and what a server wants remembered, change nothing about what is kept secret?
//! (E14, E15)

#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, reason = "clippy.toml allows it in tests, but not in their helpers")]

use std::process::Command;
use std::sync::Arc;

use behaviour::{
    Authority, Directory, FaultServer, SECRET_ID, SECRET_KEY, Subject, TlsFront, builder, token_answer,
};
use reqwest::ClientBuilder;

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
    // So that the test above says something: the feature is compiled in.
    let server =
        FaultServer::start(|_| Subject::Metadata.success().header("set-cookie", "a=b").reply()).await;
    gocardless_bank_data::install_cryptography();
    let http = reqwest::Client::builder().cookie_store(true).build().unwrap();
    for _ in 0..2 {
        http.get(server.url()).send().await.unwrap();
    }
    assert_eq!(server.requests()[1].headers["cookie"], "a=b");
}
