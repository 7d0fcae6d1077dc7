//! The command: two files in, a report out.

use std::path::Path;

use super::{compare, read::read, report};
use crate::failure::Failure;

/// Prints what changed from `old` to `new`; the failure says that something did.
pub(crate) fn run(old: &Path, new: &Path, as_json: bool) -> Result<(), Failure> {
    let changes = compare(&read(old)?, &read(new)?);
    let text = if as_json { report::json(&changes)? } else { report::text(&changes) };
    print!("{text}");
    if changes.is_empty() {
        return Ok(());
    }
    Err(Failure::Stale(format!("{} is not what {} was", new.display(), old.display())))
}
