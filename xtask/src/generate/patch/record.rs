//! What a patch is: a function on the document with a name and its reasons.

use crate::generate::document::Document;

/// Which of the two lists a patch belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The document is wrong about the wire.
    UpstreamBug,
    /// The document is right, but the generator or we need it in another form.
    Adjustment,
}

impl Kind {
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::UpstreamBug => "upstream bug",
            Self::Adjustment => "adjustment",
        }
    }
}

/// One change on the way from `contract.json` to `client.json`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patch {
    /// Unique, in words joined by hyphens.
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// Symptom of a bug; reason of an adjustment.
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
///
/// A rule over the whole document, such as that every default goes, must change something; how much is the document's
/// affair, or else each new operation of the vendor's would stop it. All else is a row, and says how often it must match.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Applied {
    /// How many places of the document changed.
    pub(crate) changed: usize,
    /// The first row that changed another number of places than it says.
    unexpected: Option<Row>,
}

#[derive(Debug, PartialEq, Eq)]
struct Row {
    place: String,
    changed: usize,
    /// None: once or more.
    expected: Option<usize>,
}

impl Applied {
    /// Notes how many places one row of the patch's table changed, which must be one.
    pub(crate) fn row(&mut self, place: impl std::fmt::Display, changed: usize) {
        self.rows(place, changed, 1);
    }

    /// As `row`, for a row that must change `expected` places.
    pub(crate) fn rows(&mut self, place: impl std::fmt::Display, changed: usize, expected: usize) {
        self.note(place, changed, Some(expected));
    }

    /// As `row`, for a rule, which must change one place or more.
    pub(crate) fn rule(&mut self, place: impl std::fmt::Display, changed: usize) {
        self.note(place, changed, None);
    }

    fn note(&mut self, place: impl std::fmt::Display, changed: usize, expected: Option<usize>) {
        self.changed += changed;
        let is_expected = expected.map_or(changed > 0, |expected| changed == expected);
        if !is_expected {
            self.unexpected.get_or_insert_with(|| Row { place: place.to_string(), changed, expected });
        }
    }

    /// The complaint, if the document does not need the patch or one of its rows, or meets a row another number of times.
    pub(crate) fn complaint(&self, patch: &Patch) -> Option<String> {
        let Patch { name, file, .. } = patch;
        if self.changed == 0 {
            return Some(format!(
                "patch `{name}` was never applied, the document no longer needs it: remove it from {file}"
            ));
        }
        let Row { place, changed, expected } = self.unexpected.as_ref()?;
        Some(match expected {
            Some(expected) if *changed > 0 => format!(
                "patch `{name}` was applied {changed} times at {place}, not {expected}: see that each is meant, and correct \
                 the number in {file}"
            ),
            _ => format!(
                "patch `{name}` was never applied at {place}, the document no longer needs that: remove the row from {file}"
            ),
        })
    }
}
