//! Small trees for the tests of the rules.

use super::breach::Breach;
use super::rules::Rule;
use super::tree::{File, Tree};

/// A tree of these files, each with its path and its text.
pub(crate) fn tree(files: &[(&str, &str)]) -> Tree {
    let file = |(path, text): &(&str, &str)| File { path: (*path).to_owned(), text: (*text).to_owned() };
    Tree { files: files.iter().map(file).collect() }
}

/// What `rule` says of a tree of one file.
pub(crate) fn breaches(rule: Rule, path: &str, text: &str) -> Vec<String> {
    rule(&tree(&[(path, text)])).iter().map(Breach::to_string).collect()
}
