//! Rules about dependencies: each has a reason and a user, arrows point one way, and the stated Rust suffices.

use super::breach::Breach;
use super::metadata::Metadata;
use super::tree::{File, Tree};

/// From the tree and what cargo knows to the breaches.
pub(crate) type Rule = fn(&Tree, &Metadata) -> Vec<Breach>;

pub(crate) const RULES: &[Rule] =
    &[each_has_a_reason, each_is_used, the_tool_stands_alone, the_stated_rust_suffices];

const MANIFEST: &str = "Cargo.toml";
const TOOL: &str = "xtask";

/// A line of `[workspace.dependencies]` has a comment on it, or shares one above with its neighbours.
fn each_has_a_reason(tree: &Tree, _: &Metadata) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let mut explained = false;
    for (number, line) in section(tree) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            explained = line.starts_with('#');
        } else if !explained && !line.contains('#') {
            breaches.push(Breach::new(
                MANIFEST,
                number,
                "has no reason: add a comment that says what it is for",
            ));
        }
    }
    breaches
}

/// A dependency that no member uses goes.
fn each_is_used(tree: &Tree, metadata: &Metadata) -> Vec<Breach> {
    let used = |name: &str| {
        metadata.members.iter().any(|member| member.dependencies.iter().any(|other| other == name))
    };
    let unused = section(tree)
        .filter_map(|(number, line)| Some((number, name(line)?)))
        .filter(|(_, name)| !used(name));
    unused
        .map(|(number, name)| {
            Breach::new(MANIFEST, number, format_args!("`{name}` is used by no member: take the line out"))
        })
        .collect()
}

/// The tool must build when nothing else does.
fn the_tool_stands_alone(_: &Tree, metadata: &Metadata) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for member in &metadata.members {
        for other in metadata.members.iter().filter(|other| member.dependencies.contains(&other.name)) {
            if member.name == TOOL || other.name == TOOL {
                let sentence = format!(
                    "`{}` depends on `{}`: nothing depends on {TOOL}, and {TOOL} on no member",
                    member.name, other.name
                );
                breaches.push(Breach::new(MANIFEST, 1, sentence));
            }
        }
    }
    breaches
}

/// No dependency needs a newer Rust than the workspace states.
fn the_stated_rust_suffices(tree: &Tree, metadata: &Metadata) -> Vec<Breach> {
    let stated = tree.files.iter().filter(|file| file.path == MANIFEST).find_map(|file| {
        file.lines()
            .find_map(|(_, line)| Some(line.strip_prefix("rust-version = \"")?.strip_suffix('"')?.to_owned()))
    });
    let Some(stated) = stated else {
        return vec![Breach::new(MANIFEST, 1, "states no `rust-version`: add it to `[workspace.package]`")];
    };
    let newer = metadata.packages.iter().filter_map(|package| {
        let needed = package.rust_version.as_ref()?;
        let sentence = format!(
            "`{} {}` needs Rust {needed}, and {stated} is stated: take an older version of it",
            package.name, package.version
        );
        (parts(needed) > parts(&stated))
            .then(|| Breach::new("Cargo.lock", line_of(tree, &package.name), sentence))
    });
    newer.collect()
}

/// The lines of `[workspace.dependencies]`.
fn section(tree: &Tree) -> impl Iterator<Item = (usize, &str)> {
    let manifest = tree.files.iter().find(|file| file.path == MANIFEST);
    let lines = manifest.into_iter().flat_map(File::lines);
    lines
        .skip_while(|(_, line)| line.trim() != "[workspace.dependencies]")
        .skip(1)
        .take_while(|(_, line)| !line.starts_with('['))
}

/// The name of the dependency that a line declares.
fn name(line: &str) -> Option<&str> {
    let (name, _) = line.split_once('=')?;
    (!line.trim_start().starts_with('#')).then_some(name.trim())
}

fn parts(version: &str) -> Vec<u32> {
    let mut parts: Vec<u32> = version.split('.').map(|part| part.parse().unwrap_or(0)).collect();
    parts.resize(3, 0);
    parts
}

fn line_of(tree: &Tree, package: &str) -> usize {
    let wanted = format!("name = \"{package}\"");
    let lock = tree.files.iter().find(|file| file.path == "Cargo.lock");
    lock.and_then(|lock| lock.lines().find(|(_, line)| *line == wanted)).map_or(1, |(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::metadata::{Member, Package};

    fn tree(manifest: &str) -> Tree {
        Tree { files: vec![File { path: MANIFEST.to_owned(), text: manifest.to_owned() }] }
    }

    fn member(name: &str, dependencies: &[&str]) -> Member {
        Member { name: name.to_owned(), dependencies: dependencies.iter().map(ToString::to_string).collect() }
    }

    #[test]
    fn a_dependency_without_a_reason_is_found() {
        let manifest = "[workspace.dependencies]\n# Money.\na = \"1\"\nb = \"1\"\n\nc = \"1\"\nd = \"1\" # Dates.\n[x]\ne = 1\n";
        let found = each_has_a_reason(&tree(manifest), &Metadata::default());
        assert_eq!(
            found,
            [Breach::new(MANIFEST, 6, "has no reason: add a comment that says what it is for")]
        );
    }

    #[test]
    fn a_dependency_that_nobody_uses_is_found() {
        let metadata = Metadata { members: vec![member("wrapper", &["a"])], packages: Vec::new() };
        let found =
            each_is_used(&tree("[workspace.dependencies]\na = \"1\"\nb = { version = \"1\" }\n"), &metadata);
        assert_eq!(found.len(), 1);
        assert!(found[0].to_string().starts_with("Cargo.toml:3: `b` is used by no member"), "{found:?}");
    }

    #[test]
    fn the_tool_depends_on_nobody_and_nobody_on_it() {
        let members = vec![member(TOOL, &["core"]), member("core", &[]), member("wrapper", &["core", TOOL])];
        assert_eq!(the_tool_stands_alone(&tree(""), &Metadata { members, packages: Vec::new() }).len(), 2);
    }

    #[test]
    fn a_dependency_that_needs_a_newer_rust_is_found() {
        let package = |rust: &str| Package {
            name: "a".to_owned(),
            version: "1.0.0".to_owned(),
            rust_version: Some(rust.to_owned()),
        };
        let metadata = Metadata {
            members: Vec::new(),
            packages: vec![package("1.88.0"), package("1.89"), package("1.9")],
        };
        let found = the_stated_rust_suffices(&tree("rust-version = \"1.88\"\n"), &metadata);
        assert_eq!(found.len(), 1);
        assert!(found[0].to_string().contains("needs Rust 1.89"), "{found:?}");
    }
}
