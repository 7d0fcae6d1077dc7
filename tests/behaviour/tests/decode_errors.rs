//! Does every error response, whatever its shape, keep its status and every message?

use gocardless_bank_data::error::{DecodeReason, FieldError};
use gocardless_bank_data::{Advice, ApiErrorKind, Error, OperationClass};
use serde_json::{Map, Value, json};
use test_support::{Answer, FaultServer, Subject, client};

/// The error of a create, which is never retried.
async fn error(answer: Answer) -> Error {
    let server = FaultServer::api(move |_| answer.reply()).await;
    let error = Subject::CreateRequisition.call(&client(&server)).await.unwrap_err();
    assert_eq!(server.hits(), 1);
    error
}

#[tokio::test]
async fn d12_a_page_in_place_of_json_keeps_its_status_and_is_not_shown() {
    let page =
        format!("<!DOCTYPE html><html><title>Attention Required!</title>{}</html>", "<p>".repeat(30_000));
    for (status, kind) in [
        (403, ApiErrorKind::Forbidden),
        (404, ApiErrorKind::NotFound),
        (429, ApiErrorKind::RateLimited(gocardless_bank_data::RateLimitScope::Company)),
        (500, ApiErrorKind::Server),
        (502, ApiErrorKind::Server),
        (520, ApiErrorKind::Server),
    ] {
        let error = error(Answer::new(status, page.clone()).header("content-type", "text/html")).await;
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (Some(kind), status));
        let shown = format!("{error} {error:#?}");
        assert!(!shown.contains('<') || !shown.contains("html>"), "{shown}");
        assert!(!error.to_string().contains('<') && error.to_string().len() < 200, "{error}");
        // The caller can still read it.
        assert_eq!(error.body().unwrap(), page.as_bytes());
        assert_eq!(error.headers().unwrap()["content-type"], "text/html");
    }
    let error = error(Answer::new(200, page.clone()).header("content-type", "text/html")).await;
    let Error::Decode(decode) = &error else { panic!("{error:?}") };
    assert_eq!((decode.reason(), decode.status().as_u16()), (DecodeReason::Syntax, 200));
    let shown = format!("{error} {error:#?}");
    assert!(!shown.contains("<html") && !shown.contains("Attention"), "{shown}");
    assert!(format!("{error:?}").contains(&format!("<{} bytes>", page.len())));
    assert_eq!(error.body().unwrap(), page.as_bytes());
}

#[tokio::test]
async fn d12_a_page_in_place_of_what_may_be_read_four_times_a_day_is_one_hit_and_is_kept() {
    let page = format!("<!DOCTYPE html><html>{}</html>", "<p>".repeat(30_000));
    for subject in Subject::of(OperationClass::MeteredRead) {
        for status in [200, 403, 502] {
            let answer = Answer::new(status, page.clone()).header("content-type", "text/html");
            let server = FaultServer::api(move |_| answer.reply()).await;
            let error = subject.call(&client(&server)).await.unwrap_err();
            let kept = error.body().is_some_and(|body| body == page.as_bytes());
            assert!(kept && server.hits() == 1, "{subject:?} {status}: {error:?}");
        }
    }
}

fn parts(field: &FieldError) -> (&str, &str, &str) {
    (field.field(), field.summary().unwrap_or("-"), field.detail().unwrap_or("-"))
}

#[tokio::test]
async fn d18_every_shape_keeps_the_status_of_http_and_every_message() {
    // The body, its summary and detail, and its fields.
    type Expected =
        (Value, Option<&'static str>, Option<&'static str>, Vec<(&'static str, &'static str, &'static str)>);
    let shapes: Vec<Expected> = vec![
        (json!({ "summary": "s", "detail": "d", "status_code": 400 }), Some("s"), Some("d"), vec![]),
        (json!({ "summary": "s", "detail": "d" }), Some("s"), Some("d"), vec![]),
        (json!({ "detail": "d" }), None, Some("d"), vec![]),
        (json!({ "summary": null, "detail": 7 }), None, None, vec![]),
        (
            json!({ "reference": { "summary": "s", "detail": "d" }, "status_code": 400 }),
            None,
            None,
            vec![("reference", "s", "d")],
        ),
        (
            json!({ "a": [{ "summary": "s", "detail": "d" }, { "summary": "t" }], "status_code": 400 }),
            None,
            None,
            vec![("a", "s", "d"), ("a", "t", "-")],
        ),
        (json!({ "a": ["x", "y"], "status_code": 400 }), None, None, vec![("a", "x", "-"), ("a", "y", "-")]),
        (json!({ "a": "bare", "status_code": 400 }), None, None, vec![("a", "bare", "-")]),
        (
            json!({ "a": "bare", "b": ["x"], "c": { "detail": "d" }, "d": 5, "e": null, "f": {}, "status_code": 400 }),
            None,
            None,
            vec![("a", "bare", "-"), ("b", "x", "-"), ("c", "-", "d")],
        ),
        (
            json!({ "summary": ["s", "t"], "detail": ["d"], "status_code": 400 }),
            Some("s; t"),
            Some("d"),
            vec![],
        ),
        (json!("text"), Some("text"), None, vec![]),
        (json!(["x", "y"]), Some("x; y"), None, vec![]),
        (json!([{ "summary": "s" }]), Some("s"), None, vec![]),
        (json!([]), None, None, vec![]),
        (json!({}), None, None, vec![]),
        (json!(null), None, None, vec![]),
        (json!(7), None, None, vec![]),
    ];
    for (body, summary, detail, fields) in shapes {
        for status in [400, 404, 409, 422, 500] {
            let error = error(Answer::json(status, &body)).await;
            let api = error.api().unwrap_or_else(|| panic!("{body}: {error:?}"));
            assert_eq!(api.status().as_u16(), status, "{body}");
            assert_eq!((api.summary(), api.detail()), (summary, detail), "{body}");
            assert_eq!(error.fields().iter().map(parts).collect::<Vec<_>>(), fields, "{body}");
            // Each message is part of the error's `Display` too.
            let shown = error.to_string();
            for text in summary.into_iter().chain(detail) {
                assert!(shown.contains(text), "{body}: {shown}");
            }
            for (field, summary, detail) in &fields {
                let text = if *detail == "-" { summary } else { detail };
                assert!(shown.contains(&format!("{field}: {text}")), "{body}: {shown}");
            }
        }
    }
}

#[tokio::test]
async fn d18_the_status_of_the_body_counts_for_nothing() {
    for status in [json!(200), json!(401), json!(-1), json!("400"), json!(null), json!(1e9)] {
        let body = json!({ "summary": "Not found.", "detail": "Not found.", "status_code": status });
        let error = error(Answer::json(404, &body)).await;
        assert_eq!((error.status().unwrap().as_u16(), error.is_not_found()), (404, true), "{status}");
    }
}

#[tokio::test]
async fn d18_an_unknown_type_is_reported_and_does_not_hide_the_status() {
    let body = json!({ "summary": "s", "detail": "d", "type": "BrandNewError", "status_code": 503 });
    let error = error(Answer::json(503, &body)).await;
    assert_eq!(
        (error.api().unwrap().code(), error.kind()),
        (Some("BrandNewError"), Some(ApiErrorKind::Server))
    );
    assert_eq!(error.advice(), Advice::CheckFirst);
}

#[tokio::test]
async fn d18_the_sentence_of_an_error_has_a_measure_whatever_the_answer_has() {
    let fields = |count: usize, length: usize| -> Value {
        (0..count).map(|at| (format!("field{at}"), json!(["x".repeat(length)]))).collect::<Map<_, _>>().into()
    };
    let bodies = [
        json!({ "summary": "s".repeat(1 << 20), "detail": "d".repeat(1 << 20) }),
        json!({ "summary": "\u{1b}[31m\r\n\u{0}\u{9b}red", "detail": "\u{7f}", "status_code": 400 }),
        fields(5_000, 1_000),
        fields(2_000, 10),
        fields(50, 1_000),
        json!({ "x".repeat(10_000): ["y"] }),
        json!((0..6_000).map(|_| "text").collect::<Vec<_>>()),
    ];
    for body in bodies {
        let error = error(Answer::json(400, &body)).await;
        let shown = error.to_string();
        assert!(shown.len() < 16 * 1024, "{} bytes", shown.len());
        assert!(!shown.chars().any(char::is_control), "{shown:?}");
        assert_eq!(error.body().unwrap(), body.to_string().as_bytes());
    }
}
