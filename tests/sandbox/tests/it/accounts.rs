//! Accounts: their data, and who may read it when.

use std::collections::HashSet;
use std::time::Duration;

use chrono::NaiveDate;
use gocardless_bank_data_sandbox::{AccountStatus, Fault, Operation, Preset};
use serde_json::{Value, json};

use crate::support::{Bank, Linked, member};

const UNKNOWN: &str = "00000000-0000-4000-8000-000000000000";
const DATA: [Operation; 3] =
    [Operation::AccountBalances, Operation::AccountDetails, Operation::AccountTransactions];

async fn booked(bank: &Bank, account: &str, query: &str) -> Vec<Value> {
    let body = bank.query(Operation::AccountTransactions, account, query).await.ok();
    body["transactions"]["booked"].as_array().unwrap().clone()
}

fn day(transaction: &Value) -> NaiveDate {
    member(transaction, "/bookingDate").parse().unwrap()
}

fn cents(transaction: &Value) -> i64 {
    member(transaction, "/transactionAmount/amount").replace('.', "").parse().unwrap()
}

#[tokio::test]
async fn the_two_accounts_are_those_of_the_vendors_sandbox() {
    let bank = Bank::open().await;
    let Linked { main, card, .. } = bank.linked(&json!({})).await;
    for (account, name, owner, product, kind, currency) in [
        (main, "Main Account", "John Doe", "Checkings", "CACC", "EUR"),
        (card, "Credit Account", "Jane Doe", "Card", "OTHR", "GBP"),
    ] {
        let metadata = bank.get(Operation::AccountMetadata, &account).await.ok();
        assert_eq!(metadata["name"], name);
        assert_eq!(metadata["owner_name"], owner);
        assert_eq!(metadata["status"], "READY");
        assert!(metadata.get("last_accessed").is_none(), "absent until the first read");
        let details = bank.get(Operation::AccountDetails, &account).await.ok()["account"].clone();
        assert_eq!(details["iban"], metadata["iban"]);
        assert!(member(&details, "/iban").starts_with("GL"));
        assert_eq!(
            [&details["ownerName"], &details["product"], &details["cashAccountType"], &details["currency"]],
            [owner, product, kind, currency]
        );
        let metadata = bank.get(Operation::AccountMetadata, &account).await.ok();
        assert_eq!(member(&metadata, "/last_accessed"), "2026-03-10T12:00:00.000000Z");
    }
}

#[tokio::test]
async fn both_balances_are_equal_and_follow_from_the_books() {
    let bank = Bank::open().await;
    let linked = bank.linked(&json!({})).await;
    let balances = bank.get(Operation::AccountBalances, &linked.main).await.ok()["balances"].clone();
    let kinds: Vec<&Value> = balances.as_array().unwrap().iter().map(|one| &one["balanceType"]).collect();
    assert_eq!(kinds, ["expected", "interimAvailable"]);
    assert_eq!(balances[0]["balanceAmount"], balances[1]["balanceAmount"]);
    let body = bank.get(Operation::AccountTransactions, &linked.main).await.ok();
    let newest = member(&body, "/transactions/booked/0/balanceAfterTransaction/balanceAmount/amount");
    let pending: i64 = body["transactions"]["pending"].as_array().unwrap().iter().map(cents).sum();
    let expected = newest.replace('.', "").parse::<i64>().unwrap() + pending;
    assert_eq!(
        member(&balances, "/0/balanceAmount/amount").replace('.', "").parse::<i64>().unwrap(),
        expected
    );
}

#[tokio::test]
async fn transactions_look_like_a_years_real_ones() {
    let bank = Bank::open().await;
    let agreement = json!({ "institution_id": "FERNWICKBANK_FRNWGB22", "max_historical_days": 365 });
    let agreement = member(&bank.agreement(&agreement).await, "/id");
    let wishes = json!({ "institution_id": "FERNWICKBANK_FRNWGB22", "agreement": agreement });
    let linked = bank.linked(&wishes).await;
    let main = booked(&bank, &linked.main, "").await;
    assert!((600..3_000).contains(&main.len()), "{}", main.len());
    assert!(main.windows(2).all(|pair| day(&pair[0]) >= day(&pair[1])), "newest first");
    assert_eq!(day(main.last().unwrap()), "2025-03-10".parse().unwrap());
    let ids: HashSet<String> = main.iter().map(|one| member(one, "/internalTransactionId")).collect();
    assert_eq!(ids.len(), main.len());
    assert!(ids.iter().all(|id| id.len() == 32));
    let kinds: HashSet<String> =
        main.iter().map(|one| member(one, "/proprietaryBankTransactionCode")).collect();
    for kind in ["PURCHASE", "REFUND", "DIRECT_DEBIT", "SALARY", "TRANSFER", "FEE"] {
        assert!(kinds.contains(kind), "{kind}");
    }
    let abroad: HashSet<String> = main
        .iter()
        .filter(|one| one.get("currencyExchange").is_some())
        .map(|one| member(one, "/currencyExchange/0/targetCurrency"))
        .collect();
    assert_eq!(abroad, ["USD", "GBP", "SEK"].map(str::to_owned).into());
    // Each balance is the previous one plus the amount.
    for pair in main.windows(2) {
        let balance = |one: &Value| {
            member(one, "/balanceAfterTransaction/balanceAmount/amount")
                .replace('.', "")
                .parse::<i64>()
                .unwrap()
        };
        assert_eq!(balance(&pair[0]), balance(&pair[1]) + cents(&pair[0]));
    }
    let card = booked(&bank, &linked.card, "").await;
    assert!(card.iter().all(|one| one["transactionAmount"]["currency"] == "GBP"));
}

#[tokio::test]
async fn pending_transactions_have_no_identifiers_and_are_booked_later() {
    let mut bank = Bank::open().await;
    let linked = bank.linked(&json!({})).await;
    let body = bank.get(Operation::AccountTransactions, &linked.main).await.ok();
    let pending = body["transactions"]["pending"].as_array().unwrap().clone();
    assert!(!pending.is_empty());
    for one in &pending {
        for absent in ["internalTransactionId", "transactionId", "bookingDate"] {
            assert!(one.get(absent).is_none());
        }
    }
    bank.sandbox.clock().advance(Duration::from_secs(3 * 86_400));
    bank.log_in().await;
    let later = booked(&bank, &linked.main, "").await;
    for one in &pending {
        let same = |other: &Value| {
            other["valueDate"] == one["valueDate"] && other["transactionAmount"] == one["transactionAmount"]
        };
        assert!(later.iter().any(same), "{one}");
    }
}

#[tokio::test]
async fn dates_choose_days_and_days_before_the_history_are_left_out_silently() {
    let bank = Bank::open().await;
    let linked = bank.linked(&json!({})).await;
    let all = booked(&bank, &linked.main, "").await;
    let some = booked(&bank, &linked.main, "?date_from=2026-02-01&date_to=2026-02-28").await;
    let (first, last) = ("2026-02-01".parse().unwrap(), "2026-02-28".parse().unwrap());
    // One of both dates is enough.
    let is_in = |date: NaiveDate| (first..=last).contains(&date);
    let value_day = |one: &Value| member(one, "/valueDate").parse().unwrap();
    let expected: Vec<Value> =
        all.iter().filter(|one| is_in(day(one)) || is_in(value_day(one))).cloned().collect();
    assert!(some.iter().any(|one| !is_in(day(one))) && some.iter().any(|one| !is_in(value_day(one))));
    assert_eq!(some, expected);
    assert_eq!(booked(&bank, &linked.main, "?date_from=1970-01-01").await, all);
    assert_eq!(
        booked(&bank, &linked.main, "?date_from=1970-01-01&date_to=1980-01-01").await,
        Vec::<Value>::new()
    );
    booked(&bank, &linked.main, "?date_from=2026-03-10&date_to=2026-03-10").await;
}

#[tokio::test]
async fn dates_that_are_none_or_in_the_future_or_reversed_are_refused() {
    let bank = Bank::open().await;
    let linked = bank.linked(&json!({})).await;
    let ask = async |query: &str| bank.query(Operation::AccountTransactions, &linked.main, query).await;
    for odd in ["2026-02-30", "2026-2-1", "yesterday", "", "2026-03-01T00:00:00Z", "%00", "99999-01-01"] {
        let about = ask(&format!("?date_from={odd}")).await.field(400, "date_from");
        assert!(about["summary"].is_string(), "{odd}");
    }
    let reply = ask("?date_from=2026-03-11&date_to=2026-03-12").await;
    assert_eq!(reply.status, 400);
    assert!(reply.json["date_from"]["detail"].is_string() && reply.json["date_to"]["detail"].is_string());
    ask("?date_from=2026-03-02&date_to=2026-03-01").await.error(400, "Incorrect date range");
}

#[tokio::test]
async fn malformed_and_unknown_accounts_are_distinguished() {
    let bank = Bank::open().await;
    for operation in DATA.into_iter().chain([Operation::AccountMetadata]) {
        let body = bank.get(operation, "17").await.error(400, "Invalid Account ID");
        assert!(member(&body, "/detail").ends_with(' '), "the real text ends with a blank");
        let body = bank.get(operation, UNKNOWN).await.error(404, "Account ID");
        assert!(member(&body, "/summary").contains(UNKNOWN));
    }
}

#[tokio::test]
async fn an_agreement_opens_only_its_scope() {
    let bank = Bank::open().await;
    let agreement = bank.agreement(&json!({ "access_scope": ["balances"] })).await;
    let linked = bank.linked(&json!({ "agreement": agreement["id"] })).await;
    bank.get(Operation::AccountBalances, &linked.main).await.ok();
    for operation in [Operation::AccountDetails, Operation::AccountTransactions] {
        let summary = "End User Agreement (EUA) access scope error";
        bank.get(operation, &linked.main).await.error(403, summary);
    }
}

#[tokio::test]
async fn a_long_history_at_a_bank_that_freezes_it_comes_once_and_never_grows() {
    let mut bank = Bank::open().await;
    let freezing = "HEDGEHOGMONEY_HDGHGB22";
    let mut reads = Vec::new();
    for (institution, days) in [(freezing, 91), (freezing, 90), ("FERNWICKBANK_FRNWGB22", 365)] {
        let agreement = json!({ "institution_id": institution, "max_historical_days": days });
        let agreement = member(&bank.agreement(&agreement).await, "/id");
        let wishes = json!({ "institution_id": institution, "agreement": agreement });
        let linked = bank.linked(&wishes).await;
        let first = bank.get(Operation::AccountTransactions, &linked.main).await.ok();
        reads.push((linked.main, first));
    }
    bank.sandbox.clock().advance(Duration::from_secs(7 * 86_400));
    bank.log_in().await;
    let mut again = Vec::new();
    for (account, first) in &reads {
        let read = bank.get(Operation::AccountTransactions, account).await.ok();
        again.push(read == *first);
    }
    assert_eq!(again, [true, false, false]);
    // A range chooses days of the same list.
    let (account, first) = &reads[0];
    let late = booked(&bank, account, "?date_from=2026-03-05").await;
    assert!(
        !late.is_empty()
            && late.iter().all(|one| first["transactions"]["booked"].as_array().unwrap().contains(one))
    );
    // Balances are not part of it.
    bank.get(Operation::AccountBalances, account).await.ok();
}

#[tokio::test]
async fn expiry_is_noticed_when_an_account_is_read() {
    let mut bank = Bank::open().await;
    let linked = bank.linked(&json!({})).await;
    bank.sandbox.clock().advance(Duration::from_secs(90 * 86_400));
    bank.log_in().await;
    let requisition = bank.get(Operation::RetrieveRequisition, &linked.requisition).await.ok();
    assert_eq!(requisition["status"], "LN", "nobody has read yet");
    assert_eq!(bank.get(Operation::AccountMetadata, &linked.main).await.ok()["status"], "READY");
    let body =
        bank.get(Operation::AccountBalances, &linked.main).await.error(401, "End User Agreement (EUA)");
    assert!(member(&body, "/summary").ends_with("has expired"));
    assert!(member(&body, "/detail").contains("it expired at 2026-06-08 12:00:00.000000."));
    let requisition = bank.get(Operation::RetrieveRequisition, &linked.requisition).await.ok();
    assert_eq!(requisition["status"], "EX");
    assert_eq!(bank.get(Operation::AccountMetadata, &linked.main).await.ok()["status"], "EXPIRED");
}

#[tokio::test]
async fn ten_failures_of_the_bank_in_a_row_suspend_an_account() {
    let bank = Bank::open().await;
    let linked = bank.linked(&json!({})).await;
    let fail = |preset, times| bank.sandbox.faults().add(Fault::preset(preset).times(times));
    let read = async || bank.get(Operation::AccountBalances, &linked.main).await.status;
    // These two are exempt.
    fail(Preset::BankLimit, 10);
    fail(Preset::ServiceError, 10);
    fail(Preset::UnknownRequestError, 9);
    for expected in [[429; 10].as_slice(), &[503; 10], &[500; 9]].concat() {
        assert_eq!(read().await, expected);
    }
    // A success ends the row.
    assert_eq!(read().await, 200);
    fail(Preset::ConnectionError, 10);
    for _ in 0..10 {
        assert_eq!(read().await, 503);
    }
    for operation in DATA {
        bank.get(operation, &linked.main).await.error(409, "Account suspended");
    }
    assert_eq!(bank.get(Operation::AccountMetadata, &linked.main).await.ok()["status"], "SUSPENDED");
    bank.get(Operation::AccountBalances, &linked.card).await.ok();
}

#[tokio::test]
async fn a_status_that_is_set_decides_what_reads_answer() {
    let bank = Bank::open().await;
    let linked = bank.linked(&json!({})).await;
    for (status, answer) in [
        (AccountStatus::Suspended, 409),
        (AccountStatus::Processing, 409),
        (AccountStatus::Discovered, 409),
        (AccountStatus::Error, 409),
        (AccountStatus::Expired, 401),
        (AccountStatus::Ready, 200),
    ] {
        bank.sandbox.set_account_status(&linked.main, status).unwrap();
        assert_eq!(bank.get(Operation::AccountDetails, &linked.main).await.status, answer, "{status}");
        let metadata = bank.get(Operation::AccountMetadata, &linked.main).await.ok();
        assert_eq!(metadata["status"], status.as_str());
        assert_eq!(AccountStatus::parse(status.as_str()), Some(status));
    }
    bank.sandbox.suspend_account(&linked.card).unwrap();
    bank.get(Operation::AccountDetails, &linked.card).await.error(409, "Account suspended");
    assert_eq!(bank.sandbox.suspend_account("17").unwrap_err().to_string(), "the sandbox has no account 17");
}

#[tokio::test]
async fn an_account_in_error_is_itself_the_body_of_the_409() {
    let bank = Bank::open().await;
    let linked = bank.linked(&json!({})).await;
    bank.sandbox.set_account_status(&linked.main, AccountStatus::Error).unwrap();
    let reply = bank.get(Operation::AccountBalances, &linked.main).await;
    assert_eq!((reply.status, &reply.json["id"]), (409, &json!(linked.main)));
    assert_eq!(reply.json["created"], "2026-03-10 12:00:00.000000+00:00");
    assert!(reply.json.get("summary").is_none() && reply.json.get("status_code").is_none());
}
