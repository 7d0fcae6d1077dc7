//! What one run writes: kept in memory until all of it exists, then written or compared.
//!
//! Another folder than the tree is written only if nothing else is lost by it: what does not have the head of a generated
//! file is neither overwritten nor removed. In the tree, the names of the files say whose they are, and git has what was there.

use std::collections::{BTreeMap, BTreeSet};
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
    /// Not the sum of the contract: an operation that the vendor renames changes the contract and nothing that is
    /// generated.
    pub(crate) fn new(client: &str) -> Self {
        Self([
            format!(
                "Written by `{COMMAND}`. Do not edit: change the contract, a patch or a setting instead."
            ),
            format!("Input: openapi/client.json, sha256 {}", sum(client.as_bytes())),
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

/// The end of the name of a file that is not complete yet. It is ignored by git, and removed by the next run if its own was
/// ended before it could give the file its name.
const UNFINISHED: &str = ".xtask-new";

/// Files to be, relative to one folder, and folders that hold nothing else.
#[derive(Debug)]
pub(crate) struct Outputs {
    /// The folder of the repository, which has the lock of all runs.
    root: PathBuf,
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
    /// Files of the repository at `root`, or of the folder `out`.
    pub(crate) fn new(root: &Path, out: Option<&Path>) -> Self {
        Self {
            root: root.to_owned(),
            base: out.unwrap_or(root).to_owned(),
            files: BTreeMap::new(),
            owned: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, file: impl Into<PathBuf>, text: String) {
        self.files.insert(file.into(), text);
    }

    /// Claims `folder`: a file in it that is not an output is stale.
    pub(crate) fn own(&mut self, folder: impl Into<PathBuf>) {
        self.owned.push(folder.into());
    }

    /// Writes what differs, each file by a rename, and removes what is left over. Gives the number of changes.
    pub(crate) fn write(&self) -> Result<usize, Failure> {
        let _lock = lock(&self.root)?;
        self.sweep();
        let left_over = self.left_over()?;
        let strange = left_over.iter().find(|file| !has_head(&self.base.join(file)));
        if let Some(file) = strange {
            return Err(not_ours(&self.base.join(file)));
        }
        if self.base != self.root {
            self.is_free()?;
        }
        let stale: Vec<_> =
            self.files.iter().filter(|(file, text)| self.present(file).as_ref() != Some(*text)).collect();
        let put = |(file, text): &(&PathBuf, &String)| {
            let target = self.base.join(file);
            let folder = target.parent().unwrap_or(&self.base);
            fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
            fs::write(unfinished(&target), text).with_context(|| format!("writing {}", target.display()))
        };
        if let Err(error) = stale.iter().try_for_each(put) {
            self.sweep();
            return Err(error.into());
        }
        for (file, _) in &stale {
            let target = self.base.join(file);
            fs::rename(unfinished(&target), &target)
                .with_context(|| format!("writing {}", target.display()))?;
        }
        for file in &left_over {
            let target = self.base.join(file);
            fs::remove_file(&target).with_context(|| format!("removing {}", target.display()))?;
        }
        Ok(stale.len() + left_over.len())
    }

    /// Removes what a run left that was ended or found the disk full.
    fn sweep(&self) {
        let folders: BTreeSet<_> =
            self.files.keys().filter_map(|file| self.base.join(file).parent().map(Path::to_owned)).collect();
        for entry in folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten() {
            if is_unfinished(&entry.path()) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Whether no file would be lost by writing to a folder that is not the tree.
    fn is_free(&self) -> Result<(), Failure> {
        if is_empty(&self.base) {
            return Ok(());
        }
        if !has_head(&self.base.join("Cargo.toml")) {
            let advice = "name an empty folder, or one that this command has written before";
            return Err(Failure::at(
                self.base.display(),
                format_args!("holds what `{COMMAND}` did not write: {advice}"),
            ));
        }
        let present = || self.files.keys().map(|file| self.base.join(file)).filter(|file| file.exists());
        let heads: Vec<String> = present().filter_map(|file| first_lines(&file)).collect();
        // JSON has no comments, so the heads of the other files name it by its sum.
        let is_named = |file: &Path| {
            let is_json = file.extension().is_some_and(|extension| extension == "json");
            is_json && fs::read(file).is_ok_and(|bytes| heads.iter().any(|head| head.contains(&sum(&bytes))))
        };
        match present().find(|file| !has_head(file) && !is_named(file)) {
            Some(file) => Err(not_ours(&file)),
            None => Ok(()),
        }
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
                let is_known = self.files.contains_key(&file) || is_unfinished(&file);
                if entry.path().is_file() && !is_known {
                    found.push(file);
                }
            }
        }
        found.sort();
        Ok(found)
    }
}

/// Refuses a folder whose files would be overwritten: the repository, and what is in it except below `target`.
pub(crate) fn may_be_written(out: &Path, root: &Path) -> Result<(), Failure> {
    let refuse = |why: &str| Err(Failure::at(out.display(), why));
    if out.as_os_str().is_empty() {
        return refuse("is not a folder: name one");
    }
    if out.exists() && !out.is_dir() {
        return refuse("is a file: name a folder");
    }
    let (Ok(root), Some(out)) = (root.canonicalize(), resolved(out)) else { return Ok(()) };
    match out.strip_prefix(&root) {
        Ok(within) if !within.starts_with("target") || within == Path::new("target") => {
            refuse("is in the repository: name a folder outside of it, or one below `target`")
        }
        _ => Ok(()),
    }
}

/// The path without links and dots, of which the end need not exist yet.
fn resolved(path: &Path) -> Option<PathBuf> {
    let mut path = std::path::absolute(path).ok()?;
    let mut rest = Vec::new();
    while !path.exists() {
        rest.push(path.components().next_back()?.as_os_str().to_owned());
        path.pop();
    }
    let mut resolved = path.canonicalize().ok()?;
    for part in rest.iter().rev() {
        match part.to_str() {
            Some("..") => drop(resolved.pop()),
            _ => resolved.push(part),
        }
    }
    Some(resolved)
}

/// Runs write one after the other; the system gives up the lock of one that was ended.
fn lock(root: &Path) -> Result<fs::File> {
    let folder = root.join("target");
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let path = folder.join("xtask.lock");
    let file = fs::File::create(&path).with_context(|| format!("making {}", path.display()))?;
    file.lock().with_context(|| format!("locking {}", path.display()))?;
    Ok(file)
}

/// What `target` is called until it is complete.
fn unfinished(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}{UNFINISHED}"))
}

fn is_unfinished(file: &Path) -> bool {
    file.file_name().is_some_and(|name| name.to_string_lossy().ends_with(UNFINISHED))
}

/// Whether nothing is in the folder, or only what a run left that was ended.
fn is_empty(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.path())
        .all(|path| is_unfinished(&path) || path.is_dir() && path.ends_with("src") && is_empty(&path))
}

fn has_head(file: &Path) -> bool {
    let mark = format!("Written by `{COMMAND}`");
    first_lines(file).is_some_and(|text| text.lines().next().is_some_and(|line| line.contains(&mark)))
}

/// The lines that hold the head, if there is one.
fn first_lines(file: &Path) -> Option<String> {
    const LINES: usize = 3;
    let text = fs::read_to_string(file).ok()?;
    Some(text.lines().take(LINES).collect::<Vec<_>>().join("\n"))
}

fn not_ours(file: &Path) -> Failure {
    let advice = "move it away, or delete it";
    Failure::at(file.display(), format_args!("was not written by `{COMMAND}` and would be lost: {advice}"))
}

fn sum(bytes: &[u8]) -> String {
    let bytes: Vec<String> = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.concat()
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
