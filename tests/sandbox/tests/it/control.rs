//! The endpoints under `/_sandbox`, and what the sandbox remembers of the requests it got.

use gocardless_bank_data_sandbox::{Fault, Operation, Sandbox};
use serde_json::{Value, json};

use crate::support::{Bank, Reply, member};

async fn control(bank: &Bank, method: &str, path: &str, body: &Value) -> Reply {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    bank.send(method, &format!("/_sandbox{path}"), "", body).await
}

#[tokio::test]
async fn it_says_what_it_is() {
    let bank = Bank::open().await;
    for path in ["", "/"] {
        let about = control(&bank, "GET", path, &Value::Null).await.ok();
        assert_eq!(about["base_url"], bank.sandbox.base_url());
        assert_eq!(about["secret_id"], bank.sandbox.secret_id());
        assert!(about["what"].as_str().unwrap().contains("nothing in it is real"));
        assert!(about["endpoints"].as_object().unwrap().len() >= 10);
    }
}

#[tokio::test]
async fn faults_are_added_listed_used_and_dropped() {
    let bank = Bank::open().await;
    let fault =
        json!({ "status": 503, "json": { "summary": "down" }, "operation": "requisition by id", "times": 2 });
    assert_eq!(control(&bank, "POST", "/faults", &fault).await.status, 201);
    let several = json!([{ "preset": "ip-denied", "times": "always" }, { "reset": true }]);
    control(&bank, "POST", "/faults", &several).await;
    let reply = bank.send("GET", "/api/v2/requisitions/x/", "", "").await;
    assert_eq!((reply.status, &reply.json), (503, &json!({ "summary": "down" })));
    let list = control(&bank, "GET", "/faults", &Value::Null).await.ok()["faults"].clone();
    assert_eq!(list.as_array().unwrap().len(), 3);
    assert_eq!((&list[0]["times"], &list[1]["times"]), (&json!(1), &json!("always")));
    assert_eq!(bank.get(Operation::ListAgreements, "").await.status, 403);
    assert_eq!(control(&bank, "DELETE", "/faults", &Value::Null).await.ok(), json!({ "faults": [] }));
    bank.get(Operation::ListAgreements, "").await.ok();
}

#[tokio::test]
async fn of_several_faults_all_or_none_are_added() {
    let bank = Bank::open().await;
    let several = json!([{ "reset": true }, { "rest": true }]);
    assert_eq!(control(&bank, "POST", "/faults", &several).await.status, 400);
    assert!(bank.sandbox.faults().is_empty());
}

#[tokio::test]
async fn the_clock_is_read_and_moved() {
    let bank = Bank::open().await;
    let now = control(&bank, "GET", "/clock", &Value::Null).await.ok();
    assert_eq!(now, json!({ "now": "2026-03-10T12:00:00.000000Z" }));
    let moved = control(&bank, "POST", "/clock", &json!({ "advance_seconds": 86_400 })).await.ok();
    assert_eq!(moved, json!({ "now": "2026-03-11T12:00:00.000000Z" }));
    bank.get(Operation::ListAgreements, "").await.error(401, "Invalid token");
}

#[tokio::test]
async fn requests_are_listed_and_forgotten_and_control_requests_are_not_among_them() {
    let bank = Bank::open().await;
    bank.send("POST", "/api/v2/requisitions/?x=1", "application/json", "{}").await;
    let list = control(&bank, "GET", "/requests", &Value::Null).await.ok()["requests"].clone();
    assert_eq!(list.as_array().unwrap().len(), 2);
    let second = &list[1];
    assert_eq!(second["operation"], "Create requisition");
    assert_eq!(
        (&second["method"], &second["path"], &second["query"]),
        (&json!("POST"), &json!("/api/v2/requisitions/"), &json!("x=1"))
    );
    assert_eq!((&second["body"], &second["status"]), (&json!("{}"), &json!(400)));
    assert!(
        second["headers"]
            .as_array()
            .unwrap()
            .contains(&json!(["authorization", format!("Bearer {}", bank.token)]))
    );
    let forgotten = control(&bank, "DELETE", "/requests", &Value::Null).await.ok();
    assert_eq!(forgotten, json!({ "requests": [] }));
}

#[tokio::test]
async fn a_requisition_is_linked_and_statuses_are_set() {
    let bank = Bank::open().await;
    let requisition = bank.requisition(&json!({})).await;
    let id = &requisition["id"];
    control(&bank, "POST", "/requisitions", &json!({ "requisition": id, "status": "UA" })).await.ok();
    let seen = bank.get(Operation::RetrieveRequisition, id.as_str().unwrap()).await.ok();
    assert_eq!(seen["status"], "UA");
    let linked = control(&bank, "POST", "/link", &json!({ "requisition": id })).await.ok();
    let account = linked["accounts"][0].as_str().unwrap();
    control(&bank, "POST", "/accounts", &json!({ "account": account, "status": "SUSPENDED" })).await.ok();
    bank.get(Operation::AccountDetails, account).await.error(409, "Account suspended");
    let other = bank.requisition(&json!({})).await;
    let cancelled = json!({ "requisition": other["id"], "outcome": "cancel" });
    assert_eq!(control(&bank, "POST", "/link", &cancelled).await.ok(), json!({ "accounts": [] }));
    control(&bank, "POST", "/tokens", &json!({ "forget": "all" })).await.ok();
    bank.get(Operation::ListAgreements, "").await.error(401, "Invalid token");
}

#[tokio::test]
async fn bad_input_gets_one_clear_sentence() {
    let bank = Bank::open().await;
    for (path, body, why) in [
        ("/faults", "", "the body is not JSON: "),
        ("/faults", "{", "the body is not JSON: "),
        ("/faults", "7", "a fault must be a JSON object"),
        ("/faults", r#"{"preset": "x"}"#, "preset must be one of: "),
        ("/clock", r#"{"advance_seconds": -1}"#, "advance_seconds must be a whole number from 0 to "),
        ("/clock", r#"{"advance_seconds": 1e30}"#, "advance_seconds must be a whole number from 0 to "),
        ("/clock", r#"{"advance": 1}"#, "unknown member advance; known are: advance_seconds"),
        ("/clock", "[]", "the body must be a JSON object"),
        ("/link", r#"{"requisition": "17"}"#, "the sandbox has no requisition 17"),
        ("/link", r#"{"requisition": "17", "outcome": "x"}"#, "outcome must be one of: linked, cancel, "),
        ("/link", "{}", "requisition must be an id"),
        ("/accounts", r#"{"account": "17", "status": "READY"}"#, "the sandbox has no account 17"),
        ("/accounts", r#"{"account": "17", "status": "x"}"#, "status must be one of: DISCOVERED, "),
        ("/requisitions", r#"{"requisition": "17", "status": "x"}"#, "status must be one of: CR, "),
        ("/tokens", r#"{"forget": "x"}"#, "forget must be one of: access, all"),
    ] {
        let reply = bank.send("POST", &format!("/_sandbox{path}"), "", body).await;
        assert_eq!(reply.status, 400, "{path} {body}");
        let error = reply.json["error"].as_str().unwrap();
        assert!(error.starts_with(why) && !error.contains('\n'), "{error}");
    }
    assert_eq!(control(&bank, "GET", "/nonsense", &Value::Null).await.status, 404);
    assert_eq!(control(&bank, "PUT", "/clock", &Value::Null).await.status, 404);
}

#[tokio::test]
async fn a_sandbox_on_a_taken_port_is_refused_in_one_sentence() {
    let first = Sandbox::start().await.unwrap();
    let port = first.base_url().rsplit_once(':').unwrap().1.parse().unwrap();
    let error = Sandbox::builder().port(port).start().await.unwrap_err();
    assert_eq!(error.to_string(), format!("cannot listen on 127.0.0.1:{port}: the port is in use"));
    drop(first);
    Sandbox::builder().port(port).start().await.unwrap();
}

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
