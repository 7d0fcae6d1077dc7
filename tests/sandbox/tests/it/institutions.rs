//! Institutions: the catalogue, its filters, and what they refuse.

use gocardless_bank_data_sandbox::Operation;
use serde_json::{Value, json};

use crate::support::{Bank, member};

const COUNTRIES: [&str; 31] = [
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IS", "IE", "IT", "LV",
    "LI", "LT", "LU", "MT", "NL", "NO", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "GB",
];

async fn list(bank: &Bank, query: &str) -> Vec<Value> {
    bank.query(Operation::ListInstitutions, "", query).await.ok().as_array().unwrap().clone()
}

#[tokio::test]
async fn each_of_the_31_countries_has_institutions_in_either_case() {
    let bank = Bank::open().await;
    for country in COUNTRIES {
        let upper = list(&bank, &format!("?country={country}")).await;
        assert!(upper.len() >= 4, "{country}");
        for institution in &upper {
            assert!(institution["countries"].as_array().unwrap().contains(&json!(country)));
        }
        assert_eq!(list(&bank, &format!("?country={}", country.to_lowercase())).await, upper);
    }
}

#[tokio::test]
async fn the_sandbox_bank_is_in_no_countrys_list_but_in_the_whole_one() {
    let bank = Bank::open().await;
    let is_it = |institution: &Value| institution["id"] == "SANDBOXFINANCE_SFIN0000";
    assert!(list(&bank, "").await.iter().any(is_it));
    for country in COUNTRIES {
        assert!(!list(&bank, &format!("?country={country}")).await.iter().any(is_it));
    }
}

#[tokio::test]
async fn the_sandbox_bank_is_as_the_vendors() {
    let bank = Bank::open().await;
    let institution = bank.get(Operation::RetrieveInstitution, "SANDBOXFINANCE_SFIN0000").await.ok();
    assert_eq!(member(&institution, "/name"), "Sandbox Finance");
    assert_eq!(member(&institution, "/bic"), "SFIN0000");
    assert_eq!(member(&institution, "/transaction_total_days"), "90");
    assert_eq!(institution["identification_codes"], json!([]));
}

#[tokio::test]
async fn only_british_institutions_reconfirm() {
    let bank = Bank::open().await;
    for institution in list(&bank, "").await {
        let british = institution["countries"] == json!(["GB"]);
        assert_eq!(institution.get("max_access_valid_for_days_reconfirmation").is_some(), british);
        for days in ["transaction_total_days", "max_access_valid_for_days"] {
            assert!(institution[days].is_string(), "day counts are text");
        }
    }
}

#[tokio::test]
async fn every_feature_flag_divides_the_list() {
    let bank = Bank::open().await;
    let all = list(&bank, "").await.len();
    for flag in [
        "access_scopes",
        "account_selection",
        "business_accounts",
        "card_accounts",
        "corporate_accounts",
        "pending_transactions",
        "private_accounts",
        "read_debtor_account",
        "read_refund_account",
        "separate_continuous_history_consent",
        "ssn_verification",
    ] {
        let with = list(&bank, &format!("?{flag}_supported=true")).await;
        let without = list(&bank, &format!("?{flag}_supported=False")).await;
        assert_eq!(with.len() + without.len(), all, "{flag}");
        assert!(!with.is_empty(), "{flag}");
        assert!(with.iter().all(|one| one["supported_features"].as_array().unwrap().contains(&json!(flag))));
    }
    assert!(list(&bank, "?country=fi&ssn_verification_supported=true").await.len() == 1);
}

#[tokio::test]
async fn a_country_that_is_not_served_is_a_field_error() {
    let bank = Bank::open().await;
    for country in ["XX", "US", "GBR", "%00", "1"] {
        let reply = bank.query(Operation::ListInstitutions, "", &format!("?country={country}")).await;
        assert!(reply.field(400, "country")["summary"].is_string());
    }
    let reply = bank.query(Operation::ListInstitutions, "", "?private_accounts_supported=perhaps").await;
    assert!(member(&reply.error(400, "Invalid value"), "/detail").contains("private_accounts_supported"));
}

#[tokio::test]
async fn unknown_query_fields_are_refused() {
    let bank = Bank::open().await;
    let body = bank
        .query(Operation::ListInstitutions, "", "?payments_enabled=true")
        .await
        .error(400, "Unknown fields");
    assert!(member(&body, "/detail").contains("payments_enabled"));
}

#[tokio::test]
async fn an_unknown_institution_is_not_found() {
    let bank = Bank::open().await;
    for id in ["NOBANK_NOBAXX22", "sandboxfinance_sfin0000", "%00", "..", "a%20b", "%ff"] {
        let path = format!("/api/v2/institutions/{id}/");
        bank.send("GET", &path, "", "").await.error(404, "Not found.");
    }
}
