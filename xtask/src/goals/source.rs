//! The figures that stand in the source itself: cases with a test, lines of the wrapper, its dependencies.

use std::collections::BTreeSet;

use super::figures::Figures;
use crate::tidy::{self, Tree};

/// The packages that a program gets with the client.
const SHIPPED: [&str; 3] = ["wrapper", "wrapper/core", "generated"];
/// What makes a wait end from outside.
const OUTER: &str = concat!("time::time", "out(");
/// How the tests of goal 16 begin.
const STALLS: [&str; 5] = ["fn e01_", "fn e02_", "fn e03_", "fn e04_", "fn e05_"];

/// Adds the figures of goals 16, 20 and 21.
pub(crate) fn add(tree: &Tree, figures: &mut Figures) {
    let count = |count: usize| u32::try_from(count).map_or(f64::INFINITY, f64::from);
    figures.add("G16", "outer timeouts", count(outer_timeouts(tree)));
    let cases = tidy::cases(tree);
    figures.add("G20", "cases", count(cases.all));
    figures.add("G20", "with a test", count(cases.tested));
    figures.add("G20", "with a test or a reason", count(cases.tested + cases.excused));
    figures.add("G21", "lines of the wrapper", f64::from(tidy::wrapper_lines(tree)));
    figures.add("G21", "direct dependencies beyond progenitor's", count(beyond(tree, "wrapper").len()));
    figures.add("G21", "those of core", count(beyond(tree, "wrapper/core").len()));
    let forbidding = SHIPPED.iter().filter(|package| forbids_unsafe(tree, package)).count();
    figures.add("G21", "packages that forbid unsafe code", count(forbidding));
}

fn text<'a>(tree: &'a Tree, path: &str) -> &'a str {
    tree.files.iter().find(|file| file.path == path).map_or("", |file| &file.text)
}

/// How often a file with a test of a stall ends a wait from outside, where the client should.
fn outer_timeouts(tree: &Tree) -> usize {
    let tests = tree.rust().filter(|file| file.path.starts_with("tests/behaviour/tests/"));
    let stalls = tests.filter(|file| STALLS.iter().any(|begin| file.text.contains(begin)));
    stalls.map(|file| file.text.matches(OUTER).count()).sum()
}

/// The dependencies of a package that the generated client does not have, and that are not of this repository.
fn beyond(tree: &Tree, package: &str) -> Vec<String> {
    let generated = dependencies(tree, "generated");
    let ours = |name: &String| name.starts_with("gocardless-bank-data");
    let all = dependencies(tree, package).into_iter();
    all.filter(|name| !generated.contains(name) && !ours(name)).collect()
}

/// The names below `[dependencies]`.
fn dependencies(tree: &Tree, package: &str) -> BTreeSet<String> {
    let manifest = text(tree, &format!("{package}/Cargo.toml"));
    let lines = manifest.lines().skip_while(|line| *line != "[dependencies]").skip(1);
    let lines = lines.take_while(|line| !line.starts_with('['));
    let names = lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = "));
    names.map(|(name, _)| name.trim_end_matches(".workspace").to_owned()).collect()
}

fn forbids_unsafe(tree: &Tree, package: &str) -> bool {
    const FORBIDS: &str = "unsafe_code = \"forbid\"";
    let manifest = text(tree, &format!("{package}/Cargo.toml"));
    let inherits = manifest.contains("[lints]\nworkspace = true");
    manifest.contains(FORBIDS) || (inherits && text(tree, "Cargo.toml").contains(FORBIDS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::testing::tree;

    #[test]
    fn dependencies_are_counted_without_the_generated_clients_and_our_own() {
        let tree = tree(&[
            ("generated/Cargo.toml", "[dependencies]\nserde.workspace = true\n"),
            (
                "wrapper/Cargo.toml",
                "[features]\na = []\n\n[dependencies]\n# Why.\nserde.workspace = true\ntokio = { workspace = true }\n\
                 gocardless-bank-data-core.workspace = true\n\n[dev-dependencies]\nhttp.workspace = true\n",
            ),
        ]);
        assert_eq!(beyond(&tree, "wrapper"), ["tokio"]);
    }

    #[test]
    fn a_package_forbids_unsafe_code_itself_or_with_the_workspace() {
        let tree = tree(&[
            ("Cargo.toml", "[workspace.lints.rust]\nunsafe_code = \"forbid\"\n"),
            ("a/Cargo.toml", "[lints]\nworkspace = true\n"),
            ("b/Cargo.toml", "[lints.rust]\nunsafe_code = \"forbid\"\n"),
            ("c/Cargo.toml", "[package]\n"),
        ]);
        assert_eq!(["a", "b", "c"].map(|package| forbids_unsafe(&tree, package)), [true, true, false]);
    }

    #[test]
    fn a_wait_that_is_ended_from_outside_counts_beside_a_test_of_a_stall_alone() {
        let waits = format!("tokio::{OUTER}x).await;\n");
        let stall = format!("async fn e03_drips() {{\n{waits}}}\n");
        let tree = tree(&[("tests/behaviour/tests/a.rs", &*stall), ("tests/behaviour/tests/b.rs", &*waits)]);
        assert_eq!(outer_timeouts(&tree), 1);
    }
}
