//! A call can be awaited, sent, made optional and made to block. Does each way come to what the answer says?

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a panic in a test is its report"
)]

use conformance::{Answer, Recorder, Subject, client};
use gocardless_bank_data::error::Sent;
use gocardless_bank_data::{ApiErrorKind, BankData, Error};
use serde_json::{Value, json};

/// A client, and a server that answers its calls with this.
async fn answering(status: u16, body: Value) -> (Recorder, BankData) {
    let server =
        Recorder::start(
            move |request| {
                if request.asks_for_token() { Answer::token() } else { Answer::json(status, &body) }
            },
        )
        .await;
    let bank = client(server.base_url());
    (server, bank)
}

fn institution() -> Value {
    json!({ "id": "SANDBOXFINANCE_SFIN0000", "name": "Sandbox Finance" })
}

#[tokio::test]
async fn what_is_not_there_is_none_and_any_other_failure_an_error() {
    let id = Subject::default().institution;
    let (_server, bank) = answering(200, institution()).await;
    let found = bank.institutions().get(&id).optional().await.unwrap();
    assert_eq!(found.map(|institution| institution.name), Some("Sandbox Finance".to_owned()));
    let (_server, bank) = answering(404, json!({ "summary": "Not found." })).await;
    assert!(bank.institutions().get(&id).optional().await.unwrap().is_none());
    let (_server, bank) = answering(403, json!({ "summary": "Forbidden" })).await;
    let error = bank.institutions().get(&id).optional().await.unwrap_err();
    assert_eq!(error.kind(), Some(ApiErrorKind::Forbidden));
}

#[tokio::test]
async fn awaiting_gives_the_value_and_sending_all_that_came_with_it() {
    let id = Subject::default().institution;
    let (_server, bank) = answering(200, institution()).await;
    let value = bank.institutions().get(&id).await.unwrap();
    let response = bank.institutions().get(&id).send().await.unwrap();
    assert_eq!((response.status().as_u16(), response.value().name.as_str()), (200, value.name.as_str()));
    assert_eq!(response.headers()["content-type"], "application/json");
}

#[test]
fn blocking_gives_the_value_or_the_error_outside_of_async_code_and_refuses_within() {
    let id = Subject::default().institution;
    // The server has threads of its own, since the one of this test is blocked.
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (server, bank) = runtime.block_on(answering(200, json!([institution()])));
    let listed = bank.institutions().list().country("GB").blocking().unwrap();
    assert_eq!(listed[0].name, "Sandbox Finance");
    assert!(matches!(bank.institutions().get(&id).blocking(), Err(Error::Decode(_))), "a list is none");
    assert_eq!(server.take().len(), 3);

    let refused = runtime.block_on(async { bank.institutions().get(&id).blocking().unwrap_err() });
    let why = "get institution: a blocking call was made from async code; await it instead";
    assert_eq!((refused.to_string().as_str(), refused.sent()), (why, Sent::No));
    assert!(server.take().is_empty());
}
