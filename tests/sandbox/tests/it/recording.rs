//! What the sandbox remembers of the requests it got.

use gocardless_bank_data_sandbox::{Fault, Operation};
use serde_json::json;

use crate::support::{Bank, member};

#[tokio::test]
async fn requests_are_recorded_whole_and_in_order() {
    let bank = Bank::open().await;
    bank.sandbox.clear_requests();
    let link = member(&bank.requisition(&json!({})).await, "/link");
    bank.http.get(format!("{link}?outcome=linked")).send().await.unwrap();
    bank.send("PATCH", "/api/v2/accounts/a%20b/?x=1&y", "text/plain", vec![0, 255]).await;
    let requests = bank.sandbox.requests();
    let seen: Vec<_> = requests.iter().map(|one| (one.operation, one.method.as_str(), one.status)).collect();
    let create = Some(Operation::CreateRequisition);
    assert_eq!(seen, [(create, "POST", Some(201)), (None, "GET", Some(302)), (None, "PATCH", Some(405))]);
    assert_eq!(requests[0].header("authorization"), Some(format!("Bearer {}", bank.token).as_str()));
    assert!(requests[0].body.starts_with(b"{"));
    assert_eq!(requests[1].query, "outcome=linked");
    let last = &requests[2];
    assert_eq!((last.path.as_str(), last.query.as_str()), ("/api/v2/accounts/a%20b/", "x=1&y"));
    assert_eq!(last.body.as_ref(), [0, 255]);
}

#[tokio::test]
async fn hits_count_faulted_requests_too_and_can_be_forgotten() {
    let bank = Bank::open().await;
    assert_eq!(bank.sandbox.hits(Operation::ObtainToken), 1);
    bank.sandbox.faults().add(Fault::reset().on(Operation::ListAgreements));
    let url = format!("{}/api/v2/agreements/enduser/", bank.sandbox.base_url());
    assert!(bank.http.get(url).send().await.is_err());
    bank.get(Operation::ListAgreements, "").await.ok();
    assert_eq!(bank.sandbox.hits(Operation::ListAgreements), 2);
    bank.sandbox.clear_requests();
    assert_eq!(bank.sandbox.hits(Operation::ListAgreements), 0);
    assert!(bank.sandbox.requests().is_empty());
}
