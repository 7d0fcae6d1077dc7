//! One change: where it is, what it is in words, and what it means for those who call the API.

use serde::Serialize;

/// What a change means for a caller who was right by the old document. The worst is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Verdict {
    /// Only words, titles or examples changed.
    TextOnly,
    /// What worked goes on working.
    Compatible,
    /// A call may be refused, or an answer may not be what it was said to be.
    Breaking,
}

/// The document in which a pointer leads somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Which {
    /// What it leads to is gone in the new one.
    Old,
    New,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Change {
    pub(crate) verdict: Verdict,
    /// `METHOD /path`, `schema Name`, or `document`.
    pub(crate) place: String,
    /// What within the place, such as ``answer 200 `balances` ``; may be empty.
    pub(crate) within: String,
    /// JSON pointer.
    pub(crate) pointer: String,
    pub(crate) document: Which,
    pub(crate) words: String,
}

/// Which way a schema travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Travel {
    Request,
    Response,
    Both,
    /// No operation uses it, or only a failure, which is read the same way whatever is declared of it.
    Nowhere,
}

impl Travel {
    pub(crate) fn of(request: bool, response: bool) -> Self {
        match (request, response) {
            (true, true) => Self::Both,
            (true, false) => Self::Request,
            (false, true) => Self::Response,
            (false, false) => Self::Nowhere,
        }
    }

    /// The verdict where a change means `request` for what is sent and `response` for what is received.
    pub(crate) fn judge(self, request: Verdict, response: Verdict) -> Verdict {
        match self {
            Self::Request => request,
            Self::Response => response,
            Self::Both => request.max(response),
            Self::Nowhere => request.max(response).min(Verdict::Compatible),
        }
    }

    pub(crate) fn is_sent(self) -> bool {
        matches!(self, Self::Request | Self::Both)
    }

    /// Whether readers of answers are concerned.
    pub(crate) fn is_received(self) -> bool {
        matches!(self, Self::Response | Self::Both)
    }

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Request => " (sent)",
            Self::Response => " (received)",
            Self::Both => " (sent and received)",
            Self::Nowhere => " (used by no operation)",
        }
    }
}

/// The changes found so far.
#[derive(Debug, Default)]
pub(crate) struct Changes(pub(crate) Vec<Change>);

impl Changes {
    /// Notes a change, unless the same words stand at the same place: a body is declared once for each media type.
    pub(crate) fn add(&mut self, verdict: Verdict, spot: &Spot, words: impl Into<String>) {
        self.push(verdict, spot, Which::New, words.into());
    }

    /// Notes that something of the old document is gone.
    pub(crate) fn gone(&mut self, verdict: Verdict, spot: &Spot, words: impl Into<String>) {
        self.push(verdict, spot, Which::Old, words.into());
    }

    fn push(&mut self, verdict: Verdict, spot: &Spot, document: Which, words: String) {
        let known =
            |known: &Change| known.place == spot.place && known.within == spot.label && known.words == words;
        if self.0.iter().any(known) {
            return;
        }
        let pointer = if document == Which::Old { &spot.old } else { &spot.new };
        self.0.push(Change {
            verdict,
            place: spot.place.clone(),
            within: spot.label.clone(),
            pointer: pointer.clone(),
            document,
            words,
        });
    }
}

/// A pair of places that belong together in the two documents.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    /// As in `Change`.
    pub(crate) place: String,
    /// What is talked of within the place, such as `answer 200` or a member's name; may be empty.
    pub(crate) label: String,
    /// JSON pointer in the old document.
    pub(crate) old: String,
    /// JSON pointer in the new document.
    pub(crate) new: String,
}

impl Spot {
    pub(crate) fn new(place: impl Into<String>, old: impl Into<String>, new: impl Into<String>) -> Self {
        Self { place: place.into(), label: String::new(), old: old.into(), new: new.into() }
    }

    /// The same place in both documents.
    pub(crate) fn same(place: impl Into<String>, pointer: &str) -> Self {
        Self::new(place, pointer, pointer)
    }

    /// The value under `key` of both.
    pub(crate) fn below(&self, key: &str) -> Self {
        self.under(key, key)
    }

    /// The value under `old` in the old document and `new` in the new one.
    pub(crate) fn under(&self, old: &str, new: &str) -> Self {
        Self { old: format!("{}/{old}", self.old), new: format!("{}/{new}", self.new), ..self.clone() }
    }

    /// The same pair of places, called `label`.
    pub(crate) fn called(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }
}
