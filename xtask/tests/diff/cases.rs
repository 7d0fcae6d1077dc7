//! The cases: each folder's patch gives each folder's report.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::patch::patched;

/// The folder of the cases.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff")
}

/// The document that all patches change.
pub(crate) fn base() -> Value {
    serde_json::from_str(&fs::read_to_string(folder().join("base.json")).unwrap()).unwrap()
}

/// Name and patched document of each case.
pub(crate) fn all() -> Vec<(String, Value)> {
    let mut cases = Vec::new();
    for entry in fs::read_dir(folder()).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_dir()) {
        let patch = fs::read_to_string(entry.path().join("patch.json")).unwrap();
        let document = patched(base(), &serde_json::from_str(&patch).unwrap());
        cases.push((entry.file_name().into_string().unwrap(), document));
    }
    cases.sort_by(|one, other| one.0.cmp(&other.0));
    cases
}

/// Runs `diff` on two files that hold the documents.
pub(crate) fn diff(name: &str, old: &Value, new: &Value, arguments: &[&str]) -> Output {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("diff").join(name);
    fs::create_dir_all(&place).unwrap();
    for (name, document) in [("old.json", old), ("new.json", new)] {
        fs::write(place.join(name), serde_json::to_string(document).unwrap()).unwrap();
    }
    run(&place, &[&["diff", "old.json", "new.json"], arguments].concat())
}

/// Runs the program in `place`.
pub(crate) fn run(place: &Path, arguments: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).arg("--root").arg(root).current_dir(place).output().unwrap()
}

#[test]
fn the_base_compares_clean_with_itself() {
    let output = diff("itself", &base(), &base(), &[]);
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), "no change\n".as_bytes()));
    assert!(output.stderr.is_empty());
}

#[test]
fn each_patch_gives_its_report() {
    let update = std::env::var_os("UPDATE_REPORTS").is_some();
    let mut wrong = Vec::new();
    for (name, document) in all() {
        let output = diff(&name, &base(), &document, &[]);
        let report = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(4), "{name}: {report}");
        let golden = folder().join(&name).join("report.txt");
        if update {
            fs::write(&golden, &report).unwrap();
        } else if fs::read_to_string(&golden).ok().as_ref() != Some(&report) {
            wrong.push(format!("{name} gives:\n{report}"));
        }
    }
    assert!(wrong.is_empty(), "run with UPDATE_REPORTS=1 and read the diff\n\n{}", wrong.join("\n"));
}

#[test]
fn the_way_back_is_a_change_too() {
    for (name, document) in all() {
        let output = diff(&format!("{name}-back"), &document, &base(), &[]);
        assert_eq!(output.status.code(), Some(4), "{name}");
    }
}
