//! A second opinion: `drift`, Oxide's library for the same question, must not find what we do not.
//!
//! The command does not use it. It calls most changes "unhandled" without naming the member, finds neither null nor servers
//! nor security, and panics when a media type is added or removed.

use std::panic::catch_unwind;

use ::drift::ChangeClass;
use serde_json::Value;

use crate::cases::{Case, all, base, diff};

#[test]
fn what_drift_finds_is_reported_and_what_it_calls_incompatible_is_breaking() {
    let mut panicked = Vec::new();
    for Case { name, document, .. } in all() {
        let base = base();
        let Ok(opinion) = catch_unwind(|| ::drift::compare(&base, &document)) else {
            panicked.push(name);
            continue;
        };
        let classes: Vec<ChangeClass> =
            opinion.unwrap().iter().flat_map(|change| &change.changes).map(|change| change.class).collect();
        let output = diff(&format!("{name}-oracle"), &base, &document, &["--json"]);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let breaking = report["counts"]["breaking"].as_u64().unwrap();
        assert!(classes.is_empty() || !report["changes"].as_array().unwrap().is_empty(), "{name}");
        let is_worse = classes
            .iter()
            .any(|class| matches!(class, ChangeClass::BackwardIncompatible | ChangeClass::Incompatible));
        assert!(!is_worse || breaking > 0, "drift finds {name} breaking: {classes:?}");
    }
    // If a later version no longer panics, there is less reason not to build on it.
    assert_eq!(panicked, ["json-dropped", "media-type-added", "media-type-dropped"]);
}
