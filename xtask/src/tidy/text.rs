//! Rules about the text of a file: what must be in it, and what must not.

use std::path::Path;

use anyhow::{Context as _, bail};

use super::run::{File, Violation};
use crate::repository;

/// Text that must not be in a tracked file: an extended regular expression, the files it applies to as git's pathspecs, and
/// what to do. No expression matches itself.
const FORBIDDEN: [(&str, &[&str], &str); 4] = [
    (
        "```([a-z0-9_]+,)*ignore",
        &["*.rs", "*.md"],
        "an example that is never compiled: use `no_run`, or `text` if it is not Rust",
    ),
    (
        "(^|[^[:alnum:]_.}-])/(home|root|work|tmp)/",
        &["."],
        "a path of some machine: use a relative path or a temporary folder",
    ),
    (
        "://(index|static|registry|files)[.]",
        &["."],
        "a host of a package registry: leave that to the settings of the tool",
    ),
    (
        "rese[a]rch/|contract, [0-9]|deviations, [0-9]",
        &["."],
        "refers to a document that is not in the repository: link to one in `docs`",
    ),
];

/// What `git grep` finds of [`FORBIDDEN`].
pub(super) fn forbidden(root: &Path) -> anyhow::Result<Vec<Violation>> {
    let mut violations = Vec::new();
    for (expression, files, sentence) in FORBIDDEN {
        let mut git = repository::program("git");
        git.args(["grep", "-nIzE", "--no-color", "--untracked", "-e", expression, "--"]).args(files);
        let output = git.current_dir(root).output().context("running `git grep`")?;
        // 1 means that nothing was found.
        if !matches!(output.status.code(), Some(0 | 1)) {
            bail!("`git grep` failed: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        for found in String::from_utf8_lossy(&output.stdout).lines() {
            let mut parts = found.split('\0');
            if let (Some(file), Some(Ok(line))) = (parts.next(), parts.next().map(str::parse)) {
                violations.push(Violation { file: file.to_owned(), line, sentence: sentence.to_owned() });
            }
        }
    }
    Ok(violations)
}

/// Each Rust file says at its head what it is for.
pub(super) fn begins_with_documentation(file: &File) -> Option<Violation> {
    // Generated files begin with the line that says so.
    let is_generated = file.text.starts_with("// Written by `cargo xtask generate`");
    let documented = !file.is("rs") || file.text.starts_with("//!") || is_generated;
    (!documented).then(|| file.violation(1, "does not say what it is for: begin with a `//!` sentence"))
}

/// A test that waits for time to pass is slow on a good day and wrong on a bad one.
pub(super) fn sleeping_tests(file: &File) -> Vec<Violation> {
    // The packages below `tests` have servers in their `src` that stall on purpose.
    let is_test = file.path.strip_prefix("tests/").unwrap_or(&file.path).contains("tests/");
    let begin =
        if is_test { Some(0) } else { file.text.lines().position(|line| line.trim() == "#[cfg(test)]") };
    let (Some(begin), true) = (begin, file.is("rs")) else { return Vec::new() };
    let sleeps = |line: &str| line.contains(concat!("sle", "ep(")) && !line.trim_start().starts_with("//");
    let lines = file.lines().skip(begin).filter(|(_, line)| sleeps(line));
    lines.map(|(line, _)| file.violation(line, "sleeps in a test: pass the clock in, or pause it")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_rust_file_without_documentation_is_found() {
        assert!(begins_with_documentation(&file("a/b.rs", "// B.\n")).is_some());
        let generated = file("generated/src/lib.rs", "// Written by `cargo xtask generate`. Do not edit.\n");
        for fine in [file("a/b.rs", "//! B.\n"), file("a.md", "A"), generated] {
            assert_eq!(begins_with_documentation(&fine), None);
        }
    }

    #[test]
    fn a_test_that_sleeps_is_found_and_a_server_that_stalls_is_not() {
        let line = concat!("sle", "ep(a).await;\n");
        for path in
            ["wrapper/tests/a.rs", "tests/behaviour/tests/limits/a.rs", "xtask/src/generate/tests/a.rs"]
        {
            assert_eq!(sleeping_tests(&file(path, line)).len(), 1, "{path}");
        }
        assert_eq!(sleeping_tests(&file("tests/sandbox/src/stall.rs", line)), []);
        let unit = sleeping_tests(&file("wrapper/src/a.rs", &format!("{line}#[cfg(test)]\n{line}")));
        assert_eq!(unit.iter().map(|violation| violation.line).collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn forbidden_text_is_found_with_its_line_and_only_where_it_is_forbidden() {
        let root = std::env::temp_dir().join(format!("xtask-tidy-{}", std::process::id()));
        fs::create_dir_all(&root).unwrap();
        repository::output(repository::program("git").args(["init", "--quiet"]).current_dir(&root)).unwrap();
        let machine = concat!("/ho", "me/someone/x");
        let lines = [
            "a".to_owned(),
            concat!("/// ```no_run,", "ignore").to_owned(),
            format!("see {machine}"),
            format!("see https://example.com{machine}"),
            concat!("https://regi", "stry.example.com").to_owned(),
            concat!("see contract, ", "4").to_owned(),
        ];
        fs::write(root.join("a.rs"), lines.join("\n")).unwrap();
        fs::write(root.join("a.sh"), lines.concat()).unwrap();
        let found = forbidden(&root).unwrap();
        fs::remove_dir_all(&root).unwrap();
        let lines: Vec<_> =
            found.iter().filter(|found| found.file == "a.rs").map(|found| found.line).collect();
        assert_eq!(lines, [2, 3, 5, 6]);
        // No example is in a script.
        assert_eq!(found.iter().filter(|found| found.file == "a.sh").count(), 3);
    }
}
