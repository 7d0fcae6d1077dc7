//! What a patch is: a function on the document with a name and its reasons.

use crate::generate::document::{Document, schema_pointer};

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

/// One of the changes from `contract.json` to `client.json`.
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
/// A rule over the whole document, such as that every default is removed, must change something; how much depends on the
/// document, or else each new operation of the vendor's would stop it. All else is a row, and says how often it must match.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Applied {
    /// How many places of the document changed.
    pub(crate) changed: usize,
    /// The rows that changed another number of places than they say.
    unexpected: Vec<Row>,
}

#[derive(Debug, PartialEq, Eq)]
struct Row {
    /// `Schema.member`, `*.member`, a JSON pointer, or a path; then what is changed there.
    place: String,
    changed: usize,
    /// None: once or more.
    expected: Option<usize>,
}

impl Row {
    /// The component that the row is about, if it is about one.
    fn component(&self) -> Option<&str> {
        let place = self.place.split(' ').next()?;
        let in_components = place.strip_prefix(&schema_pointer(""));
        let name =
            in_components.map_or_else(|| Some(place.split_once('.')?.0), |rest| rest.split('/').next());
        name.filter(|name| *name != "*" && !name.contains('/'))
    }
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
            self.unexpected.push(Row { place: place.to_string(), changed, expected });
        }
    }

    /// A complaint for each row that the document does not need, or matches another number of times, or one if it needs none.
    pub(crate) fn complaints(&self, patch: &Patch, document: &Document) -> Vec<String> {
        let Patch { name, file, .. } = patch;
        let missing = |row: &Row| {
            let component = row.component().filter(|component| document.schema(component).is_none())?;
            Some(format!(
                "patch `{name}` was never applied at {}, because the document has no component `{component}`: change the row \
                 in {file} if it has another name now, and else remove it",
                row.place
            ))
        };
        if self.changed == 0 && self.unexpected.iter().all(|row| missing(row).is_none()) {
            return vec![format!(
                "patch `{name}` was never applied, the document no longer needs it: remove it from {file}"
            )];
        }
        let complaint = |row: &Row| {
            match (row.changed, row.expected) {
            (0, _) | (_, None) => missing(row).unwrap_or_else(|| {
                format!(
                    "patch `{name}` was never applied at {}, the document no longer needs that: remove the row from {file}",
                    row.place
                )
            }),
            (changed, Some(expected)) => format!(
                "patch `{name}` was applied {changed} times at {}, not {expected}: see that each is meant, and correct the \
                 number in {file}",
                row.place
            ),
        }
        };
        self.unexpected.iter().map(complaint).collect()
    }
}
