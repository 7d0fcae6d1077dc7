//! Each package that is published has what a registry and its readers want. `CONTRIBUTING.md` has the recipe.

use super::run::{File, Violation};

/// What the manifest of a published package says.
const KEYS: [&str; 6] = [
    "description = ",
    "documentation = ",
    "readme = ",
    "keywords = ",
    "categories = ",
    "version.workspace = true",
];

/// What is in the same folder.
const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// What is missing of packages that are not marked as unpublished. `paths` are all files of the repository.
pub(super) fn violations(files: &[File], paths: &[String]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for file in files.iter().filter(|file| is_published(file)) {
        let folder = file.path.strip_suffix("Cargo.toml").unwrap_or_default();
        let said = |key: &&str| file.text.lines().any(|line| line.starts_with(key));
        let missing = KEYS.iter().filter(|key| !said(key)).map(|key| key.trim_end_matches(" = "));
        let beside = |name: &&str| paths.iter().any(|path| path.strip_prefix(folder) == Some(*name));
        let missing = missing.chain(LICENCES.into_iter().filter(|name| !beside(name)));
        violations.extend(missing.map(|what| {
            let sentence =
                format!("is published without `{what}`: add it, or say `publish.workspace = true`");
            file.violation(1, sentence)
        }));
    }
    violations
}

fn is_published(file: &File) -> bool {
    let says = |text: &str| file.text.lines().any(|line| line == text);
    let is_manifest = file.path == "Cargo.toml" || file.path.ends_with("/Cargo.toml");
    is_manifest && says("[package]") && !says("publish.workspace = true") && !says("publish = false")
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMPLETE: &str = "[package]\nname = \"a\"\nversion.workspace = true\ndescription = \"A\"\ndocumentation = \"D\"\nreadme = \"README.md\"\n\
        keywords = [\"a\"]\ncategories = [\"b\"]\n";

    fn found(manifest: &str, paths: &[&str]) -> Vec<String> {
        let file = File { path: "a/b/Cargo.toml".to_owned(), text: manifest.to_owned() };
        let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
        violations(&[file], &paths).into_iter().map(|violation| violation.sentence).collect()
    }

    #[test]
    fn a_published_package_without_a_licence_or_a_keyword_is_found() {
        let licences = ["a/b/LICENSE-APACHE", "a/b/LICENSE-MIT"];
        assert_eq!(found(COMPLETE, &licences), [""; 0]);
        let [licence] = &found(COMPLETE, &["a/b/LICENSE-APACHE", "a/LICENSE-MIT"])[..] else {
            panic!("one is missing");
        };
        assert!(licence.contains("`LICENSE-MIT`"), "{licence}");
        let [keyword] = &found(&COMPLETE.replace("keywords", "#"), &licences)[..] else {
            panic!("it is missing")
        };
        assert!(keyword.contains("`keywords`"), "{keyword}");
    }

    #[test]
    fn a_package_that_is_not_published_needs_nothing() {
        for line in ["publish.workspace = true", "publish = false"] {
            assert_eq!(found(&format!("[package]\nname = \"a\"\n{line}\n"), &[]), [""; 0]);
        }
        assert_eq!(found("[workspace]\n", &[]), [""; 0]);
    }
}
