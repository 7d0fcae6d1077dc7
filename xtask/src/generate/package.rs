//! The generated package: the generator's output as it comes, and the text around it.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context as _;
use syn::Item;

use super::operation::{self, Operation};
use super::output::Head;
use super::patch::rust_type::{TYPES_PACKAGE, TYPES_PATH};
use crate::failure::Failure;

/// Name of the generated package.
const PACKAGE: &str = "gocardless-bank-data-generated";

const DESCRIPTION: &str =
    "Generated client of the GoCardless Bank Account Data API; applications use gocardless-bank-data";

/// A file below the folder of the package, with `/` on every system, and its text.
pub(crate) type File = (&'static str, String);

/// The sources and the README of the package. `code` is what the generator made.
pub(crate) fn files(
    code: syn::File,
    operations: &[Operation],
    schemas: &[Schema],
    head: &Head,
) -> Result<Vec<File>, Failure> {
    let (client, types) = modules(code)?;
    Ok(vec![
        ("src/lib.rs", lib(head)),
        ("src/schema.rs", schema_macros(schemas, head)),
        ("src/client.rs", source(head, "The client: one function for each operation.", &client) + HOOK),
        ("src/types.rs", source(head, "Parameters, requests and answers of the operations.", &types)),
        (
            "src/operation.rs",
            source(
                head,
                "What there is to know of each operation without calling it.",
                &operation::module(operations),
            ),
        ),
        ("README.md", readme(operations, head)),
    ])
}

/// A component of the contract, and the type that is generated from it.
#[derive(Debug)]
pub(crate) struct Schema {
    /// Its name in the contract.
    pub(crate) name: String,
    pub(crate) rust: String,
    /// Whether a successful response can hold it.
    pub(crate) is_received: bool,
}

/// Macros that give tests each type by its schema, so that no list of them has to be kept.
fn schema_macros(schemas: &[Schema], head: &Head) -> String {
    let one = |macro_name: &str, what: &str, is_listed: &dyn Fn(&Schema) -> bool| {
        let mut rows = String::new();
        for Schema { name, rust, .. } in schemas.iter().filter(|schema| is_listed(schema)) {
            let _ = writeln!(rows, "            {name:?} => {rust},");
        }
        format!(
            "
/// Calls the macro `$with` with {what}, each with the name of its type in `types`.
#[macro_export]
macro_rules! {macro_name} {{
    ($with:ident) => {{
        $with! {{
{rows}        }}
    }};
}}
"
        )
    };
    head.comment("// ", "")
        + "//! The components of the contract and the types that are generated from them, for tests.\n"
        + &one("each_schema", "every component of the contract that has a type", &|_| true)
        + &one("each_received_schema", "every component that a successful response can hold", &|it| {
            it.is_received
        })
}

/// The generator's one file, in two: the client, and its module `types`.
fn modules(code: syn::File) -> Result<(syn::File, syn::File), Failure> {
    let (types, mut client): (Vec<Item>, Vec<Item>) =
        code.items.into_iter().partition(|item| matches!(item, Item::Mod(module) if module.ident == "types"));
    let Ok([Item::Mod(types)]) = <[Item; 1]>::try_from(types) else {
        return Err(anyhow::anyhow!("the generator wrote no module `types`, or two").into());
    };
    client.insert(
        0,
        syn::parse_quote!(
            use crate::types;
        ),
    );
    let items = types.content.map(|(_, items)| items).unwrap_or_default();
    let file = |items| syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items };
    Ok((file(client), file(items)))
}

/// What `Client` does with a request that it has built. Only the crate of `Client` can say so.
const HOOK: &str = "
impl ClientHooks<::gocardless_bank_data_types::RequestCapture> for Client {
    /// Keeps the request for whoever called the function, which ends here: nothing is sent.
    async fn pre<E>(
        &self,
        request: &mut reqwest::Request,
        _info: &OperationInfo,
    ) -> Result<(), Error<E>> {
        self.inner().keep(request);
        Err(Error::Custom(String::new()))
    }
}
";

fn lib(head: &Head) -> String {
    let comment = head.comment("// ", "");
    format!(
        "{comment}\
//! The GoCardless Bank Account Data API v2, as generated from `openapi/client.json`.
//!
//! Applications use `gocardless-bank-data`; this crate is what that one calls. See `README.md` for how it is made.

// The generator's code is held to the compiler's lints, not to clippy's: how it writes is not ours to choose.
#![allow(clippy::all)]

// The printer has laid the code out, and `cargo fmt` must not do it again.
#[rustfmt::skip]
mod client;
#[rustfmt::skip]
pub mod operation;
#[rustfmt::skip]
mod schema;
#[rustfmt::skip]
pub mod types;

pub use client::{{ByteStream, Client, ClientInfo, Error, ResponseValue}};
"
    )
}

fn source(head: &Head, docs: &str, file: &syn::File) -> String {
    let (comment, code) = (head.comment("// ", ""), prettyplease::unparse(file));
    let mut text = format!("{comment}//! {docs}\n\n");
    let mut lines = code.lines().peekable();
    while let Some(line) = lines.next() {
        text += line;
        text.push('\n');
        // The printer puts no empty line between items. The first of an item is its documentation or an attribute.
        let ends = matches!(line, "}" | "    }" | ");" | "];") || line.starts_with("use ");
        let begins = |next: &&str| {
            next.trim_start().starts_with(['/', '#', 'i', 'p', 'c']) && !next.starts_with("use ")
        };
        if ends && lines.peek().is_some_and(begins) {
            text.push('\n');
        }
    }
    text
}

fn readme(operations: &[Operation], head: &Head) -> String {
    let comment = head.comment("<!-- ", " -->");
    let mut rows = String::new();
    for Operation { id, method, path, class, .. } in operations {
        let _ = writeln!(rows, "| `{id}` | {method} | `{path}` | {class} |");
    }
    format!(
        "{comment}\
# {PACKAGE}

The client of the GoCardless Bank Account Data API v2 as progenitor generates it: types, and one function for each
operation that builds its request. It sends nothing. Applications use `gocardless-bank-data`, which sends the request and
adds tokens, limits, and errors that say what to do.

Do not edit anything in this folder, this page and `Cargo.toml` included: `cargo xtask generate` writes all of it.

## How it is made

`openapi/contract.json` is the vendor's document with our sentences. Patches make `openapi/client.json` of it;
`openapi/README.md` lists them with their reasons. progenitor makes Rust of that, which is kept as it comes. To change
something here, change the contract, a patch (`xtask/src/generate/patch`) or a setting
(`xtask/src/generate/progenitor.rs`), and run `cargo xtask generate`. `cargo xtask generate --check` says whether this
folder is up to date.

A function ends in `Error::Custom` as soon as it has built its request: `RequestCapture` in `{TYPES_PACKAGE}` has it
then.

## Operations

The class says how costly an operation is to repeat; `{TYPES_PACKAGE}` describes each.

| operation | method | path | class |
| --- | --- | --- | --- |
{rows}"
    )
}

/// Package, and the path by which generated code names it. In the order of the manifest.
const DEPENDENCIES: [(&str, &str); 7] = [
    ("chrono", "::chrono::"),
    (TYPES_PACKAGE, TYPES_PATH),
    ("progenitor-client", "progenitor_client::"),
    ("reqwest", "reqwest::"),
    ("serde", "::serde::"),
    ("serde_json", "::serde_json::"),
    ("uuid", "::uuid::"),
];

/// How the package is found.
const ON_A_REGISTRY: &str = "documentation = \"https://docs.rs/gocardless-bank-data-generated\"
readme = \"README.md\"
keywords = [\"gocardless\", \"nordigen\", \"psd2\", \"open-banking\", \"bank\"]
categories = [\"api-bindings\", \"finance\"]

[package.metadata.docs.rs]
features = [\"schemars\"]
";

/// The contract has a sentence for each member, which another document need not have.
const LINTS: &str = "[lints.rust]
unsafe_code = \"forbid\"
missing_docs = \"deny\"
missing_debug_implementations = \"deny\"
";

/// Names of the dependencies that `code` uses.
fn used(code: &str) -> Vec<&'static str> {
    DEPENDENCIES.iter().filter(|(_, path)| code.contains(path)).map(|(name, _)| *name).collect()
}

fn features() -> String {
    format!(
        "[features]\n# `JsonSchema` for the types.\nschemars = [\"dep:schemars\", \"{TYPES_PACKAGE}/schemars\"]\n"
    )
}

/// The manifest of a member of the workspace.
pub(crate) fn manifest(code: &str, head: &Head) -> String {
    let inherited = ["version", "edition", "rust-version", "license"];
    let mut package: Vec<String> = inherited.iter().map(|key| format!("{key}.workspace = true\n")).collect();
    package.push(ON_A_REGISTRY.to_owned());
    let mut lines: Vec<String> = used(code).iter().map(|name| format!("{name}.workspace = true\n")).collect();
    lines.push("schemars = { workspace = true, optional = true }\n".to_owned());
    lines.sort();
    text(head, &package.concat(), &lines.concat(), LINTS)
}

/// The manifest of a crate outside the workspace at `root`: a workspace of its own, with the workspace's versions.
pub(crate) fn manifest_alone(code: &str, head: &Head, root: &Path) -> anyhow::Result<String> {
    let path = root.join("Cargo.toml");
    let workspace = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let entry = |name: &str| {
        let value =
            workspace.lines().find_map(|line| line.strip_prefix(name)?.trim_start().strip_prefix('='));
        value.map(str::trim).with_context(|| format!("{} has no line for {name}", path.display()))
    };
    let mut package = String::new();
    for key in ["version", "edition", "rust-version", "license"] {
        writeln!(package, "{key} = {}", entry(key)?)?;
    }
    package += "publish = false\n";
    let mut lines = Vec::new();
    for name in used(code) {
        if name == TYPES_PACKAGE {
            let folder = root.join("wrapper/types").display().to_string();
            lines.push(format!("{name} = {{ path = {folder:?} }}\n"));
        } else {
            lines.push(format!("{name} = {}\n", entry(name)?));
        }
    }
    let schemars = entry("schemars")?;
    let schemars = match schemars.strip_suffix('}') {
        Some(table) => format!("{}, optional = true }}", table.trim_end()),
        None => format!("{{ version = {schemars}, optional = true }}"),
    };
    lines.push(format!("schemars = {schemars}\n"));
    lines.sort();
    Ok(text(
        head,
        &package,
        &lines.concat(),
        "# Not part of the workspace it was generated in.\n[workspace]\n",
    ))
}

fn text(head: &Head, package: &str, dependencies: &str, rest: &str) -> String {
    let (comment, features) = (head.comment("# ", ""), features());
    format!(
        "{comment}[package]\nname = \"{PACKAGE}\"\ndescription = \"{DESCRIPTION}\"\n{package}\n{features}\n\
         [dependencies]\n{dependencies}\n{rest}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> Head {
        Head::new("{}")
    }

    #[test]
    fn only_what_the_code_uses_is_a_dependency() {
        let manifest = manifest("use progenitor_client::Error; fn f() -> ::serde_json::Value {}", &head());
        assert!(manifest.contains("\nserde_json.workspace = true\n"), "{manifest}");
        assert!(!manifest.contains("chrono") && !manifest.contains("uuid"), "{manifest}");
    }

    #[test]
    fn a_crate_outside_the_workspace_is_a_workspace_of_its_own() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let manifest =
            manifest_alone("gocardless_bank_data_types::Amount reqwest::Client", &head(), root).unwrap();
        assert!(manifest.ends_with("[workspace]\n") && !manifest.contains("workspace = true"), "{manifest}");
        assert!(
            manifest.contains("wrapper/types\" }") && manifest.contains("optional = true }"),
            "{manifest}"
        );
    }
}
