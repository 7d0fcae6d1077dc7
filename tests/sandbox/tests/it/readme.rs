//! Does the README name everything that there is?

use gocardless_bank_data_sandbox::{Faults, LinkOutcome, Operation, Preset, RecordedRequest, Sandbox};

const README: &str = include_str!("../../README.md");

#[test]
fn the_readme_names_every_preset_and_every_outcome() {
    for preset in Preset::all() {
        assert!(README.contains(&format!("`{}`", preset.name())), "{preset:?}");
    }
    for outcome in LinkOutcome::all() {
        assert!(README.contains(&format!("| `{}` |", outcome.as_str())), "{outcome:?}");
    }
}

#[test]
fn a_sandbox_can_be_shared_between_threads() {
    const fn shared<T: Send + Sync + 'static>() {}
    shared::<Sandbox>();
    shared::<Faults>();
    shared::<RecordedRequest>();
    shared::<Operation>();
}
