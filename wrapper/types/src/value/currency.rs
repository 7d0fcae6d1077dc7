//! Currency codes as the bank wrote them.

use std::fmt;

use lean_string::LeanStr;
use serde::{Deserialize, Serialize};

use super::schema::schema_as;

/// A currency code as the bank sent it, usually three capital letters of ISO 4217 such as `EUR`.
///
/// `Debug` does not show it, `Display` does.
///
/// ```
/// use gocardless_bank_data_types::Currency;
///
/// let currency: Currency = serde_json::from_str("\"EUR\"")?;
/// assert!(currency == "EUR");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Currency(LeanStr);

impl Currency {
    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Currency {
    fn from(code: &str) -> Self {
        Self(code.into())
    }
}

impl PartialEq<str> for Currency {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Currency {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

schema_as!(Currency, String, "Currency");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_compared_and_shown_as_the_text_it_came_as() {
        let euro = Currency::from("EUR");
        assert!(euro == "EUR" && euro == *"EUR" && euro.as_str() == "EUR");
        assert!(euro != "eur" && euro != *"eur");
        assert_eq!(format!("[{euro:>4}] {euro:?}"), "[ EUR] <redacted>");
    }
}
