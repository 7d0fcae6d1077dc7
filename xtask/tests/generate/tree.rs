//! A small copy of the repository that a test may spoil, and the program run on it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// A folder of its own for one test.
pub(crate) struct Tree {
    pub(crate) root: PathBuf,
}

/// What a run of the program gave.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Tree {
    /// A tree with our contract and nothing generated.
    pub(crate) fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&root);
        let ours = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        for file in ["Cargo.toml", "openapi/contract.json", "openapi/README.md"] {
            let target = root.join(file);
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::copy(ours.join(file), target).unwrap();
        }
        Self { root }
    }

    /// A tree in which everything has been generated.
    pub(crate) fn generated(name: &str) -> Self {
        let tree = Self::new(name);
        let answer = tree.run(&["generate"]);
        assert_eq!(answer.code, Some(0), "{answer:?}");
        tree
    }

    /// Runs `cargo xtask` with `arguments` on this tree.
    pub(crate) fn run(&self, arguments: &[&str]) -> Answer {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .arg("--root")
            .arg(&self.root)
            .current_dir(&self.root)
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Answer { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.root.join(file)).unwrap()
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        fs::write(self.root.join(file), text).unwrap();
    }

    /// Changes the contract.
    pub(crate) fn edit(&self, change: impl FnOnce(&mut Value)) {
        let mut contract = serde_json::from_str(&self.read("openapi/contract.json")).unwrap();
        change(&mut contract);
        self.write("openapi/contract.json", &serde_json::to_string_pretty(&contract).unwrap());
    }

    /// Every file below `folder` and what is in it.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.root.join(folder), &mut files);
        files
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

fn collect(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            collect(&entry.path(), files);
        } else {
            files.insert(entry.path(), fs::read(entry.path()).unwrap());
        }
    }
}
