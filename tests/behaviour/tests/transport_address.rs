//! May a client be pointed only at addresses that a secret may be sent to? (E10, E11)

#![forbid(unsafe_code)]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy.toml allows it in tests, but not in their helpers"
)]

use behaviour::{FaultServer, SECRET_ID, SECRET_KEY, Subject, builder};
use gocardless_bank_data::{BankData, Credentials, Error};

fn build(base_url: &str) -> Result<BankData, Error> {
    BankData::builder(Credentials::new(SECRET_ID, SECRET_KEY)).base_url(base_url).build()
}

/// That a client of this address cannot be built, and that the error does not repeat the address.
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
        // A Cyrillic letter in place of a Latin one, as it is, escaped, and under a name of its own.
        "https://b\u{430}nkaccountdata.gocardless.com",
        "https://b%D0%B0nkaccountdata.gocardless.com",
        "https://bankaccountdata.gocardle\u{455}s.com",
        "https://b\u{fc}cher.example",
    ] {
        is_refused(base_url);
    }
    build("https://xn--bcher-kva.example").unwrap();
    build("https://XN--BCHER-KVA.example").unwrap();
    // A path may say what it likes.
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
        // The same address, as a number and in parts.
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
async fn e11_a_client_of_this_machine_speaks_to_it_under_each_of_its_names() {
    let server = FaultServer::api(|_| Subject::Balances.success().reply()).await;
    let port = server.address().port();
    for (calls, host) in ["127.0.0.1", "localhost", "2130706433", "0x7f.1"].into_iter().enumerate() {
        let bank = builder(&server).base_url(format!("http://{host}:{port}")).build().unwrap();
        Subject::Balances.call(&bank).await.unwrap();
        assert_eq!(server.hits(), calls + 1, "{host}");
    }
}

#[tokio::test]
async fn e11_a_prefix_of_a_path_stays_in_front_of_every_call() {
    let server = FaultServer::start(|request| {
        let answer = match request.path.as_str() {
            "/gate/way/api/v2/token/new/" => behaviour::token_answer(request),
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
