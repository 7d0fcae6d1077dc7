//! Which judges, and exactly which versions of them and of all they depend on.
//!
//! The locks have hashes and no hosts: where packages come from is the affair of npm's and pip's own settings. To take
//! a newer version, change the table and make the locks anew:
//!
//! ```text
//! npm install --package-lock-only --omit-lockfile-registry-resolved --save-exact @stoplight/prism-cli@VERSION
//! uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 REQUIREMENTS
//! ```

/// A program of others, and what runs it.
pub(crate) struct Judge {
    /// As people call it.
    pub(crate) name: &'static str,
    /// As its registry calls it.
    pub(crate) package: &'static str,
    pub(crate) version: &'static str,
    /// Everything it is made of, with hashes.
    pub(crate) lock: &'static str,
    /// What runs it, as people call it.
    pub(crate) runtime: &'static str,
    /// The oldest version of that which will do.
    pub(crate) least: [u32; 3],
}

/// A validating proxy. Newer ones need Node.js 24, which current systems do not have yet.
pub(crate) const PRISM: Judge = Judge {
    name: "Prism",
    package: "@stoplight/prism-cli",
    version: "5.14.2",
    lock: include_str!("prism.lock"),
    runtime: "Node.js",
    least: [18, 20, 1],
};

/// A tester that makes its cases from the document.
pub(crate) const SCHEMATHESIS: Judge = Judge {
    name: "Schemathesis",
    package: "schemathesis",
    version: "4.32.5",
    lock: include_str!("schemathesis.lock"),
    runtime: "Python",
    least: [3, 11, 0],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locks_are_of_these_versions() {
        let npm: serde_json::Value = serde_json::from_str(PRISM.lock).unwrap();
        let locked = &npm["packages"][format!("node_modules/{}", PRISM.package)];
        assert_eq!(locked["version"], PRISM.version);
        assert_eq!(npm["packages"][""]["dependencies"][PRISM.package], PRISM.version);
        let pinned = format!("{}=={} \\", SCHEMATHESIS.package, SCHEMATHESIS.version);
        assert!(SCHEMATHESIS.lock.lines().any(|line| line == pinned));
    }

    #[test]
    fn the_locks_name_no_host_and_hash_everything() {
        for judge in [PRISM, SCHEMATHESIS] {
            assert!(!judge.lock.contains("://"), "{}", judge.name);
        }
        let npm: serde_json::Value = serde_json::from_str(PRISM.lock).unwrap();
        for (name, package) in
            npm["packages"].as_object().unwrap().iter().filter(|(name, _)| !name.is_empty())
        {
            assert!(package["integrity"].is_string(), "{name}");
        }
        let pins = SCHEMATHESIS.lock.lines().filter(|line| line.contains("==")).count();
        let hashed = SCHEMATHESIS.lock.split("==").skip(1).filter(|pin| pin.contains("--hash=sha256:"));
        assert_eq!(hashed.count(), SCHEMATHESIS.lock.matches("==").count() - count_of_markers());
        assert!(pins > 20);
    }

    /// `==` stands in conditions too, such as the one for Windows.
    fn count_of_markers() -> usize {
        SCHEMATHESIS.lock.matches(" == '").count()
    }
}
