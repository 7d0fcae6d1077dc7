//! What came of a reconfirmation, account by account.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::id::{AccountId, PathId as _};
use super::schema::schema_as;
use super::timestamp::Timestamp;

/// What the person said about each account of an agreement, as it came; [`iter`](Self::iter) and [`get`](Self::get) read
/// it.
///
/// ```
/// use gocardless_bank_data_types::ReconfirmedAccounts;
///
/// let json = r#"{"3fa85f64": {"reconfirmed": "2025-01-14T15:20:56Z", "rejected": ""}, "7c9e6679": {}}"#;
/// let accounts: ReconfirmedAccounts = serde_json::from_str(json)?;
/// for (id, outcome) in accounts.iter() {
///     println!("{id}: reconfirmed {:?}, rejected {:?}", outcome.reconfirmed, outcome.rejected);
/// }
/// let outcome = accounts.get(&"3fa85f64".parse()?).ok_or("no such account")?;
/// assert!(outcome.reconfirmed.is_some() && outcome.rejected.is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReconfirmedAccounts(Map<String, Value>);

/// What the person said about one account. Without either time, nothing yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReconfirmationOutcome {
    /// When the person confirmed the access.
    pub reconfirmed: Option<Timestamp>,
    /// When the person ended it.
    pub rejected: Option<Timestamp>,
}

impl ReconfirmedAccounts {
    /// What was said about this account, or `None` if it is not there.
    #[must_use]
    pub fn get(&self, account: &AccountId) -> Option<ReconfirmationOutcome> {
        self.0.get(account.as_str()).map(outcome)
    }

    /// Each account with what was said about it.
    pub fn iter(&self) -> impl Iterator<Item = (AccountId, ReconfirmationOutcome)> {
        self.0.iter().map(|(id, value)| (AccountId::unchecked(id), outcome(value)))
    }

    /// How many accounts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no account.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The JSON as it came, with what an outcome has besides the two times.
    #[must_use]
    pub fn as_json(&self) -> &Map<String, Value> {
        &self.0
    }
}

/// The empty text stands for "not yet", and anything else that is not a text for nothing.
fn outcome(value: &Value) -> ReconfirmationOutcome {
    let time = |name: &str| {
        let time = Timestamp::deserialize(value.get(name)?).ok()?;
        (!time.is_empty()).then_some(time)
    };
    ReconfirmationOutcome { reconfirmed: time("reconfirmed"), rejected: time("rejected") }
}

/// Shows how many accounts there are.
impl fmt::Debug for ReconfirmedAccounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} accounts>", self.len())
    }
}

schema_as!(ReconfirmedAccounts, Map<String, Value>, "ReconfirmedAccounts");

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_time_is_read_and_odd_forms_are_none_and_kept() {
        let json = json!({
            "a": { "reconfirmed": "2025-01-14T15:20:56.942817Z", "rejected": "" },
            "b": { "reconfirmed": "", "rejected": "2025-01-15 10:00:00+00:00", "note": 1 },
            "c": { "reconfirmed": null },
            "d": { "reconfirmed": 17, "rejected": "soon" },
            "../e": [],
            "f": null,
        });
        let accounts = ReconfirmedAccounts::deserialize(&json).unwrap();
        let is_read = |time: Option<Timestamp>| time.map(|time| time.instant().is_some());
        let read: Vec<_> = accounts
            .iter()
            .map(|(id, outcome)| {
                (id.as_str().to_owned(), is_read(outcome.reconfirmed), is_read(outcome.rejected))
            })
            .collect();
        let expected = [
            ("../e", None, None),
            ("a", Some(true), None),
            ("b", None, Some(true)),
            ("c", None, None),
            ("d", None, Some(false)),
            ("f", None, None),
        ];
        assert_eq!(read, expected.map(|(id, reconfirmed, rejected)| (id.to_owned(), reconfirmed, rejected)));
        assert_eq!(serde_json::to_value(&accounts).unwrap(), json);
        assert_eq!((accounts.len(), accounts.is_empty(), accounts.as_json().len()), (6, false, 6));
        assert_eq!(accounts.get(&"none".parse().unwrap()), None);
        assert_eq!(format!("{accounts:?}"), "<6 accounts>");
    }
}
