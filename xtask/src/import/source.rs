//! The vendor's document, from a file or from the network, as it came.

use std::path::Path;
use std::time::Duration;

use super::fetch;
use crate::diff;
use crate::failure::Failure;

/// A document as it came.
#[derive(Debug)]
pub(crate) struct Source {
    /// What messages call it.
    pub(crate) name: String,
    /// What the provenance calls it: a URL, or the name of a file without its folder.
    pub(crate) origin: String,
    pub(crate) bytes: Vec<u8>,
}

impl Source {
    /// Reads a file, or fetches a URL.
    pub(crate) fn get(text: &str, timeout: Duration) -> Result<Self, Failure> {
        if text.contains("://") {
            let bytes = fetch::fetch(text, timeout)?;
            return Ok(Self { name: text.to_owned(), origin: text.to_owned(), bytes });
        }
        let path = Path::new(text);
        let bytes = diff::bytes(path)?;
        let origin =
            path.file_name().map_or_else(|| text.to_owned(), |name| name.to_string_lossy().into_owned());
        Ok(Self { name: text.to_owned(), origin: format!("a file, {origin}"), bytes })
    }
}
