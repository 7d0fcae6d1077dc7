//! A second opinion: `drift`, Oxide's library for the same question, must not see what we do not.
//!
//! It is no part of the command. It calls most changes "unhandled" without naming the member, sees neither null nor
//! servers nor security, and panics when a media type comes or goes.

use std::panic::catch_unwind;

use drift::ChangeClass;
use serde_json::Value;

use crate::cases::{all, base, diff};

/// Where `drift` says that callers break and we do not, and why.
const MILDER: &[(&str, &str)] =
    &[("status-added", "a failure more that may come is foreseen; a success more is breaking for us, too")];

#[test]
fn what_drift_sees_we_see_and_what_it_calls_incompatible_is_breaking() {
    let mut panicked = Vec::new();
    for (name, document) in all() {
        let base = base();
        let Ok(opinion) = catch_unwind(|| drift::compare(&base, &document)) else {
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
        let is_known = MILDER.iter().any(|(milder, _)| *milder == name);
        assert!(!is_worse || breaking > 0 || is_known, "drift finds {name} breaking: {classes:?}");
    }
    // If a later version no longer panics, the reason for not building on it is weaker.
    assert_eq!(panicked, ["json-dropped", "media-type-added", "media-type-dropped"]);
}
