//! What a patch is: a function on the document with a name and its reasons.

use crate::generate::document::Document;

/// Which of the two lists a patch belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The document is wrong about the wire.
    Fault,
    /// The document is right, but the generator or we need it in another form.
    Shaping,
}

impl Kind {
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Fault => "fault",
            Self::Shaping => "shaping",
        }
    }
}

/// One change on the way from `contract.json` to `client.json`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patch {
    /// Unique, in words joined by hyphens.
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// Symptom of a fault; reason of a shaping.
    pub(crate) why: &'static str,
    /// What shows it: a thread, a page, a source; text that needs no other file.
    pub(crate) evidence: &'static str,
    /// The day it was first needed.
    pub(crate) since: &'static str,
    /// The file that holds it, for the sentence that asks to remove it.
    pub(crate) file: &'static str,
    pub(crate) apply: fn(&mut Document) -> Applied,
}

/// What a patch did.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Applied {
    /// How many places of the document changed.
    pub(crate) changed: usize,
    /// Rows of the patch's table that found nothing to do: the document no longer needs them.
    pub(crate) idle: Vec<String>,
}

impl Applied {
    /// Notes how many places one row of the patch's table changed.
    pub(crate) fn row(&mut self, row: impl std::fmt::Display, changed: usize) {
        self.changed += changed;
        if changed == 0 {
            self.idle.push(row.to_string());
        }
    }

    /// The complaint, if the document no longer needs the patch or one of its rows.
    pub(crate) fn complaint(&self, patch: &Patch) -> Option<String> {
        let Patch { name, file, .. } = patch;
        if self.changed == 0 {
            return Some(format!(
                "patch `{name}` was never applied, the document no longer needs it: remove it from {file}"
            ));
        }
        let row = self.idle.first()?;
        Some(format!(
            "patch `{name}` was never applied at {row}, the document no longer needs that: remove the row from {file}"
        ))
    }
}
