//! Rules about the matrix of cases: each case has a test that bears its id, or a reason why not.
//!
//! It does not judge whether the test proves the case; `cargo xtask goals` tells what was measured.

use std::collections::BTreeMap;

use syn::{Attribute, ImplItem, Item, Visibility};

use super::breach::Breach;
use super::tree::{File, Tree};

/// How many cases there are of each letter, by the matrix of `research/reliability.md`, section 3: 112 cases and 6 of load.
const MATRIX: [(char, u32, &str); 7] = [
    ('A', 27, "token lifecycle"),
    ('B', 10, "token store and shutdown"),
    ('C', 24, "retries and quota"),
    ('D', 23, "decoding"),
    ('E', 16, "transport"),
    ('F', 12, "security of inputs and outputs"),
    (LOAD, 6, "load"),
];

/// The letter whose cases are no tests but parts of the load program.
const LOAD: char = 'L';
const TESTS: &str = "tests/behaviour/tests/";
const LOADS: &str = "tests/behaviour/src/load/";
/// A line for each case without a test: its id, a tab, and why. Lines that begin with `#` are for readers.
const WITHOUT: &str = "tests/behaviour/without-test.tsv";

/// A case of the matrix, such as `A7`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Case {
    letter: char,
    number: u32,
}

/// Where something stands.
#[derive(Clone, Debug)]
struct Place<'a> {
    file: &'a str,
    line: usize,
}

impl Case {
    fn all() -> impl Iterator<Item = Self> {
        MATRIX
            .into_iter()
            .flat_map(|(letter, count, _)| (1..=count).map(move |number| Self { letter, number }))
    }

    /// As the matrix writes it.
    fn id(self) -> String {
        format!("{}{}", self.letter, self.number)
    }

    /// What the name of its test begins with.
    fn prefix(self) -> String {
        format!("{}{:02}_", self.letter.to_ascii_lowercase(), self.number)
    }

    /// By what `is_it` says of each.
    fn find(is_it: impl Fn(Self) -> bool) -> Option<Self> {
        Self::all().find(|case| is_it(*case))
    }
}

/// How many cases there are, and how many of them have a test or, in its place, a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) all: usize,
    pub(crate) tested: usize,
    pub(crate) excused: usize,
}

/// Counts the cases.
pub(crate) fn count(tree: &Tree) -> Count {
    let mut breaches = Vec::new();
    let tested = tested(tree, &mut breaches);
    let excused = excused(tree, &mut breaches);
    let excused = excused.keys().filter(|case| !tested.contains_key(case)).count();
    Count { all: Case::all().count(), tested: tested.len(), excused }
}

/// Each case of the matrix has a test or a reason; no name bears an id that is none; no reason is for what has a test.
pub(crate) fn every_case_has_a_test(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let tested = tested(tree, &mut breaches);
    let excused = excused(tree, &mut breaches);
    for (case, place) in &excused {
        if let Some(test) = tested.get(case) {
            let sentence =
                format!("{} has a test, at {}:{}: take the line out", case.id(), test.file, test.line);
            breaches.push(Breach::new(place.file, place.line, sentence));
        }
    }
    for case in Case::all().filter(|case| !tested.contains_key(case) && !excused.contains_key(case)) {
        let (id, prefix) = (case.id(), case.prefix());
        let (what, place) = if case.letter == LOAD {
            (format!("a public function `{prefix}…`"), LOADS)
        } else {
            (format!("a test `{prefix}…`"), TESTS)
        };
        let sentence = format!("{id} has no test: add {what} below `{place}`, or a line here with a reason");
        breaches.push(Breach::new(WITHOUT, 1, sentence));
    }
    breaches
}

/// The cases that have a test, and where the first of them stands.
fn tested<'a>(tree: &'a Tree, breaches: &mut Vec<Breach>) -> BTreeMap<Case, Place<'a>> {
    let mut found = BTreeMap::new();
    for file in tree.rust() {
        let is_load = file.path.starts_with(LOADS);
        if !is_load && !file.path.starts_with(TESTS) {
            continue;
        }
        let names = match syn::parse_file(&file.text) {
            Ok(parsed) => functions(&parsed.items, is_load),
            Err(error) => {
                breaches.push(Breach::new(&file.path, 1, format_args!("is not Rust ({error}): mend it")));
                continue;
            }
        };
        for name in names.iter().filter(|name| bears_an_id(name)) {
            let place = Place { file: &file.path, line: line_of(file, name) };
            let is_of = |case: Case| (case.letter == LOAD) == is_load && name.starts_with(&case.prefix());
            if let Some(case) = Case::find(is_of) {
                found.entry(case).or_insert(place);
            } else {
                let sentence = format!(
                    "`{name}` bears the id of no case of the matrix: write it as in `a07_`, with two digits, or begin \
                     the name with a word"
                );
                breaches.push(Breach::new(place.file, place.line, sentence));
            }
        }
    }
    found
}

/// The names of all tests, or of all public functions of the load program, in modules of the file as well.
fn functions(items: &[Item], is_load: bool) -> Vec<String> {
    let mut names = Vec::new();
    for item in items {
        match item {
            Item::Fn(function) => {
                let counts = if is_load { is_public(&function.vis) } else { is_test(&function.attrs) };
                names.extend(counts.then(|| function.sig.ident.to_string()));
            }
            Item::Mod(module) => {
                names.extend(module.content.iter().flat_map(|(_, items)| functions(items, is_load)));
            }
            Item::Impl(block) if is_load => names.extend(block.items.iter().filter_map(|item| match item {
                ImplItem::Fn(function) if is_public(&function.vis) => Some(function.sig.ident.to_string()),
                _ => None,
            })),
            _ => {}
        }
    }
    names
}

fn is_public(visibility: &Visibility) -> bool {
    !matches!(visibility, Visibility::Inherited)
}

/// `#[test]` or `#[tokio::test]`.
fn is_test(attributes: &[Attribute]) -> bool {
    let last = |attribute: &Attribute| attribute.path().segments.last().map(|part| part.ident.to_string());
    attributes.iter().any(|attribute| last(attribute).as_deref() == Some("test"))
}

/// A letter, digits, and then the sentence.
fn bears_an_id(name: &str) -> bool {
    let Some((id, _)) = name.split_once('_') else { return false };
    let mut letters = id.chars();
    letters.next().is_some_and(char::is_alphabetic)
        && letters.as_str().starts_with(|first: char| first.is_ascii_digit())
        && letters.all(|letter| letter.is_ascii_digit())
}

fn line_of(file: &File, name: &str) -> usize {
    let head = format!("fn {name}(");
    file.lines().find(|(_, line)| line.contains(&head)).map_or(1, |(number, _)| number)
}

/// The cases that have a line in the list of those without a test.
fn excused<'a>(tree: &'a Tree, breaches: &mut Vec<Breach>) -> BTreeMap<Case, Place<'a>> {
    let mut found = BTreeMap::new();
    let Some(file) = tree.written().find(|file| file.path == WITHOUT) else { return found };
    for (number, line) in file.lines().filter(|(_, line)| !line.starts_with('#')) {
        let mut breach = |sentence: String| breaches.push(Breach::new(&file.path, number, sentence));
        let Some((id, reason)) = line.split_once('\t') else {
            breach(
                "is no `id TAB reason`: write the id of the case, one tab, and why it has no test".to_owned(),
            );
            continue;
        };
        if reason.trim().is_empty() || reason.contains('\t') {
            breach(format!("gives no reason for {id}: say in one sentence why it has no test"));
            continue;
        }
        match Case::find(|case| case.id() == id) {
            None => {
                breach(format!("`{id}` is no case of the matrix: write it as in `A7`, or take the line out"));
            }
            Some(case) => {
                let place = Place { file: &file.path, line: number };
                if found.insert(case, place).is_some() {
                    breach(format!("{id} has two lines: take one out"));
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::testing;

    /// A tree in which every case has a test, but for these.
    fn tree(without: &[&str], more: &[(&str, &str)]) -> Tree {
        let text = |is_load: bool, head: &str| {
            let cases = Case::all().filter(|case| (case.letter == LOAD) == is_load);
            let cases = cases.filter(|case| !without.contains(&case.id().as_str()));
            cases.map(|case| format!("{head} {}holds() {{}}", case.prefix())).collect::<Vec<_>>().join("\n")
        };
        let (tests, loads) = (text(false, "#[test]\nfn"), text(true, "pub async fn"));
        let all =
            [("tests/behaviour/tests/all.rs", tests.as_str()), ("tests/behaviour/src/load/all.rs", &loads)];
        testing::tree(&[&all, more].concat())
    }

    fn breaches(without: &[&str], more: &[(&str, &str)]) -> Vec<String> {
        every_case_has_a_test(&tree(without, more)).iter().map(Breach::to_string).collect()
    }

    #[test]
    fn the_matrix_has_112_cases_and_6_of_load() {
        let counted = count(&tree(&["D1", "L2"], &[(WITHOUT, "D1\tx\n")]));
        assert_eq!(counted, Count { all: 118, tested: 116, excused: 1 });
    }

    #[test]
    fn a_matrix_with_a_test_for_each_case_is_whole() {
        assert!(breaches(&[], &[]).is_empty(), "{:?}", breaches(&[], &[]));
        let both = "#[tokio::test(start_paused = true)]\nasync fn d01_holds() {}\n";
        assert!(breaches(&["D1"], &[("tests/behaviour/tests/more.rs", both)]).is_empty());
        let inside = "impl L6 {\n    pub(crate) fn l06_soaks() {}\n}\n";
        assert!(breaches(&["L6"], &[("tests/behaviour/src/load/l6.rs", inside)]).is_empty());
    }

    #[test]
    fn a_case_without_a_test_is_found_by_its_id() {
        for (id, place) in [("A7", TESTS), ("F12", TESTS), ("L6", LOADS)] {
            let found = breaches(&[id], &[]);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].contains(&format!("{id} has no test")) && found[0].contains(place), "{found:?}");
        }
    }

    #[test]
    fn a_function_that_is_no_test_proves_nothing() {
        for text in
            ["fn d01_holds() {}\n", "// #[test] fn d01_holds() {}\n", "const D: &str = \"fn d01_x()\";\n"]
        {
            assert_eq!(breaches(&["D1"], &[("tests/behaviour/tests/more.rs", text)]).len(), 1, "{text}");
        }
        let elsewhere = ("tests/conformance/tests/more.rs", "#[test]\nfn d01_holds() {}\n");
        assert_eq!(breaches(&["D1"], &[elsewhere]).len(), 1);
        let private = ("tests/behaviour/src/load/l6.rs", "fn l06_soaks() {}\n");
        assert_eq!(breaches(&["L6"], &[private]).len(), 1);
    }

    #[test]
    fn a_reason_stands_in_for_a_test_and_must_be_one() {
        let breaches = |line: &str| breaches(&["D1"], &[(WITHOUT, line)]);
        assert!(breaches("# why\nD1\tanother package proves it\n").is_empty());
        for malformed in ["D1\n", "D1 it is hard\n", "D1\t\n", "D1\t  \n", "\tit is hard\n", "D1\tx\ty\n"] {
            let found = breaches(malformed);
            assert!(
                found.iter().any(|it| it.starts_with(&format!("{WITHOUT}:1: "))),
                "{malformed}: {found:?}"
            );
            assert!(found.len() == 2, "{malformed}: {found:?}");
        }
        for unknown in ["G1\tx\n", "A28\tx\n", "d01\tx\n", "D01\tx\n"] {
            assert!(breaches(unknown).iter().any(|it| it.contains("no case of the matrix")), "{unknown}");
        }
        assert_eq!(breaches("D1\tx\nD1\ty\n"), [format!("{WITHOUT}:2: D1 has two lines: take one out")]);
    }

    #[test]
    fn a_reason_for_what_has_a_test_after_all_is_found() {
        let found = breaches(&[], &[(WITHOUT, "D1\tanother package proves it\n")]);
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("D1 has a test, at tests/behaviour/tests/all.rs:"), "{found:?}");
    }

    #[test]
    fn an_id_of_no_case_in_the_name_of_a_test_is_found_with_its_place() {
        for name in ["a28_x", "a7_x", "a007_x", "g01_x", "l01_x", "x9_y"] {
            let text = format!("fn helper() {{}}\n\n#[test]\nfn {name}() {{}}\n");
            let found = breaches(&[], &[("tests/behaviour/tests/more.rs", &text)]);
            assert_eq!(found.len(), 1, "{name}: {found:?}");
            assert!(found[0].starts_with("tests/behaviour/tests/more.rs:4: "), "{found:?}");
        }
        for name in ["h2o", "a_token", "the_a07_case", "http2_works"] {
            let text = format!("#[test]\nfn {name}() {{}}\n");
            assert!(breaches(&[], &[("tests/behaviour/tests/more.rs", &text)]).is_empty(), "{name}");
        }
    }
}
