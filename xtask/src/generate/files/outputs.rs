//! All outputs of one run: kept in memory until every one of them exists, then written or compared.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use similar::TextDiff;

/// How many lines of difference are shown for one file.
const LONGEST_DIFF: usize = 40;

/// Files to be, relative to one folder, and folders that hold nothing else.
#[derive(Debug)]
pub(crate) struct Outputs {
    base: PathBuf,
    files: BTreeMap<PathBuf, String>,
    owned: Vec<PathBuf>,
}

/// A file that is not what it should be, and how.
#[derive(Debug)]
pub(crate) struct Stale {
    pub(crate) file: PathBuf,
    pub(crate) difference: String,
}

impl Outputs {
    pub(crate) fn new(base: &Path) -> Self {
        Self { base: base.to_owned(), files: BTreeMap::new(), owned: Vec::new() }
    }

    pub(crate) fn add(&mut self, file: impl Into<PathBuf>, text: String) {
        self.files.insert(file.into(), text);
    }

    /// The text of the output whose name ends so; empty if there is none.
    pub(crate) fn text_ending_with(&self, end: &str) -> &str {
        let found = self.files.iter().find(|(file, _)| file.ends_with(end));
        found.map_or("", |(_, text)| text)
    }

    /// Claims `folder`: a file in it that is not an output is stale.
    pub(crate) fn own(&mut self, folder: impl Into<PathBuf>) {
        self.owned.push(folder.into());
    }

    /// Writes what differs, each file by a rename, and removes what is left over. Gives the number of changes.
    pub(crate) fn write(&self) -> Result<usize> {
        let stale: Vec<_> =
            self.files.iter().filter(|(file, text)| self.present(file).as_ref() != Some(*text)).collect();
        let mut written = Vec::new();
        for (file, text) in &stale {
            let target = self.base.join(file);
            let folder = target.parent().unwrap_or(&self.base);
            fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
            let mut name = target.file_name().map(OsString::from).unwrap_or_default();
            name.push(format!(".{}.new", std::process::id()));
            let temporary = target.with_file_name(name);
            fs::write(&temporary, text).with_context(|| format!("writing {}", temporary.display()))?;
            written.push((temporary, target));
        }
        for (temporary, target) in written {
            fs::rename(&temporary, &target).with_context(|| format!("writing {}", target.display()))?;
        }
        let left_over = self.left_over()?;
        for file in &left_over {
            let target = self.base.join(file);
            fs::remove_file(&target).with_context(|| format!("removing {}", target.display()))?;
        }
        Ok(stale.len() + left_over.len())
    }

    /// What `write` would change.
    pub(crate) fn compare(&self) -> Result<Vec<Stale>> {
        let mut stale = Vec::new();
        for (file, text) in &self.files {
            let present = self.present(file);
            if present.as_ref() != Some(text) {
                stale.push(Stale {
                    file: file.clone(),
                    difference: difference(file, present.as_deref(), text),
                });
            }
        }
        for file in self.left_over()? {
            let difference = "  nothing writes this file any more\n".to_owned();
            stale.push(Stale { file, difference });
        }
        Ok(stale)
    }

    fn present(&self, file: &Path) -> Option<String> {
        fs::read_to_string(self.base.join(file)).ok()
    }

    fn left_over(&self) -> Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        for folder in &self.owned {
            let Ok(entries) = fs::read_dir(self.base.join(folder)) else { continue };
            for entry in entries {
                let entry = entry.with_context(|| format!("reading {}", folder.display()))?;
                let file = folder.join(entry.file_name());
                if entry.path().is_file() && !self.files.contains_key(&file) {
                    found.push(file);
                }
            }
        }
        found.sort();
        Ok(found)
    }
}

fn difference(file: &Path, present: Option<&str>, wanted: &str) -> String {
    let Some(present) = present else { return "  the file is missing\n".to_owned() };
    let diff = TextDiff::from_lines(present, wanted);
    let name = file.display().to_string();
    let text = diff.unified_diff().context_radius(2).header(&name, "what generate would write").to_string();
    let mut lines: Vec<&str> = text.lines().take(LONGEST_DIFF).collect();
    let more = text.lines().count().saturating_sub(LONGEST_DIFF);
    let note = format!("  … {more} more lines");
    if more > 0 {
        lines.push(&note);
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_difference_is_cut_and_says_so() {
        let text = difference(Path::new("a"), Some(""), &"line\n".repeat(200));
        assert_eq!(text.lines().count(), LONGEST_DIFF + 1);
        assert!(text.contains("more lines"), "{text}");
    }
}
