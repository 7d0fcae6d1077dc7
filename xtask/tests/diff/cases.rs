//! The cases of `cases.md`: each patch gives its report.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::patch::patched;

/// The folder of this file.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff")
}

/// The document that the patches of `cases.md` change.
pub(crate) fn base() -> Value {
    serde_json::from_str(&fs::read_to_string(folder().join("base.json")).unwrap()).unwrap()
}

/// A case of `cases.md`.
pub(crate) struct Case {
    pub(crate) name: String,
    /// The patched document.
    pub(crate) document: Value,
    /// The report that is expected.
    report: String,
}

/// All cases.
pub(crate) fn all() -> Vec<Case> {
    let text = fs::read_to_string(folder().join("cases.md")).unwrap();
    let cases = text.split("\n## ").skip(1).map(|case| {
        let block = |language: &str| {
            let (_, block) = case.split_once(&format!("```{language}\n")).unwrap();
            block.split_once("```\n").unwrap().0.to_owned()
        };
        Case {
            name: case.lines().next().unwrap().to_owned(),
            document: patched(base(), &serde_json::from_str(&block("json")).unwrap()),
            report: block("text"),
        }
    });
    cases.collect()
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
    run_with(place, arguments, "")
}

/// Runs the program in `place`, with `input` as its standard input.
pub(crate) fn run_with(place: &Path, arguments: &[&str], input: &str) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).arg("--root").arg(root).current_dir(place);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // The program may end without reading it.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

#[test]
fn a_document_does_not_differ_from_itself() {
    let output = diff("itself", &base(), &base(), &[]);
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), "no change\n".as_bytes()));
    assert!(output.stderr.is_empty());
}

#[test]
fn each_patch_gives_its_report() {
    let path = folder().join("cases.md");
    let mut text = fs::read_to_string(&path).unwrap();
    let mut wrong = Vec::new();
    for case in all() {
        let output = diff(&case.name, &base(), &case.document, &[]);
        let report = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(4), "{}: {report}", case.name);
        if report != case.report {
            wrong.push(format!("{} gives:\n{report}", case.name));
            let start = text.find(&format!("\n## {}\n", case.name)).unwrap();
            let end = start + text[start..].find("```text\n").unwrap() + "```text\n".len();
            text.replace_range(end..end + case.report.len(), &report);
        }
    }
    if std::env::var_os("UPDATE_REPORTS").is_some() {
        fs::write(&path, text).unwrap();
    } else {
        assert!(wrong.is_empty(), "run with UPDATE_REPORTS=1 and read the diff\n\n{}", wrong.join("\n"));
    }
}

#[test]
fn the_reverse_of_each_patch_is_a_change_too() {
    for case in all() {
        let output = diff(&format!("{}-back", case.name), &case.document, &base(), &[]);
        assert_eq!(output.status.code(), Some(4), "{}", case.name);
    }
}
