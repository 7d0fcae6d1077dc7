//! A call can be awaited, sent or made optional. Does each of these return what the response says?

use gocardless_bank_data::{ApiErrorKind, BankData};
use serde_json::{Value, json};
use test_support::{Answer, FaultServer, Ids, client};

/// A client, and a server that answers its calls with this.
async fn answering(status: u16, body: Value) -> (FaultServer, BankData) {
    let server = FaultServer::api(move |_| Answer::json(status, &body).reply()).await;
    let bank = client(&server);
    (server, bank)
}

fn institution() -> Value {
    json!({ "id": "SANDBOXFINANCE_SFIN0000", "name": "Sandbox Finance" })
}

#[tokio::test]
async fn what_is_not_there_is_none_and_any_other_failure_an_error() {
    let id = Ids::default().institution;
    let (_server, bank) = answering(200, institution()).await;
    let found = bank.institutions().get(&id).optional().await.unwrap();
    assert_eq!(found.unwrap().name, "Sandbox Finance");
    let (_server, bank) = answering(404, json!({ "summary": "Not found." })).await;
    assert!(bank.institutions().get(&id).optional().await.unwrap().is_none());
    let (_server, bank) = answering(403, json!({ "summary": "Forbidden" })).await;
    let error = bank.institutions().get(&id).optional().await.unwrap_err();
    assert_eq!(error.kind(), Some(ApiErrorKind::Forbidden));
}

#[tokio::test]
async fn awaiting_gives_the_value_and_sending_all_that_came_with_it() {
    let id = Ids::default().institution;
    let (_server, bank) = answering(200, institution()).await;
    let value = bank.institutions().get(&id).await.unwrap();
    let response = bank.institutions().get(&id).send().await.unwrap();
    assert_eq!((response.status().as_u16(), response.value().name.as_str()), (200, value.name.as_str()));
    assert_eq!(response.headers()["content-type"], "application/json");
}
