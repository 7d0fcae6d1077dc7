//! Does the source keep to what the other files test: no unsafe code, no code at build time, no weakened TLS setting?

use std::path::{Path, PathBuf};

/// The packages that are published.
const PUBLISHED: [&str; 9] = [
    "generated",
    "tests/sandbox",
    "wrapper",
    "wrapper/cli",
    "wrapper/redis",
    "wrapper/runtime",
    "wrapper/sqlite",
    "wrapper/sync",
    "wrapper/types",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The Rust files of a package, with their paths.
fn sources(package: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(package).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty(), "{package}");
    found
}

#[test]
fn f12_no_published_package_has_unsafe_code_or_runs_code_at_build_time() {
    let workspace = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(workspace.contains("unsafe_code = \"forbid\""));
    for package in PUBLISHED {
        let manifest = std::fs::read_to_string(root().join(package).join("Cargo.toml")).unwrap();
        let inherits = manifest.contains("[lints]\nworkspace = true");
        assert!(inherits || manifest.contains("unsafe_code = \"forbid\""), "{package}");
        assert!(!root().join(package).join("build.rs").exists(), "{package}");
        for word in ["build =", "[build-dependencies]", "links =", "git =", "proc-macro = true"] {
            assert!(!manifest.contains(word), "{package}: {word}");
        }
    }
}

#[test]
fn f12_every_dependency_comes_from_the_registry_with_its_checksum() {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let mut counted = 0;
    for package in lock.split("[[package]]").skip(1) {
        let Some(source) = package.lines().find_map(|line| line.strip_prefix("source = ")) else { continue };
        assert!(source.starts_with("\"registry+https://github.com/rust-lang/crates.io-index\""), "{package}");
        assert!(package.lines().any(|line| line.starts_with("checksum = ")), "{package}");
        counted += 1;
    }
    assert!(counted > 50);
}

#[test]
fn e08_every_switch_that_weakens_a_connection_is_named_once_and_switched_off() {
    let words = ["danger", "accept_invalid", "connection_verbose", "sslkeylogfile", "cookie_store"];
    let mut lines = Vec::new();
    for package in PUBLISHED {
        for (path, text) in sources(package) {
            // Definitions with such a name change nothing.
            let code = text
                .lines()
                .map(str::trim)
                .filter(|line| !line.starts_with("//") && !line.starts_with("fn "));
            let named = code.filter(|line| words.iter().any(|word| line.contains(word)));
            lines.extend(named.map(|line| (path.clone(), line.to_owned())));
        }
    }
    assert!(!lines.is_empty());
    for (path, line) in lines {
        // There may be several on a line; each has to be off.
        let is_off = line.matches("(false)").count() > 0 && !line.contains("(true)");
        assert!(is_off && path.ends_with("safe_defaults.rs"), "{path}: {line}");
    }
}
