//! Links that lead somewhere in both places where a page is read: rustdoc and the repository.
//!
//! A page links by reference, `[text][label]`, and defines its labels at its end, as files of the repository. The
//! wrapper's documentation puts a file of its own before each page, which defines the same labels as items; of two
//! definitions of one label the first counts (`CommonMark`, 4.7). So no link is written twice in the text, none shows
//! its brackets in the repository, and rustdoc refuses a name that the wrapper does not have.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::names::{MODELS, TYPES};
use crate::generate::polish::rust_name;

/// The types of the generated crate, as seen from a page.
const MODEL_FILE: &str = "../../generated/src/types.rs";

/// The labels that a page uses.
#[derive(Debug, Default)]
pub(super) struct Links(BTreeSet<String>);

impl Links {
    /// A link to the type `label` or to the method `Type::method`, under that name.
    pub(super) fn to(&mut self, label: &str) -> String {
        self.named(label, label)
    }

    /// A link to a method of a builder under its own name, without its type.
    pub(super) fn short(&mut self, label: &str) -> String {
        let name = label.rsplit("::").next().unwrap_or(label);
        self.named(name, label)
    }

    fn named(&mut self, name: &str, label: &str) -> String {
        self.0.insert(label.to_owned());
        format!("[`{name}`][{label}]")
    }

    /// A link with words of its own.
    pub(super) fn words(&mut self, words: &str, label: &str) -> String {
        self.0.insert(label.to_owned());
        format!("[{words}][{label}]")
    }

    pub(super) fn labels(&self) -> impl Iterator<Item = &String> {
        self.0.iter()
    }

    /// The definitions at the end of a page. `types` is the text of the generated types.
    pub(super) fn definitions(&self, types: &str) -> String {
        let mut text = String::new();
        for label in &self.0 {
            let _ = writeln!(text, "[{label}]: {}", in_repository(label, types));
        }
        text
    }
}

/// The definitions that come before a page in rustdoc.
pub(super) fn for_rustdoc(labels: &BTreeSet<String>) -> String {
    let mut text = String::new();
    for label in labels {
        let model = if is_model(label) { "model::" } else { "" };
        let _ = writeln!(text, "[{label}]: crate::{model}{label}");
    }
    text
}

fn is_model(label: &str) -> bool {
    MODELS.iter().any(|(_, model)| *model == label)
}

/// The file of a type, as seen from a page. Only generated types have a line: files that people write move too often.
fn in_repository(label: &str, types: &str) -> String {
    if is_model(label) {
        let mut components = MODELS.iter().filter(|(_, model)| *model == label);
        let line = components.find_map(|(component, _)| line_of(&rust_name(component), types));
        return line.map_or_else(|| MODEL_FILE.to_owned(), |line| format!("{MODEL_FILE}#L{line}"));
    }
    let owner = label.split("::").next().unwrap_or(label);
    let file = TYPES.iter().find(|(name, _)| *name == owner).map(|(_, file)| *file);
    file.unwrap_or("../src/lib.rs").to_owned()
}

fn line_of(name: &str, types: &str) -> Option<usize> {
    let wanted = format!("pub struct {name} {{");
    types.lines().position(|line| line == wanted).map(|index| index + 1)
}
