//! Calendar days as the bank sent them.

use std::fmt;

use chrono::NaiveDate;
use lean_string::LeanStr;
use serde::{Deserialize, Serialize};

use super::schema::schema_as;

/// A day as the bank sent it: usually `2025-02-07`, now and then a date-time, and in the vendor's own samples any text.
///
/// Dates of transactions have no format in the vendor's document. `Debug` does not show the day, `Display` does.
///
/// ```
/// use gocardless_bank_data_types::Date;
///
/// let date: Date = serde_json::from_str("\"2023-06-14T00:00:00.0000000\"")?;
/// assert_eq!(date.day(), chrono::NaiveDate::from_ymd_opt(2023, 6, 14));
/// assert_eq!(date.as_str(), "2023-06-14T00:00:00.0000000");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Date(LeanStr);

impl Date {
    /// The text as it was sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The calendar day, or `None` if the text does not begin with one that exists.
    ///
    /// Of a date-time the day is taken as written, without regard to its zone: that is the day the bank books on.
    #[must_use]
    pub fn day(&self) -> Option<NaiveDate> {
        let text = self.0.trim();
        let (day, rest) = text.split_at_checked(10)?;
        // A time, or a zone as XML writes it behind a date; a digit would be another one of the day.
        if !rest.is_empty() && !rest.starts_with(['T', 't', ' ', 'Z', '+', '-']) {
            return None;
        }
        NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()
    }
}

impl From<NaiveDate> for Date {
    fn from(day: NaiveDate) -> Self {
        Self(day.format("%Y-%m-%d").to_string().into())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

schema_as!(Date, String, "Date");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_from_a_date_and_from_a_date_time() {
        let day = NaiveDate::from_ymd_opt(2022, 8, 15);
        for text in [
            "2022-08-15",
            "2022-08-15T00:00:00.0000000",
            "2022-08-15 09:42:48",
            " 2022-08-15 ",
            "2022-08-15Z",
            "2022-08-15+02:00",
        ] {
            assert_eq!(Date(text.into()).day(), day, "{text}");
        }
    }

    #[test]
    fn a_text_that_names_no_day_is_kept_and_has_none() {
        for text in ["", "date", "2025-02-30", "2025-02-3", "20250203", "2025-02-031", "äöüäöüäöü"] {
            assert_eq!(Date(text.into()).day(), None, "{text}");
            assert_eq!(Date(text.into()).as_str(), text);
        }
    }

    #[test]
    fn debug_does_not_show_the_day() {
        assert_eq!(format!("{:?}", Date("2022-08-15".into())), "<redacted>");
    }

    #[test]
    fn it_is_shown_as_it_came_and_lines_up_in_a_table() {
        assert_eq!(format!("[{:>12}]", Date("2022-08-15".into())), "[  2022-08-15]");
    }
}
