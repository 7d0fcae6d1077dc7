//! Can each operation return each of its declared errors, and does the error fit the contract?

use gocardless_bank_data_sandbox::{Fault, Operation, Preset};
use serde_json::{Value, json};

use crate::support::{Bank, error_complaints, statuses};

/// A preset for each declared status.
fn preset(status: u16) -> Preset {
    match status {
        400 => Preset::IncorrectDateRange,
        401 => Preset::InvalidToken,
        402 => Preset::PaymentRequired,
        403 => Preset::IpDenied,
        404 => Preset::NotFound,
        405 => Preset::AlreadyAccepted,
        409 => Preset::AccountSuspended,
        429 => Preset::CompanyLimit,
        500 => Preset::UnknownRequestError,
        503 => Preset::ServiceError,
        other => panic!("the contract declares {other}, for which there is no preset"),
    }
}

#[tokio::test]
async fn every_declared_error_of_every_operation_can_be_had() {
    let bank = Bank::open().await;
    let mut seen = 0;
    for &operation in Operation::ALL {
        for status in statuses(operation).into_iter().filter(|status| *status >= 400) {
            bank.sandbox.faults().add(Fault::preset(preset(status)).on(operation));
            bank.get(operation, "x").await.error(status, "");
            seen += 1;
        }
    }
    assert!(bank.sandbox.faults().is_empty());
    assert!(seen > 90, "{seen}");
}

#[tokio::test]
async fn every_preset_comes_as_it_is_described() {
    let bank = Bank::open().await;
    let linked = bank.linked(&json!({})).await;
    for preset in Preset::all() {
        bank.sandbox.faults().add(Fault::preset(preset));
        let path = format!("/api/v2/accounts/{}/transactions/", linked.main);
        let reply = bank.send("GET", &path, "", "").await;
        assert_eq!(reply.status, preset.status(), "{preset:?}");
        let name = preset.name();
        if name.starts_with("edge-") {
            assert_eq!(reply.json, Value::Null);
            assert_eq!(reply.header("x-c-uuid"), "", "the edge does not know the API's headers");
            let html = reply.text.starts_with("<html>");
            assert_eq!(html, preset != Preset::EdgeUnavailable);
        } else {
            assert_ne!(reply.header("x-c-uuid"), "", "{name}");
            let shaped =
                ["account-state", "field-errors", "unknown-agreement", "duplicate-reference", "array-error"];
            let complaints = error_complaints(&reply.json);
            assert_eq!(complaints.is_empty(), !shaped.contains(&name), "{name}: {}", reply.text);
        }
    }
}

#[tokio::test]
async fn errors_of_the_bank_name_their_type_and_what_was_read() {
    let bank = Bank::open().await;
    let linked = bank.linked(&json!({})).await;
    for (preset, kind) in [
        (Preset::BankLimit, "RateLimitError"),
        (Preset::UnknownRequestError, "UnknownRequestError"),
        (Preset::ServiceError, "ServiceError"),
        (Preset::ConnectionError, "ConnectionError"),
        (Preset::AccessExpired, "AccessExpiredError"),
        (Preset::AccountInactive, "AccountInactiveError"),
        (Preset::AccountAccessForbidden, "AccountAccessForbidden"),
        (Preset::AccountResourceUnavailable, "AccountResourceUnavailable"),
    ] {
        let below_account = |operation: &Operation| {
            let kind = operation.path().strip_prefix("/api/v2/accounts/{id}/")?.strip_suffix('/')?;
            Some((*operation, kind.replace('-', "_")))
        };
        for (operation, scope) in Operation::ALL.iter().filter_map(below_account) {
            bank.sandbox.faults().add(Fault::preset(preset).on(operation).account(&linked.card));
            let body =
                bank.get(operation, &linked.card).await.error(preset.status(), "Couldn't update account ");
            assert_eq!(body["type"], kind);
            assert_eq!(body["summary"], format!("Couldn't update account {scope}"));
        }
    }
}

#[tokio::test]
async fn an_expired_consent_comes_as_400_and_as_401() {
    let bank = Bank::open().await;
    let linked = bank.linked(&json!({})).await;
    for (preset, status) in [(Preset::AgreementExpired400, 400), (Preset::AgreementExpired, 401)] {
        bank.sandbox.faults().add(Fault::preset(preset));
        let body = bank
            .get(Operation::AccountBalances, &linked.main)
            .await
            .error(status, "End User Agreement (EUA)");
        assert_eq!(body["summary"], format!("End User Agreement (EUA) {} has expired", linked.agreement));
    }
}

#[tokio::test]
async fn the_three_kinds_of_429_tell_their_waits_as_the_real_ones_do() {
    use std::time::Duration;
    let bank = Bank::open().await;
    let linked = bank.linked(&json!({})).await;
    let ask = async |fault: Fault| {
        bank.sandbox.faults().add(fault);
        bank.get(Operation::AccountBalances, &linked.main).await
    };
    let company = ask(Fault::preset(Preset::CompanyLimit).reset_after(Duration::from_secs(9))).await;
    assert_eq!(company.header("http_x_ratelimit_remaining"), "0");
    assert_eq!(company.header("http_x_ratelimit_reset"), "9");
    assert!(company.text.contains("100/minute. Please try again in 9 seconds"));
    let account = ask(Fault::preset(Preset::AccountLimit).reset_after(Duration::from_secs(85_092))).await;
    assert_eq!(account.header("http_x_ratelimit_account_success_remaining"), "0");
    assert_eq!(account.header("http_x_ratelimit_account_success_reset"), "85092");
    assert!(account.text.contains("4/day. Please try again in 85092 seconds"));
    let odd =
        Fault::preset(Preset::AccountLimit).header("HTTP_X_RATELIMIT_ACCOUNT_SUCCESS_RESET", "-1875538");
    assert_eq!(ask(odd).await.header("http_x_ratelimit_account_success_reset"), "-1875538");
    let bank_limit = ask(Fault::preset(Preset::BankLimit)).await;
    assert!(bank_limit.headers.keys().all(|name| !name.as_str().contains("account_success")));
    assert_eq!(bank_limit.json["type"], "RateLimitError");
}
