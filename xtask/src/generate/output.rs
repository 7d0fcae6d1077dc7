//! What one run writes: kept in memory until all of it exists, then written or compared.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use sha2::{Digest, Sha256};
use similar::TextDiff;

use super::patch::record::Patch;
use super::progenitor::GENERATOR;
use crate::failure::Failure;

/// The command that writes the generated files.
pub(crate) const COMMAND: &str = "cargo xtask generate";

/// The lines at the head of a generated file.
#[derive(Debug)]
pub(crate) struct Head([String; 3]);

impl Head {
    /// The head of files that are made from `client`, the text of `client.json`.
    ///
    /// It is not the contract's sum that stands there: a renamed operation of the vendor's changes the contract and
    /// nothing that is generated.
    pub(crate) fn new(client: &str) -> Self {
        let sum: Vec<String> =
            Sha256::digest(client.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        Self([
            format!(
                "Written by `{COMMAND}`. Do not edit: change the contract, a patch or a setting instead."
            ),
            format!("Input: openapi/client.json, sha256 {}", sum.concat()),
            format!("Generator: {GENERATOR}, as xtask/src/generate/progenitor.rs calls it"),
        ])
    }

    /// The lines as comments, each between `before` and `after`, and an empty line.
    pub(crate) fn comment(&self, before: &str, after: &str) -> String {
        let lines: Vec<String> = self.0.iter().map(|line| format!("{before}{line}{after}\n")).collect();
        lines.concat() + "\n"
    }
}

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

const BEGIN: &str = "<!-- patches: begin, written by cargo xtask generate -->";
const END: &str = "<!-- patches: end -->";

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
    fn the_head_says_command_input_generator_and_not_to_edit() {
        let text = Head::new("{}").comment("// ", "");
        // The sum of two braces, as `sha256sum` gives it.
        let sum = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
        for part in [COMMAND, "Do not edit", sum, GENERATOR] {
            assert!(text.contains(part), "{text}");
        }
        assert!(text.lines().filter(|line| !line.is_empty()).all(|line| line.starts_with("// ")));
    }

    #[test]
    fn the_generator_named_is_the_one_that_is_pinned() {
        let manifest = concat!(include_str!("../../../Cargo.toml"), include_str!("../../Cargo.toml"));
        let version = GENERATOR.trim_start_matches("progenitor ");
        assert!(manifest.contains(&format!("progenitor = {{ version = \"={version}\"")), "{GENERATOR}");
    }

    #[test]
    fn a_long_difference_is_cut_and_says_so() {
        let text = difference(Path::new("a"), Some(""), &"line\n".repeat(200));
        assert_eq!(text.lines().count(), LONGEST_DIFF + 1);
        assert!(text.contains("more lines"), "{text}");
    }

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
