//! Is no URL from a response ever requested, and is part of a list never taken for all of it?

use std::pin::pin;

use futures_util::{StreamExt, TryStreamExt};
use gocardless_bank_data::error::{ListError, ListReason};
use gocardless_bank_data::{Advice, AgreementId, BankData, Error, InstitutionId, RequisitionId};
use serde_json::{Value, json};
use test_support::{Answer, FaultServer, Request, Subject, client};

fn entry(number: usize) -> Value {
    let id = format!("3fa85f64-5717-4562-b3fc-{number:012}");
    json!({
        "id": id, "created": "2026-01-02T03:04:05Z", "redirect": null, "status": "CR", "reference": id,
        "institution_id": "SANDBOXFINANCE_SFIN0000", "agreement": id, "accounts": [], "link": "https://example.org/",
        "max_historical_days": 90, "access_valid_for_days": 90, "access_scope": [], "accepted": null,
    })
}

/// The requested offset.
fn offset(request: &Request) -> usize {
    let mut parts = request.query.split('&').filter_map(|part| part.split_once('='));
    parts.find(|(name, _)| *name == "offset").map_or(0, |(_, value)| value.parse().unwrap())
}

/// A page of a list of seven with three per page, with this in `next`.
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
        let sent = next.map(str::to_owned);
        let server = FaultServer::api(move |request| page(request, sent.as_deref()).reply()).await;
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
        // Whatever a text in `next` says, it says that there is more than was counted, so one more page is asked for.
        let offsets: &[usize] =
            if next.is_some_and(|next| !next.is_empty()) { &[0, 3, 6, 7] } else { &[0, 3, 6] };
        let lists = ["/api/v2/requisitions/", "/api/v2/agreements/enduser/"];
        let expected: Vec<_> = lists
            .iter()
            .flat_map(|list| offsets.iter().map(|offset| ((*list).to_owned(), *offset)))
            .collect();
        assert_eq!(asked, expected, "{next:?}");
    }
    assert_eq!(other.requests().len(), 0);
}

/// A server whose every list has this count and these entries, whatever is requested.
async fn stubborn(count: Value, results: Value) -> FaultServer {
    FaultServer::api(move |_| {
        let body =
            json!({ "count": count, "next": "https://example.org/", "previous": null, "results": results });
        Answer::json(200, &body).reply()
    })
    .await
}

/// The number of requisitions up to the first error, and that error.
async fn read_all(bank: &BankData, offset: u64) -> (usize, Option<Error>) {
    let mut stream = pin!(bank.requisitions().list().offset(offset).stream());
    let mut entries = 0;
    while let Some(next) = stream.next().await {
        match next {
            Ok(_) => entries += 1,
            Err(error) => return (entries, Some(error)),
        }
    }
    (entries, None)
}

fn list_error(error: Option<Error>) -> ListError {
    match error {
        Some(Error::List(error)) => *error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn f09_an_empty_page_ends_a_list_that_has_no_more_and_fails_one_that_has() {
    for (count, offset, ends) in [
        (json!(0), 0, true),
        (json!(-1), 0, true),
        (json!(i64::MIN), 0, true),
        (json!(7), 7, true),
        (json!(7), 8, true),
        (json!(7), 0, false),
        (json!(7), 6, false),
        (json!(i64::MAX), 0, false),
    ] {
        let server = stubborn(count.clone(), json!([])).await;
        let (entries, error) = read_all(&client(&server), offset).await;
        assert_eq!((entries, server.hits()), (0, 1), "{count} from {offset}");
        assert_eq!(error.is_none(), ends, "{count} from {offset}: {error:?}");
        if let Some(error) = error {
            assert_eq!(error.advice(), Advice::ContactSupport);
            let error = list_error(Some(error));
            assert_eq!((error.reason(), error.offset()), (ListReason::EmptyPage, offset), "{count}");
        }
    }
}

#[tokio::test]
async fn f09_a_server_that_ignores_the_offset_is_reported_before_anything_comes_twice() {
    // Two pages of two: by count alone, the first page twice would be the whole list.
    let server = stubborn(json!(4), json!([entry(0), entry(1)])).await;
    let (entries, error) = read_all(&client(&server), 0).await;
    assert_eq!((entries, server.hits()), (2, 2));
    let error = list_error(error);
    assert_eq!((error.reason(), error.offset()), (ListReason::RepeatedPage, 2));
}

#[tokio::test]
async fn f09_what_is_unread_inside_an_entry_moves_no_offset() {
    let server = FaultServer::api(|request| {
        let mut results: Vec<_> = (offset(request)..4).take(2).map(entry).collect();
        if let Some(first) = results.first_mut() {
            first["accounts"] = json!(["3fa85f64-5717-4562-b3fc-2c963f66afa6", null]);
        }
        Answer::json(200, &json!({ "count": 4, "next": null, "results": results })).reply()
    })
    .await;
    let (entries, error) = read_all(&client(&server), 0).await;
    assert_eq!((entries, server.hits(), error.is_none()), (4, 2, true));
}

#[tokio::test]
async fn f09_a_count_that_cannot_be_right_is_not_a_reason_to_stop_early() {
    for count in [json!(-1), json!(2), json!("one"), json!(null), json!([1]), json!(1e30), json!(true)] {
        let sent = count.clone();
        let server = FaultServer::api(move |request| {
            let results: Vec<_> = (offset(request)..7).take(3).map(entry).collect();
            let next = (offset(request) + 3 < 7).then_some("https://example.org/");
            let body = json!({ "count": sent, "next": next, "previous": null, "results": results });
            Answer::json(200, &body).reply()
        })
        .await;
        let (entries, error) = read_all(&client(&server), 0).await;
        assert!(error.is_none(), "{count}: {error:?}");
        assert_eq!((entries, server.hits()), (7, 3), "{count}");
    }
}

#[tokio::test]
async fn f09_a_list_that_promises_ever_more_ends_with_an_error_that_says_where_to_go_on() {
    let server = FaultServer::api(|request| {
        let body =
            json!({ "count": i64::MAX, "next": null, "previous": null, "results": [entry(offset(request))] });
        Answer::json(200, &body).reply()
    })
    .await;
    let (entries, error) = read_all(&test_support::unpaced(&server), 5).await;
    assert_eq!((entries, server.hits()), (10_000, 10_000));
    let error = list_error(error);
    assert_eq!((error.reason(), error.offset()), (ListReason::TooManyPages, 10_005));
    assert!(error.to_string().contains("offset 10005"), "{error}");
    assert_eq!(Error::from(error).advice(), Advice::FixRequest);
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
