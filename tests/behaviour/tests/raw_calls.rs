//! Do calls of paths that the client has no method for keep the same rules as all others?

use gocardless_bank_data::http::Method;
use gocardless_bank_data::{AccessScope, Error, Pacing};
use serde_json::{Value, json};
use test_support::{Answer, FaultServer, Request, account, builder, client};

/// What arrived, without tokens.
fn arrived(server: &FaultServer) -> Vec<Request> {
    server.requests().into_iter().filter(|request| !request.is_token()).collect()
}

#[tokio::test]
async fn c25_a_raw_call_has_its_query_its_body_and_the_token() {
    let server =
        FaultServer::api(|_| Answer::json(200, &json!({ "of the vendor": [1, null] })).reply()).await;
    let bank = client(&server);
    let sent = json!({ "name": "\u{e4} \"x\"" });
    let answer = bank.raw(&Method::POST, "api/v2/payments?kind=a%20b&n=1", Some(&sent)).await.unwrap();
    assert_eq!(answer, json!({ "of the vendor": [1, null] }));
    let request = arrived(&server).remove(0);
    assert_eq!((&*request.method, &*request.path), ("POST", "/api/v2/payments/"));
    assert_eq!(&*request.query, "kind=a%20b&n=1");
    assert_eq!(serde_json::from_slice::<Value>(&request.body).unwrap(), sent);
    assert!(request.bearer().is_some());
    assert_eq!(request.headers["content-type"], "application/json");
}

#[tokio::test]
async fn c25_raw_data_of_an_account_is_a_metered_read() {
    let left = "http_x_ratelimit_account_success_remaining";
    let limited = move |request: &Request| {
        let left_then = 4_usize.saturating_sub(request.nth).to_string();
        Answer::json(200, &json!({ "cards": [] })).header(left, left_then).reply()
    };
    let server = FaultServer::api(limited).await;
    let bank = client(&server);
    let cards = format!("/api/v2/accounts/{}/cards/", account());
    for call in 0..5 {
        let outcome = bank.raw(&Method::GET, &cards, None).await;
        assert_eq!(outcome.is_ok(), call < 4, "{call}: {outcome:?}");
    }
    let balances = format!("/api/v2/accounts/{}/balances/", account());
    bank.raw(&Method::GET, &balances, None).await.unwrap();
    let left = bank.account(account()).quota(&AccessScope::Balances).await.and_then(|quota| quota.remaining);
    assert_eq!((left, arrived(&server).len()), (Some(3), 5), "it counts with the method's own calls");
}

#[tokio::test]
async fn c25_failures_of_raw_data_open_the_circuit_which_can_be_asked_for_without_a_call() {
    let failed = Answer::error(500, Some("UnknownRequestError"), "Couldn't update", "x");
    let server = FaultServer::api(move |_| failed.reply()).await;
    let bank = client(&server);
    let handle = bank.account(account());
    assert!(handle.open_circuit().await.is_none());
    let path = format!("/api/v2/accounts/{}/cards/", account());
    for _ in 0..6 {
        bank.raw(&Method::GET, &path, None).await.unwrap_err();
    }
    let before = server.hits();
    let open = handle.open_circuit().await.unwrap();
    assert_eq!((open.failures(), open.retry_at().is_some(), server.hits()), (5, true, before));
    let Err(Error::CircuitOpen(refused)) = handle.transactions().await else { panic!("it is open") };
    assert_eq!((refused.failures(), refused.last()), (open.failures(), open.last()));
    handle.reset_circuit().await;
    assert!(handle.open_circuit().await.is_none());
}

#[tokio::test]
async fn c25_a_raw_create_is_sent_once_and_a_raw_read_again() {
    for (method, hits) in [(Method::POST, 1), (Method::PATCH, 1), (Method::GET, 3)] {
        let server = FaultServer::api(|_| Answer::error(503, None, "Down", "x").reply()).await;
        let bank = builder(&server).pacing(Pacing::off()).build().unwrap();
        let error = bank.raw(&method, "/api/v2/payments/", None).await.unwrap_err();
        assert_eq!((error.attempts(), server.hits()), (hits, usize::try_from(hits).unwrap()), "{method}");
    }
}

#[tokio::test]
async fn c25_no_raw_path_reaches_a_token_operation_or_leaves_the_api() {
    let server = FaultServer::api(|_| Answer::json(200, &json!({})).reply()).await;
    let bank = client(&server);
    for path in
        ["/api/v2/token/new/", "/api/v1/x/", "/api/v2/../v1/x/", "/api/v2/x/#y", "//evil.example/api/v2/", ""]
    {
        let error = bank.raw(&Method::POST, path, None).await.unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)), "{path}: {error:?}");
    }
    let error = bank.raw(&Method::TRACE, "/api/v2/x/", None).await.unwrap_err();
    assert!(error.to_string().contains("takes GET, POST"), "{error}");
    assert_eq!(server.requests().len(), 0);
}
