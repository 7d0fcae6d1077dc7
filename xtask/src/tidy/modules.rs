//! Rules about modules: each says what it is for, roots only lead on, and none is a hall.

use syn::{Item, Meta};

use super::breach::Breach;
use super::tree::Tree;

/// The most lines that a written file has.
const MOST_LINES: usize = 400;

/// Files that may be longer, and why.
const LONGER: &[(&str, &str)] = &[];

/// Every Rust file of ours begins with `//!`: what it is for, and what it must not do.
pub(crate) fn begins_with_its_purpose(tree: &Tree) -> Vec<Breach> {
    let silent = tree.rust().filter(|file| !file.text.starts_with("//!"));
    silent
        .map(|file| Breach::new(&file.path, 1, "does not say what it is for: begin it with a `//!` sentence"))
        .collect()
}

/// `lib.rs` and `mod.rs` are tables of contents.
pub(crate) fn roots_hold_no_logic(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in tree.rust().filter(|file| is_root(&file.path, file.name())) {
        match syn::parse_file(&file.text) {
            Ok(parsed) if parsed.items.iter().all(leads_on) => {}
            Ok(_) => breaches.push(Breach::new(
                &file.path,
                1,
                "holds logic: a root has documentation, `mod` and `use` only, so move the rest to a module",
            )),
            Err(error) => {
                breaches.push(Breach::new(&file.path, 1, format_args!("is not Rust ({error}): mend it")));
            }
        }
    }
    breaches
}

/// Below `examples` and `tests`, `mod.rs` is the only name by which Cargo does not take a module for a program.
fn is_root(path: &str, name: &str) -> bool {
    let helper = path.contains("/examples/") || path.contains("/tests/");
    name == "lib.rs" || (name == "mod.rs" && !helper)
}

fn leads_on(item: &Item) -> bool {
    match item {
        Item::Use(_) | Item::ExternCrate(_) | Item::Macro(_) => true,
        // A page whose examples are tests; it is documentation, in the only form that rustdoc runs.
        Item::Struct(page) => page.attrs.iter().any(|attribute| is_for_doctests(&attribute.meta)),
        Item::Mod(module) => module.content.as_ref().is_none_or(|(_, items)| items.iter().all(leads_on)),
        _ => false,
    }
}

fn is_for_doctests(meta: &Meta) -> bool {
    matches!(meta, Meta::List(list) if list.path.is_ident("cfg") && list.tokens.to_string() == "doctest")
}

/// A file that is longer than a few screens has more than one purpose.
pub(crate) fn is_not_too_long(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in tree.written() {
        let lines = file.text.lines().count();
        let may_be_longer = LONGER.iter().any(|(path, _)| *path == file.path);
        if lines > MOST_LINES && !may_be_longer {
            let sentence = format!("has {lines} lines, and {MOST_LINES} are the most: split it by purpose");
            breaches.push(Breach::new(&file.path, MOST_LINES + 1, sentence));
        }
    }
    breaches
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::testing::breaches;

    #[test]
    fn a_module_without_a_purpose_is_found() {
        assert!(breaches(begins_with_its_purpose, "wrapper/src/a.rs", "//! Sends.\n").is_empty());
        let found = breaches(begins_with_its_purpose, "wrapper/src/a.rs", "// Sends.\n");
        assert!(found[0].starts_with("wrapper/src/a.rs:1: does not say what it is for"), "{found:?}");
    }

    #[test]
    fn generated_files_are_not_ours_to_judge() {
        assert!(breaches(begins_with_its_purpose, "generated/src/types.rs", "fn f() {}").is_empty());
    }

    #[test]
    fn a_root_leads_on_and_does_nothing() {
        assert!(
            breaches(roots_hold_no_logic, "wrapper/src/lib.rs", "//! A.\npub mod a;\npub use a::A;\n")
                .is_empty()
        );
        let page = "#[cfg(doctest)]\n#[doc = include_str!(\"../README.md\")]\nstruct Readme;\n";
        assert!(breaches(roots_hold_no_logic, "wrapper/src/lib.rs", page).is_empty());
        assert_eq!(breaches(roots_hold_no_logic, "wrapper/src/lib.rs", "struct A;").len(), 1);
        assert_eq!(breaches(roots_hold_no_logic, "wrapper/src/lib.rs", "fn f() {}").len(), 1);
        assert_eq!(breaches(roots_hold_no_logic, "wrapper/src/mod.rs", "mod a { struct B; }").len(), 1);
        assert!(breaches(roots_hold_no_logic, "wrapper/examples/support/mod.rs", "fn f() {}").is_empty());
        assert!(breaches(roots_hold_no_logic, "wrapper/src/client.rs", "fn f() {}").is_empty());
    }

    #[test]
    fn a_hall_is_found() {
        assert_eq!(breaches(is_not_too_long, "README.md", &"line\n".repeat(401)).len(), 1);
        assert!(breaches(is_not_too_long, "README.md", &"line\n".repeat(400)).is_empty());
    }
}
