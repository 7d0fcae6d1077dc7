//! Rate limits: who shares one, what a rejection says, and which headers describe it.

use std::time::Duration;

use gocardless_bank_data_sandbox::{LimitGroup, Limits, Operation};
use serde_json::{Value, json};

use crate::support::{Bank, Reply, member, pause_free};

const GENERAL: [&str; 3] = ["http_x_ratelimit_limit", "http_x_ratelimit_remaining", "http_x_ratelimit_reset"];
const ACCOUNT: [&str; 3] = [
    "http_x_ratelimit_account_success_limit",
    "http_x_ratelimit_account_success_remaining",
    "http_x_ratelimit_account_success_reset",
];

fn figures(reply: &Reply, names: [&str; 3]) -> [String; 3] {
    names.map(|name| reply.header(name).to_owned())
}

async fn limited(limits: Limits) -> Bank {
    Bank::with(pause_free().limits(limits)).await
}

#[tokio::test]
async fn every_operation_tells_the_documented_limit_of_its_group() {
    let bank = limited(Limits::documented()).await;
    for &operation in Operation::ALL {
        let reply = bank.get(operation, "x").await;
        let expected = match operation {
            Operation::ListInstitutions
            | Operation::RetrieveInstitution
            | Operation::ListAgreements
            | Operation::RetrieveAgreement
            | Operation::RetrieveReconfirmation
            | Operation::ListRequisitions
            | Operation::RetrieveRequisition => "300",
            _ => "100",
        };
        assert_eq!(reply.header("http_x_ratelimit_limit"), expected, "{operation}");
        let window = if operation == Operation::ObtainToken { "3600" } else { "60" };
        assert_eq!(reply.header("http_x_ratelimit_reset"), window, "{operation}");
        assert_eq!(figures(&reply, ACCOUNT), ["", "", ""]);
        assert_eq!(Limits::documented().of(LimitGroup::of(operation)), Some(expected.parse().unwrap()));
    }
}

#[tokio::test]
async fn a_group_is_refused_until_its_window_is_over() {
    let bank = limited(Limits::documented().company(LimitGroup::Creates, 2)).await;
    bank.agreement(&json!({})).await;
    bank.sandbox.clock().advance(Duration::from_millis(22_500));
    let last = bank.call(Operation::CreateRequisition, "", &json!({})).await;
    assert_eq!(figures(&last, GENERAL), ["2", "0", "38"]);
    let refused = bank.call(Operation::CreateAgreement, "", &json!({})).await;
    assert_eq!(figures(&refused, GENERAL), ["2", "0", "38"]);
    assert!(refused.headers.get("retry-after").is_none(), "the real service has never sent it");
    let body = refused.error(429, "Rate limit exceeded");
    let detail = "The rate limit for this resource is 2/minute. Please try again in 38 seconds";
    assert_eq!(member(&body, "/detail"), detail);
    assert!(body.get("type").is_none());
    bank.get(Operation::ListAgreements, "").await.ok();
    bank.sandbox.clock().advance(Duration::from_secs(38));
    bank.agreement(&json!({})).await;
}

#[tokio::test]
async fn token_pairs_are_limited_by_the_hour_whatever_the_secrets() {
    let bank = limited(Limits::documented().company(LimitGroup::ObtainToken, 3)).await;
    for _ in 0..2 {
        bank.call(Operation::ObtainToken, "", &json!({ "secret_id": "x", "secret_key": "y" }))
            .await
            .error(401, "A");
    }
    let body = bank.call(Operation::ObtainToken, "", &json!({})).await.error(429, "Rate limit exceeded");
    assert!(member(&body, "/detail").contains("3/hour. Please try again in 3600 seconds"));
    bank.call(Operation::RefreshToken, "", &json!({ "refresh": "x" })).await.error(401, "Invalid token");
}

#[tokio::test]
async fn an_account_is_read_four_times_a_day_for_each_scope() {
    let mut bank = limited(Limits::documented()).await;
    let linked = bank.linked(&json!({})).await;
    for operation in [Operation::AccountBalances, Operation::AccountDetails, Operation::AccountTransactions] {
        for remaining in ["3", "2", "1", "0"] {
            let reply = bank.get(operation, &linked.main).await;
            assert_eq!(figures(&reply, ACCOUNT), ["4", remaining, "86400"]);
            reply.ok();
        }
        bank.sandbox.clock().advance(Duration::from_secs(60));
        let refused = bank.get(operation, &linked.main).await;
        assert_eq!(figures(&refused, ACCOUNT), ["4", "0", "86340"]);
        assert_eq!(refused.header("http_x_ratelimit_limit"), "100");
        let body = refused.error(429, "Rate limit exceeded");
        assert!(member(&body, "/detail").contains("4/day. Please try again in 86340 seconds"));
    }
    bank.get(Operation::AccountBalances, &linked.card).await.ok();
    bank.get(Operation::AccountMetadata, &linked.main).await.ok();
    bank.sandbox.clock().advance(Duration::from_secs(86_400));
    bank.log_in().await;
    bank.get(Operation::AccountBalances, &linked.main).await.ok();
}

#[tokio::test]
async fn failed_reads_do_not_count_against_the_day() {
    let bank = limited(Limits::documented()).await;
    let linked = bank.linked(&json!({})).await;
    for _ in 0..6 {
        let failed = bank.query(Operation::AccountTransactions, &linked.main, "?date_from=x").await;
        assert_eq!(failed.status, 400);
    }
    let reply = bank.get(Operation::AccountTransactions, &linked.main).await;
    assert_eq!(figures(&reply, ACCOUNT), ["4", "3", "86400"]);
}

#[tokio::test]
async fn limits_that_are_off_refuse_nothing_and_tell_nothing() {
    let bank = limited(Limits::off()).await;
    let linked = bank.linked(&json!({})).await;
    for _ in 0..120 {
        let reply = bank.get(Operation::AccountDetails, &linked.main).await;
        assert_eq!(figures(&reply, GENERAL), ["", "", ""]);
        assert_eq!(figures(&reply, ACCOUNT), ["", "", ""]);
        reply.ok();
    }
}

#[tokio::test]
async fn every_answer_of_the_api_has_the_recorded_headers() {
    let bank = limited(Limits::documented()).await;
    let reply = bank.get(Operation::ListRequisitions, "").await;
    for (name, value) in [
        ("allow", "GET, POST, HEAD, OPTIONS"),
        ("cache-control", "no-store, no-cache, max-age=0"),
        ("content-language", "en"),
        ("server", "cloudflare"),
        ("date", "Tue, 10 Mar 2026 12:00:00 GMT"),
    ] {
        assert_eq!(reply.header(name), value);
    }
    let other = bank.get(Operation::ListRequisitions, "").await;
    for name in ["x-c-uuid", "x-u-uuid"] {
        assert!(uuid::Uuid::parse_str(reply.header(name)).is_ok());
        assert_ne!(reply.header(name), other.header(name));
    }
    assert_eq!(reply.json["results"], Value::Array(Vec::new()));
}
