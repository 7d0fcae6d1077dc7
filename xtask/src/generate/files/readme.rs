//! The generated texts for people: `README.md` of the generated crate, and the table of patches.

use std::fmt::Write as _;

use super::head::{COMMAND, Head};
use super::manifest::PACKAGE;
use crate::failure::Failure;
use crate::generate::patch::record::Patch;
use crate::generate::polish::Operation;

const BEGIN: &str = "<!-- patches: begin, written by cargo xtask generate -->";
const END: &str = "<!-- patches: end -->";

/// `generated/README.md`.
pub(crate) fn generated(operations: &[Operation], head: &Head) -> String {
    let comment = head.comment("<!-- ", " -->");
    let mut rows = String::new();
    for Operation { id, method, path, class, .. } in operations {
        let _ = writeln!(rows, "| `{id}` | {method} | `{path}` | {class} |");
    }
    format!(
        "{comment}\
# {PACKAGE}

The client of the GoCardless Bank Account Data API v2 that a program wrote: types, builders and calls, nothing more. It
gets its value types and its transport from `gocardless-bank-data-core`. Applications use `gocardless-bank-data`, which
adds tokens, limits, errors that say what to do, and names that do not move.

Do not edit anything in this folder, this page and `Cargo.toml` included: `{COMMAND}` writes all of it.

## How it is made

`openapi/contract.json` is the vendor's document in our words. Patches make `openapi/client.json` of it;
`openapi/README.md` lists them with their reasons. progenitor makes Rust of that, and small passes polish it: `Debug`
shows no bank data, answers may grow members, each public item has documentation. To change something here, change the
contract, a patch (`xtask/src/generate/patch`) or a pass (`xtask/src/generate/polish`), and run `{COMMAND}`.
`{COMMAND} --check` tells whether this folder is what they give.

## Operations

The class says how costly an operation is to repeat; `gocardless-bank-data-core` describes each.

| operation | method | path | class |
| --- | --- | --- | --- |
{rows}"
    )
}

/// The table of patches.
pub(crate) fn patches(patches: &[&Patch]) -> String {
    let mut table =
        String::from("| patch | kind | why | what shows it | since |\n| --- | --- | --- | --- | --- |\n");
    for Patch { name, kind, why, evidence, since, .. } in patches {
        let _ =
            writeln!(table, "| `{name}` | {} | {} | {} | {since} |", kind.label(), cell(why), cell(evidence));
    }
    table
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// `PATCHES.md`, for a folder that is not the tree.
pub(crate) fn patches_page(table: &str, head: &Head) -> String {
    let comment = head.comment("<!-- ", " -->");
    format!("{comment}# Patches that applied\n\n{table}")
}

/// `page` with the table between the markers.
pub(crate) fn with_patches(page: &str, table: &str, place: &str) -> Result<String, Failure> {
    let parts = page.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let (before, after) = parts.ok_or_else(|| {
        Failure::at(
            place,
            format_args!(
                "the lines `{BEGIN}` and `{END}` are missing: put them where the table of patches belongs"
            ),
        )
    })?;
    Ok(format!("{before}{BEGIN}\n\n{table}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_between_the_markers_changes() {
        let page = format!("before\n{BEGIN}\nold\n{END}\nafter\n");
        let written = with_patches(&page, "new\n", "README.md").unwrap();
        assert_eq!(written, format!("before\n{BEGIN}\n\nnew\n\n{END}\nafter\n"));
        assert_eq!(with_patches(&written, "new\n", "README.md").unwrap(), written);
    }

    #[test]
    fn a_page_without_markers_is_refused() {
        let refusal = with_patches("text", "", "openapi/README.md").unwrap_err().to_string();
        assert!(refusal.starts_with("openapi/README.md: the lines"), "{refusal}");
    }
}
