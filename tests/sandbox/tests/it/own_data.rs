//! Accounts, transactions and whole answers that a test puts in, and the truth about an account.

use std::time::Duration;

use gocardless_bank_data_sandbox::{Fault, Operation, SandboxError, TrueState};
use serde_json::{Value, json};

use crate::support::{Bank, Reply, member};

const BANK: &str = "FERNWICKBANK_FRNWGB22";

/// Connects at the bank; gives the ids of the accounts.
async fn connect(bank: &Bank) -> Vec<String> {
    let requisition = bank.requisition(&json!({ "institution_id": BANK })).await;
    bank.sandbox.link(&member(&requisition, "/id")).unwrap()
}

async fn lists(bank: &Bank, account: &str, query: &str) -> (Vec<Value>, Vec<Value>) {
    let body = bank.query(Operation::AccountTransactions, account, query).await.ok();
    let list = |name: &str| body["transactions"][name].as_array().unwrap().clone();
    (list("booked"), list("pending"))
}

async fn control(bank: &Bank, method: &str, path: &str, body: &Value) -> Reply {
    bank.send(method, &format!("/_sandbox{path}"), "", body.to_string()).await
}

fn money(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "EUR" })
}

#[tokio::test]
async fn an_account_of_a_tests_own_is_found_by_the_next_link() {
    let bank = Bank::open().await;
    let account = json!({ "currency": "SEK", "iban": "SE1", "name": "Lön", "owner": "Ava", "opening": "100.00",
        "details": { "product": "Lönekonto" } });
    let id = bank.sandbox.put_account(BANK, &account).unwrap();
    let accounts = connect(&bank).await;
    assert_eq!(accounts.len(), 3, "beside the two that are made up");
    assert_eq!(bank.sandbox.truth(&accounts[2]).unwrap(), bank.sandbox.truth(&id).unwrap());
    let metadata = bank.get(Operation::AccountMetadata, &accounts[2]).await.ok();
    assert_eq!([&metadata["iban"], &metadata["name"], &metadata["owner_name"]], ["SE1", "Lön", "Ava"]);
    let details = bank.get(Operation::AccountDetails, &accounts[2]).await.ok();
    assert_eq!([&details["account"]["currency"], &details["account"]["product"]], ["SEK", "Lönekonto"]);
    let balances = bank.get(Operation::AccountBalances, &accounts[2]).await.ok();
    assert_eq!(member(&balances, "/balances/0/balanceAmount/amount"), "100.00");
    assert_eq!(lists(&bank, &accounts[2], "").await, (vec![], vec![]));
}

#[tokio::test]
async fn a_person_may_have_own_accounts_only() {
    let bank = Bank::open().await;
    bank.sandbox.put_account(BANK, json!({ "only": true })).unwrap();
    bank.sandbox.put_account(BANK, json!({ "made_up": true })).unwrap();
    let accounts = connect(&bank).await;
    assert_eq!(accounts.len(), 2);
    assert!(lists(&bank, &accounts[0], "").await.0.is_empty());
    assert!(!lists(&bank, &accounts[1], "").await.0.is_empty());
}

#[tokio::test]
async fn own_transactions_follow_days_and_the_clock_and_count_in_the_balance() {
    let bank = Bank::open().await;
    let id = bank.sandbox.put_account(BANK, json!({ "only": true, "opening": "10.00" })).unwrap();
    let own = json!([
        { "state": "booked", "bookingDate": "2026-02-01", "transactionAmount": money("-1.00") },
        { "state": "booked", "bookingDate": "2026-03-01", "transactionAmount": money("-2.00") },
        { "state": "pending", "id": "coffee", "until": "2026-03-10T18:00:00Z", "transactionAmount": money("-3.00") },
        { "state": "booked", "id": "coffee", "from": "2026-03-10T18:00:00Z", "bookingDate": "2026-03-10",
          "transactionAmount": money("-3.50") },
        { "state": "pending", "id": "gone", "until": "2026-03-10T18:00:00Z", "transactionAmount": money("-9.00") },
    ]);
    let ids = bank.sandbox.put_transactions(&id, &own).unwrap();
    assert_eq!(ids, ["own-0", "own-1", "coffee", "coffee", "gone"]);
    let account = connect(&bank).await.remove(0);

    let (booked, pending) = lists(&bank, &account, "").await;
    assert_eq!(booked[0], json!({ "bookingDate": "2026-03-01", "transactionAmount": money("-2.00") }));
    assert_eq!((booked.len(), pending.len()), (2, 2));
    assert_eq!(lists(&bank, &account, "?date_from=2026-02-15").await, (booked[..1].to_vec(), vec![]));
    assert_eq!(lists(&bank, &account, "?date_to=2026-02-15").await.0, booked[1..]);
    let truth = bank.sandbox.truth(&account).unwrap();
    assert_eq!(
        (truth.opening.as_str(), truth.balance.as_str(), truth.expected.as_str()),
        ("10.00", "7.00", "-5.00")
    );

    bank.sandbox.clock().advance(Duration::from_secs(6 * 3_600));
    let before = bank.sandbox.truth(&account).unwrap();
    let coffee = before.transactions.iter().find(|one| one.id == "coffee").unwrap();
    assert_eq!(
        (coffee.state, coffee.shown_as),
        (TrueState::Booked, Some("pending")),
        "nobody has read since"
    );
    let (booked, pending) = lists(&bank, &account, "").await;
    assert_eq!((booked.len(), pending.len()), (3, 0));
    let truth = bank.sandbox.truth(&account).unwrap();
    assert_eq!((truth.balance.as_str(), truth.expected.as_str()), ("3.50", "3.50"));
    let one = |id: &str| truth.transactions.iter().find(|one| one.id == id).unwrap();
    let coffee = one("coffee");
    assert_eq!((coffee.amount.as_str(), coffee.booked), ("-3.50", "2026-03-10".parse().ok()));
    assert_eq!((coffee.shown_as, coffee.shown.as_ref()), (Some("booked"), Some(&booked[0])));
    assert_eq!(coffee.shown_at, Some(bank.sandbox.clock().now()));
    assert_eq!(one("gone").state, TrueState::Vanished);

    bank.sandbox.clear_transactions(&id).unwrap();
    assert_eq!(lists(&bank, &account, "").await, (vec![], vec![]));
}

#[tokio::test]
async fn own_transactions_stand_beside_made_up_ones_in_order() {
    let bank = Bank::open().await;
    let account = connect(&bank).await.remove(0);
    let before = lists(&bank, &account, "").await.0;
    let own =
        json!([{ "state": "booked", "bookingDate": "2026-02-20", "transactionAmount": money("-1.00") }]);
    bank.sandbox.put_transactions(&account, &own).unwrap();
    let mut after = lists(&bank, &account, "").await.0;
    let days: Vec<String> = after.iter().map(|one| member(one, "/bookingDate")).collect();
    assert!(days.is_sorted_by(|newer, older| newer >= older));
    after.retain(|one| one.get("transactionId").is_some());
    assert_eq!(after, before);
}

#[tokio::test]
async fn an_entry_may_be_anything_and_a_whole_body_too() {
    let bank = Bank::open().await;
    let account = connect(&bank).await.remove(0);
    let own = json!([{ "state": "booked", "entry": null }, { "state": "booked", "entry": [7] }]);
    bank.sandbox.put_transactions(&account, &own).unwrap();
    let path = format!("/api/v2/accounts/{account}/transactions/");
    let body = bank.send("GET", &path, "", "").await.ok();
    let booked = body["transactions"]["booked"].as_array().unwrap();
    assert!(booked.contains(&Value::Null) && booked.contains(&json!([7])));
    for operation in [
        Operation::AccountMetadata,
        Operation::AccountBalances,
        Operation::AccountDetails,
        Operation::AccountTransactions,
    ] {
        bank.sandbox.put_raw(&account, operation, json!({ "odd": [null] })).unwrap();
        let path = operation.path().replace("{id}", &account);
        assert_eq!(bank.send("GET", &path, "", "").await.ok(), json!({ "odd": [null] }));
        bank.sandbox.clear_raw(&account, operation).unwrap();
        assert_ne!(bank.send("GET", &path, "", "").await.ok(), json!({ "odd": [null] }));
    }
    let error = bank.sandbox.put_raw(&account, Operation::ListAgreements, json!(1)).unwrap_err();
    assert!(matches!(error, SandboxError::Invalid { .. }), "{error}");
}

#[tokio::test]
async fn everything_can_be_put_in_and_asked_for_over_http() {
    let bank = Bank::open().await;
    let account = json!({ "institution": BANK, "person": "Ava", "only": true });
    let made = control(&bank, "POST", "/accounts/new", &account).await.created();
    let id = member(&made, "/bank_account");
    let requisition = bank.requisition(&json!({ "institution_id": BANK })).await;
    let link = json!({ "requisition": requisition["id"], "person": "Ava" });
    let linked = control(&bank, "POST", "/link", &link).await.ok();
    let account = member(&linked, "/accounts/0");
    let own =
        json!([{ "state": "booked", "bookingDate": "2026-03-01", "transactionAmount": money("-2.00") }]);
    let ids = control(&bank, "POST", &format!("/accounts/{id}/transactions"), &own).await.created();
    assert_eq!(ids, json!({ "ids": ["own-0"] }));
    let entry = lists(&bank, &account, "").await.0.remove(0);
    let truth = control(&bank, "GET", &format!("/accounts/{account}/truth"), &Value::Null).await.ok();
    assert_eq!(truth, bank.sandbox.truth(&id).unwrap().to_json());
    let expected = json!({
        "id": "own-0", "made": "2026-03-01", "booked": "2026-03-01", "amount": "-2.00", "currency": "EUR",
        "state": "booked", "shown": entry, "shown_as": "booked", "shown_at": "2026-03-10T12:00:00.000000Z",
    });
    assert_eq!(truth["transactions"], json!([expected]));
    assert_eq!(truth["person"], "Ava");

    let raw = json!({ "operation": "GET /api/v2/accounts/{id}/balances/", "body": { "balances": [] } });
    control(&bank, "POST", &format!("/accounts/{account}/raw"), &raw).await.ok();
    assert_eq!(bank.get(Operation::AccountBalances, &account).await.ok(), json!({ "balances": [] }));
    let raw = json!({ "operation": "GET /api/v2/accounts/{id}/balances/" });
    control(&bank, "DELETE", &format!("/accounts/{account}/raw"), &raw).await.ok();
    assert_ne!(bank.get(Operation::AccountBalances, &account).await.ok(), json!({ "balances": [] }));
    control(&bank, "DELETE", &format!("/accounts/{account}/transactions"), &Value::Null).await.ok();
    assert!(lists(&bank, &account, "").await.0.is_empty());

    let all = control(&bank, "GET", "/accounts", &Value::Null).await.ok()["bank_accounts"].clone();
    assert_eq!(all[0]["accounts"], json!([account]));
}

#[tokio::test]
async fn what_does_not_fit_is_refused_in_one_sentence_and_changes_nothing() {
    let bank = Bank::open().await;
    let account = connect(&bank).await.remove(0);
    let transactions = format!("/accounts/{account}/transactions");
    let raw = format!("/accounts/{account}/raw");
    for (path, body, why) in [
        ("/accounts/new", json!({ "institution": "X" }), "the sandbox has no institution X"),
        ("/accounts/new", json!({}), "institution must be an id"),
        ("/accounts/new", json!([]), "the body must be a JSON object"),
        ("/accounts/new", json!({ "institution": BANK, "x": 1 }), "unknown member x; known are: person, "),
        ("/accounts/new", json!({ "institution": BANK, "iban": 1 }), "iban must be a text"),
        ("/accounts/new", json!({ "institution": BANK, "opening": "1,5" }), "opening must be an amount"),
        ("/accounts/new", json!({ "institution": BANK, "kind": "x" }), "kind must be one of: current, card"),
        ("/accounts/new", json!({ "institution": BANK, "only": 1 }), "only must be true or false"),
        ("/accounts/new", json!({ "institution": BANK, "details": 1 }), "details must be a JSON object"),
        (&transactions, json!({}), "transactions must be a JSON array"),
        (
            &transactions,
            json!([{ "state": "booked" }, {}]),
            "transaction 1: state must be one of: booked, pending",
        ),
        (&transactions, json!([1]), "transaction 0: it must be a JSON object"),
        (
            &transactions,
            json!([{ "state": "booked", "from": "noon" }]),
            "transaction 0: from must be an instant",
        ),
        ("/accounts/17/transactions", json!([]), "the sandbox has no account 17"),
        (&raw, json!({ "operation": "x", "body": 1 }), "operation must be an operationId"),
        (
            &raw,
            json!({ "operation": "GET /api/v2/requisitions/", "body": 1 }),
            "retrieve all requisitions is not an op",
        ),
        (&raw, json!({ "operation": "GET /api/v2/accounts/{id}/" }), "body must be given"),
        ("/profiles", json!({ "institution": "X", "profile": {} }), "the sandbox has no institution X"),
        ("/profiles", json!({ "institution": BANK }), "a profile must be a JSON object"),
        (
            "/profiles",
            json!({ "institution": BANK, "profile": { "late": -1 } }),
            "late must be a whole number",
        ),
        ("/link", json!({ "requisition": "17", "person": 1 }), "person must be a name"),
    ] {
        let reply = control(&bank, "POST", path, &body).await;
        assert_eq!(reply.status, 400, "{path} {body}");
        let error = reply.json["error"].as_str().unwrap();
        assert!(error.starts_with(why) && !error.contains('\n'), "{error}");
    }
    assert_eq!(control(&bank, "GET", "/accounts/17/truth", &Value::Null).await.status, 400);
    assert_eq!(control(&bank, "GET", "/profiles/X", &Value::Null).await.status, 400);
    assert!(bank.sandbox.truth(&account).unwrap().transactions.iter().all(|one| !one.id.starts_with("own")));
}

#[tokio::test]
async fn an_answer_that_a_fault_keeps_back_was_not_shown() {
    let bank = Bank::open().await;
    let account = connect(&bank).await.remove(0);
    let seen = || {
        let truth = bank.sandbox.truth(&account).unwrap().transactions;
        truth.into_iter().filter(|one| one.shown.is_some()).count()
    };
    let read = || {
        let path = format!("{}/api/v2/accounts/{account}/transactions/", bank.sandbox.base_url());
        bank.http.get(path).bearer_auth(&bank.token).send()
    };
    bank.sandbox.faults().add(Fault::status(503).commit());
    assert_eq!(read().await.unwrap().status(), 503);
    bank.sandbox.faults().add(Fault::reset().commit());
    assert!(read().await.is_err());
    assert_eq!(seen(), 0);
    read().await.unwrap();
    assert!(seen() > 100);
}
