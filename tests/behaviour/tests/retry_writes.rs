//! Is nothing ever created twice, and what does the error say when something may have been created?

use gocardless_bank_data::error::Sent;
use gocardless_bank_data::reqwest::{ClientBuilder, retry};
use gocardless_bank_data::{Advice, ApiErrorKind, Error, OperationClass, Pacing};
use serde_json::json;
use test_support::{
    Answer, FaultServer, FrozenClock, HANG, REFERENCE, RefusingFirst, Reply, Step, Subject, builder, client,
    token_answer,
};

type Fault = fn(Subject) -> Reply;

#[tokio::test]
async fn c14_a_create_that_breaks_off_is_one_hit_and_bears_its_reference() {
    let broken: [(&str, Fault); 6] = [
        ("reset", |_| Reply::reset()),
        ("end", |_| Reply::close()),
        ("silence", |_| Reply::stall()),
        ("half a header", |subject| subject.success().cut(20).then(Step::Close)),
        ("half a body", |subject| subject.success().cut(-7).then(Step::Close)),
        ("silence in the body", |subject| subject.success().cut(-7).then(Step::Stall)),
    ];
    for (name, reply) in broken {
        for subject in Subject::of(OperationClass::Write) {
            let server = FaultServer::api(move |_| reply(subject)).await;
            let (bank, clock) = (client(&server), FrozenClock::freeze());
            let call = clock.pass_within(subject.call(&bank), server.arrived(1), 2 * HANG);
            let error = call.await.unwrap_err();
            assert_eq!((server.hits(), error.attempts()), (1, 1), "{name} {subject:?}");
            assert_eq!(
                (error.sent(), error.advice()),
                (Sent::Maybe, Advice::CheckFirst),
                "{name} {subject:?}"
            );
            assert!(error.to_string().contains("check before creating it again"), "{error}");
            let reference = (subject == Subject::CreateRequisition).then_some(REFERENCE);
            assert_eq!(error.reference(), reference, "{name} {subject:?}");
        }
    }
}

#[tokio::test]
async fn c14_an_answer_to_a_create_that_does_not_decode_is_one_hit_and_its_bytes_are_kept() {
    let body = br#"{"id": 7, "institution_id": {"#;
    let server = FaultServer::api(move |_| Answer::new(201, body).reply()).await;
    let error = Subject::CreateRequisition.call(&client(&server)).await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert_eq!((server.hits(), error.reference()), (1, Some(REFERENCE)));
    assert_eq!(error.body().unwrap().as_ref(), body);
}

#[tokio::test]
async fn c15_a_reference_that_is_used_twice_is_reported_as_such() {
    let server = FaultServer::api(|request| match request.nth {
        1 => Reply::reset(),
        _ => Answer::json(
            400,
            &json!({
                "reference": {
                    "summary": "Client reference must be unique",
                    "detail": format!("Client reference {REFERENCE} already exists. Client reference must be unique"),
                },
                "status_code": 400,
            }),
        )
        .reply(),
    })
    .await;
    let bank = client(&server);
    assert_eq!(Subject::CreateRequisition.call(&bank).await.unwrap_err().advice(), Advice::CheckFirst);
    let error = Subject::CreateRequisition.call(&bank).await.unwrap_err();
    assert_eq!(error.kind(), Some(ApiErrorKind::DuplicateReference));
    assert_eq!((error.advice(), error.reference()), (Advice::CheckFirst, Some(REFERENCE)));
    assert_eq!(error.fields()[0].field(), "reference");
    assert_eq!(server.hits(), 2);
}

#[tokio::test]
async fn c16_a_create_that_a_gateway_refuses_is_one_hit() {
    for status in [500, 502, 503, 504, 408] {
        for answer in [Answer::new(status, "<html>"), Answer::new(status, "").header("retry-after", "1")] {
            for subject in Subject::of(OperationClass::Write) {
                let answer = answer.clone();
                let server = FaultServer::api(move |_| answer.reply()).await;
                let error = subject.call(&client(&server)).await.unwrap_err();
                assert_eq!((server.hits(), error.attempts()), (1, 1), "{status} {subject:?}");
                if status >= 500 {
                    assert_eq!(
                        error.advice(),
                        Advice::CheckFirst,
                        "{status} {subject:?}: a gateway does not know"
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn c16_a_create_is_one_hit_even_where_the_caller_gave_a_policy_that_sends_everything_again() {
    let broken: [(&str, Fault); 4] = [
        ("a success", |subject| subject.success().reply()),
        ("503", |_| Answer::new(503, "").reply()),
        ("reset", |_| Reply::reset()),
        ("half a header", |subject| subject.success().cut(20).then(Step::Close)),
    ];
    for (name, reply) in broken {
        for subject in Subject::of(OperationClass::Write) {
            let server = FaultServer::api(move |_| reply(subject)).await;
            let eager = retry::for_host("127.0.0.1").no_budget().max_retries_per_request(3);
            #[allow(
                clippy::redundant_closure_for_method_calls,
                reason = "what is sent has no name to call it by"
            )]
            let eager = eager.classify_fn(|sent| sent.retryable());
            let http = ClientBuilder::new().retry(eager);
            let bank = builder(&server).http_client(http).build().unwrap();
            let outcome = subject.call(&bank).await;
            assert_eq!(outcome.is_ok(), name == "a success", "{name} {subject:?}: {outcome:?}");
            assert_eq!((server.hits(), server.token_hits()), (1, (1, 0)), "{name} {subject:?}");
        }
    }
}

#[tokio::test]
async fn c17_a_create_whose_connection_was_refused_is_sent_once_it_is_up() {
    for subject in Subject::of(OperationClass::Write) {
        let server = FaultServer::start(move |request| {
            if request.is_token() { token_answer(request).closing() } else { subject.success().closing() }
        })
        .await;
        let names = RefusingFirst::new(&server);
        let http = ClientBuilder::new().dns_resolver(names.clone());
        let bank = builder(&server).base_url(names.url()).http_client(http).build().unwrap();
        // The response does not fit; what matters is that the client has a token.
        Subject::Metadata.call(&bank).await.ok();
        let before = server.hits();
        names.refuse(2);
        subject.call(&bank).await.unwrap();
        assert_eq!((server.hits() - before, names.asked()), (1, 3), "{subject:?}");
    }
}

/// The error of a call whose first attempt is reset and whose second gets this response, and the hits.
async fn after_reset(subject: Subject, second: Answer) -> (Error, usize) {
    let server = FaultServer::api(move |request| match request.nth {
        1 => Reply::reset(),
        _ => second.reply(),
    })
    .await;
    let error = subject.call(&client(&server)).await.unwrap_err();
    (error, server.hits())
}

#[tokio::test]
async fn c18_a_delete_that_finds_nothing_the_second_time_says_how_often_it_was_sent() {
    let gone = Answer::error(404, None, "Not found.", "Not found.");
    let (error, hits) = after_reset(Subject::DeleteRequisition, gone.clone()).await;
    assert_eq!((error.kind(), error.attempts(), hits), (Some(ApiErrorKind::NotFound), 2, 2));
    let server = FaultServer::api(move |_| gone.reply()).await;
    let error = Subject::DeleteRequisition.call(&client(&server)).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), server.hits()), (Some(ApiErrorKind::NotFound), 1, 1));
}

#[tokio::test]
async fn c18_a_delete_whose_retry_has_no_place_ends_with_the_error_of_its_first_attempt() {
    let server = FaultServer::api(|_| Reply::reset()).await;
    let bank = builder(&server).pacing(Pacing::per_minute(1)).build().unwrap();
    let error = Subject::DeleteRequisition.call(&bank).await.unwrap_err();
    assert_eq!((error.sent(), error.attempts(), server.hits()), (Sent::Maybe, 1, 1));
}

#[tokio::test]
async fn c19_an_accept_that_was_accepted_the_first_time_says_how_often_it_was_sent() {
    let accepted = Answer::error(405, None, "EUA cannot be accepted more than once", "x");
    let (error, hits) = after_reset(Subject::AcceptAgreement, accepted).await;
    assert_eq!((error.kind(), error.attempts(), hits), (Some(ApiErrorKind::NotAllowed), 2, 2));
}

#[tokio::test]
async fn c19_an_idempotent_write_is_sent_once_more_and_no_more() {
    let broken: [(&str, Fault, usize); 9] = [
        ("reset", |_| Reply::reset(), 2),
        ("end", |_| Reply::close(), 2),
        ("408", |_| Answer::new(408, "").reply(), 2),
        ("502", |_| Answer::new(502, "").reply(), 2),
        ("503", |_| Answer::new(503, "").reply(), 2),
        ("504", |_| Answer::new(504, "").reply(), 2),
        ("500", |_| Answer::new(500, "").reply(), 1),
        ("409", |_| Answer::new(409, "").reply(), 1),
        (
            "a success that is cut short",
            |_| Answer::new(200, "{\"summary\": 1}").cut(-4).then(Step::Close),
            1,
        ),
    ];
    let calls = broken.into_iter().flat_map(|(name, reply, expected)| {
        Subject::of(OperationClass::IdempotentWrite).into_iter().map(move |subject| async move {
            let server = FaultServer::api(move |_| reply(subject)).await;
            let outcome = subject.call(&client(&server)).await;
            assert_eq!(server.hits(), expected, "{name} {subject:?}");
            // What is deleted is deleted, whatever of the body arrives.
            let is_done = subject.key().starts_with("DELETE") && name == "a success that is cut short";
            assert_eq!(outcome.is_ok(), is_done, "{name} {subject:?}");
            if let Err(error) = outcome {
                assert_eq!(usize::try_from(error.attempts()).unwrap(), expected, "{name} {subject:?}");
            }
        })
    });
    futures_util::future::join_all(calls).await;
}

#[tokio::test]
async fn c23_connections_that_the_server_closes_between_creates_lose_and_double_none() {
    // Keep-alive by its headers, and closed nevertheless.
    let server = FaultServer::api(|_| Subject::CreateRequisition.success().reply().then(Step::Close)).await;
    let bank = test_support::unpaced(&server);
    for round in 1..=1_000 {
        let create = bank.requisitions().create(test_support::institution(), "https://example.org/back");
        let outcome = create.reference(format!("round-{round}")).await;
        assert!(outcome.is_ok(), "round {round}: {outcome:?}");
        server.closed(round).await;
    }
    let bodies: Vec<_> = server.requests().into_iter().filter(|request| !request.is_token()).collect();
    assert_eq!(bodies.len(), 1_000);
    for (index, request) in bodies.iter().enumerate() {
        let body = String::from_utf8_lossy(&request.body);
        assert!(body.contains(&format!("\"round-{}\"", index + 1)), "{body}");
    }
}
