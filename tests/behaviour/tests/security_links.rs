//! Is no address that an answer holds ever asked for anything? (F9, F10)

#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, reason = "clippy.toml allows it in tests, but not in their helpers")]

use std::pin::pin;

use behaviour::{Answer, FaultServer, Request, Subject, client};
use futures_util::{StreamExt, TryStreamExt};
use gocardless_bank_data::{AgreementId, InstitutionId, RequisitionId};
use serde_json::{Value, json};

fn entry(number: usize) -> Value {
    let id = format!("3fa85f64-5717-4562-b3fc-{number:012}");
    json!({
        "id": id, "created": "2026-01-02T03:04:05Z", "redirect": null, "status": "CR", "reference": id,
        "institution_id": "SANDBOXFINANCE_SFIN0000", "agreement": id, "accounts": [], "link": "https://example.org/",
        "max_historical_days": 90, "access_valid_for_days": 90, "access_scope": [], "accepted": null,
    })
}

/// The offset that is asked for.
fn offset(request: &Request) -> usize {
    let mut parts = request.query.split('&').filter_map(|part| part.split_once('='));
    parts.find(|(name, _)| *name == "offset").map_or(0, |(_, value)| value.parse().unwrap())
}

/// A page of a list of seven in pages of three, with this in `next`.
fn page(request: &Request, next: Option<&str>) -> Answer {
    let results: Vec<_> = (offset(request)..7).take(3).map(entry).collect();
    Answer::json(200, &json!({ "count": 7, "next": next, "previous": next, "results": results }))
}

#[tokio::test]
async fn f09_the_next_page_is_asked_for_by_number_wherever_next_points() {
    let other = FaultServer::start(|_| Answer::new(200, "{}").reply()).await;
    let elsewhere = format!("{}/api/v2/requisitions/?limit=3&offset=3", other.url());
    let nexts = [
        None,
        Some(elsewhere.as_str()),
        Some("http://example.org/api/v2/requisitions/?offset=3"),
        Some("https://user:password@example.org/?offset=3"),
        Some("/api/v2/token/new/?offset=3"),
        Some("//evil.example/?offset=3"),
        Some("?offset=0"),
        Some("?offset=999999999999999999999"),
        Some("?offset=-3"),
        Some("file:///etc/passwd"),
        Some(""),
        Some("no address"),
    ];
    for next in nexts {
        let told = next.map(str::to_owned);
        let server = FaultServer::api(move |request| page(request, told.as_deref()).reply()).await;
        let bank = client(&server);
        let ids: Vec<RequisitionId> = bank
            .requisitions()
            .list()
            .stream()
            .map_ok(|requisition| requisition.id.unwrap())
            .try_collect()
            .await
            .unwrap();
        assert_eq!(ids.len(), 7, "{next:?}");
        let agreements: Vec<AgreementId> = bank
            .agreements()
            .list()
            .stream()
            .map_ok(|agreement| agreement.id.unwrap())
            .try_collect()
            .await
            .unwrap();
        assert_eq!(agreements.len(), 7, "{next:?}");
        let lists = server.requests().into_iter().filter(|request| !request.is_token());
        let asked: Vec<_> = lists.map(|request| (request.path.clone(), offset(&request))).collect();
        for (at, (path, offset)) in asked.iter().enumerate() {
            let list = if at < 3 { "/api/v2/requisitions/" } else { "/api/v2/agreements/enduser/" };
            assert_eq!((path.as_str(), *offset), (list, at % 3 * 3), "{next:?}");
        }
        assert_eq!(asked.len(), 6, "{next:?}");
    }
    assert_eq!(other.requests().len(), 0);
}

#[tokio::test]
async fn f09_a_list_that_makes_no_progress_ends() {
    let counts = [json!(7), json!(i64::MAX), json!(0), json!(-1), json!(i64::MIN)];
    for count in counts {
        let told = count.clone();
        let server = FaultServer::api(move |_| {
            let body =
                json!({ "count": told, "next": "https://example.org/", "previous": null, "results": [] });
            Answer::json(200, &body).reply()
        })
        .await;
        let bank = client(&server);
        let mut stream = pin!(bank.requisitions().list().stream());
        assert!(stream.next().await.is_none(), "{count}");
        assert_eq!(server.hits(), 1, "{count}");
    }
}

#[tokio::test]
async fn f09_a_list_that_promises_ever_more_ends_too() {
    let server = FaultServer::api(|request| {
        let body =
            json!({ "count": i64::MAX, "next": null, "previous": null, "results": [entry(offset(request))] });
        Answer::json(200, &body).reply()
    })
    .await;
    let entries = client(&server).requisitions().list().stream().count().await;
    assert_eq!((entries, server.hits()), (10_000, 10_000));
}

#[tokio::test]
async fn f10_an_address_in_an_answer_is_data() {
    let other = FaultServer::start(|_| Answer::new(200, "").reply()).await;
    let address = format!("{}/logo.png", other.url());
    let link = address.clone();
    let server = FaultServer::api(move |request| {
        let mut requisition = entry(1);
        for name in ["link", "redirect"] {
            requisition[name] = link.as_str().into();
        }
        let body = match request.path.as_str() {
            "/api/v2/institutions/" => json!([{
                "id": "A", "name": "A", "bic": "", "transaction_total_days": "90", "countries": [], "logo": link,
                "max_access_valid_for_days": "90",
            }]),
            path if path.starts_with("/api/v2/institutions/") => json!({
                "id": "A", "name": "A", "bic": "", "transaction_total_days": "90", "countries": [], "logo": link,
                "max_access_valid_for_days": "90", "supported_features": [], "identification_codes": [],
            }),
            path if path.ends_with("/reconfirm/") => json!({ "reconfirmation_url": link, "redirect": link }),
            _ => requisition,
        };
        Answer::json(if request.method == "POST" { 201 } else { 200 }, &body).header("link", link.as_str()).reply()
    })
    .await;
    let bank = client(&server);
    let institution = bank.institutions().get("A".parse::<InstitutionId>().unwrap()).await.unwrap();
    assert!(serde_json::to_string(&institution).unwrap().contains(&address));
    let institutions = bank.institutions().list().await.unwrap();
    assert!(serde_json::to_string(&institutions).unwrap().contains(&address));
    let requisition = bank.requisitions().create(&institution.id, address.clone()).await.unwrap();
    assert_eq!(requisition.link.as_deref(), Some(address.as_str()));
    let id: AgreementId = "a".parse().unwrap();
    let reconfirmation = bank.agreements().reconfirmation(&id).await.unwrap();
    assert!(serde_json::to_string(&reconfirmation).unwrap().contains(&address));
    let _ = Subject::CreateRequisition.call(&bank).await;
    assert_eq!(other.requests().len(), 0);
}
