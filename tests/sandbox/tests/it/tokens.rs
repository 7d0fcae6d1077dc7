//! Tokens: who gets them, how long they last, and what they open.

use std::collections::HashSet;
use std::time::Duration;

use gocardless_bank_data_sandbox::{Operation, Sandbox};
use serde_json::json;

use crate::support::{Bank, member, pause_free};

const SECOND: Duration = Duration::from_secs(1);
const DAY: Duration = Duration::from_secs(86_400);

#[test]
fn credentials_follow_from_the_seed_and_have_the_vendors_form() {
    let started = |seed| Sandbox::builder().seed(seed).start_blocking().unwrap();
    let (one, again, other) = (started(1), started(1), started(2));
    assert_eq!(one.secret_id(), again.secret_id());
    assert_eq!(one.secret_key(), again.secret_key());
    assert_ne!(one.secret_key(), other.secret_key());
    assert!(uuid::Uuid::parse_str(one.secret_id()).is_ok());
    assert_eq!(one.secret_key().len(), 128);
    assert!(one.secret_key().bytes().all(|byte| byte.is_ascii_hexdigit()));
}

#[tokio::test]
async fn a_pair_has_the_documented_lifetimes_and_looks_like_jwts() {
    let bank = Bank::open().await;
    let secrets = json!({ "secret_id": bank.sandbox.secret_id(), "secret_key": bank.sandbox.secret_key() });
    let mut seen = HashSet::new();
    for _ in 0..20 {
        let pair = bank.call(Operation::ObtainToken, "", &secrets).await.ok();
        assert_eq!(pair["access_expires"], json!(86_400));
        assert_eq!(pair["refresh_expires"], json!(2_592_000));
        for token in [member(&pair, "/access"), member(&pair, "/refresh")] {
            assert_eq!(token.split('.').count(), 3);
            assert!(token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)));
            assert!(seen.insert(token));
        }
    }
}

#[tokio::test]
async fn wrong_secrets_are_refused() {
    let bank = Bank::open().await;
    let (id, key) = (bank.sandbox.secret_id(), bank.sandbox.secret_key());
    for (id, key) in [(id, "wrong"), ("wrong", key), (key, id)] {
        let refused =
            bank.call(Operation::ObtainToken, "", &json!({ "secret_id": id, "secret_key": key })).await;
        let body = refused.error(401, "Authentication failed");
        assert_eq!(member(&body, "/detail"), "No active account found with the given credentials");
    }
}

#[tokio::test]
async fn missing_blank_and_null_secrets_are_field_errors() {
    let bank = Bank::open().await;
    let reply = bank.call(Operation::ObtainToken, "", &json!({ "secret_id": "" })).await;
    assert_eq!(reply.status, 400);
    assert_eq!(
        reply.json,
        json!({
            "secret_id": ["This field may not be blank."],
            "secret_key": ["This field is required."],
            "status_code": 400,
        })
    );
    let refresh = async |body: serde_json::Value| {
        bank.call(Operation::RefreshToken, "", &body).await.field(400, "refresh")
    };
    assert_eq!(refresh(json!({})).await, json!(["This field is required."]));
    assert_eq!(refresh(json!({ "refresh": null })).await, json!(["This field may not be null."]));
    assert_eq!(refresh(json!({ "refresh": " " })).await, json!(["This field may not be blank."]));
    assert_eq!(refresh(json!({ "refresh": 7 })).await, json!(["Not a valid string."]));
    assert_eq!(
        refresh(json!({ "secret_id": "x", "secret_key": "y" })).await,
        json!(["This field is required."])
    );
}

#[tokio::test]
async fn the_token_operations_ignore_an_authorization_header() {
    let mut bank = Bank::open().await;
    "nonsense".clone_into(&mut bank.token);
    bank.log_in().await;
    bank.get(Operation::ListAgreements, "").await.ok();
}

#[tokio::test]
async fn every_other_operation_needs_a_living_access_token() {
    let mut bank = Bank::open().await;
    let refresh = bank.log_in().await;
    for token in ["", "nonsense", "a.b.c", refresh.as_str()] {
        token.clone_into(&mut bank.token);
        let needs_token = |operation: &Operation| !operation.path().starts_with("/api/v2/token/");
        for operation in Operation::ALL.iter().copied().filter(needs_token) {
            let body = bank.get(operation, "x").await.error(401, "Invalid token");
            assert_eq!(member(&body, "/detail"), "Token is invalid or expired");
        }
    }
}

#[tokio::test]
async fn an_access_token_lasts_a_day_and_its_refresh_token_thirty() {
    let mut bank = Bank::open().await;
    let refresh = bank.log_in().await;
    bank.sandbox.clock().advance(DAY.saturating_sub(SECOND));
    bank.get(Operation::ListAgreements, "").await.ok();
    bank.sandbox.clock().advance(SECOND);
    bank.get(Operation::ListAgreements, "").await.error(401, "Invalid token");

    bank.sandbox.clock().advance((DAY * 29).saturating_sub(SECOND));
    let renewed = bank.call(Operation::RefreshToken, "", &json!({ "refresh": refresh })).await.ok();
    assert!(renewed.get("refresh").is_none(), "a refresh gives no new refresh token");
    bank.token = member(&renewed, "/access");
    bank.get(Operation::ListAgreements, "").await.ok();

    bank.sandbox.clock().advance(SECOND);
    bank.call(Operation::RefreshToken, "", &json!({ "refresh": refresh })).await.error(401, "Invalid token");
    bank.get(Operation::ListAgreements, "").await.ok();
}

#[tokio::test]
async fn an_access_token_does_not_refresh_and_older_pairs_stay_good() {
    let mut bank = Bank::open().await;
    let older = bank.token.clone();
    let older_refresh = bank.log_in().await;
    bank.log_in().await;
    let access = json!({ "refresh": bank.token });
    bank.call(Operation::RefreshToken, "", &access).await.error(401, "Invalid token");
    bank.call(Operation::RefreshToken, "", &json!({ "refresh": older_refresh })).await.ok();
    bank.token = older;
    bank.get(Operation::ListAgreements, "").await.ok();
}

#[tokio::test]
async fn tokens_can_be_forgotten() {
    let mut bank = Bank::open().await;
    let refresh = json!({ "refresh": bank.log_in().await });
    bank.sandbox.forget_access_tokens();
    bank.get(Operation::ListAgreements, "").await.error(401, "Invalid token");
    bank.call(Operation::RefreshToken, "", &refresh).await.ok();
    bank.sandbox.forget_all_tokens();
    bank.call(Operation::RefreshToken, "", &refresh).await.error(401, "Invalid token");
    bank.log_in().await;
    bank.get(Operation::ListAgreements, "").await.ok();
}

#[tokio::test]
async fn the_same_seed_and_requests_give_the_same_answers() {
    let mut transcripts = Vec::new();
    for _ in 0..2 {
        let mut bank = Bank::with(pause_free().seed(99)).await;
        let mut transcript = vec![bank.log_in().await, bank.token.clone()];
        let linked = bank.linked(&json!({})).await;
        for operation in
            [Operation::AccountDetails, Operation::AccountBalances, Operation::AccountTransactions]
        {
            transcript.push(bank.get(operation, &linked.main).await.text);
            transcript.push(bank.get(operation, &linked.card).await.text);
        }
        let list = bank.get(Operation::ListRequisitions, "").await;
        // The link is on the sandbox's own host, and so has its port.
        transcript.push(list.header("x-c-uuid").to_owned());
        transcript.push(list.text.replace(bank.sandbox.base_url(), "http://sandbox"));
        transcripts.push(transcript);
    }
    assert_eq!(transcripts[0], transcripts[1]);
}
