//! The odd forms in `docs/api.md`, each as a fixture named after its anchor, read through the wrapper. Those that need
//! none are in `without.txt`, with the reason.
//!
//! A fixture is a file `fixtures/ANCHOR.json` with `why` and `answers`; of each answer it says the operation,
//! the status, headers, the body, and under `expect` what is read of it (see `expect.rs`).

mod expect;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::SystemTime;

use conformance::{rows, serve};
use serde_json::Value;
use test_support::{Answer, Contract, Ids, client, driver};

/// What the API does; its tables of odd forms begin with a row `| odd form |`.
const API: &str = include_str!("../../../../docs/api.md");

/// All anchors of `docs/api.md`: those of paragraphs and rows, and those of headings.
fn anchors() -> BTreeSet<String> {
    let written = API.split("<a id=\"").skip(1).filter_map(|rest| rest.split_once('"'));
    let headings = API.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_matches(['#', ' ']));
    let headings = headings.map(|heading| heading.to_lowercase().replace(' ', "-"));
    written.map(|(id, _)| id.to_owned()).chain(headings).collect()
}

/// The anchors in the tables of odd forms.
fn odd_forms() -> BTreeSet<String> {
    let tables = API.split("| odd form |").skip(1).filter_map(|rest| rest.split("\n\n").next());
    let rows = tables.flat_map(str::lines).filter_map(|line| line.strip_prefix("| <a id=\""));
    rows.filter_map(|row| row.split_once('"')).map(|(id, _)| id.to_owned()).collect()
}

/// All fixtures with the names of their files, in order.
fn fixtures() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/odd_forms/fixtures");
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
fn every_odd_form_has_a_fixture_or_a_reason_for_none() {
    let mut forms = BTreeSet::new();
    for (name, fixture) in fixtures() {
        forms.insert(name.trim_end_matches(".json").to_owned());
        assert!(fixture["why"].as_str().is_some_and(|why| !why.is_empty()), "{name} does not say why");
        assert!(fixture["answers"].as_array().is_some_and(|it| !it.is_empty()), "{name} has no answer");
    }
    for row in rows("tests/odd_forms/without.txt", include_str!("without.txt")) {
        assert!(forms.insert(row.get("form").to_owned()), "{row}: the form has a fixture");
        assert!(!row.get("why").is_empty(), "{row} does not say why");
    }
    let odd = odd_forms();
    assert!(odd.len() > 60, "docs/api.md has few odd forms: {odd:?}");
    let missing: Vec<_> = odd.difference(&forms).collect();
    assert!(missing.is_empty(), "odd forms without a fixture and without a reason for none: {missing:?}");
    let anchors = anchors();
    let unknown: Vec<_> = forms.difference(&anchors).collect();
    assert!(unknown.is_empty(), "docs/api.md has no anchors {unknown:?}");
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

/// Answers the operation with the fixture, and returns what differs from its expectations.
async fn play(fixture: &Value) -> Vec<String> {
    let operation = Contract::get().operation(fixture["operation"].as_str().unwrap());
    let given = answer(fixture);
    let server = serve(operation, move |_| given.clone()).await;
    let asked = SystemTime::now();
    let came = (driver(&operation.key).minimal)(&client(&server), &Ids::default()).await;
    expect::complaints(&fixture["expect"], &fixture["body"], operation, &came, asked)
}

fn answer(fixture: &Value) -> Answer {
    let status = fixture["status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap();
    let answer = match fixture["body"].as_str() {
        Some(page) => Answer::new(status, page).header("content-type", "application/json"),
        None => Answer::json(status, &fixture["body"]),
    };
    let headers = fixture["headers"].as_object().into_iter().flatten();
    headers.fold(answer, |answer, (name, value)| match name.as_str() {
        // One content type is enough.
        "content-type" => Answer::new(status, answer.body()).header(name, value.as_str().unwrap()),
        _ => answer.header(name, value.as_str().unwrap()),
    })
}
