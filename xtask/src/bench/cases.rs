//! The cases whose instructions are counted.

/// One case of the measured program.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case {
    /// What the program calls it.
    pub(crate) id: &'static str,
    /// What people call it.
    pub(crate) name: &'static str,
    /// How many times, or of how many.
    pub(crate) count: u32,
    /// Whether the figure is for each of `count` or for all of them.
    pub(crate) each: bool,
}

impl Case {
    /// What the count of instructions is divided by.
    pub(crate) fn units(&self) -> f64 {
        if self.each { f64::from(self.count) } else { 1.0 }
    }
}

const fn each(id: &'static str, count: u32, name: &'static str) -> Case {
    Case { id, name, count, each: true }
}

const fn all(id: &'static str, count: u32, name: &'static str) -> Case {
    Case { id, name, count, each: false }
}

/// One call on a warm connection, with a small answer.
pub(crate) const CALL: Case = each("call", 100, "one call, warm connection, small answer");

/// Decoding, smallest first; each but the first has a hundred or a thousand times the first one's transactions.
pub(crate) const DECODE: [Case; 3] = [
    all("decode", 100, "decoding 100 transactions"),
    all("decode", 10_000, "decoding 10,000 transactions"),
    all("decode", 100_000, "decoding 100,000 transactions"),
];

/// The rest of what goes over the wire.
pub(crate) const WIRE: [Case; 7] = [
    each("scarce", 100, "one call for balances, whose limits are kept"),
    each("many", 10_000, "10,000 calls at once on 64 connections, each"),
    each("expired", 10_000, "10,000 callers on an expired token, each"),
    all("pages", 1, "streaming 100 pages of requisitions"),
    each("limited", 100, "429 with headers"),
    each("refused", 100, "400 with a field map"),
    each("broken", 100, "502 with a page of HTML"),
];

/// A whole call for 100,000 transactions, for its memory.
pub(crate) const LARGE: Case = all("transactions", 100_000, "a call for 100,000 transactions");
