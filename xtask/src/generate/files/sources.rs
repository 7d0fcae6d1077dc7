//! The Rust files of the generated crate.

use super::head::Head;
use crate::generate::polish::{Operation, Rooms, operation_module};

/// Name under `src/`, and text.
pub(crate) type Source = (&'static str, String);

/// The text of each source file.
pub(crate) fn sources(rooms: Rooms, operations: &[Operation], head: &Head) -> Vec<Source> {
    let Rooms { client, types, builder } = rooms;
    let client_imports: syn::File = syn::parse_quote! {
        use progenitor_client::{ClientHooks, ClientInfo, OperationInfo};

        use crate::builder;
    };
    // Put together as they are: to write the items out and parse them again took a quarter of the whole command.
    let file = |docs: &str, mut imports: syn::File, items: Vec<syn::Item>| {
        imports.items.extend(items);
        print(head, docs, &imports)
    };
    vec![
        ("lib.rs", lib(head)),
        (
            "client.rs",
            file(
                "The client: one method for each operation, each of which starts a builder.",
                client_imports,
                client,
            ),
        ),
        (
            "types.rs",
            file(
                "Parameters and answers of the operations, and builders of them.",
                syn::parse_quote!(),
                types,
            ),
        ),
        (
            "builder.rs",
            file("One builder for each operation; `send` makes the call.", syn::parse_quote!(), builder),
        ),
        (
            "operation.rs",
            print(
                head,
                "What there is to know of each operation without calling it.",
                &operation_module(operations),
            ),
        ),
    ]
}

/// The crate root: documentation, modules, and the names that the generator's modules expect above them.
fn lib(head: &Head) -> String {
    let comment = head.comment("// ", "");
    format!(
        "{comment}\
//! The GoCardless Bank Account Data API v2, as generated from `openapi/client.json`.
//!
//! Applications use `gocardless-bank-data`; this crate is what that one calls. See `README.md` for how it is made.

// The generator's code is held to the compiler's lints, not to clippy's: how it writes is not ours to choose.
#![allow(clippy::all)]

pub mod builder;
mod client;
pub mod operation;
pub mod types;

pub use client::Client;
pub use progenitor_client::{{ByteStream, ClientInfo, Error, ResponseValue}};

// What the builders import from above them.
use progenitor_client::{{ClientHooks, OperationInfo, RequestBuilderExt, encode_path}};
"
    )
}

fn print(head: &Head, docs: &str, file: &syn::File) -> String {
    let (comment, code) = (head.comment("// ", ""), spaced(&prettyplease::unparse(file)));
    format!("{comment}//! {docs}\n\n{code}")
}

/// Puts an empty line after each item, which the printer does not.
fn spaced(code: &str) -> String {
    /// Deeper than a function in a module in a file there are statements, not items.
    const DEEPEST: usize = 8;
    let mut text = String::with_capacity(code.len() + code.len() / 20);
    let mut lines = code.lines().peekable();
    while let Some(line) = lines.next() {
        text += line;
        text.push('\n');
        // Most lines end here, and this function sees them all.
        if !line.ends_with(['}', ';']) {
            continue;
        }
        let begun = line.trim_start();
        let indent = line.len() - begun.len();
        let Some(next) = lines.peek().map(|next| next.trim_start()) else { break };
        let ends = matches!(begun, "}" | ");" | "};") || line.starts_with("use ");
        let goes_on = next.is_empty() || next.starts_with(['}', ')', ']', '.']) || next.starts_with("use ");
        if ends && !goes_on && indent <= DEEPEST && is_item(next) {
            text.push('\n');
        }
    }
    text
}

fn is_item(line: &str) -> bool {
    const BEGINNINGS: [&str; 9] = ["///", "/**", "#[", "pub ", "impl", "fn ", "mod ", "use ", "const "];
    BEGINNINGS.iter().any(|beginning| line.starts_with(beginning))
}
