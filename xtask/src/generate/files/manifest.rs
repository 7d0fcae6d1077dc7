//! What Cargo reads of the generated crate: `Cargo.toml`, inside the workspace or standing alone in a folder somewhere
//! else, and `rustfmt.toml`.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context as _;

use super::head::Head;
use crate::generate::patch::rust_type::{CORE_PACKAGE, CORE_PATH};

/// Name of the generated package.
pub(crate) const PACKAGE: &str = "gocardless-bank-data-generated";

const DESCRIPTION: &str =
    "Generated client of the GoCardless Bank Account Data API; applications use gocardless-bank-data";

/// Package, and the path by which generated code names it. In the order of the manifest.
const DEPENDENCIES: [(&str, &str); 8] = [
    ("chrono", "::chrono::"),
    (CORE_PACKAGE, CORE_PATH),
    ("progenitor-client", "progenitor_client::"),
    ("regress", "::regress::"),
    ("reqwest", "reqwest::"),
    ("serde", "::serde::"),
    ("serde_json", "::serde_json::"),
    ("uuid", "::uuid::"),
];

/// What generated code needs only for some documents, which the workspace therefore has no line for: patterns of requests
/// are checked with the generator's own library.
const NOT_OURS: [(&str, &str); 1] = [("regress", "\"0.12.0\"")];

const LINTS: &str = "[lints.rust]
unsafe_code = \"forbid\"
missing_docs = \"deny\"
missing_debug_implementations = \"deny\"
";

/// Names of the dependencies that `code` uses.
fn used(code: &str) -> Vec<&'static str> {
    DEPENDENCIES.iter().filter(|(_, path)| code.contains(path)).map(|(name, _)| *name).collect()
}

fn not_ours(name: &str) -> Option<&'static str> {
    NOT_OURS.iter().find(|(known, _)| *known == name).map(|(_, version)| *version)
}

fn features() -> String {
    format!(
        "[features]\n# `JsonSchema` for the types.\nschemars = [\"dep:schemars\", \"{CORE_PACKAGE}/schemars\"]\n"
    )
}

/// The manifest of a member of the workspace.
pub(crate) fn member(code: &str, head: &Head) -> String {
    let inherited = ["version", "edition", "rust-version", "license", "publish"];
    let package: Vec<String> = inherited.iter().map(|key| format!("{key}.workspace = true\n")).collect();
    let line = |name: &&str| match not_ours(name) {
        Some(version) => format!("{name} = {version}\n"),
        None => format!("{name}.workspace = true\n"),
    };
    let mut lines: Vec<String> = used(code).iter().map(line).collect();
    lines.push("schemars = { workspace = true, optional = true }\n".to_owned());
    lines.sort();
    text(head, &package.concat(), &lines.concat(), "")
}

/// The manifest of a crate outside the workspace at `root`: a workspace of its own, with the workspace's versions.
pub(crate) fn alone(code: &str, head: &Head, root: &Path) -> anyhow::Result<String> {
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
        if name == CORE_PACKAGE {
            let folder = root.join("wrapper/core").display().to_string();
            lines.push(format!("{name} = {{ path = {folder:?} }}\n"));
        } else {
            let version = not_ours(name).map_or_else(|| entry(name), Ok)?;
            lines.push(format!("{name} = {version}\n"));
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
        "\n# Not part of the workspace it was generated in.\n[workspace]\n",
    ))
}

fn text(head: &Head, package: &str, dependencies: &str, rest: &str) -> String {
    let (comment, features) = (head.comment("# ", ""), features());
    format!(
        "{comment}[package]\nname = \"{PACKAGE}\"\ndescription = \"{DESCRIPTION}\"\n{package}\n{features}\n\
         [dependencies]\n{dependencies}\n{LINTS}{rest}"
    )
}

/// `rustfmt.toml` of the generated crate: the printer has laid the code out, and `cargo fmt` must not do it again.
pub(crate) fn formatting(head: &Head) -> String {
    head.comment("# ", "") + "disable_all_formatting = true\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> Head {
        Head::new("{}")
    }

    #[test]
    fn only_what_the_code_uses_is_a_dependency() {
        let manifest = member("use progenitor_client::Error; fn f() -> ::serde_json::Value {}", &head());
        assert!(manifest.contains("\nserde_json.workspace = true\n"), "{manifest}");
        assert!(!manifest.contains("chrono") && !manifest.contains("uuid"), "{manifest}");
    }

    #[test]
    fn what_only_some_documents_need_has_a_version_of_its_own() {
        let code = "::regress::Regex::new(pattern)";
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        for manifest in [member(code, &head()), alone(code, &head(), root).unwrap()] {
            assert!(manifest.contains("\nregress = \"0.12.0\"\n"), "{manifest}");
        }
        let lock = std::fs::read_to_string(root.join("Cargo.lock")).unwrap();
        assert!(
            lock.contains("name = \"regress\"\nversion = \"0.12.0\"\n"),
            "the generator uses another one now"
        );
    }

    #[test]
    fn a_crate_outside_the_workspace_stands_alone() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let manifest = alone("gocardless_bank_data_core::Amount reqwest::Client", &head(), root).unwrap();
        assert!(manifest.ends_with("[workspace]\n") && !manifest.contains("workspace = true"), "{manifest}");
        assert!(
            manifest.contains("wrapper/core\" }") && manifest.contains("optional = true }"),
            "{manifest}"
        );
    }
}
