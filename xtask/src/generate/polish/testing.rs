//! Code in and out of syntax trees, for the tests of the passes.

use syn::Item;

pub(crate) fn parsed(code: &str) -> Vec<Item> {
    syn::parse_str::<syn::File>(code).expect("the test's own code is Rust").items
}

pub(crate) fn printed(items: &[Item]) -> String {
    prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: items.to_vec(),
    })
}
