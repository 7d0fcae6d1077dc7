//! Ids that go into a path: each kind is a type of its own, and none can leave its place in the path.

use std::fmt;
use std::str::FromStr;

use lean_string::LeanStr;
use serde::{Deserialize, Serialize};

use super::schema::schema_as;

/// The longest id that is put into a path. The longest one seen has 82 characters (`docs/api.md#long-institution-id`).
const LONGEST: usize = 128;

/// A text that cannot be an id of this API.
///
/// It says why, and never repeats the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidId {
    kind: &'static str,
    why: &'static str,
}

impl fmt::Display for InvalidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not {} id: {}", self.kind, self.why)
    }
}

impl std::error::Error for InvalidId {}

/// Why `text` may not stand as one segment of a path, if so.
///
/// Allowed are the characters that RFC 3986 calls unreserved, and not dots alone: everything else is either encoded
/// differently by different servers (`/`, `\`, `%`) or ends the path (`?`, `#`), and `..` leaves it.
fn objection(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        Some("it is empty")
    } else if text.len() > LONGEST {
        Some("it is longer than 128 characters")
    } else if !text.bytes().fold(true, |all, byte| all & is_unreserved(byte)) {
        Some("it has a character other than letters, digits, '-', '.', '_' and '~'")
    } else if text.bytes().all(|byte| byte == b'.') {
        Some("it has nothing but dots")
    } else {
        None
    }
}

/// Without a branch, and asked of every byte, so that many are looked at together: each call has an id.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() | matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// An id that goes into a path.
pub trait PathId: Clone + Send + Sync + 'static {
    /// The text as an id, whatever it is; [`check`](Self::check) comes later.
    fn unchecked(text: &str) -> Self;

    /// Whether this id may be put into a path.
    ///
    /// # Errors
    /// [`InvalidId`] if an answer held a text that would leave its segment of the path.
    fn check(&self) -> Result<(), InvalidId>;
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $kind:literal, $example:literal) => {
        $(#[$doc])*
        ///
        /// Decoding keeps whatever the API sent; parsing your own text checks that it is safe in a path. The default is the
        /// empty id of a response that had none, which no call accepts.
        ///
        /// ```
        #[doc = concat!("use gocardless_bank_data_types::", stringify!($name), ";")]
        ///
        #[doc = concat!("let id: ", stringify!($name), " = \"", $example, "\".parse()?;")]
        #[doc = concat!("assert_eq!(id.as_str(), \"", $example, "\");")]
        #[doc = concat!("assert!(\"../token/new\".parse::<", stringify!($name), ">().is_err());")]
        /// # Ok::<(), gocardless_bank_data_types::InvalidId>(())
        /// ```
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(LeanStr);

        impl $name {
            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl PathId for $name {
            fn unchecked(text: &str) -> Self {
                Self(text.into())
            }

            fn check(&self) -> Result<(), InvalidId> {
                objection(&self.0).map_or(Ok(()), |why| Err(InvalidId { kind: $kind, why }))
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                let id = Self(text.into());
                id.check().map(|()| id)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = InvalidId;

            fn try_from(text: &str) -> Result<Self, InvalidId> {
                text.parse()
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;

            fn try_from(text: String) -> Result<Self, InvalidId> {
                text.parse()
            }
        }

        impl From<&$name> for $name {
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        schema_as!($name, String, stringify!($name));
    };
}

id!(
    /// The id of an institution, such as `SANDBOXFINANCE_SFIN0000`.
    InstitutionId, "an institution", "SANDBOXFINANCE_SFIN0000"
);
id!(
    /// The id of an account, a UUID in all that has been seen.
    AccountId, "an account", "3fa85f64-5717-4562-b3fc-2c963f66afa6"
);
id!(
    /// The id of an end-user agreement, a UUID.
    AgreementId, "an agreement", "3fa85f64-5717-4562-b3fc-2c963f66afa6"
);
id!(
    /// The id of a requisition, a UUID.
    RequisitionId, "a requisition", "3fa85f64-5717-4562-b3fc-2c963f66afa6"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_that_leaves_its_segment_becomes_an_id() {
        for text in [
            "",
            ".",
            "..",
            "...",
            "../token/new/",
            "..\\..\\token\\new",
            "%2e%2e",
            "a/b",
            "a?x",
            "a#f",
            "a\r\nb",
            "a\0b",
            "a b",
            "\u{200f}a",
            "ä",
            "a;b",
            "a:b",
        ] {
            assert!(text.parse::<InstitutionId>().is_err(), "{text:?}");
        }
        assert!("a".repeat(129).parse::<AccountId>().is_err());
        assert!("a".repeat(128).parse::<AccountId>().is_ok());
    }

    #[test]
    fn a_decoded_id_is_kept_as_it_came_and_fails_its_check() {
        let odd: AccountId = serde_json::from_str("\"../x\"").unwrap();
        assert_eq!(odd.as_str(), "../x");
        assert_eq!(
            odd.check().unwrap_err().to_string(),
            "not an account id: it has a character other than letters, digits, '-', '.', '_' and '~'"
        );
    }
}
