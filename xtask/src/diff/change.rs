//! One change: where it is, what it says, and what it means for callers.

use std::collections::HashSet;

use serde::Serialize;

/// What a change means for callers that were correct by the old document. The worst is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Verdict {
    /// Only descriptions, titles or examples changed.
    TextOnly,
    /// What worked keeps working.
    Compatible,
    /// A call may be refused, or a response may not be what callers expect.
    Breaking,
}

/// The document that a pointer belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Side {
    /// What the pointer names is gone from the new document.
    Old,
    New,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Change {
    pub(crate) verdict: Verdict,
    /// `METHOD /path`, `schema Name`, or `document`.
    pub(crate) place: String,
    /// What changed within the place, such as ``response 200 `balances` ``; may be empty.
    pub(crate) within: String,
    /// JSON pointer.
    pub(crate) pointer: String,
    pub(crate) document: Side,
    pub(crate) words: String,
    /// What follows from it, and is not counted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) consequences: Vec<Change>,
    /// Where components that only one document has may have been used: the side, and the JSON pointer.
    #[serde(skip)]
    pub(super) causes: Vec<(Side, String)>,
    /// The same place in the other document.
    #[serde(skip)]
    pub(super) counterpart: String,
}

/// What a change means where the value is sent, and where it is received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Effect {
    sent: Verdict,
    received: Verdict,
}

impl Effect {
    /// Fewer values are allowed: what was sent may be refused, what is received is still expected.
    pub(super) const NARROWER: Self = Self { sent: Verdict::Breaking, received: Verdict::Compatible };
    /// More values are allowed: what was sent is still taken, what is received may be unexpected.
    pub(super) const WIDER: Self = Self { sent: Verdict::Compatible, received: Verdict::Breaking };
    /// The same where responses have it anyway, so that there is nothing to say of them but text.
    pub(super) const UNSENT: Self = Self { sent: Verdict::Breaking, received: Verdict::TextOnly };
    pub(super) const SENT: Self = Self { sent: Verdict::Compatible, received: Verdict::TextOnly };
    pub(super) const DIFFERENT: Self = Self { sent: Verdict::Breaking, received: Verdict::Breaking };
    pub(super) const HARMLESS: Self = Self { sent: Verdict::Compatible, received: Verdict::Compatible };
    pub(super) const TEXT: Self = Self { sent: Verdict::TextOnly, received: Verdict::TextOnly };
}

/// Whether this client sends a value, receives it, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Direction {
    Sent,
    Received,
    Both,
    /// It is in an error response, which is read alike whatever is declared, or not used at all.
    Neither,
}

impl Direction {
    pub(super) fn of(sent: bool, received: bool) -> Self {
        match (sent, received) {
            (true, true) => Self::Both,
            (true, false) => Self::Sent,
            (false, true) => Self::Received,
            (false, false) => Self::Neither,
        }
    }

    pub(super) fn verdict(self, effect: Effect) -> Verdict {
        match self {
            Self::Sent => effect.sent,
            Self::Received => effect.received,
            Self::Both => effect.sent.max(effect.received),
            Self::Neither => effect.sent.max(effect.received).min(Verdict::Compatible),
        }
    }

    pub(super) fn is_sent(self) -> bool {
        matches!(self, Self::Sent | Self::Both)
    }

    pub(super) fn is_received(self) -> bool {
        matches!(self, Self::Received | Self::Both)
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Sent => " (sent)",
            Self::Received => " (received)",
            Self::Both => " (sent and received)",
            Self::Neither => " (in no request or successful response)",
        }
    }
}

/// A place that the two documents have in common.
#[derive(Clone, Debug)]
pub(super) struct Location {
    /// As in `Change`.
    pub(super) place: String,
    /// As in `Change`.
    pub(super) within: String,
    /// JSON pointer in the old document.
    pub(super) old: String,
    /// JSON pointer in the new document.
    pub(super) new: String,
    /// Whether the value cannot be left out, so that its default says nothing.
    pub(super) is_required: bool,
}

impl Location {
    pub(super) fn new(place: impl Into<String>, old: impl Into<String>, new: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            within: String::new(),
            old: old.into(),
            new: new.into(),
            is_required: false,
        }
    }

    /// The same pointer in both documents.
    pub(super) fn same(place: impl Into<String>, pointer: &str) -> Self {
        Self::new(place, pointer, pointer)
    }

    /// The value under `key`.
    pub(super) fn below(&self, key: &str) -> Self {
        self.under(key, key)
    }

    /// The value under `old` in the old document and under `new` in the new one.
    pub(super) fn under(&self, old: &str, new: &str) -> Self {
        Self { old: format!("{}/{old}", self.old), new: format!("{}/{new}", self.new), ..self.clone() }
    }

    /// The same pointers, with another name within the place.
    pub(super) fn named(mut self, within: impl Into<String>) -> Self {
        self.within = within.into();
        self
    }

    /// The same place, of a value that cannot be left out.
    pub(super) fn required(mut self, is_required: bool) -> Self {
        self.is_required = is_required;
        self
    }

    /// What is within the place, which is code or ends in code, with `more` added to the code.
    pub(super) fn within(&self, more: &str) -> String {
        match self.within.strip_suffix('`') {
            Some(code) => format!("{code}{more}`"),
            None if self.within.is_empty() => format!("`{}`", more.trim_start_matches('.')),
            None => format!("{} `{}`", self.within, more.trim_start_matches('.')),
        }
    }
}

/// The changes found so far.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub(super) list: Vec<Change>,
    known: HashSet<(String, String, String)>,
}

impl Changes {
    /// Notes a change of something that both documents have.
    pub(super) fn note(&mut self, verdict: Verdict, at: &Location, words: impl Into<String>) {
        self.push(verdict, at, Side::New, words.into());
    }

    /// Notes that something is new, with all components that only it uses.
    pub(super) fn added(&mut self, verdict: Verdict, at: &Location, words: impl Into<String>) {
        if let Some(change) = self.push(verdict, at, Side::New, words.into()) {
            change.causes.push((Side::New, at.new.clone()));
        }
    }

    /// Notes that something is gone, with all components that only it used.
    pub(super) fn removed(&mut self, verdict: Verdict, at: &Location, words: impl Into<String>) {
        if let Some(change) = self.push(verdict, at, Side::Old, words.into()) {
            change.causes.push((Side::Old, at.old.clone()));
        }
    }

    /// Notes a change, unless it is known: one schema may be declared for several media types of one body.
    pub(super) fn push(
        &mut self,
        verdict: Verdict,
        at: &Location,
        document: Side,
        words: String,
    ) -> Option<&mut Change> {
        let (place, within) = (at.place.clone(), at.within.clone());
        if !self.known.insert((place.clone(), within.clone(), words.clone())) {
            return None;
        }
        let (mut pointer, mut counterpart) = (at.new.clone(), at.old.clone());
        if document == Side::Old {
            std::mem::swap(&mut pointer, &mut counterpart);
        }
        let (consequences, causes) = (Vec::new(), Vec::new());
        self.list.push(Change {
            verdict,
            place,
            within,
            pointer,
            document,
            words,
            consequences,
            causes,
            counterpart,
        });
        self.list.last_mut()
    }
}
