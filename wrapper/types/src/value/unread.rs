//! The parts of a response that could not be read, kept beside what could.

use std::fmt;
use std::ops::Deref;

use serde::Deserialize;

use super::json::Json;

/// The name of the struct member through which the decoder hands over what it could not read. No member of the API has it.
pub const UNREAD_MEMBER: &str = "$unread";

/// One part of a response that could not be read: where it is, why, and the JSON as it came.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct UnreadPart {
    path: Box<str>,
    reason: Box<str>,
    json: Json,
}

impl UnreadPart {
    /// The part at `path`, which could not be read for this reason.
    #[doc(hidden)]
    #[must_use]
    pub fn new(path: &str, reason: &str, json: Json) -> Self {
        Self { path: path.into(), reason: reason.into(), json }
    }

    /// Where it is in the response, such as `transactions.booked[3].checkId`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Why it could not be read, such as `expected a string, found an object`. It holds no bank data.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The JSON as it came. It may hold bank data: do not log it.
    #[must_use]
    pub fn json(&self) -> &Json {
        &self.json
    }
}

impl fmt::Display for UnreadPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

/// Shows where and why, and not the JSON.
impl fmt::Debug for UnreadPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The parts of a value that could not be read. Nearly always there are none.
///
/// A response is read as far as it can be: one odd member or entry costs itself and nothing else. A program that must not
/// miss an entry looks here; one that takes what can be read need not. It dereferences to a slice.
///
/// ```
/// # struct Transactions { unread: gocardless_bank_data_types::Unread }
/// # fn show(transactions: &Transactions) {
/// for part in &*transactions.unread {
///     eprintln!("not read: {part}"); // transactions.booked[3].checkId: expected a string, found an object
/// }
/// # }
/// ```
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Vec<UnreadPart>")]
// One pointer, because it stands inside every transaction.
pub struct Unread(Option<Box<Parts>>);

/// At least one part.
#[derive(Clone, PartialEq, Eq)]
struct Parts(Box<[UnreadPart]>);

impl From<Vec<UnreadPart>> for Unread {
    fn from(parts: Vec<UnreadPart>) -> Self {
        Self((!parts.is_empty()).then(|| Box::new(Parts(parts.into()))))
    }
}

impl Deref for Unread {
    type Target = [UnreadPart];

    fn deref(&self) -> &[UnreadPart] {
        self.0.as_deref().map_or(&[], |parts| &parts.0)
    }
}

impl<'a> IntoIterator for &'a Unread {
    type Item = &'a UnreadPart;
    type IntoIter = std::slice::Iter<'a, UnreadPart>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Debug for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
