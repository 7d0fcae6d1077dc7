//! What the wrapper calls the generated types: its re-exports say so, and nothing is kept here beside them.

use std::collections::BTreeMap;

use syn::{Item, UseTree};

use crate::failure::Failure;

/// The re-exports, as a complaint names them.
const FILE: &str = "wrapper/src/model.rs";

/// The re-exports themselves. Compiled in, so that a copy of the contract alone is enough to generate from.
const TEXT: &str = include_str!("../../../wrapper/src/model.rs");

/// The name of each type that has one, by what it is called where it is generated.
pub(crate) fn names() -> Result<BTreeMap<String, String>, Failure> {
    read(TEXT)
}

fn read(text: &str) -> Result<BTreeMap<String, String>, Failure> {
    let file = syn::parse_file(text).map_err(|error| {
        Failure::at(FILE, format_args!("is no Rust, so that no type has a name: {error}"))
    })?;
    let mut names = BTreeMap::new();
    for item in &file.items {
        if let Item::Use(item) = item {
            collect(&item.tree, &mut names);
        }
    }
    Ok(names)
}

fn collect(tree: &UseTree, names: &mut BTreeMap<String, String>) {
    match tree {
        UseTree::Path(path) => collect(&path.tree, names),
        UseTree::Group(group) => group.items.iter().for_each(|tree| collect(tree, names)),
        UseTree::Rename(renamed) => {
            names.insert(renamed.ident.to_string(), renamed.rename.to_string());
        }
        // What keeps its name needs none.
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_re_export_under_another_name_is_the_name() {
        let names =
            read("//! x\n#[doc(inline)]\npub use a::types::{B, C as D, e::F as G};\nuse h::I as J;").unwrap();
        let names: Vec<_> = names.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
        assert_eq!(names, [("C", "D"), ("F", "G"), ("I", "J")]);
    }

    #[test]
    fn the_wrapper_has_names_for_the_vendors_types() {
        let names = names().unwrap();
        assert_eq!(names["SpectacularJwtObtain"], "TokenPair");
        assert!(names.len() > 15, "{names:?}");
    }

    #[test]
    fn a_file_that_is_no_rust_is_one_sentence() {
        let error = read("pub use {").unwrap_err().to_string();
        assert!(error.starts_with("wrapper/src/model.rs: is no Rust"), "{error}");
    }
}
