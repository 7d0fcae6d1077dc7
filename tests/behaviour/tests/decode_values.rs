//! Is everything a bank may send in a member kept as it came, or rejected with its path?

use gocardless_bank_data::model::{Transaction, Transactions};
use gocardless_bank_data::{
    AccountStatus, Amount, Date, Error, OneOrMany, OperationClass, OrOther, RequisitionId, RequisitionStatus,
    Response, Timestamp,
};
use serde_json::{Value, json};
use test_support::{Answer, FaultServer, Subject, account, client, institution};

/// A transaction with every kind of member.
fn transaction() -> Value {
    json!({
        "transactionId": "t", "internalTransactionId": "i", "entryReference": "e", "endToEndId": "n", "mandateId": "m",
        "checkId": "c", "creditorId": "d", "bookingDate": "2026-01-02", "valueDate": "2026-01-02",
        "bookingDateTime": "2026-01-02T03:04:05Z", "valueDateTime": "2026-01-02T03:04:05.678Z",
        "transactionAmount": { "amount": "-24.50", "currency": "EUR" },
        "creditorName": "N", "creditorAccount": { "iban": "GL3343697694912188", "currency": "EUR" },
        "debtorName": "N", "debtorAccount": { "bban": "1" }, "ultimateCreditor": "U", "ultimateDebtor": "U",
        "currencyExchange": [{ "sourceCurrency": "USD", "exchangeRate": "1.1", "targetCurrency": "EUR" }],
        "remittanceInformationUnstructured": "r", "remittanceInformationUnstructuredArray": ["r", "s"],
        "remittanceInformationStructured": "r", "remittanceInformationStructuredArray": ["r"],
        "additionalInformation": "a", "purposeCode": "p", "bankTransactionCode": "b",
        "proprietaryBankTransactionCode": "b", "merchantCategoryCode": "5812",
        "balanceAfterTransaction": {
            "balanceAmount": { "amount": "1.00", "currency": "EUR" }, "balanceType": "interimBooked",
        },
    })
}

fn booked(transactions: &[Value]) -> Value {
    json!({ "transactions": { "booked": transactions, "pending": [transaction()] } })
}

/// The result of reading transactions with this body.
async fn read(body: &Value) -> Result<Response<Transactions>, Error> {
    let answer = Answer::json(200, body);
    let server = FaultServer::api(move |_| answer.reply()).await;
    let outcome = client(&server).account(account()).transactions().send().await;
    assert_eq!(server.hits(), 1);
    outcome
}

async fn answered<T>(body: Value, call: impl AsyncFnOnce(gocardless_bank_data::BankData) -> T) -> T {
    let server = FaultServer::api(move |_| Answer::json(200, &body).reply()).await;
    call(client(&server)).await
}

#[tokio::test]
async fn d02_a_word_that_nobody_knows_yet_is_kept_and_the_rest_is_read() {
    for word in [
        json!("BRAND_NEW"),
        json!("ln"),
        json!(""),
        json!("x".repeat(10_000)),
        json!(7),
        json!(null),
        json!(["LN"]),
    ] {
        let id = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
        let body = json!({
            "id": id, "created": "2026-01-02T03:04:05Z", "redirect": "https://example.org/", "status": word,
            "institution_id": "A", "agreement": id, "reference": "r", "accounts": [id], "link": "https://example.org/",
        });
        let requisition = answered(body.clone(), async |bank| {
            bank.requisitions().get(id.parse::<RequisitionId>().unwrap()).await.unwrap()
        })
        .await;
        assert_eq!(requisition.accounts.len(), 1, "{word}");
        if let Some(status) = &requisition.status {
            assert!(matches!(status, RequisitionStatus::Unknown(_)), "{word}: {status:?}");
            assert_eq!(status.as_str(), word.as_str());
            assert_eq!(serde_json::to_value(status).unwrap(), word);
        } else {
            assert!(word.is_null(), "{word}");
        }
    }
    let status = answered(json!({ "id": "a", "status": "FROZEN" }), async |bank| {
        bank.account(account()).metadata().await.unwrap().status.unwrap()
    })
    .await;
    assert!(matches!(&status, AccountStatus::Unknown(_)) && status.as_str() == Some("FROZEN"));
    // Countries and currencies are strings, so any value is accepted.
    let mut odd = transaction();
    odd["transactionAmount"]["currency"] = "XBT-9".into();
    odd["balanceAfterTransaction"]["balanceType"] = "brandNew".into();
    let seen = read(&booked(&[odd.clone()])).await.unwrap().into_value();
    assert_eq!(serde_json::to_value(&seen.transactions.booked[0]).unwrap(), odd);
    let institution = answered(
        json!({ "id": "A", "name": "A", "countries": ["ZZ", "EU"], "supported_features": ["brand_new"], "logo": "" }),
        async |bank| bank.institutions().get(institution()).await,
    )
    .await;
    let encoded = serde_json::to_value(institution.unwrap()).unwrap();
    assert_eq!(
        (&encoded["countries"], &encoded["supported_features"]),
        (&json!(["ZZ", "EU"]), &json!(["brand_new"]))
    );
}

#[tokio::test]
async fn d04_what_has_no_known_member_is_an_error_after_one_request_and_is_kept_whole() {
    for subject in Subject::of(OperationClass::MeteredRead) {
        for sent in ["{}", "{\"x\":1}", "[]", "null", "12", "\"x\"", "{\"results\":{\"x\":[]}}"] {
            let server = FaultServer::api(move |_| Answer::new(200, sent).reply()).await;
            let error = subject.call(&client(&server)).await.unwrap_err();
            let kept = error.body().is_some_and(|body| body == sent.as_bytes());
            assert!(
                matches!(error, Error::Decode(_)) && kept && server.hits() == 1,
                "{subject:?} {sent}: {error:?}"
            );
        }
    }
}

#[tokio::test]
async fn d04_one_bad_transaction_does_not_hide_the_rest() {
    let read = read(&booked(&[transaction(), json!(5), transaction()])).await.unwrap().into_value();
    assert_eq!(read.transactions.booked.len(), 2);
    let parts: Vec<_> = read.unread.iter().map(|part| (part.path(), part.json().as_i64())).collect();
    assert_eq!(parts, [("transactions.booked[1]", Some(5))]);
    // The list itself says so too, to whoever has only the list.
    assert_eq!(read.transactions.booked.unread().len(), 1);
}

#[test]
fn d05_an_amount_is_kept_to_the_last_of_its_digits() {
    let forty = "1234567890123456789012345678901234567.89";
    for (text, decimal) in [
        ("1e3", Some("1000")),
        ("0.10", Some("0.10")),
        ("-0", Some("0")),
        ("-0.00", Some("0.00")),
        ("+5", Some("5")),
        ("0.1000000000000000055511151231257827", None),
        (forty, None),
        ("", None),
        ("NaN", None),
        ("1,50", None),
    ] {
        let amount: Amount = serde_json::from_value(text.into()).unwrap();
        assert_eq!((amount.as_str(), amount.to_string().as_str()), (text, text));
        assert_eq!(amount.to_decimal(), decimal.map(|text| text.parse().unwrap()), "{text}");
        assert_eq!(serde_json::to_value(&amount).unwrap(), json!(text));
    }
    // Numbers, which no bank is known to send: amounts of up to 15 digits survive unchanged.
    for number in [
        "1.1",
        "0.1",
        "-24.5",
        "1234567890123.45",
        "-0.01",
        "100",
        "-3",
        "9007199254740993",
        "18446744073709551615",
    ] {
        let amount: Amount = serde_json::from_str(number).unwrap();
        assert_eq!(amount.as_str(), number);
        assert_eq!(amount.to_decimal(), Some(number.parse().unwrap()));
        assert_eq!(serde_json::to_string(&amount).unwrap(), number);
    }
    for wrong in ["null", "true", "[]", "{}"] {
        assert!(serde_json::from_str::<Amount>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn d06_a_day_that_does_not_exist_is_kept_as_text_and_is_not_a_day() {
    for text in [
        "2025-02-30",
        "2025-02-29",
        "0000-01-01",
        "0000-00-00",
        "2025-13-01",
        "2025-00-10",
        "",
        " ",
        "yesterday",
        "2025",
        "20250102",
        "2025-1-2",
        "99999-01-01",
        "-2025-01-02",
        "2025-01-02T99:99:99Z",
        "2025-01-02T03:04:05+99:99",
        "9999-12-31T23:59:60Z",
        "2025-01-02T24:00:00Z",
        "\u{0}",
        "2025-01-0\u{661}",
    ] {
        let date: Date = serde_json::from_value(text.into()).unwrap();
        let instant: Timestamp = serde_json::from_value(text.into()).unwrap();
        assert_eq!((date.as_str(), instant.as_str()), (text, text));
        // No day is invented.
        if let Some(day) = date.day() {
            assert!(
                text.contains(&day.format("%Y-%m-%d").to_string()) || text == "20250102",
                "{text}: {day}"
            );
        }
        assert_eq!(serde_json::to_value(&date).unwrap(), json!(text));
        assert_eq!(serde_json::to_value(&instant).unwrap(), json!(text));
    }
    let day = |text: &str| serde_json::from_value::<Date>(text.into()).unwrap().day();
    assert_eq!(day("2024-02-29").unwrap().to_string(), "2024-02-29");
    assert_eq!(day("2025-02-30"), None);
    // The day is the one written, whatever the offset.
    for text in ["2025-01-02T23:30:00-11:00", "2025-01-02T00:30:00+14:00", "2025-01-02T00:00:00.0000000"] {
        assert_eq!(day(text).unwrap().to_string(), "2025-01-02", "{text}");
    }
}

#[test]
fn d06_an_object_that_may_be_many_or_something_else_is_kept_in_either_form() {
    let one: OneOrMany<Transaction> = serde_json::from_value(transaction()).unwrap();
    let many: OneOrMany<Transaction> = serde_json::from_value(json!([transaction()])).unwrap();
    assert_eq!(serde_json::to_value(one).unwrap(), transaction());
    assert_eq!(serde_json::to_value(many).unwrap(), json!([transaction()]));
    let other: OrOther<Transaction> = serde_json::from_value(json!("text")).unwrap();
    assert_eq!(other.other(), Some(&json!("text")));
}
