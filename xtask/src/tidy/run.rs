//! Runs every rule and reports all breaches at once.

use std::path::Path;

use anyhow::anyhow;

use super::metadata::Metadata;
use super::rules::RULES;
use super::tree::Tree;
use super::{dependencies, metadata};
use crate::failure::Failure;

/// Fails if any rule is broken.
pub(crate) fn run(root: &Path) -> Result<(), Failure> {
    let tree = Tree::read(root)?;
    let mut breaches: Vec<_> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    let metadata: Metadata = metadata::read(root)?;
    breaches.extend(dependencies::RULES.iter().flat_map(|rule| rule(&tree, &metadata)));
    breaches.sort();
    for breach in &breaches {
        println!("{breach}");
    }
    match breaches.len() {
        0 => {
            println!("{} files are tidy", tree.files.len());
            Ok(())
        }
        1 => Err(anyhow!("1 rule of the house is broken: see above").into()),
        count => Err(anyhow!("{count} rules of the house are broken: see above").into()),
    }
}
