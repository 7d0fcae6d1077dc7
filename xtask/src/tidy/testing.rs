//! Small trees for the tests of the rules.

use super::breach::Breach;
use super::rules::Rule;
use super::tree::{File, Tree};

/// What `rule` says of a tree of one file.
pub(crate) fn breaches(rule: Rule, path: &str, text: &str) -> Vec<String> {
    let tree = Tree { files: vec![File { path: path.to_owned(), text: text.to_owned() }] };
    rule(&tree).iter().map(Breach::to_string).collect()
}
