//! Every point of `research/deviations.md` that concerns a body or a header: a fixture with its number, through the
//! wrapper. Points that need none are in `without.txt`, with the reason.
//!
//! A fixture is a file `fixtures/NN-name.json` with `point`, `why` and `answers`; of each answer it says the operation,
//! the status, headers, the body, and under `expect` what is read of it (see `expect.rs`).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a panic in a test is its report"
)]

mod expect;

use std::collections::BTreeSet;
use std::path::Path;

use conformance::{Answer, Contract, Recorder, Subject, client, driver, rows};
use serde_json::Value;

/// The points of `research/deviations.md`.
const POINTS: std::ops::RangeInclusive<u64> = 1..=82;

/// All fixtures with the names of their files, in order.
fn fixtures() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/deviations/fixtures");
    let mut found = Vec::new();
    for file in std::fs::read_dir(&folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let fixture = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        found.push((name, fixture));
    }
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found
}

#[test]
fn every_point_has_a_fixture_or_a_reason_for_none() {
    let mut points = BTreeSet::new();
    for (name, fixture) in fixtures() {
        let point = fixture["point"].as_u64().unwrap_or_else(|| panic!("{name} has no point"));
        assert!(name.starts_with(&format!("{point:02}-")), "{name} is about point {point}");
        assert!(points.insert(point), "{name}: point {point} has another fixture");
        assert!(fixture["why"].as_str().is_some_and(|why| !why.is_empty()), "{name} does not say why");
        assert!(fixture["answers"].as_array().is_some_and(|it| !it.is_empty()), "{name} has no answer");
    }
    for row in rows("tests/deviations/without.txt", include_str!("without.txt")) {
        assert!(points.insert(row.read("point")), "{row}: the point has a fixture");
        assert!(!row.get("why").is_empty(), "{row} does not say why");
    }
    let missing: Vec<_> = POINTS.filter(|point| !points.contains(point)).collect();
    assert!(missing.is_empty(), "points without a fixture and without a reason for none: {missing:?}");
    let unknown: Vec<_> = points.iter().filter(|point| !POINTS.contains(point)).collect();
    assert!(unknown.is_empty(), "research/deviations.md has no points {unknown:?}");
}

#[tokio::test]
async fn every_fixture_is_read_as_it_says() {
    let mut wrong = Vec::new();
    for (name, fixture) in fixtures() {
        for (number, answer) in fixture["answers"].as_array().unwrap().iter().enumerate() {
            let found = play(answer).await;
            wrong.extend(found.into_iter().map(|why| format!("{name}, answer {}: {why}", number + 1)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Answers the operation so, and tells what is read otherwise than expected.
async fn play(fixture: &Value) -> Vec<String> {
    let operation = Contract::get().operation(fixture["operation"].as_str().unwrap());
    let given = answer(fixture);
    let recorder = Recorder::start(move |request| {
        if request.asks_for_token() && !operation.is_token() { Answer::token() } else { given.clone() }
    })
    .await;
    let came = (driver(&operation.key).minimal)(&client(recorder.base_url()), &Subject::default()).await;
    expect::complaints(&fixture["expect"], &fixture["body"], operation, &came)
}

fn answer(fixture: &Value) -> Answer {
    let status = fixture["status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap();
    let mut answer = Answer::json(status, &fixture["body"]);
    if let Some(page) = fixture["body"].as_str() {
        answer.body = page.as_bytes().to_vec();
    }
    let headers = fixture["headers"].as_object().into_iter().flatten();
    answer.headers =
        headers.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect();
    answer
}
