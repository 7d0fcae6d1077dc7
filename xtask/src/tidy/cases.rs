//! Each case of `docs/failure-modes.md` has a test: in `tests/behaviour`, with the id at the beginning of its name, as in
//! `a07_…`, or wherever the text of the case links to.

use std::collections::BTreeSet;

use super::run::{File, Violation};

const DOCUMENT: &str = "docs/failure-modes.md";
const TESTS: &str = "tests/behaviour/";
const ANCHOR: &str = "<a id=\"";

/// Cases without a test, and tests with the id of no case.
pub(super) fn violations(files: &[File]) -> Vec<Violation> {
    let Some(document) = files.iter().find(|file| file.path == DOCUMENT) else {
        let sentence = "is missing: it has the cases that tests/behaviour proves".to_owned();
        return vec![Violation { file: DOCUMENT.to_owned(), line: 1, sentence }];
    };
    let mut violations = Vec::new();
    let (mut ids, mut tested) = (BTreeSet::new(), BTreeSet::new());
    for (_, id, _) in cases(document) {
        ids.insert(id);
    }
    for file in files.iter().filter(|file| file.path.starts_with(TESTS) && file.is("rs")) {
        for (line, id) in tests(file) {
            tested.insert(id);
            if !ids.contains(id) {
                violations.push(file.violation(line, format!("`{id}` is not a case of {DOCUMENT}")));
            }
        }
    }
    for (line, id, text) in cases(document) {
        if !tested.contains(id) && !text.contains("](../tests/") {
            let sentence = format!("{id} has no test `{id}_…` in {TESTS}, and no link to a test elsewhere");
            violations.push(document.violation(line, sentence));
        }
    }
    violations
}

/// The cases: line, id, and the text up to the next anchor.
fn cases(document: &File) -> impl Iterator<Item = (usize, &str, &str)> {
    document.text.match_indices(ANCHOR).filter_map(|(start, _)| {
        let (before, rest) = document.text.split_at_checked(start + ANCHOR.len())?;
        let (id, text) = rest.split_once('"')?;
        let text = text.split(ANCHOR).next()?;
        is_id(id).then(|| (before.lines().count(), id, text))
    })
}

/// The tests of a file whose names begin with an id: line and id.
fn tests(file: &File) -> Vec<(usize, &str)> {
    let (mut found, mut is_test) = (Vec::new(), false);
    for (number, line) in file.lines() {
        let line = line.trim_start();
        if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
            is_test = true;
        } else if let Some(name) = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ") {
            if is_test && name.as_bytes().get(3) == Some(&b'_') {
                found.extend(name.get(..3).filter(|id| is_id(id)).map(|id| (number, id)));
            }
            is_test = false;
        }
    }
    found
}

/// A letter and two digits.
fn is_id(text: &str) -> bool {
    matches!(text.as_bytes(), [b'a'..=b'z', b'0'..=b'9', b'0'..=b'9'])
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASES: &str = "# Cases\n\n<a id=\"rules\"></a>\n| <a id=\"a07\"></a>a07 | x | [y](#rules) |\n\
        | <a id=\"d01\"></a>d01 | x | [y](../tests/conformance/y.rs) |\n";

    fn found(document: &str, test: &str) -> Vec<String> {
        let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
        let files = [file(DOCUMENT, document), file("tests/behaviour/tests/a.rs", test)];
        violations(&files).iter().map(Violation::to_string).collect()
    }

    #[test]
    fn a_case_has_a_test_with_its_id_or_a_link() {
        for test in
            ["#[test]\nfn a07_x() {", "    #[tokio::test(start_paused = true)]\n    async fn a07_x() {"]
        {
            assert_eq!(found(CASES, test), [""; 0]);
        }
        for test in ["fn a07_x() {", "#[test]\nfn x() {}\nfn a07_x() {", "// #[test]\nfn a07_x() {"] {
            let found = found(CASES, test);
            assert!(
                matches!(&found[..], [one] if one.starts_with("docs/failure-modes.md:4: a07 has no")),
                "{found:?}"
            );
        }
    }

    #[test]
    fn a_test_with_the_id_of_no_case_is_found() {
        let test =
            "#[test]\nfn a07_x() {}\n\n#[test]\nfn a70_x() {}\n#[test]\nfn a7_x() {}\n#[test]\nfn h2o_x() {}";
        assert_eq!(
            found(CASES, test),
            ["tests/behaviour/tests/a.rs:5: `a70` is not a case of docs/failure-modes.md"]
        );
    }

    #[test]
    fn a_missing_document_is_one_violation() {
        assert_eq!(violations(&[]).len(), 1);
    }
}
