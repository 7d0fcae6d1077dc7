//! Can no string from a program or a bank break out of its place in a path, a query, a header or a body?

use gocardless_bank_data::reqwest::{ClientBuilder, Url};
use gocardless_bank_data::{AccountId, AgreementId, BankData, Error, InstitutionId, RequisitionId, Secret};
use gocardless_bank_data_types::PathId;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use test_support::{Answer, FaultServer, Random, Request, Subject, builder, client, institution};

/// Strings that escape from a path segment on some server.
fn escaping() -> Vec<String> {
    let mut texts: Vec<_> = [
        "",
        ".",
        "..",
        "...",
        "./",
        "../",
        "../token/new/",
        "..\\..\\token\\new",
        "%2e%2e",
        "%2E.",
        "%252e%252e",
        "a/b",
        "a\\b",
        "a%2fb",
        "a?x",
        "a#f",
        "a;b",
        "a:b",
        "a@b",
        "a&b",
        "a=b",
        "a+b",
        "a b",
        " a",
        "a ",
        "a\r\nb",
        "a\nHost: evil",
        "a\0b",
        "\u{202e}a",
        "\u{200f}a",
        "a\u{ff0f}b",
        "\u{2024}\u{2024}",
        "\u{e4}",
        "\u{feff}",
        "//evil.example/",
        "http://evil.example/",
        "a\u{301}",
    ]
    .map(str::to_owned)
    .into();
    texts.extend(["a".repeat(129), "a".repeat(10_000), "/".repeat(10_000)]);
    texts
}

/// An unchecked id, as decoded from a response.
fn decoded<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_value(text.into()).unwrap()
}

fn path(request: &Request) -> &str {
    &request.path
}

#[tokio::test]
async fn f05_no_institution_id_reaches_another_endpoint() {
    let server = FaultServer::api(|_| Subject::Institution.success().reply()).await;
    let bank = client(&server);
    for text in escaping() {
        assert!(text.parse::<InstitutionId>().is_err(), "{text:?}");
        assert!(InstitutionId::try_from(text.clone()).is_err() && InstitutionId::try_from(&*text).is_err());
        let error = bank.institutions().get(decoded::<InstitutionId>(&text)).await.unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)), "{text:?}: {error:?}");
    }
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn f05_each_of_a_million_random_ids_is_refused_or_is_one_segment_as_it_stands() {
    // Characters of ids, and everything with a meaning in a URL.
    let letters: Vec<char> =
        "aZ09_-~.../\\%2e%2f?#;:@&=+$, \t\r\n\0|<>{}[]^`'\"\u{e4}\u{202e}\u{ff0f}".chars().collect();
    let mut random = Random::new(5);
    let (mut text, mut taken, mut outside) = (String::new(), 0, Vec::new());
    for _ in 0..1_000_000 {
        text.clear();
        for _ in 0..=random.below(6) {
            text.push(*random.one_of(&letters));
        }
        let Ok(id) = text.parse::<InstitutionId>() else { continue };
        taken += 1;
        let url = Url::parse(&format!("https://h/api/v2/institutions/{id}/")).unwrap();
        let segments: Vec<_> = url.path_segments().unwrap().collect();
        let is_inside = url.as_str() == format!("https://h/api/v2/institutions/{text}/")
            && segments == ["api", "v2", "institutions", &text, ""];
        outside.extend((!is_inside).then(|| text.clone()));
    }
    assert!(outside.is_empty(), "{outside:?}");
    assert!(taken > 1_000, "too few were taken to say anything: {taken}");
}

#[tokio::test]
async fn f05_an_id_that_is_taken_arrives_as_the_one_segment_that_it_is() {
    let server = FaultServer::api(|_| Subject::Institution.success().reply()).await;
    let bank = client(&server);
    let ids = ["a", "-", "~", "_", "a.b", "..a", "a..", "SANDBOXFINANCE_SFIN0000", "0", &"a".repeat(128)];
    for id in ids {
        bank.institutions().get(id.parse::<InstitutionId>().unwrap()).await.unwrap();
        let requests = server.requests();
        assert_eq!(path(requests.last().unwrap()), format!("/api/v2/institutions/{id}/"));
    }
}

#[tokio::test]
async fn f06_no_other_id_reaches_another_endpoint_either() {
    let server = FaultServer::api(|_| Subject::Metadata.success().reply()).await;
    let bank = client(&server);
    for text in escaping() {
        assert!(text.parse::<AccountId>().is_err(), "{text:?}");
        assert!(text.parse::<AgreementId>().is_err() && text.parse::<RequisitionId>().is_err(), "{text:?}");
        assert!(decoded::<AccountId>(&text).check().is_err(), "{text:?}");
        let account = bank.account(decoded::<AccountId>(&text));
        let (agreement, requisition) = (decoded::<AgreementId>(&text), decoded::<RequisitionId>(&text));
        let errors = [
            account.metadata().await.unwrap_err(),
            account.balances().await.unwrap_err(),
            account.details().await.unwrap_err(),
            account.transactions().await.unwrap_err(),
            bank.agreements().get(&agreement).await.unwrap_err(),
            bank.agreements().delete(&agreement).await.unwrap_err(),
            bank.agreements().accept(&agreement, "x", "192.0.2.1").await.unwrap_err(),
            bank.agreements().reconfirmation(&agreement).await.unwrap_err(),
            bank.agreements().reconfirm(&agreement).await.unwrap_err(),
            bank.requisitions().get(&requisition).await.unwrap_err(),
            bank.requisitions().delete(&requisition).await.unwrap_err(),
        ];
        for error in errors {
            assert!(matches!(error, Error::InvalidRequest(_)), "{text:?}: {error:?}");
        }
    }
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn f07_a_value_of_a_query_stays_one_value() {
    let server = FaultServer::api(|_| Answer::json(200, &json!([])).reply()).await;
    let bank = client(&server);
    for text in
        ["a&b=c", "a=b", "a#b", "a\r\nHost: evil", "a b+c", "%26", "\u{e4}\u{202e}", "", "?", "a;b", "../"]
    {
        bank.institutions().list().country(text).pending_transactions_supported(true).await.unwrap();
        let requests = server.requests();
        let request = requests.last().unwrap();
        let url = Url::parse(&format!("http://h{}?{}", request.path, request.query)).unwrap();
        let mut pairs: Vec<_> = url.query_pairs().into_owned().collect();
        pairs.sort();
        let wanted = [("country", text), ("pending_transactions_supported", "true")];
        assert_eq!(pairs, wanted.map(|(name, value)| (name.to_owned(), value.to_owned())), "{text:?}");
        assert_eq!(request.path, "/api/v2/institutions/");
    }
}

#[tokio::test]
async fn f07_a_value_of_a_body_stays_one_value() {
    let server = FaultServer::api(|_| Subject::CreateRequisition.success().reply()).await;
    let text = "a\",\"agreement\":\"b\r\n\0\u{2028}\\";
    let call = client(&server).requisitions().create(institution(), text).reference(text).ssn(text);
    call.await.unwrap();
    let requests = server.requests();
    let sent: Value = serde_json::from_slice(&requests.last().unwrap().body).unwrap();
    let wanted = json!({
        "institution_id": "SANDBOXFINANCE_SFIN0000", "redirect": text, "reference": text, "ssn": text,
    });
    assert_eq!(sent, wanted);
}

#[test]
fn f08_a_user_agent_that_no_header_can_hold_is_refused_at_build() {
    let build = |text: &str| {
        let credentials = gocardless_bank_data::Credentials::new("a", "b");
        BankData::builder(credentials).user_agent(text).build()
    };
    for text in ["a\r\nx: y", "a\nb", "a\rb", "a\0b", "\u{7f}", "a\u{1b}[31m"] {
        assert!(matches!(build(text), Err(Error::InvalidRequest(_))), "{text:?}");
    }
    build("my-ledger/1.0 (+https://example.org)").unwrap();
}

#[tokio::test]
async fn f08_a_token_that_no_header_can_hold_is_refused_before_it_stands_in_one() {
    for text in ["a\r\nx-evil: y", "a\nb", "a\0b", "\u{e4}", "a b", "", " ", "\u{7f}"] {
        let body =
            json!({ "access": text, "access_expires": 86_400, "refresh": "r", "refresh_expires": 86_400 });
        let server = FaultServer::start(move |_| Answer::json(200, &body).reply()).await;
        let error = Subject::Balances.call(&client(&server)).await.unwrap_err();
        assert!(
            matches!(&error, Error::Auth(error) if matches!(error.cause(), Error::Decode(_))),
            "{error:?}"
        );
        assert_eq!(server.hits(), 0, "{text:?}");
        assert!(text.trim().is_empty() || !format!("{error} {error:#?}").contains(text), "{error:?}");
    }
}

#[tokio::test]
async fn f08_a_refresh_token_with_anything_in_it_stays_within_its_member() {
    let server = FaultServer::api(|_| Answer::new(200, "").reply()).await;
    let text = "a\r\nx-evil: y\0\",\"x\":\"";
    client(&server).tokens().refresh(Secret::from(text)).await.unwrap();
    let requests = server.requests();
    assert_eq!(serde_json::from_slice::<Value>(&requests[0].body).unwrap(), json!({ "refresh": text }));
    assert!(!requests[0].headers.contains_key("x-evil"));
}

#[tokio::test]
async fn f11_there_is_one_authorization_and_it_is_the_clients_own() {
    let server = FaultServer::api(|_| Subject::Balances.success().reply()).await;
    let own = [(http::header::AUTHORIZATION, http::HeaderValue::from_static("Bearer of-the-caller"))];
    let http = ClientBuilder::new().default_headers(own.into_iter().collect());
    let bank = builder(&server).http_client(http).build().unwrap();
    for subject in [Subject::Balances, Subject::Metadata, Subject::DeleteRequisition] {
        let _ = subject.call(&bank).await;
        let requests = server.requests();
        let values: Vec<_> = requests.last().unwrap().headers.get_all("authorization").iter().collect();
        assert_eq!(values, ["Bearer access-1"], "{subject:?}");
    }
}
