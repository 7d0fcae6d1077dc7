//! Is a secret or personal data never part of any representation of any error?
//!
//! Everything that must not be shown contains `canary`. It is placed where banks and servers put such data: in bodies of every
//! shape, in headers, in pages. Summary and detail are the API's own words and are shown by design.

use std::error::Error as _;
use std::fmt::Write;

use futures_util::StreamExt;
use gocardless_bank_data::reqwest::ClientBuilder;
use gocardless_bank_data::{AccountId, AgreementId, BankData, Credentials, Error, InstitutionId};
use serde_json::{Value, json};
use test_support::{
    Answer, Authority, FaultServer, FrozenClock, HANG, Peer, RawPeer, Reply, Request, SECRET_ID, SECRET_KEY,
    Step, Subject, TlsFront, builder,
};
use tokio::net::TcpSocket;

/// An account whose id must not be shown either, since it is part of the URL.
fn account() -> AccountId {
    "canary-account".parse().unwrap()
}

/// Secrets of the client and data from the bank: the six canaries by the names of their members.
fn personal() -> Value {
    json!({
        "secret_id": SECRET_ID, "secret_key": SECRET_KEY, "access": "canary-access", "refresh": "canary-refresh",
        "iban": "CANARY29NWBK60161331926819", "ownerName": "Canary Owner", "owner_name": "Canary Owner",
    })
}

/// An account instead of an error, as in `docs/api.md#account-as-error`, and the same with members missing.
fn accounts() -> [Value; 3] {
    let whole = json!({
        "id": "canary-account", "created": "2025-12-20 09:53:09.361801+00:00", "iban": "CANARY29NWBK60161331926819",
        "aspsp_identifier": "canary", "status": "ERROR", "owner_name": "Canary Owner",
    });
    let without = |name: &str| {
        let mut members = whole.as_object().unwrap().clone();
        members.remove(name);
        Value::Object(members)
    };
    [whole.clone(), without("id"), without("status")]
}

/// Bodies that servers send when something is wrong.
fn bodies() -> Vec<Vec<u8>> {
    let personal = personal();
    let [whole, without_id, without_status] = accounts();
    let objects = [
        whole,
        without_id,
        without_status,
        json!({ "account": personal, "status_code": 409 }),
        json!({ "summary": "Couldn't update account details", "type": "UnknownRequestError", "request": personal }),
        json!({ "summary": "s", "detail": "d", "status_code": "canary", "account": [personal] }),
        json!({ "transactions": { "booked": [personal], "pending": [] } }),
        json!([personal]),
        // What was sent, echoed.
        personal.clone(),
        json!({ "secret_id": SECRET_ID, "secret_key": SECRET_KEY }),
        json!({ "access": "canary-access", "refresh": "canary-refresh" }),
    ];
    let texts = [
        format!("<html><title>canary</title>{personal}</html>").into_bytes(),
        format!("access=canary-access {personal}").into_bytes(),
        b"{\"iban\": \"CANARY29\", \"cut".to_vec(),
        b"\xff\xfe\x00canary".to_vec(),
        Vec::new(),
    ];
    objects.iter().map(|object| object.to_string().into_bytes()).chain(texts).collect()
}

/// A response with canaries in its headers.
fn answer(status: u16, body: Vec<u8>) -> Answer {
    Answer::new(status, body)
        .header("set-cookie", "session=canary")
        .header("location", "https://example.org/?token=canary")
        .header("www-authenticate", "Bearer canary")
        .header("x-echo-authorization", "Bearer canary-access")
        .header("x-c-uuid", "request-7")
}

/// A successful token response.
fn tokens() -> Reply {
    let body = json!({
        "access": "canary-access", "access_expires": 86_400, "refresh": "canary-refresh", "refresh_expires": 2_592_000,
    });
    Answer::json(200, &body).reply()
}

/// A client of a server that treats everything but token requests as `script` says.
async fn client(script: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> (FaultServer, BankData) {
    let server =
        FaultServer::start(move |request| if request.is_token() { tokens() } else { script(request) }).await;
    let bank = builder(&server).body_limit(4096).build().unwrap();
    (server, bank)
}

/// Every representation of an error and its sources.
fn shown(error: &Error) -> String {
    let mut all = format!("{error} {error:#} {error:?} {error:#?} {} {:?}", error.advice(), error.kind());
    let mut source = error.source();
    while let Some(cause) = source {
        let _ = write!(all, " {cause} {cause:#} {cause:?} {cause:#?}");
        source = cause.source();
    }
    all
}

#[track_caller]
fn is_clean(case: &str, error: &Error) {
    let shown = shown(error);
    assert!(!shown.to_lowercase().contains("canary"), "{case}: {shown}");
    // Nor a URL: its path contains ids.
    assert!(!shown.contains("127.0.0.1") && !shown.contains("://"), "{case}: {shown}");
}

/// The name of the variant, so that none is forgotten.
fn variant(error: &Error) -> String {
    let name = match error {
        Error::Api(_) => "Api",
        Error::Auth(_) => "Auth",
        Error::Timeout(_) => "Timeout",
        Error::Transport(_) => "Transport",
        Error::Decode(_) => "Decode",
        Error::List(_) => "List",
        Error::CircuitOpen(_) => "CircuitOpen",
        Error::InvalidRequest(_) => "InvalidRequest",
        _ => "another",
    };
    name.to_owned()
}

#[tokio::test]
async fn f01_no_form_of_an_error_answer_shows_a_canary_whatever_its_status_and_shape() {
    let statuses = [300, 307, 400, 401, 402, 403, 404, 405, 409, 418, 429];
    for status in statuses {
        for (at, body) in bodies().into_iter().enumerate() {
            let (_server, bank) = client(move |_| answer(status, body.clone()).reply()).await;
            for subject in [Subject::Balances, Subject::CreateRequisition, Subject::Metadata] {
                let error = subject.call_for(&bank, account()).await.unwrap_err();
                is_clean(&format!("{status}, body {at}, {subject:?}"), &error);
                assert_eq!(variant(&error), "Api");
                assert_eq!(error.status().unwrap().as_u16(), status);
                assert_eq!(error.api().unwrap().request_id(), Some("request-7"));
                assert!(error.to_string().contains(&status.to_string()), "{error}");
            }
        }
    }
}

#[tokio::test]
async fn f01_nor_does_that_of_a_server_that_failed() {
    // Of the class that is never retried, so that nothing waits.
    for status in [408, 500, 502, 503, 504, 599] {
        for (at, body) in bodies().into_iter().enumerate() {
            let (_server, bank) = client(move |_| answer(status, body.clone()).reply()).await;
            let error = Subject::CreateAgreement.call(&bank).await.unwrap_err();
            is_clean(&format!("{status}, body {at}"), &error);
            assert_eq!(error.status().unwrap().as_u16(), status);
        }
    }
}

#[tokio::test]
async fn f01_nor_does_that_of_a_token_operation_and_its_body_is_not_kept() {
    for status in [200, 204, 307, 400, 401, 403, 429] {
        for (at, body) in bodies().into_iter().enumerate() {
            let server = FaultServer::start(move |_| answer(status, body.clone()).reply()).await;
            let bank = builder(&server).build().unwrap();
            let case = format!("{status}, body {at}");
            let Err(error) = bank.tokens().obtain().await else { continue };
            is_clean(&case, &error);
            assert_eq!(error.body().unwrap().len(), 0, "{case}");
            let error = bank.tokens().refresh("canary-refresh").await.unwrap_err();
            is_clean(&case, &error);
            let error = Subject::Balances.call_for(&bank, account()).await.unwrap_err();
            is_clean(&case, &error);
            assert_eq!((variant(&error), error.body().unwrap().len()), ("Auth".to_owned(), 0), "{case}");
        }
    }
}

#[tokio::test]
async fn f01_nor_does_a_success_that_does_not_decode() {
    let personal = personal();
    let large = json!({ "balances": [], "canary": "canary".repeat(1_000) }).to_string();
    let bodies = [
        // A string where an object is expected: the decoder's own message would quote it.
        ("shape", json!("canary").to_string()),
        ("shape", json!({ "canary": "CANARY29NWBK60161331926819" }).to_string()),
        ("shape", json!([["Canary Owner"]]).to_string()),
        ("syntax", format!("<html>canary {personal}</html>")),
        ("syntax", format!("{} canary", json!({ "account": {} }))),
        ("cut", "{\"account\": {\"iban\": \"CANARY29".to_owned()),
        ("empty", String::new()),
        ("large", large),
    ];
    for (case, body) in bodies {
        let kept = body.clone();
        let (_server, bank) = client(move |_| answer(200, body.clone().into_bytes()).reply()).await;
        let error = Subject::Details.call_for(&bank, account()).await.unwrap_err();
        is_clean(case, &error);
        assert_eq!(variant(&error), "Decode", "{case}");
        assert!(kept.as_bytes().starts_with(error.body().unwrap()), "{case}");
    }
    let tokens = json!([["canary-access"], "canary-refresh"]);
    let server = FaultServer::start(move |_| Answer::json(200, &tokens).reply()).await;
    let bank = builder(&server).build().unwrap();
    for error in [
        bank.tokens().obtain().await.unwrap_err(),
        bank.tokens().refresh("canary-refresh").await.unwrap_err(),
        Subject::Balances.call(&bank).await.unwrap_err(),
    ] {
        is_clean("token", &error);
        assert_eq!(error.body().unwrap().len(), 0);
    }
}

#[tokio::test]
async fn f01_nor_does_what_could_not_be_read_of_a_success() {
    for odd in [json!(["CANARY29", 1]), json!({ "Canary Owner": "canary" })] {
        // With nothing else it is an error, and beside something it is left out.
        let alone = json!({ "account": { "iban": odd }, "canary": personal() });
        let mut beside = alone.clone();
        beside["account"]["currency"] = json!("EUR");
        let (_server, bank) = client(move |_| Answer::json(200, &alone).reply()).await;
        is_clean("alone", &bank.account(account()).details().await.unwrap_err());
        let (_server, bank) = client(move |_| Answer::json(200, &beside).reply()).await;
        let read = bank.account(account()).details().await.unwrap();
        let parts: Vec<_> = read.unread.iter().map(|part| format!("{part} {part:?} {part:#?}")).collect();
        let shown = format!("{read:?} {read:#?} {}", parts.concat());
        assert!(parts.len() == 1 && !shown.to_lowercase().contains("canary"), "{shown}");
    }
}

#[tokio::test]
async fn f01_nor_does_a_connection_that_failed_at_any_point() {
    const HEAD: &str =
        "HTTP/1.1 200 OK\r\nset-cookie: canary\r\ncontent-length: 100\r\n\r\n{\"iban\": \"CANARY29";
    let replies = [
        ("Timeout", Reply::stall()),
        ("Timeout", Reply::steps([Step::Send(HEAD.into()), Step::Stall])),
        ("Transport", Reply::close()),
        ("Transport", Reply::reset()),
        ("Transport", Reply::steps([Step::Send(HEAD.into()), Step::Close])),
        ("Transport", Reply::steps([Step::Send(b"canary\r\n\r\n".to_vec()), Step::Close])),
        (
            "Transport",
            Reply::steps([Step::Send(b"HTTP/1.1 200 OK\r\ncanary\0: x\r\n\r\n".to_vec()), Step::Close]),
        ),
    ];
    let clock = FrozenClock::freeze();
    for (at, (expected, reply)) in replies.into_iter().enumerate() {
        let (server, bank) = client(move |_| reply.clone()).await;
        for (call, subject) in [Subject::Balances, Subject::CreateRequisition].into_iter().enumerate() {
            let call =
                clock.pass_within(subject.call_for(&bank, account()), server.arrived(call + 1), 2 * HANG);
            let error = call.await.unwrap_err();
            is_clean(&format!("{at}"), &error);
            assert_eq!(variant(&error), expected, "{at}");
        }
    }
}

#[tokio::test]
async fn f01_nor_does_a_connection_that_never_came_about() {
    let (server, _) = client(|_| Reply::stall()).await;
    let front = TlsFront::start(&server, Peer::self_signed("localhost")).await;
    let plain = RawPeer::start(b"HTTP/1.1 400 canary\r\n\r\n").await;
    let authority = Authority::default();
    let credentials = || BankData::builder(Credentials::new(SECRET_ID, SECRET_KEY));
    let roots = || ClientBuilder::new().tls_certs_only([authority.root()]);
    // Bound while this test runs, so that no other server can listen there.
    let bound = TcpSocket::new_v4().unwrap();
    bound.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let nobody = bound.local_addr().unwrap();
    for (case, bank) in [
        ("certificate", credentials().base_url(front.url("localhost")).http_client(roots()).build().unwrap()),
        ("refused", credentials().base_url(format!("http://{nobody}")).build().unwrap()),
        ("another protocol", credentials().base_url(plain.url()).build().unwrap()),
    ] {
        let error = bank.tokens().refresh("canary-refresh").await.unwrap_err();
        assert_eq!(variant(&error), "Transport", "{case}");
        assert!(!shown(&error).to_lowercase().contains("canary"), "{case}: {}", shown(&error));
    }
}

#[tokio::test]
async fn f01_nor_does_a_list_that_is_not_whole() {
    let page = json!({ "count": 2, "next": "https://canary.example/", "previous": "canary", "results": [] });
    let (_server, bank) = client(move |_| Answer::json(200, &page).reply()).await;
    let mut list = std::pin::pin!(bank.requisitions().list().stream());
    let error = list.next().await.unwrap().unwrap_err();
    is_clean("list", &error);
    assert_eq!(variant(&error), "List");
}

#[tokio::test]
async fn f01_nor_does_a_call_that_was_not_made() {
    let failure = json!({ "summary": "s", "type": "UnknownRequestError", "account": personal() });
    let (server, bank) = client(move |_| Answer::json(500, &failure).reply()).await;
    for _ in 0..5 {
        Subject::Balances.call_for(&bank, account()).await.unwrap_err();
    }
    let error = Subject::Balances.call_for(&bank, account()).await.unwrap_err();
    is_clean("circuit open", &error);
    assert_eq!(variant(&error), "CircuitOpen");
    assert_eq!(server.requests().iter().filter(|request| request.path.contains("balances")).count(), 5);

    let institution: InstitutionId = serde_json::from_str("\"canary/../x\"").unwrap();
    let agreement: AgreementId = serde_json::from_str("\"canary?x\"").unwrap();
    let errors = [
        bank.institutions().get(&institution).await.unwrap_err(),
        bank.agreements().get(&agreement).await.unwrap_err(),
        bank.agreements().accept(&agreement, "canary", "canary").await.unwrap_err(),
        bank.agreements().create(test_support::institution()).access_scope([]).await.unwrap_err(),
    ];
    for (at, error) in errors.iter().enumerate() {
        is_clean(&format!("{at}"), error);
        assert_eq!(variant(error), "InvalidRequest", "{at}");
    }
    // The five, and two questions for the metadata.
    assert_eq!(server.hits(), 7);
}
