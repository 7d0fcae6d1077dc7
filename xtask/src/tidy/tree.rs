//! The files that the rules look at.

use std::fs;
use std::path::Path;

use crate::repository;

/// The text files of the repository.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) files: Vec<File>,
}

/// One text file.
#[derive(Debug)]
pub(crate) struct File {
    /// Relative to the repository, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Tree {
    /// Reads all files that git tracks or would track; what is not UTF-8 is not text.
    pub(crate) fn read(root: &Path) -> anyhow::Result<Self> {
        let files = repository::files(root)?.into_iter().filter_map(|path| {
            let text = fs::read_to_string(root.join(&path)).ok()?;
            let path = path
                .components()
                .map(|part| part.as_os_str().to_string_lossy())
                .collect::<Vec<_>>()
                .join("/");
            Some(File { path, text })
        });
        Ok(Self { files: files.collect() })
    }

    /// The files that people write: not the generated ones, the lock, the licences, and the document itself.
    pub(crate) fn written(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| {
            let path = file.path.as_str();
            let document = path.starts_with("openapi/") && file.has_extension("json");
            // A fuzzer's corpus is input, byte for byte.
            let made =
                path.starts_with("generated/") || path.contains("/corpus/") || file.has_extension("lock");
            !document && !made && !path.starts_with("LICENSE")
        })
    }

    /// The Rust files that people write.
    pub(crate) fn rust(&self) -> impl Iterator<Item = &File> {
        self.written().filter(|file| file.has_extension("rs"))
    }
}

impl File {
    /// Lines with their numbers from 1.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    pub(crate) fn has_extension(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|found| found == extension)
    }

    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}
