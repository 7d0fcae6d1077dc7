//! Rules about text: what must not stand in a tracked file.

use super::breach::Breach;
use super::tree::{File, Tree};

/// Test files that may wait on the clock, and why.
const MAY_SLEEP: &[(&str, &str)] = &[];

// The words are put together here, so that the rule does not find itself.
const LEFT_TO_DO: [&str; 5] = [
    concat!("to", "do!"),
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("db", "g!"),
    concat!("#[ign", "ore"),
];
const UNRUN: &str = concat!("```", "ignore");
const MACHINE: [&str; 4] =
    [concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/wo", "rk/"), concat!("/t", "mp/")];
const REGISTRIES: [&str; 4] = [
    concat!("://in", "dex."),
    concat!("://sta", "tic."),
    concat!("://regi", "stry."),
    concat!("://fi", "les."),
];

/// One breach for each line of `files` that `finds` something.
fn lines<'a>(files: impl Iterator<Item = &'a File>, finds: impl Fn(&str) -> Option<String>) -> Vec<Breach> {
    let found = files.flat_map(|file| file.lines().map(move |(number, line)| (file, number, line)));
    found.filter_map(|(file, number, line)| Some(Breach::new(&file.path, number, finds(line)?))).collect()
}

/// An example that nobody compiles rots.
pub(crate) fn no_unrun_examples(tree: &Tree) -> Vec<Breach> {
    lines(tree.written(), |line| {
        line.contains(UNRUN).then(|| {
            "is an example that is never compiled: use `no_run`, or `text` if it is not Rust".to_owned()
        })
    })
}

/// What is unfinished is an issue, not a comment.
pub(crate) fn nothing_left_to_do(tree: &Tree) -> Vec<Breach> {
    let code = tree.written().filter(|file| !file.has_extension("md"));
    lines(code, |line| {
        let word = LEFT_TO_DO.iter().find(|word| line.contains(*word))?;
        Some(format!("has `{word}`: finish it, or open an issue and take it out"))
    })
}

/// No blanks at the ends of lines, and a newline at the end of the file.
pub(crate) fn clean_line_ends(tree: &Tree) -> Vec<Breach> {
    let mut breaches = lines(tree.written(), |line| {
        line.ends_with([' ', '\t']).then(|| "has blanks at its end: take them out".to_owned())
    });
    for file in tree.written().filter(|file| !file.text.is_empty() && !file.text.ends_with('\n')) {
        let last = file.text.lines().count();
        breaches.push(Breach::new(&file.path, last, "has no newline at its end: add it"));
    }
    breaches
}

/// No absolute path of somebody's machine, and no host of a package registry.
pub(crate) fn no_machine_of_ours(tree: &Tree) -> Vec<Breach> {
    lines(tree.files.iter(), |line| {
        if let Some(path) = MACHINE.iter().find(|path| has_path(line, path)) {
            return Some(format!(
                "has `{path}`, a folder of some machine: use a relative path or a temporary folder"
            ));
        }
        let host = REGISTRIES.iter().find(|host| line.contains(*host))?;
        Some(format!("has `{host}`, a host of a package registry: leave that to cargo's settings"))
    })
}

/// Whether `path` stands in `line` as the beginning of a path, not as the middle of a longer one.
fn has_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(start, _)| {
        let before = line.get(..start).and_then(|text| text.chars().next_back());
        before.is_none_or(|before| !before.is_alphanumeric() && !"_.-}".contains(before))
    })
}

/// A test that waits for time to pass is slow on a good day and wrong on a bad one.
pub(crate) fn no_sleeping_tests(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in tree.rust().filter(|file| MAY_SLEEP.iter().all(|(path, _)| *path != file.path)) {
        let mut inside = is_test(&file.path);
        for (number, line) in file.lines() {
            inside |= line.trim() == "#[cfg(test)]";
            if inside && line.contains(concat!("sle", "ep(")) && !line.trim_start().starts_with("//") {
                breaches.push(Breach::new(
                    &file.path,
                    number,
                    "sleeps in a test: hand the clock in, or pause it",
                ));
            }
        }
    }
    breaches
}

/// Whether all of a file is test code. The packages below `tests` have servers in their `src`, which stall on purpose.
fn is_test(path: &str) -> bool {
    path.strip_prefix("tests/").unwrap_or(path).contains("/tests/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::testing::breaches;

    #[test]
    fn an_unrun_example_is_found_in_code_and_in_pages() {
        assert_eq!(
            breaches(no_unrun_examples, "README.md", &format!("a\n{UNRUN}\n"))[0].split(": ").next(),
            Some("README.md:2")
        );
        assert_eq!(breaches(no_unrun_examples, "xtask/src/a.rs", &format!("/// {UNRUN}\n")).len(), 1);
    }

    #[test]
    fn every_word_of_unfinished_work_is_found() {
        for word in LEFT_TO_DO {
            assert_eq!(
                breaches(nothing_left_to_do, "wrapper/src/a.rs", &format!("// {word}\n")).len(),
                1,
                "{word}"
            );
        }
    }

    #[test]
    fn blanks_and_a_missing_newline_are_found() {
        assert_eq!(
            breaches(clean_line_ends, "a.toml", "a \nb"),
            ["a.toml:1: has blanks at its end: take them out", "a.toml:2: has no newline at its end: add it",]
        );
    }

    #[test]
    fn a_path_of_a_machine_is_told_from_a_path_in_a_url() {
        for path in MACHINE {
            assert_eq!(breaches(no_machine_of_ours, "a.md", &format!("see {path}x\n")).len(), 1, "{path}");
            assert!(
                breaches(no_machine_of_ours, "a.md", &format!("see https://example.com{path}x\n")).is_empty()
            );
        }
        for host in REGISTRIES {
            assert_eq!(
                breaches(no_machine_of_ours, "a.md", &format!("https{host}example.com\n")).len(),
                1,
                "{host}"
            );
        }
    }

    #[test]
    fn a_test_that_sleeps_is_found_and_a_server_that_stalls_is_not() {
        let line = concat!("sle", "ep(a).await;\n");
        for path in ["wrapper/tests/a.rs", "tests/behaviour/tests/limits/a.rs", "tests/sandbox/tests/a.rs"] {
            assert_eq!(breaches(no_sleeping_tests, path, line).len(), 1, "{path}");
        }
        assert!(breaches(no_sleeping_tests, "tests/sandbox/src/stall.rs", line).is_empty());
        assert_eq!(
            breaches(no_sleeping_tests, "wrapper/src/a.rs", &format!("{line}#[cfg(test)]\n{line}")).len(),
            1
        );
    }
}
